/// The number a text stands for when one is needed: the rules of the runner's `ExpressionUtility.ParseNumber`, which are nearly those of
/// JavaScript's `Number()`. Blank is 0; what is no number is NaN.
pub(crate) fn parse_number(text: &str) -> f64 {
    let text = text.trim();
    if text.is_empty() {
        return 0.0;
    }
    decimal(text).or_else(|| prefixed(text, "0x", 16)).or_else(|| prefixed(text, "0o", 8)).or_else(|| infinity(text)).unwrap_or(f64::NAN)
}

/// .NET's `Double.TryParse` with sign, point and exponent; Rust's parser also takes `inf` and `nan`, hence the check of characters.
fn decimal(text: &str) -> Option<f64> {
    let plain = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'));
    if plain { text.parse().ok() } else { None }
}

/// Hexadecimal and octal numbers have 32 bits in two's complement, so `0xFFFFFFFF` is -1.
fn prefixed(text: &str, prefix: &str, radix: u32) -> Option<f64> {
    let digits = text.strip_prefix(prefix)?;
    let valid = !digits.is_empty() && digits.chars().all(|digit| digit.is_digit(radix));
    let bits = if valid { u32::from_str_radix(digits, radix).ok()? } else { return None };
    Some(f64::from(bits.cast_signed()))
}

/// .NET reads `Infinity` in any case and with either sign.
fn infinity(text: &str) -> Option<f64> {
    let (sign, word) = match text.strip_prefix('-') {
        Some(word) => (-1.0, word),
        None => (1.0, text.strip_prefix('+').unwrap_or(text)),
    };
    word.eq_ignore_ascii_case("infinity").then_some(sign * f64::INFINITY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_become_numbers() {
        let table = [
            ("", 0.0),
            (" \t ", 0.0),
            (" 1.20 ", 1.2),
            ("+.5", 0.5),
            ("1.", 1.0),
            ("-1e-1", -0.1),
            ("1e999", f64::INFINITY),
            ("0xFf", 255.0),
            ("0xFFFFFFFF", -1.0),
            ("0o17", 15.0),
            ("0o37777777777", -1.0),
            ("infinity", f64::INFINITY),
            ("+Infinity", f64::INFINITY),
            ("-Infinity", f64::NEG_INFINITY),
        ];
        for (text, expected) in table {
            assert_eq!(parse_number(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_nan() {
        for text in
            ["x", "1 2", "1e", "e5", ".", "+", "inf", "nan", "0x", "0xG", "-0x1", "0x+1", "0x100000000", "0o8", "1,000", "++1", "Inf"]
        {
            assert!(parse_number(text).is_nan(), "{text}");
        }
    }
}

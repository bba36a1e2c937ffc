//! The YAML 1.2 core schema as `MatchNull`, `MatchBoolean`, `MatchInteger` and `MatchFloat` of the runner's
//! `YamlObjectReader.cs` apply it.

use super::Typed;

/// A number that looks like one and cannot be represented; the runner refuses the whole file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct OutOfRange;

/// What a plain scalar without a tag means.
pub(super) fn type_of(content: &str) -> Result<Typed, OutOfRange> {
    if is_null(content) {
        return Ok(Typed::Null);
    }
    if let Some(value) = boolean(content) {
        return Ok(Typed::Bool(value));
    }
    if let Some(value) = integer(content)?.or_else(|| float(content)) {
        return Ok(Typed::Number(value));
    }
    Ok(Typed::String)
}

/// Whether a plain scalar may carry a core tag (`bool`, `int`, …) other than `str`.
pub(super) fn admits(tag: &str, content: &str) -> bool {
    match tag {
        "null" => is_null(content),
        "bool" => boolean(content).is_some(),
        "int" => matches!(integer(content), Ok(Some(_))),
        "float" => float(content).is_some(),
        _ => false,
    }
}

fn is_null(content: &str) -> bool {
    matches!(content, "" | "null" | "Null" | "NULL" | "~")
}

fn boolean(content: &str) -> Option<bool> {
    match content {
        "true" | "True" | "TRUE" => Some(true),
        "false" | "False" | "FALSE" => Some(false),
        _ => None,
    }
}

fn integer(content: &str) -> Result<Option<f64>, OutOfRange> {
    if let Some(digits) = digits_after(content, "0x", |byte| byte.is_ascii_hexdigit()) {
        return int32(digits, 16).map(Some);
    }
    if let Some(digits) = digits_after(content, "0o", |byte| matches!(byte, b'0'..=b'7')) {
        return int32(digits, 8).map(Some);
    }
    let digits = content.strip_prefix(['-', '+']).unwrap_or(content);
    Ok(if all(digits, |byte| byte.is_ascii_digit()) { content.parse().ok() } else { None })
}

fn digits_after<'c>(content: &'c str, prefix: &str, accept: fn(&u8) -> bool) -> Option<&'c str> {
    content.strip_prefix(prefix).filter(|digits| all(digits, accept))
}

fn all(digits: &str, accept: fn(&u8) -> bool) -> bool {
    !digits.is_empty() && digits.as_bytes().iter().all(accept)
}

/// .NET reads the 32 bits of a hexadecimal or octal number as a signed integer: `0xFFFFFFFF` is -1.
fn int32(digits: &str, radix: u32) -> Result<f64, OutOfRange> {
    u32::from_str_radix(digits, radix).map(|bits| f64::from(bits.cast_signed())).map_err(|_| OutOfRange)
}

fn float(content: &str) -> Option<f64> {
    match content {
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => Some(f64::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" => Some(f64::NEG_INFINITY),
        ".nan" | ".NaN" | ".NAN" => Some(f64::NAN),
        // Rust also reads `inf`, `infinity` and `nan`, which YAML does not.
        _ if content.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-')) => content.parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_those_of_the_core_schema() {
        let number = |value| Ok(Typed::Number(value));
        let cases = [
            ("", Ok(Typed::Null)),
            ("~", Ok(Typed::Null)),
            ("NULL", Ok(Typed::Null)),
            ("nULL", Ok(Typed::String)),
            ("True", Ok(Typed::Bool(true))),
            ("FALSE", Ok(Typed::Bool(false))),
            ("on", Ok(Typed::String)),
            ("yes", Ok(Typed::String)),
            ("tRue", Ok(Typed::String)),
            ("007", number(7.0)),
            ("-12", number(-12.0)),
            ("+12", number(12.0)),
            ("0x1F", number(31.0)),
            ("0xFFFFFFFF", number(-1.0)),
            ("0o17", number(15.0)),
            ("0o18", Ok(Typed::String)),
            ("0x", Ok(Typed::String)),
            ("-0x1", Ok(Typed::String)),
            ("0x1FFFFFFFF", Err(OutOfRange)),
            ("0o777777777777", Err(OutOfRange)),
            ("1.20", number(1.2)),
            (".5", number(0.5)),
            ("5.", number(5.0)),
            ("-1.5e+3", number(-1500.0)),
            ("1e400", number(f64::INFINITY)),
            ("-.INF", number(f64::NEG_INFINITY)),
            (".", Ok(Typed::String)),
            ("+", Ok(Typed::String)),
            ("-", Ok(Typed::String)),
            ("1e", Ok(Typed::String)),
            ("e1", Ok(Typed::String)),
            ("1.2.3", Ok(Typed::String)),
            ("1_000", Ok(Typed::String)),
            ("inf", Ok(Typed::String)),
            ("NaN", Ok(Typed::String)),
            ("١", Ok(Typed::String)),
        ];
        for (content, expected) in cases {
            assert_eq!(type_of(content), expected, "{content:?}");
        }
        assert!(matches!(type_of(".nan"), Ok(Typed::Number(value)) if value.is_nan()));
    }

    #[test]
    fn a_tag_admits_only_its_own_spellings() {
        assert!(admits("int", "0x1F") && admits("float", "12") && admits("null", "~") && admits("bool", "true"));
        assert!(!admits("int", "1.5") && !admits("float", "0x1F") && !admits("bool", "yes") && !admits("timestamp", "2026-01-01"));
    }
}

//! The escapes of `$'…'` (bash manual, "ANSI-C Quoting").

use std::iter::Peekable;
use std::str::Chars;

/// Replaces the escapes of a text.
pub(super) fn decode(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(next) = rest.next() {
        match next {
            '\\' => escape(&mut rest, &mut decoded),
            _ => decoded.push(next),
        }
    }
    decoded
}

fn escape(rest: &mut Peekable<Chars<'_>>, decoded: &mut String) {
    let Some(next) = rest.next() else { return decoded.push('\\') };
    match next {
        'a' => decoded.push('\u{7}'),
        'b' => decoded.push('\u{8}'),
        'e' | 'E' => decoded.push('\u{1b}'),
        'f' => decoded.push('\u{c}'),
        'n' => decoded.push('\n'),
        'r' => decoded.push('\r'),
        't' => decoded.push('\t'),
        'v' => decoded.push('\u{b}'),
        '\\' | '\'' | '"' | '?' => decoded.push(next),
        '0'..='7' => decoded.extend(char::from_u32(number(rest, 8, 2, next.to_digit(8).unwrap_or(0)) & 0xff)),
        'x' => numbered(rest, 2, 'x', decoded),
        'u' => numbered(rest, 4, 'u', decoded),
        'U' => numbered(rest, 8, 'U', decoded),
        'c' => decoded.extend(rest.next().and_then(|key| char::from_u32(u32::from(key) & 0x1f))),
        _ => decoded.extend(['\\', next]),
    }
}

/// `\x…`, `\u…`, `\U…`: without digits the escape stands for itself. Bytes above 127 are taken as Latin-1.
fn numbered(rest: &mut Peekable<Chars<'_>>, digits: usize, letter: char, decoded: &mut String) {
    if rest.peek().is_some_and(char::is_ascii_hexdigit) {
        decoded.extend(char::from_u32(number(rest, 16, digits, 0)));
    } else {
        decoded.extend(['\\', letter]);
    }
}

fn number(rest: &mut Peekable<Chars<'_>>, base: u32, digits: usize, first: u32) -> u32 {
    let mut value = first;
    for _ in 0..digits {
        let Some(digit) = rest.peek().and_then(|next| next.to_digit(base)) else { break };
        value = value.wrapping_mul(base).wrapping_add(digit);
        rest.next();
    }
    value
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn escapes_follow_the_manual() {
        for (text, expected) in [
            (r"a\tb\n\\\'\q", "a\tb\n\\'\\q"),
            (r"\x41\x4z\101\0611", "A\u{4}zA11"),
            (r"\u00e9\U0001F600\x", "é😀\\x"),
            (r"\cA\E[0m\", "\u{1}\u{1b}[0m\\"),
            (r"\UFFFFFFFFx", "x"),
        ] {
            assert_eq!(decode(text), expected, "{text}");
        }
    }
}

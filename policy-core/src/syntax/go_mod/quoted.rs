//! Words and quoted strings to what they stand for.
//!
//! Source: `parseString` in `modfile/rule.go`, and Go's `strconv.Unquote`.

use std::borrow::Cow;
use std::iter::Peekable;
use std::str::Chars;

/// What a token stands for.
///
/// # Errors
/// Go's words for what is wrong with it.
pub(super) fn unquote(token: &str) -> Result<Cow<'_, str>, &'static str> {
    let Some(inner) = token.strip_prefix('"') else {
        let quoted = token.contains(['"', '\'', '`']);
        return if quoted { Err("unquoted string cannot contain quote") } else { Ok(Cow::Borrowed(token)) };
    };
    let inner = inner.strip_suffix('"').ok_or("invalid syntax")?;
    if inner.contains('\\') { unescape(inner).map(Cow::Owned).ok_or("invalid syntax") } else { Ok(Cow::Borrowed(inner)) }
}

fn unescape(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\\' => escape(&mut characters, &mut bytes)?,
            other => push(other, &mut bytes),
        }
    }
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// What stands behind a backslash.
fn escape(characters: &mut Peekable<Chars<'_>>, bytes: &mut Vec<u8>) -> Option<()> {
    let simple = match characters.next()? {
        'a' => 7,
        'b' => 8,
        'f' => 12,
        'n' => b'\n',
        'r' => b'\r',
        't' => b'\t',
        'v' => 11,
        '\\' => b'\\',
        '"' => b'"',
        'x' => u8::try_from(number(characters, 2, 16)?).ok()?,
        first @ '0'..='7' => u8::try_from(first.to_digit(8)? * 64 + number(characters, 2, 8)?).ok()?,
        kind @ ('u' | 'U') => {
            let digits = if kind == 'u' { 4 } else { 8 };
            push(char::from_u32(number(characters, digits, 16)?)?, bytes);
            return Some(());
        }
        _ => return None,
    };
    bytes.push(simple);
    Some(())
}

fn number(characters: &mut Peekable<Chars<'_>>, digits: usize, radix: u32) -> Option<u32> {
    let mut number = 0_u32;
    for _ in 0..digits {
        number = number.checked_mul(radix)?.checked_add(characters.next()?.to_digit(radix)?)?;
    }
    Some(number)
}

fn push(character: char, bytes: &mut Vec<u8>) {
    bytes.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
}

#[cfg(test)]
mod tests {
    use super::unquote;

    #[test]
    fn strings_are_those_of_go() {
        for (token, expected) in [
            ("a/b", Ok("a/b")),
            (r#""a b""#, Ok("a b")),
            (r#""a\tb\x41\101\u00e9\"\\""#, Ok("a\tbAA\u{e9}\"\\")),
            (r#""a\'b""#, Err("invalid syntax")),
            (r#""\400""#, Err("invalid syntax")),
            (r#""\ud800""#, Err("invalid syntax")),
            ("'a'", Err("unquoted string cannot contain quote")),
            ("`a`", Err("unquoted string cannot contain quote")),
        ] {
            assert_eq!(unquote(token).as_deref().map_err(|error| *error), expected, "{token}");
        }
    }
}

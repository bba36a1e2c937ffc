//! Messages with fields in braces.

use super::condition::FieldRef;

/// A text with placeholders, all of them resolved. `{{` and `}}` stand for braces.
#[derive(Debug, Default)]
pub(crate) struct Template {
    pub(crate) parts: Vec<Part>,
}

/// A piece of a template.
#[derive(Debug)]
pub(crate) enum Part {
    Text(String),
    Field(FieldRef),
    /// The item of a list that the finding is about, or a field of it.
    Item(Option<FieldRef>),
}

/// A piece of a template before its names are resolved.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Piece<'t> {
    Text(&'t str),
    /// The name between the braces, and its offset.
    Name(&'t str, usize),
}

/// Splits a template; the error is the offset of a brace without partner.
pub(crate) fn pieces(template: &str) -> Result<Vec<Piece<'_>>, usize> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = template.get(at..).filter(|rest| !rest.is_empty()) {
        let plain = rest.find(['{', '}']).unwrap_or(rest.len());
        let (text, braces) = rest.split_at_checked(plain).unwrap_or((rest, ""));
        if !text.is_empty() {
            found.push(Piece::Text(text));
        }
        let (piece, length) = brace(braces, at + plain)?;
        found.extend(piece);
        at += plain + length;
    }
    Ok(found)
}

/// What a text that starts with a brace begins with, and how long that is.
fn brace(text: &str, offset: usize) -> Result<(Option<Piece<'_>>, usize), usize> {
    if text.is_empty() {
        return Ok((None, 0));
    }
    if let Some(literal) = ["{{", "}}"].into_iter().find(|pair| text.starts_with(pair)) {
        return Ok((literal.get(1..).map(Piece::Text), 2));
    }
    let body = text.strip_prefix('{').ok_or(offset)?;
    let (name, _) = body.split_once('}').filter(|(name, _)| !name.contains(['{', '\n'])).ok_or(offset)?;
    Ok((Some(Piece::Name(name, offset + 1)), name.len() + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_in_braces_and_braces_in_pairs() {
        let split = pieces("a {GOFLAGS} {{x}}").unwrap();
        let expected =
            [Piece::Text("a "), Piece::Name("GOFLAGS", 3), Piece::Text(" "), Piece::Text("{"), Piece::Text("x"), Piece::Text("}")];
        assert_eq!(split, expected);
        for (bad, at) in [("a {", 2), ("}", 0), ("é}x", 2), ("{a{b}", 0)] {
            assert_eq!(pieces(bad), Err(at), "{bad}");
        }
        assert_eq!(pieces(""), Ok(vec![]));
    }
}

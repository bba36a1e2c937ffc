//! Text for XML documents.

use std::fmt::Write;

/// Text as the content of an element or of an attribute in double quotes. What XML 1.0 cannot hold at all, not even as a character
/// reference (<https://www.w3.org/TR/xml/#charsets>), becomes an escape such as `\u{0}`.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            // As they are, a parser makes blanks or line feeds of them.
            '\t' | '\n' | '\r' => drop(write!(escaped, "&#{};", u32::from(c))),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => escaped.extend(c.escape_unicode()),
            _ => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::escaped;

    proptest::proptest! {
        #[test]
        fn a_parser_reads_the_text_back(text in "(?s)([^\0-\u{8}\u{b}\u{c}\u{e}-\u{1f}\u{fffe}\u{ffff}]|[<>&\"'\r\n]|\\]\\]>){0,40}") {
            let document = format!("<a b=\"{0}\">{0}</a>", escaped(&text));
            let parsed = roxmltree::Document::parse(&document).unwrap();
            let root = parsed.root_element();
            proptest::prop_assert_eq!(root.attribute("b"), Some(text.as_str()));
            proptest::prop_assert_eq!(root.text().unwrap_or_default(), text);
        }
    }
}

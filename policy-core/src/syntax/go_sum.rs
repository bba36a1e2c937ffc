//! go.sum: the hashes of modules.
//!
//! Source: `readGoSum` in `cmd/go/internal/modfetch/fetch.go`.

use std::collections::BTreeSet;

use super::words::{lines, words};
use crate::text::{Span, Text};

/// The file, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct GoSum {
    /// Path and version of each line; the version ends in `/go.mod` where only the go.mod is hashed.
    entries: BTreeSet<(String, String)>,
    /// Lines that Go cannot read.
    pub(crate) malformed: Vec<Span>,
}

/// Reads the file.
pub(crate) fn parse(text: &Text) -> GoSum {
    let mut file = GoSum::default();
    for span in lines(text) {
        let fields: Vec<&str> = words(text, span).map(|(word, _)| word).collect();
        match fields.as_slice() {
            [] => {}
            [path, version, _] => {
                file.entries.insert(((*path).to_owned(), (*version).to_owned()));
            }
            _ => file.malformed.push(span),
        }
    }
    file
}

impl GoSum {
    /// Whether the module's own hash is there, that of all its files.
    pub(crate) fn has(&self, path: &str, version: &str) -> bool {
        self.entries.contains(&(path.to_owned(), version.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lines_have_three_fields() {
        let text = Text::file("go.sum", "a.com/b v1.0.0 h1:x=\na.com/c v1.0.0/go.mod h1:y=\n\n<<<<<<< HEAD\n");
        let file = parse(&text);
        assert!(file.has("a.com/b", "v1.0.0") && !file.has("a.com/c", "v1.0.0"));
        let malformed: Vec<&str> = file.malformed.iter().map(|span| text.slice(*span)).collect();
        assert_eq!(malformed, ["<<<<<<< HEAD"]);
    }

    proptest! {
        #[test]
        fn any_text_is_read_and_every_span_lies_in_it(content in "[a-z \\n\\r\\t\u{85}é]{0,80}") {
            let text = Text::file("go.sum", content.as_str());
            for span in parse(&text).malformed {
                prop_assert!(content.get(span.range()).is_some());
            }
        }
    }
}

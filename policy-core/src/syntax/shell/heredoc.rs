//! Here-documents: their bodies start at the next line break, wherever in the grammar that is.

use super::ast::{Part, RedirectKind, Word};
use super::excerpt::{Excerpt, Origin};
use super::parse::{Outcome, Parser};
use super::quote::Closing;
use super::word::push_quoted;
use crate::text::Span;

/// A here-document whose body has not been read yet.
pub(super) struct Pending {
    /// The target of its redirection until the body is known.
    placeholder: Span,
    delimiter: String,
    /// Whether the delimiter was quoted: then nothing in the body is expanded.
    literal: bool,
    /// `<<-`: whether leading tabs are removed.
    strip_tabs: bool,
}

impl Parser<'_> {
    /// `<<` or `<<-` with its delimiter. The body is filled in by [`Self::fill_here_documents`], by the delimiter's span.
    pub(super) fn here_document(&mut self) -> Outcome<Option<RedirectKind>> {
        if self.cursor.looking_at("<<<") || !self.cursor.eat("<<") {
            return Ok(None);
        }
        let strip_tabs = self.cursor.eat("-");
        self.skip_blanks();
        let start = self.cursor.at();
        let written = self.raw_word()?;
        let (delimiter, literal) = remove_quotes(&written);
        let placeholder = self.span_from(start);
        self.pending.push(Pending { placeholder, delimiter, literal, strip_tabs });
        Ok(Some(RedirectKind::HereDocument(Word { parts: Vec::new(), span: placeholder })))
    }

    /// Reads the bodies that start here, at the start of a line.
    pub(super) fn read_here_documents(&mut self) {
        for pending in std::mem::take(&mut self.pending) {
            let start = self.cursor.at();
            let (body, end) = self.here_document_body(&pending);
            let mut parts = Vec::new();
            if pending.literal {
                push_quoted(&mut parts, &body.text);
            } else {
                let origin = Origin::excerpt(self.origin, start, body.gaps);
                parts = self.expanded_body(&body.text, &origin);
            }
            self.bodies.push((pending.placeholder, Word { parts, span: self.span(start, end) }));
        }
    }

    /// Takes the lines up to the delimiter, and the delimiter. Returns the body and where it ends.
    fn here_document_body(&mut self, document: &Pending) -> (Excerpt, usize) {
        let mut body = Excerpt::default();
        // Whether nothing of the line has been kept yet. Continued lines count as one, of which only the start loses its tabs.
        let mut fresh = true;
        while !self.cursor.rest().is_empty() {
            let start = self.cursor.at();
            let line = self.cursor.take_while(|next| next != '\n');
            let text = if document.strip_tabs && fresh { line.trim_start_matches('\t') } else { line };
            if fresh && self.ends_here_document(text, document) {
                self.cursor.seek(start + (line.len() - text.len()) + document.delimiter.len());
                self.cursor.eat("\n");
                return (body, start);
            }
            body.skip(line.len() - text.len());
            fresh = match self.continued_line(text).filter(|_| !document.literal) {
                Some(kept) => {
                    body.text.push_str(kept);
                    body.skip("\\\n".len());
                    fresh && kept.is_empty()
                }
                None => {
                    body.text.push_str(text);
                    body.text.push_str(if self.cursor.looking_at("\n") { "\n" } else { "" });
                    true
                }
            };
            self.cursor.eat("\n");
        }
        (body, self.cursor.at())
    }

    /// A line without the backslash that joins it to the next one. Lines are joined before anything else is looked at, so
    /// even a name may continue on the next line.
    fn continued_line<'t>(&self, line: &'t str) -> Option<&'t str> {
        let backslashes = line.len() - line.trim_end_matches('\\').len();
        if backslashes % 2 == 1 && self.cursor.looking_at("\n") { line.strip_suffix('\\') } else { None }
    }

    /// Inside `$( … )` bash also takes `EOF)` for the end (`read_secondary_line`'s caller in `make_cmd.c`).
    fn ends_here_document(&self, line: &str, document: &Pending) -> bool {
        let rest = line.strip_prefix(document.delimiter.as_str());
        rest.is_some_and(|rest| rest.is_empty() || (self.substitutions > 0 && rest.contains(')')))
    }

    /// Parses a body. bash does so when it runs, so an error in it is no error of the script: what cannot be parsed is text.
    fn expanded_body(&self, text: &str, origin: &Origin<'_>) -> Vec<Part> {
        let mut parts = Vec::new();
        let Ok(mut parser) = self.inner(text, origin) else {
            push_quoted(&mut parts, text);
            return parts;
        };
        parser.in_here_document = true;
        if parser.quoted(Closing::End, &mut parts).is_err() {
            push_quoted(&mut parts, parser.cursor.rest());
        }
        parser.fill_parts(&mut parts);
        parts
    }
}

/// The delimiter without its quotes, and whether it had any.
fn remove_quotes(written: &str) -> (String, bool) {
    let mut delimiter = String::with_capacity(written.len());
    let mut quote = None;
    let mut chars = written.chars();
    while let Some(next) = chars.next() {
        match (quote, next) {
            (Some(end), _) if next == end => quote = None,
            (None, '\'' | '"') => quote = Some(next),
            (None | Some('"'), '\\') => delimiter.extend(chars.next()),
            _ => delimiter.push(next),
        }
    }
    let quoted = delimiter != written;
    (delimiter, quoted)
}

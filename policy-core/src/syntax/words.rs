//! The words of a line, for formats that know no quotes.

use crate::text::{Span, Text};

/// What white space separates in a span, each word with its own span.
pub(crate) fn words(text: &Text, span: Span) -> impl Iterator<Item = (&str, Span)> {
    let line = text.slice(span);
    line.split_whitespace().map(move |word| {
        // A part of a string knows where it starts only by its address.
        let offset = word.as_ptr() as usize - line.as_ptr() as usize;
        let start = span.start as usize + offset;
        (word, Span::new(start, start + word.len()))
    })
}

/// The spans of all lines.
pub(crate) fn lines(text: &Text) -> impl Iterator<Item = Span> {
    (1..=text.line_count()).filter_map(|line| text.line_span(line))
}

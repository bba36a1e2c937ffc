//! A text with its path, its lines, and spans into it.
//!
//! A span is a byte range; [`Text::line_column`] is the one place that turns bytes into lines and columns.

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, OnceLock};

/// A half-open byte range in a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte; never below `start`.
    pub end: u32,
}

impl Span {
    /// A span from byte offsets. Offsets beyond 4 GiB saturate: no accepted text is that long.
    pub fn new(start: usize, end: usize) -> Self {
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { start: clamp(start), end: clamp(end.max(start)) }
    }

    /// The span as a range of `usize`.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether `other` lies within this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn to(self, other: Span) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// A position as people count: both numbers start at 1; columns count Unicode scalar values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1, in Unicode scalar values.
    pub column: u32,
}

/// A text: a file's content, or one made up for facts that stand in no file.
pub struct Text {
    path: String,
    content: Cow<'static, str>,
    /// Worked out when first asked for: most texts are read without a word about their lines.
    line_starts: OnceLock<Vec<u32>>,
    on_disk: bool,
}

impl Text {
    /// The content of a file. `path` uses `/` and is relative to the world's root.
    pub fn file(path: impl Into<String>, content: impl Into<String>) -> Arc<Self> {
        Arc::new(Self::new(path.into(), content.into().into(), true))
    }

    /// A text that is in no file, such as a rendering of the process environment; `path` is a label for people.
    pub fn synthetic(path: impl Into<String>, content: impl Into<String>) -> Arc<Self> {
        Arc::new(Self::new(path.into(), content.into().into(), false))
    }

    /// A text that is part of the program, and in no file; `path` is a label for people.
    pub(crate) fn built_in(path: String, content: Cow<'static, str>) -> Arc<Self> {
        Arc::new(Self::new(path, content, false))
    }

    fn new(path: String, content: Cow<'static, str>, on_disk: bool) -> Self {
        Self { path, content, line_starts: OnceLock::new(), on_disk }
    }

    fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let breaks = self.content.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
            std::iter::once(0).chain(breaks.map(|(at, _)| Span::new(at + 1, at + 1).start)).collect()
        })
    }

    /// The path, with `/`, relative to the world's root; a label if [`Self::on_disk`] is false.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The whole content.
    pub fn content(&self) -> &str {
        &self.content
    }

    /// Whether the text is a file that an editor can open.
    pub fn on_disk(&self) -> bool {
        self.on_disk
    }

    /// The text under a span; empty if the span does not fit the text.
    pub fn slice(&self, span: Span) -> &str {
        self.content.get(span.range()).unwrap_or_default()
    }

    /// How many lines the text has; a final line break starts no further line unless text follows.
    pub fn line_count(&self) -> u32 {
        let lines = Span::new(self.line_starts().len(), 0).start;
        if self.content.ends_with('\n') && lines > 1 { lines - 1 } else { lines }
    }

    /// Line and column of a byte offset. Offsets beyond the end, or inside a character, are moved back to a valid one.
    pub fn line_column(&self, offset: u32) -> LineColumn {
        let mut offset = (offset as usize).min(self.content.len());
        while !self.content.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.line_starts().partition_point(|start| *start as usize <= offset).max(1);
        let start = self.line_starts().get(line - 1).copied().unwrap_or(0) as usize;
        let column = self.content.get(start..offset).unwrap_or_default().chars().count() + 1;
        LineColumn { line: Span::new(line, 0).start, column: Span::new(column, 0).start }
    }

    /// The span of a line (from 1), without its line break.
    pub fn line_span(&self, line: u32) -> Option<Span> {
        let index = (line as usize).checked_sub(1)?;
        let start = *self.line_starts().get(index)? as usize;
        let end = self.line_starts().get(index + 1).map_or(self.content.len(), |next| *next as usize);
        let line = self.content.get(start..end)?;
        Some(Span::new(start, start + line.trim_end_matches(['\n', '\r']).len()))
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Text").field("path", &self.path).field("bytes", &self.content.len()).finish_non_exhaustive()
    }
}

/// A span in a certain text.
#[derive(Clone)]
pub struct Location {
    /// The text.
    pub text: Arc<Text>,
    /// The span in it.
    pub span: Span,
}

impl Location {
    /// A location.
    pub fn new(text: &Arc<Text>, span: Span) -> Self {
        Self { text: Arc::clone(text), span }
    }

    /// Path of the text.
    pub fn path(&self) -> &str {
        self.text.path()
    }

    /// Where the span starts.
    pub fn start(&self) -> LineColumn {
        self.text.line_column(self.span.start)
    }

    /// Where the span ends (exclusive).
    pub fn end(&self) -> LineColumn {
        self.text.line_column(self.span.end)
    }

    /// The characters under the span.
    pub fn source(&self) -> &str {
        self.text.slice(self.span)
    }

    fn key(&self) -> (&str, Span) {
        (self.path(), self.span)
    }
}

impl fmt::Debug for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let start = self.start();
        write!(f, "{}:{}:{} {:?}", self.path(), start.line, start.column, self.source())
    }
}

impl PartialEq for Location {
    fn eq(&self, other: &Self) -> bool {
        self.span == other.span && (Arc::ptr_eq(&self.text, &other.text) || self.path() == other.path())
    }
}

impl Eq for Location {}

impl PartialOrd for Location {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Location {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key().cmp(&other.key())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_start_at_one() {
        let text = Text::file("a", "é=1\r\nx");
        assert_eq!(text.line_column(0), LineColumn { line: 1, column: 1 });
        assert_eq!(text.line_column(2), LineColumn { line: 1, column: 2 });
        assert_eq!(text.line_column(1), LineColumn { line: 1, column: 1 }, "inside a character moves back");
        assert_eq!(text.line_column(6), LineColumn { line: 2, column: 1 });
        assert_eq!(text.line_column(999), LineColumn { line: 2, column: 2 });
        assert_eq!(text.slice(text.line_span(1).unwrap()), "é=1");
        assert_eq!(text.line_span(3), None);
    }

    #[test]
    fn a_final_line_break_starts_no_line() {
        assert_eq!(Text::file("a", "x\ny\n").line_count(), 2);
        assert_eq!(Text::file("a", "x\ny").line_count(), 2);
        assert_eq!(Text::file("a", "").line_count(), 1);
    }
}

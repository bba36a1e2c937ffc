//! A position in a source, and the way back from an excerpt to the script it was taken from.

use crate::text::Span;

/// Where a parsed text comes from. Texts inside backquotes and here-documents are unescaped before they are parsed, so
/// an offset in them is not an offset in the script; the chain of origins leads back.
pub(super) struct Origin<'p> {
    /// Where the text was cut out; `None` for the script itself.
    parent: Option<&'p Origin<'p>>,
    /// Offset of the text in the parent's text.
    base: usize,
    /// Offsets in the text before which bytes were left out, each with the number of bytes left out up to there.
    gaps: Vec<(usize, usize)>,
}

impl<'p> Origin<'p> {
    /// The origin of a script.
    pub(super) const SCRIPT: Origin<'static> = Origin { parent: None, base: 0, gaps: Vec::new() };

    /// The origin of an excerpt that starts at `base` of the parent's text.
    pub(super) fn excerpt(parent: &'p Origin<'p>, base: usize, gaps: Vec<(usize, usize)>) -> Self {
        Self { parent: Some(parent), base, gaps }
    }

    fn start(&self, at: usize) -> usize {
        let before = self.gaps.partition_point(|(gap, _)| *gap <= at);
        let here = self.base + at + self.left_out(before);
        self.parent.map_or(here, |parent| parent.start(here))
    }

    fn end(&self, at: usize) -> usize {
        let before = self.gaps.partition_point(|(gap, _)| *gap < at);
        let here = self.base + at + self.left_out(before);
        self.parent.map_or(here, |parent| parent.end(here))
    }

    fn left_out(&self, gaps: usize) -> usize {
        gaps.checked_sub(1).and_then(|last| self.gaps.get(last)).map_or(0, |(_, bytes)| *bytes)
    }
}

/// A text without some of its bytes, which remembers where they were.
#[derive(Default)]
pub(super) struct Excerpt {
    /// What is left.
    pub(super) text: String,
    /// See [`Origin`].
    pub(super) gaps: Vec<(usize, usize)>,
}

impl Excerpt {
    /// Leaves out `bytes` bytes here.
    pub(super) fn skip(&mut self, bytes: usize) {
        if bytes > 0 {
            let before = self.gaps.last().map_or(0, |(_, bytes)| *bytes);
            self.gaps.push((self.text.len(), before + bytes));
        }
    }
}

/// A position in a text; always at the start of a character.
pub(super) struct Cursor<'s> {
    source: &'s str,
    at: usize,
    origin: &'s Origin<'s>,
}

impl<'s> Cursor<'s> {
    pub(super) fn new(source: &'s str, origin: &'s Origin<'s>) -> Self {
        Self { source, at: 0, origin }
    }

    pub(super) fn origin(&self) -> &'s Origin<'s> {
        self.origin
    }

    /// The offset in this text; only for [`Self::since`], [`Self::seek`] and [`Self::span_from`].
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Goes back to a position got from [`Self::at`].
    pub(super) fn seek(&mut self, at: usize) {
        self.at = at;
    }

    pub(super) fn rest(&self) -> &'s str {
        self.source.get(self.at..).unwrap_or_default()
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn second(&self) -> Option<char> {
        self.rest().chars().nth(1)
    }

    pub(super) fn looking_at(&self, text: &str) -> bool {
        self.rest().starts_with(text)
    }

    pub(super) fn bump(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at += next.len_utf8();
        Some(next)
    }

    /// Skips `text` if it is next.
    pub(super) fn eat(&mut self, text: &str) -> bool {
        let found = self.looking_at(text);
        if found {
            self.at += text.len();
        }
        found
    }

    /// Takes the next `bytes` bytes; nothing if that is no character boundary.
    pub(super) fn take(&mut self, bytes: usize) -> &'s str {
        let taken = self.rest().get(..bytes).unwrap_or_default();
        self.at += taken.len();
        taken
    }

    pub(super) fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> &'s str {
        let rest = self.rest();
        self.take(rest.find(|next| !wanted(next)).unwrap_or(rest.len()))
    }

    /// The text from an earlier position to here.
    pub(super) fn since(&self, start: usize) -> &'s str {
        self.source.get(start..self.at).unwrap_or_default()
    }

    /// The span in the script from an earlier position to here.
    pub(super) fn span_from(&self, start: usize) -> Span {
        self.span(start, self.at)
    }

    /// The span in the script of a range of this text.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        let from = self.origin.start(start);
        Span::new(from, self.origin.end(end).max(from))
    }
}

/// The length of the name (`[A-Za-z_][A-Za-z0-9_]*`) that a text starts with; 0 if it starts with none.
pub(super) fn name_length(text: &str) -> usize {
    if text.starts_with(|first: char| first.is_ascii_digit()) {
        return 0;
    }
    text.find(|next: char| !next.is_ascii_alphanumeric() && next != '_').unwrap_or(text.len())
}

/// Offset of the `close` that matches an `open` just before `text`, with quoted text skipped.
pub(super) fn matching(text: &str, open: char, close: char) -> Option<usize> {
    let (mut depth, mut quote) = (0usize, None);
    let mut chars = text.char_indices();
    while let Some((at, next)) = chars.next() {
        match quote {
            Some(end) if next == end => quote = None,
            Some('\'') => {}
            _ if next == '\\' => _ = chars.next(),
            Some(_) => {}
            None if matches!(next, '\'' | '"' | '`') => quote = Some(next),
            None if next == close && depth == 0 => return Some(at),
            None if next == close => depth -= 1,
            None if next == open => depth += 1,
            None => {}
        }
    }
    None
}

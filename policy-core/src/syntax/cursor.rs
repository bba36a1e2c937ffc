//! A position in a text, for parsers that read it character by character.

use super::shell::{HOLE_END, HOLE_START};
use crate::text::Span;

/// A position in a text; always at the start of a character.
pub(super) struct Cursor<'s> {
    source: &'s str,
    at: usize,
}

impl<'s> Cursor<'s> {
    pub(super) fn new(source: &'s str) -> Self {
        Self { source, at: 0 }
    }

    /// The offset in the text.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Goes to a position got from [`Self::at`].
    pub(super) fn seek(&mut self, at: usize) {
        self.at = at;
    }

    /// Goes to the end.
    pub(super) fn finish(&mut self) {
        self.at = self.source.len();
    }

    pub(super) fn rest(&self) -> &'s str {
        self.source.get(self.at..).unwrap_or_default()
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn nth(&self, index: usize) -> Option<char> {
        self.rest().chars().nth(index)
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.rest().is_empty()
    }

    /// Whether this is the start of a line.
    pub(super) fn follows_line_break(&self) -> bool {
        self.source.get(..self.at).is_some_and(|before| before.is_empty() || before.ends_with('\n'))
    }

    /// Whether the character before is one that separates words of cmd.
    pub(super) fn follows_separator(&self) -> bool {
        self.source
            .get(..self.at)
            .is_some_and(|before| before.is_empty() || before.ends_with(|c: char| c.is_whitespace() || ",;=(\")@".contains(c)))
    }

    /// Whether the next character is one of these.
    pub(super) fn on(&self, wanted: &[char]) -> bool {
        self.peek().is_some_and(|next| wanted.contains(&next))
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

    /// Takes the text up to `end`, and skips `end`; everything if `end` does not come.
    pub(super) fn take_until(&mut self, end: &str) -> &'s str {
        let rest = self.rest();
        let Some((taken, _)) = rest.split_once(end) else {
            self.finish();
            return rest;
        };
        self.at += taken.len() + end.len();
        taken
    }

    /// The text from an earlier position to here.
    pub(super) fn since(&self, start: usize) -> &'s str {
        self.source.get(start..self.at).unwrap_or_default()
    }

    /// The span from an earlier position to here.
    pub(super) fn span_from(&self, start: usize) -> Span {
        Span::new(start, self.at)
    }

    /// Takes the hole that is next, if one is: its index.
    pub(super) fn hole(&mut self) -> Option<usize> {
        let (index, _) = self.rest().strip_prefix(HOLE_START)?.split_once(HOLE_END)?;
        let number = index.parse().ok()?;
        self.at += HOLE_START.len_utf8() + index.len() + HOLE_END.len_utf8();
        Some(number)
    }
}

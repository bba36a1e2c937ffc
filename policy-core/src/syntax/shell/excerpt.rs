//! The way back from an excerpt to the script it was taken from.

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

    /// The span in the script of a range of the text.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        let from = self.start(start);
        Span::new(from, self.end(end).max(from))
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

//! Reading a tree: children, content, types, and where content stands.

use std::ops::Range;

use super::{Entry, Node, NodeKind, Scalar, Style, Typed, schema};
use crate::text::Span;

impl Node {
    /// The value under a key, if this is a mapping that has the key.
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The entry with a key, if this is a mapping that has the key.
    pub(crate) fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| entry.key.as_str() == Some(key))
    }

    /// The entries of a mapping; of anything else, none.
    pub(crate) fn entries(&self) -> &[Entry] {
        if let NodeKind::Mapping(entries) = &self.kind { entries } else { &[] }
    }

    /// The items of a sequence; of anything else, none.
    pub(crate) fn items(&self) -> &[Node] {
        if let NodeKind::Sequence(items) = &self.kind { items } else { &[] }
    }

    /// The scalar, if this is one.
    pub(crate) fn scalar(&self) -> Option<&Scalar> {
        if let NodeKind::Scalar(scalar) = &self.kind { Some(scalar) } else { None }
    }

    /// The content of a scalar, whatever its type: `1.20` is `"1.20"`, and a value left out is `""`.
    pub(crate) fn as_str(&self) -> Option<&str> {
        self.scalar().map(|scalar| scalar.content.as_str())
    }

    /// Whether this is a scalar that means null.
    pub(crate) fn is_null(&self) -> bool {
        self.scalar().is_some_and(|scalar| scalar.typed() == Typed::Null)
    }

    /// What a scalar means; `None` for a sequence or mapping.
    pub(crate) fn typed(&self) -> Option<Typed> {
        self.scalar().map(Scalar::typed)
    }

    /// Where the node stands in its parent: the alias if it was reached through one, else its own characters.
    pub(crate) fn site(&self) -> Span {
        self.alias.unwrap_or(self.span)
    }

    /// What the node is called in messages.
    pub(crate) fn kind_name(&self) -> &'static str {
        match self.kind {
            NodeKind::Scalar(_) => "scalar",
            NodeKind::Sequence(_) => "sequence",
            NodeKind::Mapping(_) => "mapping",
        }
    }
}

impl Scalar {
    /// What the scalar means. Quoted and block scalars are strings.
    pub(crate) fn typed(&self) -> Typed {
        if self.style != Style::Plain || self.tagged {
            return Typed::String;
        }
        schema::type_of(&self.content).unwrap_or(Typed::String)
    }

    /// Where a byte range of the content stands in the text.
    ///
    /// Always within [`Scalar::span`], and equal to it if the range does not fit the content. A range over several
    /// lines of a block scalar spans their indentation too; escape sequences are covered whole.
    pub(crate) fn locate(&self, range: Range<usize>) -> Span {
        if range.start > range.end || range.end > self.content.len() {
            return self.span;
        }
        match (self.forward(range.start), self.backward(range.end)) {
            (Some(start), Some(_)) if range.is_empty() => self.clamp(start, start),
            (Some(start), Some(end)) => self.clamp(start, end),
            _ => self.span,
        }
    }

    /// Source offset of the character at `at`: behind a gap.
    fn forward(&self, at: usize) -> Option<usize> {
        self.follow(self.map.partition_point(|(content, _)| *content as usize <= at), at)
    }

    /// Source offset at which the character before `at` ends: before a gap.
    fn backward(&self, at: usize) -> Option<usize> {
        let before = self.map.partition_point(|(content, _)| (*content as usize) < at);
        match self.map.get(before) {
            Some((content, source)) if *content as usize == at => Some(*source as usize),
            _ => self.follow(before, at),
        }
    }

    /// Follows the segment before the pair `next` up to `at`, never into the next segment.
    fn follow(&self, next: usize, at: usize) -> Option<usize> {
        let (content, source) = self.map.get(next.checked_sub(1)?)?;
        let limit = self.map.get(next).map_or(usize::MAX, |(_, source)| *source as usize);
        Some((*source as usize + at.saturating_sub(*content as usize)).min(limit))
    }

    fn clamp(&self, start: usize, end: usize) -> Span {
        let Range { start: first, end: last } = self.span.range();
        Span::new(start.clamp(first, last), end.clamp(first, last))
    }
}

//! Reading a YAML tree strictly: a node with the text it stands in, and accessors that note what is not as it should be.

use std::ops::Range;
use std::sync::Arc;

use super::error::Problems;
use crate::syntax::yaml::{Entry, Node, NodeKind, Scalar, Typed};
use crate::text::{Location, Text};

/// A node and the text it stands in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spot<'n> {
    pub(crate) text: &'n Arc<Text>,
    pub(crate) node: &'n Node,
}

/// A mapping whose keys have been checked.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Table<'n> {
    spot: Spot<'n>,
}

impl<'n> Spot<'n> {
    /// Another node of the same text.
    pub(crate) fn with(self, node: &'n Node) -> Self {
        Self { node, ..self }
    }

    pub(crate) fn location(self) -> Location {
        Location::new(self.text, self.node.span)
    }

    pub(crate) fn scalar(self) -> Option<&'n Scalar> {
        self.node.scalar()
    }

    /// The items, if it is a sequence.
    pub(crate) fn sequence(self) -> Option<impl ExactSizeIterator<Item = Spot<'n>>> {
        match &self.node.kind {
            NodeKind::Sequence(items) => Some(items.iter().map(move |item| self.with(item))),
            _ => None,
        }
    }

    /// Keys and values, if it is a mapping.
    pub(crate) fn mapping(self) -> Option<impl ExactSizeIterator<Item = (Spot<'n>, Spot<'n>)>> {
        match &self.node.kind {
            NodeKind::Mapping(entries) => Some(entries.iter().map(move |entry| (self.with(&entry.key), self.with(&entry.value)))),
            _ => None,
        }
    }

    /// The value of `key`, if it is a mapping with nothing else in it.
    pub(crate) fn only(self, key: &str) -> Option<Spot<'n>> {
        let mut entries = self.mapping()?;
        let (found, value) = entries.next()?;
        let is_key = found.scalar().is_some_and(|scalar| scalar.content == key);
        (is_key && entries.next().is_none()).then_some(value)
    }

    /// The content of a scalar that is not null.
    pub(crate) fn text(self, problems: &mut Problems) -> Option<&'n str> {
        match self.scalar() {
            Some(scalar) if !self.node.is_null() => Some(&scalar.content),
            _ => self.expected("a text", problems),
        }
    }

    /// The content of a scalar that says something.
    pub(crate) fn words(self, problems: &mut Problems) -> Option<&'n str> {
        let text = self.text(problems)?;
        if text.trim().is_empty() { self.expected("a text that is not empty", problems) } else { Some(text) }
    }

    /// `true` or `false`, without quotes.
    pub(crate) fn flag(self, problems: &mut Problems) -> Option<bool> {
        match self.node.typed() {
            Some(Typed::Bool(yes)) => Some(yes),
            _ => self.expected("`true` or `false`", problems),
        }
    }

    /// The items of a sequence.
    pub(crate) fn items(self, problems: &mut Problems) -> Vec<Spot<'n>> {
        match self.sequence() {
            Some(items) => items.collect(),
            None => self.expected("a list", problems).unwrap_or_default(),
        }
    }

    /// Names and values of a mapping.
    pub(crate) fn named(self, what: &str, problems: &mut Problems) -> Vec<(Spot<'n>, &'n str, Spot<'n>)> {
        let Some(entries) = self.mapping() else { return self.expected(what, problems).unwrap_or_default() };
        entries.filter_map(|(key, value)| Some((key, key.text(problems)?, value))).collect()
    }

    /// A mapping that may have these keys only.
    pub(crate) fn table(self, what: &str, known: &[&str], problems: &mut Problems) -> Option<Table<'n>> {
        if !matches!(self.node.kind, NodeKind::Mapping(_)) {
            return self.expected(what, problems);
        }
        for (key, name, _) in self.named(what, problems) {
            if !known.contains(&name) {
                key.unknown("key", name, known.iter().copied(), problems);
            }
        }
        Some(Table { spot: self })
    }

    /// Notes that something else should stand here.
    pub(crate) fn expected<T>(self, what: &str, problems: &mut Problems) -> Option<T> {
        let found = match &self.node.kind {
            NodeKind::Scalar(_) if self.node.is_null() => "nothing".to_owned(),
            NodeKind::Scalar(scalar) => format!("`{}`", shorten(&scalar.content)),
            NodeKind::Sequence(_) => "a list".to_owned(),
            NodeKind::Mapping(_) => "a mapping".to_owned(),
        };
        problems.add(self.location(), format!("expected {what}, found {found}"));
        None
    }

    /// Notes that there is no such thing, and what was probably meant.
    pub(crate) fn unknown<'c>(self, what: &str, name: &str, known: impl IntoIterator<Item = &'c str>, problems: &mut Problems) {
        problems.add_unknown(self.location(), what, name, known);
    }

    /// Where a part of a scalar's content stands.
    pub(crate) fn part(self, range: Range<usize>) -> Location {
        let span = self.scalar().map_or(self.node.span, |scalar| scalar.locate(range));
        Location::new(self.text, span)
    }
}

impl<'n> Table<'n> {
    pub(crate) fn get(self, key: &str) -> Option<Spot<'n>> {
        self.entry(key).map(|entry| self.spot.with(&entry.value))
    }

    /// The value of a key that must be there; what is missing is noted at `owner`.
    pub(crate) fn required(self, owner: Spot<'_>, key: &str, problems: &mut Problems) -> Option<Spot<'n>> {
        let found = self.get(key);
        if found.is_none() {
            problems.add(owner.location(), format!("`{key}` is missing"));
        }
        found
    }

    /// Where the key itself stands.
    pub(crate) fn key(self, key: &str) -> Option<Spot<'n>> {
        self.entry(key).map(|entry| self.spot.with(&entry.key))
    }

    fn entry(self, key: &str) -> Option<&'n Entry> {
        self.spot.node.entry(key)
    }
}

/// User text for a message: one line, of bounded length.
pub(crate) fn shorten(text: &str) -> String {
    const MOST: usize = 60;
    let line = text.lines().next().unwrap_or_default();
    let cut: String = line.chars().take(MOST).collect();
    if cut.len() < text.trim_end().len() { format!("{cut}…") } else { cut }
}

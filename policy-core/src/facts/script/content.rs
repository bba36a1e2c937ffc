//! What commands wrote: to a pipe, into a command substitution, or to one of the runner's files.

use std::sync::Arc;

use super::items::MOST_ALTERNATIVES;
use super::values::{all_texts, concat};
use crate::facts::value::{Origin, OriginKind, Reason, Value};
use crate::text::Location;

/// More pieces than this are not followed.
const MOST_PIECES: usize = 4096;

/// A stretch of output.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Piece {
    /// A text. If it has several possibilities, none contains a line break; what is unknown is taken to be within one line.
    Text(Value, Location),
    /// Whole lines of which nothing is known.
    Anything(Reason),
}

/// Output, as alternatives after branches. Cheap to clone.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Content {
    alternatives: Vec<Arc<Vec<Piece>>>,
}

impl Default for Content {
    fn default() -> Self {
        Self { alternatives: vec![Arc::default()] }
    }
}

impl Content {
    /// The alternatives: at least one.
    pub(super) fn alternatives(&self) -> impl Iterator<Item = &[Piece]> {
        self.alternatives.iter().map(|pieces| pieces.as_slice())
    }

    /// Appends whole lines of which nothing is known.
    pub(super) fn push_anything(&mut self, reason: Reason) {
        self.push(&Piece::Anything(reason));
    }

    /// Appends a text.
    pub(super) fn push_text(&mut self, value: &Value, location: &Location) {
        let breaks =
            value.choices().len() > 1 && value.choices().iter().any(|choice| choice.datum.as_text().is_some_and(|t| t.contains('\n')));
        if !breaks {
            return self.push(&Piece::Text(value.clone(), location.clone()));
        }
        let before = self.clone();
        self.alternatives.clear();
        for choice in value.choices() {
            let mut longer = before.clone();
            longer.push(&Piece::Text(Value::known(choice.datum.clone(), Arc::clone(&choice.origin)), location.clone()));
            self.alternatives.append(&mut longer.alternatives);
        }
        if let Some(reason) = value.reason() {
            let mut longer = before;
            longer.push_anything(reason.clone());
            self.alternatives.append(&mut longer.alternatives);
        }
        self.limit();
    }

    /// Appends other output.
    pub(super) fn extend(&mut self, other: &Self) {
        let pairs = self.alternatives.iter().flat_map(|head| other.alternatives.iter().map(move |tail| chained(head, tail)));
        self.alternatives = pairs.collect();
        self.limit();
    }

    /// Either output.
    pub(super) fn join(mut self, other: &Self) -> Self {
        for pieces in &other.alternatives {
            if !self.alternatives.iter().any(|mine| Arc::ptr_eq(mine, pieces) || mine == pieces) {
                self.alternatives.push(Arc::clone(pieces));
            }
        }
        self.limit();
        self
    }

    /// The output as one text without its trailing line breaks, as `$( … )` takes it.
    pub(super) fn substituted(&self) -> Value {
        let values = self.alternatives.iter().map(|pieces| flat(pieces));
        values.reduce(Value::join).unwrap_or_else(|| Value::unknown(Reason::new("no possibility")))
    }

    fn push(&mut self, piece: &Piece) {
        for pieces in &mut self.alternatives {
            if pieces.len() < MOST_PIECES {
                Arc::make_mut(pieces).push(piece.clone());
            } else if !matches!(pieces.last(), Some(Piece::Anything(_))) {
                Arc::make_mut(pieces).push(Piece::Anything(Reason::new("more output than is followed")));
            }
        }
    }

    /// Beyond the bound, what all alternatives begin with remains, and then anything.
    fn limit(&mut self) {
        if self.alternatives.len() <= MOST_ALTERNATIVES {
            return;
        }
        let Some((first, rest)) = self.alternatives.split_first() else { return };
        let same = |pieces: &Arc<Vec<Piece>>| first.iter().zip(pieces.iter()).take_while(|(a, b)| a == b).count();
        let common = rest.iter().map(same).min().unwrap_or(0);
        let mut pieces: Vec<Piece> = first.iter().take(common).cloned().collect();
        pieces.push(Piece::Anything(Reason::new("too many possibilities")));
        self.alternatives = vec![Arc::new(pieces)];
    }
}

fn chained(head: &Arc<Vec<Piece>>, tail: &Arc<Vec<Piece>>) -> Arc<Vec<Piece>> {
    let room = MOST_PIECES.saturating_sub(head.len());
    let mut pieces: Vec<Piece> = head.iter().chain(tail.iter().take(room)).cloned().collect();
    if tail.len() > room {
        pieces.push(Piece::Anything(Reason::new("more output than is followed")));
    }
    Arc::new(pieces)
}

fn flat(pieces: &[Piece]) -> Value {
    let anything = pieces.iter().find_map(|piece| match piece {
        Piece::Anything(reason) => Some(reason.clone()),
        Piece::Text(..) => None,
    });
    if let Some(reason) = anything {
        return Value::unknown(reason);
    }
    let values = pieces.iter().filter_map(|piece| match piece {
        Piece::Text(value, _) => Some(value),
        Piece::Anything(_) => None,
    });
    let whole = concat(values, &Origin::of(OriginKind::Computed));
    // NUL bytes never reach here: the shell drops them.
    match all_texts(&whole) {
        Some(texts) => {
            let stripped = texts.into_iter().map(|text| Value::text(text.trim_end_matches('\n'), Origin::of(OriginKind::Computed)));
            stripped.reduce(Value::join).unwrap_or(whole)
        }
        None => super::values::map_text(&whole, &Origin::of(OriginKind::Computed), "output", |text| {
            Some(text.trim_end_matches('\n').to_owned())
        }),
    }
}

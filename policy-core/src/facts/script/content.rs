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
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Content {
    first: Chain,
    others: Vec<Chain>,
}

impl Content {
    /// The alternatives: at least one.
    pub(super) fn alternatives(&self) -> impl Iterator<Item = Vec<&Piece>> {
        self.chains().map(Chain::pieces)
    }

    fn chains(&self) -> impl Iterator<Item = &Chain> {
        std::iter::once(&self.first).chain(&self.others)
    }

    /// How many pieces there are, in all alternatives.
    pub(super) fn size(&self) -> usize {
        self.chains().map(Chain::len).sum()
    }

    fn of(chains: impl IntoIterator<Item = Chain>) -> Self {
        let mut chains = chains.into_iter();
        let mut content = Self { first: chains.next().unwrap_or_default(), others: chains.collect() };
        content.limit();
        content
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
        let known = value.choices().iter().map(|choice| Piece::Text(Value::known(choice.datum.clone(), Arc::clone(&choice.origin)), location.clone()));
        let anything = value.reason().map(|reason| Piece::Anything(reason.clone()));
        let ways: Vec<Piece> = known.chain(anything).collect();
        *self = Self::of(ways.iter().flat_map(|piece| self.chains().map(|chain| chain.with(piece))));
    }

    /// Appends other output.
    pub(super) fn extend(&mut self, other: &Self) {
        *self = Self::of(self.chains().flat_map(|head| other.chains().map(|tail| head.followed_by(tail))));
    }

    /// Either output.
    pub(super) fn join(mut self, other: &Self) -> Self {
        for chain in other.chains() {
            if !self.chains().any(|mine| mine == chain) {
                self.others.push(chain.clone());
            }
        }
        self.limit();
        self
    }

    /// The output as one text without its trailing line breaks, as `$( … )` takes it.
    pub(super) fn substituted(&self) -> Value {
        let values = self.alternatives().map(|pieces| flat(&pieces));
        values.reduce(Value::join).unwrap_or_else(|| Value::unknown(Reason::new("no possibility")))
    }

    fn push(&mut self, piece: &Piece) {
        self.first = self.first.with(piece);
        for chain in &mut self.others {
            *chain = chain.with(piece);
        }
    }

    /// Beyond the bound, what all alternatives begin with remains, and then anything.
    fn limit(&mut self) {
        if self.others.len() < MOST_ALTERNATIVES {
            return;
        }
        let first = self.first.pieces();
        let same = |chain: &Chain| first.iter().zip(chain.pieces()).take_while(|(a, b)| *a == b).count();
        let common = self.others.iter().map(same).min().unwrap_or(0);
        let begin = first.into_iter().take(common).fold(Chain::default(), |chain, piece| chain.with(piece));
        *self = Self { first: begin.with(&Piece::Anything(Reason::new("too many possibilities"))), others: Vec::new() };
    }
}

/// Pieces one after the other. Output grows at its end while branches go on from the same beginning, so the last piece is held
/// together with what comes before it, which is shared.
#[derive(Clone, Debug, Default)]
struct Chain {
    last: Option<Arc<Link>>,
}

#[derive(Debug)]
struct Link {
    before: Chain,
    piece: Piece,
    length: usize,
}

impl Chain {
    fn len(&self) -> usize {
        self.last.as_ref().map_or(0, |link| link.length)
    }

    /// One more piece, as long as there is room.
    fn with(&self, piece: &Piece) -> Self {
        let piece = match &self.last {
            Some(link) if link.length > MOST_PIECES => return self.clone(),
            Some(link) if link.length == MOST_PIECES => Piece::Anything(Reason::new("more output than is followed")),
            _ => piece.clone(),
        };
        Self { last: Some(Arc::new(Link { before: self.clone(), piece, length: self.len() + 1 })) }
    }

    fn followed_by(&self, tail: &Self) -> Self {
        if self.last.is_none() {
            return tail.clone();
        }
        tail.pieces().into_iter().fold(self.clone(), |chain, piece| chain.with(piece))
    }

    fn pieces(&self) -> Vec<&Piece> {
        let links = std::iter::successors(self.last.as_deref(), |link| link.before.last.as_deref());
        let mut pieces: Vec<&Piece> = links.map(|link| &link.piece).collect();
        pieces.reverse();
        pieces
    }
}

impl PartialEq for Chain {
    fn eq(&self, other: &Self) -> bool {
        let (mut mine, mut theirs) = (self, other);
        while let (Some(a), Some(b)) = (&mine.last, &theirs.last) {
            if Arc::ptr_eq(a, b) {
                return true;
            }
            if a.length != b.length || a.piece != b.piece {
                return false;
            }
            (mine, theirs) = (&a.before, &b.before);
        }
        mine.last.is_none() && theirs.last.is_none()
    }
}

/// Link by link: a long chain must not be dropped by recursion.
impl Drop for Link {
    fn drop(&mut self) {
        let mut next = self.before.last.take();
        while let Some(mut link) = next.and_then(Arc::into_inner) {
            next = link.before.last.take();
        }
    }
}

fn flat(pieces: &[&Piece]) -> Value {
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

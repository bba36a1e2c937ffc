//! Entries of `exclude`, and the part of an entry of `include` that names axes.

use super::expand::LegValue;
use super::tree::{Mapping, Tree, TreeKind, undecided};
use crate::facts::expression::{Json, Partial, equal, format_number, index};
use crate::facts::value::Reason;
use crate::syntax::expression::parse_number;

/// What a combination must look like: every leaf must `==` the value at its path.
#[derive(Clone, Debug, Default)]
pub(super) struct Filter {
    leaves: Vec<Leaf>,
    /// Why there may be more leaves.
    rest: Option<Reason>,
}

#[derive(Clone, Debug)]
struct Leaf {
    /// Place of the axis in the combination; none if there is no such axis, whose value is then null.
    axis: Option<usize>,
    path: Vec<Json>,
    value: Partial,
}

/// Whether a filter matches.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Match {
    Yes,
    No,
    Maybe(Reason),
}

impl Filter {
    pub(super) fn add(&mut self, axis: Option<usize>, tree: &Tree) {
        self.add_leaves(axis, &mut Vec::new(), tree);
    }

    pub(super) fn may_have_more(&mut self, reason: Option<&Reason>) {
        self.rest = self.rest.take().or_else(|| reason.cloned());
    }

    fn add_leaves(&mut self, axis: Option<usize>, path: &mut Vec<Json>, tree: &Tree) {
        match &tree.kind {
            TreeKind::Value(value) => {
                let value = rounded(value);
                self.leaves.push(Leaf { axis, path: path.clone(), value });
            }
            TreeKind::Sequence(items) => {
                let mut place = 0.0;
                for item in items {
                    self.add_below(axis, path, Json::Number(place), item);
                    place += 1.0;
                }
            }
            TreeKind::Mapping(Mapping { entries, rest }) => {
                self.may_have_more(rest.as_ref());
                entries.iter().for_each(|(key, value)| self.add_below(axis, path, Json::String(key.name.clone()), value));
            }
        }
    }

    fn add_below(&mut self, axis: Option<usize>, path: &mut Vec<Json>, step: Json, tree: &Tree) {
        path.push(step);
        self.add_leaves(axis, path, tree);
        path.pop();
    }

    /// Compares the filter with a combination. Each comparison is taken from `work`; when that is used up, the answer means nothing.
    pub(super) fn matches(&self, combination: &[LegValue], work: &mut usize) -> Match {
        *work = work.saturating_sub(1);
        let mut result = self.rest.clone().map_or(Match::Yes, Match::Maybe);
        for leaf in &self.leaves {
            *work = work.saturating_sub(1);
            match leaf.matches(combination) {
                Match::No => return Match::No,
                Match::Maybe(reason) => result = Match::Maybe(reason),
                Match::Yes => {}
            }
        }
        result
    }
}

impl Leaf {
    fn matches(&self, combination: &[LegValue]) -> Match {
        let null = Partial::known(Json::Null);
        let start = self.axis.and_then(|axis| combination.get(axis)).map_or(null, |value| value.value.clone());
        let actual = self.path.iter().fold(start, |value, step| index(&value, step));
        match actual.compare(&self.value, equal).truth() {
            Some(true) => Match::Yes,
            Some(false) => Match::No,
            None => Match::Maybe(undecided(if self.value.single().is_some() { &actual } else { &self.value })),
        }
    }
}

/// `MatrixBuilder` makes an expression of each leaf, and numbers lose what `G15` does not show.
fn rounded(value: &Partial) -> Partial {
    match value.single() {
        Some(Json::Number(number)) => Json::Number(parse_number(&format_number(*number))).into(),
        _ => value.clone(),
    }
}

use std::collections::HashMap;
use std::sync::Arc;

use super::MAX_LEGS;
use super::error::{MatrixError, MatrixErrorKind};
use super::filter::Match;
use super::spec::{Include, MatrixSpec};
use super::tree::Tree;
use crate::facts::expression::{Json, Object, Partial};
use crate::facts::value::Reason;
use crate::text::Location;

/// Values and comparisons that working a matrix out may take: enough for 256 legs of a thousand values, and little memory.
const MAX_WORK: usize = 1 << 18;

/// The combinations that a job runs with.
#[derive(Clone, Debug)]
pub(crate) struct Legs {
    /// The legs, in GitHub's order, at most 256.
    pub legs: Vec<Leg>,
    /// Why there may be more or other legs than these.
    #[cfg_attr(not(test), expect(dead_code, reason = "tests bound and check what is foreseen"))]
    pub unknown: Option<Reason>,
    /// What is wrong with the matrix; GitHub then runs nothing, and the legs are a best guess.
    pub errors: Vec<MatrixError>,
}

/// One combination.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Leg {
    /// The values by name: axes in the order of the matrix, then what `include` adds. Names differ even without regard to case.
    pub values: Vec<LegValue>,
    /// Why there may be more values than these.
    pub rest: Option<Reason>,
    /// Why this leg may not exist, if that depends on something unknown.
    pub uncertain: Option<Reason>,
}

/// A value of a leg.
#[derive(Clone, Debug)]
pub(crate) struct LegValue {
    /// The name, as it was written.
    pub name: Arc<str>,
    /// The value, as far as it is known.
    pub value: Partial,
    /// Where it was written: the item of an axis, the value in `include`, or the expression that gave it.
    pub location: Location,
}

/// Two values are equal if they are the same under the same name, wherever they stand.
impl PartialEq for LegValue {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.value == other.value
    }
}

impl LegValue {
    pub(super) fn new(name: &Arc<str>, tree: &Tree) -> Self {
        Self { name: Arc::clone(name), value: tree.to_partial(), location: tree.location.clone() }
    }

    #[cfg(test)]
    pub(super) fn is_named(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }
}

impl Leg {
    /// A leg about which nothing is known.
    pub(crate) fn unknown(reason: Reason) -> Self {
        Self { values: Vec::new(), rest: Some(reason), uncertain: None }
    }

    /// The value of a name, in any case.
    #[cfg(test)]
    pub(crate) fn get(&self, name: &str) -> Option<&LegValue> {
        self.values.iter().find(|value| value.is_named(name))
    }

    /// The `matrix` context of the leg.
    pub(crate) fn context(&self) -> Partial {
        let mut object = match &self.rest {
            Some(reason) if self.values.is_empty() => return Partial::unknown(reason.clone()),
            Some(reason) => Object::open(reason.clone()),
            None => Object::default(),
        };
        self.values.iter().for_each(|value| object.set(Arc::clone(&value.name), value.value.clone()));
        Json::Object(object.into()).into()
    }
}

impl MatrixSpec {
    /// Works the legs out, without building the product first.
    pub(crate) fn expand(self) -> Legs {
        match self.unknown.axes.clone() {
            Some(reason) if !self.alternatives.is_empty() => unite(self, &reason),
            _ => self.expand_one(),
        }
    }

    fn expand_one(self) -> Legs {
        let mut expansion = Expansion { work: MAX_WORK, legs: Vec::new(), matched: vec![Match::No; self.include.len()], error: None };
        expansion.add_product(&self);
        expansion.add_unmatched(&self.include);
        let unknown = &self.unknown;
        let unknown = unknown.axes.as_ref().or(unknown.include.as_ref()).or(unknown.exclude.as_ref()).or(unknown.values.as_ref()).cloned();
        let mut legs = expansion.legs;
        if legs.is_empty() {
            // Nothing is left only because something is unknown.
            legs.extend(self.unknown.axes.or(self.unknown.include).map(Leg::unknown));
        }
        let mut errors = self.errors;
        errors.extend(expansion.error.map(|kind| kind.at(&self.location)));
        Legs { legs, unknown, errors }
    }
}

/// The legs of all alternatives; only a leg of every one of them is certain. What is wrong with just some of them may never be seen.
fn unite(spec: MatrixSpec, reason: &Reason) -> Legs {
    let count = spec.alternatives.len();
    let mut counted: Vec<(Leg, usize)> = Vec::new();
    let mut failures = Vec::new();
    for alternative in spec.alternatives.into_iter().map(MatrixSpec::expand_one) {
        failures.extend(alternative.errors.into_iter().next());
        for leg in alternative.legs {
            match counted.iter_mut().find(|(known, _)| *known == leg) {
                Some((_, times)) => *times += 1,
                None => counted.push((leg, 1)),
            }
        }
    }
    counted.truncate(MAX_LEGS);
    let uncertain = |(leg, times): (Leg, usize)| Leg { uncertain: if times < count { Some(reason.clone()) } else { leg.uncertain }, ..leg };
    let mut errors = spec.errors;
    errors.extend(failures.first().filter(|_| failures.len() == count).cloned());
    Legs { legs: counted.into_iter().map(uncertain).collect(), unknown: Some(reason.clone()), errors }
}

struct Expansion {
    /// What is left of [`MAX_WORK`].
    work: usize,
    legs: Vec<Leg>,
    /// For each entry of `include`, whether it matched a leg.
    matched: Vec<Match>,
    /// Why the expansion stopped.
    error: Option<MatrixErrorKind>,
}

impl Expansion {
    /// Steps 1 to 3: the product of the axes, less what is excluded, plus what is included.
    fn add_product(&mut self, spec: &MatrixSpec) {
        let mut combination: Option<Vec<usize>> = (!spec.axes.is_empty()).then(|| vec![0; spec.axes.len()]);
        while let Some(indices) = combination
            && self.error.is_none()
        {
            let values: Vec<LegValue> = spec.axes.iter().zip(&indices).filter_map(|(axis, at)| axis.values.get(*at)).cloned().collect();
            self.spend(values.len());
            if let Some(uncertain) = self.survives(spec, &values) {
                let leg = Leg { values, rest: spec.unknown.axes.clone().or_else(|| spec.unknown.include.clone()), uncertain };
                self.add_combination(leg, &spec.include);
            }
            combination = next(indices, spec);
        }
    }

    /// `None` if the combination is excluded; else why it may be, if it may be.
    fn survives(&mut self, spec: &MatrixSpec, combination: &[LegValue]) -> Option<Option<Reason>> {
        let mut uncertain = spec.unknown.exclude.clone();
        for filter in &spec.exclude {
            match filter.matches(combination, &mut self.work) {
                Match::Yes => return None,
                Match::Maybe(reason) => uncertain = uncertain.or(Some(reason)),
                Match::No => {}
            }
        }
        Some(uncertain)
    }

    fn add_combination(&mut self, mut leg: Leg, include: &[Include]) {
        if self.is_full() {
            return;
        }
        // Filters see the axes only, never what an earlier entry has added.
        let mut extra = Extra::default();
        for (entry, matched) in include.iter().zip(&mut self.matched) {
            let result = entry.filter.matches(&leg.values, &mut self.work);
            if result == Match::No {
                continue;
            }
            self.work = self.work.saturating_sub(entry.extra.len());
            extra.add(&entry.extra, result == Match::Yes);
            leg.rest = leg.rest.or_else(|| entry.rest.clone());
            *matched = stronger(matched, result, leg.uncertain.as_ref());
        }
        leg.values.extend(extra.values);
        self.legs.push(leg);
        self.spend(0);
    }

    /// Step 4: entries of `include` that matched nothing are legs of their own.
    fn add_unmatched(&mut self, include: &[Include]) {
        for (entry, matched) in include.iter().zip(self.matched.clone()) {
            let uncertain = match matched {
                Match::Yes => continue,
                Match::No => None,
                Match::Maybe(reason) => Some(reason),
            };
            if self.error.is_some() || self.is_full() {
                return;
            }
            let values: Vec<LegValue> = entry.filtered.iter().chain(&entry.extra).cloned().collect();
            self.spend(values.len());
            self.legs.push(Leg { values, rest: entry.rest.clone(), uncertain });
        }
    }

    fn is_full(&mut self) -> bool {
        let full = self.legs.len() == MAX_LEGS;
        if full {
            self.error = Some(MatrixErrorKind::TooManyLegs);
        }
        full
    }

    fn spend(&mut self, work: usize) {
        self.work = self.work.saturating_sub(work.max(1));
        if self.work == 0 {
            self.error.get_or_insert(MatrixErrorKind::TooLarge);
        }
    }
}

/// Whether an entry matched any leg, after one more leg; a match with a leg that may not exist is only a possible one.
fn stronger(before: &Match, result: Match, uncertain: Option<&Reason>) -> Match {
    match (before, result, uncertain) {
        (Match::Yes, ..) | (_, Match::Yes, None) => Match::Yes,
        (Match::Maybe(reason), ..) | (_, _, Some(reason)) => Match::Maybe(reason.clone()),
        (Match::No, result, None) => result,
    }
}

/// What `include` adds to one combination: later entries overwrite earlier ones.
#[derive(Default)]
struct Extra {
    values: Vec<LegValue>,
    places: HashMap<String, usize>,
}

impl Extra {
    /// Adds values; if it is not certain that they are added, what was there before stays possible.
    fn add(&mut self, added: &[LegValue], certain: bool) {
        for new in added {
            let end = self.values.len();
            let place = *self.places.entry(new.name.to_lowercase()).or_insert(end);
            let before = self.values.get(place).map(|value| value.value.clone());
            let value = if certain { new.value.clone() } else { before.unwrap_or(Json::Null.into()).join(new.value.clone()) };
            match self.values.get_mut(place) {
                Some(old) => (old.value, old.location) = (value, new.location.clone()),
                None => self.values.push(LegValue { value, ..new.clone() }),
            }
        }
    }
}

/// The next combination; the last axis changes fastest.
fn next(mut indices: Vec<usize>, spec: &MatrixSpec) -> Option<Vec<usize>> {
    for (index, axis) in indices.iter_mut().zip(&spec.axes).rev() {
        *index += 1;
        if *index < axis.values.len() {
            return Some(indices);
        }
        *index = 0;
    }
    None
}

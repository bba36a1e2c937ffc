//! Lists of values whose length may not be known: arrays and positional parameters.

use std::sync::Arc;

use crate::facts::value::{Reason, Value};

/// More alternatives than this count as unknown.
pub(super) const MOST_ALTERNATIVES: usize = 8;

/// A list, as alternatives after branches; perhaps it is something else entirely. Cheap to clone.
#[derive(Clone, Debug)]
pub(super) struct Items {
    alternatives: Arc<Vec<Vec<Value>>>,
    unknown: Option<Reason>,
}

impl PartialEq for Items {
    fn eq(&self, other: &Self) -> bool {
        let same = Arc::ptr_eq(&self.alternatives, &other.alternatives) || self.alternatives == other.alternatives;
        same && self.unknown == other.unknown
    }
}

impl Items {
    /// A known list.
    pub(super) fn known(items: Vec<Value>) -> Self {
        Self { alternatives: Arc::new(vec![items]), unknown: None }
    }

    /// Nothing is known.
    pub(super) fn unknown(reason: Reason) -> Self {
        Self { alternatives: Arc::default(), unknown: Some(reason) }
    }

    /// The alternatives, and why it may be something else.
    pub(super) fn alternatives(&self) -> (&[Vec<Value>], Option<&Reason>) {
        (&self.alternatives, self.unknown.as_ref())
    }

    /// All texts that occur.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.alternatives.iter().flatten().flat_map(Value::texts)
    }

    /// Either list.
    pub(super) fn join(mut self, other: &Self) -> Self {
        self.unknown = self.unknown.or_else(|| other.unknown.clone());
        if Arc::ptr_eq(&self.alternatives, &other.alternatives) {
            return self;
        }
        for list in other.alternatives.iter() {
            if !self.alternatives.contains(list) {
                Arc::make_mut(&mut self.alternatives).push(list.clone());
            }
        }
        if self.alternatives.len() > MOST_ALTERNATIVES {
            return Self::unknown(Reason::new("too many possibilities"));
        }
        self
    }

    /// Perhaps something else.
    pub(super) fn or_unknown(mut self, reason: Reason) -> Self {
        self.unknown.get_or_insert(reason);
        self
    }

    /// Changes each alternative.
    pub(super) fn map(&self, apply: impl Fn(&[Value]) -> Vec<Value>) -> Self {
        Self { alternatives: Arc::new(self.alternatives.iter().map(|list| apply(list)).collect()), unknown: self.unknown.clone() }
    }

    /// A value computed from each alternative, united.
    pub(super) fn value(&self, apply: impl Fn(&[Value]) -> Value) -> Value {
        let known = self.alternatives.iter().map(|list| apply(list)).reduce(Value::join);
        match (known, &self.unknown) {
            (Some(known), None) => known,
            (Some(known), Some(reason)) => known.or_unknown(reason.clone()),
            (None, reason) => Value::unknown(reason.clone().unwrap_or_else(|| Reason::new("no possibility"))),
        }
    }

    /// This list with `more` behind, in every combination.
    pub(super) fn followed_by(&self, more: &Self) -> Self {
        let pairs = self.alternatives.iter().flat_map(|list| more.alternatives.iter().map(move |tail| [list.as_slice(), tail].concat()));
        let joined = pairs.map(Self::known).reduce(|all, next| all.join(&next));
        let unknown = self.unknown.clone().or_else(|| more.unknown.clone());
        match (joined, unknown) {
            (Some(items), None) => items,
            (Some(items), Some(reason)) => items.or_unknown(reason),
            (None, reason) => Self::unknown(reason.unwrap_or_else(|| Reason::new("no possibility"))),
        }
    }
}

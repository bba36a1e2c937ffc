//! The environment of a process: a value for every name.

use std::borrow::Cow;
use std::sync::Arc;

use super::shared_map::SharedMap;
use super::value::{Datum, Origin, OriginKind, Reason, Value};

/// Environment variables by name, and what is known of all others. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Environment {
    named: SharedMap<Value>,
    others: Value,
    ignores_case: bool,
}

impl Environment {
    /// Nothing is set. On Windows names are compared without case.
    pub(crate) fn empty(ignores_case: bool) -> Self {
        Self { named: SharedMap::default(), others: Value::unset_by(OriginKind::Default), ignores_case }
    }

    /// What `name` is.
    pub(crate) fn get(&self, name: &str) -> &Value {
        self.named.get(&self.key(name)).unwrap_or(&self.others)
    }

    /// Whether something is known of `name` in particular.
    pub(crate) fn names(&self, name: &str) -> bool {
        self.named.get(&self.key(name)).is_some()
    }

    /// Sets `name`; a definite single value remembers what it overrode.
    pub(crate) fn set(&mut self, name: &str, value: Value) {
        self.put(self.key(name).into(), value);
    }

    fn put(&mut self, key: Arc<str>, value: Value) {
        let value = value.overriding(self.named.get(&key).unwrap_or(&self.others));
        self.named.insert(key, value);
    }

    /// Takes `name` away.
    pub(crate) fn unset(&mut self, name: &str, origin: Arc<Origin>) {
        self.set(name, Value::unset(origin));
    }

    /// From here on any name may have been set to anything, because of `reason`.
    pub(crate) fn forget(&mut self, reason: &Reason) {
        self.named.change_all(|value| *value = value.clone().or_unknown(reason.clone()));
        self.others = self.others.clone().or_unknown(reason.clone());
    }

    /// Names that are not listed may be anything, because of `reason`; the listed ones stay as they are.
    pub(crate) fn others_unknown(&mut self, reason: Reason) {
        self.others = self.others.clone().or_unknown(reason);
    }

    /// Whether names are compared without case.
    pub(crate) fn ignores_case(&self) -> bool {
        self.ignores_case
    }

    /// Whether nothing but the listed names can be set.
    pub(crate) fn is_complete(&self) -> bool {
        self.reason_for_others().is_none()
    }

    /// Why other names than the listed ones may be set.
    pub(crate) fn reason_for_others(&self) -> Option<&Reason> {
        self.others.reason()
    }

    /// Lays `upper` over this environment: what it sets wins, and where it may have set nothing, this one stays.
    pub(crate) fn overlay(&mut self, upper: &Self) {
        if let Some(reason) = upper.others.reason() {
            self.forget(reason);
        }
        for (name, value) in upper.iter() {
            let below = self.get(name).clone();
            let laid = value.and_then(|choice| match choice.datum {
                Datum::Unset => below.clone(),
                _ => Value::known(choice.datum.clone(), Arc::clone(&choice.origin)),
            });
            self.put(if self.ignores_case { self.key(name).into() } else { Arc::clone(name) }, laid);
        }
    }

    /// Either this or `other`.
    #[must_use]
    pub(crate) fn join(self, other: &Self) -> Self {
        let named = self
            .named
            .united(&other.named, |_, mine, theirs| mine.unwrap_or(&self.others).clone().join(theirs.unwrap_or(&other.others).clone()));
        Self { named, others: self.others.join(other.others.clone()), ignores_case: self.ignores_case }
    }

    /// This environment, or `other` if a step ran that may have been skipped because of `reason`: where the two differ, the
    /// value is not relied on, since a later step may be skipped under the very same condition.
    #[must_use]
    pub(crate) fn perhaps(self, other: &Self, reason: &Reason) -> Self {
        let named = self.named.united(&other.named, |_, mine, theirs| {
            let (mine, theirs) = (mine.unwrap_or(&self.others), theirs.unwrap_or(&other.others));
            let either = mine.clone().join(theirs.clone());
            if mine == theirs { either } else { either.or_unknown(reason.clone()) }
        });
        Self { named, others: self.others.join(other.others.clone()), ignores_case: self.ignores_case }
    }

    /// Whether the same is known of the same names.
    pub(crate) fn same_names(&self, other: &Self) -> bool {
        self.named == other.named
    }

    /// Whether both are one and the same, not only alike.
    pub(crate) fn is(&self, other: &Self) -> bool {
        self.named.is(&other.named) && self.others == other.others
    }

    /// Whether both are the same, what set the variables included.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        let same_rest = self.ignores_case == other.ignores_case && self.others.is_same(&other.others);
        let same_names =
            || self.named.len() == other.named.len() && self.iter().zip(other.iter()).all(|(a, b)| a.0 == b.0 && a.1.is_same(b.1));
        same_rest && (self.named.is(&other.named) || same_names())
    }

    /// All names of which something particular is known, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&Arc<str>, &Value)> {
        self.named.iter()
    }

    fn key<'n>(&self, name: &'n str) -> Cow<'n, str> {
        if self.ignores_case { name.to_ascii_uppercase().into() } else { name.into() }
    }
}

impl Value {
    /// This value with a note of what it replaced, where both are single and known.
    fn overriding(self, previous: &Value) -> Self {
        let (Some(choice), Some(before)) = (self.single(), previous.single()) else { return self };
        if before.datum == Datum::Unset || choice.origin.overrode.is_some() {
            return self;
        }
        let origin = Origin { overrode: Some(Arc::new((before.datum.clone(), Arc::clone(&before.origin)))), ..(*choice.origin).clone() };
        Value::known(choice.datum.clone(), Arc::new(origin))
    }
}

//! The environment of a process: a value for every name.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::value::{Datum, Origin, OriginKind, Reason, Value};

/// Environment variables by name, and what is known of all others. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Environment {
    named: Arc<BTreeMap<Arc<str>, Value>>,
    others: Value,
    ignores_case: bool,
}

impl Environment {
    /// Nothing is set. On Windows names are compared without case.
    pub fn empty(ignores_case: bool) -> Self {
        Self { named: Arc::default(), others: Value::unset(Origin::of(OriginKind::Default)), ignores_case }
    }

    /// What `name` is.
    pub fn get(&self, name: &str) -> &Value {
        self.named.get(&*self.key(name)).unwrap_or(&self.others)
    }

    /// Whether something is known of `name` in particular.
    pub fn names(&self, name: &str) -> bool {
        self.named.contains_key(&*self.key(name))
    }

    /// Sets `name`; a definite single value remembers what it overrode.
    pub fn set(&mut self, name: &str, value: Value) {
        let key = self.key(name);
        let value = value.overriding(self.get(name));
        Arc::make_mut(&mut self.named).insert(key, value);
    }

    /// Takes `name` away.
    pub fn unset(&mut self, name: &str, origin: Arc<Origin>) {
        self.set(name, Value::unset(origin));
    }

    /// From here on any name may have been set to anything, because of `reason`.
    pub fn forget(&mut self, reason: &Reason) {
        for value in Arc::make_mut(&mut self.named).values_mut() {
            *value = value.clone().or_unknown(reason.clone());
        }
        self.others = self.others.clone().or_unknown(reason.clone());
    }

    /// Names that are not listed may be anything, because of `reason`; the listed ones stay as they are.
    pub fn others_unknown(&mut self, reason: Reason) {
        self.others = self.others.clone().or_unknown(reason);
    }

    /// Whether names are compared without case.
    pub(crate) fn ignores_case(&self) -> bool {
        self.ignores_case
    }

    /// Whether nothing but the listed names can be set.
    pub(crate) fn is_complete(&self) -> bool {
        self.others.reason().is_none()
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
            self.set(name, laid);
        }
    }

    /// Either this or `other`.
    #[must_use]
    pub fn join(self, other: &Self) -> Self {
        if Arc::ptr_eq(&self.named, &other.named) {
            return Self { others: self.others.join(other.others.clone()), ..self };
        }
        let names: std::collections::BTreeSet<&Arc<str>> = self.named.keys().chain(other.named.keys()).collect();
        let named = names.into_iter().map(|name| (Arc::clone(name), self.get(name).clone().join(other.get(name).clone()))).collect();
        Self { named: Arc::new(named), others: self.others.clone().join(other.others.clone()), ignores_case: self.ignores_case }
    }

    /// This environment, or `other` if a step ran that may have been skipped because of `reason`: where the two differ, the
    /// value is not relied on, since a later step may be skipped under the very same condition.
    #[must_use]
    pub(crate) fn perhaps(self, other: &Self, reason: &Reason) -> Self {
        if Arc::ptr_eq(&self.named, &other.named) {
            return self;
        }
        let before = self.clone();
        let mut joined = self.join(other);
        for (name, value) in Arc::make_mut(&mut joined.named) {
            if before.get(name) != other.get(name) {
                *value = value.clone().or_unknown(reason.clone());
            }
        }
        joined
    }

    /// All names of which something particular is known, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&Arc<str>, &Value)> {
        self.named.iter()
    }

    fn key(&self, name: &str) -> Arc<str> {
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

//! The values of one subject's fields, asked for when needed and remembered for all its rules.

use std::cell::OnceCell;

use crate::facts::subject::{FieldName, Subject};
use crate::facts::value::Value;

/// What is known of a subject.
pub(crate) struct Memory<'s> {
    subject: &'s dyn Subject,
    names: &'s [FieldName],
    values: Vec<OnceCell<Value>>,
}

/// The part of it that one rule asks for; the rule's fields have numbers of their own.
#[derive(Clone, Copy)]
pub(crate) struct Facts<'s> {
    memory: &'s Memory<'s>,
    slots: &'s [usize],
}

impl<'s> Memory<'s> {
    /// `names` are the fields that rules refer to, by slot.
    pub(crate) fn new(subject: &'s dyn Subject, names: &'s [FieldName]) -> Self {
        Self { subject, names, values: names.iter().map(|_| OnceCell::new()).collect() }
    }

    /// For a rule whose fields have these slots.
    pub(crate) fn facts(&'s self, slots: &'s [usize]) -> Facts<'s> {
        Facts { memory: self, slots }
    }
}

impl<'s> Facts<'s> {
    pub(crate) fn subject(&self) -> &'s dyn Subject {
        self.memory.subject
    }

    /// The name of a field.
    pub(crate) fn name(&self, field: usize) -> Option<&'s FieldName> {
        self.memory.names.get(*self.slots.get(field)?)
    }

    /// The value of a field; `None` only for one that the rule has not.
    pub(crate) fn get(&self, field: usize) -> Option<&'s Value> {
        let slot = *self.slots.get(field)?;
        let name = self.memory.names.get(slot)?;
        Some(self.memory.values.get(slot)?.get_or_init(|| self.memory.subject.field(name)))
    }
}

//! The values of one subject's fields, asked for when needed and remembered for all its rules.

use std::cell::OnceCell;

use crate::facts::subject::{FieldName, Subject};
use crate::facts::value::Value;

/// What is known of a subject.
pub(crate) struct Facts<'s> {
    subject: &'s dyn Subject,
    names: &'s [FieldName],
    values: Vec<OnceCell<Value>>,
}

impl<'s> Facts<'s> {
    /// `names` are the fields that rules refer to, by slot.
    pub(crate) fn new(subject: &'s dyn Subject, names: &'s [FieldName]) -> Self {
        Self { subject, names, values: names.iter().map(|_| OnceCell::new()).collect() }
    }

    pub(crate) fn subject(&self) -> &'s dyn Subject {
        self.subject
    }

    /// The name of the field in a slot.
    pub(crate) fn name(&self, slot: usize) -> Option<&'s FieldName> {
        self.names.get(slot)
    }

    /// The value of the field in a slot; `None` only for a slot of another kind of subject.
    pub(crate) fn get(&self, slot: usize) -> Option<&Value> {
        let name = self.names.get(slot)?;
        Some(self.values.get(slot)?.get_or_init(|| self.subject.field(name)))
    }
}

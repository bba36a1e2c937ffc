//! The values of one subject's fields, asked for when needed and remembered for all its rules.

use std::cell::OnceCell;

use crate::facts::subject::{FieldName, Subject};
use crate::facts::value::Value;

/// What is known of a subject.
pub(crate) struct Memory<'s> {
    subject: &'s dyn Subject,
    names: &'s [FieldName],
    cells: Vec<OnceCell<Value>>,
}

/// The part of it that one rule asks for.
#[derive(Clone, Copy)]
pub(crate) struct Facts<'s> {
    memory: &'s Memory<'s>,
    /// By the slots of the rule's fields.
    cells: &'s [usize],
}

impl<'s> Memory<'s> {
    /// `names` are the fields that rules refer to, by cell.
    pub(crate) fn new(subject: &'s dyn Subject, names: &'s [FieldName]) -> Self {
        Self { subject, names, cells: names.iter().map(|_| OnceCell::new()).collect() }
    }

    /// For a rule whose fields are in these cells.
    pub(crate) fn facts(&'s self, cells: &'s [usize]) -> Facts<'s> {
        Facts { memory: self, cells }
    }
}

impl<'s> Facts<'s> {
    pub(crate) fn subject(&self) -> &'s dyn Subject {
        self.memory.subject
    }

    /// The name of the field in a slot.
    pub(crate) fn name(&self, slot: usize) -> Option<&'s FieldName> {
        self.memory.names.get(*self.cells.get(slot)?)
    }

    /// The value of the field in a slot; `None` only for a slot of another rule.
    pub(crate) fn get(&self, slot: usize) -> Option<&'s Value> {
        let cell = *self.cells.get(slot)?;
        let name = self.memory.names.get(cell)?;
        Some(self.memory.cells.get(cell)?.get_or_init(|| self.memory.subject.field(name)))
    }
}

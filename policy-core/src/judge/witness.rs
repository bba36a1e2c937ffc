//! Which values made a rule fail: what is underlined, and what else is pointed at.

use std::sync::Arc;

use super::evaluate::{Evaluator, Known};
use crate::facts::value::{Choice, Datum, Origin, Value};
use crate::policy::condition::{Condition, FieldRef, Matcher};
use crate::policy::truth::Truth;

/// A value that a condition turned on.
#[derive(Clone)]
pub(crate) struct Witness<'a> {
    pub(crate) field: &'a FieldRef,
    pub(crate) datum: Datum,
    pub(crate) origin: Arc<Origin>,
}

impl Evaluator<'_> {
    /// The values that make the condition `wanted`, in the order of the condition.
    pub(crate) fn witnesses<'c>(&self, condition: &'c Condition, wanted: bool, found: &mut Vec<Witness<'c>>) {
        match condition {
            Condition::All(parts) => self.of_parts(parts, wanted, wanted, found),
            Condition::Any(parts) => self.of_parts(parts, wanted, !wanted, found),
            Condition::Not(inner) => self.witnesses(inner, !wanted, found),
            Condition::Field { field, matcher } => {
                found.extend(self.witness(field, matcher, wanted));
                found.extend(matcher.field_operands().filter_map(|operand| self.value_of(operand)));
            }
        }
    }

    /// All parts, or the first that suffices.
    fn of_parts<'c>(&self, parts: &'c [Condition], wanted: bool, all: bool, found: &mut Vec<Witness<'c>>) {
        let matching = parts.iter().filter(|part| self.condition(part) == Truth::from(wanted));
        for part in matching.take(if all { usize::MAX } else { 1 }) {
            self.witnesses(part, wanted, found);
        }
    }

    fn witness<'c>(&self, field: &'c FieldRef, matcher: &Matcher, wanted: bool) -> Option<Witness<'c>> {
        let witness = self.value_of(field)?;
        let item = self.decisive_item(&witness.datum, matcher, wanted);
        let origin = item.map_or(witness.origin, |choice| choice.origin);
        Some(Witness { origin, ..witness })
    }

    /// What the field is; the first possibility if there are several.
    pub(crate) fn value_of<'c>(&self, field: &'c FieldRef) -> Option<Witness<'c>> {
        let Known::Choices([choice, ..]) = self.known(field) else { return None };
        Some(Witness { field, datum: choice.datum.clone(), origin: Arc::clone(&choice.origin) })
    }

    /// The items that a condition on one list is about: each by itself makes it `wanted`.
    pub(crate) fn items(&self, condition: &Condition, wanted: bool) -> Vec<Value> {
        let Some((field, matcher)) = condition.itemised(wanted) else { return Vec::new() };
        let Some(Witness { datum: Datum::List(items), .. }) = self.value_of(field) else { return Vec::new() };
        let answer = matcher.spec.singles_out == Some(true);
        items.iter().filter(|item| self.decides(matcher, std::slice::from_ref(*item), answer)).cloned().collect()
    }

    /// The first item that by itself makes the matcher `wanted`, where an empty list does not.
    fn decisive_item(&self, datum: &Datum, matcher: &Matcher, wanted: bool) -> Option<Choice> {
        let Datum::List(items) = datum else { return None };
        if self.decides(matcher, &[], wanted) {
            return None;
        }
        let item = items.iter().find(|item| self.decides(matcher, std::slice::from_ref(*item), wanted))?;
        item.choices().first().filter(|choice| choice.origin.location.is_some()).cloned()
    }

    fn decides(&self, matcher: &Matcher, items: &[Value], wanted: bool) -> bool {
        self.datum(matcher, &Datum::List(items.into())) == Truth::from(wanted)
    }
}

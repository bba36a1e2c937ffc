//! Conditions over values: Kleene's logic over everything a field may be.

use std::collections::BTreeMap;

use super::facts::Facts;
use crate::facts::value::{Choice, Datum, Reason, Value};
use crate::policy::condition::{Condition, FieldRef, Matcher, Operand, Owner, Test};
use crate::policy::matcher::{Case, Nested, several};
use crate::policy::truth::Truth;

/// A record in a list.
pub(crate) type Record = BTreeMap<&'static str, Value>;

/// A field of the subject held to one of its possible values: slot, and index of the choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pin {
    pub(crate) slot: usize,
    pub(crate) choice: usize,
}

/// Judges conditions on a subject and, within lists, on a record.
#[derive(Clone, Copy)]
pub(crate) struct Evaluator<'a> {
    pub(crate) facts: &'a Facts<'a>,
    pub(crate) pins: &'a [Pin],
    pub(crate) record: Option<&'a Record>,
}

/// What a field may be.
pub(crate) enum Known<'a> {
    Choices(&'a [Choice]),
    Unknown(Reason),
}

impl<'a> Evaluator<'a> {
    pub(crate) fn condition(&self, condition: &Condition) -> Truth {
        match condition {
            Condition::All(parts) => Truth::all(parts.iter().map(|part| self.condition(part))),
            Condition::Any(parts) => Truth::any(parts.iter().map(|part| self.condition(part))),
            Condition::Not(inner) => self.condition(inner).negate(),
            Condition::Field { field, matcher } => self.field(field, matcher),
        }
    }

    fn field(&self, field: &FieldRef, matcher: &Matcher) -> Truth {
        match self.known(field) {
            Known::Unknown(reason) => Truth::because(reason),
            Known::Choices(choices) => agreed(field, choices, |datum| self.datum(matcher, datum)),
        }
    }

    /// What a field may be, as far as nothing about it is unknown.
    pub(crate) fn known(&self, field: &FieldRef) -> Known<'a> {
        let value = match field.owner {
            Owner::Subject(slot) => self.facts.get(slot),
            Owner::Record => self.record.and_then(|record| record.get(field.name.declared)),
        };
        let Some(value) = value else { return Known::Unknown(Reason::new(format!("`{}` is not known", field.name))) };
        if let Some(reason) = value.reason() {
            return Known::Unknown(reason.clone());
        }
        let pin = self.pins.iter().find(|pin| field.slot() == Some(pin.slot));
        let pinned = pin.and_then(|pin| value.choices().get(pin.choice)).map(std::slice::from_ref);
        Known::Choices(pinned.unwrap_or(value.choices()))
    }

    /// Whether a matcher holds of a datum, whichever values the fields have that it is compared with.
    pub(crate) fn datum(&self, matcher: &Matcher, datum: &Datum) -> Truth {
        let mut chosen = Vec::with_capacity(matcher.operands.len());
        self.with_operands(matcher, datum, &matcher.operands, &mut chosen)
    }

    fn with_operands<'o>(&self, matcher: &'o Matcher, datum: &Datum, rest: &'o [Operand], chosen: &mut Vec<&'o Datum>) -> Truth
    where
        'a: 'o,
    {
        let Some((operand, rest)) = rest.split_first() else {
            let case = Case { datum, operands: chosen, extra: &matcher.extra, nested: self };
            return (matcher.spec.evaluate)(&case);
        };
        match operand {
            Operand::Literal(literal) => self.with_operand(matcher, datum, rest, literal, chosen),
            Operand::Field(field) => match self.known(field) {
                Known::Unknown(reason) => Truth::because(reason),
                Known::Choices(choices) => agreed(field, choices, |operand| self.with_operand(matcher, datum, rest, operand, chosen)),
            },
        }
    }

    fn with_operand<'o>(
        &self,
        matcher: &'o Matcher,
        datum: &Datum,
        rest: &'o [Operand],
        operand: &'o Datum,
        chosen: &mut Vec<&'o Datum>,
    ) -> Truth
    where
        'a: 'o,
    {
        chosen.push(operand);
        let truth = self.with_operands(matcher, datum, rest, chosen);
        chosen.pop();
        truth
    }
}

/// What holds for every possible value of a field.
fn agreed<'c>(field: &FieldRef, choices: &'c [Choice], mut test: impl FnMut(&'c Datum) -> Truth) -> Truth {
    let disagreement = || field.slot().map_or_else(several, Truth::mixed);
    Truth::agreed(choices.iter().map(|choice| test(&choice.datum)), disagreement)
}

impl Nested for Evaluator<'_> {
    fn datum(&self, test: &Test, datum: &Datum) -> Truth {
        match (test, datum) {
            (Test::Matchers(matchers), _) => Truth::all(matchers.iter().map(|matcher| Evaluator::datum(self, matcher, datum))),
            (Test::Record(condition), Datum::Record(record)) => Evaluator { record: Some(record), ..*self }.condition(condition),
            (Test::Record(_), _) => Truth::unknown("an item of the list is not a record"),
        }
    }

    fn item(&self, test: &Test, item: &Value) -> Truth {
        match item.reason() {
            Some(reason) => Truth::because(reason.clone()),
            None => Truth::agreed(item.choices().iter().map(|choice| Nested::datum(self, test, &choice.datum)), several),
        }
    }
}

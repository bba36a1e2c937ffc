//! What can be told of a rule before it is looked at: most rules are about few of the subjects of their kind.

use super::condition::{Condition, Matcher, Operand};
use super::raw::Check;
use super::rule::Compiled;
use crate::facts::schema::Shape;
use crate::facts::value::{Datum, Value};

/// Something that must be so for a rule to find anything, and is told by one field of the subject alone.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Gate {
    /// The slot of the field.
    pub(crate) slot: usize,
    pub(crate) demand: Demand,
}

/// What the field must be.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Demand {
    /// One of these: texts, or `true` or `false`.
    OneOf(Vec<Datum>),
    /// A list that is not empty.
    Items,
}

impl Gate {
    /// The gates of a rule, of those demands that must all be met before it finds anything.
    pub(crate) fn all_of(rule: &Compiled) -> Vec<Self> {
        let forbidden = (rule.check == Check::Forbid).then_some(&rule.condition);
        let demands = rule.when.iter().chain(forbidden).flat_map(conjuncts);
        let gate = |demand: &Condition| match demand {
            Condition::Field { field, matcher } => Some(Self { slot: field.slot()?, demand: Demand::of(field.shape, matcher)? }),
            _ => None,
        };
        demands.filter_map(gate).collect()
    }

    /// Whether it is certain that the rule finds nothing in a subject whose field has this value.
    pub(crate) fn keeps_out(&self, value: &Value) -> bool {
        value.reason().is_none()
            && !value.choices().is_empty()
            && value.choices().iter().all(|choice| self.demand.is_missed_by(&choice.datum))
    }
}

impl Demand {
    /// What a matcher demands of a field, if that is simple.
    fn of(shape: Shape, matcher: &Matcher) -> Option<Self> {
        let literal = |operand: &Operand| match operand {
            Operand::Literal(datum) => Some(datum.clone()),
            Operand::Field(_) => None,
        };
        let literals: Vec<Datum> = matcher.operands.iter().map(literal).collect::<Option<_>>()?;
        match (matcher.spec.name, shape) {
            ("equals" | "one-of", Shape::Text | Shape::Word(_) | Shape::Flag) => Some(Self::OneOf(literals)),
            ("some" | "has-flag" | "has-entry" | "contains", Shape::TextList | Shape::RecordList(_)) => Some(Self::Items),
            _ => None,
        }
    }

    fn is_missed_by(&self, datum: &Datum) -> bool {
        match (self, datum) {
            (Self::OneOf(wanted), datum) => !wanted.contains(datum),
            (Self::Items, Datum::List(items)) => items.is_empty(),
            (Self::Items, datum) => *datum == Datum::Unset,
        }
    }
}

fn conjuncts(condition: &Condition) -> Vec<&Condition> {
    match condition {
        Condition::All(parts) => parts.iter().flat_map(conjuncts).collect(),
        other => vec![other],
    }
}

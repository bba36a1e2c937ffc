//! What can be told of a rule before it is looked at: most rules are about few of the subjects of their kind.

use std::sync::Arc;

use super::condition::{Condition, Matcher, Operand};
use super::raw::Check;
use super::rule::Compiled;
use crate::facts::schema::Shape;
use crate::facts::value::{Datum, Value};

/// A text that a field of the subject must be for the rule to find anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Gate {
    /// The field: its place among those that the rule refers to.
    pub(crate) field: usize,
    /// It must be one of these.
    pub(crate) texts: Vec<Arc<str>>,
}

impl Gate {
    /// The first demand of that form, of those that must all be met before the rule finds anything.
    pub(crate) fn of(rule: &Compiled) -> Option<Self> {
        let forbidden = (rule.check == Check::Forbid).then_some(&rule.condition);
        let mut demands = rule.when.iter().chain(forbidden).flat_map(conjuncts);
        demands.find_map(|demand| match demand {
            Condition::Field { field, matcher } if is_textual(field.shape) => {
                Some(Self { field: field.slot()?, texts: wanted_texts(matcher)? })
            }
            _ => None,
        })
    }

    /// Whether it is certain that the rule finds nothing in a subject whose field has this value.
    pub(crate) fn keeps_out(&self, value: &Value) -> bool {
        let is_other = |datum: &Datum| match datum {
            Datum::Text(text) => !self.texts.contains(text),
            other => *other == Datum::Unset,
        };
        value.reason().is_none() && !value.choices().is_empty() && value.choices().iter().all(|choice| is_other(&choice.datum))
    }
}

fn conjuncts(condition: &Condition) -> Vec<&Condition> {
    match condition {
        Condition::All(parts) => parts.iter().flat_map(conjuncts).collect(),
        other => vec![other],
    }
}

fn is_textual(shape: Shape) -> bool {
    matches!(shape, Shape::Text | Shape::Word(_))
}

fn wanted_texts(matcher: &Matcher) -> Option<Vec<Arc<str>>> {
    let text = |operand: &Operand| match operand {
        Operand::Literal(Datum::Text(text)) => Some(Arc::clone(text)),
        _ => None,
    };
    if matches!(matcher.spec.name, "equals" | "one-of") { matcher.operands.iter().map(text).collect() } else { None }
}

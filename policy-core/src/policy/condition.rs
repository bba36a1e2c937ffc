//! The compiled form of conditions: every name resolved, every literal typed.

use super::matcher::MatcherSpec;
use super::pattern::Pattern;
use crate::facts::schema::Shape;
use crate::facts::subject::FieldName;
use crate::facts::value::Datum;

/// What must hold of a subject, or of a record in one of its lists.
#[derive(Debug)]
pub(crate) enum Condition {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    Field { field: FieldRef, matcher: Matcher },
}

/// A field that a rule refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FieldRef {
    pub(crate) name: FieldName,
    pub(crate) shape: Shape,
    pub(crate) owner: Owner,
}

/// Whose field it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Owner {
    /// The subject's; the number is its slot, its place among the fields that the rule refers to.
    Subject(usize),
    /// The record's under consideration in a list.
    Record,
}

impl Condition {
    /// The list of which single items make the condition `wanted`, if it is about one list only.
    pub(crate) fn itemised(&self, wanted: bool) -> Option<(&FieldRef, &Matcher)> {
        match self {
            Self::Not(inner) => inner.itemised(!wanted),
            Self::Field { field, matcher } => (matcher.spec.singles_out == Some(wanted)).then_some((field, matcher)),
            Self::All(_) | Self::Any(_) => None,
        }
    }
}

impl FieldRef {
    /// The slot, for a field of the subject.
    pub(crate) fn slot(&self) -> Option<usize> {
        match self.owner {
            Owner::Subject(slot) => Some(slot),
            Owner::Record => None,
        }
    }
}

/// A matcher with its arguments.
#[derive(Debug)]
pub(crate) struct Matcher {
    pub(crate) spec: &'static MatcherSpec,
    /// What the value is compared with, in order.
    pub(crate) operands: Vec<Operand>,
    pub(crate) extra: Extra,
}

/// Something a value is compared with.
#[derive(Debug)]
pub(crate) enum Operand {
    Literal(Datum),
    Field(FieldRef),
}

/// What else a matcher needs.
#[derive(Debug)]
pub(crate) enum Extra {
    Nothing,
    YesNo(bool),
    Pattern(Box<Pattern>),
    /// A flag's name without hyphens.
    Flag(String),
    Test(Test),
}

/// A test within a matcher.
#[derive(Debug)]
pub(crate) enum Test {
    /// All must match the datum.
    Matchers(Vec<Matcher>),
    /// The record must fulfil it.
    Record(Box<Condition>),
}

impl Matcher {
    /// The fields it compares with.
    pub(crate) fn field_operands(&self) -> impl Iterator<Item = &FieldRef> {
        self.operands.iter().filter_map(|operand| match operand {
            Operand::Field(field) => Some(field),
            Operand::Literal(_) => None,
        })
    }
}

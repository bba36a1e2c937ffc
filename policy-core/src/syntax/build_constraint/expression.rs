use std::fmt;

use crate::text::Span;

/// A condition on build tags. Its depth is bounded by the limits of the parsers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Expression {
    Tag(Tag),
    Not(Box<Expression>),
    /// At least two conditions, none of them an `And` itself.
    And(Vec<Expression>),
    /// At least two conditions, none of them an `Or` itself.
    Or(Vec<Expression>),
}

/// A build tag where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tag {
    pub(crate) name: Box<str>,
    pub(crate) span: Span,
}

impl Expression {
    pub(crate) fn tag(name: &str, span: Span) -> Self {
        Self::Tag(Tag { name: name.into(), span })
    }

    pub(crate) fn negated(self) -> Self {
        Self::Not(Box::new(self))
    }

    /// All of these; the only one, if there is just one.
    pub(crate) fn all(parts: Vec<Self>) -> Self {
        let flat = parts.into_iter().flat_map(|part| match part {
            Self::And(inner) => inner,
            other => vec![other],
        });
        Self::joined(flat.collect(), Self::And)
    }

    /// Any of these; the only one, if there is just one.
    pub(crate) fn any(parts: Vec<Self>) -> Self {
        let flat = parts.into_iter().flat_map(|part| match part {
            Self::Or(inner) => inner,
            other => vec![other],
        });
        Self::joined(flat.collect(), Self::Or)
    }

    fn joined(mut parts: Vec<Self>, join: fn(Vec<Self>) -> Self) -> Self {
        match parts.pop() {
            Some(only) if parts.is_empty() => only,
            last => {
                parts.extend(last);
                join(parts)
            }
        }
    }

    /// Whether it holds, where `is_set` tells for each tag whether it is set, if that is known.
    pub(crate) fn evaluate(&self, is_set: &dyn Fn(&str) -> Option<bool>) -> Option<bool> {
        match self {
            Self::Tag(tag) => is_set(&tag.name),
            Self::Not(inner) => inner.evaluate(is_set).map(|holds| !holds),
            Self::And(parts) => decided(parts, false, is_set),
            Self::Or(parts) => decided(parts, true, is_set),
        }
    }

    /// Its tags from left to right, each as often as it stands there.
    pub(crate) fn tags(&self) -> Vec<&Tag> {
        let mut tags = Vec::new();
        self.visit(false, &mut |tag, _| tags.push(tag));
        tags
    }

    /// Tells of every tag, and whether it stands under an odd number of negations.
    pub(crate) fn visit<'e>(&'e self, negated: bool, each: &mut dyn FnMut(&'e Tag, bool)) {
        match self {
            Self::Tag(tag) => each(tag, negated),
            Self::Not(inner) => inner.visit(!negated, each),
            Self::And(parts) | Self::Or(parts) => parts.iter().for_each(|part| part.visit(negated, each)),
        }
    }

    /// How many tags, negations and connectives it has.
    pub(crate) fn size(&self) -> usize {
        match self {
            Self::Tag(_) => 1,
            Self::Not(inner) => 1 + inner.size(),
            Self::And(parts) | Self::Or(parts) => parts.iter().map(Self::size).sum::<usize>() + 1,
        }
    }
}

/// A part that is `decisive` decides; one that is unknown leaves the question open, unless another decides.
fn decided(parts: &[Expression], decisive: bool, is_set: &dyn Fn(&str) -> Option<bool>) -> Option<bool> {
    let mut outcome = Some(!decisive);
    for part in parts {
        match part.evaluate(is_set) {
            Some(holds) if holds == decisive => return Some(decisive),
            Some(_) => {}
            None => outcome = None,
        }
    }
    outcome
}

/// As Go prints it: `String` of `go/build/constraint`.
impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tag(tag) => f.write_str(&tag.name),
            Self::Not(inner) => {
                f.write_str("!")?;
                inner.operand(matches!(**inner, Self::And(_) | Self::Or(_)), f)
            }
            Self::And(parts) => list(parts, " && ", |part| matches!(part, Self::Or(_)), f),
            Self::Or(parts) => list(parts, " || ", |part| matches!(part, Self::And(_)), f),
        }
    }
}

impl Expression {
    fn operand(&self, parentheses: bool, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if parentheses { write!(f, "({self})") } else { write!(f, "{self}") }
    }
}

fn list(parts: &[Expression], separator: &str, parentheses: fn(&Expression) -> bool, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            f.write_str(separator)?;
        }
        part.operand(parentheses(part), f)?;
    }
    Ok(())
}

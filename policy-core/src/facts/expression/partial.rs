use std::sync::Arc;

use super::coerce::{is_truthy, to_text};
use super::error::EvaluationError;
use super::value::Json;
use crate::facts::value::{MOST_CHOICES, Reason};

/// What is known of a value: one of a few possibilities, or something unknown, or either.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Partial {
    choices: Vec<Json>,
    unknown: Option<Unknown>,
}

/// An unknown value, of which it may at least be known whether it counts as true: what `unknown && x` leaves is unknown, but falsy.
#[derive(Clone, Debug, PartialEq)]
struct Unknown {
    reason: Reason,
    truth: Option<bool>,
}

impl Partial {
    /// A single possibility.
    pub(crate) fn known(value: Json) -> Self {
        Self { choices: vec![value], unknown: None }
    }

    /// A known string.
    pub(crate) fn text(text: impl Into<Arc<str>>) -> Self {
        Self::known(Json::text(text))
    }

    /// Nothing is known but why.
    pub(crate) fn unknown(reason: Reason) -> Self {
        Self { choices: Vec::new(), unknown: Some(Unknown { reason, truth: None }) }
    }

    /// True or false.
    pub(crate) fn either() -> Self {
        Self { choices: vec![Json::Bool(true), Json::Bool(false)], unknown: None }
    }

    /// The outcomes of a question; at least one must be possible.
    pub(super) fn outcomes(yes: bool, no: bool) -> Self {
        if yes && no { Self::either() } else { Self::known(Json::Bool(yes)) }
    }

    /// No possibility yet; only for building up.
    pub(super) fn none() -> Self {
        Self { choices: Vec::new(), unknown: None }
    }

    pub(super) fn is_none(&self) -> bool {
        self.choices.is_empty() && self.unknown.is_none()
    }

    /// The possibilities; empty if nothing at all is known.
    pub(crate) fn choices(&self) -> &[Json] {
        &self.choices
    }

    /// Why it may be something else besides the possibilities.
    pub(crate) fn reason(&self) -> Option<&Reason> {
        self.unknown.as_ref().map(|unknown| &unknown.reason)
    }

    /// The only possibility, if there is just one and nothing unknown.
    pub(crate) fn single(&self) -> Option<&Json> {
        match (self.choices.as_slice(), &self.unknown) {
            ([choice], None) => Some(choice),
            _ => None,
        }
    }

    /// The only possibility as a string, however it is typed; arrays and objects give the word for their kind, as in the runner.
    pub(crate) fn as_text(&self) -> Option<Arc<str>> {
        self.single().map(to_text)
    }

    /// Whether it counts as true, if all possibilities agree.
    pub(crate) fn truth(&self) -> Option<bool> {
        match (self.may_be(true), self.may_be(false)) {
            (true, false) => Some(true),
            (false, true) => Some(false),
            _ => None,
        }
    }

    /// Whether it may count as true, or as false.
    pub(super) fn may_be(&self, truth: bool) -> bool {
        let unknown = self.unknown.as_ref().is_some_and(|unknown| unknown.truth.is_none_or(|known| known == truth));
        unknown || self.choices.iter().any(|choice| is_truthy(choice) == truth)
    }

    /// Only the possibilities that count as true, or as false.
    pub(super) fn only(&self, truth: bool) -> Self {
        let choices = self.choices.iter().filter(|choice| is_truthy(choice) == truth).cloned().collect();
        let unknown = self.unknown.as_ref().filter(|unknown| unknown.truth.is_none_or(|known| known == truth));
        Self { choices, unknown: unknown.map(|unknown| Unknown { reason: unknown.reason.clone(), truth: Some(truth) }) }
    }

    /// Either this or `other`.
    #[must_use]
    pub(crate) fn join(mut self, other: Self) -> Self {
        for choice in other.choices {
            if !self.choices.contains(&choice) {
                self.choices.push(choice);
            }
        }
        self.unknown = match (self.unknown, other.unknown) {
            (Some(left), Some(right)) => {
                let truth = left.truth.filter(|truth| right.truth == Some(*truth));
                Some(Unknown { reason: left.reason, truth })
            }
            (left, right) => left.or(right),
        };
        if self.choices.len() > MOST_CHOICES { Self::too_many() } else { self }
    }

    /// This, but perhaps also something unknown.
    #[must_use]
    pub(crate) fn or_unknown(self, reason: Reason) -> Self {
        self.join(Self::unknown(reason))
    }

    /// What stands for more possibilities than are worth keeping.
    pub(super) fn too_many() -> Self {
        Self::unknown(Reason::new("too many possibilities"))
    }

    /// The value as a string, as in a text around an expression.
    #[must_use]
    pub(crate) fn to_text(&self) -> Self {
        let mut result = Self { choices: Vec::new(), unknown: self.unknown.clone() };
        for choice in &self.choices {
            result = result.join(Self::known(Json::String(to_text(choice))));
        }
        result
    }

    /// Applies a function to each possibility and unites the results. A possibility that fails is dropped, because the step would fail
    /// there; the error is returned if nothing else is left.
    pub(super) fn try_map(&self, mut apply: impl FnMut(&Json) -> Result<Self, EvaluationError>) -> Result<Self, EvaluationError> {
        let mut result = Self { choices: Vec::new(), unknown: self.unknown.clone() };
        let mut error = None;
        for choice in &self.choices {
            match apply(choice) {
                Ok(value) => result = result.join(value),
                Err(failure) => error = error.or(Some(failure)),
            }
        }
        match error {
            Some(error) if result.is_none() => Err(error),
            _ => Ok(result),
        }
    }

    /// A question about two values: the answers that some pair of possibilities gives.
    pub(crate) fn compare(&self, other: &Self, mut holds: impl FnMut(&Json, &Json) -> bool) -> Self {
        let open = self.unknown.is_some() || other.unknown.is_some();
        let (mut yes, mut no) = (open, open);
        for (left, right) in self.choices.iter().flat_map(|left| other.choices.iter().map(move |right| (left, right))) {
            if yes && no {
                break;
            }
            let outcome = holds(left, right);
            yes |= outcome;
            no |= !outcome;
        }
        Self::outcomes(yes, no)
    }
}

impl From<Json> for Partial {
    fn from(value: Json) -> Self {
        Self::known(value)
    }
}

use std::sync::Arc;

use super::MAX_LEGS;
use crate::facts::expression::EvaluationErrorKind;
use crate::syntax::expression::ExpressionErrorKind;
use crate::text::Location;

/// What is wrong with a matrix, and where. GitHub refuses to run the job, or the whole workflow.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{kind}")]
pub(crate) struct MatrixError {
    /// What is wrong.
    pub kind: MatrixErrorKind,
    /// Where.
    pub location: Location,
}

/// The ways a matrix can be wrong.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum MatrixErrorKind {
    /// The matrix itself, or an entry of `include` or `exclude`.
    #[error("{0} must be a mapping")]
    NotAMapping(&'static str),
    /// An axis, `include` or `exclude`.
    #[error("`{0}` of a matrix must be a sequence")]
    NotASequence(Arc<str>),
    /// Neither an axis nor `include`.
    #[error("matrix must define at least one axis or `include`")]
    NoAxes,
    /// `axis: []`
    #[error("matrix axis `{0}` has no values")]
    EmptyAxis(Arc<str>),
    /// `exclude: [{}]`
    #[error("entry of `exclude` must not be empty")]
    EmptyExclude,
    /// `include: [{}]`
    #[error("entry of `include` has no values")]
    EmptyInclude,
    /// A key in `exclude` that is no axis.
    #[error("`{0}` in `exclude` is no axis of the matrix")]
    UnknownExcludeKey(Arc<str>),
    /// Two keys that differ at most in case.
    #[error("`{0}` is already defined")]
    DuplicateKey(Arc<str>),
    /// More legs than GitHub runs; only the first are given.
    #[error("matrix makes more than {MAX_LEGS} jobs")]
    TooManyLegs,
    /// Too many values and comparisons to work the matrix out.
    #[error("matrix is too large to be worked out")]
    TooLarge,
    /// An expression that cannot be parsed.
    #[error(transparent)]
    Expression(ExpressionErrorKind),
    /// An expression that cannot be evaluated.
    #[error(transparent)]
    Evaluation(EvaluationErrorKind),
}

impl MatrixErrorKind {
    /// The kind, at a place.
    pub(super) fn at(self, location: &Location) -> MatrixError {
        MatrixError { kind: self, location: location.clone() }
    }
}

use super::concat::MAX_BYTES;
use crate::text::Span;

/// Why an expression cannot be evaluated: every possibility fails, and so would the step or job.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{kind}")]
pub(crate) struct EvaluationError {
    /// What is wrong.
    pub kind: EvaluationErrorKind,
    /// The part of the expression that fails, in the text it was parsed from.
    pub span: Span,
}

/// The ways an evaluation can fail.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum EvaluationErrorKind {
    /// Braces of a format string that do not match.
    #[error("invalid format string `{0}`")]
    InvalidFormat(String),
    /// `{1}` with a single argument.
    #[error("format string `{0}` refers to more arguments than there are")]
    MissingFormatArgument(String),
    /// `{0:N2}`
    #[error("format string `{0}` has format specifiers, which no value supports")]
    FormatSpecifiers(String),
    /// `case(1, …)`
    #[error("predicate of `case` is not a boolean")]
    CasePredicate,
    /// The argument of `fromJSON` is no JSON.
    #[error("argument of `fromJSON` is no JSON: {0}")]
    InvalidJson(String),
    /// The values would get too large.
    #[error("expression needs more than {MAX_BYTES} bytes of memory")]
    TooMuchMemory,
}

impl EvaluationErrorKind {
    /// The kind, at a place.
    pub(super) fn at(self, span: Span) -> EvaluationError {
        EvaluationError { kind: self, span }
    }
}

use super::{MAX_DEPTH, MAX_LENGTH};
use crate::text::Span;

/// What is wrong with an expression, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{kind}")]
pub(crate) struct ExpressionError {
    /// What is wrong.
    pub kind: ExpressionErrorKind,
    /// Where, in bytes of the text that was parsed.
    pub span: Span,
}

/// The ways an expression can be wrong: `ParseExceptionKind` of the runner, and those of its `TemplateReader`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum ExpressionErrorKind {
    /// A character sequence that is no token, or a token that may not stand here.
    #[error("unexpected symbol `{0}`")]
    UnexpectedSymbol(String),
    /// Something must follow the last token.
    #[error("unexpected end of expression after `{0}`")]
    UnexpectedEnd(String),
    /// No such function, or not in this place.
    #[error("unrecognized function `{0}`")]
    UnrecognizedFunction(String),
    /// No such context, or not in this place.
    #[error("unrecognized named value `{0}`")]
    UnrecognizedContext(String),
    /// The function needs more arguments.
    #[error("too few arguments for `{0}`")]
    TooFewArguments(&'static str),
    /// The function takes fewer arguments.
    #[error("too many arguments for `{0}`")]
    TooManyArguments(&'static str),
    /// `case` takes pairs and a default.
    #[error("`case` needs an odd number of arguments: pairs of predicate and value, then the default")]
    EvenArguments,
    /// The syntax tree is too deep.
    #[error("expression nested deeper than {MAX_DEPTH} levels")]
    TooDeep,
    /// The expression is too long. A text that mixes expressions and other text counts as a whole.
    #[error("expression longer than {MAX_LENGTH} characters")]
    TooLong,
    /// `${{ }}`
    #[error("expected an expression between `${{{{` and `}}}}`")]
    Empty,
    /// `${{` without `}}`.
    #[error("the expression is not closed: `}}}}` is missing")]
    NotClosed,
    /// `${{ insert }}` beside other text, or with parameters.
    #[error("the directive `insert` must stand alone")]
    MisplacedDirective,
}

impl ExpressionErrorKind {
    /// The kind, at a place.
    pub(super) fn at(self, span: Span) -> ExpressionError {
        ExpressionError { kind: self, span }
    }
}

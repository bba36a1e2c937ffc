use crate::text::Span;

/// Why Go cannot read a condition, in Go's own words, and the characters it stumbles over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SyntaxError {
    pub(crate) kind: SyntaxErrorKind,
    pub(crate) span: Span,
}

/// The ways in which a condition can be malformed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum SyntaxErrorKind {
    #[error("invalid syntax at {0}")]
    Character(char),
    #[error("unexpected token {0}")]
    Token(String),
    #[error("unexpected end of expression")]
    End,
    #[error("missing close paren")]
    Unclosed,
    #[error("double negation not allowed")]
    DoubleNegation,
    #[error("build expression too large")]
    TooLarge,
    #[error("expression too complex for // +build lines")]
    TooComplex,
}

impl SyntaxErrorKind {
    pub(super) fn at(self, span: Span) -> SyntaxError {
        SyntaxError { kind: self, span }
    }
}

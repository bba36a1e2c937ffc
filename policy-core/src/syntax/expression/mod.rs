//! Workflow expressions, `${{ … }}`: tokens, syntax tree, and texts with expressions in them.
//!
//! The grammar is that of `src/Sdk/Expressions` in actions/runner, which is close to JavaScript's but not it: strings have single
//! quotes only, a word after a dot is a property whatever it is, and `*` is an index.

mod ast;
mod error;
mod function;
mod lexer;
mod number;
mod parse;
mod references;
mod template;

pub(crate) use ast::{Binary, Expr, ExprKind};
pub(crate) use error::{ExpressionError, ExpressionErrorKind};
pub(crate) use function::Function;
pub(crate) use number::parse_number;
pub(crate) use parse::{Scope, parse};
pub(crate) use references::{Reference, references};
pub(crate) use template::{Part, Template};

/// The longest expression, in UTF-16 units (`ExpressionConstants.MaxLength`).
pub(crate) const MAX_LENGTH: usize = 21_000;

/// The deepest syntax tree; a single literal has depth 1 (`ExpressionConstants.MaxDepth`).
pub(crate) const MAX_DEPTH: u32 = 50;

//! What workflow expressions evaluate to when only part of the world is known.
//!
//! The result is a small set of possibilities, and perhaps something unknown besides: `contains(inputs.os, 'win') && 'a' || 'b'` is `a` or
//! `b`, whatever the input. Coercions, comparisons and functions are those of `src/Sdk/Expressions` in actions/runner.

mod coerce;
mod concat;
mod error;
mod evaluate;
mod functions;
mod json;
mod partial;
mod template;
mod value;

pub(crate) use coerce::{equal, format_number, same_name};
pub use error::{EvaluationError, EvaluationErrorKind};
pub use evaluate::Contexts;
pub(crate) use evaluate::index;
pub use partial::Partial;
pub use template::Piece;
pub use value::{Array, Json, Object};

#[cfg(test)]
mod github_cases;

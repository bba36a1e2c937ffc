//! bash and POSIX shell scripts to a syntax tree with spans.
//!
//! The tree keeps quoting, since quoting decides what is expanded. `${{ … }}` of a workflow is replaced before parsing; where the
//! replacement is unknown, the text holds a hole: [`HOLE_START`], a decimal index, [`HOLE_END`]. A hole may stand anywhere in a word.

pub(crate) mod ast;
mod command;
mod compound;
mod escape;
mod excerpt;
mod expansion;
mod fill;
mod heredoc;
mod list;
mod parameter;
mod parse;
mod quote;
mod redirect;
mod scan;
mod search;
mod test_expression;
mod word;

pub(crate) use parse::{Parsed, parse};
pub(crate) use search::{Found, any_command, in_command, in_item};

/// Opens a hole (a private-use character, so it occurs in no sensible script).
pub(crate) const HOLE_START: char = '\u{F8F0}';
/// Closes a hole.
pub(crate) const HOLE_END: char = '\u{F8F1}';

#[cfg(test)]
mod tests;

//! PowerShell scripts to a syntax tree with spans: the part of the language that workflows use.
//!
//! The reader is tolerant: what it does not know becomes [`ast::StatementKind::Unknown`] or [`ast::ExpressionKind::Other`], and
//! commands inside are still found. Holes of `${{ … }}` are those of [`super::shell`]. The grammar follows `about_Parsing`,
//! `about_Quoting_Rules` and the tokenizer of PowerShell (`src/System.Management.Automation/engine/parser/tokenizer.cs`).

pub(crate) mod ast;
mod command;
mod expression;
mod parse;
mod statement;
mod string;
mod variable;

pub(crate) use parse::parse;

#[cfg(test)]
pub(crate) mod tests;

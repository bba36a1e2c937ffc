//! go.mod and go.work: every directive with its spans, and every problem. After a problem, reading goes on with the next line.
//!
//! Follows `golang.org/x/mod/modfile` (`read.go`, `rule.go`, `work.go`), which Go's own command reads these files with. Problems are
//! told in its words.

mod directive;
mod file;
mod lexer;
mod quoted;
mod read;
#[cfg(test)]
mod tests;
mod tree;
mod version;

#[cfg(test)]
pub(crate) use directive::DIRECTIVES;
pub(crate) use directive::{Dialect, Directive};
pub(crate) use file::{Argument, Godebug, ModFile, ModuleVersion, Replace, Require, Retract};
pub(crate) use read::parse;
pub(crate) use version::canonical;

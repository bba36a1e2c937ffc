//! What Go itself knows and does: its variables, their valid values, its flags, and how it works out its environment.
//!
//! Everything here was measured with the real `go` of the releases 1.21 to 1.27, or read in their sources; file names in
//! comments are those of the Go tree.

pub(crate) mod build_tags;
pub(crate) mod derived;
pub(crate) mod diagnose;
pub(crate) mod experiments;
pub(crate) mod flags;
pub(crate) mod godebug;
#[cfg(test)]
pub(crate) mod installed;
pub(crate) mod levels;
pub(crate) mod names;
pub(crate) mod paths;
pub(crate) mod ports;
pub(crate) mod quoted;
#[cfg(test)]
mod recorded;
pub(crate) mod release;
pub(crate) mod resolver;
pub(crate) mod variables;

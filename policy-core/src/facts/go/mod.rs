//! What Go itself knows and does: its variables, their valid values, its flags, and how it works out its environment.
//!
//! Everything here was measured with the real `go` of the releases 1.21 to 1.27, or read in their sources; file names in
//! comments are those of the Go tree.

pub mod diagnose;
pub mod experiments;
pub mod flags;
pub mod godebug;
#[cfg(test)]
mod installed;
pub mod levels;
pub mod names;
mod paths;
pub mod ports;
pub(crate) mod quoted;
#[cfg(test)]
mod recorded;
pub mod release;
pub mod resolver;
pub mod variables;

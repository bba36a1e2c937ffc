//! Tests of the `gopolicy` binary.

mod cli;
mod support;

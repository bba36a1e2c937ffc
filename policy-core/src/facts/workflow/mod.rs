//! Workflows: what GitHub Actions would run.

pub mod matrix;

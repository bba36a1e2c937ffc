//! Tests of the `gopolicy` binary: one test binary, so that it links once.

// `cfg(test)` is always set here; clippy takes it as a sign that helpers may unwrap.
#[cfg(test)]
mod cli;
#[cfg(test)]
mod sandbox;

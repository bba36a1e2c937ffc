//! Tests of the whole: one test binary, so that it links once.

// `cfg(test)` is always set here; clippy takes it as a sign that helpers may unwrap.
#[cfg(test)]
#[cfg(unix)]
mod action;
#[cfg(test)]
mod build_constraints;
#[cfg(test)]
mod built_in;
#[cfg(test)]
mod checkout;
#[cfg(test)]
mod cli;
#[cfg(test)]
mod configuration;
#[cfg(test)]
mod docs;
#[cfg(test)]
mod git;
#[cfg(test)]
mod github;
#[cfg(test)]
mod hooks;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod install;
#[cfg(test)]
#[cfg(unix)]
mod machine;
#[cfg(test)]
mod proofs;
#[cfg(test)]
mod reviewdog;
#[cfg(test)]
mod revisions;
#[cfg(test)]
#[cfg(target_os = "linux")]
mod run_for_real;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod sandbox;
#[cfg(test)]
mod sarif;
#[cfg(test)]
#[cfg(target_os = "linux")]
mod terminal;

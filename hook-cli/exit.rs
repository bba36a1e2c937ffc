//! How a run ends.

use std::io;
use std::process::ExitCode;

/// The exit status. Hooks and CI act on it, so the numbers are a contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Exit {
    /// What was asked was done, and nothing at or above `--fail-on` was found.
    Clean = 0,
    /// There are findings at or above `--fail-on`; for `gopolicy test`, examples that do not behave as they say.
    Findings = 1,
    /// gopolicy could not do what was asked: see [`Failure`].
    Failed = 2,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Why gopolicy could not do what was asked. The exit status is [`Exit::Failed`].
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// Something of the outside world could not be read.
    #[error("cannot read {what}: {source}")]
    Read {
        /// What was to be read.
        what: &'static str,
        /// Why not.
        source: io::Error,
    },
    /// Output could not be written.
    #[error("cannot write {destination}: {source}")]
    Write {
        /// A file, or standard output.
        destination: String,
        /// Why not.
        source: io::Error,
    },
    /// A policy does not load; one line for each thing that is wrong with it.
    #[error("{0}")]
    Policy(String),
    /// The git repository does not give what was asked of it.
    #[error("{0}")]
    Git(String),
    /// The arguments ask for something impossible.
    #[error("{0}")]
    Usage(String),
}

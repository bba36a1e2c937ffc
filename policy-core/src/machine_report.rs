//! What `gopolicy env` reports: findings on a machine, and the environment that a go command sees there.

use crate::judge::Report;
use crate::trace::TraceValue;

/// What is known of a machine, and what is wrong with it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct MachineReport {
    /// The findings.
    pub report: Report,
    /// Every variable of `go env` with its value and what set it, by name.
    pub environment: Vec<(String, TraceValue)>,
    /// The go command.
    pub go: GoReport,
}

/// What came of looking for a go command and asking it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GoReport {
    /// Its absolute path; `None` if PATH leads to none.
    pub command: Option<String>,
    /// The field `go.answer`: `answers`, `absent`, `hangs` …
    pub answer: &'static str,
    /// Why there is no answer, in Go's own words or those of the system.
    pub problem: Option<String>,
    /// The release that does the work in the working directory, if known; another than the command's own if Go switches.
    pub runs: Option<String>,
}

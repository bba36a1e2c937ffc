//! What `gopolicy env` reports besides findings: the environment that a go command sees on a machine.

use crate::trace::TraceValue;

/// What is known of a machine.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct MachineReport {
    /// Every variable of `go env` with its value and what set it, by name.
    pub environment: Vec<(String, TraceValue)>,
    /// The go command.
    pub go: GoReport,
    /// System and architecture in Go's words: `linux/amd64`.
    pub platform: String,
    /// The directory in which a go command would see all this.
    pub directory: String,
}

/// What came of looking for a go command and asking it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GoReport {
    /// Its absolute path; `None` if PATH leads to none.
    pub command: Option<String>,
    /// Whether it stands in no Go tree: a script, such as those of version managers, that runs a go command it chooses. It was asked
    /// in the top directory, and may choose another one in the working directory.
    pub is_wrapper: bool,
    /// The field `go.answer`: `answers`, `absent`, `hangs` …
    pub answer: &'static str,
    /// Why there is no answer, in Go's own words or those of the system.
    pub problem: Option<String>,
    /// Its own release, if known.
    pub installed: Option<String>,
    /// The release that does the work in the directory, if known; another than its own if Go switches.
    pub runs: Option<String>,
    /// Whether the release that Go switches to is on the machine already; `None` if it does not switch.
    pub present: Option<bool>,
    /// The release that the module needs, if Go cannot run for want of it.
    pub needs: Option<String>,
}

impl MachineReport {
    /// What is known of a variable of `go env`.
    pub fn variable(&self, name: &str) -> Option<&TraceValue> {
        self.environment.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }
}

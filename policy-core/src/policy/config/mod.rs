//! The configuration of a repository: which policies apply to it, and which findings it has decided to live with.
//!
//! ```yaml
//! version: 1
//! extends: [recommended, ./team.yaml]        # as in a policy
//! rules: { some-rule: off }                  # as in a policy
//! fail-on: warning                           # error, warning, note, never
//! skip: [third_party/**]                     # nothing is reported there
//! exceptions:
//!   - rule: checksum-database-off
//!     path: .github/workflows/release.yml    # a glob; the rest of the places is optional too
//!     job: release
//!     leg: { os: windows-latest }
//!     reason: the mirror has no checksum database
//!     owner: platform team
//!     expires: 2027-01-31                    # the last day
//! ```

mod date;
mod read;
#[cfg(test)]
mod tests;

use std::sync::Arc;

pub use date::Date;
pub(crate) use read::{EXCEPTION_KEYS, KEYS, RawConfig, read};

use super::pattern::Pattern;
use super::truth::Truth;
use crate::judge::Severity;
use crate::text::Location;

/// Where a repository's configuration stands, relative to its root.
pub const CONFIG_FILE: &str = ".gopolicy.yaml";

/// What a repository's configuration says besides rules.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Config {
    /// The least severity that fails a run.
    pub fail_on: Option<FailOn>,
    /// Where nothing is reported.
    pub skip: PathPatterns,
    /// Findings that are accepted.
    pub exceptions: Vec<Exception>,
}

/// The least severity that fails a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailOn {
    /// This one.
    Severity(Severity),
    /// None does.
    Never,
}

impl Default for FailOn {
    fn default() -> Self {
        Self::Severity(Severity::Error)
    }
}

/// Findings that are accepted, and why.
#[derive(Debug)]
#[non_exhaustive]
pub struct Exception {
    /// The rule's id.
    pub rule: Arc<str>,
    /// The files it is about; all if there is none.
    pub path: PathPatterns,
    /// The job it is about; all if there is none.
    pub job: Option<String>,
    /// Names and values of the matrix legs it is about; all others of a leg may have any value.
    pub leg: Vec<(String, String)>,
    /// Why.
    pub reason: Option<String>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// The last day on which it counts.
    pub expires: Option<Date>,
    /// Where it stands in the configuration.
    pub location: Location,
    /// Its index in the list, from 0.
    pub index: usize,
}

/// Globs of paths; `*` and `?` stay between slashes, `**` crosses them, and a directory stands for all below it.
#[derive(Debug, Default)]
pub struct PathPatterns(Vec<Pattern>);

impl PathPatterns {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether one of them matches the path, relative to the repository, or a directory that it is in.
    pub fn matches(&self, path: &str) -> bool {
        let directories = path.match_indices('/').filter_map(|(at, _)| path.get(..at));
        !self.is_empty() && directories.chain([path]).any(|path| self.0.iter().any(|pattern| pattern.matches(path) == Truth::True))
    }
}

impl FailOn {
    /// All, as the configuration and `--fail-on` write them.
    pub const ALL: [(&'static str, Self); 4] = [
        ("error", Self::Severity(Severity::Error)),
        ("warning", Self::Severity(Severity::Warning)),
        ("note", Self::Severity(Severity::Note)),
        ("never", Self::Never),
    ];

    /// Whether a finding of this severity fails a run.
    pub fn is_met_by(self, severity: Severity) -> bool {
        matches!(self, Self::Severity(least) if severity >= least)
    }
}

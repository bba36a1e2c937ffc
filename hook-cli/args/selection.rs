//! What is judged of a repository, by which part of the rules, and what is reported of it.

use clap::ValueEnum;
use policy_core::facts::schema::Kind;

use crate::git::Source;

// What is read instead of the files on disk.
#[derive(Clone, Debug, Default, clap::Args)]
pub(crate) struct Content {
    /// Read what is staged for the next commit instead of the files on disk
    #[arg(long, conflicts_with = "rev")]
    pub(crate) staged: bool,
    /// Read this revision instead, straight from the object database
    #[arg(long, value_name = "REV")]
    pub(crate) rev: Option<String>,
}

// Which findings are reported; all is judged in any case.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("base").args(["changed_since", "hook"]).multiple(true))]
pub(crate) struct Change {
    /// Report only what touches files changed since REV and HEAD parted, or was not found before
    #[arg(long, value_name = "REV")]
    pub(crate) changed_since: Option<String>,
    /// Report only what touches changed lines, or was not found before
    #[arg(long, requires = "base")]
    pub(crate) only_changed_lines: bool,
    /// Run for pre-commit or prek, which name the changed files: report what touches them
    #[arg(long, conflicts_with_all = ["staged", "rev", "changed_since", "name"])]
    pub(crate) hook: bool,
}

/// A part of the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Area {
    /// Workflows, and all that happens in them
    Workflows,
    /// go.mod, go.work, vendor directories and Go source files
    Modules,
}

impl Content {
    /// The state of the files that is meant.
    pub(crate) fn source(&self) -> Source<'_> {
        match (&self.rev, self.staged) {
            (Some(revision), _) => Source::Revision(revision),
            (None, true) => Source::Staged,
            (None, false) => Source::WorkTree,
        }
    }
}

impl Area {
    /// Whether subjects of this kind belong to it.
    pub(crate) fn holds(self, kind: Kind) -> bool {
        match kind.name() {
            "go-mod" | "go-work" | "vendor" | "go-file" => self == Self::Modules,
            "workflow" | "job" | "step" | "action-use" | "cache" | "environment" | "setting" | "go-command" => self == Self::Workflows,
            // What changes may be either.
            _ => kind == Kind::Change,
        }
    }
}

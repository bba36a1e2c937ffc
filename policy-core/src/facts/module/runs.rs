//! Which Go the workflows run, module by module.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::facts::version::VersionRange;
use crate::facts::workflow::WorkflowSubject;
use crate::text::Location;

/// A Go that a workflow installs for a module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GoRun {
    /// Path of the go.mod, as the world has it.
    pub(crate) module: Arc<str>,
    /// What is installed.
    pub(crate) version: VersionRange,
    /// Where that is asked for.
    pub(crate) location: Location,
}

/// What all workflows run.
#[derive(Clone, Debug, Default)]
pub(crate) struct GoRuns {
    runs: Vec<GoRun>,
}

impl GoRuns {
    /// Those of these workflows, sorted, each once.
    pub(crate) fn of(workflows: &[WorkflowSubject]) -> Self {
        let mut seen = BTreeSet::new();
        let all = workflows.iter().flat_map(WorkflowSubject::runs);
        let mut runs: Vec<GoRun> = all.filter(|run| seen.insert(run.key())).cloned().collect();
        runs.sort_by(|one, other| (&one.location, one.version.to_string()).cmp(&(&other.location, other.version.to_string())));
        Self { runs }
    }

    /// Those for a module.
    pub(crate) fn for_module<'r>(&'r self, path: &'r str) -> impl Iterator<Item = &'r GoRun> {
        self.runs.iter().filter(move |run| &*run.module == path)
    }
}

impl GoRun {
    /// What makes two runs the same.
    pub(crate) fn key(&self) -> (Arc<str>, String, Location) {
        (Arc::clone(&self.module), self.version.to_string(), self.location.clone())
    }
}

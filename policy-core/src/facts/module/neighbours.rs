//! What a module's repository holds beside it: the Go that its workflows install, and the files that name a Go version.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::facts::version::VersionRange;
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

impl GoRun {
    /// What makes two of them the same, by place first.
    pub(crate) fn key(&self) -> (Location, String) {
        (self.location.clone(), format!("{} {}", self.version, self.module))
    }
}

/// One repository.
#[derive(Clone, Debug, Default)]
pub(crate) struct Neighbours {
    runs: BTreeMap<(Location, String), GoRun>,
    files: Vec<String>,
}

/// All repositories, by root.
#[derive(Clone, Debug, Default)]
pub(crate) struct NeighboursByRoot {
    known: BTreeMap<String, Neighbours>,
    none: Neighbours,
}

impl NeighboursByRoot {
    /// Adds what a workflow installs.
    pub(crate) fn add_runs<'r>(&mut self, root: &str, runs: impl Iterator<Item = &'r GoRun>) {
        let repository = self.known.entry(root.to_owned()).or_default();
        repository.runs.extend(runs.map(|run| (run.key(), run.clone())));
    }

    /// Adds a file, by its path relative to the root.
    pub(crate) fn add_file(&mut self, root: &str, path: &str) {
        self.known.entry(root.to_owned()).or_default().files.push(path.to_owned());
    }

    /// Those of one repository.
    pub(crate) fn of(&self, root: &str) -> &Neighbours {
        self.known.get(root).unwrap_or(&self.none)
    }
}

impl Neighbours {
    /// What is installed for a module, by place.
    pub(crate) fn runs_for<'r>(&'r self, module: &'r str) -> impl Iterator<Item = &'r GoRun> {
        self.runs.values().filter(move |run| &*run.module == module)
    }

    /// The files of that name, by their paths relative to the root.
    pub(crate) fn files_named<'r>(&'r self, name: &'r str) -> impl Iterator<Item = &'r str> {
        self.files.iter().map(String::as_str).filter(move |path| path.rsplit('/').next() == Some(name))
    }

    /// All files, by their paths relative to the root.
    pub(crate) fn files(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(String::as_str)
    }
}

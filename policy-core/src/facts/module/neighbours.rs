//! What a module's repository holds beside it: the Go that its workflows install, and the files that name a Go version.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::facts::project::directory_of;
use crate::facts::version::VersionRange;
use crate::text::Location;

/// Files of one repository that are remembered, without .go files: each module looks at all of them.
const MOST_FILES: usize = 4096;

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
    /// Directories with .go files.
    go_directories: BTreeSet<String>,
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
        let repository = self.known.entry(root.to_owned()).or_default();
        if path.ends_with(".go") {
            repository.go_directories.insert(directory_of(path).to_owned());
        } else if repository.files.len() < MOST_FILES {
            repository.files.push(path.to_owned());
        }
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

    /// Whether there are .go files in a directory or below it.
    pub(crate) fn has_go_files(&self, directory: &str) -> bool {
        let below = format!("{directory}/");
        directory.is_empty() && !self.go_directories.is_empty()
            || self.go_directories.contains(directory)
            || self.go_directories.range(below.clone()..).next().is_some_and(|found| found.starts_with(&below))
    }

    /// All files but .go files, by their paths relative to the root.
    pub(crate) fn files(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(String::as_str)
    }
}

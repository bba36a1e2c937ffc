//! `replace` directives and what they lead to.

use std::collections::{BTreeMap, BTreeSet};

use super::values::Values;
use crate::facts::project::{ModuleFile, Project, join};
use crate::facts::value::Value;
use crate::syntax::go_mod::{ModFile, Replace};

/// The directives of one file in its repository.
#[derive(Clone, Copy)]
pub(super) struct Replacements<'f, 'w> {
    pub(super) file: &'f ModuleFile,
    pub(super) project: &'f Project<'w>,
}

impl Replacements<'_, '_> {
    /// Relative directories in the repository that hold no go.mod, and stand for a module that is required.
    pub(super) fn missing(self) -> Value {
        let required: BTreeSet<&str> = self.file.lines.require.iter().map(|require| require.path.value.as_str()).collect();
        self.new_paths(|replace| {
            let directory = self.directory(replace).flatten();
            required.contains(replace.old.path.value.as_str())
                && directory.is_some_and(|directory| !self.project.has(&super::below(&directory, "go.mod")))
        })
    }

    /// Relative directories that lead out of the repository.
    pub(super) fn outside(self) -> Value {
        self.new_paths(|replace| self.directory(replace) == Some(None))
    }

    /// Other modules that stand for one without a comment.
    pub(super) fn undocumented_forks(self) -> Value {
        let is_fork = |replace: &Replace| !replace.is_directory() && replace.new.path.value != replace.old.path.value;
        self.new_paths(|replace| is_fork(replace) && replace.comment.is_empty())
    }

    /// Replacements of a version that is not the one required: they do nothing.
    ///
    /// Since Go 1.17 go.mod lists the version of every module that a package comes from, so no other version is built.
    pub(super) fn of_other_versions(self) -> Value {
        let values = Values(self.file);
        let lines = &self.file.lines;
        let lists_all =
            lines.go.as_ref().and_then(|go| crate::facts::version::GoVersion::parse(&go.value)).is_some_and(|go| go.minor >= 17);
        let required: BTreeMap<&str, &str> =
            lines.require.iter().map(|require| (require.path.value.as_str(), require.version.value.as_str())).collect();
        let replaced = Replaced::of(lines);
        let other = lines.replace.iter().filter_map(|replace| {
            let path = replace.old.path.value.as_str();
            let version = *required.get(path)?;
            let old = replace.old.version().filter(|_| lists_all && !replaced.covers(path, version))?;
            Some(values.said(&format!("{path}@{old}, while {version} is required"), replace.span()))
        });
        values.items(other)
    }

    /// Several directives for one module that disagree.
    pub(super) fn conflicting(self) -> Value {
        let values = Values(self.file);
        let mut seen: BTreeMap<(&str, Option<&str>), &Replace> = BTreeMap::new();
        let conflicting = self.file.lines.replace.iter().filter(|replace| {
            let first = *seen.entry((&replace.old.path.value, replace.old.version())).or_insert(replace);
            (&first.new.path.value, first.new.version()) != (&replace.new.path.value, replace.new.version())
        });
        values.items(conflicting.collect::<Vec<_>>().into_iter().map(|replace| values.said(&replace.old.path.value, replace.span())))
    }

    /// `None` for modules and absolute paths, `Some(None)` for a directory outside the repository.
    fn directory(self, replace: &Replace) -> Option<Option<String>> {
        let path = replace.new.path.value.as_str();
        let relative = replace.is_directory() && path.starts_with('.') && !path.contains('\\');
        relative.then(|| join(self.file.directory(), path))
    }

    fn new_paths(self, wanted: impl Fn(&Replace) -> bool) -> Value {
        let values = Values(self.file);
        let found = self.file.lines.replace.iter().filter(|replace| wanted(replace));
        values.items(found.map(|replace| values.said(&replace.new.path.value, replace.span())))
    }
}

/// What the directives of a file replace.
pub(super) struct Replaced<'f> {
    every_version: BTreeSet<&'f str>,
    at_version: BTreeSet<(&'f str, &'f str)>,
}

impl<'f> Replaced<'f> {
    /// All that a file replaces.
    pub(super) fn of(lines: &'f ModFile) -> Self {
        let old = || lines.replace.iter().map(|replace| (replace.old.path.value.as_str(), replace.old.version()));
        Self {
            every_version: old().filter(|(_, version)| version.is_none()).map(|(path, _)| path).collect(),
            at_version: old().filter_map(|(path, version)| Some((path, version?))).collect(),
        }
    }

    /// Whether a module is replaced at this version.
    pub(super) fn covers(&self, path: &str, version: &str) -> bool {
        self.at_version.contains(&(path, version)) || self.every_version.contains(path)
    }

    /// Whether a module is replaced at every version.
    pub(super) fn covers_all(&self, path: &str) -> bool {
        self.every_version.contains(path)
    }
}

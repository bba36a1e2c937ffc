//! go.work and the modules around it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::neighbours::Neighbours;
use super::values::Values;
use crate::facts::project::{ModuleFile, Project, directory_of, join};
use crate::facts::value::Value;
use crate::facts::version::{GoVersion, Rest};
use crate::syntax::go_mod::Argument;

/// A go.work in its repository.
#[derive(Clone, Copy)]
pub(super) struct Workspace<'f, 'w> {
    pub(super) file: &'f ModuleFile,
    pub(super) project: &'f Project<'w>,
}

impl Workspace<'_, '_> {
    /// The directory that a `use` names, relative to the repository; `None` outside, for absolute paths and for those of Windows.
    fn directory(self, used: &Argument) -> Option<String> {
        let path = used.value.as_str();
        if is_absolute(path) || path.contains('\\') { None } else { join(self.file.directory(), path) }
    }

    fn module(self, used: &Argument) -> Option<Arc<ModuleFile>> {
        self.project.module_file(&super::below(&self.directory(used)?, "go.mod"))
    }

    /// Directories in the repository without a go.mod.
    pub(super) fn missing(self) -> Value {
        self.used(|used| self.directory(used).is_some() && self.module(used).is_none())
    }

    /// Directories that are absolute, or lead out of the repository.
    pub(super) fn outside(self) -> Value {
        self.used(|used| !used.value.contains('\\') && self.directory(used).is_none())
    }

    /// Directories that are named twice.
    pub(super) fn repeated(self) -> Value {
        let mut seen = BTreeSet::new();
        let values = Values(self.file);
        let repeated = self.file.lines.uses.iter().filter(|used| !seen.insert(self.directory(used).unwrap_or_else(|| used.value.clone())));
        values.items(repeated.collect::<Vec<_>>().into_iter().map(|used| values.text(used)))
    }

    /// Modules that need a newer Go than go.work says, each with the version; without a `go` line it says 1.18.
    pub(super) fn newer_modules(self) -> Value {
        let values = Values(self.file);
        let says = self.file.go().map_or(WITHOUT_GO_LINE, |(version, _)| version);
        let newer = self.file.lines.uses.iter().filter_map(|used| {
            let (needs, _) = self.module(used)?.go()?;
            // `go` lines before 1.21 are advice; `errWorkTooOld` in cmd/go/internal/modload/init.go. 1.22 is less than 1.22.0 here.
            (needs.minor >= 21 && needs > says).then(|| values.said(&format!("{} (Go {needs})", used.value), used.span))
        });
        values.items(newer)
    }

    /// Modules of the repository below go.work that it does not use.
    pub(super) fn left_out(self, neighbours: &Neighbours) -> Value {
        let values = Values(self.file);
        let used: BTreeSet<String> = self.file.lines.uses.iter().filter_map(|used| self.directory(used)).collect();
        let here = self.file.directory();
        let below = |directory: &str| here.is_empty() || directory == here || directory.starts_with(&format!("{here}/"));
        let modules = neighbours.files_named("go.mod").map(directory_of);
        let left_out: BTreeSet<&str> = modules.filter(|directory| below(directory) && !used.contains(*directory)).collect();
        let shown = |directory: &str| if directory.is_empty() { String::from(".") } else { directory.to_owned() };
        let span = self.file.lines.uses.first().map_or_else(crate::text::Span::default, |used| used.span);
        values.items(left_out.into_iter().map(|directory| values.said(&shown(directory), span)))
    }

    /// Replacements that differ from one in the go.mod of a module that is used, each with that module's directory.
    pub(super) fn overriding(self) -> Value {
        let values = Values(self.file);
        let members: Vec<(&str, Arc<ModuleFile>)> =
            self.file.lines.uses.iter().filter_map(|used| Some((used.value.as_str(), self.module(used)?))).collect();
        let overriding = self.file.lines.replace.iter().flat_map(|ours| {
            let hidden = members.iter().filter(move |(directory, member)| {
                let theirs = member.lines.replace.iter().filter(|theirs| theirs.old.path.value == ours.old.path.value);
                theirs.into_iter().any(|theirs| {
                    self.target(directory, &theirs.new.path.value) != self.target("", &ours.new.path.value)
                        || theirs.new.version() != ours.new.version()
                })
            });
            hidden.map(move |(directory, _)| values.said(&format!("{} of {directory}/go.mod", ours.old.path.value), ours.span()))
        });
        values.items(overriding.collect::<Vec<_>>())
    }

    /// Where a replacement in a file of this directory leads.
    fn target(self, directory: &str, path: &str) -> String {
        if !path.starts_with('.') {
            return path.to_owned();
        }
        let base = join(self.file.directory(), directory).unwrap_or_default();
        join(&base, path).unwrap_or_else(|| path.to_owned())
    }

    fn used(self, wanted: impl Fn(&Argument) -> bool) -> Value {
        let values = Values(self.file);
        values.items(self.file.lines.uses.iter().filter(|used| wanted(used)).map(|used| values.text(used)))
    }

    /// Several modules of the workspace with the same path.
    pub(super) fn same_paths(self) -> Value {
        let values = Values(self.file);
        let mut seen: BTreeMap<String, String> = BTreeMap::new();
        let repeated = self.file.lines.uses.iter().filter_map(|used| {
            let path = self.module(used)?.lines.module.as_ref()?.value.clone();
            let directory = self.directory(used)?;
            let first = seen.entry(path.clone()).or_insert_with(|| directory.clone());
            (*first != directory).then(|| values.said(&path, used.span))
        });
        values.items(repeated.collect::<Vec<_>>())
    }
}

/// What a go.work without a `go` line states.
const WITHOUT_GO_LINE: GoVersion = GoVersion { major: 1, minor: 18, rest: Rest::Language };

fn is_absolute(path: &str) -> bool {
    path.starts_with('/') || matches!(path.as_bytes(), [letter, b':', ..] if letter.is_ascii_alphabetic())
}

//! The module that the working directory is in.

use std::sync::Arc;

use super::paths::{is_within, label, relative, upward};
use crate::facts::go::paths::System;
use crate::facts::project::{ModuleFile, Modules};
use crate::text::Text;
use crate::world::Machine;

/// Module files are short; a longer one is not read.
const LARGEST_FILE: u64 = 16 << 20;

/// The module files that Go finds, with their absolute paths.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    pub(super) modules: Modules,
    pub(super) go_mod: Option<String>,
    pub(super) go_work: Option<String>,
    /// The nearest go.mod, if it does not count.
    pub(super) ignored: Option<String>,
}

/// Where Go looks, and where it does not.
pub(super) struct Search<'a> {
    pub(super) machine: &'a dyn Machine,
    pub(super) system: System,
    /// The repository, which paths are shown relative to.
    pub(super) root: Option<&'a str>,
    /// A go.mod that stands directly in here does not count (`FindGoMod` in `cmd/go/internal/modload/init.go`).
    pub(super) temporary: &'a str,
    pub(super) goroot: Option<&'a str>,
}

impl Search<'_> {
    /// The nearest go.mod and go.work from the working directory upward. A workspace is not looked for in GOROOT.
    pub(super) fn find(&self) -> Found {
        let here = self.machine.working_directory();
        let mut found = Found::default();
        for directory in upward(self.system, &here) {
            if found.go_mod.is_none() && found.ignored.is_none() {
                let (path, file) = self.read_in(directory, "go.mod");
                if self.system.clean(directory) == self.temporary {
                    found.ignored = path;
                } else {
                    (found.go_mod, found.modules.go_mod) = (path, file);
                }
            }
            let in_goroot = self.goroot.is_some_and(|goroot| is_within(self.system, directory, goroot));
            if found.go_work.is_none() && !in_goroot {
                (found.go_work, found.modules.go_work) = self.read_in(directory, "go.work");
            }
        }
        found
    }

    fn read_in(&self, directory: &str, name: &str) -> (Option<String>, Option<Arc<ModuleFile>>) {
        let path = self.system.join(&[directory, name]);
        let file = self.read(&path);
        (file.is_some().then_some(path), file)
    }

    /// The module file at a path.
    pub(super) fn read(&self, path: &str) -> Option<Arc<ModuleFile>> {
        let bytes = self.machine.read(path, 0..LARGEST_FILE).ok()?;
        let shown = self.root.and_then(|root| relative(self.system, path, root)).unwrap_or(path);
        let shown = label(self.system, shown);
        Some(Arc::new(ModuleFile::read(&shown, &Text::file(shown.as_str(), String::from_utf8_lossy(&bytes)))))
    }
}

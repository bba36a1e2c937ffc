//! The repository a file belongs to: its module files, as far as the world has them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::script::{Concerns, Script};
use super::value::{Origin, OriginKind, Value};
use super::version::{GoVersion, Rest};
use crate::syntax::go_mod::{self, Argument, Dialect, ModFile};
use crate::syntax::yaml::{self, Document, Limits};
use crate::text::{Location, Text};
use crate::world::World;

/// Module files are short; a longer one is not read.
const LARGEST_FILE: u64 = 16 << 20;

/// A repository inside the world. Paths of its methods are relative to its root.
pub(crate) struct Project<'w> {
    world: &'w dyn World,
    root: String,
    texts: Mutex<BTreeMap<String, Option<Arc<Text>>>>,
    module_files: Mutex<BTreeMap<String, Option<Arc<ModuleFile>>>>,
    modules: Mutex<BTreeMap<String, Arc<Modules>>>,
    scripts: Mutex<BTreeMap<String, Arc<Script>>>,
    documents: Mutex<BTreeMap<String, Option<Arc<Document>>>>,
}

/// go.mod or go.work, read.
#[derive(Clone, Debug)]
pub(crate) struct ModuleFile {
    path: Arc<str>,
    pub(crate) text: Arc<Text>,
    pub(crate) lines: ModFile,
}

/// The module files in force in a directory.
#[derive(Clone, Debug, Default)]
pub(crate) struct Modules {
    pub(crate) go_mod: Option<Arc<ModuleFile>>,
    pub(crate) go_work: Option<Arc<ModuleFile>>,
    /// Whether there is a vendor/modules.txt beside go.mod.
    pub(crate) vendored: bool,
}

impl<'w> Project<'w> {
    /// The repository at a root: empty, or ending in `/`.
    pub(crate) fn at(world: &'w dyn World, root: &str) -> Self {
        Self {
            world,
            root: root.to_owned(),
            texts: Mutex::default(),
            module_files: Mutex::default(),
            modules: Mutex::default(),
            scripts: Mutex::default(),
            documents: Mutex::default(),
        }
    }

    /// The root of the repository that holds a workflow or action: what stands before `.github`, else the world's own root.
    pub(crate) fn root_of(path: &str) -> &str {
        path.rfind(".github/").and_then(|at| path.get(..at)).unwrap_or_default()
    }

    /// The root, as it stands before paths of the world: empty, or ending in `/`.
    pub(crate) fn root(&self) -> &str {
        &self.root
    }

    /// A file's text; `None` if it is not there or not text.
    pub(crate) fn text(&self, path: &str) -> Option<Arc<Text>> {
        let mut texts = self.texts.lock().unwrap_or_else(PoisonError::into_inner);
        texts.entry(path.to_owned()).or_insert_with(|| self.read(path)).clone()
    }

    fn read(&self, path: &str) -> Option<Arc<Text>> {
        let path = format!("{}{path}", self.root);
        let bytes = self.world.read(&path, LARGEST_FILE).ok()?;
        Some(Text::file(path, String::from_utf8(bytes).ok()?))
    }

    /// A shell script; many steps may run the same one.
    pub(crate) fn shell_script(&self, path: &str, text: &Text, concerns: Concerns<'_>) -> Arc<Script> {
        let mut known = self.scripts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(script) = known.get(path) {
            return Arc::clone(script);
        }
        let script = Arc::new(Script::read(text.content(), concerns));
        known.insert(path.to_owned(), Arc::clone(&script));
        script
    }

    /// A YAML file; `None` if it is not there or cannot be read. Many steps may use the same action.
    pub(crate) fn document(&self, path: &str) -> Option<Arc<Document>> {
        let mut known = self.documents.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(document) = known.get(path) {
            return document.clone();
        }
        let document = self.text(path).and_then(|text| yaml::parse(&text, Limits::default()).ok()).map(Arc::new);
        known.insert(path.to_owned(), document.clone());
        document
    }

    /// Whether there is such a file.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.world.is_file(&format!("{}{path}", self.root))
    }

    /// go.mod or go.work at a path.
    pub(crate) fn module_file(&self, path: &str) -> Option<Arc<ModuleFile>> {
        let mut known = self.module_files.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(file) = known.get(path) {
            return file.clone();
        }
        let file = self.text(path).map(|text| Arc::new(ModuleFile::read(path, &text)));
        known.insert(path.to_owned(), file.clone());
        file
    }

    /// The files that Go finds from a directory upward.
    pub(crate) fn modules(&self, directory: &str) -> Arc<Modules> {
        let mut known = self.modules.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(modules) = known.get(directory) {
            return Arc::clone(modules);
        }
        let go_mod = self.upward(directory, "go.mod");
        let list = |module: &Arc<ModuleFile>| join(module.directory(), "vendor/modules.txt");
        let vendored = go_mod.as_ref().and_then(list).is_some_and(|list| self.has(&list));
        let modules = Arc::new(Modules { go_mod, go_work: self.upward(directory, "go.work"), vendored });
        known.insert(directory.to_owned(), Arc::clone(&modules));
        modules
    }

    fn upward(&self, directory: &str, name: &str) -> Option<Arc<ModuleFile>> {
        let mut directory = directory.trim_matches('/');
        loop {
            let path = if directory.is_empty() { name.to_owned() } else { format!("{directory}/{name}") };
            if let Some(file) = self.module_file(&path) {
                return Some(file);
            }
            if directory.is_empty() {
                return None;
            }
            directory = directory_of(directory);
        }
    }
}

impl ModuleFile {
    /// Reads a text; the name decides between go.mod and go.work.
    pub(crate) fn read(path: &str, text: &Arc<Text>) -> Self {
        let dialect = if path.ends_with("go.work") { Dialect::Work } else { Dialect::Mod };
        Self { path: path.into(), text: Arc::clone(text), lines: go_mod::parse(text, dialect) }
    }

    /// The directory that it stands in, relative to the repository's root: empty for the root.
    pub(crate) fn directory(&self) -> &str {
        directory_of(&self.path)
    }

    /// Its path, relative to the repository's root.
    pub(crate) fn in_project(&self) -> &str {
        &self.path
    }

    /// The location of one of its arguments.
    pub(crate) fn locate(&self, argument: &Argument) -> Location {
        Location::new(&self.text, argument.span)
    }

    /// The `module` line.
    pub(crate) fn module(&self) -> Option<Value> {
        let argument = self.lines.module.as_ref()?;
        Some(Value::text(argument.value.as_str(), Origin::at(OriginKind::Module, self.locate(argument))))
    }

    /// The `go` line.
    pub(crate) fn go(&self) -> Option<(GoVersion, Location)> {
        let argument = self.lines.go.as_ref()?;
        Some((GoVersion::parse(&argument.value)?, self.locate(argument)))
    }

    /// Whether `toolchain default` keeps the lines of this file from selecting a newer Go.
    pub(crate) fn keeps_default_toolchain(&self) -> bool {
        self.lines.toolchain.as_ref().is_some_and(|argument| argument.value == "default")
    }

    /// The `toolchain` line, unless it says `default`.
    pub(crate) fn toolchain(&self) -> Option<(GoVersion, Location)> {
        let argument = self.lines.toolchain.as_ref()?;
        Some((GoVersion::parse(&argument.value)?, self.locate(argument)))
    }
}

impl Modules {
    /// The file whose `go` and `toolchain` lines count: go.work before go.mod, unless `GOWORK=off`.
    pub(crate) fn deciding(&self, workspace_off: bool) -> Option<&ModuleFile> {
        self.go_work.as_deref().filter(|_| !workspace_off).or(self.go_mod.as_deref())
    }
}

/// `1.24` on a `go` line asks for the release 1.24.0, since Go 1.21; before, for 1.20 itself.
///
/// Source: <https://go.dev/doc/toolchain#version>.
pub(crate) fn release_of(version: GoVersion) -> GoVersion {
    match version.rest {
        Rest::Language if version.minor >= 21 => GoVersion { rest: Rest::Patch(0), ..version },
        _ => version,
    }
}

/// The directory that a file or directory stands in; empty for the root.
pub(crate) fn directory_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(directory, _)| directory)
}

/// Joins a relative path to a directory and resolves `.` and `..`; `None` if it leaves the root.
pub(crate) fn join(directory: &str, relative: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in directory.split('/').chain(relative.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

/// The path in the repository of a path below the workspace, where `checkout` is the directory that the repository stands in.
pub(crate) fn in_repository(checkout: &str, path: &str) -> Option<String> {
    let path = join("", path)?;
    match path.strip_prefix(checkout)? {
        "" => Some(String::new()),
        rest if checkout.is_empty() => Some(rest.to_owned()),
        rest => rest.strip_prefix('/').map(str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::MemoryWorld;

    #[test]
    fn module_files_are_found_upward_and_stay_in_the_repository() {
        let world =
            MemoryWorld::new().with_file("go.mod", "go 1.1\n").with_file("a/go.mod", "module a\ngo 1.24\n").with_file("a/x/y.txt", "");
        let project = Project::at(&world, Project::root_of("a/.github/workflows/ci.yml"));
        let modules = project.modules("x/z");
        assert_eq!(modules.go_mod.as_ref().unwrap().go().unwrap().0.to_string(), "1.24");
        assert!(modules.go_work.is_none());
        assert!(project.has("x/y.txt"));
    }

    #[test]
    fn a_repository_may_stand_below_the_workspace() {
        assert_eq!(in_repository("", "./a/go.mod"), Some("a/go.mod".into()));
        assert_eq!(in_repository("src", "src/go.mod"), Some("go.mod".into()));
        assert_eq!(in_repository("src", "./src"), Some(String::new()));
        assert_eq!(in_repository("src", "srcs/go.mod"), None);
    }

    #[test]
    fn joining_resolves_dots() {
        assert_eq!(join("a/b", "../c/./d"), Some("a/c/d".into()));
        assert_eq!(join("", "../c"), None);
    }
}

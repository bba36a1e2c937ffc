//! actions/setup-go, release by release.
//!
//! Sources: `src/main.ts`, `src/installer.ts`, `src/cache-restore.ts` and `action.yml` of actions/setup-go at the tags v3 to v7.

use std::sync::Arc;

use super::model::ActionUse;
use super::version_spec;
use super::workspace::Workspace;
use crate::facts::project::ModuleFile;
use crate::facts::value::{Datum, Origin, OriginKind, Reason, Value};

use crate::facts::version::GoVersion;
use crate::syntax::go_mod::Argument;
use crate::syntax::yaml::Node;
use crate::text::Location;

/// The action's name.
pub(crate) const NAME: &str = "actions/setup-go";

/// What one use of the action asks for.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    /// Where the version comes from.
    pub(crate) source: Source,
    /// The text of the version, as the action sees it.
    pub(crate) spec: Value,
    /// The versions that it can resolve to.
    pub(crate) versions: Value,
    /// `go-version-file`, if it decides.
    pub(crate) file: Option<VersionFile>,
}

/// Where the version comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// `go-version:`
    Input,
    /// `go-version-file:`
    File,
    /// Neither: the Go that is there already.
    Preinstalled,
}

impl Source {
    /// As fields name it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Input => "input",
            Self::File => "file",
            Self::Preinstalled => "preinstalled",
        }
    }
}

/// The version file and the line of it that was used.
#[derive(Clone, Debug)]
pub(crate) struct VersionFile {
    /// Whether the file is in the repository; `None` if that cannot be told.
    pub(crate) found: Option<bool>,
    /// A `toolchain` line that was there and was not used.
    pub(crate) unused_toolchain: Option<Location>,
}

/// What is different between releases of the action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Release {
    major: u32,
    minor: Option<u32>,
}

impl Release {
    /// The release that a use names; `None` if the reference does not tell.
    pub(crate) fn of(action: &ActionUse) -> Option<Self> {
        action.release().map(|(major, minor)| Self { major, minor })
    }

    /// The major version.
    pub(crate) fn major(self) -> u32 {
        self.major
    }

    fn at_least(self, major: u32, minor: u32) -> bool {
        (self.major, self.minor.unwrap_or(u32::MAX)) >= (major, minor)
    }

    /// Whether `GOTOOLCHAIN=local` is exported to the rest of the job: since v6.0.0.
    pub(crate) fn exports_local_toolchain(self) -> bool {
        self.major >= 6
    }

    /// Whether caching is on unless `cache: false`: since v4.0.0.
    pub(crate) fn caches_by_default(self) -> bool {
        self.major >= 4
    }

    /// Whether `toolchain` lines count: since v6.0.0.
    fn reads_toolchain(self) -> bool {
        self.major >= 6
    }

    /// The file whose hash goes into the cache's key when nothing else is named: go.mod since v6.3.0.
    pub(crate) fn default_dependency_file(self) -> &'static str {
        if self.at_least(6, 3) { "go.mod" } else { "go.sum" }
    }

    /// Whether the key names the architecture: since v5.1.0.
    pub(crate) fn keys_architecture(self) -> bool {
        self.at_least(5, 1)
    }
}

/// Evaluates an input to a text.
pub(crate) type Evaluate<'a> = &'a dyn Fn(&Node) -> Value;

/// What decides how a version file is read.
pub(crate) struct Setting<'a, 'w> {
    pub(crate) workspace: Workspace<'a, 'w>,
    pub(crate) release: Option<Release>,
    /// `GOTOOLCHAIN` in the step's environment.
    pub(crate) toolchain: &'a Value,
}

impl Request {
    /// Reads the inputs of a use. If both inputs are given, `go-version` wins (`src/main.ts`, `resolveVersionInput`).
    pub(crate) fn read(action: &ActionUse, evaluate: Evaluate<'_>, setting: &Setting<'_, '_>) -> Self {
        let given = |name| action.input(name).map(evaluate).filter(|value| value.as_text().is_none_or(|text| !text.is_empty()));
        if let Some(spec) = given("go-version") {
            return Self { source: Source::Input, versions: resolved(&spec), spec, file: None };
        }
        match given("go-version-file") {
            Some(path) => Self::from_file(&path, setting),
            None => Self::preinstalled(),
        }
    }

    fn preinstalled() -> Self {
        let unknown = Value::unknown(Reason::new("Go preinstalled on the runner"));
        Self { source: Source::Preinstalled, spec: unknown.clone(), versions: unknown, file: None }
    }

    fn from_file(path: &Value, setting: &Setting<'_, '_>) -> Self {
        let Some(path) = path.as_text() else {
            let unknown = Value::unknown(path.reason().cloned().unwrap_or_else(|| Reason::new("go-version-file")));
            return Self { source: Source::File, spec: unknown.clone(), versions: unknown, file: None };
        };
        let read = setting.workspace.in_repository(path).map(|inside| setting.read_version(&inside)).unwrap_or_default();
        let spec = read.spec.unwrap_or_else(|| Value::unknown(Reason::new(format!("content of {path}"))));
        let file = VersionFile { found: read.found, unused_toolchain: read.unused_toolchain };
        Self { source: Source::File, versions: resolved(&spec), spec, file: Some(file) }
    }
}

fn resolved(spec: &Value) -> Value {
    spec.and_then(|choice| match &choice.datum {
        Datum::Text(text) => match version_spec::resolve(text) {
            Ok(range) => Value::known(Datum::Version(range), Arc::clone(&choice.origin)),
            Err(reason) => Value::unknown(reason),
        },
        _ => Value::unknown(Reason::new("go-version")),
    })
}

/// What a version file says.
#[derive(Default)]
struct ReadVersion {
    spec: Option<Value>,
    found: Option<bool>,
    unused_toolchain: Option<Location>,
}

impl Setting<'_, '_> {
    /// `parseGoVersionFile` of `src/installer.ts`: the base name decides the format.
    fn read_version(&self, path: &str) -> ReadVersion {
        let project = self.workspace.project;
        let Some(text) = project.text(path) else {
            return ReadVersion { found: self.workspace.has(path), ..ReadVersion::default() };
        };
        match path.rsplit('/').next().unwrap_or(path) {
            "go.mod" | "go.work" => project.module_file(path).map(|file| self.read_module(&file)).unwrap_or_default(),
            name => {
                let content = text.content();
                let version = if name == ".tool-versions" { tool_version(content) } else { Some(content.trim()) };
                let at = version.and_then(|version| content.find(version).map(|start| (version, start)));
                let spec = at.map(|(version, start)| {
                    let location = Location::new(&text, crate::text::Span::new(start, start + version.len()));
                    Value::text(version, Origin::at(OriginKind::Document, location))
                });
                ReadVersion { spec, found: Some(true), unused_toolchain: None }
            }
        }
    }

    /// The `toolchain` line since v6, but not while `GOTOOLCHAIN` is `local`; else the `go` line.
    fn read_module(&self, file: &ModuleFile) -> ReadVersion {
        let line = |argument: &Argument, value: &str| Value::text(value, Origin::at(OriginKind::Module, file.locate(argument)));
        let go = file.lines.go.as_ref().map(|go| line(go, &go.value));
        let named = file.lines.toolchain.as_ref().filter(|toolchain| toolchain.value.starts_with("go1"));
        let Some(toolchain) = named else {
            return ReadVersion { spec: go, found: Some(true), unused_toolchain: None };
        };
        match self.uses_toolchain_line() {
            Some(true) => {
                let version = toolchain.value.trim_start_matches("go").split('-').next().unwrap_or_default();
                ReadVersion { spec: Some(line(toolchain, version)), found: Some(true), unused_toolchain: None }
            }
            Some(false) => {
                let unused_toolchain = is_newer(toolchain, file.lines.go.as_ref()).then(|| file.locate(toolchain));
                ReadVersion { spec: go, found: Some(true), unused_toolchain }
            }
            None => ReadVersion { spec: None, found: Some(true), unused_toolchain: None },
        }
    }

    fn uses_toolchain_line(&self) -> Option<bool> {
        if !self.release?.reads_toolchain() {
            return Some(false);
        }
        let mut answers = self.toolchain.choices().iter().map(|choice| choice.datum.as_text() != Some("local"));
        let first = answers.next()?;
        (self.toolchain.reason().is_none() && answers.all(|answer| answer == first)).then_some(first)
    }
}

/// Whether the `toolchain` line names a release newer than any that the `go` line can install.
fn is_newer(toolchain: &Argument, go: Option<&Argument>) -> bool {
    let wanted = GoVersion::parse(&toolchain.value);
    let installed = go.and_then(|go| version_spec::resolve(&go.value).ok());
    wanted.zip(installed).is_some_and(|(wanted, installed)| installed.below(wanted) == Some(true))
}

/// `golang 1.22.3` or `go 1.22.3` of a `.tool-versions` file.
fn tool_version(content: &str) -> Option<&str> {
    content.lines().find_map(|line| {
        let mut words = line.split('#').next()?.split_whitespace();
        matches!(words.next()?, "golang" | "go").then(|| words.next()).flatten()
    })
}

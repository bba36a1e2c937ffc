//! This machine: the environment that a go command run here sees, the directories it uses, the tools installed with it.
//!
//! Everything is worked out from variables and files; the go command, if it may be run, is asked besides, and its word counts.

mod directory;
mod environment;
mod filesystem;
mod ignored;
mod installation;
mod leftovers;
mod modules;
mod paths;
mod process;
mod question;
mod settings;
mod tools;

use std::collections::BTreeMap;
use std::sync::Arc;

pub(crate) use question::Answer;
pub(crate) use tools::TOOLS;

use super::environment::Environment;
use super::go::paths::System;
use super::go::resolver::{Layer, Resolver};
use super::project::ModuleFile;
use super::schema::Kind;
use super::subject::Subject;
use super::toolchain::{Policy, Selection, select};
use super::value::{Choice, Datum, Origin, OriginKind, Reason, Value};
use super::version::{GoVersion, VersionRange};
use crate::text::{Location, Span, Text};
use crate::world::Machine;

/// What the text of Go's variables is called.
const GO_ENV: &str = "<go env>";
/// What the text about the machine as a whole is called.
const MACHINE: &str = "<machine>";
/// `go env -w` writes short lines.
const LARGEST_ENV_FILE: u64 = 1 << 20;

/// A machine, looked at once.
pub(crate) struct Host<'m> {
    machine: &'m dyn Machine,
    system: System,
    /// What PATH leads to.
    found: installation::Found,
    answer: Answer,
    /// Works out the variables as the Go that does the work sees them.
    resolver: Resolver,
    modules: modules::Found,
    /// The repository that the working directory is in.
    repository: Option<String>,
    /// The go command's own release.
    installed: Option<GoVersion>,
    running: Running,
    /// Every variable of `go env`, each with its line in the text.
    values: BTreeMap<&'static str, (Value, Location)>,
    /// All of them, sorted.
    text: Arc<Text>,
    files: Files,
}

/// The files that variables can be set in, as far as they exist.
#[derive(Clone, Debug, Default)]
struct Files {
    /// Path and content of the file of `go env -w`.
    user: Option<(String, Arc<Text>)>,
    goroot: Option<Arc<Text>>,
}

/// Which Go does the work in the working directory.
#[derive(Clone, Debug)]
struct Running {
    version: Option<VersionRange>,
    needed: Option<(GoVersion, Option<Location>)>,
    switches: bool,
}

impl<'m> Host<'m> {
    /// Looks at a machine. Its go command is only run if `runs_go` allows it.
    pub(crate) fn examine(machine: &'m dyn Machine, runs_go: bool) -> Self {
        let platform = machine.platform();
        let system = System::of(platform.os);
        let environment = process::read(machine);
        let path = environment.get("PATH").as_text().cloned().unwrap_or_default();
        let found = installation::find(machine, system, &path);
        let mut first = Resolver::new(environment, VersionRange { low: None, high: None });
        (first.os, first.arch) = (Some(platform.os.into()), Some(platform.arch.into()));
        let here = machine.working_directory();
        let is_repository = |directory: &&str| machine.status(&system.join(&[directory, ".git"])).is_ok();
        let repository = paths::upward(system, &here).find(is_repository).map(str::to_owned);
        let mut host = Self {
            machine,
            system,
            found,
            answer: Answer::none("not-asked", None),
            resolver: first,
            modules: modules::Found::default(),
            repository,
            installed: None,
            running: Running { version: None, needed: None, switches: false },
            values: BTreeMap::new(),
            text: Text::synthetic(GO_ENV, ""),
            files: Files::default(),
        };
        host.read_user_file();
        host.ask(runs_go);
        host.read_tree();
        host.read_modules();
        host.select_toolchain();
        host.tell_values();
        host
    }

    /// The file of `go env -w`, which is looked for from the working directory if GOENV is relative.
    fn user_file_path(&self) -> Option<String> {
        let path = self.resolver.variable("GOENV").as_text().filter(|path| !path.is_empty())?.to_string();
        Some(self.absolute(&path))
    }

    fn absolute(&self, path: &str) -> String {
        if self.system.is_absolute(path) { self.system.clean(path) } else { self.system.join(&[&self.machine.working_directory(), path]) }
    }

    fn read_user_file(&mut self) {
        // Which releases take a relative XDG_CONFIG_HOME matters only for a file that is then not found.
        let Some(path) = self.user_file_path() else { return };
        let Some(text) = self.read_text(&path) else { return };
        self.resolver.user_file = Layer::user_file(&text);
        self.files.user = Some((path, text));
    }

    fn read_text(&self, path: &str) -> Option<Arc<Text>> {
        let bytes = self.machine.read(path, 0..LARGEST_ENV_FILE).ok()?;
        Some(Text::file(paths::label(self.system, path), String::from_utf8_lossy(&bytes)))
    }

    fn ask(&mut self, runs_go: bool) {
        self.answer = match (&self.found.first, &self.found.no_program) {
            (None, None) => Answer::none("absent", Some(String::from("no directory of PATH holds a go command"))),
            (None, Some(path)) => Answer::none("no-program", Some(format!("{path} is no program"))),
            (Some(_), _) if !runs_go => Answer::none("not-asked", None),
            (Some(first), _) => {
                let relative = self.raw("GOENV").filter(|path| path != "off" && !self.system.is_absolute(path));
                question::ask(self.machine, self.system, &first.command, relative.and_then(|_| self.user_file_path()))
            }
        };
    }

    /// A variable of the process, unless it is empty.
    fn raw(&self, name: &str) -> Option<String> {
        self.resolver.environment.get(name).as_text().filter(|value| !value.is_empty()).map(|value| value.to_string())
    }

    /// The tree that the go command uses: its release, its platform, its `go.env`.
    fn read_tree(&mut self) {
        let told = |name: &str| self.answer.value(name).filter(|value| !value.is_empty()).map(str::to_owned);
        let own = self.found.first.as_ref().and_then(|first| first.goroot.clone()).or_else(|| told("GOROOT"));
        let unknown = || Value::unknown(Reason::new("where Go is installed"));
        let origin = || Origin::named(OriginKind::Default, "the tree of the go command", None);
        self.resolver.goroot = own.as_deref().map_or_else(unknown, |path| Value::text(path, origin()));
        let version_file = || installation::version_file(self.machine, self.system, own.as_deref()?);
        self.installed = told("GOVERSION").and_then(|version| GoVersion::parse(&version)).or_else(version_file);
        self.resolver.go = self.installed.map_or(VersionRange { low: None, high: None }, VersionRange::exact);
        let platform = own.as_deref().and_then(|path| installation::host_of(self.machine, self.system, path));
        if let Some((os, arch)) = told("GOHOSTOS").zip(told("GOHOSTARCH")).or(platform) {
            (self.resolver.os, self.resolver.arch) = (Some(os.into()), Some(arch.into()));
        }
        self.read_go_env();
        self.resolver.c_compiler = Some(self.look_up(&self.default_compiler()).is_some());
        self.resolver.telemetry_mode = self.telemetry_mode();
    }

    fn read_go_env(&mut self) {
        let goroot = self.resolver.variable("GOROOT");
        let Some(goroot) = goroot.as_text() else { return };
        let path = self.system.join(&[goroot, "go.env"]);
        self.files.goroot = self.read_text(&path);
        self.resolver.goroot_file = self.files.goroot.as_ref().map_or_else(Layer::empty, Layer::goroot_file);
    }

    fn default_compiler(&self) -> String {
        let clang = self.resolver.variable("GOOS").as_text().is_some_and(|os| matches!(&**os, "darwin" | "ios" | "freebsd" | "openbsd"));
        String::from(if clang { "clang" } else { "gcc" })
    }

    fn look_up(&self, program: &str) -> Option<String> {
        installation::look_up(self.machine, self.system, &self.raw("PATH").unwrap_or_default(), program)
    }

    /// The first word of the file `mode`.
    fn telemetry_mode(&self) -> Value {
        let unset = || Value::unset(Origin::of(OriginKind::Default));
        let Some(directory) = self.resolver.variable("GOTELEMETRYDIR").as_text().cloned() else { return unset() };
        let Some(text) = self.read_text(&self.system.join(&[&directory, "mode"])) else { return unset() };
        let word = text.content().split_whitespace().next().unwrap_or_default().to_owned();
        Value::text(word, Origin::at(OriginKind::Document, Location::new(&text, Span::default())))
    }

    fn read_modules(&mut self) {
        let goroot = self.resolver.variable("GOROOT").as_text().cloned();
        let temporary = self.system.clean(&self.temporary_directory());
        let search = modules::Search {
            machine: self.machine,
            system: self.system,
            root: self.repository.as_deref(),
            temporary: &temporary,
            goroot: goroot.as_deref(),
        };
        self.modules = search.find();
        let named = self.resolver.variable("GOWORK").as_text().cloned().filter(|path| self.system.is_absolute(path));
        if let Some(path) = named {
            self.modules.modules.go_work = search.read(&path);
        }
        let place = |path: &Option<String>, file: &Option<Arc<ModuleFile>>| match (path, file) {
            (Some(path), Some(file)) => {
                Value::text(path.as_str(), Origin::at(OriginKind::Module, Location::new(&file.text, Span::default())))
            }
            _ => Value::unset(Origin::of(OriginKind::Default)),
        };
        self.resolver.go_mod = place(&self.modules.go_mod, &self.modules.modules.go_mod);
        self.resolver.go_work = place(&self.modules.go_work, &self.modules.modules.go_work);
    }

    /// `os.TempDir`.
    fn temporary_directory(&self) -> String {
        match self.system {
            System::Windows => self.raw("TMP").or_else(|| self.raw("TEMP")).or_else(|| self.raw("USERPROFILE")).unwrap_or_default(),
            _ => self.raw("TMPDIR").unwrap_or_else(|| String::from("/tmp")),
        }
    }

    /// go.work or go.mod, whichever decides; none if modules are off.
    fn deciding(&self) -> Option<&ModuleFile> {
        let is = |name: &str, value: &str| self.resolver.variable(name).as_text().is_some_and(|text| &**text == value);
        if is("GO111MODULE", "off") { None } else { self.modules.modules.deciding(is("GOWORK", "off")) }
    }

    fn select_toolchain(&mut self) {
        let Some(installed) = self.installed.map(VersionRange::exact) else { return };
        self.running.version = Some(installed);
        let named = self.resolver.variable("GOTOOLCHAIN").as_text().cloned().unwrap_or_default();
        let policy = if named.is_empty() { Some(Policy::Local) } else { Policy::parse(&named) };
        let file = self.deciding();
        let go = file.and_then(ModuleFile::go);
        let toolchain = file.and_then(ModuleFile::toolchain).map(|(version, _)| version);
        let selection = policy.map(|policy| select(installed, policy, go.as_ref().map(|(version, _)| *version), toolchain));
        self.running = match selection {
            Some(Selection::Runs(range)) => Running { version: Some(range), needed: None, switches: range.single() != installed.single() },
            Some(Selection::TooOld(needed)) => {
                Running { version: None, needed: Some((needed, go.map(|(_, location)| location))), switches: false }
            }
            Some(Selection::Unknown) | None => Running { version: None, needed: None, switches: false },
        };
        if self.running.switches {
            self.resolver.go = self.running.version.unwrap_or(installed);
            self.resolver.goroot = self.toolchain_tree().map_or_else(
                || Value::unknown(Reason::new("where Go puts the toolchain it switches to")),
                |path| Value::text(path, Origin::named(OriginKind::Module, "the toolchain that Go switches to", None)),
            );
        }
    }

    /// Where the module cache has the toolchain that Go switches to (`cmd/go/internal/toolchain/select.go`).
    fn toolchain_tree(&self) -> Option<String> {
        let version = self.running.version?.single()?;
        let (os, arch) = self.resolver.os.as_ref().zip(self.resolver.arch.as_ref())?;
        let cache = self.resolver.variable("GOMODCACHE").as_text()?.to_string();
        let tree = self.system.join(&[&cache, "golang.org", &format!("toolchain@v0.0.1-go{version}.{os}-{arch}")]);
        installation::is_goroot(self.machine, self.system, &tree).then_some(tree)
    }

    /// What go says counts; what the resolver says of the same value tells where it comes from.
    fn tell_values(&mut self) {
        let worked_out: Vec<(&'static str, Value)> = self.resolver.names().map(|name| (name, self.agreed(name))).collect();
        let line = |(name, value): &(&str, Value)| format!("{name}={}\n", value.as_text().map(|text| &**text).unwrap_or_default());
        let lines: Vec<String> = worked_out.iter().map(line).collect();
        self.text = Text::synthetic(GO_ENV, lines.concat());
        let mut start = 0;
        for ((name, value), line) in worked_out.into_iter().zip(&lines) {
            let location = Location::new(&self.text, Span::new(start, start + line.len() - 1));
            start += line.len();
            self.values.insert(name, (value, location));
        }
    }

    fn agreed(&self, name: &str) -> Value {
        let ours = self.resolver.variable(name);
        match self.answer.value(name) {
            Some(told) if !self.running.switches && ours.as_text().is_none_or(|text| **text != *told) => {
                Value::text(told, Origin::named(OriginKind::Default, "as go env says", None))
            }
            _ => ours,
        }
    }

    /// A variable of `go env`, with a place to point at, or what the environment and the files say of any other.
    fn variable(&self, name: &str) -> Value {
        self.values.get(name).map_or_else(|| self.resolver.variable(name), |(value, location)| placed(value, location))
    }

    /// The text of a variable, if it has one.
    fn text_of(&self, name: &str) -> Option<String> {
        self.variable(name).as_text().filter(|text| !text.is_empty()).map(|text| text.to_string())
    }

    /// The release that does the work, as a field.
    fn version(&self) -> Value {
        match (&self.running.version, &self.running.needed) {
            (Some(range), _) => Value::known(Datum::Version(*range), Origin::of(OriginKind::Computed)),
            (None, Some(_)) => Value::unset(Origin::of(OriginKind::Computed)),
            (None, None) if self.found.first.is_none() => Value::unset(Origin::of(OriginKind::Computed)),
            (None, None) => Value::unknown(Reason::new("which Go runs")),
        }
    }

    /// The whole process environment.
    fn environment(&self) -> &Environment {
        &self.resolver.environment
    }

    /// The place of what has no place of its own: a line about the machine.
    fn whole(&self) -> Location {
        let version = self.installed.map_or_else(|| String::from("without Go"), |version| format!("with Go {version}"));
        let platform = self.machine.platform();
        let line = format!("machine {}/{} {version}, in {}", platform.os, platform.arch, self.machine.working_directory());
        let end = line.len();
        Location::new(&Text::synthetic(MACHINE, line), Span::new(0, end))
    }

    /// Every variable of `go env`, by name.
    pub(crate) fn values(&self) -> impl Iterator<Item = (&'static str, &Value)> {
        self.values.iter().map(|(name, (value, _))| (*name, value))
    }

    /// What came of asking go.
    pub(crate) fn answer(&self) -> &Answer {
        &self.answer
    }

    /// The go command that PATH leads to.
    pub(crate) fn command(&self) -> Option<&str> {
        self.found.first.as_ref().map(|first| first.command.as_str())
    }

    /// The go command's own release, the one that does the work, and the one that is needed and cannot be had, as far as they are known.
    pub(crate) fn releases(&self) -> [Option<String>; 3] {
        [
            self.installed.map(|version| version.to_string()),
            self.running.version.map(|range| range.to_string()),
            self.running.needed.as_ref().map(|(version, _)| version.to_string()),
        ]
    }

    /// System and architecture in Go's words.
    pub(crate) fn platform(&self) -> String {
        let machine = self.machine.platform();
        format!("{}/{}", self.resolver.os.as_deref().unwrap_or(machine.os), self.resolver.arch.as_deref().unwrap_or(machine.arch))
    }

    /// The working directory.
    pub(crate) fn directory(&self) -> String {
        self.machine.working_directory()
    }

    /// Hands every subject of the wanted kinds to `out`.
    pub(crate) fn visit(&self, wanted: &dyn Fn(Kind) -> bool, out: &mut dyn FnMut(&dyn Subject)) {
        if wanted(Kind::Environment) {
            out(&environment::HostEnvironment::of(self));
        }
        if wanted(Kind::Setting) {
            settings::visit(self, out);
        }
        if wanted(Kind::GoPath) {
            directory::visit(self, out);
        }
        if wanted(Kind::Tool) {
            tools::visit(self, out);
        }
    }
}

/// A value of which every origin without a place gets this one. A default that follows from HOME and the like is not theirs either.
fn placed(value: &Value, line: &Location) -> Value {
    value.and_then(|Choice { datum, origin }| {
        let own = origin.location.as_ref().filter(|location| origin.kind != OriginKind::Default || is_of_go(location));
        let location = Some(own.unwrap_or(line).clone());
        Value::known(datum.clone(), Arc::new(Origin { location, ..(**origin).clone() }))
    })
}

/// Whether a place is that of a variable of Go, or in a file.
fn is_of_go(location: &Location) -> bool {
    let text = &location.text;
    let line = text.line_span(location.start().line).map_or("", |span| text.slice(span));
    text.on_disk() || line.starts_with("GO") || line.starts_with("CGO")
}

fn flag(yes: bool) -> Value {
    Value::known(Datum::Flag(yes), Origin::of(OriginKind::Computed))
}

fn version(version: Option<GoVersion>) -> Value {
    let datum = version.map_or(Datum::Unset, |version| Datum::Version(VersionRange::exact(version)));
    Value::known(datum, Origin::of(OriginKind::Computed))
}

fn text(text: Option<&str>) -> Value {
    let origin = Origin::of(OriginKind::Computed);
    text.map_or_else(|| Value::unset(Arc::clone(&origin)), |text| Value::text(text, Arc::clone(&origin)))
}

fn texts<T: Into<Arc<str>>>(items: impl IntoIterator<Item = T>) -> Value {
    let origin = Origin::of(OriginKind::Computed);
    Value::list(items.into_iter().map(|item| Value::text(item, Arc::clone(&origin))).collect(), origin)
}

/// The system in gopolicy's words.
fn os_word(os: &str) -> Option<&'static str> {
    match os {
        "linux" => Some("linux"),
        "darwin" => Some("macos"),
        "windows" => Some("windows"),
        _ => None,
    }
}

//! Looking at a machine: its variables, its go command, the files that decide its environment.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::question::Answer;
use super::{Files, GO_ENV, Host, Running, installation, modules, paths, process, question};
use crate::facts::go::paths::System;
use crate::facts::go::resolver::{Layer, Resolver};
use crate::facts::project::ModuleFile;
use crate::facts::value::{Origin, OriginKind, Reason, Value};
use crate::facts::version::{GoVersion, VersionRange};
use crate::text::{Location, Span, Text};
use crate::world::Machine;

/// `go env -w` writes short lines.
const LARGEST_ENV_FILE: u64 = 1 << 20;

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

    /// The first word of the file `mode`.
    fn telemetry_mode(&self) -> Value {
        let unset = || Value::unset_by(OriginKind::Default);
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
            _ => Value::unset_by(OriginKind::Default),
        };
        self.resolver.go_mod = place(&self.modules.go_mod, &self.modules.modules.go_mod);
        self.resolver.go_work = place(&self.modules.go_work, &self.modules.modules.go_work);
    }
}

//! This machine: the environment that a go command run here sees, the directories it uses, the tools installed with it.
//!
//! Everything is worked out from variables and files; the go command, if it may be run, is asked besides, and its word counts.

mod directory;
mod environment;
mod examine;
mod filesystem;
mod ignored;
mod installation;
mod leftovers;
mod modules;
mod paths;
mod process;
mod question;
mod settings;
#[cfg(test)]
mod tests;
mod toolchain;
mod tools;
mod values;

use std::collections::BTreeMap;
use std::sync::Arc;

pub(crate) use question::Answer;
pub(crate) use tools::TOOLS;
use values::{flag, os_word, placed, text, texts, version};

use super::environment::Environment;
use super::go::paths::System;
use super::go::resolver::Resolver;
use super::schema::Kind;
use super::subject::Subject;
use super::value::Value;
use super::version::{GoVersion, VersionRange};
use crate::text::{Location, Span, Text};
use crate::world::Machine;

/// What the text of Go's variables is called.
const GO_ENV: &str = "<go env>";
/// What the text about the machine as a whole is called.
const MACHINE: &str = "<machine>";

/// The texts that stand for what is in no file of a machine.
pub(crate) const TEXTS: &[&str] = &[process::ENVIRONMENT, GO_ENV, MACHINE, TOOLS];

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

impl Host<'_> {
    /// A variable of `go env`, with a place to point at, or what the environment and the files say of any other.
    fn variable(&self, name: &str) -> Value {
        self.values.get(name).map_or_else(|| self.resolver.variable(name), |(value, location)| placed(value, location))
    }

    /// The text of a variable, if it has one.
    fn text_of(&self, name: &str) -> Option<String> {
        self.variable(name).as_text().filter(|text| !text.is_empty()).map(|text| text.to_string())
    }

    /// A path as the go command would take it: from the working directory, if it is relative.
    fn absolute(&self, path: &str) -> String {
        if self.system.is_absolute(path) { self.system.clean(path) } else { self.system.join(&[&self.machine.working_directory(), path]) }
    }

    /// A variable of the process, unless it is empty.
    fn raw(&self, name: &str) -> Option<String> {
        self.resolver.environment.get(name).as_text().filter(|value| !value.is_empty()).map(|value| value.to_string())
    }

    /// The program that PATH leads to.
    fn look_up(&self, program: &str) -> Option<String> {
        installation::look_up(self.machine, self.system, &self.raw("PATH").unwrap_or_default(), program)
    }

    /// `os.TempDir`.
    fn temporary_directory(&self) -> String {
        match self.system {
            System::Windows => self.raw("TMP").or_else(|| self.raw("TEMP")).or_else(|| self.raw("USERPROFILE")).unwrap_or_default(),
            _ => self.raw("TMPDIR").unwrap_or_else(|| String::from("/tmp")),
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

    /// Whether that command stands in no Go tree.
    pub(crate) fn command_is_wrapper(&self) -> bool {
        self.found.first.as_ref().is_some_and(|first| first.goroot.is_none())
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

//! What `go env` prints, worked out without running it.
//!
//! A variable comes from the environment if it is not empty there, else from the file of `go env -w`, else from `$GOROOT/go.env`, else
//! from a default that may depend on other variables (`cmd/go/internal/cfg/cfg.go`). A test compares the answers with the real command,
//! variable by variable and release by release.
//!
//! Not predictable, and unknown here: `GOGCCFLAGS`, which is what a C compiler answers.

pub(crate) mod layers;
mod places;
mod target;
#[cfg(test)]
mod tests;

use std::sync::Arc;

pub(crate) use layers::Layer;

use super::levels;
use super::paths::System;
use super::release::agree;
use super::variables::{self, Class, Printed, Variable};
use crate::facts::environment::Environment;
use crate::facts::value::{Choice, Datum, Origin, OriginKind, Reason, Value};
use crate::facts::version::VersionRange;

/// Works out the variables of Go for one place where it runs. Every field may be partly or wholly unknown.
#[derive(Clone, Debug)]
pub(crate) struct Resolver {
    /// The environment of the go command.
    pub environment: Environment,
    /// GOHOSTOS: the system that the go command runs on, in Go's words.
    pub os: Option<Arc<str>>,
    /// GOHOSTARCH: its architecture, in Go's words.
    pub arch: Option<Arc<str>>,
    /// The release of the go command.
    pub go: VersionRange,
    /// Where the go command was installed: GOROOT, if nothing sets it.
    pub goroot: Value,
    /// The file of `go env -w`, at the place that [`Resolver::variable`] tells for `GOENV`.
    pub user_file: Layer,
    /// `$GOROOT/go.env`.
    pub goroot_file: Layer,
    /// The path of the nearest go.mod, unset if there is none.
    pub go_mod: Value,
    /// The path of the nearest go.work, unset if there is none.
    pub go_work: Value,
    /// Whether Go's default C compiler is on the PATH.
    pub c_compiler: Option<bool>,
    /// The first word of the file `mode` in the telemetry directory, unset if there is no such file.
    pub telemetry_mode: Value,
}

impl Resolver {
    /// Nothing is set and nothing is known of the machine, but that its home is as fresh as a new runner's and that its Go is official.
    pub(crate) fn new(environment: Environment, go: VersionRange) -> Self {
        let unknown = |what: &str| Value::unknown(Reason::new(what));
        Self {
            environment,
            os: None,
            arch: None,
            go,
            goroot: unknown("where Go is installed"),
            user_file: Layer::empty(),
            goroot_file: Layer::official(go),
            go_mod: unknown("which go.mod is in force"),
            go_work: unknown("which go.work is in force"),
            c_compiler: None,
            telemetry_mode: Value::unset_by(OriginKind::Default),
        }
    }

    /// The same place with an official Go of other releases.
    #[must_use]
    pub(crate) fn of_release(self, go: VersionRange) -> Self {
        Self { go, goroot_file: Layer::official(go), ..self }
    }

    /// The value of a variable as `go env` prints it, an empty text where it prints none. Variables that `go env` does not print,
    /// and those that the release does not have, are what the environment and the files say, or unset.
    pub(crate) fn variable(&self, name: &str) -> Value {
        let Some(variable) = variables::lookup(name) else { return self.environment.get(name).clone() };
        match self.prints(variable) {
            Some(true) => self.printed(name),
            Some(false) => self.unprinted(variable),
            None => self.printed(name).join(self.unprinted(variable)),
        }
    }

    /// The variables that `go env` prints here for certain, by name.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'static str> + '_ {
        variables::all().iter().filter(|variable| self.prints(variable) == Some(true)).map(|variable| variable.name)
    }

    fn prints(&self, variable: &Variable) -> Option<bool> {
        let exists = variable.exists(self.go);
        let printed = match variable.printed {
            Printed::Never => Some(false),
            Printed::Since(minor) => self.since(minor),
            Printed::ForTarget => self.is_for_target(variable.name),
        };
        match (exists, printed) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), Some(true)) => Some(true),
            _ => None,
        }
    }

    fn is_for_target(&self, name: &str) -> Option<bool> {
        let archs = levels::lookup(name)?.archs;
        let arch = self.goarch();
        let mut matches = arch.choices().iter().map(|choice| choice.datum.as_text().is_some_and(|arch| archs.contains(&arch)));
        let first = matches.next()?;
        (arch.reason().is_none() && matches.all(|next| next == first)).then_some(first)
    }

    fn unprinted(&self, variable: &Variable) -> Value {
        match variable.class {
            Class::Settable | Class::ByHand if variable.exists(self.go) != Some(false) => self.setting(variable.name),
            Class::Computed => unset(),
            _ => self.environment.get(variable.name).clone(),
        }
    }

    fn printed(&self, name: &str) -> Value {
        match name {
            "AR" => self.setting_or(name, "ar"),
            "CC" => self.compiler(name, "gcc", "clang"),
            "CXX" => self.compiler(name, "g++", "clang++"),
            "CGO_ENABLED" => self.cgo_enabled(),
            "CGO_CFLAGS" | "CGO_CXXFLAGS" | "CGO_FFLAGS" | "CGO_LDFLAGS" => self.c_flags(name),
            "CGO_CPPFLAGS" => self.words(name, ""),
            "GCCGO" => self.setting_or(name, "gccgo"),
            "GOARCH" => self.goarch(),
            "GOAUTH" => self.setting_or(name, "netrc"),
            "GOBIN" => self.gobin(),
            "GOCACHE" => self.gocache(),
            "GODEBUG" | "GOPACKAGESDRIVER" => or_empty(self.environment.get(name)),
            "GOENV" => self.goenv(),
            "GOEXE" => self.goexe(),
            "GOGCCFLAGS" => Value::unknown(Reason::new("what the C compiler answers")),
            "GOHOSTARCH" => host(self.arch.as_ref(), "the architecture of the machine"),
            "GOHOSTOS" => host(self.os.as_ref(), "the operating system of the machine"),
            "GOMOD" => self.gomod(),
            "GOMODCACHE" => self.gomodcache(),
            "GONOPROXY" | "GONOSUMDB" => self.setting_else(name, || self.private(name)),
            "GOOS" => self.goos(),
            "GOPATH" => self.gopath(),
            "GOROOT" => self.goroot(),
            "GOTELEMETRY" => self.telemetry(),
            "GOTELEMETRYDIR" => self.config_file("go/telemetry"),
            "GOTOOLDIR" => self.gotooldir(),
            "GOVERSION" => self.goversion(),
            "GOWORK" => self.gowork(),
            "PKG_CONFIG" => self.pkg_config(),
            _ => self.level_or_plain(name),
        }
    }

    /// What the environment or a file sets, else unset.
    fn setting(&self, name: &str) -> Value {
        let below = self.file_setting(name);
        self.environment.get(name).and_then(|choice| match text(choice) {
            Some("") | None => below.clone(),
            Some(_) => overriding(choice, &below),
        })
    }

    /// A key that is present but empty in the user's file hides the one in `go.env`, and counts as unset in the end.
    fn file_setting(&self, name: &str) -> Value {
        let goroot_file = if self.since(21) == Some(false) { Layer::empty().get(name) } else { self.goroot_file.get(name) };
        self.user_layer(name).and_then(|choice| match text(choice) {
            None => goroot_file.clone(),
            Some("") => unset(),
            Some(_) => only(choice),
        })
    }

    /// What the user's file says; `GOENV=off` switches it off.
    fn user_layer(&self, name: &str) -> Value {
        self.environment.get("GOENV").and_then(|choice| if text(choice) == Some("off") { unset() } else { self.user_file.get(name) })
    }

    /// A setting, or else what a function tells.
    fn setting_else(&self, name: &str, mut otherwise: impl FnMut() -> Value) -> Value {
        self.setting(name).and_then(|choice| match text(choice) {
            Some("") | None => otherwise(),
            Some(_) => only(choice),
        })
    }

    /// A setting with a fixed default.
    fn setting_or(&self, name: &str, default: &str) -> Value {
        self.setting_else(name, || default_text(default, "Go's default"))
    }

    fn private(&self, name: &str) -> Value {
        self.setting("GOPRIVATE").and_then(|choice| match text(choice) {
            Some(patterns) if !patterns.is_empty() => derived(patterns, format!("Go's default of {name}: $GOPRIVATE"), choice),
            _ => default_text("", "Go's default"),
        })
    }

    /// GOMOD: the go.mod in force, by GO111MODULE. One that stands in the very directory of temporary files is ignored (`FindGoMod` in
    /// `cmd/go/internal/modload/init.go`).
    fn gomod(&self) -> Value {
        self.setting("GO111MODULE").and_then(|mode| match text(mode) {
            Some("off") => default_text("", "modules are off"),
            mode => self.go_mod.and_then(|file| match (text(file), mode) {
                (Some(path), _) if !path.is_empty() && !self.is_in_temporary_root(path) => only(file),
                (_, Some("auto")) => default_text("", "no go.mod"),
                _ => self.on_system(|system| default_text(if system == System::Windows { "NUL" } else { "/dev/null" }, "no go.mod")),
            }),
        })
    }

    fn gowork(&self) -> Value {
        self.setting("GOWORK").and_then(|choice| match text(choice) {
            Some("" | "auto") | None => or_empty(&self.go_work),
            Some(_) => only(choice),
        })
    }

    fn goversion(&self) -> Value {
        match self.go.single() {
            Some(version) => default_text(&format!("go{version}"), "the release of the go command"),
            None => Value::unknown(Reason::new("the exact release of Go")),
        }
    }

    /// Whether the release is 1.`minor` or later.
    fn since(&self, minor: u32) -> Option<bool> {
        agree(self.go, |release| Some(release >= minor))
    }

    /// One value from some release on, and another before.
    fn by_release(&self, minor: u32, later: impl FnOnce() -> Value, earlier: impl FnOnce() -> Value) -> Value {
        match self.since(minor) {
            Some(true) => later(),
            Some(false) => earlier(),
            None => later().join(earlier()),
        }
    }

    fn on_system(&self, answer: impl FnOnce(System) -> Value) -> Value {
        match &self.os {
            Some(os) => answer(System::of(os)),
            None => Value::unknown(Reason::new("the operating system of the machine")),
        }
    }
}

fn text(choice: &Choice) -> Option<&str> {
    choice.datum.as_text()
}

fn only(choice: &Choice) -> Value {
    Value::known(choice.datum.clone(), Arc::clone(&choice.origin))
}

fn unset() -> Value {
    Value::unset_by(OriginKind::Default)
}

/// Unset becomes an empty text, as `go env` prints it.
fn or_empty(value: &Value) -> Value {
    value.and_then(|choice| match choice.datum {
        Datum::Unset => Value::text("", Arc::clone(&choice.origin)),
        _ => only(choice),
    })
}

fn default_text(text: &str, detail: &str) -> Value {
    Value::text(text, Origin::named(OriginKind::Default, detail, None))
}

/// A default that follows from another value, and is to be shown where that was set.
fn derived(text: &str, detail: impl Into<Arc<str>>, from: &Choice) -> Value {
    Value::text(text, Origin::named(OriginKind::Default, detail, from.origin.location.clone()))
}

fn host(known: Option<&Arc<str>>, what: &str) -> Value {
    match known {
        Some(name) => default_text(name, what),
        None => Value::unknown(Reason::new(what)),
    }
}

/// A choice of the environment, with a note of what it replaced in the user's file.
fn overriding(choice: &Choice, below: &Value) -> Value {
    let replaced = below.single().filter(|below| below.origin.kind == OriginKind::GoEnvFile && choice.origin.overrode.is_none());
    match replaced {
        Some(below) if below.datum != choice.datum => {
            let overrode = Some(Arc::new((below.datum.clone(), Arc::clone(&below.origin))));
            Value::known(choice.datum.clone(), Arc::new(Origin { overrode, ..(*choice.origin).clone() }))
        }
        _ => only(choice),
    }
}

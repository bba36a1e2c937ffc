//! The directories of Go: where it keeps its files when nothing is said.

use super::super::paths::System;
use super::{Resolver, default_text, derived, only, or_empty, text, unset};
use crate::facts::value::{Datum, Reason, Value};

/// The kinds of per-user directories.
#[derive(Clone, Copy)]
enum UserDirectory {
    Cache,
    Config,
}

impl Resolver {
    /// GOPATH: `go` in the home directory, unless that is relative or GOROOT itself (`go/build.defaultGOPATH`, `cmd/go/main.go`).
    pub(super) fn gopath(&self) -> Value {
        self.setting_else("GOPATH", || {
            self.on_system(|system| {
                or_empty(&self.inferred_gopath(system)).and_then(|choice| match text(choice) {
                    Some(path) if !path.is_empty() && !system.is_absolute(path) => {
                        derived("", "a relative home directory is ignored", choice)
                    }
                    _ => only(choice),
                })
            })
        })
    }

    fn inferred_gopath(&self, system: System) -> Value {
        let home = if system == System::Windows { "USERPROFILE" } else { "HOME" };
        self.environment.get(home).and_then(|choice| match text(choice) {
            Some(directory) if !directory.is_empty() => {
                let path = system.join(&[directory, "go"]);
                if self.is_goroot(&path, system) { unset() } else { derived(&path, format!("Go's default: ${home}/go"), choice) }
            }
            _ => unset(),
        })
    }

    /// Whether the environment says that a directory is GOROOT; what the go command finds out by itself does not count here, since official
    /// distributions are built without a GOROOT (`go/build.defaultGOPATH` asks `runtime.GOROOT`).
    fn is_goroot(&self, path: &str, system: System) -> bool {
        self.environment.get("GOROOT").single().and_then(text).is_some_and(|goroot| system.clean(goroot) == path)
    }

    /// The module cache hangs on GOPATH even where a relative home makes `go env` hide GOPATH.
    fn first_gopath(&self, system: System) -> Value {
        let path = self.setting_else("GOPATH", || self.inferred_gopath(system));
        path.and_then(|choice| match text(choice).map(|list| system.first_of_list(list)) {
            Some(first) if !first.is_empty() => Value::text(first, choice.origin.clone()),
            _ => unset(),
        })
    }

    pub(super) fn gomodcache(&self) -> Value {
        self.setting_else("GOMODCACHE", || self.below_gopath("pkg/mod"))
    }

    fn below_gopath(&self, directory: &str) -> Value {
        self.on_system(|system| {
            self.first_gopath(system).and_then(|choice| match text(choice) {
                Some(first) => derived(&system.join(&[first, directory]), format!("Go's default: $GOPATH/{directory}"), choice),
                None => default_text("", "no GOPATH"),
            })
        })
    }

    /// Since Go 1.27 `go env GOBIN` prints the default, too.
    pub(super) fn gobin(&self) -> Value {
        self.setting_else("GOBIN", || {
            let later = || self.gopath().and_then(|path| text(path).map_or_else(unset, |path| self.default_gobin(path)));
            self.by_release(27, later, || default_text("", "Go's default"))
        })
    }

    /// With modules off it is in the entry of GOPATH that the working directory is in, which is known here only if there is just one.
    fn default_gobin(&self, gopath: &str) -> Value {
        if gopath.is_empty() {
            return default_text("", "no GOPATH");
        }
        let first = self.below_gopath("bin");
        let several = self.os.as_deref().is_none_or(|os| gopath.contains(System::of(os).list_separator()));
        let file = self.gomod();
        let modules_may_be_off = file.reason().is_some() || file.choices().iter().any(|choice| text(choice) == Some(""));
        if several && modules_may_be_off {
            return first.or_unknown(Reason::new("which entry of GOPATH the working directory is in"));
        }
        first
    }

    /// GOCACHE: what is set, if it is absolute or `off`; else `go-build` in the cache directory (`cmd/go/internal/cache/default.go`).
    pub(super) fn gocache(&self) -> Value {
        self.on_system(|system| {
            self.setting("GOCACHE").and_then(|choice| match text(choice) {
                None | Some("") => self.default_gocache(system),
                Some(path) if path == "off" || system.is_absolute(path) => only(choice),
                Some(_) => Value::text("off", choice.origin.clone()),
            })
        })
    }

    fn default_gocache(&self, system: System) -> Value {
        self.user_directory(UserDirectory::Cache, system).and_then(|choice| match text(choice) {
            Some(directory) => {
                derived(&system.join(&[directory, "go-build"]), "Go's default: go-build in the user's cache directory", choice)
            }
            None => default_text("off", "no cache directory: neither it nor a home directory is set"),
        })
    }

    /// GOENV: the file of `go env -w`; empty if it is switched off.
    pub(super) fn goenv(&self) -> Value {
        self.environment.get("GOENV").and_then(|choice| match text(choice) {
            None | Some("") => self.config_file("go/env"),
            Some("off") => Value::text("", choice.origin.clone()),
            Some(_) => only(choice),
        })
    }

    /// A path in the user's configuration directory; empty if there is none.
    pub(super) fn config_file(&self, path: &str) -> Value {
        self.on_system(|system| {
            self.user_directory(UserDirectory::Config, system).and_then(|choice| match text(choice) {
                Some(directory) => {
                    derived(&system.join(&[directory, path]), format!("Go's default: {path} in the user's configuration directory"), choice)
                }
                None => default_text("", "no configuration directory"),
            })
        })
    }

    pub(super) fn telemetry(&self) -> Value {
        self.config_file("go/telemetry").and_then(|directory| match text(directory) {
            Some("") | None => default_text("off", "no configuration directory"),
            Some(_) => self.telemetry_mode.and_then(|mode| match mode.datum {
                Datum::Unset => default_text("local", "Go's default"),
                _ => only(mode),
            }),
        })
    }

    /// `os.UserCacheDir` and `os.UserConfigDir`; unset where they are an error.
    fn user_directory(&self, kind: UserDirectory, system: System) -> Value {
        match (system, kind) {
            (System::Windows, UserDirectory::Cache) => self.directory("LocalAppData", ""),
            (System::Windows, UserDirectory::Config) => self.directory("AppData", ""),
            (System::Mac, UserDirectory::Cache) => self.directory("HOME", "/Library/Caches"),
            (System::Mac, UserDirectory::Config) => self.directory("HOME", "/Library/Application Support"),
            (System::Unix, UserDirectory::Cache) => self.xdg_directory("XDG_CACHE_HOME", "/.cache"),
            (System::Unix, UserDirectory::Config) => self.xdg_directory("XDG_CONFIG_HOME", "/.config"),
        }
    }

    fn directory(&self, variable: &str, suffix: &str) -> Value {
        self.environment.get(variable).and_then(|choice| match text(choice) {
            Some(directory) if !directory.is_empty() => Value::text(format!("{directory}{suffix}"), choice.origin.clone()),
            _ => unset(),
        })
    }

    /// Since Go 1.24 a relative XDG directory is an error; before it was taken as it is.
    fn xdg_directory(&self, variable: &str, below_home: &str) -> Value {
        self.environment.get(variable).and_then(|choice| match text(choice) {
            None | Some("") => self.directory("HOME", below_home),
            Some(path) if path.starts_with('/') => only(choice),
            Some(_) => self.by_release(24, unset, || only(choice)),
        })
    }

    /// GOROOT: the environment's, else the user's file's, else that of the go command.
    pub(super) fn goroot(&self) -> Value {
        self.environment.get("GOROOT").and_then(|choice| match text(choice) {
            None | Some("") => self.user_layer("GOROOT").and_then(|written| match text(written) {
                None | Some("") => self.goroot.clone(),
                Some(path) => self.on_system(|system| Value::text(system.clean(path), written.origin.clone())),
            }),
            Some(_) => only(choice),
        })
    }

    /// Whether a file stands in the directory of temporary files itself, as far as its name is known (`os.TempDir`).
    pub(super) fn is_in_temporary_root(&self, file: &str) -> bool {
        let system = self.os.as_deref().map(System::of).filter(|system| *system != System::Windows);
        let (Some(system), Some((directory, _))) = (system, file.rsplit_once('/')) else { return false };
        let temporary = self.environment.get("TMPDIR").single().map(|choice| text(choice).unwrap_or_default());
        temporary.is_some_and(|path| system.clean(if path.is_empty() { "/tmp" } else { path }) == directory)
    }

    pub(super) fn gotooldir(&self) -> Value {
        let (Some(os), Some(arch)) = (&self.os, &self.arch) else {
            return self.on_system(|_| Value::unknown(Reason::new("the architecture of the machine")));
        };
        self.goroot().and_then(|choice| {
            let root = text(choice).unwrap_or_default();
            derived(&System::of(os).join(&[root, "pkg/tool", &format!("{os}_{arch}")]), "$GOROOT/pkg/tool", choice)
        })
    }
}

//! What code is built for, and the C tools that cgo uses for it.

use super::super::release::agree;
use super::super::{levels, ports, quoted};
use super::{Resolver, default_text, derived, host, only, text};
use crate::facts::value::{Reason, Value};

impl Resolver {
    pub(super) fn goos(&self) -> Value {
        self.setting_else("GOOS", || host(self.os.as_ref(), "the operating system of the machine"))
    }

    pub(super) fn goarch(&self) -> Value {
        self.setting_else("GOARCH", || host(self.arch.as_ref(), "the architecture of the machine"))
    }

    pub(super) fn goexe(&self) -> Value {
        self.goos().and_then(|os| {
            if text(os) == Some("windows") { derived(".exe", "GOOS=windows", os) } else { derived("", "GOOS is not windows", os) }
        })
    }

    /// CC and CXX: clang on systems that have no gcc (`cmd/dist/build.go`, `defaultcc`).
    pub(super) fn compiler(&self, name: &str, gcc: &str, clang: &str) -> Value {
        self.setting_else(name, || {
            self.goos().and_then(|os| {
                let has_clang = matches!(text(os), Some("darwin" | "ios" | "freebsd" | "openbsd"));
                derived(if has_clang { clang } else { gcc }, "Go's default for this GOOS", os)
            })
        })
    }

    /// CGO_ENABLED: 0 or 1 as set; anything else is ignored without a word (`defaultContext` in `cmd/go/internal/cfg/cfg.go`).
    pub(super) fn cgo_enabled(&self) -> Value {
        self.setting("CGO_ENABLED").and_then(|choice| match text(choice) {
            Some("0" | "1") => only(choice),
            _ => self.default_cgo(),
        })
    }

    fn default_cgo(&self) -> Value {
        let (Some(host_os), Some(host_arch)) = (&self.os, &self.arch) else {
            return Value::unknown(Reason::new("the operating system and architecture of the machine"));
        };
        self.goos().and_then(|os| {
            self.goarch().and_then(|arch| {
                let cross = [(os, host_os), (arch, host_arch)].into_iter().find(|(choice, host)| text(choice) != Some(host));
                match cross {
                    Some((choice, _)) => derived("0", "Go's default when cross-compiling", choice),
                    None => self.native_cgo(host_os, host_arch),
                }
            })
        })
    }

    fn native_cgo(&self, os: &str, arch: &str) -> Value {
        let off = || default_text("0", "cgo is not supported on this platform");
        match ports::cgo_supported(os, arch, self.go) {
            Some(true) => self.cgo_by_compiler(),
            Some(false) => off(),
            None => self.cgo_by_compiler().or_unknown(Reason::new("whether this release supports cgo here")),
        }
    }

    /// Since Go 1.20 a missing default compiler switches cgo off, unless CC is set in the environment itself: one that `go env -w` wrote
    /// does not count.
    fn cgo_by_compiler(&self) -> Value {
        let on = |why: &str| default_text("1", why);
        let off = || default_text("0", "Go's default where no C compiler is found");
        self.environment.get("CC").and_then(|choice| match (text(choice), self.c_compiler) {
            (None | Some(""), Some(false)) => self.by_release(20, off, || on("Go's default")),
            (None | Some(""), None) => {
                self.by_release(20, || Value::unknown(Reason::new("whether there is a C compiler")), || on("Go's default"))
            }
            _ => on("Go's default where a C compiler is found"),
        })
    }

    pub(super) fn c_flags(&self, name: &str) -> Value {
        self.by_release(21, || self.words(name, "-O2 -g"), || self.words(name, "-g -O2"))
    }

    /// A list of words, with one blank between them. What cannot be split makes Go stop, and is left as it is here.
    pub(super) fn words(&self, name: &str, default: &str) -> Value {
        self.setting_or(name, default).and_then(|choice| match text(choice).map(quoted::split) {
            Some(Ok(words)) => Value::text(quoted::join(&words), choice.origin.clone()),
            _ => only(choice),
        })
    }

    pub(super) fn pkg_config(&self) -> Value {
        self.setting_or("PKG_CONFIG", "pkg-config").and_then(|choice| match text(choice).map(quoted::split) {
            Some(Ok(words)) => Value::text(words.first().copied().unwrap_or_default(), choice.origin.clone()),
            _ => only(choice),
        })
    }

    /// A level with its default, or a variable that is printed as it is set.
    pub(super) fn level_or_plain(&self, name: &str) -> Value {
        self.setting_else(name, || match levels::lookup(name) {
            // A Go that was built on an arm machine takes that machine's level.
            Some(level) if level.name == "GOARM" && self.arch.as_deref().is_none_or(|arch| arch == "arm") => {
                Value::unknown(Reason::new("the machine that this Go was built on"))
            }
            Some(level) => match agree(self.go, |minor| Some(level.printed_default(minor))) {
                Some(default) => default_text(default, "Go's default"),
                None => Value::unknown(Reason::new("the exact release of Go")),
            },
            None => default_text("", "Go's default"),
        })
    }
}

//! What Go does with the value of a variable.
//!
//! Measured with `go env`, `go version`, `go list` and `go build` of every release from 1.21 to 1.27, for each kind of bad value; a test compares
//! the verdicts with those recordings. Whether any of it matters is for rules to say.

mod build;
mod directories;
mod goflags;
mod patterns;
mod proxies;
mod runtime;
#[cfg(test)]
mod tests;
mod toolchain;
mod verdict;
mod written;

pub(crate) use verdict::{By, CAUSES, Diagnosis, VERDICTS, Verdict};

use super::names::nearest;
use super::paths::System;
use super::release::{NEWEST, OLDEST, minors};
use super::variables::{Class, Variable, lookup};
use crate::facts::version::VersionRange;

/// A variable with a value that is known, and as much of its surroundings as its meaning depends on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setting<'a> {
    /// The variable.
    pub name: &'a str,
    /// Its value, as Go gets it.
    pub value: &'a str,
    /// Where Go finds it.
    pub via: Via,
    /// The releases that may run.
    pub go: VersionRange,
    /// GOHOSTOS and GOHOSTARCH, if known.
    pub host: Option<(&'a str, &'a str)>,
    /// GOOS and GOARCH in force, as far as each is known.
    pub target: (Option<&'a str>, Option<&'a str>),
}

/// Where Go finds a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub(crate) enum Via {
    /// The environment of the process.
    Environment,
    /// `go env -w` is being asked to write it.
    WriteCommand,
    /// It stands in the file of `go env -w`.
    UserFile,
}

impl<'a> Setting<'a> {
    /// A value in the environment, with nothing known around it.
    #[cfg(test)]
    pub(crate) fn new(name: &'a str, value: &'a str, go: VersionRange) -> Self {
        Self { name, value, via: Via::Environment, go, host: None, target: (None, None) }
    }

    /// The system whose paths count: that of the host, or else the one whose absolute path this is.
    fn is_absolute(&self, path: &str) -> bool {
        match self.host {
            Some((os, _)) => System::of(os).is_absolute(path),
            None => System::Unix.is_absolute(path) || System::Windows.is_absolute(path),
        }
    }
}

/// Longer values are not looked at: 32767 characters is all that Windows allows, and nobody writes more.
const LONGEST: usize = 32 * 1024;

/// What Go does with a setting. Where the releases of the range differ the verdict is [`Verdict::Unknown`], and the reason tells what each does.
///
/// Besides Go's own variables, `TMPDIR`, `XDG_CACHE_HOME` and `XDG_CONFIG_HOME` are judged as Go reads them.
pub(crate) fn diagnose(setting: &Setting<'_>) -> Diagnosis {
    if setting.value.len() > LONGEST {
        return Diagnosis::new(Verdict::Unknown, "too-long", format!("the value is longer than {LONGEST} bytes"));
    }
    let variable = lookup(setting.name);
    if variable.is_none() && directories::of_system(setting, OLDEST).is_none() {
        return not_a_variable(setting);
    }
    let mut groups: Vec<(u32, u32, Diagnosis)> = Vec::new();
    for minor in minors(setting.go) {
        let diagnosis = match variable {
            Some(variable) => in_release(setting, variable, minor),
            None => directories::of_system(setting, minor).unwrap_or_else(|| not_a_variable(setting)),
        };
        match groups.last_mut() {
            Some((_, last, same)) if same.verdict == diagnosis.verdict && same.cause == diagnosis.cause => *last = minor,
            _ => groups.push((minor, minor, diagnosis)),
        }
    }
    unite(groups)
}

fn unite(mut groups: Vec<(u32, u32, Diagnosis)>) -> Diagnosis {
    if groups.len() == 1
        && let Some((_, _, only)) = groups.pop()
    {
        return only;
    }
    let cause = groups.first().map_or("", |(_, _, first)| first.cause);
    let same_cause = groups.iter().all(|(_, _, group)| group.cause == cause);
    let parts: Vec<String> = groups
        .into_iter()
        .map(|(first, last, group)| {
            format!("{}: {}", releases(first, last), if group.reason.is_empty() { "it is used" } else { &group.reason })
        })
        .collect();
    Diagnosis::new(Verdict::Unknown, if same_cause { cause } else { "depends-on-release" }, parts.join("; "))
}

fn releases(first: u32, last: u32) -> String {
    match (first, last) {
        (first, last) if last > NEWEST => format!("since Go 1.{first}"),
        (first, last) if first == last => format!("Go 1.{first}"),
        (first, last) => format!("Go 1.{first} to 1.{last}"),
    }
}

/// What one release does. Releases that were not measured are taken for the nearest one that was, but what rests on a name being absent
/// from a table is then not known.
fn in_release(setting: &Setting<'_>, variable: &Variable, minor: u32) -> Diagnosis {
    let measured = minor.clamp(OLDEST, NEWEST);
    let diagnosis = by_class(setting, variable, minor).unwrap_or_else(|| because_unexpanded(setting, by_value(setting, measured)));
    if diagnosis.by_absence && measured != minor {
        Diagnosis::unknown(format!("Go 1.{minor} may differ from Go 1.{measured}"))
    } else {
        diagnosis
    }
}

fn not_a_variable(setting: &Setting<'_>) -> Diagnosis {
    let slip = nearest(setting.name);
    match (slip, setting.via) {
        (Some(slip), _) => Diagnosis::new(
            Verdict::NoSuchVariable { suggestion: slip.variable.name, may_be_own: slip.may_be_own },
            "misspelt",
            format!("Go does not read {}; {} is its name", setting.name, slip.variable.name),
        ),
        (None, Via::WriteCommand) => written::unknown_variable(setting.name),
        (None, _) => Diagnosis::new(Verdict::Foreign, "foreign", format!("{} is not a variable of Go", setting.name)),
    }
}

/// What follows from the variable alone, whatever its value.
fn by_class(setting: &Setting<'_>, variable: &Variable, minor: u32) -> Option<Diagnosis> {
    let name = variable.name;
    if setting.via == Via::WriteCommand
        && let Some(refused) = written::refused(setting, variable, minor)
    {
        return Some(refused);
    }
    if variable.class == Class::Never {
        let verdict = Verdict::NoSuchVariable { suggestion: "GONOSUMDB", may_be_own: false };
        return Some(Diagnosis::new(
            verdict,
            "never-existed",
            format!("no release of Go reads {name}; GONOSUMDB lists modules that are not looked up"),
        ));
    }
    if variable.class == Class::Dead {
        return dead(variable, minor);
    }
    if minor < variable.span.since {
        return Some(Diagnosis::new(Verdict::Ignored, "too-new", format!("Go reads {name} since 1.{}", variable.span.since)));
    }
    let from_file = setting.via == Via::UserFile;
    match variable.class {
        Class::Computed => {
            Some(Diagnosis::new(Verdict::Computed, "computed", format!("Go works {name} out by itself; setting it has no effect")))
        }
        Class::EnvironmentOnly | Class::Runtime | Class::Development if from_file => {
            Some(Diagnosis::new(Verdict::Ignored, "environment-only", format!("{name} is read from the environment only")))
        }
        Class::Development => Some(Diagnosis::used()),
        _ if setting.value.is_empty() => Some(empty(setting)),
        _ => None,
    }
}

fn dead(variable: &Variable, minor: u32) -> Option<Diagnosis> {
    let until = variable.span.until?;
    let reason = format!("{} has had no effect since Go 1.{}", variable.name, until + 1);
    Some(if minor > until { Diagnosis::new(Verdict::Dead { since: until + 1 }, "dead", reason) } else { Diagnosis::used() })
}

/// In the environment an empty value is as good as none; in the user's file it hides the line of `$GOROOT/go.env`.
fn empty(setting: &Setting<'_>) -> Diagnosis {
    let hides = setting.via != Via::Environment;
    match setting.name {
        "GOPROXY" if hides => {
            Diagnosis::rejected("empty", By::Downloading, "GOPROXY list is not the empty string, but contains no entries")
        }
        "GOSUMDB" if hides => Diagnosis::rejected("empty", By::Downloading, "missing GOSUMDB"),
        "GOTOOLCHAIN" if hides => {
            Diagnosis::harmful("empty", "an empty GOTOOLCHAIN in the file of `go env -w` switches toolchain selection off")
        }
        _ => Diagnosis::new(Verdict::Ignored, "empty", "an empty value counts as unset".to_owned()),
    }
}

/// A value that is no good because its author counted on a shell: then that is the cause.
fn because_unexpanded(setting: &Setting<'_>, found: Diagnosis) -> Diagnosis {
    let is_bad = matches!(found.verdict, Verdict::Rejected { .. } | Verdict::Ignored | Verdict::PartlyIgnored);
    match directories::unexpanded_variable(setting.value).filter(|_| is_bad && found.cause != "literal-home") {
        Some(text) => Diagnosis { cause: "unexpanded", reason: directories::not_expanded(text), by_absence: false, ..found },
        None => found,
    }
}

fn by_value(setting: &Setting<'_>, minor: u32) -> Diagnosis {
    match setting.name {
        "CC" | "CXX" => build::compiler(setting),
        "CGO_CFLAGS" | "CGO_CPPFLAGS" | "CGO_CXXFLAGS" | "CGO_FFLAGS" | "CGO_LDFLAGS" => build::c_flags(setting),
        "CGO_ENABLED" => build::cgo_enabled(setting),
        "GO111MODULE" => toolchain::go111module(setting),
        "GOAUTH" => proxies::goauth(setting),
        "GOBIN" => directories::gobin(setting),
        "GOCACHE" => directories::gocache(setting),
        "GOCACHEPROG" => Diagnosis::conditional("external-program", "the program must exist and speak the protocol of the build cache"),
        "GODEBUG" => build::godebug(setting, minor),
        "GOENV" => directories::goenv(setting),
        "GOEXPERIMENT" => build::goexperiment(setting, minor),
        "GOFLAGS" => goflags::diagnose(setting, minor),
        "GOGC" | "GOMAXPROCS" | "GOMEMLIMIT" => runtime::diagnose(setting),
        "GOINSECURE" | "GONOPROXY" | "GONOSUMDB" | "GOPRIVATE" => patterns::diagnose(setting),
        "GOMODCACHE" => directories::gomodcache(setting),
        "GOOS" | "GOARCH" => build::port(setting, minor),
        "GOPATH" => directories::gopath(setting),
        "GOPROXY" => proxies::goproxy(setting),
        "GOROOT" => directories::goroot(setting),
        "GOSUMDB" => proxies::gosumdb(setting),
        "GOTMPDIR" => directories::gotmpdir(setting),
        "GOTOOLCHAIN" => toolchain::gotoolchain(setting),
        "GOVCS" => proxies::govcs(setting),
        "GOWORK" => directories::gowork(setting),
        name => super::levels::lookup(name).map_or_else(Diagnosis::used, |level| build::level(setting, level, minor)),
    }
}

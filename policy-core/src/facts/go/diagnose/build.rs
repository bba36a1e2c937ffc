//! Variables that decide what is built and how.

use super::super::levels::{Bad, Level};
use super::super::release::NEWEST;
use super::super::{experiments, godebug as debug, ports, quoted};
use super::{By, Diagnosis, Setting, Verdict, Via};
use crate::facts::version::VersionRange;

/// CGO_ENABLED: anything but 0 and 1 is ignored (`defaultContext` in `cmd/go/internal/cfg/cfg.go`).
pub(super) fn cgo_enabled(setting: &Setting<'_>) -> Diagnosis {
    match setting.value {
        "0" | "1" => Diagnosis::used(),
        value => Diagnosis::ignored("bad-value", format!("`{value}` is neither 0 nor 1, so the default holds, and Go says nothing")),
    }
}

/// CC and CXX: `BuildInit` in `cmd/go/internal/work/init.go`.
pub(super) fn compiler(setting: &Setting<'_>) -> Diagnosis {
    let name = setting.name;
    match quoted::split(setting.value).as_deref() {
        Err(quote) => Diagnosis::rejected(
            "unterminated-quote",
            By::Building,
            format!("{name} environment variable could not be parsed: unterminated {quote} string"),
        ),
        Ok([]) => Diagnosis::ignored("empty", "it holds nothing but blanks"),
        Ok([program, ..]) if (program.is_empty() || program.contains('/')) && !setting.is_absolute(program) => Diagnosis::rejected(
            "relative",
            By::Building,
            format!("go: {name} environment variable is relative; must be absolute path: {program}"),
        ),
        Ok(_) => Diagnosis::used(),
    }
}

/// CGO_CFLAGS and the like: `envList` in `cmd/go/internal/work/exec.go` panics.
pub(super) fn c_flags(setting: &Setting<'_>) -> Diagnosis {
    let (name, value) = (setting.name, setting.value);
    match quoted::split(value) {
        Err(quote) => {
            let message = format!("panic: could not parse environment variable {name} with value {value:?}: unterminated {quote} string");
            Diagnosis::rejected("unterminated-quote", By::BuildingWithCgo, message)
        }
        Ok(_) => Diagnosis::used(),
    }
}

/// GOOS and GOARCH: the pair is checked when something is built (`CheckGOOSARCHPair` in `cmd/go/internal/work/action.go`).
pub(super) fn port(setting: &Setting<'_>, minor: u32) -> Diagnosis {
    let release = VersionRange::minor(minor);
    let is_os = setting.name == "GOOS";
    let exists = if is_os { ports::is_os(setting.value, release) } else { ports::is_arch(setting.value, release) };
    let (goos, goarch) = if is_os { (Some(setting.value), setting.target.1) } else { (setting.target.0, Some(setting.value)) };
    if exists == Some(false) {
        let message = unsupported(goos.unwrap_or("$GOOS"), goarch.unwrap_or("$GOARCH"));
        let hint = ports::go_name(setting.value).map_or(String::new(), |name| format!("; Go calls it `{name}`"));
        let reason = format!("there is no {} `{}`{hint}", setting.name, setting.value);
        let rejected = Diagnosis::rejected_because("unknown-port", written_or(setting, By::Building), message, reason);
        return if may_come(setting.value) { rejected.because_absent() } else { rejected };
    }
    match (goos, goarch) {
        (Some(os), Some(arch)) if ports::supported(os, arch, release) == Some(false) => {
            Diagnosis::rejected("unsupported-port", written_or(setting, By::Building), unsupported(os, arch)).because_absent()
        }
        _ => Diagnosis::used(),
    }
}

/// Whether a later release may have such a port: names that Go spells differently, or that are not plain words, will not come.
fn may_come(name: &str) -> bool {
    ports::go_name(name).is_none() && is_plain_word(name)
}

fn is_plain_word(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}

/// `go env -w` checks the port and the experiments before it writes them (`checkBuildConfig`).
fn written_or(setting: &Setting<'_>, by: By) -> By {
    if setting.via == Via::WriteCommand { By::Writing } else { by }
}

fn unsupported(os: &str, arch: &str) -> String {
    format!("go: unsupported GOOS/GOARCH pair {os}/{arch}")
}

/// A level: valid ones count for their own architecture only.
pub(super) fn level(setting: &Setting<'_>, level: &Level, minor: u32) -> Diagnosis {
    let for_target = match setting.target.1 {
        Some(arch) if !level.archs.is_empty() => Some(level.archs.contains(&arch)),
        _ => None,
    };
    let valid = level.accepts_in(setting.value, minor) != Some(false);
    match for_target {
        _ if level.name == "GOFIPS140" && (valid || setting.via != Via::Environment) => fips(setting.value, minor),
        _ if !valid => bad_level(setting, level, minor, for_target).because_absent(),
        Some(false) => for_others(level),
        _ => Diagnosis::used(),
    }
}

/// An invalid level. One in the environment is an error for every architecture, unless Go swallows it; the go command does not check
/// those of files, but its compiler gets them (`Check` in `internal/buildcfg/cfg.go`, `ToolExec` in `cmd/go/internal/work/exec.go`).
fn bad_level(setting: &Setting<'_>, level: &Level, minor: u32, for_target: Option<bool>) -> Diagnosis {
    let complaint = level.complaint(setting.value, minor);
    match level.bad(minor) {
        Bad::SwallowedSince23 => {
            let reason = format!(
                "`{}` is not valid ({}), and code is built for the default `{}` without a word",
                setting.value, level.valid, level.default
            );
            Diagnosis::ignored("swallowed", reason)
        }
        Bad::Fatal if setting.via == Via::Environment => Diagnosis::rejected("bad-value", By::Every, format!("go: {complaint}")),
        _ if for_target == Some(false) => for_others(level),
        _ => Diagnosis::rejected("bad-value", By::Building, complaint),
    }
}

fn for_others(level: &Level) -> Diagnosis {
    Diagnosis::ignored("other-architecture", format!("it counts for {} only", level.archs.join(" and ")))
}

/// Which frozen modules a release brings: `lib/fips140` of its distribution.
fn fips(value: &str, minor: u32) -> Diagnosis {
    let brought = match value {
        "off" | "latest" | "inprocess" | "v1.0.0" => true,
        "certified" | "v1.26.0" => minor >= 26,
        _ => false,
    };
    if brought {
        return Diagnosis::used();
    }
    Diagnosis::rejected("bad-value", By::Every, format!("go: unknown GOFIPS140 version {value:?}")).because_absent()
}

/// GOEXPERIMENT: one unknown name stops every command (`ParseGOEXPERIMENT` in `internal/buildcfg/exp.go`).
pub(super) fn goexperiment(setting: &Setting<'_>, minor: u32) -> Diagnosis {
    let release = VersionRange::minor(minor);
    let unknown = setting.value.split(',').find(|entry| experiments::accepts(entry, release) == Some(false));
    match unknown {
        Some(entry) => {
            let message = format!("go: unknown GOEXPERIMENT {}", experiments::bare(entry));
            let rejected = Diagnosis::rejected("unknown-experiment", written_or(setting, By::Every), message);
            if is_plain_word(entry) { rejected.because_absent() } else { rejected }
        }
        None => Diagnosis::used(),
    }
}

/// GODEBUG: unknown keys are ignored; old values of removed ones stop every program built with Go 1.27 or later, the go command first.
pub(super) fn godebug(setting: &Setting<'_>, minor: u32) -> Diagnosis {
    let release = VersionRange::minor(minor);
    let entries: Vec<(&str, Option<&str>)> = debug::parse(setting.value).collect();
    let fatal = entries
        .iter()
        .find_map(|(key, value)| Some((key, (*value)?)).filter(|(key, value)| debug::fatal(key, value, release) == Some(true)));
    if let Some((key, value)) = fatal {
        return Diagnosis::rejected(
            "fatal-setting",
            By::Every,
            format!("fatal error: removed GODEBUG {key:?} set to old value {value:?} in environment"),
        );
    }
    let useless: Vec<&str> =
        entries.iter().filter(|(key, value)| value.is_none() || debug::known(key, release) == Some(false)).map(|(key, _)| *key).collect();
    let Some(first) = useless.first() else { return Diagnosis::used() };
    let verdict = if useless.len() == entries.len() { Verdict::Ignored } else { Verdict::PartlyIgnored };
    let (cause, reason) = match debug::removed(first).filter(|removed| removed.without <= minor) {
        Some(removed) => ("dead", format!("the setting `{first}` was removed in Go 1.{}", removed.without)),
        None if entries.contains(&(first, None)) => ("unknown-setting", format!("`{first}` is not of the form key=value")),
        None => match (minor..=NEWEST).find(|later| debug::known(first, VersionRange::minor(*later)) == Some(true)) {
            Some(later) => ("too-new", format!("the setting `{first}` came with Go 1.{later}")),
            None => ("unknown-setting", format!("there is no setting `{first}`")),
        },
    };
    Diagnosis::new(verdict, cause, reason).because_absent()
}

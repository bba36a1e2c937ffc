//! What `go env -w` refuses: `checkEnvWrite` and `checkBuildConfig` in `cmd/go/internal/envcmd/env.go`.

use super::super::quoted;
use super::super::variables::{Class, Variable};
use super::{By, Diagnosis, Setting};

pub(super) fn unknown_variable(name: &str) -> Diagnosis {
    refuse(format!("unknown go command variable {name}"))
}

/// What is refused because of the variable, or because of a value that `go env -w` checks. Values that pass may still be rejected later.
pub(super) fn refused(setting: &Setting<'_>, variable: &Variable, minor: u32) -> Option<Diagnosis> {
    let name = variable.name;
    let message = match variable.class {
        _ if minor < variable.span.since => format!("unknown go command variable {name}"),
        Class::Computed if minor < 24 && name.starts_with("GOTELEMETRY") => format!("unknown go command variable {name}"),
        Class::Computed => format!("{name} cannot be modified"),
        Class::ByHand if name == "GOWORK" || minor >= 27 => format!("{name} cannot be modified"),
        Class::ByHand if !setting.value.is_empty() => return Some(goroot()),
        Class::EnvironmentOnly if name == "GOENV" || name == "GODEBUG" && minor >= 23 => {
            format!("{name} can only be set using the OS environment")
        }
        Class::EnvironmentOnly | Class::Runtime | Class::Development | Class::Dead | Class::Never => {
            format!("unknown go command variable {name}")
        }
        _ => return refused_value(setting).map(refuse),
    };
    Some(refuse(message))
}

/// Up to Go 1.26 it is written, and then every command follows it.
fn goroot() -> Diagnosis {
    Diagnosis::harmful(
        "write-refused",
        "a GOROOT in the file of `go env -w` outlives the Go it names, and then every go command fails, `go env -u GOROOT` included",
    )
}

fn refused_value(setting: &Setting<'_>) -> Option<String> {
    let (name, value) = (setting.name, setting.value);
    let relative = !value.is_empty() && !setting.is_absolute(value);
    match name {
        "GO111MODULE" if !matches!(value, "" | "on" | "off" | "auto") => Some(format!("invalid {name} value {value:?}")),
        "GOPATH" if value.starts_with('~') => Some(format!("GOPATH entry cannot start with shell metacharacter '~': {value:?}")),
        "GOPATH" | "GOMODCACHE" if relative => Some(format!("{name} entry is relative; must be absolute path: {value:?}")),
        "GOTMPDIR" if relative => Some("GOTMPDIR must be an absolute path".to_owned()),
        "CC" | "CXX" => refused_compiler(setting),
        _ if value.contains('\0') => Some(format!("invalid NUL in {name}=... value")),
        _ if value.contains(['\u{b}', '\r', '\n']) => Some(format!("invalid newline in {name}=... value")),
        _ => None,
    }
}

fn refused_compiler(setting: &Setting<'_>) -> Option<String> {
    let name = setting.name;
    match quoted::split(setting.value).as_deref() {
        Err(quote) => Some(format!("invalid {name}: unterminated {quote} string")),
        Ok([]) if !setting.value.is_empty() => Some(format!("{name} entry cannot contain only space")),
        Ok([program, ..]) if program.contains('/') && !setting.is_absolute(program) => {
            Some(format!("{name} entry is relative; must be absolute path: {program:?}"))
        }
        Ok(_) => None,
    }
}

fn refuse(message: String) -> Diagnosis {
    Diagnosis::rejected("write-refused", By::Writing, format!("go: {message}"))
}

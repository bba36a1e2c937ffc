//! Variables that hold directories and files.
//!
//! Go expands nothing in them: `~`, `$HOME` and `%USERPROFILE%` are ordinary characters by the time it reads them.

use super::{By, Diagnosis, Setting, Via};

/// `cmd/go/internal/cache/default.go`.
pub(super) fn gocache(setting: &Setting<'_>) -> Diagnosis {
    match setting.value {
        "off" => Diagnosis::rejected("disabled", By::Building, "build cache is disabled by GOCACHE=off, but required as of Go 1.12"),
        path if setting.is_absolute(path) => absolute(setting, Diagnosis::used()),
        _ => {
            relative(setting, By::Building, "build cache is required, but could not be located: GOCACHE is not an absolute path".to_owned())
        }
    }
}

/// `cmd/go/internal/modfetch/cache.go`, `checkCacheDir`.
pub(super) fn gomodcache(setting: &Setting<'_>) -> Diagnosis {
    if setting.is_absolute(setting.value) {
        return absolute(setting, Diagnosis::used());
    }
    relative(setting, By::Downloading, format!("go: GOMODCACHE entry is relative; must be absolute path: {:?}.", setting.value))
}

/// `cmd/go/main.go`: every entry of the list is checked.
pub(super) fn gopath(setting: &Setting<'_>) -> Diagnosis {
    let separator = if setting.host.is_some_and(|(os, _)| os == "windows") { ';' } else { ':' };
    let windows_unknown = setting.host.is_none() && setting.is_absolute(setting.value) && !setting.value.starts_with('/');
    let whole = [setting.value];
    let entries: Vec<&str> =
        if windows_unknown { whole.to_vec() } else { setting.value.split(separator).filter(|entry| !entry.is_empty()).collect() };
    match entries.into_iter().find(|entry| !setting.is_absolute(entry)) {
        Some(entry) if entry.starts_with('~') => {
            relative(setting, By::Every, format!("go: GOPATH entry cannot start with shell metacharacter '~': {entry:?}"))
        }
        Some(entry) => relative(setting, By::Every, format!("go: GOPATH entry is relative; must be absolute path: {entry:?}.")),
        None => absolute(setting, Diagnosis::used()),
    }
}

/// `cmd/go/internal/work/build.go`, `InstallPackages`.
pub(super) fn gobin(setting: &Setting<'_>) -> Diagnosis {
    if !setting.is_absolute(setting.value) {
        return relative(setting, By::Installing, "cannot install, GOBIN must be an absolute path".to_owned());
    }
    match (setting.host, setting.target) {
        (Some((os, arch)), (goos, goarch)) if goos.is_some_and(|goos| goos != os) || goarch.is_some_and(|goarch| goarch != arch) => {
            Diagnosis::rejected("cross-install", By::Installing, "cannot install cross-compiled binaries when GOBIN is set")
        }
        _ => absolute(setting, Diagnosis::used()),
    }
}

/// Its directories are made in the one it names, which is never made itself (`cmd/go/internal/work/action.go`, `NewBuilder`).
pub(super) fn gotmpdir(setting: &Setting<'_>) -> Diagnosis {
    let missing = || format!("go: creating work dir: stat {}: no such file or directory", setting.value);
    if unexpanded(setting.value).is_some() && !setting.is_absolute(setting.value) {
        return relative(setting, By::Building, missing());
    }
    let reason = if setting.is_absolute(setting.value) {
        "the directory must exist; Go does not make it"
    } else {
        "it is taken from the working directory, and must exist there; Go does not make it"
    };
    absolute(setting, Diagnosis::conditional("must-exist", reason))
}

/// `cmd/go/main.go`.
pub(super) fn goroot(setting: &Setting<'_>) -> Diagnosis {
    if !setting.is_absolute(setting.value) {
        return relative(setting, By::Every, format!("go: cannot find GOROOT directory: {}", setting.value));
    }
    absolute(
        setting,
        Diagnosis::conditional(
            "must-exist",
            "it must be the directory that the go command itself was installed in; Go finds that without being told",
        ),
    )
}

/// `cmd/go/internal/modload/init.go`, `FindGoWork`.
pub(super) fn gowork(setting: &Setting<'_>) -> Diagnosis {
    match setting.value {
        "off" | "auto" => Diagnosis::used(),
        path if setting.is_absolute(path) => absolute(setting, Diagnosis::conditional("must-exist", "the file must exist")),
        _ => relative(setting, By::Every, "go: invalid GOWORK: not an absolute path".to_owned()),
    }
}

/// `cmd/go/internal/cfg/cfg.go`, `EnvFile`.
pub(super) fn goenv(setting: &Setting<'_>) -> Diagnosis {
    match setting.value {
        "off" => Diagnosis::used(),
        path if setting.is_absolute(path) => absolute(setting, Diagnosis::used()),
        path => match unexpanded(path) {
            Some(text) => Diagnosis::ignored("unexpanded", not_expanded(text)),
            None => Diagnosis::conditional("relative", "the file is looked for in the working directory of each go command"),
        },
    }
}

/// Variables of the system that Go finds its directories by (`os.UserCacheDir`, `os.UserConfigDir`, `os.TempDir`); those of Unix.
pub(super) fn of_system(setting: &Setting<'_>, minor: u32) -> Option<Diagnosis> {
    let is_xdg = matches!(setting.name, "XDG_CACHE_HOME" | "XDG_CONFIG_HOME");
    let reads_it = match setting.host {
        Some(("windows", _)) => false,
        Some(("darwin" | "ios", _)) => !is_xdg,
        _ => is_xdg || setting.name == "TMPDIR",
    };
    if !reads_it || setting.value.is_empty() || setting.via != Via::Environment {
        return None;
    }
    Some(match setting.name {
        "TMPDIR" => gotmpdir(setting),
        _ if setting.is_absolute(setting.value) => absolute(setting, Diagnosis::used()),
        _ if minor < 24 => Diagnosis::conditional("relative", "it is taken from the working directory of each go command"),
        "XDG_CACHE_HOME" => {
            let message =
                "build cache is required, but could not be located: GOCACHE is not defined and path in $XDG_CACHE_HOME is relative";
            relative(setting, By::Building, message.to_owned())
        }
        _ => Diagnosis::ignored("relative", "a relative directory is not used, so Go has no file of `go env -w`"),
    })
}

/// A path that is not absolute: rejected, and perhaps because its author counted on a shell.
fn relative(setting: &Setting<'_>, by: By, message: String) -> Diagnosis {
    match unexpanded(setting.value) {
        Some("~") => Diagnosis::rejected_because("literal-home", by, message, not_expanded("~")),
        Some(text) => Diagnosis::rejected_because("unexpanded", by, message, not_expanded(text)),
        None => Diagnosis::rejected("relative", by, message),
    }
}

/// An absolute path may still hold a variable that nobody expands: the directory is then really called so.
fn absolute(setting: &Setting<'_>, otherwise: Diagnosis) -> Diagnosis {
    if setting.via != Via::Environment && setting.value.ends_with('\r') {
        return Diagnosis::harmful("bad-value", "the carriage return at the end of the line is part of the path");
    }
    match unexpanded(setting.value) {
        Some(text) if text != "~" => {
            Diagnosis::harmful("unexpanded", format!("{}; the path contains these very characters", not_expanded(text)))
        }
        _ => otherwise,
    }
}

pub(super) fn not_expanded(text: &str) -> String {
    format!("Go does not expand `{text}`, and neither does whoever sets the variable")
}

/// What a shell would have expanded at the beginning of a path or within it.
fn unexpanded(path: &str) -> Option<&str> {
    let tilde = path.starts_with('~').then(|| path.get(..1)).flatten();
    tilde.or_else(|| unexpanded_variable(path))
}

/// What a shell would have expanded anywhere: `$NAME`, `${NAME}`, `$(command)`, `%NAME%`.
pub(super) fn unexpanded_variable(text: &str) -> Option<&str> {
    dollar(text).or_else(|| percent(text))
}

/// `$NAME`, `${NAME}` with whatever else the braces hold, `$(command)`; not `$5`, and not the `${{` of a workflow.
fn dollar(path: &str) -> Option<&str> {
    path.match_indices('$').find_map(|(index, _)| {
        let rest = path.get(index..)?;
        let inner = rest.get(1..)?;
        let is_start = |c: char| c.is_ascii_alphabetic() || c == '_';
        let end = match inner.chars().next()? {
            '{' if inner.get(1..)?.starts_with(is_start) => closing(inner, '}')? + 1,
            '(' => closing(inner, ')')? + 1,
            first if is_start(first) => inner.len() - inner.trim_start_matches(is_name).len(),
            _ => return None,
        };
        rest.get(..=end)
    })
}

/// Where a bracket is closed, not too far away: a text of many open ones must not take time squared.
fn closing(text: &str, bracket: char) -> Option<usize> {
    text.char_indices().take(200).find(|(_, c)| *c == bracket).map(|(index, _)| index)
}

fn percent(path: &str) -> Option<&str> {
    let mut marks = path.match_indices('%').map(|(index, _)| index);
    let (first, second) = (marks.next()?, marks.next()?);
    let name = path.get(first + 1..second)?;
    let is_name = !name.is_empty() && name.chars().all(is_name) && !name.starts_with(|c: char| c.is_ascii_digit());
    path.get(first..=second).filter(|_| is_name)
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_shell_would_expand_is_found() {
        for (path, found) in [
            ("~/go", Some("~")),
            ("$HOME/go", Some("$HOME")),
            ("/x/${USER}/y", Some("${USER}")),
            (r"%USERPROFILE%\go", Some("%USERPROFILE%")),
            ("${TMPDIR:-/tmp}/x", Some("${TMPDIR:-/tmp}")),
            ("/x/$(pwd)/y", Some("$(pwd)")),
            ("/a~b/$/100%/${{ x }}", None),
            ("/a%20b%20c", None),
            ("/price$5", None),
        ] {
            assert_eq!(unexpanded(path), found, "{path}");
        }
    }
}

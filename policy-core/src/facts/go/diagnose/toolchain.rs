//! GOTOOLCHAIN and GO111MODULE.

use super::{By, Diagnosis, Setting};
use crate::facts::toolchain::version_of;
use crate::facts::version::{GoVersion, Rest};

/// `local`, `auto`, `path`, or the name of a toolchain, the last and the first with `+auto` or `+path` behind if wanted
/// (`cmd/go/internal/toolchain/select.go`, `Select`).
pub(super) fn gotoolchain(setting: &Setting<'_>) -> Diagnosis {
    let value = setting.value;
    if matches!(value, "auto" | "path" | "local") {
        return Diagnosis::used();
    }
    let (base, suffix) = value.split_once('+').map_or((value, None), |(base, suffix)| (base, Some(suffix)));
    let named = version_of(base);
    match (named, suffix) {
        (None, _) if base == "local" => known_suffix(setting, suffix, Diagnosis::used()),
        (None, Some(_)) => invalid(format!("go: invalid GOTOOLCHAIN {value:?}: invalid minimum toolchain {base:?}")),
        (None, None) => invalid(format!("go: invalid GOTOOLCHAIN {value:?}")),
        (Some(version), suffix) => known_suffix(setting, suffix, named_toolchain(setting, base, version)),
    }
}

fn known_suffix(setting: &Setting<'_>, suffix: Option<&str>, otherwise: Diagnosis) -> Diagnosis {
    match suffix {
        None | Some("auto" | "path") => otherwise,
        Some(_) => invalid(format!("go: invalid GOTOOLCHAIN {:?}: only version suffixes are +auto and +path", setting.value)),
    }
}

fn invalid(message: String) -> Diagnosis {
    Diagnosis::rejected("bad-value", By::Every, message)
}

/// Since Go 1.21 a first release is `go1.N.0`; `go1.N` names a language, and there is no such toolchain to fetch.
fn named_toolchain(setting: &Setting<'_>, name: &str, version: GoVersion) -> Diagnosis {
    let is_language = version.rest == Rest::Language && version.minor >= 21 && name == format!("go{version}");
    if is_language {
        let message = format!("go: invalid toolchain: {name} is a language version but not a toolchain version ({name}.x)");
        return Diagnosis::rejected("language-version", By::Every, message);
    }
    if setting.go.single() == Some(version) {
        return Diagnosis::used();
    }
    Diagnosis::conditional("downloads", format!("{name} is looked for on the PATH, and then downloaded, unless it is the Go that runs"))
}

/// `cmd/go/internal/modload/init.go`, `Init`.
pub(super) fn go111module(setting: &Setting<'_>) -> Diagnosis {
    match setting.value {
        "on" | "auto" => Diagnosis::used(),
        "off" => Diagnosis::harmful(
            "disabled",
            "modules are off: go.mod is ignored, packages are looked for in GOPATH, and GOTOOLCHAIN does not switch",
        ),
        value => Diagnosis::rejected("bad-value", By::Every, format!("go: unknown environment setting GO111MODULE={value}")),
    }
}

//! Which Go really runs: the installed one, or the one it switches to.
//!
//! Source: <https://go.dev/doc/toolchain> and `cmd/go/internal/toolchain/select.go`.

use super::go::release::agree;
use super::project::{ModuleFile, Modules, release_of};
use super::version::{GoVersion, VersionRange};
use crate::text::Location;

#[cfg(test)]
#[cfg(target_os = "linux")]
mod against_go;

/// The first release that switches.
const FIRST_SWITCHING: GoVersion = GoVersion { major: 1, minor: 21, rest: super::version::Rest::Language };

/// What `GOTOOLCHAIN` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Policy {
    /// `local`: the installed Go, whatever go.mod says.
    Local,
    /// `auto`, `path`: at least the installed Go; newer if go.mod asks.
    Newer,
    /// `go1.22.3`: that release and no other.
    Fixed(GoVersion),
    /// `go1.22.3+auto`: at least that release.
    AtLeast(GoVersion),
}

/// Which Go runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Selection {
    /// One of these versions runs.
    Runs(VersionRange),
    /// The command fails: the module needs this version, and nothing may be switched to.
    TooOld(GoVersion),
    /// It cannot be told.
    Unknown,
}

impl Policy {
    /// Reads a value of `GOTOOLCHAIN`; `None` if Go rejects it. Where it is empty, nothing is selected.
    pub(crate) fn parse(value: &str) -> Option<Self> {
        let (name, mode) = value.split_once('+').map_or((value, None), |(name, mode)| (name, Some(mode)));
        match (name, mode) {
            ("" | "local", None) => Some(Self::Local),
            ("auto" | "path", None) | ("local", Some("auto" | "path")) => Some(Self::Newer),
            (name, None) => version_of(name).map(Self::Fixed),
            (name, Some("auto" | "path")) => version_of(name).map(Self::AtLeast),
            _ => None,
        }
    }

    /// What is left of it where a module says `toolchain default`.
    fn without_upgrades(self) -> Self {
        match self {
            Self::Newer => Self::Local,
            Self::AtLeast(version) => Self::Fixed(version),
            Self::Local | Self::Fixed(_) => self,
        }
    }
}

/// The version in the name of a toolchain: `go1.22.3`, `go1.22.3-suffix` (`gover.FromToolchain`).
pub(crate) fn version_of(name: &str) -> Option<GoVersion> {
    let text = name.strip_prefix("go").filter(|text| text.starts_with(|first: char| first.is_ascii_digit()))?;
    if name.contains(['\\', '/']) { None } else { GoVersion::parse(text.split('\t').next()?) }
}

/// What decides which Go runs, besides the one that is installed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wishes<'a> {
    /// `GOTOOLCHAIN`, empty if nothing sets it.
    pub(crate) gotoolchain: &'a str,
    /// `GO111MODULE`, empty if nothing sets it.
    pub(crate) go111module: &'a str,
    /// Whether `GOWORK=off`.
    pub(crate) workspace_off: bool,
}

/// Selects where these module files are found; `None` if Go rejects a value, or it is not known.
pub(crate) fn select_for(installed: VersionRange, wishes: Wishes<'_>, modules: &Modules) -> Option<Selection> {
    let file = modules.deciding(wishes.workspace_off).filter(|_| wishes.go111module != "off");
    let policy = if wishes.selects(installed, modules)? { Policy::parse(wishes.gotoolchain)? } else { Policy::Local };
    let keeps_default = file.is_some_and(ModuleFile::keeps_default_toolchain);
    let (go, toolchain) = (file.and_then(ModuleFile::go), file.and_then(ModuleFile::toolchain));
    let version = |line: Option<(GoVersion, Location)>| line.map(|(version, _)| version);
    Some(select(installed, if keeps_default { policy.without_upgrades() } else { policy }, version(go), version(toolchain)))
}

impl Wishes<'_> {
    /// Whether a toolchain is selected at all: not where modules are off. With `auto` a go.work without a go.mod counts since Go 1.27
    /// (`WillBeEnabled` in `cmd/go/internal/modload/init.go`).
    fn selects(self, installed: VersionRange, modules: &Modules) -> Option<bool> {
        match self.go111module {
            "" | "on" => Some(true),
            "auto" if modules.go_mod.is_some() => Some(true),
            "auto" if modules.deciding(self.workspace_off).is_some() => agree(installed, |minor| Some(minor >= 27)),
            _ => Some(false),
        }
    }
}

/// Selects. `go` and `toolchain` are the lines of the deciding module file.
pub(crate) fn select(installed: VersionRange, policy: Policy, go: Option<GoVersion>, toolchain: Option<GoVersion>) -> Selection {
    match installed.below(FIRST_SWITCHING) {
        Some(true) => return Selection::Runs(installed),
        None => return Selection::Unknown,
        Some(false) => {}
    }
    match policy {
        Policy::Local => fixed(installed, go),
        Policy::Newer => newest(installed, go, toolchain),
        Policy::Fixed(version) if is_release(version) => fixed(VersionRange::exact(version), go),
        Policy::AtLeast(version) if is_release(version) => newest(VersionRange::exact(version), go, toolchain),
        Policy::Fixed(_) | Policy::AtLeast(_) => Selection::Unknown,
    }
}

/// Whether there is a toolchain of that name: since Go 1.21 `go1.N` is a language only.
fn is_release(version: GoVersion) -> bool {
    release_of(version) == version
}

fn fixed(running: VersionRange, go: Option<GoVersion>) -> Selection {
    match go.map(|go| (go, running.below(go))) {
        None | Some((_, Some(false))) => Selection::Runs(running),
        Some((go, Some(true))) => Selection::TooOld(release_of(go)),
        Some((_, None)) => Selection::Unknown,
    }
}

/// A `go` line asks for the first release of its language; a `toolchain` line names a toolchain, which must exist.
fn newest(running: VersionRange, go: Option<GoVersion>, toolchain: Option<GoVersion>) -> Selection {
    let wanted = if go > toolchain { go.map(release_of) } else { toolchain };
    match go.max(toolchain).zip(wanted).map(|(asked, wanted)| (wanted, running.below(asked))) {
        None | Some((_, Some(false))) => Selection::Runs(running),
        Some((wanted, _)) if !is_release(wanted) => Selection::Unknown,
        Some((wanted, Some(true))) => Selection::Runs(VersionRange::exact(wanted)),
        Some((wanted, None)) => Selection::Runs(VersionRange { low: Some(wanted), high: running.high }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn go_runs_what_toolchain_lines_and_gotoolchain_ask_for() {
        let run = |installed: VersionRange, policy: &str, go: &str, toolchain: Option<&str>| match select(
            installed,
            Policy::parse(policy).unwrap(),
            GoVersion::parse(go),
            toolchain.and_then(GoVersion::parse),
        ) {
            Selection::Runs(range) => range.to_string(),
            Selection::TooOld(needs) => format!("needs {needs}"),
            Selection::Unknown => "unknown".into(),
        };
        let installed = VersionRange::minor(22);
        assert_eq!(run(installed, "local", "1.24", None), "needs 1.24.0");
        assert_eq!(run(installed, "auto", "1.24", None), "1.24.0");
        assert_eq!(run(installed, "auto", "1.21", Some("go1.23.4")), "1.23.4");
        assert_eq!(run(installed, "local", "1.21", Some("go1.23.4")), "1.22.x");
        assert_eq!(run(installed, "local", "1.22.5", None), "unknown");
        assert_eq!(run(installed, "auto", "1.22.5", None), "1.22.x");
        assert_eq!(run(installed, "go1.23.1", "1.22", None), "1.23.1");
        assert_eq!(run(installed, "go1.21.1+auto", "1.22", None), "1.22.0");
        assert_eq!(run(VersionRange::minor(20), "auto", "1.24", None), "1.20.x");
        assert_eq!(run(installed, "", "1.20", Some("go1.24.1")), "1.22.x");
        assert_eq!(run(installed, "auto", "1.21", Some("go1.24")), "unknown", "there is no such toolchain");
        assert_eq!(run(installed, "go1.24", "1.21", None), "unknown");
        assert_eq!(run(installed, "go1.20", "1.19", None), "1.20", "before Go 1.21 there was");
        assert_eq!(run(VersionRange::exact(GoVersion::parse("1.24rc1").unwrap()), "local", "1.24", None), "1.24rc1");
        for bad in ["stable", "1.22.3", "gogo1.22.3", "go1.22.3+newest", "local+", "go1.022.1", "go1.22.3/x"] {
            assert_eq!(Policy::parse(bad), None, "{bad}");
        }
    }
}

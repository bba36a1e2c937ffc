//! Which Go really runs: the installed one, or the one it switches to.
//!
//! Source: <https://go.dev/doc/toolchain> and `cmd/go/internal/toolchain/select.go`.

use super::project::release_of;
use super::version::{GoVersion, VersionRange};

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
    /// Reads a value of `GOTOOLCHAIN`; `None` if Go rejects it.
    pub(crate) fn parse(value: &str) -> Option<Self> {
        let (name, mode) = value.split_once('+').map_or((value, None), |(name, mode)| (name, Some(mode)));
        match (name, mode) {
            ("local", None) => Some(Self::Local),
            ("auto" | "path", None) | ("local", Some("auto" | "path")) => Some(Self::Newer),
            (name, None) => GoVersion::parse(name.strip_prefix("go")?).map(Self::Fixed),
            (name, Some("auto" | "path")) => GoVersion::parse(name.strip_prefix("go")?).map(Self::AtLeast),
            _ => None,
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
    let go = go.map(release_of);
    match policy {
        Policy::Local => fixed(installed, go),
        Policy::Fixed(version) => fixed(VersionRange::exact(release_of(version)), go),
        Policy::Newer => newest(installed, go.max(toolchain)),
        Policy::AtLeast(version) => newest(VersionRange::exact(release_of(version)), go.max(toolchain)),
    }
}

fn fixed(running: VersionRange, go: Option<GoVersion>) -> Selection {
    match go.map(|go| (go, running.below(go))) {
        None | Some((_, Some(false))) => Selection::Runs(running),
        Some((go, Some(true))) => Selection::TooOld(go),
        Some((_, None)) => Selection::Unknown,
    }
}

fn newest(running: VersionRange, wanted: Option<GoVersion>) -> Selection {
    match wanted.map(|wanted| (wanted, running.below(wanted))) {
        None | Some((_, Some(false))) => Selection::Runs(running),
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
        assert_eq!(Policy::parse("stable"), None);
    }
}

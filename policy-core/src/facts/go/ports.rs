//! Which pairs of GOOS and GOARCH there are.
//!
//! Source: `go tool dist list -json` and `-broken` of every release from 1.21 to 1.27 (`internal/platform/zosarch.go`).

use super::release::{Span, agree};
use crate::facts::version::VersionRange;

/// A pair of operating system and architecture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Port {
    /// GOOS.
    pub os: &'static str,
    /// GOARCH.
    pub arch: &'static str,
    /// The releases that have it (21: or earlier). The go command builds for broken ports too.
    pub span: Span,
    /// The releases in which cgo works there.
    pub cgo: Option<Span>,
    /// The releases in which the Go project calls it broken.
    pub broken: Option<Span>,
}

/// The port of that pair.
pub(crate) fn lookup(os: &str, arch: &str) -> Option<&'static Port> {
    PORTS.iter().find(|port| port.os == os && port.arch == arch)
}

/// All ports that some known release has.
pub(crate) fn all() -> impl Iterator<Item = &'static Port> {
    PORTS.iter()
}

/// Whether Go builds for the pair.
pub(crate) fn supported(os: &str, arch: &str, versions: VersionRange) -> Option<bool> {
    lookup(os, arch).map_or(UNKNOWN, |port| port.span).holds_as_measured(versions)
}

/// Whether cgo works for the pair.
pub(crate) fn cgo_supported(os: &str, arch: &str, versions: VersionRange) -> Option<bool> {
    lookup(os, arch).and_then(|port| port.cgo).unwrap_or(UNKNOWN).holds_as_measured(versions)
}

/// Whether some port has this GOOS.
pub(crate) fn is_os(name: &str, versions: VersionRange) -> Option<bool> {
    any(|port| port.os == name, versions)
}

/// Whether some port has this GOARCH.
pub(crate) fn is_arch(name: &str, versions: VersionRange) -> Option<bool> {
    any(|port| port.arch == name, versions)
}

/// What Go calls an operating system or architecture that others call differently: `aarch64`, but not `arm64` itself.
pub(crate) fn other_name(name: &str) -> Option<&'static str> {
    let name = name.to_ascii_lowercase();
    OTHER_NAMES.iter().find(|(other, _)| *other == name).map(|(_, ours)| *ours)
}

/// What Go calls an operating system or architecture that others call differently, or in capitals.
pub(crate) fn go_name(name: &str) -> Option<&'static str> {
    let listed = other_name(name);
    let name = name.to_ascii_lowercase();
    listed.or_else(|| PORTS.iter().flat_map(|port| [port.os, port.arch]).find(|ours| *ours == name))
}

const OTHER_NAMES: &[(&str, &str)] = &[
    ("aarch64", "arm64"),
    ("armv6", "arm"),
    ("armv7", "arm"),
    ("i386", "386"),
    ("i686", "386"),
    ("mac", "darwin"),
    ("macos", "darwin"),
    ("osx", "darwin"),
    ("ubuntu", "linux"),
    ("win", "windows"),
    ("win32", "windows"),
    ("win64", "windows"),
    ("x64", "amd64"),
    ("x86", "386"),
    ("x86_64", "amd64"),
];

fn any(matches: impl Fn(&Port) -> bool, versions: VersionRange) -> Option<bool> {
    agree(versions, |minor| {
        let measured = minor >= super::release::OLDEST;
        let found = PORTS.iter().any(|port| matches(port) && port.span.covers(minor) == Some(true));
        (measured && (found || minor <= super::release::NEWEST)).then_some(found)
    })
}

/// The span of a port that no known release has.
const UNKNOWN: Span = Span::between(0, 0);

const fn row(os: &'static str, arch: &'static str, span: Span, cgo: Option<Span>, broken: Option<Span>) -> Port {
    Port { os, arch, span, cgo, broken }
}

#[rustfmt::skip]
const PORTS: &[Port] = &[
    row("aix", "ppc64", Span::since(21), Some(Span::since(21)), None),
    row("android", "386", Span::since(21), Some(Span::since(21)), None),
    row("android", "amd64", Span::since(21), Some(Span::since(21)), None),
    row("android", "arm", Span::since(21), Some(Span::since(21)), None),
    row("android", "arm64", Span::since(21), Some(Span::since(21)), None),
    row("darwin", "amd64", Span::since(21), Some(Span::since(21)), None),
    row("darwin", "arm64", Span::since(21), Some(Span::since(21)), None),
    row("dragonfly", "amd64", Span::since(21), Some(Span::since(21)), None),
    row("freebsd", "386", Span::since(21), Some(Span::since(21)), None),
    row("freebsd", "amd64", Span::since(21), Some(Span::since(21)), None),
    row("freebsd", "arm", Span::since(21), Some(Span::since(21)), None),
    row("freebsd", "arm64", Span::since(21), Some(Span::since(21)), None),
    row("freebsd", "riscv64", Span::since(21), Some(Span::since(21)), Some(Span::since(26))),
    row("illumos", "amd64", Span::since(21), Some(Span::since(21)), None),
    row("ios", "amd64", Span::since(21), Some(Span::since(21)), None),
    row("ios", "arm64", Span::since(21), Some(Span::since(21)), None),
    row("js", "wasm", Span::since(21), None, None),
    row("linux", "386", Span::since(21), Some(Span::since(21)), None),
    row("linux", "amd64", Span::since(21), Some(Span::since(21)), None),
    row("linux", "arm", Span::since(21), Some(Span::since(21)), None),
    row("linux", "arm64", Span::since(21), Some(Span::since(21)), None),
    row("linux", "loong64", Span::since(21), Some(Span::since(21)), None),
    row("linux", "mips", Span::since(21), Some(Span::since(21)), None),
    row("linux", "mips64", Span::since(21), Some(Span::since(21)), None),
    row("linux", "mips64le", Span::since(21), Some(Span::since(21)), None),
    row("linux", "mipsle", Span::since(21), Some(Span::since(21)), None),
    row("linux", "ppc64", Span::since(21), Some(Span::since(27)), None),
    row("linux", "ppc64le", Span::since(21), Some(Span::since(21)), None),
    row("linux", "riscv64", Span::since(21), Some(Span::since(21)), None),
    row("linux", "s390x", Span::since(21), Some(Span::since(21)), None),
    row("linux", "sparc64", Span::since(21), Some(Span::since(21)), Some(Span::since(21))),
    row("netbsd", "386", Span::since(21), Some(Span::since(21)), None),
    row("netbsd", "amd64", Span::since(21), Some(Span::since(21)), None),
    row("netbsd", "arm", Span::since(21), Some(Span::since(21)), None),
    row("netbsd", "arm64", Span::since(21), Some(Span::since(21)), None),
    row("openbsd", "386", Span::since(21), Some(Span::since(21)), None),
    row("openbsd", "amd64", Span::since(21), Some(Span::since(21)), None),
    row("openbsd", "arm", Span::since(21), Some(Span::since(21)), None),
    row("openbsd", "arm64", Span::since(21), Some(Span::since(21)), None),
    row("openbsd", "mips64", Span::between(21, 26), Some(Span::between(21, 26)), Some(Span::between(21, 26))),
    row("openbsd", "ppc64", Span::since(21), None, Some(Span::between(21, 21))),
    row("openbsd", "riscv64", Span::since(22), Some(Span::since(23)), Some(Span::between(22, 22))),
    row("plan9", "386", Span::since(21), None, None),
    row("plan9", "amd64", Span::since(21), None, None),
    row("plan9", "arm", Span::since(21), None, None),
    row("solaris", "amd64", Span::since(21), Some(Span::since(21)), None),
    row("wasip1", "wasm", Span::since(21), None, None),
    row("windows", "386", Span::since(21), Some(Span::since(21)), None),
    row("windows", "amd64", Span::since(21), Some(Span::since(21)), None),
    row("windows", "arm", Span::between(21, 25), None, Some(Span::between(24, 25))),
    row("windows", "arm64", Span::since(21), Some(Span::since(21)), None),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::version::GoVersion;

    #[test]
    fn pairs_and_cgo_depend_on_the_release() {
        assert_eq!(supported("linux", "amd64", VersionRange { low: None, high: None }), Some(true));
        assert_eq!(supported("darwin", "386", VersionRange::at_least(GoVersion::release(21, 0))), None, "a later release might have it");
        assert_eq!(supported("darwin", "386", VersionRange::minor(27)), Some(false));
        assert_eq!(supported("windows", "arm", VersionRange::minor(26)), Some(false));
        assert_eq!(
            (cgo_supported("linux", "ppc64", VersionRange::minor(26)), cgo_supported("linux", "ppc64", VersionRange::minor(27))),
            (Some(false), Some(true))
        );
    }

    #[test]
    fn names_are_case_sensitive_and_others_are_translated() {
        assert_eq!((is_os("Linux", VersionRange::minor(22)), is_arch("wasm", VersionRange::minor(22))), (Some(false), Some(true)));
        assert_eq!(
            (go_name("Linux"), go_name("x86_64"), go_name("macOS"), go_name("beos")),
            (Some("linux"), Some("amd64"), Some("darwin"), None)
        );
    }
}

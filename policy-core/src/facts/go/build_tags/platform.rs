//! Systems that code is built for, and the tags they set.

use std::collections::BTreeMap;

use crate::facts::go::ports;

/// The tag of all systems like Unix.
pub(crate) const UNIX: &str = "unix";

/// Past, present and future values of GOOS (`KnownOS`), and whether the tag `unix` is set there (`UnixOS`).
const SYSTEMS: &[(&str, bool)] = &[
    ("aix", true),
    ("android", true),
    ("darwin", true),
    ("dragonfly", true),
    ("freebsd", true),
    ("hurd", true),
    ("illumos", true),
    ("ios", true),
    ("js", false),
    ("linux", true),
    ("nacl", false),
    ("netbsd", true),
    ("openbsd", true),
    ("plan9", false),
    ("solaris", true),
    ("wasip1", false),
    ("windows", false),
    ("zos", false),
];

/// Past, present and future values of GOARCH (`KnownArch`).
const ARCHITECTURES: &[&str] = &[
    "386",
    "amd64",
    "amd64p32",
    "arm",
    "arm64",
    "arm64be",
    "armbe",
    "loong64",
    "mips",
    "mips64",
    "mips64le",
    "mips64p32",
    "mips64p32le",
    "mipsle",
    "ppc",
    "ppc64",
    "ppc64le",
    "riscv",
    "riscv64",
    "s390",
    "s390x",
    "sparc",
    "sparc64",
    "wasm",
];

/// A pair of GOOS and GOARCH.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Platform<'n> {
    pub(crate) os: &'n str,
    pub(crate) arch: &'n str,
}

impl Platform<'_> {
    /// Whether a tag that names systems or architectures is set (`matchTag`).
    pub(crate) fn sets(self, tag: &str) -> bool {
        let implied = match self.os {
            "android" => "linux",
            "illumos" => "solaris",
            "ios" => "darwin",
            _ => self.os,
        };
        tag == self.os || tag == self.arch || tag == implied || (tag == UNIX && is_unix(self.os))
    }
}

/// Whether Go takes this for a value of GOOS, now or in the past or future.
pub(crate) fn is_os(name: &str) -> bool {
    SYSTEMS.iter().any(|(os, _)| *os == name)
}

/// Whether Go takes this for a value of GOARCH, now or in the past or future.
pub(crate) fn is_arch(name: &str) -> bool {
    ARCHITECTURES.contains(&name)
}

fn is_unix(os: &str) -> bool {
    SYSTEMS.iter().any(|(name, unix)| *name == os && *unix)
}

/// A set of pairs, and for each tag of systems and architectures which of them set it.
#[derive(Debug)]
pub(crate) struct Platforms {
    count: usize,
    by_tag: BTreeMap<&'static str, Bits>,
}

/// Members of a set, a bit for each.
type Bits = Vec<u64>;

impl Platforms {
    pub(crate) fn new(platforms: impl Iterator<Item = Platform<'static>>) -> Self {
        let platforms: Vec<Platform<'static>> = platforms.collect();
        let tags = SYSTEMS.iter().map(|(os, _)| *os).chain(ARCHITECTURES.iter().copied()).chain([UNIX]);
        let by_tag = tags.map(|tag| (tag, bits(platforms.iter().map(|platform| platform.sets(tag))))).collect();
        Self { count: platforms.len(), by_tag }
    }

    /// Every way in which these tags are set together on some of the platforms.
    pub(crate) fn combinations<'e>(&self, tags: &[&'e str]) -> Vec<Vec<(&'e str, bool)>> {
        let all = bits((0..self.count).map(|_| true));
        let mut cells: Vec<(Bits, Vec<(&'e str, bool)>)> = vec![(all, Vec::new())];
        for tag in tags {
            let Some(set) = self.by_tag.get(tag) else { continue };
            let split = |(cell, known): &(Bits, Vec<(&'e str, bool)>)| {
                [true, false].map(|is_set| {
                    let part: Bits = cell.iter().zip(set).map(|(cell, set)| cell & if is_set { *set } else { !*set }).collect();
                    (part, [known.as_slice(), &[(*tag, is_set)]].concat())
                })
            };
            cells = cells.iter().flat_map(split).filter(|(part, _)| part.iter().any(|word| *word != 0)).collect();
        }
        cells.into_iter().map(|(_, known)| known).collect()
    }
}

fn bits(members: impl Iterator<Item = bool>) -> Bits {
    let members: Vec<bool> = members.collect();
    members.chunks(64).map(|chunk| chunk.iter().rev().fold(0, |word, member| word << 1 | u64::from(*member))).collect()
}

/// Every pair of known names, whether Go builds for it or not.
pub(crate) fn conceivable() -> impl Iterator<Item = Platform<'static>> {
    SYSTEMS.iter().flat_map(|(os, _)| ARCHITECTURES.iter().map(move |arch| Platform { os, arch }))
}

/// Every pair that a release from 1.21 on builds for.
pub(crate) fn ported() -> impl Iterator<Item = Platform<'static>> {
    ports::all().map(|port| Platform { os: port.os, arch: port.arch })
}

/// Whether a tag names a compiler other than Go's own, or a system or architecture that only such compilers know.
pub(crate) fn is_of_other_compilers(tag: &str) -> bool {
    // Go itself built for these until 1.13.
    let former = ["amd64p32", "nacl"].contains(&tag);
    let named = is_os(tag) || is_arch(tag);
    tag == "gccgo" || (named && !former && !ported().any(|port| port.os == tag || port.arch == tag))
}

/// The tag that another spelling of a name of a system or architecture, or of `unix` or `cgo`, stands for.
pub(crate) fn in_lower_case(name: &str) -> Option<String> {
    let lower = name.to_lowercase();
    let known = is_os(&lower) || is_arch(&lower) || [UNIX, "cgo"].contains(&&*lower);
    (known && lower != name).then_some(lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn systems_set_the_tags_of_their_relatives() {
        let sets = |os, tag| Platform { os, arch: "amd64" }.sets(tag);
        assert!(sets("android", "linux") && sets("illumos", "solaris") && sets("ios", "darwin") && sets("ios", "unix"));
        assert!(!sets("linux", "android") && !sets("windows", "unix") && sets("linux", "amd64") && !sets("linux", "arm64"));
    }

    #[test]
    fn tags_are_set_together_as_platforms_set_them() {
        let combinations = |tags: &[&'static str]| {
            let found = Platforms::new(conceivable()).combinations(tags);
            let set = |known: Vec<(&'static str, bool)>| known.into_iter().filter(|(_, set)| *set).map(|(tag, _)| tag).collect::<Vec<_>>();
            found.into_iter().map(set).collect::<std::collections::BTreeSet<_>>()
        };
        assert_eq!(combinations(&["linux", "android"]), [vec![], vec!["linux"], vec!["linux", "android"]].into());
        assert_eq!(combinations(&["windows", "unix"]), [vec![], vec!["unix"], vec!["windows"]].into());
        assert_eq!(combinations(&[]), [vec![]].into());
    }

    #[test]
    fn every_port_has_names_that_are_known() {
        assert!(ported().all(|port| is_os(port.os) && is_arch(port.arch)));
        assert!(is_of_other_compilers("zos") && is_of_other_compilers("sparc") && !is_of_other_compilers("nacl"));
        assert!(conceivable().count() > 400);
        assert_eq!((in_lower_case("Linux").as_deref(), in_lower_case("linux"), in_lower_case("Foo")), (Some("linux"), None, None));
    }
}

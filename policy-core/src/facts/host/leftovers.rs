//! Traces of another release in a Go tree: one that was unpacked over another does not build, though `go version` looks well.

use super::{Host, texts};
use crate::facts::value::{Reason, Value};
use crate::facts::version::VersionRange;

/// Directories of `src` that only some releases have: the first and the last minor one (0 and [`u32::MAX`] where there is no end).
/// From the trees of 1.21 to 1.27; a test compares.
#[rustfmt::skip]
const BOUND: &[(&str, u32, u32)] = &[
    ("crypto/internal/constanttime", 26, u32::MAX),
    ("crypto/internal/fips140", 24, u32::MAX),
    ("crypto/internal/nistec", 0, 23),
    ("encoding/json/jsontext", 25, u32::MAX),
    ("go/version", 22, u32::MAX),
    ("internal/gate", 27, u32::MAX),
    ("internal/intern", 0, 22),
    ("internal/itoa", 0, 25),
    ("internal/runtime/atomic", 23, u32::MAX),
    ("internal/runtime/strconv", 25, 25),
    ("internal/runtime/sys", 24, u32::MAX),
    ("internal/safefilepath", 0, 22),
    ("runtime/internal/atomic", 0, 22),
    ("runtime/internal/startlinetest", 0, 24),
    ("runtime/internal/sys", 0, 23),
    ("unique", 23, u32::MAX),
    ("weak", 24, u32::MAX),
];

/// The directories in a tree's `src` that the release of the go command does not have.
pub(super) fn of(host: &Host<'_>, goroot: &str) -> Value {
    let Some(minor) = host.installed.map(VersionRange::exact).and_then(VersionRange::only_minor) else {
        return Value::unknown(Reason::new("which release the go command is"));
    };
    let foreign = BOUND.iter().filter(|(_, first, last)| !(*first..=*last).contains(&minor));
    let exists = |path: &&str| host.machine.status(&host.system.join(&[goroot, "src", path])).is_ok();
    texts(foreign.map(|(path, ..)| *path).filter(exists))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::go::installed::toolchains;

    #[test]
    #[expect(clippy::disallowed_methods, reason = "compares with real trees")]
    fn the_table_is_that_of_the_releases() {
        for toolchain in toolchains() {
            for (path, first, last) in BOUND {
                let expected = (*first..=*last).contains(&toolchain.version.minor);
                let exists = std::fs::metadata(toolchain.root.join("src").join(path)).is_ok();
                assert_eq!(exists, expected, "{path} in go{}", toolchain.version);
            }
        }
    }
}

//! Names that look like a misspelt variable of Go.
//!
//! Most names in workflows that begin with `GO` are people's own (`GO_VERSION`, `GOTESTSUM_FORMAT`, `GORELEASER_KEY`), so
//! a suggestion is made only for a well-known slip, or for one wrong letter in a long enough name that nothing else is known for.

use super::variables::{Class, Variable, all, lookup};

/// What a name was probably meant to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Slip {
    /// The variable that was meant.
    pub variable: &'static Variable,
    /// Whether the name may just as well be somebody's own, such as `GO_FLAGS` of a Makefile. It is then worth mentioning only
    /// if nothing reads it.
    pub may_be_own: bool,
}

/// The variable that a name is a slip of, if any.
pub(crate) fn nearest(name: &str) -> Option<Slip> {
    if lookup(name).is_some() || OWN.contains(&name) {
        return None;
    }
    let listed = SLIPS.iter().find(|(slip, ..)| *slip == name).and_then(|(_, meant, may_be_own)| Some((lookup(meant)?, *may_be_own)));
    let (variable, may_be_own) = listed.or_else(|| Some((only_neighbour(name)?, false)))?;
    Some(Slip { variable, may_be_own })
}

/// Below this many letters, too many other words are one letter away: `GOOS` and `GOES`, `GOBIN` and `GORBIN`.
const SHORTEST: usize = 6;

/// Slips that are further away than one letter, and those with a stray underscore, which may be names of people's own.
const SLIPS: &[(&str, &str, bool)] = &[
    ("CGOENABLED", "CGO_ENABLED", false),
    ("CGO_DISABLED", "CGO_ENABLED", false),
    ("CGO_ENABLE", "CGO_ENABLED", false),
    ("GOCGO_ENABLED", "CGO_ENABLED", false),
    ("GO_CGO_ENABLED", "CGO_ENABLED", false),
    ("GO11MODULE", "GO111MODULE", false),
    ("GO11MODULES", "GO111MODULE", false),
    ("GO111MODULES", "GO111MODULE", false),
    ("GO111_MODULE", "GO111MODULE", false),
    ("GO_111MODULE", "GO111MODULE", false),
    ("GO111MOD", "GO111MODULE", false),
    ("GOMODECACHE", "GOMODCACHE", false),
    ("GOMOD_CACHE", "GOMODCACHE", false),
    ("GONOSUM_DB", "GONOSUMDB", false),
    ("GOPRIVATES", "GOPRIVATE", false),
    ("GOPROXIES", "GOPROXY", false),
    ("GOPROXYS", "GOPROXY", false),
    ("GOSUM_DB", "GOSUMDB", false),
    ("GOTOOL_CHAIN", "GOTOOLCHAIN", false),
    ("GO_CACHE", "GOCACHE", true),
    ("GO_EXPERIMENT", "GOEXPERIMENT", true),
    ("GO_FLAGS", "GOFLAGS", true),
    ("GO_MODCACHE", "GOMODCACHE", true),
    ("GO_MOD_CACHE", "GOMODCACHE", true),
    ("GO_NOSUMDB", "GONOSUMDB", true),
    ("GO_PRIVATE", "GOPRIVATE", true),
    ("GO_PROXY", "GOPROXY", true),
    ("GO_SUMDB", "GOSUMDB", true),
    ("GO_TOOLCHAIN", "GOTOOLCHAIN", true),
];

/// Names one letter away from a variable that are something else.
const OWN: &[&str] = &["GOCACHED", "GOOAUTH", "GOPATCH", "GORACK", "GOROUTE"];

fn only_neighbour(name: &str) -> Option<&'static Variable> {
    let start = name.get(..2)?;
    let may_be_meant = |variable: &&Variable| variable.name.starts_with(start) && variable.name.len() >= SHORTEST && is_settable(variable);
    let mut near = all().iter().filter(may_be_meant).filter(|variable| is_slip(name, variable.name));
    let first = near.next()?;
    near.next().is_none().then_some(first)
}

fn is_settable(variable: &Variable) -> bool {
    matches!(variable.class, Class::Settable | Class::ByHand) && (variable.name.starts_with("GO") || variable.name.starts_with("CGO_"))
}

/// Whether `name` is `meant` with one letter too many, missing, wrong, or two neighbours swapped.
///
/// The first two letters are always right. Not a slip: another beginning (`GOLFLAGS` holds somebody's flags), a plural (`GOPATHS`
/// holds several), a number or an underscore behind (`GOROOT_1`, `GOPATH2`).
fn is_slip(name: &str, meant: &str) -> bool {
    let (name, meant) = (name.as_bytes(), meant.as_bytes());
    if name.iter().any(u8::is_ascii_lowercase) {
        return false;
    }
    let same = name.iter().zip(meant).take_while(|(left, right)| left == right).count();
    let (Some(left), Some(right)) = (name.get(same..), meant.get(same..)) else { return false };
    match (left, right) {
        ([a, b, rest @ ..], [c, d, tail @ ..]) if a == d && b == c && rest == tail => same >= 2,
        ([extra], []) => extra.is_ascii_uppercase() && *extra != b'S',
        ([], [missing]) => missing.is_ascii_uppercase(),
        ([_, rest @ ..], [_, tail @ ..]) if rest == tail => same > 2 && !rest.is_empty(),
        ([_, rest @ ..], _) if rest == right => same > 2,
        (_, [_, rest @ ..]) if rest == left => same > 2,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_wrong_letter_is_a_slip() {
        for (name, meant) in [
            ("GOFLAG", "GOFLAGS"),
            ("GOFLGAS", "GOFLAGS"),
            ("GOPRXOY", "GOPROXY"),
            ("GOPROXXY", "GOPROXY"),
            ("GOSUMDDB", "GOSUMDB"),
            ("GOTOOLCHIAN", "GOTOOLCHAIN"),
            ("GOMODCHACHE", "GOMODCACHE"),
            ("CGO_ENABLEDD", "CGO_ENABLED"),
            ("CGO_ENABLE", "CGO_ENABLED"),
            ("GO111MODULES", "GO111MODULE"),
            ("GOPROXIES", "GOPROXY"),
            ("GOPRIVAT", "GOPRIVATE"),
        ] {
            assert_eq!(nearest(name).map(|slip| (slip.variable.name, slip.may_be_own)), Some((meant, false)), "{name}");
        }
    }

    #[test]
    fn a_stray_underscore_may_be_somebodys_own_name() {
        assert_eq!(nearest("GO_FLAGS").map(|slip| (slip.variable.name, slip.may_be_own)), Some(("GOFLAGS", true)));
    }

    #[test]
    fn names_of_peoples_own_are_left_alone() {
        for name in [
            "CC_FLAGS",
            "CGO_FLAGS",
            "GO",
            "GOARCHES",
            "GOARCHS",
            "GOBINARY",
            "GOBUILD",
            "GOCC",
            "GOCMD",
            "GOCFLAGS",
            "GOES",
            "GOFMT",
            "GOGCFLAGS",
            "GOLANGCI_LINT_VERSION",
            "GOLANG_VERSION",
            "GOLDFLAGS",
            "GOLFLAGS",
            "GOMODULES",
            "GOOSARCH",
            "GOPATCH",
            "GOPATH2",
            "GOPATHS",
            "GOPATH_1",
            "GOPKG",
            "GORELEASER_KEY",
            "GOROOT_1_22_X64",
            "GORM_DSN",
            "GORUN",
            "GOSRC",
            "GOTAGS",
            "GOTEST",
            "GOTESTFLAGS",
            "GOTESTSUM_FORMAT",
            "GOVER",
            "GOVERSION",
            "GOXFLAGS",
            "GO_ARCH",
            "GO_BIN",
            "GO_BUILD_FLAGS",
            "GO_OS",
            "GO_PATH",
            "GO_ROOT",
            "GO_TAGS",
            "GO_TEST_FLAGS",
            "GO_VERSION",
            "GOFLAGS",
            "HOME",
            "",
        ] {
            assert_eq!(nearest(name), None, "{name}");
        }
    }

    #[test]
    fn every_listed_slip_names_a_variable_and_is_none() {
        for (slip, meant, _) in SLIPS {
            assert!(lookup(meant).is_some() && lookup(slip).is_none(), "{slip}");
        }
    }
}

//! Valid values of the variables that choose an instruction set level, and of GOFIPS140.
//!
//! Source: `internal/buildcfg/cfg.go` of every release from 1.21 to 1.27, measured with `go list`, `go build` and
//! `go version -m`.

#[cfg(test)]
use super::release::agree;
use super::release::{NEWEST, OLDEST, Span};
#[cfg(test)]
use crate::facts::version::VersionRange;

/// A variable that chooses a level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Level {
    /// Its name.
    pub name: &'static str,
    /// The architectures it is for; empty for all of them.
    pub archs: &'static [&'static str],
    /// What Go takes when it is not set.
    pub default: &'static str,
    /// The releases that read it.
    pub span: Span,
    /// What is valid, for people.
    pub valid: &'static str,
    grammar: Grammar,
    bad: Bad,
}

/// What Go does with an invalid value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bad {
    /// Every command fails with exit status 2, whatever the architecture.
    Fatal,
    /// As [`Bad::Fatal`] up to Go 1.22. Since 1.23 evaluating GOARM64 overwrites the error, and the default is used without a word.
    SwallowedSince23,
    /// Only building fails.
    FailsToBuild,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Grammar {
    Words(&'static [(&'static str, u32)]),
    Arm,
    Arm64,
    Features(&'static [&'static str]),
    Fips,
}

impl Level {
    /// Whether a release accepts the value; not known for releases that were not measured.
    #[cfg(test)]
    pub(crate) fn accepts(&self, value: &str, versions: VersionRange) -> Option<bool> {
        agree(versions, |minor| self.accepts_in(value, minor))
    }

    pub(crate) fn accepts_in(&self, value: &str, minor: u32) -> Option<bool> {
        let accepted = value.is_empty() || self.grammar.accepts(value, minor.max(OLDEST));
        (accepted || (OLDEST..=NEWEST).contains(&minor)).then_some(accepted)
    }

    /// What that release does with an invalid value.
    pub(crate) fn bad(&self, minor: u32) -> Bad {
        match self.bad {
            Bad::SwallowedSince23 if minor < 23 => Bad::Fatal,
            bad => bad,
        }
    }

    /// What `go env` prints when it is not set: for some releases GOARM as it was understood (`internal/buildcfg/cfg.go`, `goarmFeatures`).
    pub(crate) fn printed_default(&self, minor: u32) -> &'static str {
        if self.grammar == Grammar::Arm && (22..=23).contains(&minor) { "7,hardfloat" } else { self.default }
    }

    /// Go's own words for an invalid value.
    pub(crate) fn complaint(&self, value: &str, minor: u32) -> String {
        let name = self.name;
        match self.grammar {
            Grammar::Features(known) => {
                let bad = value.split(',').find(|feature| !feature.is_empty() && !known.contains(feature)).unwrap_or(value);
                format!("invalid {name}: no such feature {bad:?}")
            }
            Grammar::Arm if minor < 22 => format!("invalid {name}: must be 5, 6, 7"),
            Grammar::Arm => {
                format!("invalid {name}: must start with 5, 6, or 7, and may optionally end in either \",hardfloat\" or \",softfloat\"")
            }
            Grammar::Arm64 => {
                format!("invalid {name}: must start with v8.{{0-9}} or v9.{{0-5}} and may optionally end in \",lse\" and/or \",crypto\"")
            }
            Grammar::Words(words) if self.bad == Bad::FailsToBuild => {
                let last = words.last().map_or("", |(word, _)| word);
                format!("unsupported setting {name}={value}. Consider using {name}={last} instead.")
            }
            Grammar::Words(words) => {
                let valid: Vec<&str> = words.iter().filter(|(_, since)| *since <= minor).map(|(word, _)| *word).collect();
                format!("invalid {name}: must be {}", valid.join(", "))
            }
            Grammar::Fips if minor < 26 => format!("invalid {name}: must be off, latest, inprocess, certified, or vX.Y.Z"),
            Grammar::Fips => format!("invalid {name}: must be off, latest, inprocess, certified, or v1.Y.Z"),
        }
    }
}

impl Grammar {
    fn accepts(self, value: &str, minor: u32) -> bool {
        match self {
            Self::Words(words) => words.iter().any(|(word, since)| *word == value && minor >= *since),
            Self::Arm => {
                let bare = if minor < 22 { value } else { strip_float(value) };
                matches!(bare, "5" | "6" | "7")
            }
            Self::Arm64 => is_arm64(value),
            Self::Features(known) => value.split(',').all(|feature| feature.is_empty() || known.contains(&feature)),
            Self::Fips => matches!(value, "off" | "latest" | "inprocess" | "certified") || is_fips_version(value),
        }
    }
}

fn strip_float(value: &str) -> &str {
    let value = value.strip_suffix(",softfloat").unwrap_or(value);
    value.strip_suffix(",hardfloat").unwrap_or(value)
}

fn is_arm64(value: &str) -> bool {
    let mut bare = value;
    while let Some(rest) = bare.strip_suffix(",lse").or_else(|| bare.strip_suffix(",crypto")) {
        bare = rest;
    }
    match bare.as_bytes() {
        [b'v', b'8', b'.', minor] => minor.is_ascii_digit(),
        [b'v', b'9', b'.', minor] => (b'0'..=b'5').contains(minor),
        _ => false,
    }
}

/// `v1.Y.Z`, perhaps with `-rcN` or `-` and eight characters of a hash (`isFIPSVersion`).
pub(crate) fn is_fips_version(value: &str) -> bool {
    let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let Some((minor, rest)) = value.strip_prefix("v1.").and_then(|rest| rest.split_once('.')) else { return false };
    let (patch, suffix) = rest.split_once('-').map_or((rest, None), |(patch, suffix)| (patch, Some(suffix)));
    let suffixed = suffix.is_none_or(|suffix| suffix.strip_prefix("rc").map_or(suffix.len() == 8, number));
    number(minor) && number(patch) && suffixed
}

/// The level variable of that name.
pub(crate) fn lookup(name: &str) -> Option<&'static Level> {
    LEVELS.iter().find(|level| level.name == name)
}

/// The variable that chooses the level of an architecture, if it has one.
#[cfg(test)]
pub(crate) fn of_arch(arch: &str) -> Option<&'static Level> {
    LEVELS.iter().find(|level| level.archs.contains(&arch))
}

const HARD_OR_SOFT: Grammar = Grammar::Words(&[("hardfloat", 0), ("softfloat", 0)]);

#[rustfmt::skip]
const LEVELS: &[Level] = &[
    Level { name: "GO386", archs: &["386"], default: "sse2", span: Span::since(0), valid: "sse2 or softfloat",
        grammar: Grammar::Words(&[("sse2", 0), ("softfloat", 0)]), bad: Bad::FailsToBuild },
    Level { name: "GOAMD64", archs: &["amd64"], default: "v1", span: Span::since(18), valid: "v1, v2, v3, v4",
        grammar: Grammar::Words(&[("v1", 0), ("v2", 0), ("v3", 0), ("v4", 0)]), bad: Bad::SwallowedSince23 },
    Level { name: "GOARM", archs: &["arm"], default: "7", span: Span::since(0), valid: "5, 6, 7, and since Go 1.22 with `,softfloat` or `,hardfloat` behind",
        grammar: Grammar::Arm, bad: Bad::SwallowedSince23 },
    Level { name: "GOARM64", archs: &["arm64"], default: "v8.0", span: Span::since(23), valid: "v8.{0-9} or v9.{0-5}, with `,lse` and `,crypto` behind if wanted",
        grammar: Grammar::Arm64, bad: Bad::Fatal },
    Level { name: "GOFIPS140", archs: &[], default: "off", span: Span::since(24), valid: "off, latest, inprocess, certified, or v1.Y.Z",
        grammar: Grammar::Fips, bad: Bad::Fatal },
    Level { name: "GOMIPS", archs: &["mips", "mipsle"], default: "hardfloat", span: Span::since(10), valid: "hardfloat, softfloat",
        grammar: HARD_OR_SOFT, bad: Bad::Fatal },
    Level { name: "GOMIPS64", archs: &["mips64", "mips64le"], default: "hardfloat", span: Span::since(11), valid: "hardfloat, softfloat",
        grammar: HARD_OR_SOFT, bad: Bad::Fatal },
    Level { name: "GOPPC64", archs: &["ppc64", "ppc64le"], default: "power8", span: Span::since(12), valid: "power8, power9, power10",
        grammar: Grammar::Words(&[("power8", 0), ("power9", 0), ("power10", 0)]), bad: Bad::Fatal },
    Level { name: "GORISCV64", archs: &["riscv64"], default: "rva20u64", span: Span::since(23), valid: "rva20u64, rva22u64, and since Go 1.25 rva23u64",
        grammar: Grammar::Words(&[("rva20u64", 0), ("rva22u64", 0), ("rva23u64", 25)]), bad: Bad::Fatal },
    Level { name: "GOWASM", archs: &["wasm"], default: "", span: Span::since(12), valid: "a comma-separated list of satconv and signext",
        grammar: Grammar::Features(&["satconv", "signext"]), bad: Bad::Fatal },
];

#[cfg(test)]
mod tests {
    use super::*;

    fn accepts(name: &str, value: &str, minor: u32) -> Option<bool> {
        lookup(name).unwrap().accepts(value, VersionRange::minor(minor))
    }

    #[test]
    fn valid_values_depend_on_the_release() {
        assert_eq!((accepts("GOARM", "7,hardfloat", 21), accepts("GOARM", "7,hardfloat", 22)), (Some(false), Some(true)));
        assert_eq!((accepts("GORISCV64", "rva23u64", 24), accepts("GORISCV64", "rva23u64", 25)), (Some(false), Some(true)));
        assert_eq!(
            (accepts("GOAMD64", "v5", 27), accepts("GOAMD64", "v5", 28), accepts("GOAMD64", "v4", 28)),
            (Some(false), None, Some(true))
        );
    }

    #[test]
    fn suffixes_follow_the_grammar() {
        for (name, value, good) in [
            ("GOARM64", "v8.9,lse,crypto", true),
            ("GOARM64", "v9.6", false),
            ("GOARM64", "v8", false),
            ("GOWASM", "satconv,signext", true),
            ("GOWASM", "simd", false),
            ("GOFIPS140", "v1.0.0", true),
            ("GOFIPS140", "v1.0.0-rc2", true),
            ("GOFIPS140", "v1.0.0-c2097c7c", true),
            ("GOFIPS140", "v1.0", false),
            ("GOFIPS140", "on", false),
            ("GOAMD64", "V3", false),
            ("GOAMD64", "", true),
        ] {
            assert_eq!(accepts(name, value, 26), Some(good), "{name}={value}");
        }
    }

    #[test]
    fn go_1_23_swallows_the_error() {
        let amd64 = of_arch("amd64").unwrap();
        assert_eq!((amd64.bad(22), amd64.bad(23)), (Bad::Fatal, Bad::SwallowedSince23));
        assert_eq!(amd64.complaint("v9", 22), "invalid GOAMD64: must be v1, v2, v3, v4");
    }
}

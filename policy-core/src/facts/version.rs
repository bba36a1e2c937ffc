//! Go versions, exact or known in part.

use std::cmp::Ordering;
use std::fmt;

/// An exact Go version: `1.21.3`, `1.22rc1`. Ordered as Go orders them: `1.21` (the language) < `1.21rc1` < `1.21.0`.
///
/// Source: `internal/gover` of the Go tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct GoVersion {
    /// `1` in `1.21.3`.
    pub major: u32,
    /// `21` in `1.21.3`.
    pub minor: u32,
    /// What follows.
    pub rest: Rest,
}

/// What follows major and minor, in Go's order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rest {
    /// Nothing: a language version (before Go 1.21 also the first release).
    Language,
    /// `beta1`
    Beta(u32),
    /// `rc1`
    Candidate(u32),
    /// `.3`
    Patch(u32),
}

/// All versions from `low` to `high`, both included; `None` is open. `1.22.x` is 1.22 (with candidates) to the last patch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct VersionRange {
    /// The lowest it may be.
    pub low: Option<GoVersion>,
    /// The highest it may be.
    pub high: Option<GoVersion>,
}

impl GoVersion {
    /// Parses `1.21`, `1.21.3`, `1.21rc1`, with or without `go` before and a `-suffix` or ` X:…` behind.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.strip_prefix("go").unwrap_or(text);
        let text = text.split(['-', ' ']).next()?;
        let (major, tail) = text.split_once('.')?;
        let digits = tail.len() - tail.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (minor, rest) = tail.split_at_checked(digits)?;
        Some(Self { major: number(major)?, minor: number(minor)?, rest: Rest::parse(rest)? })
    }

    /// A release without pre-releases: `1.21.3`.
    pub fn release(minor: u32, patch: u32) -> Self {
        Self { major: 1, minor, rest: Rest::Patch(patch) }
    }

    /// `1.21` of `1.21.3`.
    #[must_use]
    pub fn language(self) -> Self {
        Self { rest: Rest::Language, ..self }
    }
}

fn number(text: &str) -> Option<u32> {
    let is_padded = text.len() > 1 && text.starts_with('0');
    let plain = !text.is_empty() && text.len() < 7 && !is_padded && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

impl Rest {
    fn parse(text: &str) -> Option<Self> {
        if text.is_empty() {
            return Some(Self::Language);
        }
        let numbered = |prefix: &str, kind: fn(u32) -> Self| text.strip_prefix(prefix).and_then(number).map(kind);
        numbered(".", Self::Patch).or_else(|| numbered("rc", Self::Candidate)).or_else(|| numbered("beta", Self::Beta))
    }
}

impl PartialOrd for GoVersion {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for GoVersion {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.major, self.minor, self.rest).cmp(&(other.major, other.minor, other.rest))
    }
}

impl fmt::Display for GoVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)?;
        match self.rest {
            Rest::Language => Ok(()),
            Rest::Beta(number) => write!(f, "beta{number}"),
            Rest::Candidate(number) => write!(f, "rc{number}"),
            Rest::Patch(number) => write!(f, ".{number}"),
        }
    }
}

impl VersionRange {
    /// Exactly one version.
    pub fn exact(version: GoVersion) -> Self {
        Self { low: Some(version), high: Some(version) }
    }

    /// Any release of a minor version: `1.22.x`.
    pub fn minor(minor: u32) -> Self {
        Self { low: Some(GoVersion::release(minor, 0)), high: Some(GoVersion::release(minor, u32::MAX)) }
    }

    /// This version or any later one.
    pub fn at_least(low: GoVersion) -> Self {
        Self { low: Some(low), high: None }
    }

    /// The version, if only one is possible.
    pub fn single(self) -> Option<GoVersion> {
        self.low.filter(|low| Some(*low) == self.high)
    }

    /// The minor version, if only one is possible.
    pub fn only_minor(self) -> Option<u32> {
        match (self.low, self.high) {
            (Some(low), Some(high)) if low.language() == high.language() => Some(low.minor),
            _ => None,
        }
    }

    /// Whether every version of the range is below (`Some(true)`), none is (`Some(false)`), or it is not known.
    pub fn below(self, bound: GoVersion) -> Option<bool> {
        match (self.low, self.high) {
            (_, Some(high)) if high < bound => Some(true),
            (Some(low), _) if low >= bound => Some(false),
            _ => None,
        }
    }
}

impl fmt::Display for VersionRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.single(), self.only_minor(), self.low, self.high) {
            (Some(version), ..) => version.fmt(f),
            (None, Some(minor), ..) => write!(f, "1.{minor}.x"),
            (None, None, Some(low), None) => write!(f, ">={low}"),
            (None, None, None, Some(high)) => write!(f, "<={high}"),
            (None, None, Some(low), Some(high)) => write!(f, ">={low} <={high}"),
            (None, None, None, None) => f.write_str("any"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_ordered_as_go_orders_them() {
        let ordered = ["1.20", "1.21", "1.21beta1", "1.21rc2", "1.21.0", "1.21.10", "1.22"];
        let versions: Vec<_> = ordered.iter().map(|text| GoVersion::parse(text).unwrap()).collect();
        assert!(versions.is_sorted());
        assert_eq!(GoVersion::parse("go1.24.11-suffix"), GoVersion::parse("1.24.11"));
        for bad in ["", "1", "1.", "v1.2", "1.x", "1.2.3.4", "1.99999999999", "1.021"] {
            assert_eq!(GoVersion::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_range_compares_only_where_all_its_versions_agree() {
        let range = VersionRange::minor(22);
        assert_eq!(range.below(GoVersion::parse("1.23").unwrap()), Some(true));
        assert_eq!(range.below(GoVersion::parse("1.22").unwrap()), Some(false));
        assert_eq!(range.below(GoVersion::parse("1.22.5").unwrap()), None);
        assert_eq!(range.to_string(), "1.22.x");
    }
}

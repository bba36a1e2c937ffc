//! What `go-version:` of actions/setup-go asks for.
//!
//! Source: `src/installer.ts` of actions/setup-go (`findMatch`, `makeSemver`) and node-semver's range grammar.

use crate::facts::value::Reason;
use crate::facts::version::{GoVersion, Rest, VersionRange};

/// The newest release these tables know; `stable` is this one or a later one.
const NEWEST_MINOR: u32 = 27;

/// The versions a specification can resolve to, or why that cannot be told.
pub(crate) fn resolve(spec: &str) -> Result<VersionRange, Reason> {
    let spec = spec.trim();
    if spec.starts_with("go") {
        return Err(Reason::new(format!("Go version `{spec}`, which the action does not know")));
    }
    match spec {
        "stable" => return Ok(VersionRange::at_least(GoVersion::release(NEWEST_MINOR, 0))),
        "oldstable" => return Ok(VersionRange::at_least(GoVersion::release(NEWEST_MINOR - 1, 0))),
        _ => {}
    }
    exact(spec).or_else(|| minor(spec)).or_else(|| open(spec)).ok_or_else(|| Reason::new(format!("Go version `{spec}`")))
}

/// `1.22.3`, `1.22.0-rc.1`, `1.22rc1`; `go1.22.3` is accepted since v5 strips nothing but the manifest does not list it.
fn exact(spec: &str) -> Option<VersionRange> {
    if spec.contains([' ', '|']) {
        return None;
    }
    let plain = spec.replace("-rc.", "rc").replace("-beta.", "beta").replace(".0rc", "rc").replace(".0beta", "beta");
    let version = if spec.contains('-') && plain.contains('-') { None } else { GoVersion::parse(&plain) }?;
    (version.rest != Rest::Language && !spec.starts_with("go")).then(|| VersionRange::exact(version))
}

/// `1.22`, `1.22.x`, `1.22.*`, `~1.22`, `~1.22.3`
fn minor(spec: &str) -> Option<VersionRange> {
    let tilde = spec.strip_prefix('~').map(str::trim);
    let base = tilde.unwrap_or(spec);
    let base = base.strip_suffix(".x").or_else(|| base.strip_suffix(".X")).or_else(|| base.strip_suffix(".*")).unwrap_or(base);
    let version = GoVersion::parse(base).filter(|version| version.major == 1)?;
    match version.rest {
        Rest::Language => Some(VersionRange::minor(version.minor)),
        Rest::Patch(_) if tilde.is_some() => Some(VersionRange { low: Some(version), ..VersionRange::minor(version.minor) }),
        _ => None,
    }
}

/// `^1.22`, `>=1.22.0`, `>1.21`, `1.x`, `1`, `*`: a lowest version; the highest is whatever has been released.
fn open(spec: &str) -> Option<VersionRange> {
    if spec.contains(['<', '|']) {
        return None;
    }
    if matches!(spec, "1" | "1.x" | "1.x.x" | "^1" | "1.*" | "~1" | "*" | "x") {
        return Some(VersionRange::at_least(GoVersion::release(0, 0)));
    }
    let base = spec.strip_prefix('^').or_else(|| spec.strip_prefix(">=")).or_else(|| spec.strip_prefix('>'))?;
    let base = base.trim().trim_end_matches(".x");
    let version = GoVersion::parse(base).filter(|version| version.major == 1)?;
    let low = if version.rest == Rest::Language { GoVersion::release(version.minor, 0) } else { version };
    Some(VersionRange::at_least(low))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn specifications_become_ranges() {
        let cases = [
            ("1.22.3", "1.22.3"),
            ("1.22", "1.22.x"),
            ("1.22.x", "1.22.x"),
            ("~1.22", "1.22.x"),
            ("^1.22", ">=1.22.0"),
            (">=1.22.3", ">=1.22.3"),
            ("1.23.0-rc.1", "1.23rc1"),
            ("1.23rc1", "1.23rc1"),
            ("stable", ">=1.27.0"),
            ("1.x", ">=1.0.0"),
            ("1.2", "1.2.x"),
        ];
        for (spec, range) in cases {
            assert_eq!(resolve(spec).map(|range| range.to_string()), Ok(range.to_owned()), "{spec}");
        }
        for unknown in ["tip", "", "go1.22", "latest", "1.22.3-custom", ">=1.20 <1.22 || 1.9"] {
            assert!(resolve(unknown).is_err(), "{unknown}");
        }
    }
}

//! Module versions and the major version that a module's path asks for.
//!
//! Sources: `golang.org/x/mod/semver`, and `SplitPathVersion` and `CheckPathMajor` in `golang.org/x/mod/module`.

/// The canonical form: `v1.2` is `v1.2.0`, build metadata other than `+incompatible` is dropped. `None` if it is no version.
pub(crate) fn canonical(version: &str) -> Option<String> {
    let (rest, build) = split(version.strip_prefix('v')?, '+');
    let (numbers, prerelease) = split(rest, '-');
    let parts: Vec<&str> = numbers.split('.').collect();
    let identifiers = |text: &str, numeric: bool| text.split('.').all(|part| is_identifier(part) && (!numeric || !has_leading_zero(part)));
    let valid = parts.len() <= 3
        && parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()) && !has_leading_zero(part))
        && prerelease.is_none_or(|text| identifiers(text, true))
        && build.is_none_or(|text| identifiers(text, false))
        && (parts.len() == 3 || prerelease.is_none() && build.is_none());
    valid.then(|| {
        let missing = ".0".repeat(3 - parts.len());
        let prerelease = prerelease.map(|text| format!("-{text}")).unwrap_or_default();
        let build = build.filter(|build| *build == "incompatible").map(|build| format!("+{build}")).unwrap_or_default();
        format!("v{numbers}{missing}{prerelease}{build}")
    })
}

fn split(text: &str, at: char) -> (&str, Option<&str>) {
    text.split_once(at).map_or((text, None), |(head, tail)| (head, Some(tail)))
}

fn is_identifier(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

fn has_leading_zero(text: &str) -> bool {
    text.len() > 1 && text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The path's own major version, with what stands before it: `/v2`, `.v3` of gopkg.in, or nothing. `None` if the path cannot be one
/// of a module.
pub(crate) fn path_major(path: &str) -> Option<&str> {
    let gopkg = path.starts_with("gopkg.in/");
    let body = path.strip_suffix("-unstable").filter(|_| gopkg).unwrap_or(path);
    let dots = |character: char| character.is_ascii_digit() || (!gopkg && character == '.');
    let stem = body.trim_end_matches(dots);
    let digits = body.get(stem.len()..).unwrap_or_default();
    let separator = if gopkg { ".v" } else { "/v" };
    let at = match stem.strip_suffix(separator) {
        Some(prefix) if !digits.is_empty() => prefix.len(),
        _ => return (!gopkg).then_some(""),
    };
    let zero = digits.starts_with('0') && !(gopkg && digits == "0");
    let refused = zero || (!gopkg && (digits.contains('.') || digits == "1"));
    if refused { None } else { path.get(at..) }
}

/// Whether a canonical version fits the path's own major version.
///
/// # Errors
/// Go's words for what does not fit.
pub(crate) fn check_major(version: &str, path_major: &str) -> Result<(), String> {
    let major = version.split_once('.').map_or(version, |(major, _)| major);
    let wanted = path_major.trim_end_matches("-unstable").trim_start_matches(['/', '.']);
    // An old bug made such pseudo-versions for gopkg.in paths.
    let old_bug = path_major == ".v1" && version.starts_with("v0.0.0-");
    let fits = match wanted {
        "" => matches!(major, "v0" | "v1") || version.ends_with("+incompatible"),
        wanted => major == wanted || old_bug,
    };
    let wanted = if wanted.is_empty() { "v0 or v1" } else { wanted };
    if fits { Ok(()) } else { Err(format!("version \"{version}\" invalid: should be {wanted}, not {major}")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_have_one_canonical_form() {
        for (version, expected) in [
            ("v1.2.3", Some("v1.2.3")),
            ("v1.2", Some("v1.2.0")),
            ("v1", Some("v1.0.0")),
            ("v1.2.3-pre.1+meta", Some("v1.2.3-pre.1")),
            ("v2.0.0+incompatible", Some("v2.0.0+incompatible")),
            ("v1.2-pre", None),
            ("v01.2.3", None),
            ("v1.2.3-01", None),
            ("v1.2.3-0a.01a", Some("v1.2.3-0a.01a")),
            ("1.2.3", None),
            ("v1.2.3.4", None),
            ("v1.2.3-", None),
            ("master", None),
        ] {
            assert_eq!(canonical(version).as_deref(), expected, "{version}");
        }
    }

    #[test]
    fn paths_name_their_major_version() {
        for (path, expected) in [
            ("example.com/m", Some("")),
            ("example.com/m/v2", Some("/v2")),
            ("example.com/m/v1", None),
            ("example.com/m/v02", None),
            ("example.com/m/v2.1", None),
            ("example.com/rev2", Some("")),
            ("v2", Some("")),
            ("a/v", Some("")),
            ("gopkg.in/yaml.v3", Some(".v3")),
            ("gopkg.in/yaml.v0", Some(".v0")),
            ("gopkg.in/yaml.v3-unstable", Some(".v3-unstable")),
            ("gopkg.in/yaml", None),
        ] {
            assert_eq!(path_major(path), expected, "{path}");
        }
        assert!(check_major("v0.0.0-20161208181325-20d25e280405", ".v1").is_ok());
        assert!(check_major("v3.0.1", ".v3-unstable").is_ok());
        assert_eq!(check_major("v2.0.0", "").unwrap_err(), "version \"v2.0.0\" invalid: should be v0 or v1, not v2");
    }
}

//! GOPRIVATE, GONOPROXY, GONOSUMDB and GOINSECURE: comma-separated globs of module path prefixes.
//!
//! Nothing is trimmed and nothing is reported: a pattern that cannot match is silently of no use (`MatchPrefixPatterns` in
//! `golang.org/x/mod/module`, `path.Match`).

use super::{Diagnosis, Setting, Verdict};

pub(super) fn diagnose(setting: &Setting<'_>) -> Diagnosis {
    let entries: Vec<&str> = setting.value.split(',').filter(|entry| !entry.is_empty()).collect();
    if let Some((cause, reason)) = entries.iter().find_map(|entry| too_wide(entry)) {
        return Diagnosis::new(Verdict::TooWide, cause, reason);
    }
    let useless: Vec<(&'static str, String)> = entries.iter().filter_map(|entry| never_matches(entry)).collect();
    let all = useless.len() == entries.len();
    match useless.into_iter().next() {
        None => Diagnosis::used(),
        Some((cause, reason)) => Diagnosis::new(if all { Verdict::Ignored } else { Verdict::PartlyIgnored }, cause, reason),
    }
}

/// Hosts where anybody can publish.
const PUBLIC_HOSTS: &[&str] = &[
    "bitbucket.org",
    "codeberg.org",
    "gitee.com",
    "github.com",
    "gitlab.com",
    "go.googlesource.com",
    "golang.org",
    "google.golang.org",
    "gopkg.in",
    "sr.ht",
];

fn too_wide(entry: &str) -> Option<(&'static str, String)> {
    let entry = entry.trim_end_matches('/');
    let (host, rest) = entry.split_once('/').map_or((entry, ""), |(host, rest)| (host, rest));
    let any_path = rest.split('/').all(|part| part.is_empty() || part.bytes().all(|byte| byte == b'*'));
    let is_star = !host.is_empty() && host.bytes().all(|byte| byte == b'*');
    let is_domain = host.strip_prefix("*.").is_some_and(|domain| domain == "*" || !domain.is_empty() && !domain.contains('.'));
    match any_path {
        true if is_star || is_domain => Some(("matches-all", format!("`{entry}` matches the modules of everybody"))),
        true if PUBLIC_HOSTS.contains(&host) => Some(("all-of-host", format!("`{entry}` matches every module of {host}, public ones too"))),
        _ => None,
    }
}

fn never_matches(entry: &str) -> Option<(&'static str, String)> {
    let host = entry.split('/').next().unwrap_or_default();
    let because = |cause, what: &str| Some((cause, format!("`{entry}` matches nothing: {what}")));
    if entry.contains(char::is_whitespace) {
        return because("blank-in-pattern", "blanks are part of a pattern, and only commas separate patterns");
    }
    if entry.contains("://") {
        return because("scheme-in-pattern", "patterns are module path prefixes, which have no scheme");
    }
    if is_cidr(entry) {
        return because("cidr", "patterns are module path prefixes, not address ranges");
    }
    if is_bad_glob(entry) {
        return because("bad-glob", "it is not a valid glob");
    }
    if entry.split('/').any(|part| part == "...") {
        return because("ellipsis", "`...` is not a wildcard here; a prefix matches all that is below it");
    }
    if entry.contains([':', ';', '"', '\'', '@', '$', '{', '}', '(', ')', '%', '+']) && !entry.contains(['[', '\\']) {
        return because("outside-pattern", "such a character does not occur in a module path");
    }
    if host.bytes().any(|byte| byte.is_ascii_uppercase()) && !host.contains('[') {
        return because("upper-case", "the first element of a module path is in lower case");
    }
    None
}

fn is_cidr(entry: &str) -> bool {
    let Some((address, bits)) = entry.split_once('/') else { return false };
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    address.split('.').count() == 4 && address.split('.').all(is_number) && is_number(bits)
}

/// `path.ErrBadPattern`: an unfinished class, an empty class or range, or a backslash at the end.
fn is_bad_glob(pattern: &str) -> bool {
    let mut rest = pattern.chars();
    while let Some(c) = rest.next() {
        let good = match c {
            '\\' => rest.next().is_some(),
            '[' => skip_class(&mut rest),
            _ => true,
        };
        if !good {
            return true;
        }
    }
    false
}

/// Reads a character class behind its `[`; false if it is not valid.
fn skip_class(rest: &mut std::str::Chars<'_>) -> bool {
    let mut ahead = rest.clone();
    if ahead.next() == Some('^') {
        *rest = ahead;
    }
    for members in 0.. {
        match rest.next() {
            Some(']') if members > 0 => return true,
            None | Some('-' | ']') => return false,
            Some('\\') if rest.next().is_none() => return false,
            Some(_) => {}
        }
        if rest.as_str().starts_with('-') {
            rest.next();
            match rest.next() {
                None | Some('-' | ']') => return false,
                Some('\\') if rest.next().is_none() => return false,
                Some(_) => {}
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_are_checked_as_path_match_checks_them() {
        for good in ["*.corp.example", "a[b-d]c", "a[^x]", r"a\[", "?x*"] {
            assert!(!is_bad_glob(good), "{good}");
        }
        for bad in ["[", "[]a]", "[a", "[a-]", "[-a]", r"x\", "[a-b-c]"] {
            assert!(is_bad_glob(bad), "{bad}");
        }
    }
}

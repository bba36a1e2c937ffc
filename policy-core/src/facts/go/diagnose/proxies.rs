//! GOPROXY, GOSUMDB, GOVCS and GOAUTH: where modules come from. Go reads them only when it has to fetch one.

use std::collections::BTreeMap;

use super::{By, Diagnosis, Setting, Verdict};

/// `proxyList` in `cmd/go/internal/modfetch/proxy.go`.
pub(super) fn goproxy(setting: &Setting<'_>) -> Diagnosis {
    let entries: Vec<&str> = setting.value.split([',', '|']).map(str::trim).filter(|entry| !entry.is_empty()).collect();
    if entries.is_empty() {
        return Diagnosis::rejected("empty", By::Downloading, "GOPROXY list is not the empty string, but contains no entries");
    }
    let end = entries.iter().position(|entry| matches!(*entry, "off" | "direct"));
    let (read, unread) = entries.split_at_checked(end.map_or(entries.len(), |end| end + 1)).unwrap_or((&entries, &[]));
    let found = read.iter().find_map(|entry| bad_proxy(entry, setting)).or_else(|| read.iter().find_map(|entry| unsafe_proxy(entry)));
    match (found, unread) {
        (Some(found), _) => found,
        (None, []) => Diagnosis::used(),
        (None, _) => {
            let last = read.last().copied().unwrap_or_default();
            Diagnosis::new(Verdict::PartlyIgnored, "unreachable-entry", format!("nothing behind `{last}` is used"))
        }
    }
}

/// `newProxyRepo`. A single word is kept for Go's own use; a host without a scheme is taken as https. Messages leave the address out: it
/// may hold credentials.
fn bad_proxy(entry: &str, setting: &Setting<'_>) -> Option<Diagnosis> {
    let reject = |message: &str| Some(Diagnosis::rejected("bad-value", By::Downloading, message));
    let absolute = setting.is_absolute(entry) || entry.starts_with('/');
    let implied = entry.contains(['.', ':', '/']) && !entry.contains(":/") && !absolute;
    match entry.split_once(':').filter(|_| !absolute) {
        _ if matches!(entry, "off" | "direct") || implied => None,
        None => reject("invalid proxy URL missing scheme"),
        Some(("file", path)) if !path.starts_with("///") => reject("invalid file:// proxy URL with non-path elements"),
        Some((_, rest)) if authority(rest.trim_start_matches('/')).contains([' ', '{', '}', '"', '<', '>']) => {
            reject("invalid character in host name")
        }
        Some(("https" | "http" | "file", _)) => None,
        Some(_) => reject("invalid proxy URL scheme (must be https, http, file)"),
    }
}

fn unsafe_proxy(entry: &str) -> Option<Diagnosis> {
    let (scheme, rest) = entry.split_once("://").unwrap_or(("https", entry));
    let (user, host) = authority(rest).rsplit_once('@').unwrap_or(("", authority(rest)));
    if !user.is_empty() {
        let reason = "credentials stand in the address of the proxy, where every process and `go env` can read them";
        return Some(Diagnosis::harmful("credentials-in-url", reason));
    }
    let is_local = ["localhost", "127.", "[::1]"].iter().any(|local| host.starts_with(local));
    (scheme == "http" && !is_local)
        .then(|| Diagnosis::harmful("plain-http", format!("modules from {host} travel unencrypted and may be changed on the way")))
}

/// Host, port and credentials of an address, behind its scheme.
fn authority(address: &str) -> &str {
    address.split(['/', '?', '#']).next().unwrap_or_default()
}

/// `dbDial` in `cmd/go/internal/modfetch/sumdb.go`: `off`, or a known database or a verifier key, and perhaps its address.
pub(super) fn gosumdb(setting: &Setting<'_>) -> Diagnosis {
    let reject = |message: &str| Diagnosis::rejected("bad-value", By::Downloading, message);
    let fields: Vec<&str> = setting.value.split_whitespace().collect();
    match fields.as_slice() {
        ["off"] if setting.value == "off" => Diagnosis::used(),
        [] => reject("missing GOSUMDB"),
        [key] | [key, _] if is_database(key, fields.len() == 1) => Diagnosis::used(),
        [_] | [_, _] => reject("verifying module: invalid GOSUMDB: malformed verifier id"),
        _ => reject("invalid GOSUMDB: too many fields"),
    }
}

fn is_database(key: &str, alone: bool) -> bool {
    key == "sum.golang.org" || alone && key == "sum.golang.google.cn" || is_verifier(key)
}

/// `name+hash+key`: eight digits of a hash, and a key in base 64 (`note.NewVerifier`).
fn is_verifier(key: &str) -> bool {
    let mut parts = key.splitn(3, '+');
    let (Some(name), Some(hash), Some(key)) = (parts.next(), parts.next(), parts.next()) else { return false };
    let is_key = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'='));
    !name.is_empty() && hash.len() == 8 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()) && is_key
}

/// `parseGOVCS` in `cmd/go/internal/vcs/vcs.go`.
pub(super) fn govcs(setting: &Setting<'_>) -> Diagnosis {
    let mut seen = BTreeMap::new();
    let complaint = setting.value.trim().split(',').map(str::trim).find_map(|item| govcs_item(item, &mut seen));
    complaint.map_or_else(Diagnosis::used, |message| Diagnosis::rejected("bad-value", By::Downloading, message))
}

/// What is wrong with a rule `pattern:list`; `seen` are the rules so far, by pattern.
fn govcs_item<'a>(item: &'a str, seen: &mut BTreeMap<&'a str, &'a str>) -> Option<String> {
    if item.is_empty() {
        return Some("empty entry in GOVCS".to_owned());
    }
    let Some((pattern, list)) = item.split_once(':').map(|(pattern, list)| (pattern.trim(), list.trim())) else {
        return Some(format!("malformed entry in GOVCS (missing colon): {item:?}"));
    };
    let is_relative = matches!(pattern, "." | "..") || pattern.starts_with("./") || pattern.starts_with("../");
    match (pattern, list, seen.insert(pattern, item)) {
        ("", ..) => Some(format!("empty pattern in GOVCS: {item:?}")),
        (_, "", _) => Some(format!("empty VCS list in GOVCS: {item:?}")),
        _ if is_relative => Some(format!("relative pattern not allowed in GOVCS: {pattern:?}")),
        (.., Some(earlier)) => Some(format!("unreachable pattern in GOVCS: {item:?} after {earlier:?}")),
        _ if list.split('|').any(|name| name.trim().is_empty()) => Some(format!("empty VCS name in GOVCS: {item:?}")),
        _ => None,
    }
}

/// `runGoAuth` in `cmd/go/internal/auth/auth.go`: commands between semicolons.
pub(super) fn goauth(setting: &Setting<'_>) -> Diagnosis {
    let commands: Vec<&str> = setting.value.split(';').collect();
    let complaint = commands.iter().find_map(|command| {
        let words: Vec<&str> = command.split_whitespace().collect();
        match words.as_slice() {
            [] => Some(format!("go: GOAUTH encountered an empty command (GOAUTH={})", setting.value)),
            ["off", ..] if commands.len() > 1 => {
                Some(format!("go: GOAUTH=off cannot be combined with other authentication commands (GOAUTH={})", setting.value))
            }
            ["git", directory] if !setting.is_absolute(directory) => {
                Some("go: GOAUTH=git dir method requires an absolute path to the git working directory, dir is not absolute".to_owned())
            }
            ["git"] | ["git", _, _, ..] => {
                Some("go: GOAUTH=git dir method requires an absolute path to the git working directory".to_owned())
            }
            _ => None,
        }
    });
    let is_program = |command: &&str| !matches!(command.split_whitespace().next(), Some("off" | "netrc"));
    match complaint {
        Some(message) => Diagnosis::rejected("bad-value", By::Downloading, message),
        None if commands.iter().any(is_program) => {
            Diagnosis::conditional("external-program", "the command or directory must exist; without it Go goes on with no credentials")
        }
        None => Diagnosis::used(),
    }
}

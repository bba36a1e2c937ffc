//! GOFLAGS: flags that every go command reads, and takes if it knows them.
//!
//! Source: `InitGOFLAGS` and `SetFromGOFLAGS` in `cmd/go/internal/base/goflags.go`.

use super::super::{flags, quoted};
use super::{By, Diagnosis, Setting};
use crate::facts::version::VersionRange;

/// The first thing that is wrong with the flags, worst first: those that Go cannot read, bad values, those that Go takes for something
/// else, and those that depend on what is not seen here.
pub(super) fn diagnose(setting: &Setting<'_>, minor: u32) -> Diagnosis {
    let entries = match quoted::split(setting.value) {
        Ok(entries) => entries,
        Err(quote) => {
            return Diagnosis::rejected("unterminated-quote", By::Every, format!("go: parsing $GOFLAGS: unterminated {quote} string"));
        }
    };
    let given: Vec<Entry<'_>> = entries.iter().map(|text| Entry::read(text)).collect();
    let unreadable = with_previous(&given).find_map(|(previous, entry)| unreadable(entry, previous, minor));
    let trap = || with_previous(&given).find_map(|(previous, entry)| trap(entry, previous));
    let value = || given.iter().find_map(bad_value);
    let condition = || given.iter().find_map(condition);
    unreadable.or_else(value).or_else(trap).or_else(condition).unwrap_or_else(Diagnosis::used)
}

/// A word of GOFLAGS.
#[derive(Clone, Copy)]
struct Entry<'a> {
    text: &'a str,
    /// Without dashes; `None` if it is not a flag.
    name: Option<&'a str>,
    value: Option<&'a str>,
}

impl<'a> Entry<'a> {
    fn read(text: &'a str) -> Self {
        let body = text.strip_prefix('-').map(|body| body.strip_prefix('-').unwrap_or(body));
        let body = body.filter(|body| !body.is_empty() && !body.starts_with(['-', '=']));
        let (name, value) = match body {
            Some(body) => body.split_once('=').map_or((Some(body), None), |(name, value)| (Some(name), Some(value))),
            None => (None, None),
        };
        Self { text, name, value }
    }

    /// Whether its value is a list that people write with blanks.
    fn takes_list(self) -> bool {
        matches!(self.name, Some("asmflags" | "gccgoflags" | "gcflags" | "ldflags" | "tags" | "toolexec" | "exec"))
    }
}

fn with_previous<'a>(given: &'a [Entry<'a>]) -> impl Iterator<Item = (Option<Entry<'a>>, Entry<'a>)> {
    let previous = std::iter::once(None).chain(given.iter().copied().map(Some));
    previous.zip(given.iter().copied())
}

fn unreadable(entry: Entry<'_>, previous: Option<Entry<'_>>, minor: u32) -> Option<Diagnosis> {
    let split = previous.filter(|previous| previous.takes_list());
    let Some(name) = entry.name else {
        let message = format!("go: parsing $GOFLAGS: non-flag {:?}", entry.text);
        let reason = match split.or(previous.filter(|previous| previous.value.is_none())) {
            Some(previous) => format!(
                "Go splits GOFLAGS at blanks, so `{}` is not part of `{}`; a flag and its value are one word, `-name=value`",
                entry.text, previous.text
            ),
            None => format!("`{}` is not a flag; entries begin with a dash", entry.text),
        };
        return Some(Diagnosis::rejected_because("not-a-flag", By::Every, message, reason));
    };
    if flags::accepted_in_goflags(name, VersionRange::minor(minor)) != Some(false) {
        return None;
    }
    let message = format!("go: parsing $GOFLAGS: unknown flag -{name}");
    let rejected = match split {
        Some(previous) if previous.value.is_some_and(|value| value.starts_with(['\'', '"'])) => {
            let reason = format!(
                "quotes within a word are ordinary characters, so `{}` ends at the blank; quote the whole word: `'-name=a b'`",
                previous.text
            );
            Diagnosis::rejected_because("quotes-inside", By::Every, message, reason)
        }
        Some(previous) => {
            let reason = format!(
                "Go splits GOFLAGS at blanks, so `{}` is not part of `{}`; quote the whole word: `'-name=a b'`",
                entry.text, previous.text
            );
            Diagnosis::rejected_because("split-value", By::Every, message, reason)
        }
        None => Diagnosis::rejected("unknown-flag", By::Every, message).because_absent(),
    };
    Some(rejected)
}

/// Flags that Go reads without complaint, and that do something else than was meant.
fn trap(entry: Entry<'_>, previous: Option<Entry<'_>>) -> Option<Diagnosis> {
    let name = entry.name?;
    // Of the compiler's and the linker's flags, these are also flags of some go command.
    if let Some(previous) = previous.filter(|previous| previous.takes_list() && matches!(name, "m" | "w")) {
        let reason = format!(
            "Go splits GOFLAGS at blanks: `{}` is a flag of its own here, and `{}` does not get it; quote the whole word: `'-name=a b'`",
            entry.text, previous.text
        );
        return Some(Diagnosis::harmful("split-value", reason));
    }
    match name {
        "w" => Some(Diagnosis::harmful("go-env-flag", "`go env` takes `-w` too: it then writes variables instead of printing them")),
        "u" => Some(Diagnosis::harmful("go-env-flag", "`go env` takes `-u` too: it then unsets variables instead of printing them")),
        "json" => Some(Diagnosis::harmful("go-env-flag", "`go env`, `go list`, `go test` and others then print JSON")),
        "n" => Some(Diagnosis::harmful("dry-run", "with -n commands are printed and nothing is built")),
        "insecure" => {
            let message = "go: -insecure flag is no longer supported; use GOINSECURE instead";
            Some(Diagnosis::rejected("removed-flag", By::Getting, message))
        }
        "C" => {
            let message = format!(
                "go: invalid value {:?} for flag -C (from $GOFLAGS): -C flag must be first flag on command line",
                entry.value.unwrap_or_default()
            );
            Some(Diagnosis::rejected("chdir-flag", By::Every, message))
        }
        _ => None,
    }
}

/// A value that the commands which know the flag refuse.
fn bad_value(entry: &Entry<'_>) -> Option<Diagnosis> {
    let name = entry.name?;
    let Some(value) = entry.value else {
        let message = format!("go: flag needs an argument: -{name} (from $GOFLAGS)");
        let needs_value = flags::is_switch_everywhere(name) == Some(false);
        return needs_value.then(|| Diagnosis::rejected("flag-without-value", By::Building, message));
    };
    let message = match name {
        "mod" if !matches!(value, "" | "mod" | "readonly" | "vendor") => {
            format!("-mod={value} not supported (can be '', 'mod', 'readonly', or 'vendor')")
        }
        "modfile" if !value.ends_with(".mod") => format!("go: -modfile={value}: file does not have .mod extension"),
        "buildmode" if !BUILD_MODES.contains(&value) => format!("buildmode={value} not supported"),
        "compiler" if !matches!(value, "gc" | "gccgo") => invalid(name, value, &format!("unknown compiler {value:?}")),
        "covermode" if !matches!(value, "set" | "count" | "atomic") => {
            invalid(name, value, "valid modes are \"set\", \"count\", or \"atomic\"")
        }
        "p" if value.parse::<i64>().is_err() => invalid(name, value, "parse error"),
        "buildvcs" if !is_bool(value) && value != "auto" => invalid_switch(name, value, "value is neither 'auto' nor a valid bool"),
        "v" if !is_bool(value) && value != "test2json" => invalid_switch(name, value, "parse error"),
        _ if !is_bool(value) && (is_plain_switch(name) || is_test_switch(name)) => invalid_switch(name, value, "parse error"),
        _ => return None,
    };
    Some(Diagnosis::rejected("bad-value", if is_test_switch(name) { By::Testing } else { By::Building }, message))
}

fn invalid(name: &str, value: &str, why: &str) -> String {
    format!("go: invalid value {value:?} for flag -{name} (from $GOFLAGS): {why}")
}

fn invalid_switch(name: &str, value: &str, why: &str) -> String {
    format!("go: invalid boolean value {value:?} for flag -{name} (from $GOFLAGS): {why}")
}

/// A flag that works if something holds that is not seen here, or that does nothing for most commands.
fn condition(entry: &Entry<'_>) -> Option<Diagnosis> {
    match (entry.name?, entry.value) {
        ("modfile" | "overlay" | "pgo", Some(value)) if !matches!(value, "" | "auto" | "off") => {
            Some(Diagnosis::conditional("must-exist", format!("the file `{value}` must exist")))
        }
        (name @ ("d" | "t"), _) => Some(Diagnosis::ignored("get-flag", format!("only `go get` knows `-{name}`"))),
        _ => None,
    }
}

/// `go help buildmode`.
const BUILD_MODES: &[&str] = &["", "archive", "c-archive", "c-shared", "default", "exe", "pie", "plugin", "shared"];

/// Switches that take nothing but true and false; others also take words: `-json=Dir`, `-u=patch`.
fn is_plain_switch(name: &str) -> bool {
    matches!(name, "a" | "asan" | "cover" | "linkshared" | "modcacherw" | "msan" | "race" | "trimpath" | "work" | "x")
}

fn is_test_switch(name: &str) -> bool {
    matches!(name, "benchmem" | "failfast" | "fullpath" | "short")
}

/// `strconv.ParseBool`.
fn is_bool(value: &str) -> bool {
    matches!(value, "1" | "t" | "T" | "TRUE" | "true" | "True" | "0" | "f" | "F" | "FALSE" | "false" | "False")
}

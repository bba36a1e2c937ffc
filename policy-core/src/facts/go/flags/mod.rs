//! The flags of the go command: which there are, and how a command line is read.

#[cfg(test)]
mod against_go;
mod invocation;
mod table;

pub use invocation::{Given, Invocation};

use super::release::{NEWEST, OLDEST, Span, agree};
use crate::facts::version::VersionRange;
use table::{ANALYSERS, COMMANDS, FOREIGN, Flag, TEST, command};

/// Whether a subcommand (`build`, `mod tidy`) has a flag, given without dashes.
///
/// Not known for subcommands that are not known, and for those that pass unknown flags on: `go vet` and, since Go 1.26, `go fix` to the
/// program that does the work, `go test` to the test.
pub fn known(subcommand: &str, flag: &str, versions: VersionRange) -> Option<bool> {
    let table = command(subcommand)?;
    let found = table.flag(flag).or_else(|| passed_on(subcommand, flag));
    let passes_on = matches!(subcommand, "fix" | "test" | "vet");
    match found.map(|flag| flag.span.holds_as_measured(versions)) {
        Some(Some(true)) => Some(true),
        Some(held) => held.filter(|_| !passes_on),
        None if passes_on => None,
        None => agree(versions, |minor| (OLDEST..=NEWEST).contains(&minor).then_some(false)),
    }
}

/// Whether a flag takes the next word as its value; not known for flags that are not known.
pub fn takes_value(subcommand: &str, flag: &str) -> Option<bool> {
    let table = command(subcommand)?;
    Some(table.flag(flag).or_else(|| passed_on(subcommand, flag))?.value)
}

/// Whether GOFLAGS accepts a flag: any subcommand must have it (`hasFlag` in `cmd/go/internal/base/goflags.go`).
pub fn accepted_in_goflags(flag: &str, versions: VersionRange) -> Option<bool> {
    agree(versions, |minor| {
        let spans = everywhere(flag).map(|flag| flag.span);
        let answers: Vec<Option<bool>> = spans.map(|span| span.covers(minor)).collect();
        let found = answers.contains(&Some(true));
        let measured = (OLDEST..=NEWEST).contains(&minor);
        (found || measured).then_some(found)
    })
}

/// The flags in a value of GOFLAGS, in order; `None` if Go cannot read it. `known` tells whether GOFLAGS accepts them.
pub fn of_goflags(text: &str, versions: VersionRange) -> Option<Vec<Given>> {
    let words = super::quoted::split(text).ok()?;
    words.into_iter().map(|word| Given::read(word, |name| accepted_in_goflags(name, versions))).collect()
}

/// The flag as the subcommands have it that GOFLAGS speaks to.
fn everywhere(name: &str) -> impl Iterator<Item = &'static Flag> {
    let bare = name.strip_prefix("test.");
    let commands = COMMANDS.iter().filter(|command| !FOREIGN.contains(&command.name)).filter_map(move |command| command.flag(name));
    commands.chain(TEST.iter().filter(move |flag| Some(flag.name) == bare)).chain(TEST_VERBOSE.iter().filter(move |_| bare == Some("v")))
}

/// Whether a flag is a switch wherever it exists; not known if there is none, or if subcommands differ (`-run` does not, `-fix` does).
pub(crate) fn is_switch_everywhere(name: &str) -> Option<bool> {
    let mut kinds = everywhere(name).map(|flag| !flag.value);
    let first = kinds.next()?;
    kinds.all(|kind| kind == first).then_some(first)
}

/// `-v` of the test binary; `go test` has its own.
const TEST_VERBOSE: &[Flag] = &[Flag { name: "test.v", value: false, span: Span::since(OLDEST) }];

/// Flags that the subcommand's helper knows: `-printf` of `go vet`, `-test.run` of `go test`.
fn passed_on(subcommand: &str, flag: &str) -> Option<&'static Flag> {
    let (flags, name) = match subcommand {
        "vet" => (ANALYSERS, flag),
        "test" if flag == "test.v" => (TEST_VERBOSE, flag),
        "test" => (TEST, flag.strip_prefix("test.")?),
        _ => return None,
    };
    flags.iter().find(|flag| flag.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_belong_to_subcommands_and_releases() {
        for (subcommand, flag, minor, expected) in [
            ("install", "o", 24, Some(false)),
            ("install", "to", 22, Some(false)),
            ("build", "o", 24, Some(true)),
            ("build", "json", 23, Some(false)),
            ("build", "json", 24, Some(true)),
            ("get", "mod", 24, Some(false)),
            ("env", "changed", 22, Some(false)),
            ("vet", "printf", 22, Some(true)),
            ("vet", "printf.funcs", 22, None),
            ("test", "myflag", 22, None),
            ("test", "test.run", 22, Some(true)),
            ("install", "o", 28, None),
            ("nosuch", "o", 22, None),
        ] {
            assert_eq!(known(subcommand, flag, VersionRange::minor(minor)), expected, "go {subcommand} -{flag} in 1.{minor}");
        }
    }

    #[test]
    fn goflags_takes_the_flags_of_every_subcommand_but_not_those_of_other_programs() {
        let accepted = |flag, minor| accepted_in_goflags(flag, VersionRange::minor(minor));
        for flag in ["count", "mod", "test.v", "test.count", "vettool", "dropuse", "modcache"] {
            assert_eq!(accepted(flag, 21), Some(true), "{flag}");
        }
        for flag in ["nosuchflag", "h", "help", "printf", "all", "src", "test.", "args"] {
            assert_eq!(accepted(flag, 27), Some(false), "{flag}");
        }
        assert_eq!((accepted("artifacts", 25), accepted("artifacts", 26), accepted("nosuchflag", 30)), (Some(false), Some(true), None));
    }

    #[test]
    fn the_flags_of_goflags_are_normalised() {
        let shown = |text| {
            let flags = of_goflags(text, VersionRange::minor(24))?;
            Some(flags.iter().map(|flag| format!("{} {:?}", flag.normalised().unwrap(), flag.known)).collect::<Vec<_>>())
        };
        assert_eq!(shown("--race '-ldflags=-s -w' -nope").unwrap(), ["-race Some(true)", "-ldflags=-s -w Some(true)", "-nope Some(false)"]);
        assert_eq!((shown("-p 4"), shown("'-x")), (None, None));
    }

    #[test]
    fn no_subcommand_lists_a_flag_twice() {
        for command in COMMANDS {
            let mut names: Vec<_> = command.flags().map(|flag| flag.name).collect();
            names.sort_unstable();
            assert!(names.is_sorted_by(|left, right| left < right), "go {}: {names:?}", command.name);
        }
    }
}

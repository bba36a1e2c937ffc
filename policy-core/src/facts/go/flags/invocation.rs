//! A `go` command line, read as Go reads it.

use std::sync::Arc;

use super::{known, takes_value};
use crate::facts::version::VersionRange;

/// A `go` command line, split into its parts.
///
/// Words that are not known statically are `None`. One of them in a place where a flag may stand can be anything: then
/// [`Invocation::open`] is set, what follows is read as if it were not there, and what is missing in `flags` is not known to be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Invocation {
    /// `build`, `mod tidy`; `None` if it is missing or not known.
    pub subcommand: Option<Arc<str>>,
    /// The flags, in order.
    pub flags: Vec<Given>,
    /// Packages, files, names of variables: what the subcommand works on.
    pub arguments: Vec<Option<Arc<str>>>,
    /// Words for the program that `go run`, `go tool` or `go test` starts.
    pub passed_on: Vec<Option<Arc<str>>>,
    /// Whether a word that is not known may hide flags or arguments.
    pub open: bool,
}

/// A flag as it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// Its name, without dashes.
    pub name: Arc<str>,
    /// Its value, if it has one: `None` within if it is not known.
    pub value: Option<Option<Arc<str>>>,
    /// Whether the subcommand has such a flag.
    pub known: Option<bool>,
}

impl Given {
    /// A word of GOFLAGS; `None` if it is not a flag.
    pub(super) fn read(word: &str, known: impl FnOnce(&str) -> Option<bool>) -> Option<Self> {
        match parse(word) {
            Parsed::Flag(name, value) => Some(Self { name: name.into(), value: value.map(|value| Some(value.into())), known: known(name) }),
            Parsed::End | Parsed::Other => None,
        }
    }

    /// `-name` or `-name=value`; `None` if the value is not known.
    pub fn normalised(&self) -> Option<String> {
        match &self.value {
            None => Some(format!("-{}", self.name)),
            Some(value) => value.as_ref().map(|value| format!("-{}={value}", self.name)),
        }
    }
}

type Word = Option<Arc<str>>;

impl Invocation {
    /// Reads the words after `go`.
    pub fn read(words: &[Option<Arc<str>>], versions: VersionRange) -> Self {
        let (subcommand, rest) = subcommand(words);
        let mut invocation = Self { open: subcommand.is_none() && !words.is_empty(), subcommand, ..Self::default() };
        match invocation.subcommand.clone().as_deref() {
            None => invocation.arguments.extend_from_slice(rest),
            Some("test") => invocation.read_test(rest, versions),
            Some(name) => {
                let rest = invocation.read_flags(name, rest, versions);
                invocation.read_arguments(name, rest);
            }
        }
        invocation
    }

    /// The last flag of that name: the one that counts.
    pub fn flag(&self, name: &str) -> Option<&Given> {
        self.flags.iter().rev().find(|flag| &*flag.name == name)
    }

    /// Package `flag`'s rules: flags end at the first other word, at `-`, or behind `--`.
    fn read_flags<'a>(&mut self, subcommand: &str, mut words: &'a [Word], versions: VersionRange) -> &'a [Word] {
        while let [word, rest @ ..] = words {
            match word.as_deref().map(parse) {
                None => {
                    self.open = true;
                    words = rest;
                }
                Some(Parsed::Other) => break,
                Some(Parsed::End) => return rest,
                Some(Parsed::Flag(name, value)) => words = self.push(subcommand, name, value, rest, versions),
            }
        }
        words
    }

    /// Takes a flag, with the next word as its value if it needs one; returns what is left.
    fn push<'a>(&mut self, subcommand: &str, name: &str, value: Option<&str>, rest: &'a [Word], versions: VersionRange) -> &'a [Word] {
        let needs_value = value.is_none() && takes_value(subcommand, name) == Some(true);
        let (value, rest) = match (needs_value, rest) {
            (true, [next, rest @ ..]) => (Some(next.clone()), rest),
            _ => (value.map(|value| Some(value.into())), rest),
        };
        // Behind a word that is not known, what looks like a flag may be an argument of a program or of a package list.
        let known = known(subcommand, name, versions).filter(|known| *known || !self.open);
        self.flags.push(Given { name: name.into(), value, known });
        rest
    }

    /// `go run` takes .go files or one package, `go tool` one name; the rest is for the program.
    fn read_arguments(&mut self, subcommand: &str, words: &[Word]) {
        let is_file = |word: &Word| word.as_deref().is_some_and(|word| word.ends_with(".go"));
        let own = match subcommand {
            "run" => words.iter().take_while(|word| is_file(word)).count().max(1),
            "tool" => 1,
            _ => words.len(),
        };
        let (own, rest) = words.split_at_checked(own).unwrap_or((words, &[]));
        self.arguments.extend_from_slice(own);
        self.passed_on.extend_from_slice(rest);
    }

    /// `go test`: flags and one list of packages in any order; an unknown flag, or a word behind the packages, begins what is for the test,
    /// although known flags are still taken (`testFlags` in `cmd/go/internal/test/testflag.go`).
    fn read_test(&mut self, mut words: &[Word], versions: VersionRange) {
        let mut packages = Packages::Before;
        while let [word, rest @ ..] = words {
            words = match word.as_deref().map(parse) {
                Some(Parsed::Flag("args", None)) | Some(Parsed::End) => return self.passed_on.extend_from_slice(rest),
                Some(Parsed::Flag(name, value)) => {
                    packages = if takes_value("test", name).is_none() { Packages::After } else { packages.flag() };
                    match takes_value("test", name) {
                        Some(_) => self.push("test", name, value, rest, versions),
                        None => {
                            self.passed_on.push(word.clone());
                            rest
                        }
                    }
                }
                Some(Parsed::Other) if packages == Packages::After => return self.passed_on.extend_from_slice(words),
                Some(Parsed::Other) => {
                    packages = Packages::Within;
                    self.arguments.push(word.clone());
                    rest
                }
                None => {
                    self.open = true;
                    rest
                }
            };
        }
    }
}

/// Where the list of packages of `go test` is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Packages {
    Before,
    Within,
    After,
}

impl Packages {
    fn flag(self) -> Self {
        if self == Self::Before { Self::Before } else { Self::After }
    }
}

/// The subcommand, of two words for `mod`, `work`; and what follows it.
fn subcommand(words: &[Word]) -> (Word, &[Word]) {
    match words {
        [Some(first), Some(second), rest @ ..] if matches!(&**first, "mod" | "work") => (Some(format!("{first} {second}").into()), rest),
        [Some(first), ..] if matches!(&**first, "mod" | "work") => (None, words),
        [Some(first), rest @ ..] => (Some(Arc::clone(first)), rest),
        _ => (None, words),
    }
}

enum Parsed<'a> {
    Flag(&'a str, Option<&'a str>),
    End,
    Other,
}

fn parse(word: &str) -> Parsed<'_> {
    if word == "--" {
        return Parsed::End;
    }
    let Some(body) = word.strip_prefix('-').map(|body| body.strip_prefix('-').unwrap_or(body)) else { return Parsed::Other };
    if body.is_empty() || body.starts_with(['-', '=']) {
        return Parsed::Other;
    }
    body.split_once('=').map_or(Parsed::Flag(body, None), |(name, value)| Parsed::Flag(name, Some(value)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(line: &str) -> Invocation {
        let words: Vec<Word> = line.split_whitespace().map(|word| (word != "?").then(|| word.into())).collect();
        Invocation::read(&words, VersionRange::minor(24))
    }

    fn shown(invocation: &Invocation) -> String {
        let words = |words: &[Word]| words.iter().map(|word| word.as_deref().unwrap_or("?").to_owned()).collect::<Vec<_>>().join(" ");
        let flags: Vec<String> =
            invocation.flags.iter().map(|flag| flag.normalised().unwrap_or_else(|| format!("-{}=?", flag.name))).collect();
        let open = if invocation.open { " open" } else { "" };
        let subcommand = invocation.subcommand.as_deref().unwrap_or("-");
        format!("{subcommand} [{}] [{}] [{}]{open}", flags.join(" "), words(&invocation.arguments), words(&invocation.passed_on))
    }

    #[test]
    fn command_lines_are_read_as_go_reads_them() {
        for (line, expected) in [
            ("build -o out --race ./... -v", "build [-o=out -race] [./... -v] []"),
            ("build -ldflags -s -- -x", "build [-ldflags=-s] [-x] []"),
            ("mod tidy -go=1.22 -v", "mod tidy [-go=1.22 -v] [] []"),
            ("run -race main.go util.go -v x", "run [-race] [main.go util.go] [-v x]"),
            ("run ./cmd/x -v", "run [] [./cmd/x] [-v]"),
            ("tool -n compile -S x.go", "tool [-n] [compile] [-S x.go]"),
            ("env -w GOFLAGS=-mod=mod", "env [-w] [GOFLAGS=-mod=mod] []"),
            ("test -race ./a ./b -run X -count 1", "test [-race -run=X -count=1] [./a ./b] []"),
            ("test ./... -args -v", "test [] [./...] [-v]"),
            ("test -mine x ./...", "test [] [] [-mine x ./...]"),
            ("test ./a -v ./b", "test [-v] [./a] [./b]"),
            ("build ? -race ./...", "build [-race] [./...] [] open"),
            ("build -o ? ./...", "build [-o=?] [./...] []"),
            ("? x", "- [] [? x] [] open"),
            ("mod", "- [] [mod] [] open"),
            ("", "- [] [] []"),
        ] {
            assert_eq!(shown(&read(line)), expected, "go {line}");
        }
    }

    #[test]
    fn a_flag_knows_whether_its_subcommand_has_it() {
        assert_eq!(read("install -o x ./cmd").flags[0].known, Some(false));
        assert_eq!(read("install -race -race=false").flag("race").unwrap().normalised().as_deref(), Some("-race=false"));
    }

    proptest! {
        #[test]
        fn no_word_is_lost(words in proptest::collection::vec(prop_oneof![Just("test"), Just("build"), Just("-v"), Just("-o"), Just("./..."), Just("-zzz"), Just("--")], 0..8)) {
            let invocation = read(&words.join(" "));
            let in_flags: usize = invocation.flags.iter().map(|flag| 1 + usize::from(flag.value.is_some())).sum();
            let kept = in_flags + invocation.arguments.len() + invocation.passed_on.len() + usize::from(invocation.subcommand.is_some());
            prop_assert!(kept == words.len() || kept + 1 == words.len(), "{} of {words:?}", shown(&invocation));
        }
    }
}

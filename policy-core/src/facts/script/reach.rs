//! What commands may lead to, as far as their words tell: the first of two steps that find out what need not be followed. The
//! second, in [`super::quiet`], knows the state of the shell.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::wrappers;
use crate::facts::go::variables;
use crate::syntax::shell::ast::{Command, Item, Part, Word};
use crate::syntax::shell::{Found, in_command, in_item};

/// Commands that run a text or a file.
const RUNNERS: &[&str] = &[".", "bash", "dash", "eval", "sh", "source"];
/// Builtins that put their arguments into variables.
const ASSIGNERS: &[&str] = &["declare", "export", "local", "printf", "read", "readonly", "set", "typeset"];
/// Builtins that change the directory.
const MOVERS: &[&str] = &["cd", "popd", "pushd"];
/// The names of the runner's files begin with these; [`super::RunnerPaths`] are the paths that stand for them.
const RUNNER_FILES: &[&str] = &["GITHUB_ENV", "GITHUB_PATH", "GITHUB_OUTPUT", "<github-"];

/// A question about the name of a command.
pub(crate) type Concerns<'c> = &'c dyn Fn(&str) -> bool;

/// Names of commands that stand among words which may become the name of a command later: as arguments, or in variables.
#[derive(Clone, Debug, Default)]
pub(super) struct Told {
    /// One of them is of concern, or cannot be told.
    pub(super) concerns: bool,
    /// Paths that may be those of scripts.
    pub(super) paths: BTreeSet<String>,
}

impl Told {
    /// Those of a text. In `NAME=value` it is the value that counts.
    pub(super) fn by_text(text: &str, concerns: Concerns<'_>) -> Self {
        let mut told = Self::default();
        for word in text.split_whitespace() {
            let word = word.split_once('=').map_or(word, |(_, value)| value);
            told.concerns |= concerns(word);
            told.paths.extend(Some(word).filter(|word| is_path(word)).map(str::to_owned));
        }
        told
    }

    fn by_word(word: &Word, concerns: Concerns<'_>) -> Self {
        match plain(word) {
            Some(text) => Self::by_text(&text, concerns),
            None => {
                let told = Self::by_text(&written(&word.parts), concerns);
                Self { concerns: told.concerns || !told.paths.is_empty(), paths: BTreeSet::new() }
            }
        }
    }

    fn by_words(words: &[Word], concerns: Concerns<'_>) -> Self {
        words.iter().map(|word| Self::by_word(word, concerns)).fold(Self::default(), |mut all, told| {
            all.add(&told);
            all
        })
    }

    /// These and others.
    pub(super) fn add(&mut self, other: &Self) {
        self.concerns |= other.concerns;
        self.paths.extend(other.paths.iter().cloned());
    }

    /// Whether there is any.
    pub(super) fn is_anything(&self) -> bool {
        self.concerns || !self.paths.is_empty()
    }
}

/// What some commands may lead to.
#[derive(Debug, Default)]
pub(super) struct Reach {
    /// They run a text, or a file that their words do not name, or name a file of the runner.
    pub(super) is_opaque: bool,
    /// They name a variable of Go.
    pub(super) names_variable: bool,
    /// The names of some of them are put together when they run.
    pub(super) is_dynamic: bool,
    /// What they put into variables.
    pub(super) assigned: Told,
    /// They change the directory.
    pub(super) moves: bool,
    /// The functions that they define.
    pub(super) functions: BTreeSet<String>,
    /// The functions and programs that they call, by name.
    pub(super) names: BTreeMap<String, Called>,
    /// The scripts that a shell is told to run, and what these are told.
    pub(super) scripts: BTreeMap<String, Told>,
}

/// A function or program that is called.
#[derive(Debug)]
pub(super) struct Called {
    /// Whether a program of that name is of concern.
    pub(super) concerns: bool,
    /// What it is told.
    pub(super) told: Told,
}

impl Reach {
    /// That of an item, which stands in `text`.
    pub(super) fn of_item(item: &Item, text: &str, concerns: Concerns<'_>) -> Self {
        Self::gathered(text, concerns, |wanted| in_item(item, wanted))
    }

    /// That of a command, which stands in `text`.
    pub(super) fn of_command(command: &Command, text: &str, concerns: Concerns<'_>) -> Self {
        Self::gathered(text, concerns, |wanted| in_command(command, wanted))
    }

    fn gathered(text: &str, concerns: Concerns<'_>, search: impl FnOnce(&dyn Fn(Found<'_>) -> bool) -> bool) -> Self {
        let reach = RefCell::new(Self {
            is_opaque: RUNNER_FILES.iter().any(|name| text.contains(name)),
            names_variable: names_variable(text),
            ..Self::default()
        });
        search(&|found| {
            reach.borrow_mut().add(found, concerns);
            false
        });
        reach.into_inner()
    }

    /// Whether it may lead to anything of concern, whatever the state of the shell.
    pub(super) fn may_matter(&self) -> bool {
        let named = || self.names.iter().any(|(name, called)| called.concerns || is_path(name));
        self.is_opaque || self.names_variable || self.is_dynamic || !self.scripts.is_empty() || named()
    }

    /// Whether it leads to something of concern, whatever the state of the shell; a function may yet be called `go`, but then
    /// no harm is done.
    pub(super) fn is_loud(&self) -> bool {
        self.is_opaque || self.names.iter().any(|(name, called)| called.concerns && !name.contains('/'))
    }

    fn add(&mut self, found: Found<'_>, concerns: Concerns<'_>) {
        match found {
            Found::Assigned(word) => self.assigned.add(&Told::by_word(word, concerns)),
            Found::Command([name, arguments @ ..]) => self.add_command(name, arguments, concerns),
            Found::Command([]) => {}
            Found::Function(name) => {
                self.functions.insert(name.to_owned());
            }
        }
    }

    fn add_command(&mut self, name: &Word, arguments: &[Word], concerns: Concerns<'_>) {
        let told = Told::by_words(arguments, concerns);
        let Some(known) = plain(name) else {
            self.is_dynamic = true;
            self.is_opaque |= told.is_anything() || Told::by_word(name, concerns).is_anything();
            return;
        };
        if RUNNERS.contains(&&*known) {
            self.add_runner(&known, arguments, &told);
        } else if wrappers::runs_another(&known) {
            arguments.iter().for_each(|word| self.add_behind_prefix(word, &told, concerns));
        }
        if ASSIGNERS.contains(&&*known) {
            self.assigned.add(&told);
        }
        self.moves |= MOVERS.contains(&&*known);
        self.call(known.into_owned(), &told, concerns);
    }

    /// `bash -e script.sh`: which file it runs. Texts are not looked into.
    fn add_runner(&mut self, name: &str, arguments: &[Word], told: &Told) {
        let mut words = arguments.iter().map(plain);
        let mut operand = words.find(|word| word.as_ref().is_none_or(|word| !word.starts_with(['-', '+'])));
        let texts = arguments.iter().map_while(plain).any(|word| word.starts_with('-') && !word.starts_with("--") && word.contains('c'));
        if operand == Some(Some(Cow::Borrowed("pipefail"))) {
            operand = words.next();
        }
        match operand.flatten().filter(|_| !texts && name != "eval") {
            Some(script) => self.scripts.entry(script.into_owned()).or_default().add(told),
            None => self.is_opaque = true,
        }
    }

    /// A word behind `sudo`, `env` …: perhaps the command that these run.
    fn add_behind_prefix(&mut self, word: &Word, told: &Told, concerns: Concerns<'_>) {
        match plain(word) {
            None => self.is_dynamic = true,
            Some(word) if RUNNERS.contains(&&*word) || word.split_whitespace().count() > 1 => self.is_opaque = true,
            Some(word) => self.call(word.into_owned(), told, concerns),
        }
    }

    fn call(&mut self, name: String, told: &Told, concerns: Concerns<'_>) {
        let concerns = concerns(&name);
        self.names.entry(name).or_insert(Called { concerns, told: Told::default() }).told.add(told);
    }
}

fn names_variable(text: &str) -> bool {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    words.filter(|word| word.starts_with(|c: char| c.is_ascii_uppercase())).any(|word| variables::lookup(word).is_some())
}

/// The characters of a word that are not the result of an expansion.
fn written(parts: &[Part]) -> String {
    let part = |part: &Part| match part {
        Part::Literal(text) | Part::Quoted(text) => text.clone(),
        Part::DoubleQuoted(parts) => written(parts),
        _ => String::new(),
    };
    parts.iter().map(part).collect()
}

/// Whether a name may lead to a script of the repository. Directories of the system hold none.
pub(super) fn is_path(name: &str) -> bool {
    let of_system = ["/bin", "/etc", "/opt", "/usr", "/var", "/dev", "/tmp", "/mnt"];
    let below = |directory: &str| name.strip_prefix(directory).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    name.contains('/') && !name.starts_with('-') && !of_system.iter().any(|directory| below(directory))
}

/// The text of a word in which nothing is expanded.
pub(crate) fn plain(word: &Word) -> Option<Cow<'_, str>> {
    plain_parts(&word.parts)
}

fn plain_parts(parts: &[Part]) -> Option<Cow<'_, str>> {
    match parts {
        [part] => plain_part(part),
        parts => parts.iter().map(plain_part).collect::<Option<String>>().map(Cow::Owned),
    }
}

fn plain_part(part: &Part) -> Option<Cow<'_, str>> {
    match part {
        Part::Literal(text) if text.contains(['{', '*', '?', '[']) && text != "[" => None,
        Part::Literal(text) | Part::Quoted(text) => Some(Cow::Borrowed(text)),
        Part::DoubleQuoted(parts) => plain_parts(parts),
        _ => None,
    }
}

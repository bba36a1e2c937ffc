//! The state of a shell between two commands, and how paths through a script part and meet.

use std::cell::OnceCell;
use std::ops::{Deref, DerefMut};
use std::rc::Rc;
use std::sync::Arc;

use super::content::Content;
use super::reach::Reach;
use super::steady::Steady;
use super::variables::Variables;
use crate::facts::value::{Reason, Value};
use crate::syntax::shell::ast;
use crate::text::{Location, Span, Text};

/// The weight of a path that is always taken. Each undecided branch halves it, and meeting paths add theirs up, so a command
/// runs for certain where the whole weight arrives.
pub(super) const WHOLE: u64 = 1 << 48;

/// An exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Code {
    Known(u8),
    Failure,
    Unknown,
}

/// One of the files through which a step talks to the runner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RunnerFile {
    Env,
    Path,
    Output,
}

/// Where a file descriptor leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sink {
    /// The log, a file of no interest, or nowhere.
    Elsewhere,
    /// A pipe or command substitution: index into [`State::captures`].
    Capture(usize),
    /// A file of the runner.
    Runner(RunnerFile),
    /// Perhaps that file of the runner, perhaps another.
    Perhaps(RunnerFile),
}

/// What was written to the runner's files.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct RunnerFiles {
    pub(super) env: Content,
    pub(super) path: Content,
    pub(super) output: Content,
}

impl RunnerFiles {
    pub(super) fn get_mut(&mut self, file: RunnerFile) -> &mut Content {
        match file {
            RunnerFile::Env => &mut self.env,
            RunnerFile::Path => &mut self.path,
            RunnerFile::Output => &mut self.output,
        }
    }

    pub(super) fn get(&self, file: RunnerFile) -> &Content {
        match file {
            RunnerFile::Env => &self.env,
            RunnerFile::Path => &self.path,
            RunnerFile::Output => &self.output,
        }
    }

    pub(super) fn join(self, other: &Self) -> Self {
        Self { env: self.env.join(&other.env), path: self.path.join(&other.path), output: self.output.join(&other.output) }
    }
}

/// Where the characters of the running text stand.
#[derive(Clone)]
pub(super) enum Place<'a> {
    /// Where a mapping says.
    Mapped(&'a dyn Fn(Span) -> Location),
    /// All at one place: a text that the script put together.
    Fixed(Location),
    /// In a file of their own.
    File(Arc<Text>),
}

/// The text that runs: the script, or something it evaluates.
#[derive(Clone)]
pub(super) struct Frame<'a> {
    /// Empty if it is that of a file.
    text: Arc<str>,
    place: Place<'a>,
    pub(super) holes: Arc<[Value]>,
}

impl<'a> Frame<'a> {
    pub(super) fn new(text: impl Into<Arc<str>>, place: Place<'a>, holes: Arc<[Value]>) -> Self {
        Self { text: text.into(), place, holes }
    }

    /// The text of a file of its own.
    pub(super) fn of_file(text: &Arc<Text>) -> Self {
        Self { text: "".into(), place: Place::File(Arc::clone(text)), holes: Arc::default() }
    }

    pub(super) fn text(&self) -> &str {
        match &self.place {
            Place::File(text) => text.content(),
            _ => &self.text,
        }
    }

    pub(super) fn locate(&self, span: Span) -> Location {
        match &self.place {
            Place::Mapped(locate) => locate(span),
            Place::Fixed(location) => location.clone(),
            Place::File(text) => Location::new(text, span),
        }
    }

    pub(super) fn source(&self, span: Span) -> &str {
        self.text().get(span.range()).unwrap_or_default()
    }
}

/// A function and the text it was defined in.
#[derive(Clone)]
pub(super) struct Function<'a> {
    pub(super) body: Arc<ast::Command>,
    pub(super) frame: Frame<'a>,
    /// What it may lead to, once somebody has asked.
    pub(super) reach: Rc<OnceCell<Arc<Reach>>>,
}

/// What a name may call: functions of several branches, and perhaps none of them.
#[derive(Clone)]
pub(super) struct Callees<'a> {
    pub(super) functions: Vec<Function<'a>>,
    pub(super) perhaps_none: bool,
}

/// `set -…` and `shopt`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Settings {
    /// `None` where paths disagree; so for the others.
    pub(super) errexit: Option<bool>,
    pub(super) nounset: Option<bool>,
    pub(super) pipefail: Option<bool>,
    pub(super) noglob: bool,
    pub(super) allexport: Option<bool>,
}

/// The shell between two commands. It is passed along and copied at every command, so it is small.
#[derive(Clone)]
pub(super) struct State<'a> {
    pub(super) variables: Variables,
    pub(super) cwd: Value,
    pub(super) settings: Settings,
    pub(super) code: Code,
    pub(super) weight: u64,
    steady: Rc<Steady<'a>>,
}

impl<'a> Deref for State<'a> {
    type Target = Steady<'a>;

    fn deref(&self) -> &Self::Target {
        &self.steady
    }
}

/// Changing the steady part makes it this state's own.
impl DerefMut for State<'_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        Rc::make_mut(&mut self.steady)
    }
}

impl<'a> State<'a> {
    /// A shell that starts at its process.
    pub(super) fn new(variables: Variables, cwd: Value, settings: Settings, steady: Steady<'a>) -> Self {
        Self { variables, cwd, settings, code: Code::Known(0), weight: WHOLE, steady: Rc::new(steady) }
    }

    /// Either this path or the other.
    pub(super) fn join(self, other: Self) -> Self {
        let joined = self.joined(&other, Steady::join);
        Self {
            cwd: joined.cwd.join(other.cwd),
            settings: joined.settings.join(other.settings),
            variables: joined.variables.join(&other.variables),
            ..joined
        }
    }

    /// Either this path or the other, of a shell that ends here: only what outlives it is joined. Nearly every command of a
    /// script under `set -e` may end it.
    pub(super) fn outlived(self, other: &Self) -> Self {
        self.joined(other, Steady::outlived)
    }

    fn joined(self, other: &Self, join: impl FnOnce(&Steady<'a>, &Steady<'a>) -> Steady<'a>) -> Self {
        let shared = Rc::ptr_eq(&self.steady, &other.steady);
        Self {
            code: self.code.join(other.code),
            weight: self.weight.saturating_add(other.weight).min(WHOLE),
            steady: if shared { self.steady } else { Rc::new(join(&self.steady, &other.steady)) },
            ..self
        }
    }

    /// This state after a subshell that ended as `child`: what it wrote stays.
    pub(super) fn after_child(&self, child: Self) -> Self {
        let mut state = Self { weight: child.weight, code: child.code, ..self.clone() };
        if !Rc::ptr_eq(&state.steady, &child.steady) {
            let written = Rc::unwrap_or_clone(child.steady);
            let steady = &mut *state;
            (steady.files, steady.captures, steady.stdin) = (written.files, written.captures, written.stdin);
        }
        state
    }

    /// What a subshell wrote that ended as `child` stays.
    pub(super) fn take_written(&mut self, child: &Self) {
        let changed = self.files != child.files || self.captures != child.captures;
        if changed {
            (self.files, self.captures) = (child.files.clone(), child.captures.clone());
        }
    }

    /// The redirections of a command end: descriptors lead again where they did before.
    pub(super) fn end_redirections(&mut self, before: &Self) {
        if self.steady.is_redirected(&before.steady) {
            self.steady = Rc::clone(&before.steady);
        } else {
            (self.sinks, self.stdin) = (before.sinks.clone(), before.stdin.clone());
        }
    }

    /// Standard input is used up.
    pub(super) fn drain_stdin(&mut self) {
        if self.stdin.is_some() {
            self.stdin = None;
        }
    }

    /// Two halves of this path.
    pub(super) fn parted(mut self) -> (Self, Self) {
        let mut other = self.clone();
        other.weight = self.weight / 2;
        self.weight -= other.weight;
        (self, other)
    }

    /// This path with another weight.
    pub(super) fn weighing(mut self, weight: u64) -> Self {
        self.weight = weight;
        self
    }

    /// After a command that ended with `code`.
    pub(super) fn with(mut self, code: Code) -> Self {
        self.code = code;
        self
    }

    /// Anything may have happened to variables and directory.
    pub(super) fn forget(&mut self, reason: &Reason) {
        self.variables.forget(reason);
        self.cwd = self.cwd.clone().or_unknown(reason.clone());
        let steady = &mut **self;
        steady.positional = steady.positional.clone().or_unknown(reason.clone());
        steady.directories = None;
    }

    /// Where output of a descriptor goes.
    pub(super) fn sink(&self, descriptor: i32) -> Sink {
        self.sinks.get(&descriptor).copied().unwrap_or(Sink::Elsewhere)
    }
}

impl Settings {
    /// Where paths disagree, it is not known; patterns are then taken to be active, since their matches are unknown.
    fn join(self, other: Self) -> Self {
        Self {
            errexit: self.errexit.filter(|errexit| other.errexit == Some(*errexit)),
            nounset: self.nounset.filter(|nounset| other.nounset == Some(*nounset)),
            pipefail: self.pipefail.filter(|pipefail| other.pipefail == Some(*pipefail)),
            noglob: self.noglob && other.noglob,
            allexport: self.allexport.filter(|allexport| other.allexport == Some(*allexport)),
        }
    }
}

impl Code {
    pub(super) fn join(self, other: Self) -> Self {
        match (self, other) {
            (a, b) if a == b => a,
            (Self::Known(0) | Self::Unknown, _) | (_, Self::Known(0) | Self::Unknown) => Self::Unknown,
            _ => Self::Failure,
        }
    }
}

//! The state of a shell between two commands, and how paths through a script part and meet.

use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use super::content::Content;
use super::items::Items;
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
    pub(super) text: Arc<str>,
    pub(super) place: Place<'a>,
    pub(super) holes: Arc<[Value]>,
}

impl Frame<'_> {
    pub(super) fn locate(&self, span: Span) -> Location {
        match &self.place {
            Place::Mapped(locate) => locate(span),
            Place::Fixed(location) => location.clone(),
            Place::File(text) => Location::new(text, span),
        }
    }

    pub(super) fn source(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }
}

/// A function and the text it was defined in.
#[derive(Clone)]
pub(super) struct Function<'a> {
    pub(super) body: Arc<ast::Command>,
    pub(super) frame: Frame<'a>,
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
    steady: Arc<Steady<'a>>,
}

/// The part of a shell that few commands change: copies of the state share it until one of them does.
#[derive(Clone)]
pub(super) struct Steady<'a> {
    /// What `pushd` left, the newest last; `None` if paths disagree.
    pub(super) directories: Option<Vec<Value>>,
    /// `$0`
    pub(super) name: Value,
    pub(super) positional: Items,
    pub(super) functions: Functions<'a>,
    pub(super) sinks: BTreeMap<i32, Sink>,
    pub(super) stdin: Option<Content>,
    pub(super) captures: Vec<Content>,
    pub(super) files: RunnerFiles,
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
        Arc::make_mut(&mut self.steady)
    }
}

impl<'a> Steady<'a> {
    fn join(&self, other: &Self) -> Self {
        Self {
            directories: self.directories.clone().filter(|stack| other.directories.as_ref() == Some(stack)),
            positional: if self.positional == other.positional {
                self.positional.clone()
            } else {
                self.positional.clone().join(&other.positional)
            },
            name: self.name.clone().join(other.name.clone()),
            functions: join_functions(Arc::clone(&self.functions), &other.functions),
            sinks: if self.sinks == other.sinks { self.sinks.clone() } else { join_sinks(self.sinks.clone(), &other.sinks) },
            ..self.outlived(other)
        }
    }

    /// What outlives the shell is joined.
    fn outlived(&self, other: &Self) -> Self {
        Self {
            stdin: self.stdin.clone().zip(other.stdin.as_ref()).map(|(a, b)| a.join(b)),
            captures: self.captures.iter().zip(&other.captures).map(|(a, b)| a.clone().join(b)).collect(),
            files: self.files.clone().join(&other.files),
            ..self.clone()
        }
    }
}

impl<'a> State<'a> {
    /// A shell that starts at its process.
    pub(super) fn new(variables: Variables, cwd: Value, settings: Settings, steady: Steady<'a>) -> Self {
        Self { variables, cwd, settings, code: Code::Known(0), weight: WHOLE, steady: Arc::new(steady) }
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
    fn outlived(self, other: &Self) -> Self {
        self.joined(other, Steady::outlived)
    }

    fn joined(self, other: &Self, join: impl FnOnce(&Steady<'a>, &Steady<'a>) -> Steady<'a>) -> Self {
        let shared = Arc::ptr_eq(&self.steady, &other.steady);
        Self {
            code: self.code.join(other.code),
            weight: self.weight.saturating_add(other.weight).min(WHOLE),
            steady: if shared { self.steady } else { Arc::new(join(&self.steady, &other.steady)) },
            ..self
        }
    }

    /// This state after a subshell that ended as `child`: what it wrote stays.
    pub(super) fn after_child(&self, child: Self) -> Self {
        let mut state = Self { weight: child.weight, code: child.code, ..self.clone() };
        if !Arc::ptr_eq(&state.steady, &child.steady) {
            let written = Arc::unwrap_or_clone(child.steady);
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

fn join_sinks(mut a: BTreeMap<i32, Sink>, b: &BTreeMap<i32, Sink>) -> BTreeMap<i32, Sink> {
    let descriptors: Vec<i32> = a.keys().chain(b.keys()).copied().collect();
    for descriptor in descriptors {
        let pair = [a.get(&descriptor), b.get(&descriptor)].map(|sink| sink.copied().unwrap_or(Sink::Elsewhere));
        let joined = match pair {
            [x, y] if x == y => x,
            [Sink::Runner(file) | Sink::Perhaps(file), _] | [_, Sink::Runner(file) | Sink::Perhaps(file)] => Sink::Perhaps(file),
            [Sink::Capture(index), _] | [_, Sink::Capture(index)] => Sink::Capture(index),
            [Sink::Elsewhere, Sink::Elsewhere] => Sink::Elsewhere,
        };
        a.insert(descriptor, joined);
    }
    a
}

type Functions<'a> = Arc<BTreeMap<String, Callees<'a>>>;

fn join_functions<'a>(mut a: Functions<'a>, b: &Functions<'a>) -> Functions<'a> {
    if Arc::ptr_eq(&a, b) {
        return a;
    }
    let table = Arc::make_mut(&mut a);
    for (name, callees) in table.iter_mut() {
        callees.perhaps_none |= !b.contains_key(name);
    }
    for (name, theirs) in b.iter() {
        let Some(mine) = table.get_mut(name) else {
            table.insert(name.clone(), Callees { perhaps_none: true, ..theirs.clone() });
            continue;
        };
        mine.perhaps_none |= theirs.perhaps_none;
        for function in &theirs.functions {
            if mine.functions.len() < super::items::MOST_ALTERNATIVES
                && !mine.functions.iter().any(|known| Arc::ptr_eq(&known.body, &function.body))
            {
                mine.functions.push(function.clone());
            }
        }
    }
    a
}

/// How a command can end. A path of which it is not known whether it succeeded stands in two of these, each with half its weight.
pub(super) struct Ends<'a> {
    /// Status 0.
    pub(super) ok: Option<State<'a>>,
    /// Another status.
    pub(super) failed: Option<State<'a>>,
    /// Another status, where `set -e` does not apply: a condition failed, or what was negated succeeded.
    pub(super) excused: Option<State<'a>>,
}

impl<'a> Ends<'a> {
    /// The path stopped: nothing comes after.
    pub(super) fn none() -> Self {
        Self { ok: None, failed: None, excused: None }
    }

    /// Success.
    pub(super) fn ok(state: State<'a>) -> Self {
        Self { ok: Some(state.with(Code::Known(0))), ..Self::none() }
    }

    /// Failure.
    pub(super) fn failed(state: State<'a>, code: Code) -> Self {
        Self { failed: Some(state.with(code)), ..Self::none() }
    }

    /// Not known which.
    pub(super) fn either(state: State<'a>) -> Self {
        let (ok, failed) = state.parted();
        Self { ok: Some(ok.with(Code::Known(0))), failed: Some(failed.with(Code::Failure)), excused: None }
    }

    /// As the answer says.
    pub(super) fn of(state: State<'a>, success: Option<bool>) -> Self {
        match success {
            Some(true) => Self::ok(state),
            Some(false) => Self::failed(state, Code::Known(1)),
            None => Self::either(state),
        }
    }

    /// As the state's own code says.
    pub(super) fn of_code(state: State<'a>) -> Self {
        match state.code {
            Code::Known(0) => Self::ok(state),
            Code::Unknown => Self::either(state),
            code => Self::failed(state, code),
        }
    }

    /// All ends as one path.
    pub(super) fn united(self) -> Option<State<'a>> {
        [self.ok, self.failed, self.excused].into_iter().flatten().reduce(State::join)
    }

    /// The failures as one path, and success.
    pub(super) fn parted(self) -> (Option<State<'a>>, Option<State<'a>>) {
        (self.ok, either(self.failed, self.excused))
    }

    /// Either these ends or those.
    pub(super) fn join(self, other: Self) -> Self {
        Self { ok: either(self.ok, other.ok), failed: either(self.failed, other.failed), excused: either(self.excused, other.excused) }
    }

    /// Failures are no reason to stop.
    pub(super) fn excused(self) -> Self {
        Self { ok: self.ok, failed: None, excused: either(self.failed, self.excused) }
    }

    /// Changes every end.
    pub(super) fn map(self, mut change: impl FnMut(State<'a>) -> State<'a>) -> Self {
        Self { ok: self.ok.map(&mut change), failed: self.failed.map(&mut change), excused: self.excused.map(&mut change) }
    }
}

/// Either path, as far as they exist.
pub(super) fn either<'a>(a: Option<State<'a>>, b: Option<State<'a>>) -> Option<State<'a>> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.join(b)),
        (a, b) => a.or(b),
    }
}

/// Where a path leaves the usual order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Jump {
    /// `exit`
    Exit,
    /// A command failed under `set -e`.
    Fail,
    /// `return`
    Return,
    /// `break n`
    Break(u32),
    /// `continue n`
    Continue(u32),
}

/// The paths that left, one for each kind of jump.
#[derive(Default)]
pub(super) struct Jumps<'a> {
    taken: Vec<(Jump, State<'a>)>,
    /// How many left deliberately (not by a failure).
    pub(super) deliberate: usize,
}

impl<'a> Jumps<'a> {
    /// A path leaves.
    pub(super) fn push(&mut self, jump: Jump, state: State<'a>) {
        self.deliberate += usize::from(jump != Jump::Fail);
        match self.taken.iter().position(|(known, _)| *known == jump) {
            Some(at) => {
                let (_, before) = self.taken.swap_remove(at);
                let both = if jump == Jump::Fail { before.outlived(&state) } else { before.join(state) };
                self.taken.push((jump, both));
            }
            None => self.taken.push((jump, state)),
        }
    }

    /// Takes out the paths that left this way.
    pub(super) fn take(&mut self, jump: Jump) -> Option<State<'a>> {
        let at = self.taken.iter().position(|(known, _)| *known == jump)?;
        Some(self.taken.swap_remove(at).1)
    }

    /// All paths, in no particular order.
    pub(super) fn into_all(self) -> Vec<(Jump, State<'a>)> {
        self.taken
    }
}

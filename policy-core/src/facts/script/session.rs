//! What PowerShell and cmd scripts have in common: the state between two commands, and what is recorded on the way.
//!
//! These languages are followed less closely than bash: conditions are not decided, so every branch may run or not. Where a
//! script does something that is not understood and that could reach `$GITHUB_ENV`, anything may have been written.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::content::Content;
use super::runner_files::{EnvFile, PathFile};
use super::state::{RunnerFile, RunnerFiles};
use super::values::{concat, map_text, only_text, text_of};
use super::{Argument, End, Invocation, Oracle, Outcome, Process, RunnerPaths};
use crate::facts::environment::Environment;
use crate::facts::value::{Origin, OriginKind, Reason, Value};
use crate::facts::workflow::paths;
use crate::text::{Location, Span};

/// More commands than this are not followed: nested loops run their bodies twice each.
const MOST_COMMANDS: usize = 20_000;

/// A script and what it runs in.
pub(crate) struct Setting<'a> {
    /// The text.
    pub(crate) text: &'a str,
    /// Turns spans of that text into places in files.
    pub(crate) locate: &'a dyn Fn(Span) -> Location,
    /// What the holes left by `${{ … }}` stand for.
    pub(crate) holes: &'a [Value],
    /// The paths that stand for the runner's files.
    pub(crate) files: &'a RunnerPaths,
    /// What is known of the world outside.
    pub(crate) oracle: &'a dyn Oracle,
}

impl Setting<'_> {
    /// What a hole stands for.
    pub(super) fn hole(&self, index: usize) -> Value {
        self.holes.get(index).cloned().unwrap_or_else(|| Value::unknown(Reason::new("an expression")))
    }

    /// The characters of a span.
    pub(super) fn source(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// An origin in the script.
    pub(super) fn origin(&self, span: Span) -> Arc<Origin> {
        Origin::at(OriginKind::Script, (self.locate)(span))
    }

    /// The file of the runner at a path, if it may be one, and whether it is for certain.
    pub(super) fn runner_file(&self, path: &Value) -> Option<(RunnerFile, bool)> {
        let is = |wanted: &str| path.choices().iter().any(|choice| text_of(&choice.datum).is_some_and(|text| text == wanted));
        let (file, _) = self.paths().into_iter().find(|(_, path)| is(path))?;
        Some((file, only_text(path).is_some()))
    }

    /// The files of the runner that a text speaks of.
    pub(super) fn mentioned(&self, text: &str) -> Vec<RunnerFile> {
        let upper = text.to_ascii_uppercase();
        let names = [(RunnerFile::Env, "GITHUB_ENV"), (RunnerFile::Path, "GITHUB_PATH"), (RunnerFile::Output, "GITHUB_OUTPUT")];
        let by_name = names.into_iter().filter(|(_, name)| upper.contains(name)).map(|(file, _)| file);
        let by_path = self.paths().into_iter().filter(|(_, path)| text.contains(path)).map(|(file, _)| file);
        by_name.chain(by_path).collect()
    }

    fn paths(&self) -> [(RunnerFile, &str); 3] {
        [(RunnerFile::Env, &self.files.env), (RunnerFile::Path, &self.files.path), (RunnerFile::Output, &self.files.output)]
    }
}

/// A path through a script, between two commands.
#[derive(Clone)]
pub(super) struct Session {
    pub(super) env: Environment,
    pub(super) cwd: Value,
    /// What `pushd` left, the newest last.
    pub(super) directories: Vec<Value>,
    /// The script's own variables, in lower case.
    pub(super) variables: BTreeMap<String, Value>,
    pub(super) files: RunnerFiles,
    /// Whether the script comes here whenever it succeeds.
    pub(super) certain: bool,
}

impl Session {
    pub(super) fn start(process: Process) -> Self {
        Self {
            env: process.env,
            cwd: process.cwd,
            directories: Vec::new(),
            variables: BTreeMap::new(),
            files: RunnerFiles::default(),
            certain: true,
        }
    }

    /// Either this path or the other.
    pub(super) fn join(mut self, other: Self) -> Self {
        for (name, value) in &mut self.variables {
            let theirs = other.variables.get(name).cloned();
            *value = value.clone().join(theirs.unwrap_or_else(|| Value::unknown(Reason::new("a variable that only one branch sets"))));
        }
        for (name, value) in other.variables {
            let alone = || value.clone().or_unknown(Reason::new("a variable that only one branch sets"));
            self.variables.entry(name).or_insert_with(alone);
        }
        Self {
            env: self.env.join(&other.env),
            cwd: self.cwd.join(other.cwd),
            directories: if self.directories == other.directories { self.directories } else { Vec::new() },
            variables: self.variables,
            files: self.files.join(&other.files),
            certain: self.certain && other.certain,
        }
    }

    /// Whatever differs from `other` is not relied on: a loop may change it again.
    pub(super) fn widened(mut self, other: &Self, reason: &Reason) -> Self {
        let differing: Vec<Arc<str>> =
            other.env.iter().filter(|(name, value)| self.env.get(name) != *value).map(|(name, _)| Arc::clone(name)).collect();
        for name in differing {
            let value = self.env.get(&name).clone().or_unknown(reason.clone());
            self.env.set(&name, value);
        }
        if self.cwd != other.cwd {
            self.cwd = self.cwd.or_unknown(reason.clone());
        }
        for (name, value) in &other.variables {
            if self.variables.get(name) != Some(value) {
                self.variables.insert(name.clone(), Value::unknown(reason.clone()));
            }
        }
        self
    }

    /// Anything may have happened to the process.
    pub(super) fn forget(&mut self, reason: &Reason) {
        self.env.forget(reason);
        self.cwd = self.cwd.clone().or_unknown(reason.clone());
        self.variables.clear();
    }

    /// Anything may have been written to these files.
    pub(super) fn anything_written(&mut self, files: impl IntoIterator<Item = RunnerFile>, reason: &Reason) {
        files.into_iter().for_each(|file| self.files.get_mut(file).push_anything(reason.clone()));
    }

    /// Changes to a directory below the current one.
    pub(super) fn change_directory(&mut self, target: &Value) {
        let below = |base: &str| map_text(target, &Origin::of(OriginKind::Script), "directory", |path| Some(paths::below(base, path)));
        self.cwd = self.cwd.and_then(|choice| choice.datum.as_text().map_or_else(|| target.clone(), below));
    }

    fn end(self) -> End {
        End {
            process: Process { env: self.env, cwd: self.cwd, positional: Vec::new() },
            env_file: EnvFile::new(self.files.env),
            path_file: PathFile::new(self.files.path),
            output_file: EnvFile::new(self.files.output),
        }
    }
}

/// The parts of a text: kept apart, since what an unknown part is in front of or behind may be known.
pub(super) type Line = Vec<Value>;

/// Parts as one value; a lone one stays what it is, also if it is not set.
pub(super) fn whole(line: &Line) -> Value {
    match line.as_slice() {
        [only] => only.clone(),
        parts => concat(parts, &Origin::of(OriginKind::Computed)),
    }
}

/// Writes texts, each a line, over or behind what the file holds.
pub(super) fn write_lines(content: &mut Content, append: bool, lines: &[(Line, Location)], end: &str) {
    if !append {
        *content = Content::default();
    }
    for (line, location) in lines {
        line.iter().for_each(|part| content.push_text(part, location));
        if !end.is_empty() {
            content.push_text(&Value::text(end, Origin::of(OriginKind::Document)), location);
        }
    }
}

/// What is recorded on the way.
#[derive(Default)]
pub(super) struct Recorder {
    pub(super) invocations: Vec<Invocation>,
    /// Above zero, a loop's body is only tried.
    pub(super) muted: usize,
    commands: usize,
    ends: Vec<Session>,
}

/// How a command is run.
#[derive(Clone, Copy, Default)]
pub(super) struct Manner {
    pub(super) background: bool,
}

impl Recorder {
    /// Counts a command; false once there were too many.
    pub(super) fn may_go_on(&mut self) -> bool {
        self.commands += 1;
        self.commands <= MOST_COMMANDS
    }

    /// An external command is run.
    pub(super) fn invoke(&mut self, session: &Session, argv: Vec<Argument>, location: Location, manner: Manner) {
        if self.muted > 0 {
            return;
        }
        self.invocations.push(Invocation {
            argv,
            env: session.env.clone(),
            cwd: session.cwd.clone(),
            location,
            within: Vec::new(),
            wrappers: Vec::new(),
            background: manner.background,
            certain: session.certain,
            ignored: false,
        });
    }

    /// The script ends here with success.
    pub(super) fn leave(&mut self, session: Session) {
        self.ends.push(session);
    }

    /// How many paths have left so far.
    pub(super) fn left(&self) -> usize {
        self.ends.len()
    }

    /// All that came out. Nothing is known of failures, after which only steps with `if: failure()` run.
    pub(super) fn outcome(mut self, last: Option<Session>) -> Outcome {
        self.ends.extend(last);
        let success = self.ends.into_iter().reduce(Session::join).map(Session::end);
        Outcome { invocations: self.invocations, other_environments: Vec::new(), success, failure: None, steps: self.commands, problems: Vec::new() }
    }
}

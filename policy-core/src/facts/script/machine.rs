//! The interpreter itself: what it knows besides the state of the shell, and its bounds.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::ends::{Ends, Jump, Jumps};
use super::items::Items;
use super::parameters::USUAL_SEPARATORS;
use super::record::Record;
use super::runner_files::{EnvFile, PathFile};
use super::state::{Code, Frame, Place, RunnerFiles, Settings, State};
use super::steady::Steady;
use super::variables::{Exported, Variables};
use super::{Dialect, End, Options, Oracle, Problem, Process, RunnerPaths, Script, Source};
use crate::facts::value::{Origin, OriginKind, Reason, Value};
use crate::text::{Location, Span};

/// Commands in commands in functions in substitutions: deeper ones are not followed.
const DEEPEST: u32 = 24;
/// More steps than this are not followed. A step is a command, in every round of a loop, or other work that takes as long: a few
/// microseconds. So this bounds the time that any script takes, whatever is in it.
pub(super) const MOST_STEPS: usize = 10_000;
/// After this many steps loops are no longer unrolled: what they change is then less well known, but what comes behind them is reached.
const PATIENT_STEPS: usize = 500;
/// So many variables that paths disagree on are joined in the time of a step.
const VARIABLES_A_STEP: usize = 16;
/// So many pieces of output are copied in the time of a step.
pub(super) const PIECES_A_STEP: usize = 16;
/// So many commands are compared in the time of a step.
pub(super) const COMPARISONS_A_STEP: usize = 16;
/// More text than this is not put together from pieces.
const MOST_BYTES: usize = 16 * 1024 * 1024;

/// The interpreter.
pub(super) struct Machine<'a> {
    pub(super) oracle: &'a dyn Oracle,
    pub(super) paths: &'a RunnerPaths,
    pub(super) dialect: Dialect,
    pub(super) frame: Frame<'a>,
    /// Whether a condition is being evaluated, so that `set -e` does not apply.
    pub(super) guarded: bool,
    /// Whether the running command was put into the background.
    pub(super) background: bool,
    /// Whether the running command's failure is ignored.
    pub(super) ignored: bool,
    /// The calls of other scripts that lead here.
    pub(super) within: Vec<Location>,
    /// The status of the last command substitution.
    pub(super) substituted: Option<Code>,
    /// Whether an expansion failed (`${X?}`, `set -u`), which ends the shell: `None` if perhaps.
    pub(super) fatal: Option<bool>,
    pub(super) record: Record,
    pub(super) problems: Vec<Problem>,
    depth: u32,
    /// The command with which the running script ends, if it is a lone one.
    pub(super) last_call: Option<Span>,
    /// How many scripts are open, this one and its children.
    scripts: u32,
    /// How many subshells of this script are open.
    subshells: u32,
    steps: usize,
    bytes: usize,
}

impl<'a> Machine<'a> {
    pub(super) fn new(source: &Source<'a>, options: &'a Options, oracle: &'a dyn Oracle) -> Self {
        Self {
            oracle,
            paths: &options.files,
            dialect: options.dialect,
            frame: Frame::new(source.text, Place::Mapped(source.locate), source.holes.into()),
            guarded: false,
            background: false,
            ignored: false,
            within: Vec::new(),
            substituted: None,
            fatal: Some(false),
            record: Record::default(),
            problems: Vec::new(),
            depth: 0,
            last_call: None,
            scripts: 0,
            subshells: 0,
            steps: 0,
            bytes: 0,
        }
    }

    /// Runs a whole script: `exit` and failures end here. It is followed as long as something may come out of it.
    pub(super) fn script(&mut self, script: &Script, state: State<'a>) -> Ends<'a> {
        let mut jumps = Jumps::default();
        let outer = self.last_call.take();
        self.scripts += 1;
        let ends = self.last_items(&script.parsed.list, &script.reach, state, &mut jumps);
        self.scripts -= 1;
        self.last_call = outer;
        ended(ends, jumps)
    }

    /// Runs something that may change only the runner's files and what it prints.
    pub(super) fn subshell(&mut self, state: &State<'a>, run: impl FnOnce(&mut Self, State<'a>, &mut Jumps<'a>) -> Ends<'a>) -> Ends<'a> {
        let mut jumps = Jumps::default();
        self.subshells += 1;
        let ends = run(self, state.clone(), &mut jumps);
        self.subshells -= 1;
        ended(ends, jumps).map(|child| state.after_child(child))
    }

    /// Runs something one level deeper; too deep, it is not followed.
    pub(super) fn deeper(&mut self, state: State<'a>, span: Span, run: impl FnOnce(&mut Self, State<'a>) -> Ends<'a>) -> Ends<'a> {
        if self.depth >= DEEPEST {
            return self.lost(state, span, "commands nested too deeply to follow");
        }
        self.depth += 1;
        let ends = run(self, state);
        self.depth -= 1;
        ends
    }

    /// Counts a command; false when there were too many. Joining paths may cost as much as there are variables.
    pub(super) fn step(&mut self, state: &State<'a>) -> bool {
        self.charge(VARIABLES_A_STEP + state.variables.count(), VARIABLES_A_STEP);
        self.steps <= MOST_STEPS
    }

    /// Counts other work: so many things at so many a step.
    pub(super) fn charge(&mut self, things: usize, a_step: usize) {
        self.steps = self.steps.saturating_add(things / a_step);
    }

    /// Whether the script itself is running, none of its children.
    pub(super) fn is_outermost(&self) -> bool {
        self.scripts == 1
    }

    /// Whether there is time to follow loops round by round.
    pub(super) fn is_patient(&self) -> bool {
        self.steps <= PATIENT_STEPS
    }

    /// The steps so far.
    pub(super) fn steps(&self) -> usize {
        self.steps
    }

    /// Counts text put together; false when it was too much.
    pub(super) fn afford(&mut self, bytes: usize) -> bool {
        self.bytes = self.bytes.saturating_add(bytes);
        self.bytes <= MOST_BYTES
    }

    /// Anything may have happened here.
    pub(super) fn lost(&mut self, mut state: State<'a>, span: Span, why: &str) -> Ends<'a> {
        self.problem(span, why);
        let reason = Reason::new(why);
        state.weight = 0;
        state.forget(&reason);
        state.files.env.push_anything(reason.clone());
        state.files.path.push_anything(reason);
        Ends::either(state)
    }

    /// An expansion failed, surely or perhaps.
    pub(super) fn fail(&mut self, certain: bool) {
        self.fatal = if certain { Some(true) } else { self.fatal.filter(|fatal| *fatal) };
    }

    /// After expansions: the path goes on, unless one of them has ended the shell.
    pub(super) fn survived(&mut self, state: State<'a>, jumps: &mut Jumps<'a>) -> Option<State<'a>> {
        match self.fatal.replace(false) {
            Some(false) => Some(state),
            Some(true) => {
                jumps.push(Jump::Fail, state.with(Code::Failure));
                None
            }
            // Around a subshell, something may forgive that it failed.
            None if self.guarded && self.subshells > 0 => {
                let (state, failed) = state.parted();
                jumps.push(Jump::Fail, failed.with(Code::Failure));
                Some(state)
            }
            None => {
                jumps.push(Jump::Fail, state.clone().weighing(0).with(Code::Failure));
                Some(state)
            }
        }
    }

    /// Notes what could not be followed: of each kind the first place, which the others mostly follow from.
    pub(super) fn problem(&mut self, span: Span, message: &str) {
        if self.problems.iter().all(|known| known.message != message) {
            self.problems.push(Problem { location: self.frame.locate(span), message: message.to_owned() });
        }
    }

    /// Evaluates a condition: `set -e` does not apply.
    pub(super) fn guarded<T>(&mut self, run: impl FnOnce(&mut Self) -> T) -> T {
        let before = std::mem::replace(&mut self.guarded, true);
        let result = run(self);
        self.guarded = before;
        result
    }

    /// Runs something whose characters stand elsewhere.
    pub(super) fn framed<T>(&mut self, frame: Frame<'a>, run: impl FnOnce(&mut Self) -> T) -> T {
        let before = std::mem::replace(&mut self.frame, frame);
        let result = run(self);
        self.frame = before;
        result
    }

    /// An origin at characters of the running text.
    pub(super) fn origin(&self, kind: OriginKind, span: Span) -> Arc<Origin> {
        Origin::at(kind, self.frame.locate(span))
    }
}

/// The ends of a shell, jumps out of it included.
fn ended<'a>(ends: Ends<'a>, jumps: Jumps<'a>) -> Ends<'a> {
    let ends = Ends { ok: ends.ok, failed: super::ends::either(ends.failed, ends.excused), excused: None };
    jumps.into_all().into_iter().fold(ends, |ends, (jump, state)| {
        ends.join(match jump {
            Jump::Fail => Ends::failed(state, Code::Failure),
            Jump::Exit | Jump::Return => Ends::of_code(state),
            Jump::Break(_) | Jump::Continue(_) => Ends::ok(state),
        })
    })
}

impl<'a> State<'a> {
    /// A shell that starts.
    pub(super) fn start(process: Process, options: &Options) -> Self {
        let settings = Settings {
            errexit: Some(options.errexit),
            nounset: Some(options.nounset),
            pipefail: Some(options.pipefail),
            noglob: false,
            allexport: Some(false),
        };
        Self::fresh(process, settings)
    }

    /// A shell with nothing but its process and settings.
    pub(super) fn fresh(process: Process, settings: Settings) -> Self {
        let mut variables = Variables::new(process.env);
        // The shell itself keeps PWD and passes it on (Bash Reference Manual, "Bash Variables").
        variables.assign("PWD", process.cwd.clone());
        variables.export("PWD", Exported::Yes);
        // No shell takes IFS from its environment (POSIX.1-2024, "Shell Variables").
        variables.assign("IFS", Value::text(USUAL_SEPARATORS, Origin::of(OriginKind::Default)));
        variables.export("IFS", Exported::No);
        let steady = Steady {
            directories: Some(Vec::new()),
            name: unknown("name of the script"),
            positional: Items::known(process.positional),
            functions: Arc::default(),
            sinks: BTreeMap::new(),
            stdin: None,
            captures: Vec::new(),
            files: RunnerFiles::default(),
        };
        Self::new(variables, process.cwd, settings, steady)
    }

    /// What a child started now would get.
    pub(super) fn process(&self) -> Process {
        Process { env: self.variables.environment().clone(), cwd: self.cwd.clone(), positional: Vec::new() }
    }

    /// How things stand.
    pub(super) fn end(self) -> End {
        let positional = self.positional.alternatives().0.first().cloned().unwrap_or_default();
        End {
            process: Process { positional, ..self.process() },
            env_file: EnvFile::new(self.files.env.clone()),
            path_file: PathFile::new(self.files.path.clone()),
            output_file: EnvFile::new(self.files.output.clone()),
        }
    }
}

/// An unknown value.
pub(super) fn unknown(reason: impl Into<Arc<str>>) -> Value {
    Value::unknown(Reason::new(reason))
}

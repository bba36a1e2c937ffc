//! What the commands of a bash or sh script would see, worked out without running anything.
//!
//! The interpreter follows every path that is not known to be closed. Where paths meet, variables hold every possibility;
//! what cannot be known is unknown with a reason. Three assumptions keep the answers useful:
//!
//! * under `set -e`, a command whose status is not known succeeded if the script goes on after it (that is what `set -e` means);
//! * an unknown text written into a line of `$GITHUB_ENV` does not contain a line break;
//! * an external command changes no runner file unless its output or an argument leads there.
//!
//! The semantics are those of the Bash Reference Manual; the differential test compares them with the real shell.

mod arithmetic;
pub(crate) mod batch;
mod bearing;
mod braces;
mod builtins;
mod conditions;
mod content;
mod declare;
mod directories;
mod ends;
mod expand;
mod external;
mod fields;
mod flow;
mod items;
mod launch;
mod loops;
mod machine;
mod operators;
mod output;
mod parameters;
mod pattern;
pub(crate) mod powershell;
mod quiet;
mod reach;
pub(crate) mod recognise;
mod record;
mod redirect;
pub(crate) mod runner_files;
pub(crate) mod session;
mod simple;
mod state;
mod steady;
#[cfg(test)]
pub(crate) mod tests;
mod values;
mod variables;
mod wrappers;

use std::sync::Arc;

pub(crate) use self::bearing::Script;
use self::content::Content;
use self::machine::Machine;
pub(crate) use self::reach::{Concerns, plain};
use self::runner_files::{EnvFile, PathFile};
use self::state::State;
pub(crate) use self::wrappers::{resets_environment, runs_another};
use crate::facts::environment::Environment;
use crate::facts::value::Value;
use crate::text::{Location, Span, Text};

/// What a process starts with.
#[derive(Clone, Debug)]
pub(crate) struct Process {
    /// The exported variables.
    pub(crate) env: Environment,
    /// The working directory, an absolute path with `/`.
    pub(crate) cwd: Value,
    /// `$1`, `$2` …
    pub(crate) positional: Vec<Value>,
}

/// Which shell reads the script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// bash.
    Bash,
    /// dash and other POSIX shells.
    Sh,
}

/// How the shell is started.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// `-e`
    pub(crate) errexit: bool,
    /// `-u`
    pub(crate) nounset: bool,
    /// `-o pipefail`
    pub(crate) pipefail: bool,
    /// The shell's language.
    pub(crate) dialect: Dialect,
    /// The paths that stand for the runner's files.
    pub(crate) files: RunnerPaths,
}

/// The values of `GITHUB_ENV`, `GITHUB_PATH` and `GITHUB_OUTPUT` in the process environment: a redirection to one of these
/// paths, however it is written, writes to that file.
#[derive(Clone, Debug)]
pub(crate) struct RunnerPaths {
    /// `$GITHUB_ENV`
    pub(crate) env: Arc<str>,
    /// `$GITHUB_PATH`
    pub(crate) path: Arc<str>,
    /// `$GITHUB_OUTPUT`
    pub(crate) output: Arc<str>,
}

impl Default for RunnerPaths {
    fn default() -> Self {
        Self { env: "/__github_env__".into(), path: "/__github_path__".into(), output: "/__github_output__".into() }
    }
}

/// A script of the repository that another one runs or sources.
#[derive(Clone, Debug)]
pub(crate) struct ScriptFile {
    /// Its text.
    pub(crate) text: Arc<Text>,
    /// Its tree.
    pub(crate) script: Arc<Script>,
    /// The shell that its first line asks for.
    pub(crate) dialect: Dialect,
}

/// What is known of the world outside the script.
pub(crate) trait Oracle {
    /// The output of a command whose output is known without running it, such as `go env GOPATH`, without the final line break.
    fn output(&self, argv: &[Value], process: &Process) -> Option<Value>;

    /// The shell script at an absolute path, if it is one of the repository's. It is then followed as part of this one. One that
    /// does not begin with `#!` is for the shell that was told to run it.
    fn script(&self, _path: &str, _shell: Dialect) -> Option<ScriptFile> {
        None
    }

    /// Whether a command of that name, `None` if it is not known, is to be told of: of any other only the environment is kept.
    fn concerns(&self, _name: Option<&str>) -> bool {
        true
    }
}

/// A parsed script and where its characters stand.
pub(crate) struct Source<'a> {
    /// The script.
    pub(crate) script: &'a Script,
    /// The text it was parsed from.
    pub(crate) text: &'a str,
    /// Turns spans of that text into places in files.
    pub(crate) locate: &'a dyn Fn(Span) -> Location,
    /// What the holes left by `${{ … }}` stand for.
    pub(crate) holes: &'a [Value],
}

/// A word that a command gets.
#[derive(Clone, Debug)]
pub(crate) struct Argument {
    /// Its value.
    pub(crate) value: Value,
    /// The word it comes from.
    pub(crate) location: Location,
    /// Whether it stands for any number of arguments, none included; its value is then unknown.
    pub(crate) several: bool,
    /// Its pieces, in order, if it is not known as a whole: in `A=$UNKNOWN` the first piece is.
    pub(crate) pieces: Vec<Value>,
}

impl Argument {
    /// A word as it is.
    pub(crate) fn new(value: Value, location: Location) -> Self {
        Self { value, location, several: false, pieces: Vec::new() }
    }
}

/// An external command that a script runs.
#[derive(Clone, Debug)]
pub(crate) struct Invocation {
    /// The command and its arguments, wrappers such as `sudo` taken away.
    pub(crate) argv: Vec<Argument>,
    /// Its environment.
    pub(crate) env: Environment,
    /// Its working directory.
    pub(crate) cwd: Value,
    /// Where the command stands, from its first to its last character.
    pub(crate) location: Location,
    /// The commands that lead into the text where it stands, outermost first: calls of scripts of the repository.
    pub(crate) within: Vec<Location>,
    /// The names of the commands in front that run it: `sudo`, `timeout` …
    pub(crate) wrappers: Vec<Arc<str>>,
    /// Whether it runs in the background.
    pub(crate) background: bool,
    /// Whether it runs whenever the script succeeds.
    pub(crate) certain: bool,
    /// Whether its failure is ignored (`|| true`).
    pub(crate) ignored: bool,
}

/// Something that could not be followed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Problem {
    /// Where.
    pub(crate) location: Location,
    /// A lower-case sentence.
    pub(crate) message: String,
}

/// How things stand when a script ends.
#[derive(Clone, Debug)]
pub(crate) struct End {
    /// The shell's process at the end.
    pub(crate) process: Process,
    /// What it wrote to `$GITHUB_ENV`.
    pub(crate) env_file: EnvFile,
    /// What it wrote to `$GITHUB_PATH`.
    pub(crate) path_file: PathFile,
    /// What it wrote to `$GITHUB_OUTPUT`; the format is that of `$GITHUB_ENV`.
    pub(crate) output_file: EnvFile,
}

/// All that came out of a script.
#[derive(Debug)]
pub(crate) struct Outcome {
    /// The external commands, in the order in which they are first reached.
    pub(crate) invocations: Vec<Invocation>,
    /// The environments of the commands that are of no concern.
    pub(crate) other_environments: Vec<Environment>,
    /// How things stand if the script succeeds; `None` if it cannot.
    pub(crate) success: Option<End>,
    /// How things stand if it fails; `None` if it cannot. Nothing goes on in the process, which is that of the first way to fail.
    pub(crate) failure: Option<End>,
    /// How many steps it took to find out.
    #[cfg_attr(not(test), expect(dead_code, reason = "tests bound and check what is foreseen"))]
    pub(crate) steps: usize,
    /// What could not be followed.
    pub(crate) problems: Vec<Problem>,
}

impl Outcome {
    /// That of a script that has no bearing on anything: it may succeed or fail, and leaves nothing behind.
    pub(crate) fn nothing(process: &Process) -> Self {
        let end = || End {
            process: process.clone(),
            env_file: EnvFile::new(Content::default()),
            path_file: PathFile::new(Content::default()),
            output_file: EnvFile::new(Content::default()),
        };
        Self {
            invocations: Vec::new(),
            other_environments: Vec::new(),
            success: Some(end()),
            failure: Some(end()),
            steps: 0,
            problems: Vec::new(),
        }
    }

    /// The environments of all external commands.
    pub(crate) fn environments(&self) -> impl Iterator<Item = &Environment> {
        self.invocations.iter().map(|invocation| &invocation.env).chain(&self.other_environments)
    }
}

/// Works out what a script does when it is started with `process`.
pub(crate) fn interpret(source: &Source<'_>, process: Process, options: &Options, oracle: &dyn Oracle) -> Outcome {
    let mut machine = Machine::new(source, options, oracle);
    let state = State::start(process, options);
    let (success, failure) = machine.script(source.script, state).parted();
    let [success, failure] = [success, failure].map(|state| state.map(State::end));
    let steps = machine.steps();
    let (invocations, other_environments) = machine.record.finish();
    Outcome { invocations, other_environments, success, failure, steps, problems: machine.problems }
}

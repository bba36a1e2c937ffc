//! What the commands of a cmd script would see.
//!
//! `%NAME%` is replaced when a line is read, with all the lines of its blocks: what a block sets, it does not see itself. A failing
//! command does not end the script (`ScriptHandler.cs` starts it with `CALL`).

mod commands;
mod run;
#[cfg(test)]
mod tests;

use super::session::{Line, Recorder, Session, Setting};
use super::{Outcome, Process};
use crate::facts::environment::Environment;
use crate::facts::value::Value;
use crate::syntax::cmd::Node;
use crate::text::Location;

/// Works out what a script does when it is started with `process`.
pub(crate) fn interpret(nodes: &[Node], setting: &Setting<'_>, process: Process) -> Outcome {
    let mut machine = Machine { setting, recorder: Recorder::default(), read: process.env.clone(), sinks: Vec::new(), saved: Vec::new() };
    let mut session = Some(Session::start(process));
    for node in nodes {
        let Some(now) = session else { break };
        machine.read = now.env.clone();
        session = machine.node(node, now);
    }
    machine.recorder.outcome(session)
}

/// The interpreter.
struct Machine<'a> {
    setting: &'a Setting<'a>,
    recorder: Recorder,
    /// The environment in which the current line was read.
    read: Environment,
    /// Where the output of the open blocks goes, the innermost last.
    sinks: Vec<Sink>,
    /// What `setlocal` has saved.
    saved: Vec<(Environment, Value)>,
}

/// A file that gets output.
#[derive(Clone)]
struct Sink {
    path: Value,
    append: bool,
}

/// A line of output.
type Output = Option<(Line, Location)>;

//! What the commands of a PowerShell script would see.
//!
//! The runner starts it with `$ErrorActionPreference = 'stop'` (`ScriptHandlerHelpers.cs`): an error of a cmdlet ends the script, the
//! failure of a native command does not.

mod arguments;
mod blocks;
mod cmdlets;
mod commands;
mod environment;
mod evaluate;
mod files;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use super::session::Line;
use super::session::{Recorder, Session, Setting};
use super::{Outcome, Process};
use crate::facts::value::{Reason, Value};
use crate::syntax::powershell::ast::{Block, Statement};
use crate::text::Location;

/// Which PowerShell runs the script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Edition {
    /// `pwsh`
    Core,
    /// `powershell`: Windows PowerShell 5.1.
    Windows,
}

/// Functions may call each other this deep.
const DEEPEST_CALL: usize = 8;

/// Works out what a script does when it is started with `process`.
pub(crate) fn interpret(block: &Block, setting: &Setting<'_>, edition: Edition, process: Process) -> Outcome {
    let mut machine = Machine { setting, edition, recorder: Recorder::default(), functions: BTreeMap::new(), calls: 0 };
    let last = machine.block(block, Session::start(process));
    machine.recorder.outcome(last)
}

/// The interpreter.
struct Machine<'a> {
    setting: &'a Setting<'a>,
    edition: Edition,
    recorder: Recorder,
    /// By name, in lower case.
    functions: BTreeMap<&'a str, &'a [Statement]>,
    calls: usize,
}

/// What goes down a pipeline: objects, each of which becomes a line of a file.
#[derive(Clone, Debug, Default)]
struct Stream {
    items: Vec<(Line, Location)>,
    /// Why there may be any number of others.
    open: Option<Reason>,
}

impl Stream {
    fn one(value: Value, location: Location) -> Self {
        Self { items: vec![(vec![value], location)], open: None }
    }

    fn unknown(reason: impl Into<std::sync::Arc<str>>) -> Self {
        Self { items: Vec::new(), open: Some(Reason::new(reason)) }
    }

    fn extend(&mut self, other: Self) {
        self.items.extend(other.items);
        self.open = self.open.take().or(other.open);
    }
}

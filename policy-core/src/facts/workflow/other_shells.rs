//! Scripts in PowerShell and cmd, and in languages that are not followed.

use std::cell::Cell;

use super::job::{Current, Frame, JobRun};
use super::oracle::SiteOracle;
use super::run_step::{Ran, Script, runner_files};
use super::shell::Language;
use super::{foreign_syntax, unseen};
use crate::facts::script::session::Setting;
use crate::facts::script::{Outcome, Process, batch, powershell};
use crate::facts::value::Reason;
use crate::syntax::{cmd, powershell as powershell_syntax};

/// Runs a script that is not for a POSIX shell.
pub(crate) fn run(job: &mut JobRun<'_, '_>, current: &Current<'_>, frame: &Frame<'_>, script: &Script<'_>) -> Ran {
    match script.shell.language {
        Language::PowerShell => run_powershell(job, current, frame, script),
        Language::Cmd => run_cmd(job, current, frame, script),
        Language::Bash { .. } | Language::Sh { .. } | Language::Other => run_other(job, script),
    }
}

fn run_powershell(job: &mut JobRun<'_, '_>, current: &Current<'_>, frame: &Frame<'_>, script: &Script<'_>) -> Ran {
    let parsed = powershell_syntax::parse(&script.rendered.text);
    let edition = if &*script.shell.name == "powershell" { powershell::Edition::Windows } else { powershell::Edition::Core };
    let interpret = |setting: &Setting<'_>, process| powershell::interpret(&parsed.block, setting, edition, process);
    let ran = follow(job, current, frame, script, &interpret);
    Ran { foreign_syntax: script.found(foreign_syntax::in_powershell(&parsed.block)), ..ran }
}

fn run_cmd(job: &mut JobRun<'_, '_>, current: &Current<'_>, frame: &Frame<'_>, script: &Script<'_>) -> Ran {
    let lines = cmd::parse(&script.rendered.text);
    let interpret = |setting: &Setting<'_>, process| batch::interpret(&lines, setting, process);
    let ran = follow(job, current, frame, script, &interpret);
    Ran { foreign_syntax: script.found(foreign_syntax::in_cmd(&lines)), ..ran }
}

type Interpret<'a> = &'a dyn Fn(&Setting<'_>, Process) -> Outcome;

fn follow(job: &mut JobRun<'_, '_>, current: &Current<'_>, frame: &Frame<'_>, script: &Script<'_>, interpret: Interpret<'_>) -> Ran {
    let files = runner_files();
    let oracle = SiteOracle { around: job.surroundings(), project: job.project, asked_for_go: Cell::new(false) };
    let rendered = script.rendered;
    let setting = Setting { text: &rendered.text, locate: script.locate, holes: &rendered.holes, files: &files, oracle: &oracle };
    let outcome = interpret(&setting, script.start.clone());
    let unseen = job.visitor.asks_for_builds().then(|| unseen::in_invocations(&outcome.invocations)).flatten();
    Ran { unseen, ..job.settle(current, frame, script, &outcome, true) }
}

/// Python and the rest: whether the script speaks of Go, and whether it may have changed what later steps see.
fn run_other(job: &mut JobRun<'_, '_>, script: &Script<'_>) -> Ran {
    let text = &script.rendered.text;
    if ["GITHUB_ENV", "GITHUB_PATH", "exportVariable", "addPath"].iter().any(|name| text.contains(name)) {
        job.state.env.forget(&Reason::new(format!("what a `{}` script writes to `$GITHUB_ENV`", script.shell.name)));
    }
    let runs_go = text.lines().any(|line| line.trim_start().starts_with("go "));
    Ran { runs_go, unseen: Some(format!("a `{}` script", script.shell.name)), ..Ran::default() }
}

//! Scripts in languages that are not followed: PowerShell, cmd and the rest.

use super::job::{Current, Frame, JobRun};
use super::run_step::{Ran, Script};
use crate::facts::value::Reason;

/// What can be said of such a script: whether it speaks of Go, and whether it may have changed what later steps see.
pub(crate) fn run(job: &mut JobRun<'_, '_>, _current: &Current<'_>, _frame: &Frame<'_>, script: &Script<'_>) -> Ran {
    let text = &script.rendered.text;
    if ["GITHUB_ENV", "GITHUB_PATH", "exportVariable", "addPath"].iter().any(|name| text.contains(name)) {
        job.state.env.forget(&Reason::new(format!("what a `{}` script writes to `$GITHUB_ENV`", script.shell.name)));
    }
    let runs_go = text.lines().any(|line| line.trim_start().starts_with("go "));
    Ran { runs_go, ..Ran::default() }
}

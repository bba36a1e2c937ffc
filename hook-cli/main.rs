//! The `gopolicy` command: arguments, the outside world, output and exit status. All judgement is in `policy_core`.

mod args;
mod commands;
mod content;
mod engine;
mod exit;
mod git;
mod host;
mod install;
mod machine;
mod progress;
mod render;
mod request;
mod scope;
mod setup;
mod stdin;

use std::process::ExitCode;

use clap::Parser;

use crate::args::Args;
use crate::exit::{Exit, Failure};
use crate::host::Host;

fn main() -> ExitCode {
    match Args::try_parse_from(host::arguments()) {
        Ok(args) => run(&args).unwrap_or_else(|failure| failed(&failure)).into(),
        Err(answer) => without_run(&answer).into(),
    }
}

fn run(args: &Args) -> Result<Exit, Failure> {
    commands::run(args, &Host::here()?)
}

fn failed(failure: &Failure) -> Exit {
    host::complain(failure);
    Exit::Failed
}

/// Help, the version, or what is wrong with the arguments.
fn without_run(answer: &clap::Error) -> Exit {
    // If it cannot be printed there is nobody to tell.
    let _ = answer.print();
    if answer.use_stderr() { Exit::Failed } else { Exit::Clean }
}

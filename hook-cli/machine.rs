//! The commands that look at this machine.

use std::mem::ManuallyDrop;
use std::time::Duration;

use policy_core::Examined;
use policy_core::comparison::differences;
use policy_core::facts_report::FactsReport;
use policy_core::machine_report::MachineReport;
use policy_core::trace::{Trace, TracePlace};
use policy_core::world::{OsMachine, OsWorld};

use crate::args::{self, Check, Common, Content, Env, Stdin, Target};
use crate::commands::{lint_and, reported, set_up, view_of};
use crate::content;
use crate::engine::traced;
use crate::exit::{Exit, Failure};
use crate::host::{self, Host};
use crate::render::{self, Comparison, Format};

/// `gopolicy env`.
pub(crate) fn env(args: &Env, common: &Common, host: &Host) -> Result<Exit, Failure> {
    let machine = this_machine(&args.machine, host);
    let runs_go = !args.machine.no_exec;
    if let Some(target) = &args.diff {
        return diff(target, &policy_core::describe_machine(&machine, runs_go), args.reporting.format, common, host);
    }
    // The rules are read while go answers.
    let world = OsWorld::at(host.root());
    let load = || set_up(&world, &args.reporting.policies);
    let (examined, setup) = rayon::join(|| Examined::new(&machine, runs_go), load);
    // The program ends soon: none of these is taken apart.
    let (examined, setup) = (ManuallyDrop::new(examined), ManuallyDrop::new(setup?));
    let report = ManuallyDrop::new(setup.judge_machine(&examined));
    reported(&report, &setup, &args.reporting, common, &Trace::default)
}

/// `gopolicy check`.
pub(crate) fn check(args: &Check, common: &Common, host: &Host) -> Result<Exit, Failure> {
    let machine = this_machine(&args.machine, host);
    lint_and(&args.lint, common, host, &|setup, report| report.with(setup.judge_machine(&Examined::new(&machine, !args.machine.no_exec))))
}

/// `gopolicy facts --machine`.
pub(crate) fn facts(host: &Host) -> FactsReport {
    policy_core::list_machine_facts(&OsMachine::at(host.directory()), true)
}

fn this_machine(args: &args::Machine, host: &Host) -> OsMachine {
    OsMachine::at(host.directory()).with_time_limit(Duration::from_secs(args.go_timeout.into()))
}

/// `gopolicy env --diff`.
fn diff(target: &Target, here: &MachineReport, format: Option<&Format>, common: &Common, host: &Host) -> Result<Exit, Failure> {
    let (world, paths) = content::judged(std::slice::from_ref(&target.file), &Content::default(), &Stdin { name: None }, host)?;
    let trace = traced(&world, &paths);
    let is_meant = |place: &&TracePlace| place.job == target.job && target.step.is_none_or(|step| step == place.step.index);
    let places: Vec<&TracePlace> = trace.places.iter().filter(is_meant).collect();
    if places.is_empty() {
        return Err(nothing_at(target, &trace.places));
    }
    let comparisons: Vec<Comparison<'_>> = places.into_iter().flat_map(|place| compared(here, place)).collect();
    host::print(|out| match format.map(|format| format.name) {
        Some("json") => render::write_document(&render::Comparisons::new(&comparisons), out),
        _ => render::comparisons(&comparisons, view_of(common), out),
    })?;
    Ok(Exit::Clean)
}

fn compared<'a>(here: &MachineReport, place: &'a TracePlace) -> Vec<Comparison<'a>> {
    place.commands.iter().map(|command| Comparison::of(place, command, differences(here, command))).collect()
}

fn nothing_at(target: &Target, places: &[TracePlace]) -> Failure {
    let mut jobs: Vec<&str> = places.iter().map(|place| place.job.as_str()).collect();
    jobs.dedup();
    let step = target.step.map(|step| format!(", step {step}")).unwrap_or_default();
    let known = if jobs.is_empty() { String::from("no job does") } else { format!("jobs that do: {}", jobs.join(", ")) };
    Failure::Usage(format!("no go command is run in {}, job `{}`{step}; {known}", target.file.display(), target.job))
}

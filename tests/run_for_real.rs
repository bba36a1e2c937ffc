//! Random workflows, run for real: bash, the files that the runner reads between steps, and a `go` that writes down what it sees. Whatever
//! it saw must be what `trace` says. What `trace` calls unknown is counted; what it gets wrong is a failure.

mod compare;
mod found;
#[path = "../policy-core/src/facts/script/tests/generator.rs"]
mod generator;
mod machine;
mod posix;
mod runner;
mod workflow;
mod yaml;

use policy_core::trace::{Trace, TraceCommand, TracePlace};
use policy_core::world::MemoryWorld;
use rayon::prelude::*;

use compare::{Tally, aligned, differences, fits};
use machine::{Machine, Seen};
use runner::{Ran, Runner};
use workflow::{Variables, Workflow};

#[derive(Default)]
struct Counts {
    tally: Tally,
    legs: usize,
    scripts: usize,
    commands: usize,
    /// Steps whose commands could be matched only without regard to their order.
    out_of_order: usize,
    failures: Vec<String>,
}

/// `GOPOLICY_JOBS` sets how many jobs are tried, `GOPOLICY_SEED` the first seed.
#[test]
fn every_go_command_sees_what_trace_says() {
    let number = |name: &str, usual: u64| std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual);
    let (first, jobs) = (number("GOPOLICY_SEED", 1), number("GOPOLICY_JOBS", 100));
    if Machine::new().is_none() {
        println!("skipped: no bash, or namespaces are not allowed");
        return;
    }
    let workflows: Vec<Workflow> = (first..first + jobs).map(Workflow::random).collect();
    let trace = traced(&workflows);
    let share = workflows.len().div_ceil(rayon::current_num_threads()).max(1);
    let parts = workflows.par_chunks(share).map(|part| compare_all(part, &trace));
    report(jobs, &parts.reduce(Counts::default, Counts::plus));
}

fn compare_all(workflows: &[Workflow], trace: &Trace) -> Counts {
    let mut machine = Machine::new().expect("a second machine cannot be made");
    let mut counts = Counts::default();
    for workflow in workflows {
        let path = workflow.path();
        let places: Vec<&TracePlace> = trace.places.iter().filter(|place| place.path == path).collect();
        workflow.legs().iter().for_each(|leg| compare_leg(&mut machine, workflow, leg, &places, &mut counts));
    }
    counts
}

impl Counts {
    fn plus(mut self, other: Self) -> Self {
        self.failures.extend(other.failures);
        Self {
            tally: self.tally.plus(&other.tally),
            legs: self.legs + other.legs,
            scripts: self.scripts + other.scripts,
            commands: self.commands + other.commands,
            out_of_order: self.out_of_order + other.out_of_order,
            failures: self.failures,
        }
    }
}

fn traced(workflows: &[Workflow]) -> Trace {
    let world = MemoryWorld::new();
    let world = workflows.iter().fold(world, |world, workflow| world.with_file(workflow.path(), workflow.source()));
    policy_core::list_places(&world, &[".".to_owned()])
}

fn report(jobs: u64, counts: &Counts) {
    let Counts { tally, legs, scripts, commands, out_of_order, failures } = counts;
    let total = tally.total().max(1);
    let share = 100.0 * tally.unknown as f64 / total as f64;
    println!("{jobs} jobs, {commands} go commands, {total} values compared, {} unknown ({share:.1} %)", tally.unknown);
    println!("{legs} legs, {scripts} scripts, {} values one of several, {out_of_order} scripts matched without order", tally.one_of);
    let shown: Vec<&str> = failures.iter().take(5).map(String::as_str).collect();
    assert!(failures.is_empty(), "{} failures\n\n{}", failures.len(), shown.join("\n\n"));
    assert!(commands > scripts, "the generator makes scripts that hardly run go");
    assert!(tally.unknown * 3 < total, "too much is called unknown for the comparison to mean anything");
}

fn compare_leg(machine: &mut Machine, workflow: &Workflow, leg: &Variables, places: &[&TracePlace], counts: &mut Counts) {
    counts.legs += 1;
    let image_path = machine.image_path();
    for mut ran in Runner::new(machine, workflow, leg).run() {
        ran.seen.iter_mut().for_each(|seen| translate(seen, &image_path));
        let is_here =
            |place: &&&TracePlace| place.step.index as usize == ran.index && place.matrix.iter().cloned().collect::<Variables>() == *leg;
        let said: Vec<&TraceCommand> = places.iter().filter(is_here).flat_map(|place| &place.commands).collect();
        counts.scripts += 1;
        counts.commands += ran.seen.len();
        if !compare_step(&ran, &said, counts) {
            counts.failures.push(failure(workflow, leg, &ran, &said));
        }
    }
}

/// The image's PATH in the words of `trace`.
fn translate(seen: &mut Seen, image_path: &str) {
    for text in seen.argv.iter_mut().chain(seen.env.values_mut()) {
        *text = text.replace(image_path, "<PATH>");
    }
}

fn compare_step(ran: &Ran, said: &[&TraceCommand], counts: &mut Counts) -> bool {
    let seen = &ran.seen;
    let has = |words: &[&str]| words.iter().any(|word| ran.script.contains(word));
    let repeats = has(&["() {", "for ", "while ", "until "]);
    if let Some(pairs) = aligned(said, seen, ran.success, repeats) {
        pairs.iter().zip(seen).for_each(|(at, seen)| counts.tally.count(said[*at], seen));
        return true;
    }
    // Both ends of a pipe run at the same time.
    let all_ran = said.iter().all(|said| said.perhaps || seen.iter().any(|seen| fits(said, seen)));
    let found: Option<Vec<_>> = seen.iter().map(|seen| said.iter().find(|said| fits(said, seen)).map(|said| (*said, seen))).collect();
    let Some(found) = found.filter(|_| has(&["| go sink"]) && (all_ran || !ran.success)) else { return false };
    found.iter().for_each(|(said, seen)| counts.tally.count(said, seen));
    counts.out_of_order += 1;
    true
}

fn failure(workflow: &Workflow, leg: &Variables, ran: &Ran, said: &[&TraceCommand]) -> String {
    let mut text = format!("seed {} leg {leg:?} step {} success {}\n", workflow.seed, ran.index, ran.success);
    for seen in ran.seen.iter().filter(|seen| !said.iter().any(|said| fits(said, seen))) {
        let closest = said.iter().map(|said| (differences(said, seen), said.line)).min_by_key(|(differences, _)| differences.len());
        text.push_str(&format!("  nothing said of {:?}; closest {closest:?}\n", seen.argv));
    }
    for said in said.iter().filter(|said| !said.perhaps && !ran.seen.iter().any(|seen| fits(said, seen))) {
        text.push_str(&format!("  did not run: line {} {:?}\n", said.line, said.argv));
    }
    let order: Vec<&[String]> = ran.seen.iter().map(|seen| &*seen.argv).collect();
    let lines: Vec<String> = said.iter().map(|said| format!("{}{:?}", if said.perhaps { "~" } else { "" }, said.argv)).collect();
    text.push_str(&format!("  seen {order:?}\n  said {}\n", lines.join(" ")));
    text.push_str(&format!("--- rendered\n{}\n--- workflow\n{}", ran.script, workflow.source()));
    text
}

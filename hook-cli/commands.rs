//! The commands: arguments to calls of the library, and what comes back to a format.
//!

use std::path::{Path, PathBuf};

use clap::CommandFactory;
use policy_core::facts_report::FactsReport;
use policy_core::judge::Report;
use policy_core::trace::Trace;
use policy_core::world::OsWorld;

use crate::args::{self, Args, Colour, Command, Common, FailOn, Layout};
use crate::engine::{explanation, facts_of, judged, rules_text, schema_text, tested, traced};
use crate::exit::{Exit, Failure};
use crate::host::{self, Host};
use crate::machine;
use crate::render::{self, View};
use crate::stdin::WithStdin;

/// What standard input is called if `--stdin-filename` does not say.
const STDIN: &str = "<stdin>";

/// Does what the arguments ask for.
pub(crate) fn run(args: &Args, host: &Host) -> Result<Exit, Failure> {
    use_threads(&args.common)?;
    match &args.command {
        Command::Lint(lint) => run_lint(lint, &args.common, host),
        Command::Env(env) => machine::env(env, &args.common, host),
        Command::Check(check) => machine::check(check, &args.common, host),
        Command::Trace(trace) => run_trace(trace, &args.common, host),
        Command::Facts(facts) => run_facts(facts, host),
        Command::Rules(rules) => print_text(&rules_text(&OsWorld::at(host.root()), &rules.policies.names, rules.origin)?),
        Command::Explain(explain) => print_text(&explanation(&OsWorld::at(host.root()), &explain.rule, &explain.policies.names)?),
        Command::Test(test) => run_test(test, host),
        Command::Schema => print_text(&schema_text()),
        Command::Completions { shell } => print_text(&completions(*shell)),
    }
}

fn run_lint(lint: &args::Lint, common: &Common, host: &Host) -> Result<Exit, Failure> {
    let report = linted(lint, host)?;
    reported(&report, &lint.reporting, common)
}

/// The findings in files.
pub(crate) fn linted(lint: &args::Lint, host: &Host) -> Result<Report, Failure> {
    let (world, paths) = world_of(&lint.paths, &lint.stdin, host)?;
    judged(&world, &paths, &lint.reporting.policies.names)
}

/// Writes a report wherever it is wanted.
pub(crate) fn reported(report: &Report, reporting: &args::Reporting, common: &Common) -> Result<Exit, Failure> {
    let view = View { show_undecided: reporting.show_undecided, ..view_of(common) };
    for output in &reporting.output {
        let view = View { colour: common.color == Colour::Always, ..view };
        host::write_file(&output.file, |out| (output.format.render)(report, view, out))?;
    }
    host::print(|out| (reporting.format.render)(report, view, out))?;
    Ok(exit_of(report, reporting.fail_on))
}

fn exit_of(report: &Report, fail_on: FailOn) -> Exit {
    if report.findings.iter().any(|finding| fail_on.is_met_by(finding.severity)) { Exit::Findings } else { Exit::Clean }
}

fn run_trace(args: &args::Trace, common: &Common, host: &Host) -> Result<Exit, Failure> {
    let paths = args.file.clone().unwrap_or_else(|| host.root().to_owned());
    let (world, paths) = world_of(&[paths], &args.stdin, host)?;
    let trace = narrowed(traced(&world, &paths), args);
    let view = View { verbose: common.verbose || !args.var.is_empty(), ..view_of(common) };
    host::print(|out| match args.format {
        Layout::Text => render::trace(&trace, view, out),
        Layout::Json => render::write_document(&trace, out),
    })?;
    Ok(Exit::Clean)
}

/// The places and variables that were asked for.
fn narrowed(mut trace: Trace, args: &args::Trace) -> Trace {
    let is_job = |job: &str| args.job.as_deref().is_none_or(|wanted| wanted == job);
    let is_step = |index: u32| args.step.is_none_or(|wanted| wanted == index);
    trace.places.retain(|place| is_job(&place.job) && is_step(place.step.index));
    if !args.var.is_empty() {
        let commands = trace.places.iter_mut().flat_map(|place| &mut place.commands);
        commands.for_each(|command| command.env.retain(|name, _| args.var.contains(name)));
    }
    trace
}

fn run_facts(args: &args::Facts, host: &Host) -> Result<Exit, Failure> {
    let mut facts = if args.of_machine { machine::facts(host) } else { facts_in_files(args, host)? };
    facts.subjects.retain(|subject| args.kind.as_deref().is_none_or(|kind| kind == subject.kind));
    host::print(|out| match args.format {
        Layout::Text => render::facts(&facts, out),
        Layout::Json => render::write_document(&facts, out),
    })?;
    Ok(Exit::Clean)
}

fn facts_in_files(args: &args::Facts, host: &Host) -> Result<FactsReport, Failure> {
    let (world, paths) = world_of(&args.paths, &args.stdin, host)?;
    Ok(facts_of(&world, &paths))
}

fn run_test(test: &args::Test, host: &Host) -> Result<Exit, Failure> {
    let tested = tested(&OsWorld::at(host.root()), &test.policies)?;
    print_text(&tested.text)?;
    Ok(if tested.passed { Exit::Clean } else { Exit::Findings })
}

fn completions(shell: clap_complete::Shell) -> String {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "gopolicy", &mut script);
    String::from_utf8_lossy(&script).into_owned()
}

fn print_text(text: &str) -> Result<Exit, Failure> {
    host::print(|out| out.write_all(text.as_bytes()))?;
    Ok(Exit::Clean)
}

pub(crate) fn view_of(common: &Common) -> View {
    let colour = match common.color {
        Colour::Auto => host::colour_is_welcome(),
        Colour::Always => true,
        Colour::Never => false,
    };
    View { colour, quiet: common.quiet, verbose: common.verbose, show_undecided: false }
}

fn use_threads(common: &Common) -> Result<(), Failure> {
    let Some(threads) = common.threads else { return Ok(()) };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.into()).build_global();
    pool.map_err(|error| Failure::Usage(format!("cannot start {threads} threads: {error}")))
}

/// The world, standard input included if it is among the paths, and the paths relative to its root.
pub(crate) fn world_of(paths: &[PathBuf], stdin: &args::Stdin, host: &Host) -> Result<(WithStdin, Vec<String>), Failure> {
    let is_stdin = |path: &PathBuf| path == Path::new("-");
    let name = stdin.name.as_ref().map_or_else(|| String::from(STDIN), |name| host.label(name));
    let content = match (paths.iter().any(is_stdin), &stdin.name) {
        (true, _) => Some((name.clone(), host::read_stdin()?)),
        (false, Some(_)) => return Err(Failure::Usage(String::from("--stdin-filename needs `-` among the paths"))),
        (false, None) => None,
    };
    if let Some(missing) = paths.iter().find(|path| !is_stdin(path) && !host.has(path)) {
        return Err(Failure::Usage(format!("no such file or directory: {}", missing.display())));
    }
    let labels = paths.iter().map(|path| if is_stdin(path) { name.clone() } else { host.label(path) }).collect();
    Ok((WithStdin::new(OsWorld::at(host.root()), content), labels))
}

#[cfg(test)]
mod tests {
    use super::*;
    use policy_core::judge::{Finding, Severity};
    use policy_core::text::{Location, Span, Text};
    use policy_core::trace::{TraceCommand, TraceOrigin, TracePlace, TraceStep, TraceValue};

    #[test]
    fn the_worst_finding_decides_the_exit_status() {
        let location = Location::new(&Text::file("f", ""), Span::default());
        let mut report = Report::default();
        assert_eq!(exit_of(&report, FailOn::Note), Exit::Clean);
        report.findings = vec![Finding::new("r", "p", Severity::Warning, "m", location)];
        assert_eq!(exit_of(&report, FailOn::Error), Exit::Clean);
        assert_eq!(exit_of(&report, FailOn::Warning), Exit::Findings);
    }

    #[test]
    fn a_trace_is_narrowed_to_what_was_asked_for() {
        let origin = TraceOrigin { kind: policy_core::facts::value::OriginKind::Default, path: None, line: None, detail: None };
        let value = TraceValue::Known { value: String::new(), origin };
        let command = TraceCommand {
            line: 1,
            argv: None,
            opaque: None,
            perhaps: false,
            go: TraceValue::Unknown { reason: String::new() },
            env: [("GOFLAGS".into(), value.clone()), ("GOPROXY".into(), value)].into(),
        };
        let place = |job: &str, index| TracePlace {
            path: "ci.yml".into(),
            job: job.into(),
            matrix: Vec::new(),
            step: TraceStep { index, id: None, name: None, line: 1 },
            within: Vec::new(),
            shell: None,
            os: None,
            commands: vec![command.clone()],
        };
        let args = <Args as clap::Parser>::parse_from(["gopolicy", "trace", "--job", "a", "--step", "1", "--var", "GOPROXY"]);
        let Command::Trace(args) = args.command else { panic!("trace was parsed") };
        let found = narrowed(Trace { places: vec![place("a", 0), place("a", 1), place("b", 1)] }, &args);
        assert_eq!(found.places.len(), 1);
        assert_eq!(found.places[0].commands[0].env.keys().collect::<Vec<_>>(), ["GOPROXY"]);
    }
}

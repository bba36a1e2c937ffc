//! The commands: arguments to calls of the library, and what comes back to a format.
//!

use std::mem::ManuallyDrop;

use clap::CommandFactory;
use policy_core::facts::schema::Kind;
use policy_core::facts_report::FactsReport;
use policy_core::judge::{BASELINE_FILE, Baseline, Report};
use policy_core::policy::config::{CONFIG_FILE, FailOn};
use policy_core::trace::Trace;
use policy_core::world::{OsWorld, World};

use crate::args::{self, Args, Colour, Command, Common, Layout};
use crate::content::{self, OrDisk};
use crate::engine::{explanation, facts_of, rules_text, schema_text, tested, traced};
use crate::exit::{Exit, Failure};
use crate::host::{self, Host};
use crate::install;
use crate::machine;
use crate::progress;
use crate::render::{self, Format, View};
use crate::request::Request;
use crate::setup::{Setup, failure};

/// The formats that are chosen if none is asked for.
const TEXT: &str = "text";
const GITHUB: &str = "github";

/// Does what the arguments ask for.
pub(crate) fn run(args: &Args, host: &Host) -> Result<Exit, Failure> {
    use_threads(&args.common)?;
    match &args.command {
        Command::Lint(lint) => run_lint(lint, &args.common, host),
        Command::Env(env) => machine::env(env, &args.common, host),
        Command::Check(check) => machine::check(check, &args.common, host),
        Command::Trace(trace) => run_trace(trace, &args.common, host),
        Command::Facts(facts) => run_facts(facts, host),
        Command::Rules(rules) => print_text(&rules_text(&set_up(&OsWorld::at(host.root()), &rules.policies)?.policies, rules.origin)),
        Command::Explain(explain) => run_explain(explain, host),
        Command::Baseline(baseline) => run_baseline(baseline, host),
        Command::Init => run_init(host),
        Command::Test(test) => run_test(test, host),
        Command::Install(install) => print_text(&install::install(&install.hooks, install.chain, &host::program()?, host)?),
        Command::Uninstall => print_text(&install::uninstall(host)?),
        Command::Schema { of } => print_text(&schema_text(*of)),
        Command::Completions { shell } => print_text(&completions(*shell)),
        Command::Man { command } => print_text(&manual(command.as_deref())?),
    }
}

fn run_lint(lint: &args::Lint, common: &Common, host: &Host) -> Result<Exit, Failure> {
    lint_and(lint, common, host, &|_, report| report)
}

/// Judges files, and adds to the report whatever `more` finds.
pub(crate) fn lint_and(lint: &args::Lint, common: &Common, host: &Host, more: &dyn Fn(&Setup, Report) -> Report) -> Result<Exit, Failure> {
    let request = Request::of(lint, host)?;
    let (world, paths) = content::judged(&request.paths, &request.content, &lint.stdin, host)?;
    let mut setup = set_up(&OrDisk::new(&world, host), &lint.reporting.policies)?;
    setup.policies = setup.policies.about(|kind| lint.only.is_none_or(|area| area.holds(kind)));
    // The program ends soon: taking rules and findings apart would be a tenth of a short run.
    let setup = ManuallyDrop::new(setup);
    let change = request.change(setup.policies.judges(Kind::Change), host)?;
    let world = world.with_changes(change.as_ref().map(|change| change.changes.clone()));
    let mut report = progress::shown(host::terminal(common.quiet), &world, |world| setup.judge(world, &paths));
    request.narrow(&mut report, change.as_ref(), &|before| setup.judge(before, &paths))?;
    let report = ManuallyDrop::new(more(&setup, report));
    reported(&report, &setup, &lint.reporting, common, &|| traced(&world, &paths))
}

/// Writes a report wherever it is wanted. `trace` is asked only for GitHub's page about a job.
pub(crate) fn reported(
    report: &Report,
    setup: &Setup,
    reporting: &args::Reporting,
    common: &Common,
    trace: &dyn Fn() -> Trace,
) -> Result<Exit, Failure> {
    let view = View { show_undecided: reporting.show_undecided, ..view_of(common) };
    for output in &reporting.output {
        let view = View { colour: common.color == Colour::Always, ..view };
        host::write_file(&output.file, |out| (output.format.render)(report, view, out))?;
    }
    let format = reporting.format.map_or_else(default_format, Ok)?;
    host::print(|out| (format.render)(report, view, out))?;
    if format.name == GITHUB {
        host::add_to_job_summary(|room, out| render::job_summary(report, &trace(), view, room, out));
    }
    Ok(exit_of(report, setup.fail_on(reporting.fail_on)))
}

fn default_format() -> Result<&'static Format, Failure> {
    Format::named(if host::is_github_job() { GITHUB } else { TEXT }).map_err(Failure::Usage)
}

fn exit_of(report: &Report, fail_on: FailOn) -> Exit {
    if report.findings.iter().any(|finding| fail_on.is_met_by(finding.severity)) { Exit::Findings } else { Exit::Clean }
}

fn run_trace(args: &args::Trace, common: &Common, host: &Host) -> Result<Exit, Failure> {
    let paths = args.file.clone().unwrap_or_else(|| host.root().to_owned());
    let (world, paths) = content::judged(&[paths], &args.content, &args.stdin, host)?;
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
    let (world, paths) = content::judged(&args.paths, &args.content, &args.stdin, host)?;
    Ok(facts_of(&world, &paths))
}

pub(crate) fn set_up(world: &dyn World, policies: &args::Policies) -> Result<Setup, Failure> {
    Setup::load(world, &policies.names, host::today())
}

fn run_explain(explain: &args::Explain, host: &Host) -> Result<Exit, Failure> {
    let world = OsWorld::at(host.root());
    let in_force = set_up(&world, &explain.policies)?.policies;
    print_text(&explanation(&world, &explain.rule, &explain.policies.names, &in_force)?)
}

fn run_baseline(baseline: &args::Baseline, host: &Host) -> Result<Exit, Failure> {
    let world = OsWorld::at(host.root());
    let report = set_up(&world, &baseline.policies)?.without_baseline().judge(&world, &[String::from(".")]);
    let text = Baseline::text_of(&report.findings);
    host::write_file(&host.root().join(BASELINE_FILE), |out| out.write_all(text.as_bytes()))?;
    let recorded = Baseline::load(&world).map_err(failure)?.unwrap_or_default().len();
    print_text(&format!("{} recorded in {BASELINE_FILE}\n", render::counted(recorded, "finding")))
}

fn run_init(host: &Host) -> Result<Exit, Failure> {
    host::write_new_file(&host.root().join(CONFIG_FILE), include_str!("start.yaml"))?;
    print_text(&format!("{CONFIG_FILE} written\n"))
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

/// The manual page of the program or of one of its commands, as roff.
fn manual(command: Option<&str>) -> Result<String, Failure> {
    let mut program = Args::command();
    program.build();
    let page = match command {
        None => Some(program),
        Some(name) => program.find_subcommand(name).cloned(),
    };
    let page = page.ok_or_else(|| Failure::Usage(format!("no command `{}`", command.unwrap_or_default())))?;
    let mut text = Vec::new();
    clap_mangen::Man::new(page).render(&mut text).map_err(|source| Failure::Write { destination: String::from("the page"), source })?;
    Ok(String::from_utf8_lossy(&text).into_owned())
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
        assert_eq!(exit_of(&report, FailOn::Severity(Severity::Note)), Exit::Clean);
        report.findings = vec![Finding::new("r", "p", Severity::Warning, "m", location)];
        assert_eq!(exit_of(&report, FailOn::default()), Exit::Clean);
        assert_eq!(exit_of(&report, FailOn::Severity(Severity::Warning)), Exit::Findings);
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

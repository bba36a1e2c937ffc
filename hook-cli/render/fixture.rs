//! Reports for the tests of the formats.

use std::sync::Arc;

use policy_core::facts::subject::Place;
use policy_core::judge::{Edit, Finding, Fix, Related, Report, Severity, Suppressed, SuppressedBy, Undecided};
use policy_core::policy::{PolicySet, Rule};
use policy_core::text::{Location, Span, Text};
use policy_core::world::MemoryWorld;

const WORKFLOW: &str = "\
on: push
env:
  GOSUMDB: sum.golang.org
jobs:
  test:
    runs-on: ${{ matrix.os }}
    env:
      # Faster.
      GOSUMDB: \"off\"
    steps:
      - run: go test ./...
";

const POLICY: &str = "\
version: 1
policy: supply-chain
rules:
  checksum-database-off:
    severity: error
    on: environment
    forbid: { GOSUMDB: { equals: 'off' } }
    message: 'GOSUMDB={GOSUMDB}: downloaded modules are not checked against the checksum database'
    help: Name your private modules in GOPRIVATE instead; everything else stays verified.
    references: [https://go.dev/ref/mod#checksum-database]
";

fn rules() -> Vec<Arc<Rule>> {
    let set = PolicySet::builder().builtin("supply-chain", POLICY).load(&["supply-chain"], &MemoryWorld::new());
    set.unwrap().rules().to_vec()
}

/// A finding of severity error over a text of its own.
pub(crate) fn finding(rule: &str, message: &str, content: &str, span: (usize, usize)) -> Finding {
    let location = Location::new(&Text::file("ci.yml", content), Span::new(span.0, span.1));
    Finding::new(rule, "supply-chain", Severity::Error, message, location)
}

/// A report with these findings in one file.
pub(crate) fn report_of(findings: Vec<Finding>) -> Report {
    let mut report = Report::default();
    (report.summary.files, report.summary.errors) = (1, findings.len());
    report.findings = findings;
    report
}

/// An error with all there can be, a warning with little, a note on something that is not on disk, an undecided verdict and
/// two findings that are suppressed.
pub(crate) fn report() -> Report {
    let workflow = Text::file(".github/workflows/ci.yml", WORKFLOW);
    let at = |text: &Arc<Text>, what: &str| {
        let start = text.content().find(what).unwrap();
        Location::new(text, Span::new(start, start + what.len()))
    };
    let mut report = report_of(vec![full(&workflow, &at), bare(&workflow), on_this_machine(&at)]);
    report.rules = rules();
    report.suppressed = vec![
        Suppressed::new(bare(&workflow), SuppressedBy::Comment, "it is quick"),
        Suppressed::new(bare(&workflow), SuppressedBy::Baseline, "in the baseline"),
    ];
    report.undecided = vec![Undecided::new("direct-proxy", at(&workflow, "go test"), "secrets.PROXY")];
    let summary = &mut report.summary;
    (summary.files, summary.errors, summary.warnings, summary.notes) = (14, 1, 1, 1);
    (summary.suppressed, summary.undecided) = (2, 1);
    report
}

fn full(workflow: &Arc<Text>, at: &dyn Fn(&Arc<Text>, &str) -> Location) -> Finding {
    let env_file = Text::file("scripts/env.sh", "#!/bin/sh\nexport GOFLAGS=-mod=mod\n");
    let message = "GOSUMDB=off: downloaded modules are not checked against the checksum database";
    let mut finding = Finding::new("checksum-database-off", "supply-chain", Severity::Error, message, at(workflow, "\"off\""));
    finding.help = Some("Name your private modules in GOPRIVATE instead;\neverything else stays verified.\n".into());
    finding.references = vec!["https://go.dev/ref/mod#checksum-database".into()];
    finding.related = vec![
        Related { message: "this value is overridden".into(), location: at(workflow, "sum.golang.org") },
        Related { message: "sourced here".into(), location: at(&env_file, "GOFLAGS=-mod=mod") },
    ];
    let os = ["macos-latest", "ubuntu-latest", "windows-latest"];
    let leg = |os: &str, go: &str| [("os".into(), os.into()), ("go".into(), go.into())].into();
    let place =
        |os: &str, go: &str| Place { job: "test".into(), step: Some(0), matrix: leg(os, go), command: Some("go test ./...".into()) };
    finding.places = os.iter().flat_map(|os| [place(os, "1.21"), place(os, "1.22")]).collect();
    finding.route = "jobs.test.env.GOSUMDB".into();
    let edit = Edit { location: at(workflow, "      GOSUMDB: \"off\"\n"), text: String::new() };
    finding.fix = Some(Fix { description: "remove GOSUMDB".into(), safe: false, edit: Some(edit) });
    finding
}

fn bare(workflow: &Arc<Text>) -> Finding {
    let end = workflow.content().len();
    let job = Location::new(workflow, Span::new(workflow.content().find("  test:").unwrap() + 2, end));
    Finding::new("no-timeout", "workflows", Severity::Warning, "job `test` has no timeout", job)
}

fn on_this_machine(at: &dyn Fn(&Arc<Text>, &str) -> Location) -> Finding {
    let environment = Text::synthetic("process environment", "GOBIN=\u{1b}[31m/tmp\n");
    Finding::new("odd-gobin", "host", Severity::Note, "GOBIN is odd: \u{1b}[31m/tmp", at(&environment, "\u{1b}[31m/tmp"))
}

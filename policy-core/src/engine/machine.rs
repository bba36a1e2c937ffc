//! The machine that Go runs on: findings, facts, and its environment.

use super::fact_list;
use crate::facts::host::{Host, TOOLS};
use crate::facts_report::FactsReport;
use crate::judge::{Exemptions, Report, Sink, judge, mask, suppress};
use crate::machine_report::{GoReport, MachineReport};
use crate::policy::PolicySet;
use crate::text::Location;
use crate::trace::TraceValue;
use crate::world::Machine;

/// What was found on a machine: the environment that a go command run in its working directory sees, and what it uses there.
pub struct Examined<'m>(Host<'m>);

impl<'m> Examined<'m> {
    /// Looks at a machine. Its go command is asked if `runs_go` allows it, which takes longer than everything else; nothing of
    /// the working directory is run, and nothing is downloaded.
    pub fn new(machine: &'m dyn Machine, runs_go: bool) -> Self {
        Self(Host::examine(machine, runs_go))
    }

    /// Judges it, with findings that are accepted. The report has a [`MachineReport`].
    pub fn judged(&self, policies: &PolicySet, exemptions: &Exemptions<'_>) -> Report {
        let mut report = judged(&self.0, policies);
        suppress(&mut report, policies, &[], exemptions, false);
        report.machine = Some(described(&self.0));
        report
    }
}

/// Looks at a machine and judges it, as [`Examined`] does in two steps.
pub fn examine(machine: &dyn Machine, policies: &PolicySet, runs_go: bool) -> Report {
    Examined::new(machine, runs_go).judged(policies, &Exemptions::default())
}

/// The environment that a go command run on a machine, in its working directory, sees; without any judgement.
pub fn describe_machine(machine: &dyn Machine, runs_go: bool) -> MachineReport {
    described(&Host::examine(machine, runs_go))
}

/// Every subject of a machine, with all its fields: what a rule can see.
pub fn list_machine_facts(machine: &dyn Machine, runs_go: bool) -> FactsReport {
    let host = Host::examine(machine, runs_go);
    let mut subjects = Vec::new();
    host.visit(&|_| true, &mut |subject| subjects.push(fact_list::subject(subject)));
    FactsReport { subjects }
}

fn judged(host: &Host<'_>, policies: &PolicySet) -> Report {
    let mut sink = Sink::new();
    host.visit(&|kind| policies.judges(kind), &mut |subject| judge(policies, subject, &mut sink));
    let mut report = sink.finish(&route);
    report.rules = policies.rules().iter().filter(|rule| rule.is_enabled() && policies.judges(rule.kind())).cloned().collect();
    report
}

fn described(host: &Host<'_>) -> MachineReport {
    MachineReport {
        environment: host.values().map(|(name, value)| (name.to_owned(), TraceValue::from(value))).collect(),
        go: go(host),
        platform: host.platform(),
        directory: host.directory(),
    }
}

fn go(host: &Host<'_>) -> GoReport {
    let answer = host.answer();
    let [installed, runs, needs] = host.releases();
    GoReport {
        command: host.command().map(str::to_owned),
        is_wrapper: host.command_is_wrapper(),
        answer: answer.word(),
        problem: answer.problem().map(mask),
        installed,
        runs,
        present: host.toolchain_is_present(),
        needs,
    }
}

/// What the line is about: the variable, the directive, the tool.
fn route(location: &Location) -> String {
    let line = location.text.line_span(location.start().line).unwrap_or_default();
    let line = location.text.slice(line);
    let name = match location.path() {
        TOOLS => line.rsplit_once(": ").map(|(path, _)| path),
        _ => line.split(['=', ' ', '\t']).find(|word| !word.is_empty()),
    };
    name.unwrap_or_default().to_owned()
}

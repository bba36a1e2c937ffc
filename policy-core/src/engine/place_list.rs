//! Sites to the report of `gopolicy trace`.

use std::sync::Arc;

use crate::facts::project::Project;
use crate::facts::workflow::{self, ActionFacts, CacheUse, GoCommand, JobFacts, Site, StepFacts, Visitor, Within, Workflow};
use crate::text::Span;
use crate::trace::{TraceCommand, TracePlace, TraceStep, TraceValue, TraceWithin};

/// All places of a workflow, in order.
pub(super) fn places(workflow: &Workflow, project: &Project<'_>) -> Vec<TracePlace> {
    let mut places = Places { workflow, found: Vec::new(), spans: Vec::new() };
    workflow::interpret(workflow, project, &mut places);
    places.found
}

struct Places<'a> {
    workflow: &'a Workflow,
    found: Vec<TracePlace>,
    /// Where the commands of the last place stand.
    spans: Vec<Span>,
}

impl Visitor for Places<'_> {
    fn job(&mut self, _: &JobFacts<'_>) {}

    fn step(&mut self, _: &StepFacts<'_>) {}

    fn action(&mut self, _: &ActionFacts<'_>) {}

    fn cache(&mut self, _: CacheUse) {}

    fn job_end(&mut self, _: &JobFacts<'_>) {}

    fn job_done(&mut self) {}

    fn site(&mut self, site: &Arc<Site>, command: Option<&Arc<GoCommand>>, within: &[Within]) {
        let mut place = self.place(site, within);
        let traced = traced(site, command);
        match self.found.last_mut().filter(|last| same_place(last, &place)) {
            // Two ways to one command may differ in what no rule and no reader sees.
            Some(last) if self.spans.contains(&site.location.span) && last.commands.contains(&traced) => return,
            Some(last) => last.commands.push(traced),
            None => {
                self.spans.clear();
                place.commands.push(traced);
                self.found.push(place);
            }
        }
        self.spans.push(site.location.span);
    }
}

impl Places<'_> {
    fn place(&self, site: &Site, within: &[Within]) -> TracePlace {
        let index = site.place.step.unwrap_or_default();
        let job = self.workflow.jobs.iter().find(|job| job.id == site.place.job);
        let step = job.and_then(|job| job.steps.iter().find(|step| step.index == index));
        let line = step.map(|step| self.workflow.locate(&step.node).start().line);
        let text = |key: &str| step.and_then(|step| step.text(key)).map(str::to_owned);
        TracePlace {
            path: self.workflow.document.text.path().to_owned(),
            job: site.place.job.to_string(),
            matrix: site.place.matrix.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect(),
            step: TraceStep { index, id: text("id"), name: text("name"), line: line.unwrap_or(1) },
            within: within_of(site, within),
            shell: site.shell.as_deref().map(str::to_owned),
            os: site.os_name().map(str::to_owned),
            commands: Vec::new(),
        }
    }
}

/// The way in: where it is entered is told by the calling file, and where it leads by the next one.
fn within_of(site: &Site, within: &[Within]) -> Vec<TraceWithin> {
    let inner = within.iter().skip(1).map(|step| (&step.location, step.step)).chain([(&site.location, None)]);
    let pairs = within.iter().zip(inner);
    pairs
        .filter(|(outer, (inner, _))| outer.location.path() != inner.path())
        .map(|(_, (inner, step))| TraceWithin { path: inner.path().to_owned(), line: inner.start().line, step })
        .collect()
}

fn same_place(last: &TracePlace, next: &TracePlace) -> bool {
    last.path == next.path
        && last.job == next.job
        && last.matrix == next.matrix
        && last.step == next.step
        && last.within == next.within
        && last.shell == next.shell
}

fn traced(site: &Arc<Site>, command: Option<&Arc<GoCommand>>) -> TraceCommand {
    let running = site.running();
    let resolver = site.resolver(&running);
    let word = |argument: &crate::facts::script::Argument| argument.value.as_text().map(|text| text.to_string());
    TraceCommand {
        line: site.location.start().line,
        argv: command.map(|command| command.argv.iter().map(word).collect()),
        opaque: site.opaque.as_deref().map(str::to_owned),
        perhaps: !site.certain,
        go: TraceValue::from(&running.version),
        env: resolver.names().map(|name| (name.to_owned(), TraceValue::from(&resolver.variable(name)))).collect(),
    }
}

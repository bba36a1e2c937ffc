//! The three things asked of the library: findings, traces, facts. Files are worked on in parallel; the order of output does not tell.

mod fact_list;
mod files;
mod machine;
mod place_list;

pub use machine::{describe_machine, examine, list_machine_facts};

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::facts::project::Project;
use crate::facts::schema::Kind;
use crate::facts::subject::Subject;
use crate::facts::workflow::{self, Workflow, WorkflowSubject};
use crate::facts_report::{FactsReport, FactsSubject};
use crate::judge::{Report, Sink, judge};
use crate::policy::PolicySet;
use crate::syntax::yaml::{self, Document};
use crate::text::Location;
use crate::trace::Trace;
use crate::world::World;
use files::{Input, Opened};

/// Judges the workflows at and below `paths` (relative to the world's root) by a set of policies.
///
/// A file that cannot be read or parsed is a finding of the rule `malformed-file`; all others are judged.
pub fn lint(world: &dyn World, policies: &PolicySet, paths: &[String]) -> Report {
    let inputs = files::find(world, paths);
    let projects = projects(world, &inputs);
    let judged: Vec<(Sink, Option<Judged>)> = inputs.par_iter().map(|input| lint_one(world, policies, &projects, input)).collect();
    let mut sink = Sink::new();
    let mut documents: BTreeMap<String, Arc<Document>> = BTreeMap::new();
    let mut workflows = Vec::new();
    for (one, judged) in judged {
        sink = sink.merge(one);
        let Some(Judged { document, subject }) = judged else { continue };
        documents.extend(document.map(|document| (document.text.path().to_owned(), document)));
        workflows.extend(subject);
    }
    compare(workflows, &mut |subject| judge(policies, subject, &mut sink));
    let mut report = sink.finish(&|location| route(&documents, location));
    report.summary.files = inputs.len();
    report
}

/// What every `go` command in the workflows at and below `paths` sees, and why.
pub fn list_places(world: &dyn World, paths: &[String]) -> Trace {
    let inputs = files::find(world, paths);
    let projects = projects(world, &inputs);
    let places = inputs.par_iter().map(|input| match files::open(world, input) {
        Opened::Workflow(workflow) => {
            project_of(&projects, input).map(|project| place_list::places(&workflow, project)).unwrap_or_default()
        }
        Opened::Problem(_) => Vec::new(),
    });
    Trace { places: places.flatten().collect() }
}

/// Every subject in the workflows at and below `paths`, with all its fields: what a rule can see.
pub fn list_facts(world: &dyn World, paths: &[String]) -> FactsReport {
    let inputs = files::find(world, paths);
    let projects = projects(world, &inputs);
    let listed: Vec<(Vec<FactsSubject>, Option<WorkflowSubject>)> =
        inputs.par_iter().map(|input| list_one(world, &projects, input)).collect();
    let (lists, workflows): (Vec<_>, Vec<_>) = listed.into_iter().unzip();
    let mut subjects: Vec<FactsSubject> = lists.into_iter().flatten().collect();
    compare(workflows.into_iter().flatten().collect(), &mut |subject| subjects.push(fact_list::subject(subject)));
    subjects.sort_by(|one, other| one.path.cmp(&other.path));
    FactsReport { subjects }
}

/// What is left of a workflow when its own subjects have been judged.
struct Judged {
    document: Option<Arc<Document>>,
    subject: Option<WorkflowSubject>,
}

fn lint_one(world: &dyn World, policies: &PolicySet, projects: &Projects<'_>, input: &Input) -> (Sink, Option<Judged>) {
    let mut sink = Sink::new();
    match files::open(world, input) {
        Opened::Workflow(workflow) => {
            let project = project_of(projects, input);
            let subject = project.map(|project| {
                visit(&workflow, project, &|kind| policies.judges(kind), &mut |subject| judge(policies, subject, &mut sink))
            });
            // Only findings need the tree, for their symbolic places; a comparison with other workflows may still find something.
            let may_find = sink.has_findings() || subject.as_ref().is_some_and(|subject| subject.newest_go().is_some());
            (sink, Some(Judged { document: may_find.then_some(workflow.document), subject }))
        }
        Opened::Problem(finding) => {
            sink.add(*finding);
            (sink, None)
        }
    }
}

fn list_one(world: &dyn World, projects: &Projects<'_>, input: &Input) -> (Vec<FactsSubject>, Option<WorkflowSubject>) {
    let mut subjects = Vec::new();
    let Opened::Workflow(workflow) = files::open(world, input) else { return (subjects, None) };
    let project = project_of(projects, input);
    let workflow = project.map(|project| visit(&workflow, project, &|_| true, &mut |subject| subjects.push(fact_list::subject(subject))));
    (subjects, workflow)
}

/// Hands every subject of the wanted kinds to `out`, except the workflow itself, which is still to be compared with the others.
fn visit(workflow: &Workflow, project: &Project<'_>, wanted: &dyn Fn(Kind) -> bool, out: &mut dyn FnMut(&dyn Subject)) -> WorkflowSubject {
    let mut subjects = workflow::Subjects::new(wanted, out);
    workflow::interpret(workflow, project, &mut subjects);
    subjects.workflow(workflow)
}

/// Hands the workflows themselves to `out`, with what the others of their repository tell.
fn compare(workflows: Vec<WorkflowSubject>, out: &mut dyn FnMut(&dyn Subject)) {
    let mut newest: BTreeMap<String, Option<u32>> = BTreeMap::new();
    for workflow in &workflows {
        let root = newest.entry(Project::root_of(workflow.path()).to_owned()).or_default();
        *root = (*root).max(workflow.newest_go());
    }
    for workflow in workflows {
        let newest = newest.get(Project::root_of(workflow.path())).copied().flatten();
        out(&workflow.compared(newest));
    }
}

type Projects<'w> = BTreeMap<String, Project<'w>>;

/// The repositories of the files, each once.
fn projects<'w>(world: &'w dyn World, inputs: &[Input]) -> Projects<'w> {
    let roots = inputs.iter().map(|input| Project::root_of(input.path()));
    roots.map(|root| (root.to_owned(), Project::at(world, root))).collect()
}

fn project_of<'p, 'w>(projects: &'p Projects<'w>, input: &Input) -> Option<&'p Project<'w>> {
    projects.get(Project::root_of(input.path()))
}

/// The symbolic place of a location: the keys that lead to it.
fn route(documents: &BTreeMap<String, Arc<Document>>, location: &Location) -> String {
    documents.get(location.path()).map(|document| yaml::route_at(document, location.span.start)).unwrap_or_default()
}

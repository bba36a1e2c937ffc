//! The three things asked of the library: findings, traces, facts. Files are worked on in parallel; the order of output does not tell.

mod fact_list;
mod files;
mod place_list;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::facts::project::Project;
use crate::facts::schema::Kind;
use crate::facts::workflow::{self, Workflow};
use crate::facts_report::FactsReport;
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
    let judged: Vec<(Sink, Option<Arc<Document>>)> = inputs.par_iter().map(|input| lint_one(world, policies, &projects, input)).collect();
    let mut sink = Sink::new();
    let mut documents: BTreeMap<String, Arc<Document>> = BTreeMap::new();
    for (one, document) in judged {
        sink = sink.merge(one);
        documents.extend(document.map(|document| (document.text.path().to_owned(), document)));
    }
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
    let subjects = inputs.par_iter().map(|input| match files::open(world, input) {
        Opened::Workflow(workflow) => {
            let mut subjects = Vec::new();
            if let Some(project) = project_of(&projects, input) {
                visit(&workflow, project, &|_| true, &mut |subject| subjects.push(fact_list::subject(subject)));
            }
            subjects
        }
        Opened::Problem(_) => Vec::new(),
    });
    FactsReport { subjects: subjects.flatten().collect() }
}

fn lint_one(world: &dyn World, policies: &PolicySet, projects: &Projects<'_>, input: &Input) -> (Sink, Option<Arc<Document>>) {
    let mut sink = Sink::new();
    match files::open(world, input) {
        Opened::Workflow(workflow) => {
            if let Some(project) = project_of(projects, input) {
                visit(&workflow, project, &|kind| policies.judges(kind), &mut |subject| judge(policies, subject, &mut sink));
            }
            // Only findings need the tree, for their symbolic places.
            let document = sink.has_findings().then_some(workflow.document);
            (sink, document)
        }
        Opened::Problem(finding) => {
            sink.add(*finding);
            (sink, None)
        }
    }
}

/// Hands every subject of the wanted kinds to `out`.
fn visit(workflow: &Workflow, project: &Project<'_>, wanted: &dyn Fn(Kind) -> bool, out: &mut dyn FnMut(&dyn crate::facts::subject::Subject)) {
    let mut subjects = workflow::Subjects::new(wanted, out);
    workflow::interpret(workflow, project, &mut subjects);
    subjects.workflow(workflow);
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

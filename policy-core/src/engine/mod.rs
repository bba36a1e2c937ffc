//! The three things asked of the library: findings, traces, facts. Files are worked on in parallel; the order of output does not tell.

mod fact_list;
mod files;
mod open;
mod place_list;
mod repositories;
mod routes;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::facts::module::{GoModSubject, GoWorkSubject, NeighboursByRoot, VendorSubject};
use crate::facts::project::Project;
use crate::facts::schema::Kind;
use crate::facts::subject::Subject;
use crate::facts::workflow::{self, Workflow, WorkflowSubject};
use crate::facts_report::{FactsReport, FactsSubject};
use crate::judge::{Finding, Report, Sink, judge};
use crate::policy::PolicySet;
use crate::trace::Trace;
use crate::world::World;
use files::Input;
use open::Opened;
use repositories::Repositories;
use routes::Routes;

/// Judges the workflows and module files at and below `paths` (relative to the world's root) by a set of policies.
///
/// A file that cannot be read or parsed is a finding of the rule `malformed-file`; all others are judged.
pub fn lint(world: &dyn World, policies: &PolicySet, paths: &[String]) -> Report {
    let inputs = files::find(world, paths);
    let repositories = Repositories::of(world, &inputs);
    let (modules, workflows): (Vec<&Input>, Vec<&Input>) =
        inputs.iter().filter(|input| input.is_judged()).partition(|input| input.is_module());
    let files = modules.len() + workflows.len();
    let linter = Linter { world, policies, repositories: &repositories };
    let (sink, mut routes, workflows) = linter.lint(&workflows, &NeighboursByRoot::default());
    let (of_modules, more_routes, _) = linter.lint(&modules, &neighbours(&repositories, &inputs, &workflows));
    let mut sink = sink.merge(of_modules);
    routes.extend(more_routes);
    compare(workflows, &mut |subject| judge(policies, subject, &mut sink));
    let mut report = sink.finish(&|location| routes.route(location));
    report.summary.files = files;
    report
}

/// What every `go` command in the workflows at and below `paths` sees, and why.
pub fn list_places(world: &dyn World, paths: &[String]) -> Trace {
    let inputs = files::find(world, paths);
    let repositories = Repositories::of(world, &inputs);
    let places = inputs.par_iter().filter(|input| input.is_judged()).map(|input| match open::open(world, &repositories, input) {
        Opened::Workflow(workflow) => {
            let project = repositories.holding(input.path());
            project.map(|project| place_list::places(&workflow, project)).unwrap_or_default()
        }
        _ => Vec::new(),
    });
    Trace { places: places.flatten().collect() }
}

/// Every subject in the workflows and module files at and below `paths`, with all its fields: what a rule can see.
pub fn list_facts(world: &dyn World, paths: &[String]) -> FactsReport {
    let inputs = files::find(world, paths);
    let repositories = Repositories::of(world, &inputs);
    let (modules, workflows): (Vec<&Input>, Vec<&Input>) =
        inputs.iter().filter(|input| input.is_judged()).partition(|input| input.is_module());
    let list = |inputs: &[&Input], neighbours: &NeighboursByRoot| {
        let list_one = |input: &&Input| {
            let mut subjects = Vec::new();
            let opened = open::open(world, &repositories, input);
            let workflow = visit(&opened, &repositories, neighbours, &|_| true, &mut |subject| subjects.push(fact_list::subject(subject)));
            (subjects, workflow)
        };
        let listed: Vec<(Vec<FactsSubject>, Option<WorkflowSubject>)> = inputs.par_iter().map(list_one).collect();
        let (lists, workflows): (Vec<_>, Vec<_>) = listed.into_iter().unzip();
        (lists.concat(), workflows.into_iter().flatten().collect::<Vec<WorkflowSubject>>())
    };
    let (mut subjects, workflows) = list(&workflows, &NeighboursByRoot::default());
    subjects.extend(list(&modules, &neighbours(&repositories, &inputs, &workflows)).0);
    compare(workflows, &mut |subject| subjects.push(fact_list::subject(subject)));
    subjects.sort_by(|one, other| one.path.cmp(&other.path));
    FactsReport { subjects }
}

/// Judges files side by side.
struct Linter<'l, 'w> {
    world: &'w dyn World,
    policies: &'l PolicySet,
    repositories: &'l Repositories<'w>,
}

impl Linter<'_, '_> {
    fn lint(&self, inputs: &[&Input], neighbours: &NeighboursByRoot) -> (Sink, Routes, Vec<WorkflowSubject>) {
        let judged: Vec<(Sink, Routes, Option<WorkflowSubject>)> =
            inputs.par_iter().map(|input| self.lint_one(input, neighbours)).collect();
        let (mut sink, mut routes, mut workflows) = (Sink::new(), Routes::default(), Vec::new());
        for (one, its_routes, workflow) in judged {
            sink = sink.merge(one);
            routes.extend(its_routes);
            workflows.extend(workflow);
        }
        (sink, routes, workflows)
    }

    fn lint_one(&self, input: &Input, neighbours: &NeighboursByRoot) -> (Sink, Routes, Option<WorkflowSubject>) {
        let mut sink = Sink::new();
        let opened = open::open(self.world, self.repositories, input);
        let wanted = |kind| self.policies.judges(kind);
        let workflow = visit(&opened, self.repositories, neighbours, &wanted, &mut |subject| judge(self.policies, subject, &mut sink));
        problems(&opened).into_iter().for_each(|finding| sink.add(finding));
        // Only findings need the tree, for their symbolic places; a comparison with other files may still find something in this one.
        let may_find = sink.has_findings() || input.is_module() || workflow.as_ref().is_some_and(|workflow| workflow.newest_go().is_some());
        let routes = if may_find { Routes::of(&opened) } else { Routes::default() };
        (sink, routes, workflow)
    }
}

/// What the repositories hold beside each module.
fn neighbours(repositories: &Repositories<'_>, inputs: &[Input], workflows: &[WorkflowSubject]) -> NeighboursByRoot {
    let mut neighbours = NeighboursByRoot::default();
    for input in inputs {
        let Some(project) = repositories.holding(input.path()) else { continue };
        neighbours.add_file(project.root(), repositories.inside(input.path()));
    }
    for workflow in workflows {
        neighbours.add_runs(Project::root_of(workflow.path()), workflow.runs());
    }
    neighbours
}

/// What keeps a file from being read, or parts of it.
fn problems(opened: &Opened) -> Vec<Finding> {
    match opened {
        Opened::Workflow(_) | Opened::Vendor(..) => Vec::new(),
        Opened::GoMod(file) | Opened::GoWork(file) => open::problems(file).collect(),
        Opened::Problem(finding) => vec![(**finding).clone()],
    }
}

/// Hands every subject of the wanted kinds to `out`, except a workflow itself, which is still to be compared with the others.
fn visit(
    opened: &Opened,
    repositories: &Repositories<'_>,
    neighbours: &NeighboursByRoot,
    wanted: &dyn Fn(Kind) -> bool,
    out: &mut dyn FnMut(&dyn Subject),
) -> Option<WorkflowSubject> {
    let repository = |path: &str| repositories.holding(path);
    match opened {
        Opened::Workflow(workflow) => {
            let project = repository(workflow.document.text.path())?;
            return Some(visit_workflow(workflow, project, wanted, out));
        }
        Opened::GoMod(file) => {
            let project = repository(file.text.path())?;
            out(&GoModSubject::new(file, project, neighbours.of(project.root())));
        }
        Opened::GoWork(file) => {
            let project = repository(file.text.path())?;
            out(&GoWorkSubject::new(file, project, neighbours.of(project.root())));
        }
        Opened::Vendor(text, path) => out(&VendorSubject::new(text, path, repository(text.path())?)),
        Opened::Problem(_) => {}
    }
    None
}

fn visit_workflow(
    workflow: &Workflow,
    project: &Project<'_>,
    wanted: &dyn Fn(Kind) -> bool,
    out: &mut dyn FnMut(&dyn Subject),
) -> WorkflowSubject {
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

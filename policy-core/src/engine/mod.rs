//! The three things asked of the library: findings, traces, facts. Files are worked on in parallel; the order of output does not tell.

mod ci;
mod fact_list;
mod files;
mod machine;
mod open;
mod parallel;
mod place_list;
mod repositories;
mod routes;

pub use machine::{Examined, describe_machine, examine, list_machine_facts};

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::facts::change::ChangeSubjects;
use crate::facts::go_file::{BUILD_FIELDS, GoFileSubject};
use crate::facts::module::{GO_FILES_FIELDS, GoModSubject, GoWorkSubject, VendorSubject};
use crate::facts::project::Project;
use crate::facts::schema::Kind;
use crate::facts::subject::Subject;
use crate::facts::workflow::{self, Workflow, WorkflowSubject};
use crate::facts_report::FactsReport;
use crate::judge::{Exemptions, Finding, Marked, Report, Sink, Undecided, judge, suppress};
use crate::policy::{PolicySet, Rule};
use crate::trace::Trace;
use crate::world::World;
use ci::Ci;
use files::{FileKind, Input};
use open::Opened;
use parallel::each;
use repositories::Repositories;
use routes::Routes;

/// Stands in the place of a rule's id where no rule can be judged, because a script is too long to follow to its end.
const UNFOLLOWED: &str = "script-not-followed";

/// Judges the workflows, module files and .go files at and below `paths` (relative to the world's root) by a set of policies.
///
/// A file that cannot be read or parsed is a finding of the rule `malformed-file`; all others are judged.
pub fn lint(world: &dyn World, policies: &PolicySet, paths: &[String]) -> Report {
    lint_except(world, policies, paths, &Exemptions::default())
}

/// As [`lint`], with findings that are accepted. Comments in files count in any case.
pub fn lint_except(world: &dyn World, policies: &PolicySet, paths: &[String], exemptions: &Exemptions<'_>) -> Report {
    let marked = Marked::new(world);
    let mut report = judged(&marked, policies, paths);
    let is_whole = paths.iter().any(|path| matches!(path.as_str(), "" | "."));
    suppress(&mut report, policies, &marked.texts(), exemptions, is_whole);
    report
}

fn judged(world: &dyn World, policies: &PolicySet, paths: &[String]) -> Report {
    let asks_for_go = policies.judges(Kind::GoFile) || policies.asks_for(Kind::GoMod, GO_FILES_FIELDS);
    let inputs = files::find(world, paths, &|kind| kind != FileKind::Go || asks_for_go);
    let repositories = Repositories::of(world, &inputs);
    let (others, workflows) = sorted(&inputs);
    let files = others.len() + workflows.len();
    let linter = Linter { world, policies, repositories: &repositories };
    let (sink, mut routes, workflows) = linter.lint(&workflows, &Ci::default());
    let ci = Ci::of(&repositories, &inputs, &workflows);
    let ci = if inputs.iter().any(Input::is_go) && asks_for_builds(policies) { ci.complete(world, &repositories, &inputs) } else { ci };
    let (of_others, more_routes, _) = linter.lint(&others, &ci);
    let mut sink = sink.merge(of_others);
    routes.extend(more_routes);
    if policies.judges(Kind::Change) {
        visit_changes(world, &workflows, paths, &mut |subject| judge(policies, subject, &mut sink));
    }
    compare(workflows, &mut |subject| judge(policies, subject, &mut sink));
    let mut report = sink.finish(&|location| routes.route(location));
    report.summary.files = files;
    report.rules = rules_in_force(world, policies);
    report
}

/// The rules that are judged on the files of a world.
fn rules_in_force(world: &dyn World, policies: &PolicySet) -> Vec<Arc<Rule>> {
    let is_in_files = |kind| match kind {
        Kind::GoPath | Kind::Tool => false,
        Kind::Change => world.changes().is_some(),
        _ => true,
    };
    let is_judged = |rule: &&Arc<Rule>| rule.is_enabled() && policies.judges(rule.kind()) && is_in_files(rule.kind());
    policies.rules().iter().filter(is_judged).cloned().collect()
}

/// What every `go` command in the workflows at and below `paths` sees, and why.
pub fn list_places(world: &dyn World, paths: &[String]) -> Trace {
    let inputs = files::find(world, paths, &|kind| kind == FileKind::Workflow);
    let repositories = Repositories::of(world, &inputs);
    let judged: Vec<&Input> = inputs.iter().filter(|input| input.is_judged()).collect();
    let places = each(&judged, |input| match open::open(world, &repositories, input) {
        Opened::Workflow(workflow) => {
            let project = repositories.holding(input.path());
            project.map(|project| place_list::places(&workflow, project)).unwrap_or_default()
        }
        _ => Vec::new(),
    });
    Trace { places: places.into_iter().flatten().collect() }
}

/// Every subject in the workflows, module files and .go files at and below `paths`, with all its fields: what a rule can see.
pub fn list_facts(world: &dyn World, paths: &[String]) -> FactsReport {
    let inputs = files::find(world, paths, &|_| true);
    let repositories = Repositories::of(world, &inputs);
    let (others, workflows) = sorted(&inputs);
    let list = |inputs: &[&Input], ci: &Ci| {
        let list_one = |input: &&Input| {
            let mut subjects = Vec::new();
            let opened = open::open(world, &repositories, input);
            let workflow = visit(&opened, &repositories, ci, &|_| true, &mut |subject| subjects.push(fact_list::subject(subject)));
            (subjects, workflow)
        };
        let (lists, workflows): (Vec<_>, Vec<_>) = each(inputs, list_one).into_iter().unzip();
        (lists.concat(), workflows.into_iter().flatten().collect::<Vec<WorkflowSubject>>())
    };
    let (mut subjects, workflows) = list(&workflows, &Ci::default());
    let ci = Ci::of(&repositories, &inputs, &workflows).complete(world, &repositories, &inputs);
    subjects.extend(list(&others, &ci).0);
    visit_changes(world, &workflows, paths, &mut |subject| subjects.push(fact_list::subject(subject)));
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
    fn lint(&self, inputs: &[&Input], ci: &Ci) -> (Sink, Routes, Vec<WorkflowSubject>) {
        let (mut sink, mut routes, mut workflows) = (Sink::new(), Routes::default(), Vec::new());
        for (one, its_routes, workflow) in each(inputs, |input| self.lint_one(input, ci)) {
            sink = sink.merge(one);
            routes.extend(its_routes);
            workflows.extend(workflow);
        }
        (sink, routes, workflows)
    }

    fn lint_one(&self, input: &Input, ci: &Ci) -> (Sink, Routes, Option<WorkflowSubject>) {
        let mut sink = Sink::new();
        let opened = open::open(self.world, self.repositories, input);
        // Workflows are asked what they build, which is of no use to most rules on .go files.
        let wanted = |kind| self.policies.judges(kind) && (kind != Kind::GoFile || asks_for_builds(self.policies));
        let workflow = visit(&opened, self.repositories, ci, &wanted, &mut |subject| judge(self.policies, subject, &mut sink));
        problems(&opened).into_iter().for_each(|finding| sink.add(finding));
        for problem in workflow.iter().flat_map(WorkflowSubject::unfollowed) {
            sink.add_undecided(Undecided::new(UNFOLLOWED, problem.location.clone(), problem.message.as_str()));
        }
        // Only findings need the tree, for their symbolic places; comparisons with other files and with before may still find something.
        let may_find = sink.has_findings()
            || input.is_module()
            || self.policies.judges(Kind::Change)
            || workflow.as_ref().is_some_and(|workflow| workflow.newest_go().is_some());
        let routes = if may_find { Routes::of(&opened) } else { Routes::default() };
        (sink, routes, workflow)
    }
}

/// The files that are judged by what the workflows tell, and the workflows.
fn sorted(inputs: &[Input]) -> (Vec<&Input>, Vec<&Input>) {
    inputs.iter().filter(|input| input.is_judged()).partition(|input| input.is_module() || input.is_go())
}

/// Whether rules on .go files ask what the workflows build.
fn asks_for_builds(policies: &PolicySet) -> bool {
    policies.asks_for(Kind::GoFile, BUILD_FIELDS)
}

/// What keeps a file from being read, or parts of it.
fn problems(opened: &Opened) -> Vec<Finding> {
    match opened {
        Opened::Workflow(_) | Opened::Vendor(..) | Opened::GoFile(_) | Opened::Nothing => Vec::new(),
        Opened::GoMod(file) | Opened::GoWork(file) => open::problems(file).collect(),
        Opened::Problem(finding) => vec![(**finding).clone()],
    }
}

/// Hands every subject of the wanted kinds to `out`, except a workflow itself, which is still to be compared with the others.
fn visit(
    opened: &Opened,
    repositories: &Repositories<'_>,
    ci: &Ci,
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
            out(&GoModSubject::new(file, project, ci.neighbours(project)));
        }
        Opened::GoWork(file) => {
            let project = repository(file.text.path())?;
            out(&GoWorkSubject::new(file, project, ci.neighbours(project)));
        }
        Opened::Vendor(text, path) => out(&VendorSubject::new(text, path, repository(text.path())?)),
        Opened::GoFile(file) => {
            let project = repository(file.text.path())?;
            out(&GoFileSubject::new(file, project, ci.coverage(project)));
        }
        Opened::Nothing | Opened::Problem(_) => {}
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

/// Hands what is known to change at and below `paths` to `out`.
fn visit_changes(world: &dyn World, workflows: &[WorkflowSubject], paths: &[String], out: &mut dyn FnMut(&dyn Subject)) {
    if let Some(changes) = ChangeSubjects::of(world, workflows) {
        changes.visit(paths, &mut |record| out(record));
    }
}

/// Hands the workflows themselves to `out`, with what the others of their repository tell.
fn compare(workflows: Vec<WorkflowSubject>, out: &mut dyn FnMut(&dyn Subject)) {
    let mut installed: BTreeMap<String, BTreeMap<u32, usize>> = BTreeMap::new();
    for workflow in &workflows {
        let counts = installed.entry(Project::root_of(workflow.path()).to_owned()).or_default();
        workflow.newest_go().into_iter().for_each(|minor| *counts.entry(minor).or_default() += 1);
    }
    for workflow in workflows {
        let counts = installed.get(Project::root_of(workflow.path())).into_iter().flatten();
        let usual = counts.max_by_key(|(minor, count)| (**count, **minor)).map(|(minor, _)| *minor);
        out(&workflow.compared(usual));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::MemoryWorld;

    #[test]
    fn a_script_too_long_to_follow_is_undecided_where_it_is_left() {
        let workflow = |lines: usize| {
            let head = "jobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: |\n";
            format!("{head}{}          go test ./...\n", "          :\n".repeat(lines))
        };
        let undecided = |lines| {
            let world = MemoryWorld::new().with_file(".github/workflows/ci.yml", workflow(lines));
            let policies = PolicySet::builder().load(&[], &world).unwrap();
            lint(&world, &policies, &[".".to_owned()]).undecided
        };
        assert_eq!(undecided(10), []);
        let long = undecided(11_000);
        assert_eq!(long.len(), 1);
        assert_eq!((&*long[0].rule, &*long[0].reason), (UNFOLLOWED, "script too long to follow"));
        assert!(long[0].location.start().line > 5_000);
    }
}

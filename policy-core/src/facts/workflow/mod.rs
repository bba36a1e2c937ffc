//! The workflow interpreter: what every step of every job sees, in every matrix leg. Nothing is run.
//!
//! It follows actions/runner (`src/Runner.Worker`), not the documentation, where the two differ.

mod action;
mod actions;
mod builds;
mod cache;
mod cache_step;
mod container;
mod followed;
mod foreign_syntax;
mod go_command;
mod go_versions;
mod job;
mod leg_caches;
mod matrix;
mod model;
mod oracle;
mod other_shells;
pub(crate) mod paths;
mod process;
mod provision;
mod rendered;
mod run_step;
mod runner;
mod scope;
mod search_path;
mod setting_subject;
mod setup_go;
mod setup_releases;
mod setup_step;
mod shell;
mod site;
mod site_subject;
mod start;
mod state;
mod subjects;
mod unseen;
mod version_spec;
mod workspace;

use std::cell::RefCell;
use std::sync::Arc;

pub(crate) use cache::CacheUse;
pub(crate) use go_command::GoCommand;
pub(crate) use job::Within;
pub(crate) use model::{ActionUse, Job, Step, Workflow};
pub(crate) use runner::Runner;
pub(crate) use site::Site;
pub(crate) use subjects::{Subjects, WorkflowSubject};

use crate::facts::environment::Environment;
use crate::facts::project::Project;
use crate::facts::script::Problem;
use crate::facts::subject::Place;
use crate::facts::value::{OriginKind, Value};
use crate::text::Location;
use job::JobRun;
use run_step::Scripts;
use scope::Scope;

/// What is told about a workflow while it is interpreted, in the order in which it happens.
pub(crate) trait Visitor {
    /// A leg of a job begins.
    fn job(&mut self, job: &JobFacts<'_>);
    /// A step that may run.
    fn step(&mut self, step: &StepFacts<'_>);
    /// A step's `uses:`.
    fn action(&mut self, action: &ActionFacts<'_>);
    /// A place where Go runs, and the command if it can be seen.
    fn site(&mut self, site: &Arc<Site>, command: Option<&Arc<GoCommand>>, within: &[Within]);
    /// A cache of Go directories.
    fn cache(&mut self, cache: CacheUse);
    /// Part of a script could not be followed: what it runs from there on is not told of.
    fn unfollowed(&mut self, _problem: &Problem) {}
    /// The leg ends.
    fn job_end(&mut self, job: &JobFacts<'_>);
    /// Whether it is of interest what steps may build unseen.
    fn asks_for_builds(&self) -> bool {
        false
    }
    /// All legs of a job have ended.
    fn job_done(&mut self);
}

/// A job in one leg.
pub(crate) struct JobFacts<'a> {
    pub(crate) workflow: &'a Workflow,
    pub(crate) job: &'a Job,
    pub(crate) place: Arc<Place>,
    pub(crate) runner: Arc<Runner>,
    /// Image of its container.
    pub(crate) container: Option<Value>,
    /// The variables of workflow and job.
    pub(crate) env: Environment,
    pub(crate) legs: usize,
    pub(crate) timeout: Value,
}

/// A step in one leg.
pub(crate) struct StepFacts<'a> {
    pub(crate) step: &'a Step,
    pub(crate) location: Location,
    pub(crate) place: Arc<Place>,
    pub(crate) env: Environment,
    pub(crate) os: Option<&'static str>,
    pub(crate) shell: Option<Arc<str>>,
    pub(crate) directory: Value,
    /// Whether it runs Go.
    pub(crate) runs_go: bool,
    /// The first program that it runs and that may compile something unseen.
    pub(crate) unseen: Option<String>,
    /// Go variables that its script sets for no command.
    pub(crate) lost_exports: Vec<(Arc<str>, Location)>,
    /// What its script writes in another shell's language.
    pub(crate) foreign_syntax: Option<(Arc<str>, Location)>,
}

/// A use of an action in one leg.
pub(crate) struct ActionFacts<'a> {
    pub(crate) action: &'a ActionUse,
    pub(crate) location: Location,
    pub(crate) place: Arc<Place>,
    pub(crate) inputs: Vec<(Arc<str>, Value)>,
    pub(crate) os: Option<&'static str>,
    /// Whether no earlier step checks the repository out.
    pub(crate) before_checkout: Option<bool>,
    /// Whether a later step does.
    pub(crate) checks_out: bool,
    /// What is particular to actions/setup-go.
    pub(crate) setup: Option<setup_step::SetupFacts>,
}

/// Goes through all jobs and legs of a workflow.
pub(crate) fn interpret(workflow: &Workflow, project: &Project<'_>, visitor: &mut dyn Visitor) {
    let mut scripts = Scripts::default();
    for job in workflow.jobs.iter().filter(|job| !job.steps.is_empty()) {
        let outside = Scope::of_document(&workflow.document);
        let legs = outside.legs(job.get("strategy").and_then(|strategy| strategy.get("matrix"))).legs;
        for leg in &legs {
            LegRun { workflow, job, project, legs: legs.len() }.run(outside.with_leg(leg), &mut scripts, visitor);
        }
        visitor.job_done();
    }
}

/// What all legs of a job have in common.
struct LegRun<'a, 'w> {
    workflow: &'a Workflow,
    job: &'a Job,
    project: &'a Project<'w>,
    legs: usize,
}

impl LegRun<'_, '_> {
    fn run(&self, outside: Scope<'_>, scripts: &mut Scripts, visitor: &mut dyn Visitor) {
        let Some(leg) = outside.leg else { return };
        let runner = Arc::new(outside.runner(self.job.get("runs-on")));
        let scope = Scope { runner: Some(&runner), ..outside };
        if self.job.get("if").is_some_and(|condition| scope.truth(condition) == Some(false)) {
            return;
        }
        let container = self.job.get("container");
        let image = container::image(&scope, container);
        let mut base = start::base_environment(&runner, image.as_ref());
        container::variables(&scope, container).into_iter().for_each(|(name, value)| base.set(&name, value));
        let env = job_environment(self.workflow, self.job, &scope, base.ignores_case());
        let facts = self.facts(&scope, &runner, leg, env.clone());
        visitor.job(&facts);
        JobRun {
            project: self.project,
            workflow: self.workflow,
            job: self.job,
            leg,
            runner: Arc::clone(&runner),
            state: start::state(env, image.as_ref()),
            base,
            in_container: image.is_some(),
            timeout: facts.timeout.clone(),
            matrix: Arc::clone(&facts.place.matrix),
            last_process: RefCell::default(),
            scripts,
            visitor,
        }
        .run();
        visitor.job_end(&facts);
    }

    fn facts(&self, scope: &Scope<'_>, runner: &Arc<Runner>, leg: &matrix::Leg, env: Environment) -> JobFacts<'_> {
        let text = |node| scope.text(node, OriginKind::Document);
        let place = Place { job: Arc::clone(&self.job.id), step: None, matrix: shown_leg(leg), command: None };
        JobFacts {
            workflow: self.workflow,
            job: self.job,
            place: Arc::new(place),
            runner: Arc::clone(runner),
            container: self.job.get("container").map(|node| text(node.get("image").unwrap_or(node))),
            env,
            legs: self.legs,
            timeout: self.job.get("timeout-minutes").map_or_else(Value::nowhere, text),
        }
    }
}

/// The values of a leg as texts; arrays and objects are left out, as GitHub does in a job's title.
fn shown_leg(leg: &matrix::Leg) -> Arc<[(Arc<str>, Arc<str>)]> {
    let shown = |value: &matrix::LegValue| match value.value.single() {
        Some(known) if known.is_primitive() => Some((Arc::clone(&value.name), value.value.as_text()?)),
        Some(_) => None,
        None => Some((Arc::clone(&value.name), "?".into())),
    };
    leg.values.iter().filter_map(shown).collect()
}

/// The runner's map at the start: the workflow's `env:`, then the job's, each of which may not refer to `env`.
fn job_environment(workflow: &Workflow, job: &Job, scope: &Scope<'_>, ignores_case: bool) -> Environment {
    let mut env = Environment::empty(ignores_case);
    let levels = [(workflow.env.as_ref(), OriginKind::WorkflowEnv), (job.get("env"), OriginKind::JobEnv)];
    for (node, kind) in levels {
        let variables = node.map(|node| scope.variables(node, kind)).unwrap_or_default();
        variables.into_iter().for_each(|(name, value)| env.set(&name, value));
    }
    env
}

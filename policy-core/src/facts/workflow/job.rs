//! One job in one matrix leg, step by step, as the runner's `StepsRunner` goes through it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::action::Composite;
use super::actions::{self, Effect};
use super::go_command::ModuleUse;
use super::model::{ActionUse, Defaults, Job, Step, Work, Workflow};
use super::process::LastProcess;
use super::provision::Provision;
use super::run_step::{Ran, Scripts};
use super::runner::Runner;
use super::scope::Scope;
use super::site::{Site, Surroundings};
use super::state::{Checkout, Installed, State};
use super::workspace::{self, Workspace};
use super::{Visitor, start};
use crate::facts::environment::Environment;
use crate::facts::project::Project;
use crate::facts::subject::Place;
use crate::facts::value::{OriginKind, Reason, Value};
use crate::syntax::yaml::Document;
use crate::text::Location;

/// Composite actions may use each other this deep (the runner's limit is 10).
const DEEPEST_ACTION: usize = 10;

/// A run through one leg of a job.
pub(crate) struct JobRun<'a, 'w> {
    pub(crate) project: &'a Project<'w>,
    pub(crate) workflow: &'a Workflow,
    pub(crate) job: &'a Job,
    pub(crate) leg: &'a super::matrix::Leg,
    pub(crate) runner: Arc<Runner>,
    pub(crate) state: State,
    /// What the process environment holds before any `env:`.
    pub(crate) base: Environment,
    pub(crate) matrix: Arc<[(Arc<str>, Arc<str>)]>,
    pub(crate) in_container: bool,
    /// `timeout-minutes` of the job.
    pub(crate) timeout: Value,
    pub(crate) last_process: RefCell<Option<LastProcess>>,
    pub(crate) scripts: &'a mut Scripts,
    pub(crate) visitor: &'a mut dyn Visitor,
}

/// A list of steps being run: the job's own, or those of a composite action.
#[derive(Clone)]
pub(crate) struct Frame<'a> {
    pub(crate) document: &'a Arc<Document>,
    pub(crate) defaults: Vec<&'a Defaults>,
    /// The `env:` of the calling steps, which beats the job's map while an action runs.
    pub(crate) caller: Vec<(Arc<str>, Value)>,
    /// Inputs of the action; `None` in the job itself.
    pub(crate) inputs: Option<Arc<BTreeMap<Arc<str>, Value>>>,
    /// The step of the job, if this is an action.
    pub(crate) step: Option<u32>,
    pub(crate) within: Vec<Within>,
}

/// A step on the way into an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Within {
    pub(crate) location: Location,
    pub(crate) step: Option<u32>,
}

impl Within {
    /// A command that leads into a script.
    pub(crate) fn script(location: &Location) -> Self {
        Self { location: location.clone(), step: None }
    }
}

/// A step about to run, with its evaluated environment.
pub(crate) struct Current<'s> {
    pub(crate) step: &'s Step,
    /// The job's map with the `env:` of callers and of the step over it.
    pub(crate) env: Environment,
    /// The `env:` of callers and of the step alone.
    pub(crate) own: Vec<(Arc<str>, Value)>,
    pub(crate) certain: bool,
}

impl<'a> JobRun<'a, '_> {
    /// Runs all steps.
    pub(crate) fn run(&mut self) {
        let frame = Frame {
            document: &self.workflow.document,
            defaults: vec![&self.job.defaults, &self.workflow.defaults],
            caller: Vec::new(),
            inputs: None,
            step: None,
            within: Vec::new(),
        };
        let job = self.job;
        self.steps(&job.steps, &frame, true);
    }

    fn steps(&mut self, steps: &[Step], frame: &Frame<'_>, certain: bool) {
        for step in steps {
            self.step(step, frame, certain);
        }
    }

    /// Runs a step unless its `if:` is false; if that cannot be told, what it leaves behind is uncertain.
    fn step(&mut self, step: &Step, frame: &Frame<'_>, certain: bool) {
        let own = self.step_variables(step, frame);
        let mut env = self.state.env.clone();
        own.iter().for_each(|(name, value)| env.set(name, value.clone()));
        let runs = step.get("if").map_or(Some(true), |condition| self.scope(frame, &env).truth(condition));
        if runs == Some(false) {
            return;
        }
        let before = runs.is_none().then(|| self.state.clone());
        self.run_step(&Current { step, env, own, certain: certain && runs.is_some() }, frame);
        if let Some(before) = before {
            let condition = step.text("if").unwrap_or_default();
            let after = self.state.clone();
            self.state = after.perhaps(&before, &Reason::new(format!("whether the step with `if: {condition}` runs")));
        }
    }

    fn run_step(&mut self, current: &Current<'_>, frame: &Frame<'_>) {
        self.state.expect(current.step);
        match &current.step.work {
            Work::Run(run) => self.run_script(current, run, frame),
            Work::Uses(action) => {
                let start = self.process(current, frame);
                let effect = self.effect(current, action, frame);
                self.use_action(current, action, effect, frame);
                self.report_step(current, frame, None, start, Ran { runs_go: effect == Effect::RunsGo, ..Ran::default() });
            }
            Work::Nothing => {}
        }
    }

    /// The `env:` of callers, then the step's own, which may refer to the job's map but not to itself.
    fn step_variables(&self, step: &Step, frame: &Frame<'_>) -> Vec<(Arc<str>, Value)> {
        let scope = self.scope(frame, &self.state.env);
        let own = step.get("env").map(|node| scope.variables(node, OriginKind::StepEnv)).unwrap_or_default();
        frame.caller.iter().cloned().chain(own).collect()
    }

    /// The expression contexts of a step.
    pub(crate) fn scope<'s>(&'s self, frame: &'s Frame<'_>, env: &'s Environment) -> Scope<'s> {
        Scope {
            document: frame.document,
            leg: Some(self.leg),
            runner: Some(&self.runner),
            in_container: self.in_container,
            env: Some(env),
            inputs: frame.inputs.as_deref(),
            outputs: Some(&self.state.outputs),
        }
    }

    /// Where in the workflow something happens.
    pub(crate) fn place(&self, current: &Current<'_>, frame: &Frame<'_>, command: Option<Arc<str>>) -> Arc<Place> {
        let step = Some(frame.step.unwrap_or(current.step.index));
        Arc::new(Place { job: Arc::clone(&self.job.id), step, matrix: Arc::clone(&self.matrix), command })
    }

    fn use_action(&mut self, current: &Current<'_>, action: &ActionUse, effect: Effect, frame: &Frame<'_>) {
        self.report_action(current, action, frame);
        match effect {
            _ if action.name.starts_with("./") => self.use_local(current, action, frame),
            Effect::Checkout => self.check_out(current, action, frame),
            Effect::MayCheckOut => self.state.may_check_out(),
            Effect::SetupGo => self.set_up_go(current, action, frame),
            Effect::Cache => self.cache(current, action, frame),
            Effect::RunsGo => self.opaque(current, action.label().into(), Location::new(&frame.document.text, action.span), frame),
            Effect::ChangesGo => self.forget_go(&action.label()),
            Effect::None => {}
        }
        self.state.remember_outputs(current.step);
    }

    /// What an action does here. github/codeql-action builds Go code only where its `init` asks for Go; without `languages` it looks
    /// itself what there is.
    fn effect(&self, current: &Current<'_>, action: &ActionUse, frame: &Frame<'_>) -> Effect {
        let effect = actions::effect(&action.name);
        if effect != Effect::RunsGo || !action.name.starts_with("github/codeql-action/") {
            return effect;
        }
        let languages = self.job.steps.iter().find_map(|step| match &step.work {
            Work::Uses(init) if &*init.name == "github/codeql-action/init" => init.input("languages"),
            _ => None,
        });
        let asked_for = languages.map(|node| self.scope(frame, &current.env).text(node, OriginKind::Document));
        let without_go = |text: &Arc<str>| !text.is_empty() && text.split(|c: char| !c.is_alphanumeric()).all(|language| language != "go");
        if asked_for.as_ref().and_then(Value::as_text).is_some_and(without_go) { Effect::None } else { effect }
    }

    /// actions/checkout: `repository:` of somewhere else leaves this repository out; `path:` moves it.
    fn check_out(&mut self, current: &Current<'_>, action: &ActionUse, frame: &Frame<'_>) {
        let scope = self.scope(frame, &current.env);
        let input = |name| action.input(name).map(|node| scope.text(node, OriginKind::Document));
        if !action.checks_out_this() {
            let elsewhere = input("path").is_some();
            if !elsewhere {
                self.state.bring().checkout = Checkout::Unknown;
            }
            return;
        }
        let path = input("path").map_or(Some(Arc::from("")), |path| path.as_text().cloned());
        self.state.bring().checkout = match (path.and_then(|path| workspace::relative(self.root(), &path)), &self.state.provision.checkout)
        {
            (Some(path), Checkout::No) => Checkout::At(path.into()),
            (Some(path), Checkout::At(before)) if **before == *path => Checkout::At(path.into()),
            (Some(_), Checkout::At(before)) if before.is_empty() => Checkout::At(Arc::clone(before)),
            _ => Checkout::Unknown,
        };
    }

    /// An action of this repository: a composite one is followed, any other may do anything.
    fn use_local(&mut self, current: &Current<'_>, action: &ActionUse, frame: &Frame<'_>) {
        let Some(composite) =
            Composite::load(self.project, &action.name, self.checkout_directory()).filter(|_| frame.within.len() < DEEPEST_ACTION)
        else {
            self.forget_go(&action.label());
            return;
        };
        let inputs = composite.inputs(action, &self.scope(frame, &current.env));
        let mut within = frame.within.clone();
        within.push(Within { location: Location::new(&frame.document.text, action.span), step: Some(current.step.index) });
        let inner = Frame {
            document: &composite.document,
            defaults: Vec::new(),
            caller: current.own.clone(),
            inputs: Some(Arc::new(inputs)),
            step: Some(frame.step.unwrap_or(current.step.index)),
            within,
        };
        let outer_outputs = std::mem::take(&mut self.state.outputs);
        self.steps(&composite.steps, &inner, current.certain);
        self.state.outputs = outer_outputs;
    }

    /// Something set Go up in a way that cannot be seen.
    fn forget_go(&mut self, label: &str) {
        let reason = Reason::new(format!("what {label} does"));
        self.state.bring().go = Installed::unknown("unknown", reason.as_str());
        start::forget_go_variables(&mut self.state.env, &reason);
        if label.starts_with("./") && self.state.provision.checkout == Checkout::No {
            self.state.bring().checkout = Checkout::Unknown;
        }
    }

    /// `$GITHUB_WORKSPACE`.
    pub(super) fn root(&self) -> &'static str {
        start::workspace(&self.runner, self.in_container)
    }

    /// The workspace as a step finds it.
    pub(super) fn workspace(&self, current: &Current<'_>) -> Workspace<'_, '_> {
        Workspace {
            project: self.project,
            root: self.root(),
            checkout: self.checkout_directory(),
            earlier: self.job.steps.iter().filter(|step| step.index < current.step.index).collect(),
            brought: self.state.provision.hints.modules,
        }
    }

    /// Where the repository is, relative to the workspace, if that is known.
    pub(crate) fn checkout_directory(&self) -> Option<&str> {
        match &self.state.provision.checkout {
            Checkout::At(path) => Some(path),
            Checkout::No | Checkout::Unknown => None,
        }
    }

    /// A place where Go runs and its commands cannot be seen.
    pub(crate) fn opaque(&mut self, current: &Current<'_>, what: Arc<str>, location: Location, frame: &Frame<'_>) {
        let directory = self.working_directory(current, frame);
        let env = self.process_environment(&current.env);
        let parts = SiteParts {
            location,
            env,
            directory,
            shell: None,
            opaque: Some(what),
            command: None,
            certain: current.certain,
            go: None,
            module_use: ModuleUse::Needed,
        };
        let site = self.site(current, frame, parts);
        self.visitor.site(&site, None, &frame.within);
    }

    /// The site of something that runs Go.
    pub(crate) fn site(&self, current: &Current<'_>, frame: &Frame<'_>, parts: SiteParts) -> Arc<Site> {
        let around = match parts.go {
            Some(go) => {
                let provision = Provision { go, ..(*self.state.provision).clone() };
                Arc::new(Surroundings { provision: Arc::new(provision), ..(*self.surroundings()).clone() })
            }
            None => self.surroundings(),
        };
        let modules = Arc::new(around.find_modules(self.project, &parts.directory));
        Arc::new(Site {
            place: self.place(current, frame, parts.command),
            location: parts.location,
            env: parts.env,
            directory: parts.directory,
            shell: parts.shell,
            opaque: parts.opaque,
            certain: parts.certain,
            module_use: parts.module_use,
            around,
            modules,
            installed: OnceLock::new(),
        })
    }
}

/// What distinguishes a site from others of its step.
pub(crate) struct SiteParts {
    pub(crate) location: Location,
    pub(crate) env: Environment,
    pub(crate) directory: Value,
    pub(crate) shell: Option<Arc<str>>,
    pub(crate) opaque: Option<Arc<str>>,
    pub(crate) command: Option<Arc<str>>,
    /// Whether it is certain that the place is reached.
    pub(crate) certain: bool,
    /// The Go that runs here, if it is not the one that the job has set up.
    pub(crate) go: Option<Installed>,
    pub(crate) module_use: ModuleUse,
}

//! From what the interpreter tells to the subjects that rules are judged on.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::builds::Builds;
use super::go_versions::GoVersions;
use super::leg_caches::JobCaches;
use super::setting_subject::Settings;
use super::site_subject::{SiteSubject, minutes, version_line};
use super::{ActionFacts, CacheUse, GoCommand, JobFacts, Site, StepFacts, Visitor, Within, Workflow};
use crate::facts::go_file::Work;
use crate::facts::module::GoRun;
use crate::facts::record::Record;
use crate::facts::schema::Kind;
use crate::facts::script::Problem;
use crate::facts::subject::Subject;
use crate::facts::value::{Datum, Origin, OriginKind, Reason, Value};
use crate::syntax::yaml::Node;
use crate::text::Location;

/// Turns what it is told into subjects, and hands them on.
pub(crate) struct Subjects<'o> {
    /// Which kinds of subjects somebody will look at: the others are not worked out.
    wanted: &'o dyn Fn(Kind) -> bool,
    out: &'o mut dyn FnMut(&dyn Subject),
    settings: Settings,
    caches: JobCaches,
    leg: Leg,
    go_versions: GoVersions,
    runs: BTreeMap<(Location, String), GoRun>,
    builds: Builds,
    runs_go: bool,
    unfollowed: Vec<Problem>,
}

/// What adds up over a leg.
#[derive(Default)]
struct Leg {
    runs_go: bool,
    setups: i64,
}

impl<'o> Subjects<'o> {
    /// Subjects of the kinds wanted go to `out`, each as soon as all is known of it.
    pub(crate) fn new(wanted: &'o dyn Fn(Kind) -> bool, out: &'o mut dyn FnMut(&dyn Subject)) -> Self {
        Self {
            wanted,
            out,
            settings: Settings::default(),
            caches: JobCaches::default(),
            leg: Leg::default(),
            go_versions: GoVersions::default(),
            runs: BTreeMap::new(),
            builds: Builds::default(),
            runs_go: false,
            unfollowed: Vec::new(),
        }
    }

    /// The caches and the workflow itself, after all its jobs.
    pub(crate) fn workflow(mut self, workflow: &Workflow) -> WorkflowSubject {
        self.caches.finish(&mut *self.out);
        let root = &workflow.document.root;
        let mut record = Record::new(Kind::Workflow, workflow.locate(root), None);
        record.set_text("name", root.get("name").and_then(Node::as_str));
        record.set_list("on", root.get("on").map(events).unwrap_or_default());
        record.set_list("jobs", workflow.jobs.iter().map(|job| Arc::clone(&job.id)));
        record.set_flag("runs-go", Some(self.runs_go), "");
        record.set("go-versions", self.go_versions.listed());
        WorkflowSubject {
            record,
            go_versions: self.go_versions,
            runs: self.runs.into_values().collect(),
            work: self.builds.finish(workflow),
            unfollowed: self.unfollowed,
        }
    }
}

/// A workflow, before it is compared with the others of the repository.
pub(crate) struct WorkflowSubject {
    record: Record,
    go_versions: GoVersions,
    runs: Vec<GoRun>,
    work: Vec<Work>,
    unfollowed: Vec<Problem>,
}

impl WorkflowSubject {
    /// Path of its file.
    pub(crate) fn path(&self) -> &str {
        self.record.location().path()
    }

    /// The Go that it installs for each module.
    pub(crate) fn runs(&self) -> impl Iterator<Item = &GoRun> {
        self.runs.iter()
    }

    /// What it compiles.
    pub(crate) fn builds(&self) -> &[Work] {
        &self.work
    }

    /// The newest minor version of Go that it installs by `go-version`, whatever the matrix leg.
    pub(crate) fn newest_go(&self) -> Option<u32> {
        self.go_versions.newest()
    }

    /// Where its scripts could not be followed.
    pub(crate) fn unfollowed(&self) -> &[Problem] {
        &self.unfollowed
    }

    /// The minor versions of Go that its legs install, `None` for what is not known.
    pub(crate) fn go_minors(&self) -> impl Iterator<Item = Option<u32>> {
        self.go_versions.minors()
    }

    /// The subject, where `usual` is the minor version of Go that most workflows install; of two, the newer.
    pub(crate) fn compared(mut self, usual: Option<u32>) -> Record {
        self.record.set_text("usual-go-version", usual.map(|minor| format!("1.{minor}")).as_deref());
        self.record.set("go-version-drift", self.go_versions.behind(usual));
        self.record
    }
}

impl Visitor for Subjects<'_> {
    fn job(&mut self, _: &JobFacts<'_>) {
        self.settings = Settings::default();
        self.leg = Leg::default();
        self.caches.current.start_leg();
    }

    fn step(&mut self, step: &StepFacts<'_>) {
        self.leg.runs_go |= step.runs_go;
        if (self.wanted)(Kind::GoFile) {
            self.builds.step(step);
        }
        if (self.wanted)(Kind::Step) {
            (self.out)(&step_record(step));
        }
    }

    fn action(&mut self, action: &ActionFacts<'_>) {
        if let Some(setup) = &action.setup {
            self.leg.runs_go = true;
            self.leg.setups += 1;
            self.go_versions.add(action, setup);
        }
        if (self.wanted)(Kind::GoFile) {
            self.builds.action(action);
        }
        if (self.wanted)(Kind::ActionUse) {
            (self.out)(&action_record(action));
        }
    }

    fn site(&mut self, site: &Arc<Site>, command: Option<&Arc<GoCommand>>, _: &[Within]) {
        if (self.wanted)(Kind::GoMod) {
            self.runs.extend(site.run().map(|run| (run.key(), run)));
        }
        let environment = SiteSubject::environment(site);
        if (self.wanted)(Kind::GoFile) {
            self.builds.site(site, &environment, command.map(|command| &**command));
        }
        (self.out)(&environment);
        if (self.wanted)(Kind::Setting) {
            self.settings.visit(site, &environment, command.map(|command| &**command), &mut *self.out);
        }
        if (self.wanted)(Kind::Cache) {
            self.caches.current.site(site, &environment, command.map(|command| &**command));
        }
        if let Some(command) = command {
            (self.out)(&environment.with_command(command));
        }
    }

    fn cache(&mut self, cache: CacheUse) {
        if (self.wanted)(Kind::Cache) {
            self.caches.current.add(cache);
        }
    }

    fn unfollowed(&mut self, problem: &Problem) {
        if !self.unfollowed.contains(problem) {
            self.unfollowed.push(problem.clone());
        }
    }

    fn job_end(&mut self, job: &JobFacts<'_>) {
        self.runs_go |= self.leg.runs_go;
        if (self.wanted)(Kind::Job) {
            (self.out)(&job_record(job, &self.leg));
        }
    }

    fn asks_for_builds(&self) -> bool {
        (self.wanted)(Kind::GoFile)
    }

    fn job_done(&mut self) {
        self.caches.end_job();
    }
}

fn job_record(facts: &JobFacts<'_>, leg: &Leg) -> Record {
    let job = facts.job;
    let location = Location::new(&facts.workflow.document.text, job.key);
    let mut record = Record::new(Kind::Job, location, Some(Arc::clone(&facts.place)));
    record.set_text("id", Some(&job.id));
    record.set_text("name", job.get("name").and_then(Node::as_str));
    record.set("container", facts.container.clone().unwrap_or_else(Value::nowhere));
    record.set_list("needs", job.get("needs").map(texts).unwrap_or_default());
    record.set_list("runs-on", facts.runner.labels.split(", ").map(Arc::from));
    known_word(&mut record, "os", facts.runner.os.map(super::runner::Os::name), "system of the runner");
    record.set_number("legs", i64::try_from(facts.legs).ok());
    record.set_number("setups", Some(leg.setups));
    record.set_flag("runs-go", Some(leg.runs_go), "");
    record.set("timeout", minutes(&facts.timeout));
    record.set_env(facts.env.clone());
    record
}

fn step_record(facts: &StepFacts<'_>) -> Record {
    let step = facts.step;
    let mut record = Record::new(Kind::Step, facts.location.clone(), Some(Arc::clone(&facts.place)));
    for (field, key) in [("id", "id"), ("name", "name"), ("run", "run"), ("uses", "uses")] {
        let at = |node: &Node| Origin::at(OriginKind::Document, Location::new(&facts.location.text, node.span));
        let text = step.get(key).and_then(|node| Some(Value::text(node.as_str()?, at(node))));
        record.set(field, text.unwrap_or_else(Value::nowhere));
    }
    record.set_number("index", Some(step.index.into()));
    known_word(&mut record, "os", facts.os, "system of the runner");
    record.set_text("shell", facts.shell.as_deref());
    record.set("working-directory", facts.directory.clone());
    record.set_flag("runs-go", Some(facts.runs_go), "");
    record.set_flag("continue-on-error", flag_of(step.get("continue-on-error")), "continue-on-error");
    record.set(
        "timeout",
        minutes(&step.text("timeout-minutes").map_or_else(Value::nowhere, |text| Value::text(text, Origin::of(OriginKind::Document)))),
    );
    let at = |location: &Location| Origin::at(OriginKind::Script, location.clone());
    let lost = facts.lost_exports.iter().map(|(name, location)| Value::text(Arc::clone(name), at(location))).collect();
    record.set("lost-exports", Value::list(lost, Origin::of(OriginKind::Computed)));
    let foreign = facts.foreign_syntax.as_ref().map(|(text, location)| Value::text(Arc::clone(text), at(location)));
    record.set("foreign-syntax", foreign.unwrap_or_else(Value::nowhere));
    record.set_env(facts.env.clone());
    record
}

fn action_record(facts: &ActionFacts<'_>) -> Record {
    let action = facts.action;
    let mut record = Record::new(Kind::ActionUse, facts.location.clone(), Some(Arc::clone(&facts.place)));
    record.set_text("name", Some(&action.name));
    record.set_text("version", action.reference.as_deref());
    match action.major() {
        Some(major) => record.set_number("major", Some(major.into())),
        None => record.set("major", Value::unknown(Reason::new(format!("release of {}", action.label())))),
    }
    record.set_flag("pinned", Some(action.pinned()), "");
    known_word(&mut record, "os", facts.os, "system of the runner");
    record.set_flag("before-checkout", facts.before_checkout, "whether the repository is checked out");
    record.set_flag("checks-out", Some(facts.checks_out), "");
    facts.inputs.iter().for_each(|(name, value)| record.set_input(Arc::clone(name), value.clone()));
    if let Some(setup) = &facts.setup {
        setup_fields(&mut record, setup);
    }
    record
}

fn setup_fields(record: &mut Record, setup: &super::setup_step::SetupFacts) {
    let request = &setup.request;
    record.set_flag("cache-enabled", setup.caches, "whether actions/setup-go caches");
    record.set_text("dependency-file", setup.dependency_file.as_deref());
    record.set_flag("dependency-file-found", setup.dependency_file_found, "which files are checked out");
    record.set("go-version", request.versions.clone());
    record.set("go-version-spec", request.spec.clone());
    record.set("module-go", setup.module_go.clone().map_or_else(Value::nowhere, version_line));
    record.set_text("go-version-source", Some(request.source.word()));
    record.set_text("go-version-written", Some(setup.written));
    let number =
        setup.number.as_ref().map(|(text, location)| Value::text(Arc::clone(text), Origin::at(OriginKind::Document, location.clone())));
    record.set("go-version-number", number.unwrap_or_else(Value::nowhere));
    if let Some(file) = &request.file {
        record.set_flag("go-version-file-found", file.found, "which files are checked out");
        let unused = file.unused_toolchain.as_ref();
        let origin = unused.map_or_else(|| Origin::of(OriginKind::Module), |location| Origin::at(OriginKind::Module, location.clone()));
        record.set("unused-toolchain-line", Value::known(Datum::Flag(unused.is_some()), origin));
    }
}

fn known_word(record: &mut Record, field: &'static str, word: Option<&str>, what: &str) {
    match word {
        Some(word) => record.set_text(field, Some(word)),
        None => record.set(field, Value::unknown(Reason::new(what))),
    }
}

fn flag_of(node: Option<&Node>) -> Option<bool> {
    match node.map(|node| node.as_str().unwrap_or_default()) {
        None => Some(false),
        Some("true") => Some(true),
        Some("false") => Some(false),
        Some(_) => None,
    }
}

/// `on:` is a name, a list of names, or a mapping.
fn events(node: &Node) -> Vec<Arc<str>> {
    let keys = node.entries().iter().filter_map(|entry| entry.key.as_str().map(Arc::from));
    keys.chain(texts(node)).collect()
}

/// A text, or a list of texts.
fn texts(node: &Node) -> Vec<Arc<str>> {
    let items = if node.items().is_empty() { std::slice::from_ref(node) } else { node.items() };
    items.iter().filter_map(|item| item.as_str().map(Arc::from)).collect()
}

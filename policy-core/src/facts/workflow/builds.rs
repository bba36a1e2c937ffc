//! What a workflow compiles, and what it does that may compile something unseen.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::go_command::ModuleUse;
use super::site_subject::SiteSubject;
use super::{ActionFacts, GoCommand, Site, StepFacts, Workflow, actions};
use crate::facts::go_file::{Build, Work};
use crate::facts::value::{Datum, Value};
use crate::syntax::yaml::Node;

/// Commands that compile the packages they are given.
const COMPILING: &[&str] = &["build", "install", "test", "vet"];

/// Gathers what a workflow compiles.
#[derive(Default)]
pub(super) struct Builds {
    work: Vec<Work>,
}

impl Builds {
    /// All of it; jobs that call a workflow of another repository do nothing that can be seen.
    pub(super) fn finish(mut self, workflow: &Workflow) -> Vec<Work> {
        let called = workflow.jobs.iter().filter_map(|job| job.get("uses").and_then(Node::as_str));
        called.filter(|name| !name.starts_with("./")).for_each(|name| self.unseen(name));
        self.work
    }

    fn add(&mut self, work: Work) {
        if !self.work.contains(&work) {
            self.work.push(work);
        }
    }

    fn unseen(&mut self, what: &str) {
        self.add(Work::Unseen(format!("`{what}`").into()));
    }

    /// A step's script may run programs that build something themselves.
    pub(super) fn step(&mut self, step: &StepFacts<'_>) {
        if let Some(what) = &step.unseen {
            self.unseen(what);
        }
    }

    /// An action, unless it is known to build nothing, or to be a place where Go runs.
    pub(super) fn action(&mut self, action: &ActionFacts<'_>) {
        let name = &action.action.name;
        if !name.starts_with("./") && actions::may_build(name) {
            self.unseen(name);
        }
    }

    /// A place where Go runs.
    pub(super) fn site(&mut self, site: &Site, environment: &SiteSubject, command: Option<&GoCommand>) {
        let Some(command) = command else {
            match site.opaque.as_deref() {
                Some(what) if actions::only_checks(what) => self.add(Work::Builds(environment.build(None))),
                what => self.unseen(what.unwrap_or("a step")),
            }
            return;
        };
        match command.line.subcommand.as_deref() {
            Some(name) if COMPILING.contains(&name) && site.module_use != ModuleUse::Ignored => {
                self.add(Work::Builds(environment.build(Some(command))));
            }
            Some("run") | None => self.unseen(&site.place.command.clone().unwrap_or_default()),
            Some(_) => {}
        }
    }
}

impl SiteSubject {
    /// What a command here builds for; for a checker, which is no command of Go's, the tags are not known.
    fn build(&self, command: Option<&GoCommand>) -> Build {
        let text = |name: &str| self.variable(name).as_text().cloned();
        let versions = match self.running().version.single().map(|choice| &choice.datum) {
            Some(Datum::Version(range)) => Some(*range),
            _ => None,
        };
        let subject = command.map(|command| self.with_command(&Arc::new(command.clone())));
        Build {
            os: text("GOOS"),
            arch: text("GOARCH"),
            cgo: text("CGO_ENABLED").map(|value| &*value == "1"),
            tags: command
                .zip(subject.as_ref())
                .filter(|(command, _)| has_known_tags(command))
                .and_then(|(_, subject)| texts(&subject.tags())),
            instrumented: subject.as_ref().and_then(SiteSubject::instrumentation),
            versions,
            tests: command.is_none_or(|command| matches!(command.line.subcommand.as_deref(), Some("test" | "vet"))),
        }
    }

    /// Which of the flags that add a tag of the same name are given.
    fn instrumentation(&self) -> Option<BTreeSet<Arc<str>>> {
        let flags = texts(&self.effective_flags())?;
        let given = |name: &&str| flags.contains(format!("-{name}").as_str()) || flags.contains(format!("-{name}=true").as_str());
        Some(["asan", "msan", "race"].into_iter().filter(given).map(Arc::from).collect())
    }
}

/// Whether `-tags`, if it is given, has a value that is known.
fn has_known_tags(command: &GoCommand) -> bool {
    command.line.flag("tags").is_none_or(|given| matches!(&given.value, Some(Some(_))))
}

/// The texts of a list; `None` if any is not known.
fn texts(list: &Value) -> Option<BTreeSet<Arc<str>>> {
    match &list.single()?.datum {
        Datum::List(items) => items.iter().map(|item| item.as_text().cloned()).collect(),
        _ => Some(BTreeSet::new()),
    }
}

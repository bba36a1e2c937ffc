//! What a job carries from one step to the next.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::model::Step;
use super::provision::Provision;
use super::scope::Outputs;
use super::setup_go::{Release, Source};
use crate::facts::environment::Environment;
use crate::facts::value::{Choice, Datum, Reason, Value};
use crate::facts::version::VersionRange;
use crate::text::Location;

/// A job's state between two steps.
#[derive(Clone, Debug)]
pub(crate) struct State {
    /// The runner's one map: `env:` of workflow and job, then what steps wrote to `$GITHUB_ENV`. Last write wins.
    pub(crate) env: Environment,
    /// Directories put in front of PATH by `$GITHUB_PATH` and by actions, first first.
    pub(crate) path: Vec<Value>,
    /// Outputs of the steps so far, by step id and name; `None` stands for unknown outputs.
    pub(crate) outputs: BTreeMap<Arc<str>, Outputs>,
    /// What steps have brought to the machine.
    pub(crate) provision: Arc<Provision>,
}

/// The Go that PATH leads to.
#[derive(Clone, Debug)]
pub(crate) struct Installed {
    /// Its version.
    pub(crate) versions: Value,
    /// Where it comes from: a word of the field `go.source`.
    pub(crate) source: &'static str,
    /// The use of an action that installed it.
    pub(crate) setup: Option<Setup>,
}

/// A use of an action that installed Go.
#[derive(Clone, Debug)]
pub(crate) struct Setup {
    /// `actions/setup-go@v6`
    pub(crate) label: Arc<str>,
    /// Release of actions/setup-go.
    pub(crate) release: Option<Release>,
    /// Where the version comes from.
    pub(crate) from: Source,
    /// Its `uses:`.
    pub(crate) location: Location,
}

/// Where the repository is checked out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Checkout {
    /// Nowhere yet.
    No,
    /// In this directory below the workspace; empty for the workspace itself.
    At(Arc<str>),
    /// Perhaps, or not known where.
    Unknown,
}

impl Installed {
    /// A Go of which nothing is known.
    pub(crate) fn unknown(source: &'static str, reason: &str) -> Self {
        Self { versions: Value::unknown(Reason::new(reason)), source, setup: None }
    }

    /// The versions it may be; every version if nothing is known.
    pub(crate) fn range(&self) -> VersionRange {
        match self.versions.single() {
            Some(Choice { datum: Datum::Version(range), .. }) => *range,
            _ => VersionRange { low: None, high: None },
        }
    }
}

impl State {
    /// What steps have brought to the machine, to be changed.
    pub(crate) fn bring(&mut self) -> &mut Provision {
        Arc::make_mut(&mut self.provision)
    }

    /// A step is about to run.
    pub(crate) fn expect(&mut self, step: &Step) {
        let hints = self.provision.hints.or(step.hints);
        if hints != self.provision.hints {
            self.bring().hints = hints;
        }
    }

    /// Something may check the repository out, wherever.
    pub(crate) fn may_check_out(&mut self) {
        if self.provision.checkout == Checkout::No {
            self.bring().checkout = Checkout::Unknown;
        }
    }

    /// After a step whose outputs cannot be seen.
    pub(crate) fn remember_outputs(&mut self, step: &Step) {
        if let Some(id) = step.text("id") {
            self.outputs.insert(id.to_lowercase().into(), Outputs::default());
        }
    }

    /// Either this state or another that the same script may leave.
    #[must_use]
    pub(crate) fn join(self, other: &Self) -> Self {
        let reason = Reason::new("whether an earlier step fails");
        let path = if self.path == other.path { self.path } else { vec![Value::unknown(reason)] };
        let agreed = |id: &Arc<str>, outputs: Outputs| if other.outputs.get(id) == Some(&outputs) { outputs } else { Outputs::default() };
        let outputs = self.outputs.into_iter().map(|(id, outputs)| (Arc::clone(&id), agreed(&id, outputs)));
        Self { env: self.env.join(&other.env), path, outputs: outputs.collect(), ..self }
    }

    /// What is known if the step that led from `before` to `self` may have been skipped, because of `reason`.
    #[must_use]
    pub(crate) fn perhaps(self, before: &Self, reason: &Reason) -> Self {
        let same_path = self.path.len() == before.path.len();
        Self {
            env: before.env.clone().perhaps(&self.env, reason),
            path: if same_path { self.path } else { self.path.into_iter().map(|dir| dir.or_unknown(reason.clone())).collect() },
            outputs: self.outputs,
            provision: if Arc::ptr_eq(&self.provision, &before.provision) {
                self.provision
            } else {
                Arc::new(self.provision.perhaps(&before.provision, reason))
            },
        }
    }
}

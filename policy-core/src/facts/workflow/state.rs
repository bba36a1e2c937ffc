//! What a job carries from one step to the next.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::model::Step;
use super::scope::Outputs;
use super::setup_go::{Release, Source};
use crate::facts::environment::Environment;
use crate::facts::go::resolver::Layer;
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
    /// The Go that PATH leads to.
    pub(crate) go: Installed,
    /// What `go env -w` has stored, by name.
    pub(crate) go_env_file: Arc<Layer>,
    /// Where the repository is checked out.
    pub(crate) checkout: Checkout,
    /// Outputs of the steps so far, by step id and name; `None` stands for unknown outputs.
    pub(crate) outputs: BTreeMap<Arc<str>, Outputs>,
    /// Whether a step restored the module cache.
    pub(crate) module_cache_restored: bool,
    /// Whether a step restored the build cache.
    pub(crate) build_cache_restored: bool,
    /// Whether a step up to here speaks of an emulator.
    pub(crate) emulator: bool,
    /// Whether a step up to here may have made directories.
    pub(crate) makes_directories: bool,
    /// Whether a step up to here may have made module files that the repository does not have.
    pub(crate) makes_modules: bool,
    pub(crate) makes_vendor: bool,
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
    /// What the words of a step let expect of it. No harm comes from expecting too much: rules are then silent.
    pub(crate) fn expect(&mut self, step: &Step) {
        let words = [step.text("run"), step.text("uses")].into_iter().flatten().collect::<Vec<_>>().join(" ").to_lowercase();
        let mentions = |names: &[&str]| names.iter().any(|name| words.contains(name));
        self.emulator |= mentions(&["qemu", "binfmt", "wine", "rosetta"]);
        self.makes_modules |= mentions(&[
            "mod init",
            "work init",
            "go.mod",
            "go.work",
            "git clone",
            "git checkout",
            "git fetch",
            "git pull",
            "unzip",
            "tar ",
        ]);
        self.makes_modules |= step.get("with").is_some_and(|with| with.get("repository").is_some());
        self.makes_vendor |= mentions(&["mod vendor", "work vendor", "make ", ".sh", "task "]);
        self.makes_directories |=
            step.get("uses").is_none() && mentions(&["mkdir", "mktemp", "new-item", "install -d", "md ", "git clone", "tar ", "unzip"]);
        self.makes_directories |=
            step.text("uses").is_some_and(|uses| uses.starts_with("./") || uses.starts_with("actions/cache") || uses.contains("artifact"));
    }

    /// After a step whose outputs cannot be seen.
    pub(crate) fn remember_outputs(&mut self, step: &Step) {
        if let Some(id) = step.text("id") {
            self.outputs.insert(id.to_lowercase().into(), None);
        }
    }

    /// Either this state or another that the same script may leave.
    #[must_use]
    pub(crate) fn join(self, other: &Self) -> Self {
        let reason = Reason::new("whether an earlier step fails");
        let path = if self.path == other.path { self.path } else { vec![Value::unknown(reason)] };
        let same = |id: &Arc<str>, outputs: &Outputs| other.outputs.get(id) == Some(outputs);
        let outputs = self.outputs.into_iter().map(|(id, outputs)| (Arc::clone(&id), outputs.clone().filter(|_| same(&id, &outputs))));
        Self { env: self.env.join(&other.env), path, outputs: outputs.collect(), ..self }
    }

    /// What is known if the step that led from `before` to `self` may have been skipped, because of `reason`.
    #[must_use]
    pub(crate) fn perhaps(self, before: &Self, reason: &Reason) -> Self {
        let same_path = self.path.len() == before.path.len();
        Self {
            env: before.env.clone().perhaps(&self.env, reason),
            go: if self.go.versions == before.go.versions { self.go } else { Installed::unknown("unknown", reason.as_str()) },
            go_env_file: if Arc::ptr_eq(&self.go_env_file, &before.go_env_file) {
                self.go_env_file
            } else {
                Arc::new(Layer::unknown(reason.clone()))
            },
            checkout: if self.checkout == before.checkout { self.checkout } else { Checkout::Unknown },
            path: if same_path { self.path } else { self.path.into_iter().map(|dir| dir.or_unknown(reason.clone())).collect() },
            outputs: self.outputs,
            module_cache_restored: self.module_cache_restored || before.module_cache_restored,
            build_cache_restored: self.build_cache_restored || before.build_cache_restored,
            emulator: self.emulator || before.emulator,
            makes_directories: self.makes_directories || before.makes_directories,
            makes_modules: self.makes_modules || before.makes_modules,
            makes_vendor: self.makes_vendor || before.makes_vendor,
        }
    }
}

//! What the steps of a job bring to the machine, one after the other: Go, caches, the repository, and what their words let expect.

use std::sync::Arc;

use super::state::{Checkout, Installed};
use crate::facts::go::resolver::Layer;
use crate::facts::value::Reason;
use crate::syntax::yaml::Node;

/// What the steps up to here have brought to the machine.
#[derive(Clone, Debug)]
pub(crate) struct Provision {
    /// The Go that PATH leads to.
    pub(crate) go: Installed,
    /// What `go env -w` has stored, by name.
    pub(crate) go_env_file: Arc<Layer>,
    /// Where the repository is checked out.
    pub(crate) checkout: Checkout,
    /// Whether a step restored the module cache.
    pub(crate) module_cache_restored: bool,
    /// Whether a step restored the build cache.
    pub(crate) build_cache_restored: bool,
    /// What else may be there.
    pub(crate) hints: Hints,
}

/// What the words of steps let expect. No harm comes from expecting too much: rules are then silent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Hints {
    /// A step speaks of an emulator.
    pub(crate) emulator: bool,
    /// A step may have made directories.
    pub(crate) directories: bool,
    /// A step may have made module files that the repository does not have.
    pub(crate) modules: bool,
    /// A step may have made a vendor directory.
    pub(crate) vendor: bool,
}

impl Provision {
    /// What is known if the step that led from `before` to this may have been skipped, because of `reason`.
    pub(super) fn perhaps(&self, before: &Self, reason: &Reason) -> Self {
        let same_file = Arc::ptr_eq(&self.go_env_file, &before.go_env_file);
        Self {
            go: if self.go.versions == before.go.versions { self.go.clone() } else { Installed::unknown("unknown", reason.as_str()) },
            go_env_file: if same_file { Arc::clone(&self.go_env_file) } else { Arc::new(Layer::unknown(reason.clone())) },
            checkout: if self.checkout == before.checkout { self.checkout.clone() } else { Checkout::Unknown },
            module_cache_restored: self.module_cache_restored || before.module_cache_restored,
            build_cache_restored: self.build_cache_restored || before.build_cache_restored,
            hints: self.hints.or(before.hints),
        }
    }
}

impl Hints {
    /// Those of a step.
    pub(crate) fn of(step: &Node) -> Self {
        let text = |key| step.get(key).and_then(Node::as_str);
        let (run, uses) = (text("run"), text("uses"));
        let words = [run, uses].into_iter().flatten().collect::<Vec<_>>().join(" ").to_lowercase();
        let mentions = |names: &[&str]| names.iter().any(|name| words.contains(name));
        let brings_files = |uses: &str| uses.starts_with("./") || uses.starts_with("actions/cache") || uses.contains("artifact");
        let checks_out_another = step.get("with").is_some_and(|with| with.get("repository").is_some());
        Self {
            emulator: mentions(&["qemu", "binfmt", "wine", "rosetta"]),
            directories: uses.is_some_and(brings_files) || step.get("uses").is_none() && mentions(MAKE_DIRECTORIES),
            modules: checks_out_another || mentions(MAKE_MODULES),
            vendor: mentions(&["mod vendor", "work vendor", "make ", ".sh", "task "]),
        }
    }

    /// These and others.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            emulator: self.emulator || other.emulator,
            directories: self.directories || other.directories,
            modules: self.modules || other.modules,
            vendor: self.vendor || other.vendor,
        }
    }
}

const MAKE_DIRECTORIES: &[&str] = &["mkdir", "mktemp", "new-item", "install -d", "md ", "git clone", "tar ", "unzip"];
const MAKE_MODULES: &[&str] =
    &["mod init", "work init", "go.mod", "go.work", "git clone", "git checkout", "git fetch", "git pull", "unzip", "tar "];

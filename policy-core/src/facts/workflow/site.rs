//! A site: a place in a workflow where Go runs, with everything that decides how.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::runner::Runner;
use super::state::Installed;
use crate::facts::environment::Environment;
use crate::facts::project::{Modules, release_of};
use crate::facts::subject::Place;
use crate::facts::toolchain::{Policy, Selection, select};
use crate::facts::value::{Datum, Origin, OriginKind, Reason, Value};
use crate::facts::version::VersionRange;
use crate::text::Location;

/// A place where Go runs.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    pub(crate) place: Arc<Place>,
    pub(crate) location: Location,
    /// The process environment.
    pub(crate) env: Environment,
    /// Absolute path of the working directory.
    pub(crate) directory: Value,
    /// First word of the shell.
    pub(crate) shell: Option<Arc<str>>,
    pub(crate) runner: Arc<Runner>,
    pub(crate) go: Installed,
    pub(crate) modules: Arc<Modules>,
    /// Whether the module files in force are known.
    pub(crate) modules_known: bool,
    pub(crate) go_env_file: Arc<BTreeMap<Arc<str>, Value>>,
    /// What runs Go here, if its commands cannot be seen.
    pub(crate) opaque: Option<Arc<str>>,
    /// Whether it is certain that the place is reached.
    pub(crate) certain: bool,
    /// Whether an earlier step restores the module cache.
    pub(crate) module_cache_restored: bool,
}

/// Which Go does the work at a site.
#[derive(Clone, Debug)]
pub(crate) struct Running {
    /// The version that does the work; unset if the command fails for want of a newer one.
    pub(crate) version: Value,
    /// What the module needs and cannot get.
    pub(crate) needed: Value,
    /// Whether the toolchain is switched.
    pub(crate) switches: Value,
}

impl Site {
    /// A raw variable: the process's, else what `go env -w` stored.
    fn raw(&self, name: &str) -> Value {
        let process = self.env.get(name);
        let stored = || self.go_env_file.get(name).cloned();
        process.and_then(|choice| match choice.datum.as_text() {
            None | Some("") => stored().unwrap_or_else(|| Value::known(choice.datum.clone(), Arc::clone(&choice.origin))),
            Some(_) => Value::known(choice.datum.clone(), Arc::clone(&choice.origin)),
        })
    }

    /// Which Go does the work.
    pub(crate) fn running(&self) -> Running {
        let installed = match self.go.versions.single() {
            Some(choice) => choice,
            None => return Running::unknown(self.go.versions.reason().cloned().unwrap_or_else(|| Reason::new("several Go versions"))),
        };
        let Datum::Version(range) = installed.datum else { return Running::unknown(Reason::new("Go version")) };
        let selections: Vec<Option<Selection>> = self.raw("GOTOOLCHAIN").choices().iter().map(|choice| self.selection(range, &choice.datum)).collect();
        match (selections.as_slice(), self.raw("GOTOOLCHAIN").reason()) {
            ([Some(selection)], None) => self.outcome(*selection, range, &installed.origin),
            (_, Some(reason)) => Running::unknown(reason.clone()),
            _ => Running::unknown(Reason::new("GOTOOLCHAIN")),
        }
    }

    fn selection(&self, installed: VersionRange, toolchain: &Datum) -> Option<Selection> {
        let policy = match toolchain.as_text() {
            None | Some("") => Policy::Newer,
            Some(text) => Policy::parse(text)?,
        };
        if !self.modules_known {
            return (policy == Policy::Local).then_some(Selection::Runs(installed));
        }
        let file = self.modules.deciding(self.workspace_off());
        let go = file.and_then(|file| file.go()).map(|(version, _)| version);
        let named = file.and_then(|file| file.toolchain()).map(|(version, _)| version);
        Some(select(installed, policy, go, named))
    }

    fn outcome(&self, selection: Selection, installed: VersionRange, origin: &Arc<Origin>) -> Running {
        let nothing = || Value::unset(Origin::of(OriginKind::Computed));
        let flag = |yes| Value::known(Datum::Flag(yes), Arc::clone(origin));
        let version = |range| Value::known(Datum::Version(range), Arc::clone(origin));
        match selection {
            Selection::Runs(range) => Running { version: version(range), needed: nothing(), switches: flag(range.low > installed.high) },
            Selection::TooOld(needs) => {
                let line = self.modules.deciding(self.workspace_off()).and_then(|file| file.go());
                let origin = line.map_or_else(|| Origin::of(OriginKind::Module), |(_, location)| Origin::at(OriginKind::Module, location));
                Running { version: nothing(), needed: Value::known(Datum::Version(VersionRange::exact(release_of(needs))), origin), switches: flag(false) }
            }
            Selection::Unknown => Running::unknown(Reason::new("which toolchain Go selects")),
        }
    }

    /// Whether `GOWORK=off`.
    pub(crate) fn workspace_off(&self) -> bool {
        self.raw("GOWORK").as_text().is_some_and(|value| &**value == "off")
    }
}

impl Running {
    fn unknown(reason: Reason) -> Self {
        let unknown = Value::unknown(reason);
        Self { version: unknown.clone(), needed: unknown.clone(), switches: unknown }
    }
}

//! A site: a place in a workflow where Go runs, with everything that decides how.

use std::sync::{Arc, OnceLock};

use super::go_command::ModuleUse;
use super::provision::Provision;
use super::runner::{Os, Runner};
use super::state::Checkout;
use super::{paths, start};
use crate::facts::environment::Environment;
use crate::facts::go::resolver::Resolver;
use crate::facts::module::GoRun;
use crate::facts::project::{ModuleFile, Modules, Project, release_of};
use crate::facts::subject::Place;
use crate::facts::toolchain::{Policy, Selection, Wishes, select_for};
use crate::facts::value::{Choice, Datum, Origin, OriginKind, Reason, Value};
use crate::facts::version::VersionRange;
use crate::text::Location;

/// What a step's commands have in common.
#[derive(Clone, Debug)]
pub(crate) struct Surroundings {
    pub(crate) runner: Arc<Runner>,
    pub(crate) in_container: bool,
    pub(crate) provision: Arc<Provision>,
}

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
    /// What runs Go here, if its commands cannot be seen.
    pub(crate) opaque: Option<Arc<str>>,
    /// Whether it is certain that the place is reached.
    pub(crate) certain: bool,
    pub(crate) module_use: ModuleUse,
    pub(crate) around: Arc<Surroundings>,
    pub(crate) modules: Arc<Found>,
    /// Go's variables as the installed Go sees them, once somebody has asked.
    pub(crate) installed: OnceLock<Resolver>,
}

/// The module files in force, if they are known.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) modules: Option<Arc<Modules>>,
    /// Absolute path of go.mod on the runner.
    go_mod: Value,
    /// Absolute path of go.work on the runner.
    go_work: Value,
}

impl Found {
    fn nothing() -> Self {
        let unknown = Value::unknown(Reason::new("which module files are there"));
        Self { modules: None, go_mod: unknown.clone(), go_work: unknown }
    }

    /// Files of a repository that is checked out in `root`.
    fn at(root: &str, modules: Arc<Modules>) -> Self {
        let file = |file: &Option<Arc<ModuleFile>>| match file {
            Some(file) => Value::text(paths::below(root, file.in_project()), Origin::of(OriginKind::Module)),
            None => Value::unset_by(OriginKind::Default),
        };
        Self { go_mod: file(&modules.go_mod), go_work: file(&modules.go_work), modules: Some(modules) }
    }
}

impl Surroundings {
    /// Whether scripts behave alike here and there; for those that ask which Go there is, that must be the same.
    pub(crate) fn is_alike(&self, other: &Self, with_go: bool) -> bool {
        let (here, there) = (&self.provision, &other.provision);
        let same_go = || here.go.versions.is_same(&there.go.versions) && Arc::ptr_eq(&here.go_env_file, &there.go_env_file);
        let same_place = self.runner == other.runner && self.in_container == other.in_container && here.checkout == there.checkout;
        same_place && (!with_go || same_go())
    }

    /// The module files that Go finds from a directory upward.
    pub(crate) fn find_modules(&self, project: &Project<'_>, directory: &Value) -> Found {
        let workspace = start::workspace(&self.runner, self.in_container);
        let Checkout::At(checkout) = &self.provision.checkout else { return Found::nothing() };
        let root = paths::below(workspace, checkout);
        let inside = directory.as_text().and_then(|directory| paths::relative_to(&root, directory));
        let modules = inside.map(|inside| project.modules(&inside));
        let perhaps_made = |modules: &Modules| self.provision.hints.modules && modules.go_mod.is_none();
        modules.filter(|modules| !perhaps_made(modules)).map_or_else(Found::nothing, |modules| Found::at(&root, modules))
    }

    /// Go's view of an environment here.
    pub(crate) fn resolver(&self, env: Environment, found: &Found, versions: VersionRange) -> Resolver {
        let os = if self.in_container { Some("linux") } else { self.runner.os.map(Os::goos) };
        Resolver {
            os: os.map(Into::into),
            arch: self.runner.arch.map(Into::into),
            user_file: (*self.provision.go_env_file).clone(),
            go_mod: found.go_mod.clone(),
            go_work: found.go_work.clone(),
            // GitHub's Linux and macOS images have C compilers; a Windows image has gcc of MinGW on PATH.
            c_compiler: (self.runner.hosted && !self.in_container).then_some(true),
            ..Resolver::new(env, versions)
        }
    }
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
    fn installed(&self) -> &Resolver {
        let versions = self.around.provision.go.range();
        self.installed.get_or_init(|| self.around.resolver(self.env.clone(), &self.modules, versions))
    }

    /// A variable before the toolchain is chosen.
    fn raw(&self, name: &str) -> Value {
        self.installed().variable(name)
    }

    /// The system that it runs on, in gopolicy's words.
    pub(crate) fn os_name(&self) -> Option<&'static str> {
        if self.around.in_container { Some("linux") } else { self.around.runner.os.map(Os::name) }
    }

    /// Go's variables as the Go that does the work sees them.
    pub(crate) fn resolver(&self, running: &Running) -> Resolver {
        let versions = match running.version.single() {
            Some(Choice { datum: Datum::Version(range), .. }) => *range,
            _ => VersionRange { low: None, high: None },
        };
        self.installed().clone().of_release(versions)
    }

    /// go.work or go.mod, whichever decides.
    pub(crate) fn deciding(&self) -> Option<&ModuleFile> {
        self.modules.modules.as_ref()?.deciding(self.workspace_off())
    }

    /// Which Go does the work.
    pub(crate) fn running(&self) -> Running {
        let installed = match self.around.provision.go.versions.single() {
            Some(choice) => choice,
            None => {
                return Running::unknown(
                    self.around.provision.go.versions.reason().cloned().unwrap_or_else(|| Reason::new("several Go versions")),
                );
            }
        };
        let Datum::Version(range) = installed.datum else { return Running::unknown(Reason::new("Go version")) };
        let toolchain = self.raw("GOTOOLCHAIN");
        let selections: Vec<Option<Selection>> = toolchain.choices().iter().map(|choice| self.selection(range, &choice.datum)).collect();
        match (selections.as_slice(), toolchain.reason()) {
            ([Some(selection)], None) => self.outcome(*selection, range, &installed.origin),
            (_, Some(reason)) => Running::unknown(reason.clone()),
            _ => Running::unknown(Reason::new("GOTOOLCHAIN")),
        }
    }

    fn selection(&self, installed: VersionRange, toolchain: &Datum) -> Option<Selection> {
        let toolchain = toolchain.as_text().unwrap_or_default();
        let Some(modules) = self.modules.modules.as_ref().filter(|_| self.module_use != ModuleUse::Ignored) else {
            return (Policy::parse(toolchain)? == Policy::Local).then_some(Selection::Runs(installed));
        };
        let workspace_off = self.workspace_off();
        let select = |go111module| {
            let wishes = Wishes { gotoolchain: toolchain, go111module, workspace_off };
            match select_for(installed, wishes, modules)? {
                Selection::TooOld(_) if self.module_use == ModuleUse::Optional => select_for(installed, wishes, &Modules::default()),
                selection => Some(selection),
            }
        };
        let mode = self.raw("GO111MODULE");
        let unknown = if mode.reason().is_some() { ["on", "auto", "off"].as_slice() } else { &[] };
        let mut selections =
            mode.choices().iter().map(|choice| choice.datum.as_text().unwrap_or_default()).chain(unknown.iter().copied()).map(select);
        let first = selections.next()??;
        selections.all(|selection| selection == Some(first)).then_some(first)
    }

    fn outcome(&self, selection: Selection, installed: VersionRange, origin: &Arc<Origin>) -> Running {
        let nothing = || Value::unset_by(OriginKind::Computed);
        let version = |range| Value::known(Datum::Version(range), Arc::clone(origin));
        match selection {
            Selection::Runs(range) => Running {
                version: version(range),
                needed: nothing(),
                switches: Value::known(
                    Datum::Flag(installed.high.is_some_and(|high| range.low > Some(high))),
                    self.asking_for(range).map_or_else(|| Arc::clone(origin), |line| Origin::at(OriginKind::Module, line)),
                ),
            },
            Selection::TooOld(needs) => {
                let line = self.deciding().and_then(ModuleFile::go);
                let origin = line.map_or_else(|| Origin::of(OriginKind::Module), |(_, location)| Origin::at(OriginKind::Module, location));
                Running {
                    version: nothing(),
                    needed: Value::known(Datum::Version(VersionRange::exact(needs)), origin),
                    switches: Value::known(Datum::Flag(false), Origin::of(OriginKind::Computed)),
                }
            }
            Selection::Unknown => Running::unknown(Reason::new("which toolchain Go selects")),
        }
    }

    /// The `toolchain` or `go` line that asks for just this version.
    fn asking_for(&self, range: VersionRange) -> Option<Location> {
        let file = self.deciding()?;
        let release = |(version, location)| (release_of(version), location);
        let lines = [file.toolchain(), file.go().map(release)];
        lines.into_iter().flatten().find(|(version, _)| range == VersionRange::exact(*version)).map(|(_, location)| location)
    }

    /// The Go that the workflow installs for the module in force here, if both are known and the command loads the module.
    pub(crate) fn run(&self) -> Option<GoRun> {
        let file = self.modules.modules.as_ref()?.go_mod.as_deref().filter(|_| self.module_use == ModuleUse::Needed)?;
        let installed = self.around.provision.go.setup.as_ref().and(self.around.provision.go.versions.single())?;
        let Datum::Version(version) = installed.datum else { return None };
        let location = installed.origin.location.clone().unwrap_or_else(|| self.location.clone());
        Some(GoRun { module: file.text.path().into(), version, location })
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

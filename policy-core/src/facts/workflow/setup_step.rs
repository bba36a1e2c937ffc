//! Steps that use actions/setup-go.

use std::sync::Arc;

use super::actions::{self, Effect};
use super::cache::CacheUse;
use super::cache_step::DIRECTORIES;
use super::job::{Current, Frame, JobRun};
use super::model::{ActionUse, Step, Work};
use super::setup_go::{NAME, Release, Request, Setting, Source};
use super::state::{Checkout, Installed, Setup};
use super::workspace::Workspace;
use super::{ActionFacts, paths, start};
use crate::facts::go::resolver::Resolver;
use crate::facts::value::{Origin, OriginKind, Reason, Value};
use crate::facts::version::GoVersion;
use crate::syntax::expression::{Part, Reference, Scope as Names, Template, references};
use crate::syntax::yaml::{Node, Typed};
use crate::text::Location;

/// What is particular to a use of actions/setup-go.
#[derive(Clone, Debug)]
pub(crate) struct SetupFacts {
    pub(crate) request: Request,
    pub(crate) release: Option<Release>,
    /// Whether Go's caches are restored and saved.
    pub(crate) caches: Option<bool>,
    /// The file whose hash goes into the key.
    pub(crate) dependency_file: Option<Arc<str>>,
    /// Whether the repository has it.
    pub(crate) dependency_file_found: Option<bool>,
    /// `go` line of the go.mod at the repository's root.
    pub(crate) module_go: Option<(GoVersion, Location)>,
    /// How `go-version` is written, as the field `go-version-written` names it.
    pub(crate) written: &'static str,
    /// `go-version` as it is spelt, if YAML reads it as another number.
    pub(crate) number: Option<(Arc<str>, Location)>,
}

impl JobRun<'_, '_> {
    /// Tells of a `uses:`, before it has any effect.
    pub(crate) fn report_action(&mut self, current: &Current<'_>, action: &ActionUse, frame: &Frame<'_>) {
        let scope = self.scope(frame, &current.env);
        let entries = action.inputs.as_ref().map(Node::entries).unwrap_or_default();
        let inputs = entries
            .iter()
            .filter_map(|entry| Some((Arc::from(entry.key.as_str()?.to_lowercase()), scope.text(&entry.value, OriginKind::Document))));
        let facts = ActionFacts {
            action,
            location: Location::new(&frame.document.text, action.span),
            inputs: inputs.collect(),
            os: self.runner.os.map(super::runner::Os::name),
            before_checkout: self.before_checkout(),
            checks_out: self.checks_out_later(current, frame),
            setup: (&*action.name == NAME).then(|| self.setup_facts(current, action, frame)),
            place: self.place(current, frame, None),
        };
        self.visitor.action(&facts);
    }

    fn setup_facts(&self, current: &Current<'_>, action: &ActionUse, frame: &Frame<'_>) -> SetupFacts {
        let scope = self.scope(frame, &current.env);
        let release = Release::of(action);
        let resolver = self.step_resolver(current);
        let toolchain = if current.env.get("GOTOOLCHAIN").choices().is_empty() {
            current.env.get("GOTOOLCHAIN").clone()
        } else {
            resolver.variable("GOTOOLCHAIN")
        };
        let setting = Setting { workspace: self.workspace(current), release, toolchain: &toolchain };
        let request = Request::read(action, &|node| scope.text(node, OriginKind::Document), &setting);
        let cache = action.input("cache").map(|node| scope.text(node, OriginKind::Document));
        let caches = match cache.as_ref().map(Value::as_text) {
            Some(Some(text)) if !text.is_empty() => Some(text.eq_ignore_ascii_case("true")),
            Some(None) => None,
            _ => release.map(Release::caches_by_default),
        };
        let (dependency_file, dependency_file_found) = self.dependency_file(action, release, frame, current);
        SetupFacts {
            request,
            release,
            caches,
            dependency_file,
            dependency_file_found,
            module_go: self.project.module_file("go.mod").and_then(|file| file.go()),
            written: action.input("go-version").map_or("none", written),
            number: number_trap(action, frame),
        }
    }

    /// The file whose hash goes into the key: at the workspace's root, unless `cache-dependency-path` names others.
    fn dependency_file(
        &self,
        action: &ActionUse,
        release: Option<Release>,
        frame: &Frame<'_>,
        current: &Current<'_>,
    ) -> (Option<Arc<str>>, Option<bool>) {
        let named = action.input("cache-dependency-path").map(|node| self.scope(frame, &current.env).text(node, OriginKind::Document));
        match (named, release) {
            (Some(path), _) => {
                let path = path.as_text().cloned();
                let plain = path.as_deref().filter(|path| !path.contains(['*', '\n', '?', '[']));
                let workspace = self.workspace(current);
                let found = plain.and_then(|path| has_dependencies(&workspace, &workspace.in_repository(path)?));
                (path, found)
            }
            (None, Some(release)) => {
                let file = release.default_dependency_file();
                let found = match self.checkout_directory() {
                    Some("") => has_dependencies(&self.workspace(current), file),
                    // Nothing of the repository stands at the workspace's root.
                    Some(_) => Some(false),
                    None => None,
                };
                (Some(file.into()), found)
            }
            (None, None) => (None, None),
        }
    }

    pub(super) fn step_resolver(&self, current: &Current<'_>) -> Resolver {
        let around = self.surroundings();
        let directory = Value::text(start::workspace(&self.runner, self.in_container), Origin::of(OriginKind::Runner));
        let found = around.find_modules(self.project, &directory);
        let versions = self.state.provision.go.range();
        around.resolver(self.process_environment(&current.env), &found, versions)
    }

    /// actions/setup-go: installs Go, puts it on PATH, caches, and since v6 exports `GOTOOLCHAIN=local`.
    pub(crate) fn set_up_go(&mut self, current: &Current<'_>, action: &ActionUse, frame: &Frame<'_>) {
        let facts = self.setup_facts(current, action, frame);
        let location = Location::new(&frame.document.text, action.span);
        let label: Arc<str> = action.label().into();
        if facts.request.source != Source::Preinstalled {
            let setup = Setup { label: Arc::clone(&label), release: facts.release, from: facts.request.source, location: location.clone() };
            self.state.bring().go = Installed { versions: facts.request.versions.clone(), source: "setup-go", setup: Some(setup) };
        }
        self.export_local_toolchain(facts.release, &label, &location);
        let resolver = self.step_resolver(current);
        if facts.caches == Some(true) && self.finds_dependencies(&facts) {
            self.cache_of_setup_go(current, frame, &facts, &resolver, location.clone());
        }
        self.add_go_to_path(&resolver, &label, location);
    }

    /// Without the file that goes into the key the action warns, and neither restores nor saves (`src/cache-restore.ts`).
    fn finds_dependencies(&self, facts: &SetupFacts) -> bool {
        self.state.provision.checkout != Checkout::No && facts.dependency_file_found != Some(false)
    }

    fn export_local_toolchain(&mut self, release: Option<Release>, label: &Arc<str>, location: &Location) {
        let origin = Origin::named(OriginKind::Action, Arc::clone(label), Some(location.clone()));
        match release.map(Release::exports_local_toolchain) {
            Some(true) => self.state.env.set("GOTOOLCHAIN", Value::text("local", origin)),
            Some(false) => {}
            None => {
                let before = self.state.env.get("GOTOOLCHAIN").clone();
                self.state.env.set("GOTOOLCHAIN", before.or_unknown(Reason::new(format!("whether {label} exports GOTOOLCHAIN=local"))));
            }
        }
    }

    /// `<tool>/bin`, then `$(go env GOPATH)/bin`, which ends up first (`src/main.ts`, `addBinToPath`).
    fn add_go_to_path(&mut self, resolver: &Resolver, label: &Arc<str>, location: Location) {
        let origin = Origin::named(OriginKind::Action, Arc::clone(label), Some(location));
        let tools = Value::text(start::TOOL_DIRECTORY, Arc::clone(&origin));
        let commands = resolver.variable("GOPATH").and_then(|choice| match choice.datum.as_text() {
            Some(path) => Value::text(paths::below(path, "bin"), Arc::clone(&origin)),
            None => Value::unknown(Reason::new("GOPATH")),
        });
        self.state.path.splice(0..0, [commands, tools]);
    }

    fn cache_of_setup_go(&mut self, current: &Current<'_>, frame: &Frame<'_>, facts: &SetupFacts, resolver: &Resolver, location: Location) {
        let paths = vec![resolver.variable("GOMODCACHE"), resolver.variable("GOCACHE")];
        let release = facts.release;
        let mut key_inputs = vec!["dependencies", "go-version", "os"];
        key_inputs.extend(release.is_some_and(Release::keys_architecture).then_some("arch"));
        key_inputs.sort_unstable();
        self.state.bring().module_cache_restored = true;
        self.state.bring().build_cache_restored = true;
        let cache = CacheUse {
            location,
            place: self.place(current, frame, None),
            action: NAME.into(),
            paths,
            key: self.key_of_setup_go(facts).map_or_else(
                || Value::unknown(Reason::new("key of actions/setup-go")),
                |key| Value::text(key, Origin::of(OriginKind::Computed)),
            ),
            key_inputs,
            hashes_nothing: Some(false),
            path_inputs: Vec::new(),
            restore_keys: false,
            lookup_only: false,
            covers: vec!["GOMODCACHE", "GOCACHE"],
            missed: Vec::new(),
            os: self.runner.os.map(super::runner::Os::name),
            directories: go_directories(resolver),
        };
        self.visitor.cache(cache);
    }

    /// As `src/cache-restore.ts` composes it: since v4.1 with the image on Linux, since v5.1 with the architecture.
    fn key_of_setup_go(&self, facts: &SetupFacts) -> Option<String> {
        let os = self.runner.os?;
        let arch = if facts.release.is_some_and(Release::keys_architecture) { format!("-{}", self.runner.arch?) } else { String::new() };
        let image = if os == super::runner::Os::Linux { format!("-{}", self.runner.labels) } else { String::new() };
        let (version, file) = (facts.request.spec.as_text()?, facts.dependency_file.as_deref()?);
        Some(format!(
            "setup-go-{}{arch}{image}-go-{version}-${{{{ hashFiles('{}') }}}}",
            os.context_name(),
            file.trim().replace('\n', "', '")
        ))
    }

    /// Whether a later step of the job checks the repository out.
    pub(super) fn checks_out_later(&self, current: &Current<'_>, frame: &Frame<'_>) -> bool {
        let is_checkout = |action: &ActionUse| actions::effect(&action.name) == Effect::Checkout && action.checks_out_this();
        let checks_out = |step: &Step| matches!(&step.work, Work::Uses(action) if is_checkout(action));
        frame.within.is_empty() && self.job.steps.iter().any(|step| step.index > current.step.index && checks_out(step))
    }
}

/// Whether a file is there. A go.mod with requirements has a go.sum: where that is missing, this is no whole checkout.
fn has_dependencies(workspace: &Workspace<'_, '_>, file: &str) -> Option<bool> {
    let directory = file.strip_suffix("go.sum");
    let requires = |directory: &str| {
        let module = workspace.project.text(&format!("{directory}go.mod"));
        module.is_some_and(|text| text.content().lines().any(|line| line.starts_with("require")))
    };
    workspace.has(file).filter(|found| *found || !directory.is_some_and(requires))
}

/// Where Go's directories are.
pub(super) fn go_directories(resolver: &Resolver) -> Vec<(&'static str, Value)> {
    DIRECTORIES.into_iter().map(|name| (name, resolver.variable(name))).collect()
}

/// How the text of an input comes about: what an expression says here it need not say in another leg, or for another caller.
fn written(node: &Node) -> &'static str {
    let text = node.as_str().unwrap_or_default();
    if !text.contains("${{") {
        return "literal";
    }
    let Ok(template) = Template::parse(text, Names::ANY) else { return "expression" };
    let of_matrix = |reference: &Reference| reference.function.is_none() && reference.text.starts_with("matrix.");
    let is_matrix = |part: &Part| match part {
        Part::Text(..) => true,
        Part::Expression(expr, _) => references(expr).iter().all(of_matrix),
    };
    if template.parts().iter().all(is_matrix) { "matrix" } else { "expression" }
}

/// `go-version: 1.20` is the number 1.2 to YAML, and so to the action.
fn number_trap(action: &ActionUse, frame: &Frame<'_>) -> Option<(Arc<str>, Location)> {
    let node = action.input("go-version")?;
    let Typed::Number(number) = node.typed()? else { return None };
    let written = node.as_str()?;
    (crate::facts::expression::format_number(number) != written).then(|| (written.into(), Location::new(&frame.document.text, node.span)))
}

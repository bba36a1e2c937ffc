//! Steps that use actions/cache or one of its halves.

use std::sync::Arc;

use super::cache::{self, CacheUse};
use super::job::{Current, Frame, JobRun};
use super::model::ActionUse;
use super::runner::Os;
use super::scope::Scope;
use super::setup_step::go_directories;
use super::state::Checkout;
use super::{paths, start};
use crate::facts::go::resolver::Resolver;
use crate::facts::value::{Origin, OriginKind, Reason, Value};
use crate::syntax::expression::{Part, Scope as Names, Template};
use crate::syntax::yaml::Node;
use crate::text::{Location, Span};

impl JobRun<'_, '_> {
    /// actions/cache and its halves, as far as they keep Go's directories.
    pub(crate) fn cache(&mut self, current: &Current<'_>, action: &ActionUse, frame: &Frame<'_>) {
        let Some(node) = action.input("path") else { return };
        let scope = self.scope(frame, &current.env);
        let paths = path_lines(&scope, node);
        let resolver = self.step_resolver(current);
        let covers = self.covered(&paths, &resolver);
        let missed = self.missed(&paths, &covers, &resolver).map(|path| located(path, node, frame)).collect::<Vec<_>>();
        if covers.is_empty() && missed.is_empty() {
            return;
        }
        let key = action.input("key");
        let written = key.and_then(Node::as_str).unwrap_or_default();
        let cache = CacheUse {
            location: Location::new(&frame.document.text, action.span),
            place: self.place(current, frame, None),
            action: Arc::clone(&action.name),
            key: key.map_or_else(Value::nowhere, |key| symbolic_key(&scope, key)),
            key_inputs: cache::key_inputs(written),
            hashes_nothing: if written.contains("hashFiles") { self.finds_nothing(current, frame) } else { Some(false) },
            path_inputs: node.as_str().map(cache::key_inputs).unwrap_or_default(),
            restore_keys: action.input("restore-keys").is_some(),
            lookup_only: action.input("lookup-only").is_some_and(|node| node.as_str() != Some("false")),
            covers,
            missed,
            paths,
            os: self.runner.os.map(Os::name),
            directories: go_directories(&resolver),
        };
        let restores = &*cache.action != "actions/cache/save" && !cache.lookup_only;
        let provision = self.state.bring();
        provision.module_cache_restored |= restores && cache.covers.contains(&"GOMODCACHE");
        provision.build_cache_restored |= restores && cache.covers.contains(&"GOCACHE");
        self.visitor.cache(cache);
    }

    /// Whether nothing of the repository is there yet. What keeps its files from run to run, as machines of one's own do, may have
    /// those of an earlier run; a script may have cloned it.
    pub(super) fn before_checkout(&self) -> Option<bool> {
        match self.state.provision.checkout {
            Checkout::No => (self.runner.hosted && !self.state.provision.hints.modules).then_some(true),
            Checkout::At(_) => Some(false),
            Checkout::Unknown => None,
        }
    }

    /// Whether `hashFiles` finds nothing here: the files of the repository come only later.
    fn finds_nothing(&self, current: &Current<'_>, frame: &Frame<'_>) -> Option<bool> {
        let before = self.before_checkout()?;
        Some(before && self.checks_out_later(current, frame))
    }

    /// Which of Go's directories are among the paths.
    fn covered(&self, paths: &[Value], resolver: &Resolver) -> Vec<&'static str> {
        let home = if self.in_container { Some(start::CONTAINER_HOME) } else { self.runner.home() };
        let root = self.root();
        let known = || paths.iter().filter_map(Value::as_text);
        let holds = |directory: &str| known().any(|path| cache::covers(&paths::expanded(path, root), directory, home));
        DIRECTORIES.into_iter().filter(|name| resolver.variable(name).as_text().is_some_and(|text| holds(text))).collect()
    }

    /// The paths that would be one of Go's directories by default, or were until something moved it, and are not here.
    fn missed<'p>(&self, paths: &'p [Value], covers: &[&'static str], resolver: &Resolver) -> impl Iterator<Item = &'p Value> {
        let os = self.runner.os.map(Os::name);
        let root = self.root();
        let known = |name: &str| resolver.variable(name).as_text().is_some();
        let usual = move |path: &str| {
            cache::usual_directory(path).is_some_and(|(usual_os, name)| {
                !covers.contains(&name) && known(name) && os.is_some() && (usual_os.is_empty() || Some(usual_os) == os)
            })
        };
        let moved = move |path: &str| DIRECTORIES.iter().any(|name| !covers.contains(name) && was_at(&resolver.variable(name), path, root));
        paths.iter().filter(move |path| path.as_text().is_some_and(|path| usual(path) || moved(path)))
    }
}

/// Go's directories that are worth keeping.
pub(super) const DIRECTORIES: [&str; 2] = ["GOCACHE", "GOMODCACHE"];

/// Whether a directory was at a path of the workspace before what it is now was set.
fn was_at(directory: &Value, path: &str, root: &str) -> bool {
    let overrode = directory.single().and_then(|choice| choice.origin.overrode.as_deref());
    overrode.and_then(|(before, _)| before.as_text()).is_some_and(|before| *before == paths::expanded(path, root))
}

/// A line of `path:`, with the place where it stands.
fn located(path: &Value, node: &Node, frame: &Frame<'_>) -> Value {
    let Some(text) = path.as_text() else { return path.clone() };
    let document = &frame.document.text;
    let whole = node.span.range();
    let found = document.slice(node.span).find(&**text).map(|at| Span::new(whole.start + at, whole.start + at + text.len()));
    Value::text(Arc::clone(text), Origin::at(OriginKind::Document, Location::new(document, found.unwrap_or(node.span))))
}

/// The directories of `path:`, one a line.
fn path_lines(scope: &Scope<'_>, node: &Node) -> Vec<Value> {
    let value = scope.text(node, OriginKind::Document);
    if value.reason().is_none() { value.lines() } else { lines_as_far_as_known(scope, node) }
}

/// The lines of an input of which not all is known.
fn lines_as_far_as_known(scope: &Scope<'_>, node: &Node) -> Vec<Value> {
    let known =
        |line: Value| if line.as_text().is_some_and(|text| text.contains("${{")) { Value::unknown(Reason::new("path")) } else { line };
    symbolic_key(scope, node).lines().into_iter().map(known).collect()
}

/// The key with what is known filled in, and every other expression as it is written.
fn symbolic_key(scope: &Scope<'_>, node: &Node) -> Value {
    let origin = Origin::at(OriginKind::Document, Location::new(&scope.document.text, node.span));
    let Some(content) = node.as_str() else { return Value::unknown(Reason::new("key")) };
    let Ok(template) = Template::parse(content, Names::ANY) else { return Value::text(content, origin) };
    let mut key = String::new();
    for piece in template.pieces(scope) {
        let known = piece.value.ok().and_then(|value| value.as_text());
        match (known, piece.part) {
            (Some(text), _) => key.push_str(&text),
            (None, Part::Text(text, _)) => key.push_str(text),
            (None, Part::Expression(expr, _)) => key.push_str(&format!("${{{{ {expr} }}}}")),
        }
    }
    Value::text(key, origin)
}

//! Finding policies, following `extends`, and laying one over the other.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::slice;
use std::sync::Arc;

use super::config::{self, CONFIG_FILE, Config, RawConfig};
use super::error::{LoadError, LoadErrors, Problems};
use super::layers::Layers;
use super::raw::RawPolicy;
use super::set::{PolicyInfo, PolicySet};
use super::source::Source;
use super::spot::shorten;
use crate::suggest::nearest;
use crate::text::{Location, Text};
use crate::world::{MemoryWorld, World};

/// Bytes a policy file may have.
const FILE_LIMIT: u64 = 1 << 20;

/// Policies that may extend one another in a chain.
const DEPTH_LIMIT: usize = 32;

/// Collects what policies may be named, and loads them.
#[derive(Clone, Debug, Default)]
pub struct PolicySetBuilder<'b> {
    builtins: BTreeMap<&'b str, BuiltIn>,
}

/// A built-in policy, perhaps prepared.
#[derive(Clone, Debug)]
struct BuiltIn {
    text: Cow<'static, str>,
    prepared: Option<&'static str>,
}

impl<'b> PolicySetBuilder<'b> {
    /// Adds a built-in policy, which is then known by its name. Built-in texts are trusted: their examples are read only when used.
    #[must_use]
    pub fn builtin(mut self, name: &'b str, text: impl Into<Cow<'static, str>>) -> Self {
        self.builtins.insert(name, BuiltIn { text: text.into(), prepared: None });
        self
    }

    /// Adds a built-in policy with what [`super::prepare`] made of its text. Nothing of it is checked again, and its rules are read
    /// when they are needed.
    #[must_use]
    pub fn prepared(mut self, name: &'b str, text: &'static str, prepared: &'static str) -> Self {
        self.builtins.insert(name, BuiltIn { text: text.into(), prepared: Some(prepared) });
        self
    }

    /// Loads policies and those they extend, a later one laid over the earlier ones. What has a slash in it or ends in
    /// `.yaml` or `.yml` is a path, read through `world`; anything else is the name of a built-in policy.
    ///
    /// # Errors
    /// Everything that is wrong with any of the files.
    pub fn load(&self, names: &[&str], world: &dyn World) -> Result<PolicySet, LoadErrors> {
        let mut loader = self.loader(world);
        loader.visit_all(names);
        let (set, problems) = loader.assemble();
        problems.or(set)
    }

    /// Loads the configuration of the repository that `world` is, if it has one ([`CONFIG_FILE`]), and the policies: those named; if
    /// none is, what the configuration says; if it does not say any, `default`.
    ///
    /// # Errors
    /// Everything that is wrong with any of the files.
    pub fn load_configured(&self, names: &[&str], default: &str, world: &dyn World) -> Result<(PolicySet, Config), LoadErrors> {
        let mut loader = self.loader(world);
        let Some((file, raw)) = loader.configuration() else {
            loader.visit_all(if names.is_empty() { slice::from_ref(&default) } else { names });
            let (set, problems) = loader.assemble();
            return problems.or((set, Config::default()));
        };
        if names.is_empty() {
            loader.visit_all(if raw.extends_is_missing { slice::from_ref(&default) } else { &[] });
            loader.lay(file, raw.policy, Some(CONFIG_FILE), 0);
        } else {
            loader.visit_all(names);
        }
        let (set, problems) = loader.assemble();
        problems.or((set, raw.config))
    }

    /// Whether one of the built-in policies has a rule of that id, whichever policies are loaded.
    pub fn is_built_in_rule(&self, id: &str) -> bool {
        let names: Vec<&str> = self.builtins.keys().copied().collect();
        self.load(&names, &MemoryWorld::new()).is_ok_and(|set| set.rule(id).is_some())
    }

    fn loader<'l>(&'l self, world: &'l dyn World) -> Loader<'l> {
        Loader { builtins: &self.builtins, world, problems: Problems::default(), visits: Vec::new(), loaded: Vec::new() }
    }
}

/// A policy that has been read.
struct Loaded {
    file: Arc<Source>,
    raw: RawPolicy,
}

/// Who extends a policy: the place of the reference, and the file's path unless it is built in.
struct Referrer<'r> {
    location: Location,
    path: Option<&'r str>,
}

struct Loader<'l> {
    builtins: &'l BTreeMap<&'l str, BuiltIn>,
    world: &'l dyn World,
    problems: Problems,
    /// Names and paths met so far; `true` once the policy is loaded.
    visits: Vec<(String, bool)>,
    /// In the order in which they are laid over one another.
    loaded: Vec<Loaded>,
}

impl Loader<'_> {
    fn visit_all(&mut self, names: &[&str]) {
        names.iter().for_each(|name| self.visit(name, None, 0));
    }

    /// The rules that come out of all that was loaded, and everything that is wrong.
    fn assemble(mut self) -> (PolicySet, Problems) {
        let mut layers = Layers::default();
        self.loaded.iter().for_each(|policy| layers.lay(&policy.file, &policy.raw, &mut self.problems));
        let rules = layers.into_rules(&mut self.problems);
        (PolicySet::new(rules, self.loaded.into_iter().map(Loaded::info).collect()), self.problems)
    }

    /// The repository's configuration, if it has one that can be read.
    fn configuration(&mut self) -> Option<(Arc<Source>, RawConfig)> {
        if !self.world.is_file(CONFIG_FILE) {
            return None;
        }
        let text = self.read(CONFIG_FILE, None)?;
        let file = Arc::new(Source::new(text, false, None));
        let document = file.parse(&mut self.problems)?;
        let raw = config::read(&file.text, &document.root, &mut self.problems)?;
        Some((file, raw))
    }

    fn visit(&mut self, name: &str, from: Option<&Referrer<'_>>, depth: usize) {
        let is_path = name.contains(['/', '\\']) || name.ends_with(".yaml") || name.ends_with(".yml");
        let key = if is_path { join(from.and_then(|from| from.path), name) } else { name.to_owned() };
        match self.visits.iter().find(|(visited, _)| *visited == key) {
            // Applied once, before all that extend it: a second time would undo what others have changed since.
            Some((_, true)) => return,
            Some((_, false)) => return self.note(from, self.cycle(&key), None),
            None if depth > DEPTH_LIMIT => return self.note(from, format!("more than {DEPTH_LIMIT} policies extend one another"), None),
            None => self.visits.push((key.clone(), false)),
        }
        let found = if is_path { self.read(&key, from).map(|text| (text, None)) } else { self.builtin(name, from) };
        if let Some((text, prepared)) = found {
            let file = Arc::new(Source::new(text, !is_path, prepared));
            if let Some(raw) = file.policy(&mut self.problems) {
                self.lay(file, raw, is_path.then_some(&*key), depth);
            }
        }
        if let Some(visit) = self.visits.iter_mut().find(|(visited, _)| *visited == key) {
            visit.1 = true;
        }
    }

    fn cycle(&self, key: &str) -> String {
        let open = self.visits.iter().filter(|(_, done)| !done).map(|(name, _)| &**name);
        let chain: Vec<&str> = open.skip_while(|name| *name != key).chain([key]).map(|name| name as &str).collect();
        format!("policies extend one another in a circle: {}", chain.join(" -> "))
    }

    fn note(&mut self, from: Option<&Referrer<'_>>, message: String, suggestion: Option<&str>) {
        let location = from.map(|from| from.location.clone());
        self.problems.push(LoadError { suggestion: suggestion.map(Into::into), ..LoadError::new(location, message) });
    }

    fn builtin(&mut self, name: &str, from: Option<&Referrer<'_>>) -> Option<(Arc<Text>, Option<&'static str>)> {
        let Some(builtin) = self.builtins.get(name) else {
            let suggestion = nearest(name, self.builtins.keys().copied());
            let message = format!("unknown policy `{}`; a file is named with a path such as `./{}.yaml`", shorten(name), shorten(name));
            self.note(from, message, suggestion);
            return None;
        };
        Some((Text::built_in(format!("builtin:{name}"), builtin.text.clone()), builtin.prepared))
    }

    fn read(&mut self, path: &str, from: Option<&Referrer<'_>>) -> Option<Arc<Text>> {
        let content = self.world.read(path, FILE_LIMIT).map_err(|error| error.to_string());
        let content = content.and_then(|bytes| String::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned()));
        match content {
            Ok(content) => Some(Text::file(path, content)),
            Err(error) => {
                self.note(from, format!("cannot read `{path}`: {error}"), None);
                None
            }
        }
    }

    /// Lays what a file says over the policies that it extends; those are loaded before.
    fn lay(&mut self, file: Arc<Source>, raw: RawPolicy, path: Option<&str>, depth: usize) {
        for (name, span) in &raw.extends {
            let location = Location::new(&file.text, *span);
            self.visit(name, Some(&Referrer { location, path }), depth + 1);
        }
        self.loaded.push(Loaded { file, raw });
    }
}

impl Loaded {
    fn info(self) -> PolicyInfo {
        PolicyInfo { name: self.raw.name, description: self.raw.description, path: self.file.text.path().to_owned() }
    }
}

/// `reference`, relative to the directory of the file `from`; `.` and `name/..` are taken away.
fn join(from: Option<&str>, reference: &str) -> String {
    let reference = reference.replace('\\', "/");
    let base = from.and_then(|from| from.rsplit_once('/')).map(|(directory, _)| directory);
    let joined = match base {
        Some(base) if !reference.starts_with('/') => format!("{base}/{reference}"),
        _ => reference,
    };
    let mut kept: Vec<&str> = Vec::new();
    for (index, name) in joined.split('/').enumerate() {
        match name {
            "" if index > 0 => {}
            "." => {}
            ".." if kept.last().is_some_and(|last| !matches!(*last, ".." | "")) => drop(kept.pop()),
            _ => kept.push(name),
        }
    }
    kept.join("/")
}

#[cfg(test)]
mod tests {
    use super::join;

    #[test]
    fn references_are_relative_to_the_file_that_makes_them() {
        for (from, reference, expected) in [
            (None, "./team.yaml", "team.yaml"),
            (Some("a/b.yaml"), "./c.yaml", "a/c.yaml"),
            (Some("a/b.yaml"), "../c.yaml", "c.yaml"),
            (Some("b.yaml"), "../c.yaml", "../c.yaml"),
            (Some("a/b.yaml"), "/x/c.yaml", "/x/c.yaml"),
            (None, "/../x.yaml", "/../x.yaml"),
        ] {
            assert_eq!(join(from, reference), expected, "{from:?} {reference}");
        }
    }
}

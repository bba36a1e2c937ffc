//! The subject `cache`: what can only be told after all jobs of a workflow have been seen.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::cache::{self, CacheUse};
use super::go_command::{GoCommand, ModuleUse};
use super::setup_go;
use super::site::Site;
use super::site_subject::SiteSubject;
use crate::facts::record::Record;
use crate::facts::schema::Kind;
use crate::facts::subject::{FieldName, Subject};
use crate::facts::value::{Choice, Datum, Origin, OriginKind, Value};

/// What decides the content of a build cache besides its key: the words of `legs-differ-in`, and the fields they come from.
static TRAITS: &[(&str, &str)] = &[
    ("os", "os"),
    ("arch", "arch"),
    ("GOOS", "GOOS"),
    ("GOARCH", "GOARCH"),
    ("CGO_ENABLED", "CGO_ENABLED"),
    ("tags", "tags"),
    ("go", "go.version"),
];

/// Values of a trait in one leg; `None` if one of them is not known.
type Seen = BTreeMap<&'static str, Option<BTreeSet<String>>>;

/// The jobs that use a key.
type KeyUsers = BTreeMap<Arc<str>, BTreeSet<Arc<str>>>;

/// The caches of a workflow's jobs.
#[derive(Default)]
pub(crate) struct JobCaches {
    /// The job that is being interpreted.
    pub(crate) current: LegCaches,
    done: Vec<LegCaches>,
}

impl JobCaches {
    /// All legs of a job are through.
    pub(crate) fn end_job(&mut self) {
        self.done.push(std::mem::take(&mut self.current));
    }

    /// All jobs are through.
    pub(crate) fn finish(&mut self, out: &mut dyn FnMut(&dyn Subject)) {
        let mut users = KeyUsers::new();
        for kept in self.done.iter().flat_map(|job| &job.caches) {
            if let Some(key) = kept.cache.key.as_text() {
                users.entry(Arc::clone(key)).or_default().insert(Arc::clone(&kept.cache.place.job));
            }
        }
        std::mem::take(&mut self.done).into_iter().for_each(|job| job.finish(&users, out));
    }
}

/// The caches of a job's legs.
#[derive(Default)]
pub(crate) struct LegCaches {
    caches: Vec<Kept>,
    legs: Vec<Seen>,
}

struct Kept {
    cache: CacheUse,
    leg: usize,
    /// Go's directories that are elsewhere when a command comes to use them.
    moved: Vec<Value>,
    /// Those that a command uses where they are kept.
    used: BTreeSet<&'static str>,
    /// Whether `go mod verify` has run since.
    verified: bool,
}

impl LegCaches {
    /// The next leg begins.
    pub(crate) fn start_leg(&mut self) {
        self.legs.push(Seen::new());
    }

    /// A cache of the current leg.
    pub(crate) fn add(&mut self, cache: CacheUse) {
        self.caches.push(Kept { cache, leg: self.legs.len(), moved: Vec::new(), used: BTreeSet::new(), verified: false });
    }

    /// Go runs in the current leg.
    pub(crate) fn site(&mut self, site: &Site, subject: &SiteSubject, command: Option<&GoCommand>) {
        if self.caches.is_empty() || site.module_use == ModuleUse::Optional {
            return;
        }
        if command.is_some()
            && let Some(seen) = self.legs.last_mut()
        {
            TRAITS.iter().for_each(|(name, field)| note(seen, name, &told_apart(subject, field)));
        }
        let verifies = command.is_some_and(|command| command.line.subcommand.as_deref() == Some("mod verify"));
        let current = self.legs.len();
        for kept in self.caches.iter_mut().filter(|kept| kept.leg == current) {
            kept.note_moves(subject);
            kept.verified |= verifies;
        }
    }

    fn finish(self, users: &KeyUsers, out: &mut dyn FnMut(&dyn Subject)) {
        for kept in &self.caches {
            let mut record = kept.record();
            let job = &kept.cache.place.job;
            let sharers = kept.cache.key.as_text().and_then(|key| users.get(key)).into_iter().flatten().filter(|user| *user != job);
            record.set_list("shared-with-jobs", sharers.cloned());
            record.set("duplicates-setup-go", flag(self.duplicates_setup_go(kept)));
            record.set_list("legs-differ-in", self.differences(kept));
            out(&record);
        }
    }

    fn duplicates_setup_go(&self, kept: &Kept) -> bool {
        let same_leg = self.caches.iter().filter(|other| other.leg == kept.leg && &*other.cache.action == setup_go::NAME);
        let overlaps = |other: &Kept| other.cache.covers.iter().any(|name| kept.cache.covers.contains(name));
        &*kept.cache.action != setup_go::NAME && !kept.cache.lookup_only && same_leg.into_iter().any(overlaps)
    }

    /// What differs between this leg and the others that use the same entry.
    fn differences(&self, kept: &Kept) -> Vec<&'static str> {
        let Some(entry) = kept.entry() else { return Vec::new() };
        let sharers: BTreeSet<usize> = self.caches.iter().filter(|other| other.entry() == Some(entry)).map(|other| other.leg).collect();
        let seen: Vec<&Seen> = sharers.iter().filter_map(|leg| self.legs.get(leg.checked_sub(1)?)).collect();
        TRAITS.iter().map(|(name, _)| *name).filter(|name| differ(&seen, name)).collect()
    }
}

/// Whether a trait is known in all legs, and two of them have no value of it in common.
fn differ(legs: &[&Seen], name: &str) -> bool {
    let known: Option<Vec<&BTreeSet<String>>> = legs.iter().filter_map(|leg| leg.get(name)).map(Option::as_ref).collect();
    known.is_some_and(|sets| sets.iter().enumerate().any(|(index, one)| sets.iter().skip(index + 1).any(|other| one.is_disjoint(other))))
}

/// The value of a trait. When cross-compiling, Go derives CGO_ENABLED from GOOS and GOARCH, which tell for themselves.
fn told_apart(subject: &SiteSubject, field: &'static str) -> Value {
    let value = subject.field(&named(field));
    let derived = field == "CGO_ENABLED" && value.single().is_some_and(|choice| choice.origin.kind == OriginKind::Default);
    let crosses = || subject.field(&named("cross-compiles")).single().is_none_or(|choice| choice.datum != Datum::Flag(false));
    if derived && crosses() { Value::text("", Origin::of(OriginKind::Default)) } else { value }
}

fn note(seen: &mut Seen, name: &'static str, value: &Value) {
    let text = value.single().map(|choice| match &choice.datum {
        Datum::Text(text) => text.to_string(),
        Datum::Version(range) => range.to_string(),
        Datum::List(items) => items.iter().filter_map(Value::as_text).map(|item| &**item).collect::<Vec<_>>().join(","),
        _ => String::new(),
    });
    match (seen.entry(name).or_insert_with(|| Some(BTreeSet::new())), text) {
        (Some(set), Some(text)) => drop(set.insert(text)),
        (slot, _) => *slot = None,
    }
}

impl Kept {
    /// What names the entry: besides the key, the paths as they are written and whether the runner is Windows (`getCacheVersion` of
    /// actions/toolkit `packages/cache/src/internal/cacheUtils.ts`). None if legs may fill in the key differently, or restore nothing.
    fn entry(&self) -> Option<(&str, &[Value], bool)> {
        let key = self.cache.key.as_text().filter(|key| !self.cache.lookup_only && !cache::varies_by_leg(key))?;
        Some((key, &self.cache.paths, self.cache.os == Some("windows")))
    }

    /// A Go directory that is elsewhere now than it was when the cache chose its paths.
    fn note_moves(&mut self, site: &SiteSubject) {
        for (name, directory) in &self.cache.directories {
            let now = site.field(&named(name));
            let (Some(before), Some(Choice { datum: Datum::Text(after), origin })) = (directory.as_text(), now.single()) else { continue };
            let told = self.moved.iter().any(|moved| moved.as_text().is_some_and(|moved| &**moved == *name));
            if before == after {
                self.used.insert(name);
            } else if !told && self.cache.covers.contains(name) {
                self.moved.push(Value::text(*name, Arc::clone(origin)));
            }
        }
    }

    fn record(&self) -> Record {
        let cache = &self.cache;
        let mut record = Record::new(Kind::Cache, cache.location.clone(), Some(Arc::clone(&cache.place)));
        record.set_text("action", Some(&cache.action));
        record.set_list("covers", cache.covers.iter().copied());
        record.set("key", cache.key.clone());
        record.set_flag("hashes-nothing", cache.hashes_nothing, "whether the repository is checked out");
        record.set_list("key-inputs", cache.key_inputs.iter().copied());
        record.set("lookup-only", flag(cache.lookup_only));
        record.set("missed-paths", Value::list(cache.missed.clone(), Origin::of(OriginKind::Computed)));
        let unused = self.moved.iter().filter(|moved| moved.as_text().is_none_or(|name| !self.used.contains(&**name)));
        record.set("moved-later", Value::list(unused.cloned().collect(), Origin::of(OriginKind::Computed)));
        record.set_text("os", cache.os);
        record.set_list("path-inputs", cache.path_inputs.iter().copied());
        record.set("paths", Value::list(cache.paths.clone(), Origin::of(OriginKind::Document)));
        record.set("restore-keys", flag(cache.restore_keys));
        record.set("verified-later", flag(self.verified));
        record
    }
}

fn flag(yes: bool) -> Value {
    Value::known(Datum::Flag(yes), Origin::of(OriginKind::Computed))
}

fn named(declared: &'static str) -> FieldName {
    FieldName { declared, tail: None }
}

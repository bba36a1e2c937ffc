//! The subject `setting`: a variable that something sets for a place where Go runs, and what Go does with it.

use std::collections::HashSet;
use std::sync::Arc;

use super::go_command::GoCommand;
use super::runner::Os;
use super::site::Site;
use super::site_subject::SiteSubject;
use crate::facts::go::diagnose::{Diagnosis, Setting, Via, diagnose};
use crate::facts::go::{names, variables};
use crate::facts::record::Record;
use crate::facts::schema::Kind;
use crate::facts::subject::Subject;
use crate::facts::value::{Choice, Datum, Origin, OriginKind, Value};
use crate::facts::version::VersionRange;
use crate::text::{Location, Span};

/// The settings of a leg, each told once.
#[derive(Default)]
pub(crate) struct Settings {
    told: HashSet<Told>,
}

/// Path, place and value of a setting, and what overrides it.
type Told = (String, Span, Arc<str>, Option<Arc<str>>);

/// A value that something in a file sets.
struct Found {
    name: Arc<str>,
    value: Arc<str>,
    origin: Arc<Origin>,
    location: Location,
    via: Via,
    /// What overrides it.
    overridden_by: Option<Arc<Origin>>,
}

impl Settings {
    /// Tells of what is set at a site and has not been told of yet, and of what its command, if it is `go env -w`, cannot set.
    pub(crate) fn visit(
        &mut self,
        site: &Arc<Site>,
        subject: &SiteSubject,
        command: Option<&GoCommand>,
        out: &mut dyn FnMut(&dyn Subject),
    ) {
        for found in settings(site) {
            let by = found.overridden_by.as_ref().map(|origin| origin_text(origin));
            let key = (found.location.path().to_owned(), found.location.span, Arc::clone(&found.value), by);
            if self.told.insert(key) {
                out(&record(site, subject, &found, &diagnosis_of(site, subject, &found)));
            }
        }
        for found in command.into_iter().flat_map(writes) {
            let diagnosis = diagnosis_of(site, subject, &found);
            if diagnosis.cause == "write-refused" {
                out(&record(site, subject, &found, &diagnosis));
            }
        }
    }
}

/// Everything Go-like that is set here, and what that overrode.
fn settings(site: &Site) -> Vec<Found> {
    let process = site.env.iter().map(|(name, value)| (name, value, Via::Environment));
    let stored = site.around.go_env_file.iter().map(|(name, value)| (name, value, Via::UserFile));
    let mut found = Vec::new();
    for (name, value, via) in process.chain(stored).filter(|(name, value, _)| is_set_in_a_file(value) && is_go_like(name)) {
        value.choices().iter().for_each(|choice| with_overridden(name, choice, via, &mut found));
    }
    found
}

/// What a `go env -w` is asked to store.
fn writes(command: &GoCommand) -> Vec<Found> {
    let mut found = Vec::new();
    for (name, value) in command.writes_go_env() {
        value.choices().iter().for_each(|choice| push(&name, &choice.datum, &choice.origin, Via::WriteCommand, None, &mut found));
    }
    found
}

fn is_set_in_a_file(value: &Value) -> bool {
    value.choices().iter().any(|choice| choice.origin.location.is_some() || choice.origin.overrode.is_some())
}

fn is_go_like(name: &str) -> bool {
    variables::lookup(name).is_some() || names::nearest(name).is_some()
}

fn with_overridden(name: &Arc<str>, choice: &Choice, via: Via, found: &mut Vec<Found>) {
    push(name, &choice.datum, &choice.origin, via, None, found);
    let mut above = &choice.origin;
    while let Some(before) = &above.overrode {
        let (datum, origin) = &**before;
        push(name, datum, origin, via, Some(Arc::clone(above)), found);
        above = origin;
    }
}

fn push(name: &Arc<str>, datum: &Datum, origin: &Arc<Origin>, via: Via, overridden_by: Option<Arc<Origin>>, found: &mut Vec<Found>) {
    let (Datum::Text(value), Some(location)) = (datum, &origin.location) else { return };
    if matches!(origin.kind, OriginKind::Action | OriginKind::Image) && overridden_by.is_none() {
        return;
    }
    found.push(Found {
        name: Arc::clone(name),
        value: Arc::clone(value),
        origin: Arc::clone(origin),
        location: location.clone(),
        via,
        overridden_by,
    });
}

fn diagnosis_of(site: &Site, subject: &SiteSubject, found: &Found) -> Diagnosis {
    let version = subject.running().version.clone();
    let versions = match version.single() {
        Some(Choice { datum: Datum::Version(range), .. }) => *range,
        _ => VersionRange { low: None, high: None },
    };
    let runner = &site.around.runner;
    let os = if site.around.in_container { Some("linux") } else { runner.os.map(Os::goos) };
    let resolver = subject.resolver();
    let (goos, goarch) = (resolver.variable("GOOS"), resolver.variable("GOARCH"));
    diagnose(&Setting {
        name: &found.name,
        value: &found.value,
        via: found.via,
        go: versions,
        host: os.zip(runner.arch),
        target: (goos.as_text().map(|text| &**text), goarch.as_text().map(|text| &**text)),
    })
}

fn record(site: &Site, subject: &SiteSubject, found: &Found, diagnosis: &Diagnosis) -> Record {
    let mut record = Record::new(Kind::Setting, found.location.clone(), Some(Arc::clone(&site.place)));
    record.set("name", Value::text(Arc::clone(&found.name), Arc::clone(&found.origin)));
    record.set("value", Value::text(Arc::clone(&found.value), Arc::clone(&found.origin)));
    record.set("go.version", site.running().version);
    record.set_text("verdict", Some(diagnosis.verdict.word()));
    record.set_text("cause", Some(diagnosis.cause));
    record.set_text("reason", Some(&diagnosis.reason));
    record.set_text("suggestion", diagnosis.verdict.suggestion());
    record.set_text("stops", diagnosis.verdict.stops());
    let set_by = if found.via == Via::WriteCommand { "go-env-write" } else { found.origin.kind.name() };
    record.set_text("set-by", Some(set_by));
    record.set_flag("directories-made", site.opaque.is_none().then_some(site.around.makes_directories), "what a program does");
    record.set_flag("effective", Some(found.overridden_by.is_none()), "");
    let by = found.overridden_by.as_ref().map(|origin| Value::text(origin_text(origin), Arc::clone(origin)));
    record.set("overridden-by", by.unwrap_or_else(Value::nowhere));
    record.set_text("place", Some("workflow"));
    record.set_text("os", site.around.runner.os.map(Os::name));
    record.set_text("shell", site.shell.as_deref());
    record.set("go.setup-major", subject.setup_major());
    record
}

fn origin_text(origin: &Origin) -> Arc<str> {
    origin.detail.clone().unwrap_or_else(|| origin.kind.name().into())
}

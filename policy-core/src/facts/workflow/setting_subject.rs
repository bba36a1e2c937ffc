//! The subject `setting`: a variable that something sets for a place where Go runs, and what Go does with it.

use std::collections::HashSet;
use std::sync::Arc;

use super::go_command::GoCommand;
use super::runner::Os;
use super::site::Site;
use super::site_subject::SiteSubject;
use crate::facts::go::diagnose::{Diagnosis, Via};
use crate::facts::go::{names, variables};
use crate::facts::record::Record;
use crate::facts::setting::Assigned;
use crate::facts::subject::Subject;
use crate::facts::value::{Choice, Datum, Origin, OriginKind, Value};
use crate::facts::version::VersionRange;
use crate::text::Span;

/// The settings of a leg, each told once.
#[derive(Default)]
pub(crate) struct Settings {
    told: HashSet<Told>,
}

/// Path, place and value of a setting, and what overrides it.
type Told = (String, Span, Arc<str>, Option<Arc<str>>);

/// A value that something in a file sets.
struct Found {
    assigned: Assigned,
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
            let Assigned { location, value, .. } = &found.assigned;
            if self.told.insert((location.path().to_owned(), location.span, Arc::clone(value), by)) {
                out(&record(site, subject, &found, &diagnosis_of(subject, &found)));
            }
        }
        for found in command.into_iter().flat_map(writes) {
            let diagnosis = diagnosis_of(subject, &found);
            if diagnosis.cause == "write-refused" {
                out(&record(site, subject, &found, &diagnosis));
            }
        }
    }
}

/// Everything Go-like that is set here, and what that overrode.
fn settings(site: &Site) -> Vec<Found> {
    let process = site.env.iter().map(|(name, value)| (name, value, Via::Environment));
    let stored = site.around.provision.go_env_file.iter().map(|(name, value)| (name, value, Via::UserFile));
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
    let (name, value, origin) = (Arc::clone(name), Arc::clone(value), Arc::clone(origin));
    found.push(Found { assigned: Assigned { name, value, origin, location: location.clone(), via }, overridden_by });
}

fn diagnosis_of(subject: &SiteSubject, found: &Found) -> Diagnosis {
    let versions = match subject.running().version.single() {
        Some(Choice { datum: Datum::Version(range), .. }) => *range,
        _ => VersionRange { low: None, high: None },
    };
    found.assigned.diagnosis(subject.resolver(), versions)
}

fn record(site: &Site, subject: &SiteSubject, found: &Found, diagnosis: &Diagnosis) -> Record {
    let Assigned { via, origin, .. } = &found.assigned;
    let mut record = found.assigned.record(diagnosis, Some(Arc::clone(&site.place)));
    record.set("go.version", subject.running().version.clone());
    let set_by = if *via == Via::WriteCommand { "go-env-write" } else { origin.kind.name() };
    record.set_text("set-by", Some(set_by));
    record.set_flag("directories-made", site.opaque.is_none().then_some(site.around.provision.hints.directories), "what a program does");
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

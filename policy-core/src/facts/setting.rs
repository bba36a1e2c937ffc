//! What the subjects `setting` of workflows and of this machine have in common.

use std::sync::Arc;

use super::go::diagnose::{Diagnosis, Setting, Via, diagnose};
use super::go::resolver::Resolver;
use super::record::Record;
use super::schema::Kind;
use super::subject::Place;
use super::value::{Origin, Value};
use super::version::VersionRange;
use crate::text::Location;

/// A value that something gives to a variable.
pub(crate) struct Assigned {
    pub(crate) name: Arc<str>,
    pub(crate) value: Arc<str>,
    pub(crate) origin: Arc<Origin>,
    pub(crate) location: Location,
    pub(crate) via: Via,
}

impl Assigned {
    /// What these releases of Go do with it, where the other variables are as `resolver` tells.
    pub(crate) fn diagnosis(&self, resolver: &Resolver, go: VersionRange) -> Diagnosis {
        let (goos, goarch) = (resolver.variable("GOOS"), resolver.variable("GOARCH"));
        diagnose(&Setting {
            name: &self.name,
            value: &self.value,
            via: self.via,
            go,
            host: resolver.os.as_deref().zip(resolver.arch.as_deref()),
            target: (goos.as_text().map(|text| &**text), goarch.as_text().map(|text| &**text)),
        })
    }

    /// The subject, with those fields for which it does not matter where Go runs.
    pub(crate) fn record(&self, diagnosis: &Diagnosis, place: Option<Arc<Place>>) -> Record {
        let mut record = Record::new(Kind::Setting, self.location.clone(), place);
        record.set("name", Value::text(Arc::clone(&self.name), Arc::clone(&self.origin)));
        record.set("value", Value::text(Arc::clone(&self.value), Arc::clone(&self.origin)));
        record.set_text("verdict", Some(diagnosis.verdict.word()));
        record.set_text("cause", Some(diagnosis.cause));
        record.set_text("reason", Some(&diagnosis.reason));
        record.set_text("suggestion", diagnosis.verdict.suggestion());
        record.set_text("stops", diagnosis.verdict.stops());
        record
    }
}

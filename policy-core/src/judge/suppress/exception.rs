//! What an exception of the configuration accepts.

use super::{in_force, is_open};
use crate::facts::host::TEXTS;
use crate::facts::schema::Kind;
use crate::facts::subject::Place;
use crate::judge::report::{Finding, Report};
use crate::policy::config::Exception;

impl Exception {
    pub(super) fn reason(&self) -> &str {
        self.reason.as_deref().unwrap_or_default()
    }

    /// Whether it is about a file.
    pub(super) fn is_about(&self, path: &str) -> bool {
        self.path.is_empty() || self.path.matches(path)
    }

    /// Whether its rule was judged where it is about, with a clear answer. One that may be about this machine was not: that is not
    /// judged with the files.
    pub(super) fn is_decided(&self, report: &Report) -> bool {
        let rule = in_force(report, &self.rule).filter(|rule| !self.may_be_about_machine(rule.kind()));
        rule.is_some() && !is_open(report, &self.rule, |location| self.is_about(location.path()))
    }

    /// Whether it names no place, or a text that stands for the machine, and its rule can find something there.
    fn may_be_about_machine(&self, kind: Kind) -> bool {
        let names_no_place = self.path.is_empty() && self.job.is_none() && self.leg.is_empty();
        let names_machine = || TEXTS.iter().any(|text| self.path.matches(text)) && !self.path.matches("any/file");
        match kind {
            Kind::GoPath | Kind::Tool => true,
            Kind::Environment | Kind::Setting => names_no_place || names_machine(),
            _ => false,
        }
    }

    /// The places of a finding that it does not accept; `None` if it accepts all of it.
    pub(super) fn left_of(&self, finding: &Finding) -> Option<Vec<Place>> {
        if self.rule != finding.rule || !self.is_about(finding.location.path()) {
            return Some(finding.places.clone());
        }
        if self.job.is_none() && self.leg.is_empty() {
            return None;
        }
        let left: Vec<Place> = finding.places.iter().filter(|place| !self.accepts(place)).cloned().collect();
        // A finding that is in no job at all is in none that the exception names.
        if left.is_empty() && !finding.places.is_empty() { None } else { Some(left) }
    }

    fn accepts(&self, place: &Place) -> bool {
        let has = |name: &str, value: &str| place.matrix.iter().any(|(known, other)| **known == *name && **other == *value);
        self.job.as_deref().is_none_or(|job| *place.job == *job) && self.leg.iter().all(|(name, value)| has(name, value))
    }
}

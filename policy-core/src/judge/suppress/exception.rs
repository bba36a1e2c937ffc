//! What an exception of the configuration accepts.

use crate::facts::subject::Place;
use crate::judge::report::Finding;
use crate::policy::config::Exception;

impl Exception {
    pub(super) fn reason(&self) -> &str {
        self.reason.as_deref().unwrap_or_default()
    }

    /// Whether it is about a file.
    pub(super) fn is_about(&self, path: &str) -> bool {
        self.path.is_empty() || self.path.matches(path)
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

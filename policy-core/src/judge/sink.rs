//! Where verdicts gather: equal ones become one, in an order that does not depend on who came first.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::report::{Finding, Related, Report, Summary, Undecided};
use crate::text::Location;

/// Location, rule and what is said: what makes two findings the same, in the order of output.
type Key = (Location, Arc<str>, String);

/// Collects findings and undecided verdicts. Two sinks merge into the same one in either order, so subjects may be
/// judged in parallel, each thread into its own.
#[derive(Clone, Debug, Default)]
pub struct Sink {
    findings: BTreeMap<Key, Finding>,
    undecided: BTreeMap<Key, Undecided>,
}

impl Sink {
    /// An empty sink.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a finding; one that is there already gains its places and notes.
    pub fn add(&mut self, finding: Finding) {
        let key = (finding.location.clone(), Arc::clone(&finding.rule), finding.message.clone());
        match self.findings.entry(key) {
            std::collections::btree_map::Entry::Vacant(entry) => drop(entry.insert(finding)),
            std::collections::btree_map::Entry::Occupied(mut entry) => unite(entry.get_mut(), finding),
        }
    }

    /// Adds an undecided verdict, unless it is there already.
    pub fn add_undecided(&mut self, undecided: Undecided) {
        let key = (undecided.location.clone(), Arc::clone(&undecided.rule), undecided.reason.clone());
        self.undecided.entry(key).or_insert(undecided);
    }

    /// Whether there is any finding yet.
    pub(crate) fn has_findings(&self) -> bool {
        !self.findings.is_empty()
    }

    pub(crate) fn extend(&mut self, findings: Vec<Finding>) {
        findings.into_iter().for_each(|finding| self.add(finding));
    }

    /// Both together.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        if other.findings.len() > self.findings.len() {
            return other.merge(self);
        }
        other.findings.into_values().for_each(|finding| self.add(finding));
        other.undecided.into_values().for_each(|undecided| self.add_undecided(undecided));
        self
    }

    /// The report, sorted by path, line, column, rule and message. `route` gives the symbolic place of a location and is
    /// asked once for each finding. The count of files is left to the caller.
    pub fn finish(self, route: &dyn Fn(&Location) -> String) -> Report {
        let findings: Vec<Finding> = self.findings.into_values().map(|finding| complete(finding, route)).collect();
        let mut summary = Summary { undecided: self.undecided.len(), ..Summary::default() };
        summary.count(&findings);
        Report { findings, undecided: self.undecided.into_values().collect(), summary, ..Report::default() }
    }
}

fn complete(mut finding: Finding, route: &dyn Fn(&Location) -> String) -> Finding {
    finding.route = route(&finding.location);
    finding.places.sort();
    finding.places.dedup();
    sort_related(&mut finding.related);
    finding
}

fn unite(known: &mut Finding, other: Finding) {
    known.places.extend(other.places);
    for note in other.related {
        if !known.related.contains(&note) {
            known.related.push(note);
        }
    }
    // Equal messages with other values in the help text differ in nothing that matters: the least one is kept.
    if other.help < known.help {
        known.help = other.help;
    }
}

/// By position, so that the order does not tell which subject came first.
fn sort_related(related: &mut [Related]) {
    related.sort_by(|one, other| (&one.location, &one.message).cmp(&(&other.location, &other.message)));
}

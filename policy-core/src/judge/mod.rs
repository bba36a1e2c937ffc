//! Rules and subjects to verdicts, verdicts to findings.

mod compose;
mod edit;
mod evaluate;
mod facts;
mod mask;
mod report;
mod retain;
mod show;
mod sink;
mod suppress;
#[cfg(test)]
mod tests;
mod verdict;
mod witness;

pub use mask::{mask, mask_in_place};
pub use report::{Edit, Finding, Fix, Related, Report, Severity, Summary, Suppressed, SuppressedBy, Undecided};
pub use sink::Sink;
pub use suppress::{BASELINE_FILE, Baseline, Exemptions};
pub(crate) use suppress::{Marked, apply as suppress};

use std::sync::Arc;

use crate::facts::subject::Subject;
use crate::policy::PolicySet;
use facts::Facts;
use verdict::Verdict;

/// Judges a subject by all rules on its kind. Fields are asked for only when a rule comes to need them.
pub fn judge(policies: &PolicySet, subject: &dyn Subject, sink: &mut Sink) {
    let rules = policies.judged(subject.kind());
    if rules.is_empty() {
        return;
    }
    let facts = Facts::new(subject, policies.field_names(subject.kind()));
    for rule in rules {
        match verdict::verdict(rule, &facts) {
            Verdict::Pass => {}
            Verdict::Fail(pins) => sink.extend(compose::findings(rule, &facts, &pins, false)),
            Verdict::FailOnPath(pins) => sink.extend(compose::findings(rule, &facts, &pins, true)),
            Verdict::Undecided(reason) => sink.add_undecided(Undecided {
                rule: Arc::clone(rule.id()),
                location: subject.location().clone(),
                reason: reason.as_str().to_owned(),
            }),
        }
    }
}

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
use crate::policy::{JudgedRule, PolicySet};
use facts::{Facts, Memory};
use verdict::Verdict;

/// Judges a subject by all rules on its kind. Fields are asked for only when a rule comes to need them.
pub fn judge(policies: &PolicySet, subject: &dyn Subject, sink: &mut Sink) {
    let Some(judged) = policies.judged(subject.kind()) else { return };
    let memory = Memory::new(subject, judged.names());
    for rule in judged.rules() {
        judge_by(rule, &memory.facts(&rule.cells), sink);
    }
}

fn judge_by(JudgedRule { rule, gates, .. }: &JudgedRule, facts: &Facts<'_>, sink: &mut Sink) {
    let is_kept_out = gates.iter().any(|gate| facts.get(gate.slot).is_some_and(|value| gate.keeps_out(value)));
    let Some(compiled) = (if is_kept_out { None } else { rule.compiled() }) else { return };
    match verdict::verdict(compiled, facts) {
        Verdict::Pass => {}
        Verdict::Fail(pins) => sink.extend(compose::findings(rule, compiled, facts, &pins, false)),
        Verdict::FailOnPath(pins) => sink.extend(compose::findings(rule, compiled, facts, &pins, true)),
        Verdict::Undecided(reason) => sink.add_undecided(Undecided {
            rule: Arc::clone(rule.id()),
            location: facts.subject().location().clone(),
            reason: reason.as_str().to_owned(),
        }),
    }
}

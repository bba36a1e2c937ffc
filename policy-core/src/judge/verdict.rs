//! A rule's verdict on a subject.

use super::evaluate::{Evaluator, Pin};
use super::facts::Facts;
use crate::facts::value::Reason;
use crate::policy::condition::Condition;
use crate::policy::truth::{Truth, Unclear};
use crate::policy::{Check, Compiled};

/// More combinations of possible values than this are not tried.
const MOST_COMBINATIONS: usize = 256;

/// What comes of judging a rule on a subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Pass,
    /// It fails whatever the fields with several values are.
    Fail(Vec<Pin>),
    /// It fails for some values of one field: these.
    FailOnPath(Vec<Pin>),
    Undecided(Reason),
}

/// Judges a rule. `when` comes first: what does not apply costs nothing more.
pub(crate) fn verdict(rule: &Compiled, facts: &Facts<'_>) -> Verdict {
    let failure = |pins: &[Pin]| failure(rule, Evaluator { facts, pins, record: None });
    match failure(&[]) {
        Truth::True => Verdict::Fail(Vec::new()),
        Truth::False => Verdict::Pass,
        Truth::Unclear(unclear) => match unclear.mixed.as_slice() {
            [] => Verdict::Undecided(unclear.reason.unwrap_or_else(|| Reason::new("not known"))),
            [slot] => on_path(*slot, &unclear, facts, failure),
            several => in_all_combinations(several, &unclear, facts, failure),
        },
    }
}

/// Whether the rule applies and is violated.
fn failure(rule: &Compiled, evaluator: Evaluator<'_>) -> Truth {
    let applies = |when: &Condition| evaluator.condition(when);
    let violated = || match rule.check {
        Check::Forbid => evaluator.condition(&rule.condition),
        Check::Require => evaluator.condition(&rule.condition).negate(),
    };
    match rule.when.as_ref().map(applies) {
        None => violated(),
        Some(Truth::False) => Truth::False,
        Some(truth) => Truth::all([truth, violated()]),
    }
}

/// One field has several values: each is a path through a script, judged by itself.
fn on_path(slot: usize, unclear: &Unclear, facts: &Facts<'_>, failure: impl Fn(&[Pin]) -> Truth) -> Verdict {
    let pins: Vec<Pin> = choices_of(slot, facts).collect();
    let truths: Vec<Truth> = pins.iter().map(|pin| failure(&[*pin])).collect();
    let failing: Vec<Pin> = pins.iter().zip(&truths).filter(|(_, truth)| **truth == Truth::True).map(|(pin, _)| *pin).collect();
    if failing.len() == pins.len() {
        return Verdict::Fail(failing.into_iter().take(1).collect());
    }
    if !failing.is_empty() {
        return Verdict::FailOnPath(failing);
    }
    if truths.iter().all(|truth| *truth == Truth::False) { Verdict::Pass } else { undecided(unclear, facts) }
}

/// Several fields have several values. Which of them go together is not known, since branches depend on one another:
/// only what holds for every combination holds.
fn in_all_combinations(slots: &[usize], unclear: &Unclear, facts: &Facts<'_>, failure: impl Fn(&[Pin]) -> Truth) -> Verdict {
    let Some(combinations) = combinations(slots, facts) else { return undecided(unclear, facts) };
    match Truth::agreed(combinations.iter().map(|pins| failure(pins)), || Truth::unknown("")) {
        Truth::True => Verdict::Fail(combinations.into_iter().next().unwrap_or_default()),
        Truth::False => Verdict::Pass,
        Truth::Unclear(_) => undecided(unclear, facts),
    }
}

fn combinations(slots: &[usize], facts: &Facts<'_>) -> Option<Vec<Vec<Pin>>> {
    let mut combined: Vec<Vec<Pin>> = vec![Vec::new()];
    for slot in slots {
        let extend = |pins: &Vec<Pin>| choices_of(*slot, facts).map(|pin| pins.iter().copied().chain([pin]).collect()).collect::<Vec<_>>();
        combined = combined.iter().flat_map(extend).collect();
        if combined.len() > MOST_COMBINATIONS {
            return None;
        }
    }
    Some(combined)
}

fn choices_of(slot: usize, facts: &Facts<'_>) -> impl Iterator<Item = Pin> {
    let count = facts.get(slot).map_or(0, |value| value.choices().len());
    (0..count).map(move |choice| Pin { slot, choice })
}

fn undecided(unclear: &Unclear, facts: &Facts<'_>) -> Verdict {
    let several = || {
        let names: Vec<String> = unclear.mixed.iter().filter_map(|slot| facts.name(*slot)).map(|name| format!("`{name}`")).collect();
        let verb = if names.len() == 1 { "has" } else { "have" };
        Reason::new(format!("{} {verb} several possible values", names.join(" and ")))
    };
    Verdict::Undecided(unclear.reason.clone().unwrap_or_else(several))
}

//! Which findings become annotations. GitHub shows ten of each level for a step, and drops the rest without a word
//! (<https://docs.github.com/en/rest/checks/runs>, `MaxCountPerIssueType` in `ExecutionContext.cs` of actions/runner).

use std::collections::BTreeMap;

use policy_core::judge::{Finding, Severity};

/// What GitHub shows of each level in a step.
pub(super) const MOST_OF_A_LEVEL: usize = 10;

/// The findings to annotate, and the others; both in the order of the report.
pub(super) fn chosen(findings: &[Finding]) -> (Vec<&Finding>, Vec<&Finding>) {
    let mut is_chosen = pick(findings, MOST_OF_A_LEVEL);
    if is_chosen.contains(&false) {
        // One notice says how many more there are.
        is_chosen = pick(findings, MOST_OF_A_LEVEL - 1);
    }
    let (chosen, others): (Vec<_>, Vec<_>) = findings.iter().zip(is_chosen).partition(|(_, chosen)| *chosen);
    let only = |pairs: Vec<(_, bool)>| pairs.into_iter().map(|(finding, _)| finding).collect();
    (only(chosen), only(others))
}

/// For each finding whether it is among the most diverse ones of its severity; of notes, `most_notes`.
fn pick(findings: &[Finding], most_notes: usize) -> Vec<bool> {
    let ranks = ranks(findings);
    let mut order: Vec<usize> = (0..findings.len()).collect();
    order.sort_by_key(|index| ranks.get(*index));
    let mut left = BTreeMap::from([(Severity::Error, MOST_OF_A_LEVEL), (Severity::Warning, MOST_OF_A_LEVEL), (Severity::Note, most_notes)]);
    let mut is_chosen = vec![false; findings.len()];
    for index in order {
        let budget = findings.get(index).and_then(|finding| left.get_mut(&finding.severity));
        if let (Some(budget @ 1..), Some(chosen)) = (budget, is_chosen.get_mut(index)) {
            *budget -= 1;
            *chosen = true;
        }
    }
    is_chosen
}

/// How much each finding repeats others: the number of earlier ones of its rule, those in the same file counted first; then the
/// number of earlier ones in its file. The first finding of every rule comes before the second of any.
fn ranks(findings: &[Finding]) -> Vec<(usize, usize)> {
    let in_rule_and_file = occurrences(findings.iter().map(|finding| (&*finding.rule, finding.location.path())));
    let mut by_rule: Vec<usize> = (0..findings.len()).collect();
    by_rule.sort_by_key(|index| in_rule_and_file.get(*index));
    let rule_of = |index: &usize| findings.get(*index).map(|finding| &*finding.rule);
    let in_rule = occurrences(by_rule.iter().map(rule_of));
    let in_file = occurrences(findings.iter().map(|finding| finding.location.path()));
    let mut ranks: Vec<(usize, usize)> = in_file.into_iter().map(|in_file| (0, in_file)).collect();
    for (index, in_rule) in by_rule.into_iter().zip(in_rule) {
        if let Some(rank) = ranks.get_mut(index) {
            rank.0 = in_rule;
        }
    }
    ranks
}

/// For each key how many equal ones came before it.
fn occurrences<K: Ord>(keys: impl Iterator<Item = K>) -> Vec<usize> {
    let mut met: BTreeMap<K, usize> = BTreeMap::new();
    let count = |key| {
        let count = met.entry(key).or_default();
        *count += 1;
        *count - 1
    };
    keys.map(count).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use policy_core::text::{Location, Span, Text};

    fn finding(rule: &str, severity: Severity, path: &str) -> Finding {
        Finding::new(rule, "p", severity, "m", Location::new(&Text::file(path, ""), Span::default()))
    }

    fn places(findings: &[&Finding]) -> Vec<String> {
        findings.iter().map(|finding| format!("{} {}", finding.rule, finding.location.path())).collect()
    }

    #[test]
    fn few_are_all_chosen() {
        let findings: Vec<Finding> = (0..10).map(|_| finding("r", Severity::Note, "f")).collect();
        assert_eq!(chosen(&findings).0.len(), 10);
    }

    #[test]
    fn every_rule_comes_before_a_second_of_any_and_files_differ() {
        let mut findings: Vec<Finding> = (0..20).map(|_| finding("common", Severity::Error, "a")).collect();
        findings.extend((0..3).map(|_| finding("common", Severity::Error, "b")));
        findings.extend((0..8).map(|number| finding(&format!("rare-{number}"), Severity::Error, "a")));
        let (shown, others) = chosen(&findings);
        assert_eq!((shown.len(), others.len()), (10, 21));
        let places = places(&shown);
        assert_eq!(places.iter().filter(|place| place.starts_with("rare")).count(), 8);
        assert!(places.contains(&"common a".to_owned()) && places.contains(&"common b".to_owned()), "{places:?}");
    }

    #[test]
    fn one_note_gives_way_to_the_notice_about_the_rest() {
        let findings: Vec<Finding> = [Severity::Error, Severity::Warning, Severity::Note]
            .iter()
            .flat_map(|severity| (0..12).map(|number| finding(&format!("r{number}"), *severity, "f")))
            .collect();
        let (shown, others) = chosen(&findings);
        let of = |severity| shown.iter().filter(|finding| finding.severity == severity).count();
        assert_eq!([of(Severity::Error), of(Severity::Warning), of(Severity::Note)], [10, 10, 9]);
        assert_eq!(others.len(), 7);
    }
}

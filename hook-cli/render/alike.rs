//! Findings that say the same of several places: people need to be told once.

use std::collections::BTreeMap;

use policy_core::judge::Finding;

use super::{View, is_at, places};

/// Up to this many that say the same are each shown with their source lines.
const FEW: usize = 3;

/// A finding to show, and others that say the same.
pub(super) struct Told<'a> {
    pub(super) finding: &'a Finding,
    pub(super) others: Vec<&'a Finding>,
}

/// The findings in their order; what says the same as an earlier one stands with it, if there is more than a few of it.
pub(super) fn told_once(findings: &[Finding], view: View) -> Vec<Told<'_>> {
    let mut groups: BTreeMap<Words<'_>, Vec<usize>> = BTreeMap::new();
    for (index, finding) in findings.iter().enumerate() {
        groups.entry(words(finding)).or_default().push(index);
    }
    let alone = |group: &&Vec<usize>| view.verbose || group.len() <= FEW;
    let (few, many): (Vec<_>, Vec<_>) = groups.values().partition(alone);
    let mut order: Vec<&[usize]> = few.into_iter().flat_map(|group| group.chunks(1)).chain(many.into_iter().map(Vec::as_slice)).collect();
    order.sort_unstable();
    let told = |group: &[usize]| {
        let mut all = group.iter().filter_map(|index| findings.get(*index));
        Some(Told { finding: all.next()?, others: all.collect() })
    };
    order.into_iter().filter_map(told).collect()
}

/// All that a finding says but where.
type Words<'a> = (&'a str, &'a str, Option<&'a str>, Vec<&'a str>);

fn words(finding: &Finding) -> Words<'_> {
    let related = finding.related.iter().map(|related| related.message.as_str());
    (&finding.rule, &finding.message, finding.help.as_deref(), related.collect())
}

/// `the same at 2 more places:`, and a line for each.
pub(super) fn note(others: &[&Finding]) -> Option<String> {
    let place = |finding: &&Finding| match places::note(&finding.places, false) {
        Some(jobs) => format!("\n{} {jobs}", is_at(&finding.location)),
        None => format!("\n{}", is_at(&finding.location)),
    };
    let lines: String = others.iter().map(place).collect();
    (!others.is_empty()).then(|| format!("the same at {} (-v shows their lines):{lines}", super::counted(others.len(), "more place")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::fixture;

    fn shown(messages: &[&str], view: View) -> Vec<(String, usize)> {
        let findings: Vec<Finding> = messages.iter().map(|message| fixture::finding("r", message, "text", (0, 1))).collect();
        told_once(&findings, view).into_iter().map(|told| (told.finding.message.clone(), told.others.len())).collect()
    }

    #[test]
    fn many_that_say_the_same_are_told_once() {
        let messages = ["a", "b", "a", "c", "a", "b", "a"];
        let expected = [("a", 3), ("b", 0), ("c", 0), ("b", 0)].map(|(message, others)| (message.to_owned(), others));
        assert_eq!(shown(&messages, View::default()), expected);
        assert_eq!(shown(&messages, View { verbose: true, ..View::default() }).len(), 7);
    }

    #[test]
    fn the_others_are_listed() {
        let finding = fixture::finding("r", "m", "one\ntwo", (4, 7));
        assert_eq!(note(&[&finding, &finding]).unwrap(), "the same at 2 more places (-v shows their lines):\nci.yml:2:1\nci.yml:2:1");
        assert_eq!(note(&[]), None);
    }
}

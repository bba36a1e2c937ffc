//! Policies that are written down beforehand.

use super::sample::SAMPLE;
use crate::policy::{PolicySet, RuleDoc, prepare};
use crate::world::MemoryWorld;

/// Prepared policies are part of a program, and live as long.
fn prepared(text: &str) -> &'static str {
    prepare(text).unwrap().leak()
}

fn docs(set: &PolicySet) -> Vec<serde_json::Value> {
    let docs: Vec<RuleDoc> = set.rules().iter().map(|rule| rule.explain().unwrap()).collect();
    docs.iter().map(|doc| serde_json::to_value(doc).unwrap()).collect()
}

#[test]
fn a_prepared_policy_says_what_its_text_says() {
    let world = MemoryWorld::new();
    let read = PolicySet::builder().builtin("sample", SAMPLE).load(&["sample"], &world).unwrap();
    let prepared = PolicySet::builder().prepared("sample", SAMPLE, prepared(SAMPLE)).load(&["sample"], &world).unwrap();
    for (prepared, read) in prepared.rules().iter().zip(read.rules()) {
        assert!(prepared.source.is_prepared() && !read.source.is_prepared());
        assert_eq!(prepared.outline(), read.outline(), "{}", read.id());
        assert_eq!(prepared.compiled().unwrap().fields, read.outline().fields, "{}", read.id());
    }
    assert_eq!(docs(&prepared), docs(&read));
    assert_eq!(prepared.policies(), read.policies());
}

#[test]
fn what_refers_to_other_policies_can_be_prepared() {
    let team = "version: 1\npolicy: team\nextends: [sample]\nrules: {long-jobs: off, versions: {severity: error}, checksum-database-off: {parameters: {word: on}}}";
    let load = |policies: crate::policy::PolicySetBuilder<'_>| {
        policies.prepared("sample", SAMPLE, prepared(SAMPLE)).load(&["team"], &MemoryWorld::new()).unwrap()
    };
    let read = load(PolicySet::builder().builtin("team", team));
    let prepared = load(PolicySet::builder().prepared("team", team, prepared(team)));
    assert_eq!(docs(&prepared), docs(&read));
    assert_eq!(prepared.rules().iter().filter(|rule| rule.decisions().len() > 1).count(), 3);
}

#[test]
fn what_was_made_of_another_text_is_passed_over() {
    let text = SAMPLE.replace("message: m", "message: n");
    let set = PolicySet::builder().prepared("sample", text.leak(), prepared(SAMPLE)).load(&["sample"], &MemoryWorld::new()).unwrap();
    assert_eq!(set.rule("versions").unwrap().message_template(), "n");
}

#[test]
fn nothing_is_prepared_of_a_policy_that_is_wrong() {
    for (right, wrong) in
        [("GOSUMDB: { equals", "GOSUMBD: { equals"), ("**/x", "a{"), ("severity: note", "severity: bad"), ("version: 1", "version: [")]
    {
        let errors = prepare(&SAMPLE.replace(right, wrong)).unwrap_err();
        assert!(errors.iter().all(|error| error.location.is_some()), "{errors}");
    }
}

#[test]
fn a_parameter_that_a_file_sets_is_checked_where_it_stands() {
    let base = "version: 1\npolicy: base\nrules:\n  old:\n    severity: note\n    on: environment\n    parameters: { least: 1.23 }\n    require: { go.version: { at-least: { parameter: least } } }\n    message: m";
    let team = "version: 1\npolicy: team\nextends: [base]\nrules: {old: {parameters: {least: new}}}";
    let world = MemoryWorld::new().with_file("team.yaml", team);
    let errors = PolicySet::builder().prepared("base", base, prepared(base)).load(&["./team.yaml"], &world).unwrap_err();
    assert_eq!(errors.to_string(), "team.yaml:4:35: expected a Go version such as `1.23` or `1.23.4`, found `new`");
}

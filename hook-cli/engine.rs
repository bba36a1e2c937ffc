//! The seam to the library: one small function for each thing asked of it.

use std::fmt::Write as _;
use std::sync::Arc;

use policy_core::facts_report::FactsReport;
use policy_core::judge::Finding;
use policy_core::policy::examples::{Example, ExampleResult, Outcome};
use policy_core::policy::{PolicySet, Rule, config_json_schema, json_schema};
use policy_core::trace::Trace;
use policy_core::world::{MemoryWorld, World};

use crate::args::SchemaOf;
use crate::exit::Failure;
use crate::setup::{built_in, failure};

/// The environments of the workflows at and below `paths`.
pub(crate) fn traced(world: &dyn World, paths: &[String]) -> Trace {
    policy_core::list_places(world, paths)
}

/// The subjects of the files at and below `paths`.
pub(crate) fn facts_of(world: &dyn World, paths: &[String]) -> FactsReport {
    policy_core::list_facts(world, paths)
}

/// The list of rules, one a line; with the file that decided each property if `origin` is set.
pub(crate) fn rules_text(set: &PolicySet, origin: bool) -> String {
    let width = set.rules().iter().map(|rule| rule.id().len()).max().unwrap_or_default();
    let mut text = String::new();
    for rule in set.rules() {
        let severity = if rule.is_enabled() { rule.severity().name() } else { "off" };
        let _ = writeln!(text, "{:width$}  {severity:7}  {:11}  {}", rule.id(), rule.kind().name(), rule.policy());
        for decision in rule.decisions().iter().filter(|_| origin) {
            let start = decision.location.start();
            let _ = writeln!(text, "    {} by {}:{}:{}", decision.what, decision.location.path(), start.line, start.column);
        }
    }
    text
}

/// A page about one rule: as it is in force, or else as the policies named (all built-in ones if none is) have it.
pub(crate) fn explanation(world: &dyn World, rule: &str, policies: &[String], in_force: &PolicySet) -> Result<String, Failure> {
    if let Some(found) = in_force.rule(rule) {
        return page(found);
    }
    let set = loaded(world, &or_all(policies))?;
    set.rule(rule).map_or_else(|| Err(unknown_rule(rule, &set)), page)
}

fn page(rule: &Arc<Rule>) -> Result<String, Failure> {
    rule.explain().map(|doc| crate::render::rule_page(&doc)).map_err(failure)
}

fn unknown_rule(rule: &str, set: &PolicySet) -> Failure {
    let near = policy_core::suggest::nearest(rule, set.rules().iter().map(|rule| &**rule.id()));
    let hint = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
    Failure::Usage(format!("no rule `{rule}` in these policies{hint}"))
}

/// What came out of running the examples of policies.
pub(crate) struct Tested {
    pub(crate) text: String,
    pub(crate) passed: bool,
}

/// Runs the examples of the policies, of all built-in ones if none is named.
pub(crate) fn tested(world: &dyn World, policies: &[String]) -> Result<Tested, Failure> {
    let set = loaded(world, &or_all(policies))?;
    let outcomes = policy_core::policy::examples::run(&set, &findings_in);
    let bad: Vec<&Outcome> = outcomes.iter().filter(|outcome| !outcome.result.is_good()).collect();
    let mut text = String::new();
    bad.iter().for_each(|outcome| describe(outcome, &mut text));
    let _ = writeln!(text, "{} examples of {} rules, {} failed", outcomes.len(), set.rules().len(), bad.len());
    Ok(Tested { text, passed: bad.is_empty() })
}

fn findings_in(policies: &PolicySet, example: &Example) -> Vec<Finding> {
    if let Some(example) = &example.machine {
        return policy_core::examine(&example.machine, policies, example.runs_go).findings;
    }
    let files = &example.files;
    let world = files.iter().fold(MemoryWorld::new(), |world, (path, content)| world.with_file(path.as_str(), content.as_str()));
    let world = example.change.iter().fold(world, |world, change| world.with_changes(change.to(files)));
    policy_core::lint(&world, policies, &[String::from(".")]).findings
}

fn describe(outcome: &Outcome, text: &mut String) {
    let _ = writeln!(text, "{}: example \"{}\": {}", outcome.rule, outcome.example, summary(&outcome.result));
}

fn summary(result: &ExampleResult) -> String {
    let expected = |list: &[policy_core::policy::examples::Expected]| list.iter().map(|one| one.at.clone()).collect::<Vec<_>>().join(", ");
    let found = |list: &[Finding]| list.iter().map(|one| format!("{} ({})", one.route, one.message)).collect::<Vec<_>>().join(", ");
    match result {
        ExampleResult::Missed(missed) => format!("not found at {}", expected(missed)),
        ExampleResult::Noisy(noise) => format!("found, but not expected, at {}", found(noise)),
        ExampleResult::WrongPlace { missed, found: elsewhere } => format!("not found at {}, but at {}", expected(missed), found(elsewhere)),
        ExampleResult::WrongMessage { expected, found } => format!("at {} the message is \"{found}\"", expected.at),
        ExampleResult::Unreadable(errors) => errors.to_string(),
        _ => String::from("as expected"),
    }
}

/// The JSON Schema of a kind of file.
pub(crate) fn schema_text(document: SchemaOf) -> String {
    let schema = match document {
        SchemaOf::Policy => json_schema(),
        SchemaOf::Config => config_json_schema(),
    };
    serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n"
}

/// The built-in policies that hold rules, if none is named.
fn or_all(policies: &[String]) -> Vec<String> {
    if policies.is_empty() { policies::BUILT_IN.iter().map(|policy| policy.name.to_owned()).collect() } else { policies.to_vec() }
}

fn loaded(world: &dyn World, names: &[String]) -> Result<PolicySet, Failure> {
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    built_in().load(&names, world).map_err(failure)
}

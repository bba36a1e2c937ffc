//! What is made from policies and tables: explanations, the JSON Schema, examples.

use std::collections::BTreeMap;

use super::load;
use super::sample::SAMPLE;
use crate::facts::schema::KINDS;
use crate::judge::{Severity, Sink};
use crate::policy::examples::{self, Engine, ExampleResult};
use crate::policy::json_schema;
use crate::policy::matcher::MATCHERS;
use crate::syntax::yaml::{self, Limits, Node, NodeKind, Typed};
use crate::text::{Location, Span, Text};
use serde_json::{Value, json};

#[test]
fn a_rule_is_explained_in_its_own_words() {
    let set = load(SAMPLE).unwrap();
    let doc = set.rule("checksum-database-off").unwrap().explain().unwrap();
    assert_eq!(doc.on_doc, "a place where Go runs");
    assert_eq!(doc.when.as_deref(), Some("{ os: { one-of: [linux, windows] } }"));
    let forbid = "GOSUMDB: { equals: { parameter: word } }\nany:\n  - GOFLAGS: { has-flag: { name: -mod, value: mod }, not: { is-empty: true } }\n  - not: { env.CC: { same-as: GOCACHE } }";
    assert_eq!(doc.forbid.as_deref(), Some(forbid));
    assert_eq!(doc.fields.iter().map(|field| &*field.name).collect::<Vec<_>>(), ["GOCACHE", "GOFLAGS", "GOSUMDB", "env.CC", "os"]);
    assert_eq!(doc.message, "GOSUMDB={GOSUMDB} (off): downloaded modules are not checked");
    assert_eq!(doc.releases.as_deref(), Some(">=1.21 <1.30"));
    assert_eq!(doc.parameters, BTreeMap::from([("word".to_owned(), "\"off\"".to_owned())]));
    assert_eq!(doc.fix.unwrap().description, "remove `GOSUMDB`");
    assert_eq!(doc.decisions[0].place, "team.yaml:6:3");
    let json = serde_json::to_value(set.rule("long-jobs").unwrap().explain().unwrap()).unwrap();
    assert_eq!((&json["on"], &json["require"], &json["forbid"]), (&json!("job"), &json!("{ timeout: { below: 1h30m } }"), &Value::Null));
}

/// A YAML tree as JSON, as an editor's language server sees it.
fn to_json(node: &Node) -> Value {
    match &node.kind {
        NodeKind::Sequence(items) => items.iter().map(to_json).collect(),
        NodeKind::Mapping(entries) => entries
            .iter()
            .map(|entry| (entry.key.as_str().unwrap().to_owned(), to_json(&entry.value)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
        NodeKind::Scalar(scalar) => match scalar.typed() {
            Typed::Null => Value::Null,
            Typed::Bool(yes) => yes.into(),
            Typed::Number(number) if number.fract() == 0.0 => (number as i64).into(),
            Typed::Number(number) => number.into(),
            Typed::String => scalar.content.clone().into(),
        },
    }
}

pub(crate) fn yaml_to_json(text: &str) -> Value {
    to_json(&yaml::parse(&Text::file("p.yaml", text), Limits::default()).unwrap().root)
}

#[test]
fn the_schema_accepts_what_loads() {
    load(SAMPLE).unwrap();
    let validator = jsonschema::draft202012::new(&json_schema()).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(&yaml_to_json(SAMPLE)).map(|error| format!("{error} at {}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let changes = "{version: 1, policy: p, extends: [base], rules: {a: off, b: {severity: note}, c: {parameters: {x: [1, a]}}}}";
    assert!(validator.is_valid(&yaml_to_json(changes)));
}

#[test]
fn the_schema_refuses_what_does_not_load() {
    let validator = jsonschema::draft202012::new(&json_schema()).unwrap();
    for (right, wrong) in [
        ("severity: error", "severity: fatal"),
        ("on: environment", "on: enviroment"),
        ("GOSUMDB: { equals", "GOSUMBD: { equals"),
        ("{ equals: {", "{ equal: {"),
        ("[linux, windows]", "[linux, window]"),
        ("at: GOSUMDB", "at: GOSUM"),
        ("below: 1h30m", "below: 90"),
        ("timeout: { below", "timeout: { starts-with"),
        ("safety: unsafe", "safety: perhaps"),
        ("    message: m\n", ""),
        ("policy: sample", "policy: Sample"),
        ("version: 1", "version: 2"),
        ("finds: []", "find: []"),
        ("name: -mod, ", ""),
        ("on: job\n", "on: job\n    forbid: { timeout: { is-set: false } }\n"),
    ] {
        let text = SAMPLE.replacen(right, wrong, 1);
        assert_ne!(text, SAMPLE, "{right}");
        assert!(!validator.is_valid(&yaml_to_json(&text)), "{wrong}");
        assert!(load(&text).is_err(), "{wrong}");
    }
}

#[test]
fn the_schema_names_every_kind_and_matcher() {
    let schema = json_schema().to_string();
    for spec in MATCHERS {
        let used = KINDS.iter().flat_map(|kind| kind.kind.fields()).any(|field| (spec.accepts)(field.shape));
        assert!(used && schema.contains(&format!("\"{}\":", spec.name)), "{}", spec.name);
    }
    for kind in KINDS {
        assert!(schema.contains(&format!("condition-{}", kind.name)));
    }
}

/// A rule with one example, run by an engine that finds these routes with the message `m`.
fn run(finds: &str, found: &[&str]) -> ExampleResult {
    let text = super::policy(&[
        "severity: error",
        "on: environment",
        "forbid: {GOFLAGS: {is-set: true}}",
        "message: m",
        &format!("examples: [{{name: n, workflow: w, finds: {finds}}}]"),
    ]);
    let set =
        load(&text.replace("rules:", "rules:\n  other: {severity: note, on: job, forbid: {timeout: {is-set: true}}, message: m}")).unwrap();
    let engine: &Engine<'_> = &|policies, example| {
        assert_eq!(example.files.keys().collect::<Vec<_>>(), [examples::WORKFLOW_PATH]);
        assert_eq!(policies.rules().len(), 1);
        found.iter().map(|route| finding(route)).collect()
    };
    let outcomes = examples::run(&set, engine);
    assert_eq!(outcomes.iter().map(|outcome| &*outcome.rule).collect::<Vec<_>>(), ["r"]);
    outcomes.into_iter().next().unwrap().result
}

fn finding(route: &str) -> crate::judge::Finding {
    crate::judge::Finding {
        rule: "r".into(),
        policy: "team".into(),
        severity: Severity::Error,
        message: "m".into(),
        help: None,
        references: Vec::new(),
        location: Location::new(&Text::file(examples::WORKFLOW_PATH, "w"), Span::new(0, 1)),
        related: Vec::new(),
        places: Vec::new(),
        route: route.into(),
        fix: None,
    }
}

#[test]
fn examples_come_out_in_one_of_these_ways() {
    type Check = fn(&ExampleResult) -> bool;
    let cases: [(&str, &[&str], Check); 9] = [
        ("[]", &[], |result| *result == ExampleResult::Quiet),
        ("[{at: a}]", &["a"], |result| *result == ExampleResult::Fired),
        ("[{at: a, message: m}, {at: b}]", &["b", "a"], |result| *result == ExampleResult::Fired),
        ("[{at: a}]", &[], |result| matches!(result, ExampleResult::Missed(missed) if missed.len() == 1)),
        ("[]", &["a"], |result| matches!(result, ExampleResult::Noisy(found) if found.len() == 1)),
        ("[{at: a}]", &["a", "a"], |result| matches!(result, ExampleResult::Noisy(_))),
        ("[{at: a}]", &["b"], |result| matches!(result, ExampleResult::WrongPlace { .. })),
        ("[{at: a, message: other}]", &["a"], |result| matches!(result, ExampleResult::WrongMessage { found, .. } if found == "m")),
        ("[{at: a, path: go.mod}]", &["a"], |result| matches!(result, ExampleResult::WrongPlace { .. })),
    ];
    for (finds, found, check) in cases {
        let result = run(finds, found);
        assert!(check(&result), "{finds} {found:?} {result:?}");
    }
}

#[test]
fn examples_of_rules_that_are_off_are_run_too() {
    let text = SAMPLE.replace("policy: sample", "policy: base");
    let world =
        crate::world::MemoryWorld::new().with_file("t.yaml", "version: 1\npolicy: t\nextends: [base]\nrules: {checksum-database-off: off}");
    let set = super::PolicySet::builder().builtin("base", text).load(&["t.yaml"], &world).unwrap();
    let engine: &Engine<'_> = &|policies, _| {
        assert!(policies.judges(crate::facts::schema::Kind::Environment));
        Sink::new().finish(&|_| String::new()).findings
    };
    let names: Vec<String> = examples::run(&set, engine).into_iter().map(|outcome| outcome.example).collect();
    assert_eq!(names, ["set in the job", "not set"]);
}

#[test]
fn examples_of_built_in_policies_are_checked_when_they_are_asked_for() {
    let text = SAMPLE.replace("finds: []", "find: []");
    let set = super::PolicySet::builder().builtin("sample", text).load(&["sample"], &crate::world::MemoryWorld::new()).unwrap();
    let errors: Vec<String> = set.rule("checksum-database-off").unwrap().examples().unwrap_err().iter().map(ToString::to_string).collect();
    assert_eq!(errors.len(), 2, "{errors:?}");
    assert!(errors[1].ends_with("unknown key `find`; did you mean `finds`?"), "{errors:?}");
}

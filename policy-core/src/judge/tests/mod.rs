mod findings;
mod soundness;
mod verdicts;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Report, Sink, judge};
use crate::facts::schema::Kind;
use crate::facts::subject::{FieldName, Place, Subject};
use crate::facts::value::{Origin, OriginKind, Reason, Value};
use crate::policy::PolicySet;
use crate::text::{Location, Text};
use crate::world::MemoryWorld;

/// A subject made of values by name; what is not named is unset.
struct Made {
    kind: Kind,
    location: Location,
    values: BTreeMap<String, Value>,
    place: Option<Arc<Place>>,
}

impl Made {
    fn new(kind: Kind, text: &Arc<Text>, line: u32) -> Self {
        let location = Location::new(text, text.line_span(line).unwrap());
        Self { kind, location, values: BTreeMap::new(), place: None }
    }

    fn with(mut self, name: &str, value: Value) -> Self {
        self.values.insert(name.to_owned(), value);
        self
    }

    fn in_leg(self, leg: &str) -> Self {
        let place = Place { job: "test".into(), step: Some(1), matrix: Arc::from([("os".into(), leg.into())]), command: None };
        Self { place: Some(Arc::new(place)), ..self }
    }
}

impl Subject for Made {
    fn kind(&self) -> Kind {
        self.kind
    }
    fn location(&self) -> &Location {
        &self.location
    }
    fn field(&self, name: &FieldName) -> Value {
        let unset = || Value::unset_by(OriginKind::Default);
        self.values.get(&name.to_string()).cloned().unwrap_or_else(unset)
    }
    fn place(&self) -> Option<&Arc<Place>> {
        self.place.as_ref()
    }
}

fn document() -> Arc<Text> {
    Text::file("ci.yml", "GOFLAGS: -mod=mod\nGOPROXY: direct\nGOSUMDB: off\nrun: go test\n")
}

/// What a line of [`document`] sets.
fn set_in_line(text: &Arc<Text>, line: u32, value: &str) -> Value {
    let location = Location::new(text, text.line_span(line).unwrap());
    Value::text(value, Origin::at(OriginKind::JobEnv, location))
}

fn text(value: &str) -> Value {
    Value::text(value, Origin::of(OriginKind::JobEnv))
}

fn unknown() -> Value {
    Value::unknown(Reason::new("secrets.X"))
}

fn either(one: &str, other: &str) -> Value {
    text(one).join(text(other))
}

fn environment() -> Made {
    Made::new(Kind::Environment, &document(), 4)
}

/// A policy of one rule: kind, condition lines, message.
fn rule(lines: &str, message: &str) -> PolicySet {
    rule_on("environment", lines, message)
}

fn rule_on(kind: &str, lines: &str, message: &str) -> PolicySet {
    let text =
        format!("version: 1\npolicy: team\nrules:\n  r:\n    severity: error\n    on: {kind}\n    message: {message:?}\n    {lines}\n");
    let world = MemoryWorld::new().with_file("team.yaml", text);
    PolicySet::builder().load(&["team.yaml"], &world).unwrap_or_else(|errors| panic!("{errors}"))
}

fn report(policies: &PolicySet, subjects: &[&Made]) -> Report {
    let mut sink = Sink::new();
    for subject in subjects {
        judge(policies, *subject, &mut sink);
    }
    sink.finish(&|location| format!("line {}", location.start().line))
}

/// `pass`, the messages, or `? reason`.
fn outcome(policies: &PolicySet, subject: &Made) -> String {
    let report = report(policies, &[subject]);
    let failed = report.findings.iter().map(|finding| finding.message.clone());
    let undecided = report.undecided.iter().map(|undecided| format!("? {}", undecided.reason));
    let all: Vec<String> = failed.chain(undecided).collect();
    if all.is_empty() { "pass".to_owned() } else { all.join("; ") }
}

//! What `gopolicy trace` reports: the environment that each `go` command will see. Serializes as the document
//! `gopolicy-trace/1`; the order of fields is part of that contract.

use std::collections::BTreeMap;

use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::facts::subject::Place;
use crate::facts::value::{Choice, Datum, Origin, OriginKind, Value};
use crate::judge::mask;

/// All places where Go may run, in the order of files, jobs, matrix legs and steps.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trace {
    /// The places.
    pub places: Vec<TracePlace>,
}

/// A step of a job in one matrix leg, in which Go runs or may run.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct TracePlace {
    /// The workflow file.
    pub path: String,
    /// Key of the job.
    pub job: String,
    /// The matrix leg, in the order of the `matrix` context; empty without a matrix.
    #[serde(serialize_with = "in_order")]
    pub matrix: Vec<(String, String)>,
    /// The step of the job.
    pub step: TraceStep,
    /// The way from the step into a composite action, script or make target, outermost first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub within: Vec<TraceWithin>,
    /// The shell that runs the commands, if known.
    pub shell: Option<String>,
    /// The operating system, `linux`, `macos` or `windows`, if known.
    pub os: Option<String>,
    /// The `go` commands, in order.
    pub commands: Vec<TraceCommand>,
}

/// A step of a job.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct TraceStep {
    /// Index in the job's list of steps, from 0.
    pub index: u32,
    /// Its `id:`.
    pub id: Option<String>,
    /// Its `name:`.
    pub name: Option<String>,
    /// The line it starts on, from 1.
    pub line: u32,
}

/// A file that a step leads into.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct TraceWithin {
    /// The file.
    pub path: String,
    /// The line in it, from 1.
    pub line: u32,
    /// Index of the step of a composite action, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<u32>,
}

/// A `go` command and the environment it sees, or a step that may run Go but cannot be looked into.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct TraceCommand {
    /// The line it stands on, from 1: in the workflow, or in the innermost file of [`TracePlace::within`].
    pub line: u32,
    /// The words of the command, `None` for each that is not known; `None` altogether if the place is opaque.
    pub argv: Option<Vec<Option<String>>>,
    /// What cannot be looked into, such as `golangci/golangci-lint-action@v9`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opaque: Option<String>,
    /// Whether it may not run at all, because it depends on something that is not known.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub perhaps: bool,
    /// Every variable of `go env` as Go resolves it.
    pub env: BTreeMap<String, TraceValue>,
    /// The version of Go that does the work, as far as it is known: `1.22.x`; empty if the command fails for want of a newer one.
    pub go: TraceValue,
}

/// What is known of a variable.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum TraceValue {
    /// It has this value.
    Known {
        /// The value; empty if nobody set it and Go has no default.
        value: String,
        /// What set it.
        origin: TraceOrigin,
    },
    /// It has one of these values.
    OneOf {
        /// The possible values.
        values: Vec<String>,
        /// What set the first of them.
        origin: TraceOrigin,
    },
    /// It may be anything.
    Unknown {
        /// Why: a lower-case phrase such as `secrets.PROXY`.
        reason: String,
    },
}

/// What set a value.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct TraceOrigin {
    /// The kind of place.
    pub kind: OriginKind,
    /// The file, if it was set in one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The line in that file, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// The action or tool, if that says more than the kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

impl TraceValue {
    /// Whether nobody set the variable: Go, its distribution, the runner or the module files gave the value.
    pub fn is_default(&self) -> bool {
        use OriginKind::{Default, GoRootFile, Module, Runner};
        matches!(self, Self::Known { origin, .. } if matches!(origin.kind, Default | GoRootFile | Module | Runner))
    }
}

impl From<&Value> for TraceValue {
    fn from(value: &Value) -> Self {
        match (value.choices(), value.reason()) {
            (_, Some(reason)) => Self::Unknown { reason: reason.to_string() },
            ([], None) => Self::Unknown { reason: String::from("nothing is known") },
            ([choice], None) => Self::Known { value: text_of(&choice.datum), origin: TraceOrigin::from(&*choice.origin) },
            ([first, ..], None) => {
                Self::OneOf { values: value.choices().iter().map(choice_text).collect(), origin: TraceOrigin::from(&*first.origin) }
            }
        }
    }
}

impl From<&Origin> for TraceOrigin {
    fn from(origin: &Origin) -> Self {
        let location = origin.location.as_ref().filter(|location| location.text.on_disk());
        Self {
            kind: origin.kind,
            path: location.map(|location| location.path().to_owned()),
            line: location.map(|location| location.start().line),
            detail: origin.detail.as_deref().map(str::to_owned),
        }
    }
}

fn choice_text(choice: &Choice) -> String {
    text_of(&choice.datum)
}

/// A variable's value as `go env` prints it: one that nobody set is empty.
fn text_of(datum: &Datum) -> String {
    match datum {
        Datum::Text(text) => mask(text),
        Datum::Flag(flag) => flag.to_string(),
        Datum::Number(number) => number.to_string(),
        Datum::Version(version) => version.to_string(),
        Datum::Unset | Datum::List(_) | Datum::Record(_) => String::new(),
    }
}

impl Serialize for Trace {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut document = serializer.serialize_struct("Trace", 2)?;
        document.serialize_field("schema", "gopolicy-trace/1")?;
        document.serialize_field("places", &self.places)?;
        document.end()
    }
}

/// As in the findings document: `job`, `step`, `matrix`, `command`.
impl Serialize for Place {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut place = serializer.serialize_struct("Place", 4)?;
        place.serialize_field("job", &*self.job)?;
        place.serialize_field("step", &self.step)?;
        place.serialize_field("matrix", &Leg(&self.matrix))?;
        place.serialize_field("command", &self.command.as_deref())?;
        place.end()
    }
}

/// Pairs as an object that keeps their order.
struct Leg<'a, T>(&'a [(T, T)]);

impl<T: AsRef<str>> Serialize for Leg<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name.as_ref(), value.as_ref())))
    }
}

fn in_order<S: Serializer>(pairs: &[(String, String)], serializer: S) -> Result<S::Ok, S::Error> {
    Leg(pairs).serialize(serializer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::value::Reason;
    use crate::text::{Location, Span, Text};

    #[test]
    fn serializes_as_the_contract_says() {
        let text = Text::file("ci.yml", "a\nGOFLAGS: -mod=mod\n");
        let flags = Value::text("-mod=mod", Origin::at(OriginKind::GithubEnv, Location::new(&text, Span::new(11, 19))));
        let cgo = Value::text("0", Origin::of(OriginKind::Script)).join(Value::text("1", Origin::of(OriginKind::Default)));
        let proxy = Value::text("off", Origin::of(OriginKind::JobEnv)).or_unknown(Reason::new("secrets.PROXY"));
        let env = [("GOFLAGS", flags), ("CGO_ENABLED", cgo), ("GOPROXY", proxy)];
        let command = TraceCommand {
            line: 13,
            argv: Some(vec![Some("go".into()), Some("test".into()), None]),
            opaque: None,
            perhaps: false,
            env: env.iter().map(|(name, value)| ((*name).to_owned(), value.into())).collect(),
            go: TraceValue::Unknown { reason: "tip".into() },
        };
        let opaque = TraceCommand {
            line: 14,
            argv: None,
            opaque: Some("goreleaser/goreleaser-action@v6".into()),
            perhaps: true,
            env: BTreeMap::new(),
            go: command.go.clone(),
        };
        let place = TracePlace {
            path: "ci.yml".into(),
            job: "test".into(),
            matrix: vec![("os".into(), "ubuntu-latest".into()), ("go".into(), "1.22".into())],
            step: TraceStep { index: 2, id: None, name: Some("Test".into()), line: 12 },
            within: vec![TraceWithin { path: "action.yml".into(), line: 7, step: Some(0) }],
            shell: Some("bash".into()),
            os: Some("linux".into()),
            commands: vec![command, opaque],
        };
        let expected = concat!(
            r#"{"schema":"gopolicy-trace/1","places":[{"path":"ci.yml","job":"test","matrix":{"os":"ubuntu-latest","go":"1.22"},"#,
            r#""step":{"index":2,"id":null,"name":"Test","line":12},"within":[{"path":"action.yml","line":7,"step":0}],"#,
            r#""shell":"bash","os":"linux","commands":[{"line":13,"argv":["go","test",null],"env":{"#,
            r#""CGO_ENABLED":{"state":"one-of","values":["0","1"],"origin":{"kind":"script"}},"#,
            r#""GOFLAGS":{"state":"known","value":"-mod=mod","origin":{"kind":"github-env","path":"ci.yml","line":2}},"#,
            r#""GOPROXY":{"state":"unknown","reason":"secrets.PROXY"}},"go":{"state":"unknown","reason":"tip"}},"#,
            r#"{"line":14,"argv":null,"opaque":"goreleaser/goreleaser-action@v6","perhaps":true,"env":{},"go":{"state":"unknown","reason":"tip"}}]}]}"#,
        );
        assert_eq!(serde_json::to_string(&Trace { places: vec![place] }).unwrap(), expected);
    }
}

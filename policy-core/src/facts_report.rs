//! What `gopolicy facts` reports: every subject with its fields, as rules see them. Serializes as the document
//! `gopolicy-facts/1`; the order of fields is part of that contract.

use std::collections::BTreeMap;

use serde::ser::{Serialize, SerializeStruct, Serializer};
use serde_json::Value as Json;

use crate::facts::subject::Place;
use crate::facts::value::{Choice, Datum, Value};
use crate::judge::mask;
use crate::trace::TraceOrigin;

/// All subjects, sorted by path and by their order in the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FactsReport {
    /// The subjects.
    pub subjects: Vec<FactsSubject>,
}

/// A subject.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct FactsSubject {
    /// The name of its kind, such as `go-command`.
    pub kind: String,
    /// The file.
    pub path: String,
    /// The line in it, from 1; `None` if the subject is the file itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// Where in the workflow, if it is part of one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// The fields by name.
    pub fields: BTreeMap<String, FactsValue>,
}

/// What is known of a field.
#[derive(Clone, Debug, PartialEq)]
pub enum FactsValue {
    /// Just the value, for kinds of subjects of which nothing can be unknown: what a go.mod says.
    Plain(Json),
    /// It has this value.
    Known(Json, TraceOrigin),
    /// It has one of these values; the origin is that of the first.
    OneOf(Vec<Json>, TraceOrigin),
    /// It may be anything, because of this.
    Unknown(String),
}

impl FactsValue {
    /// The value itself without its origin, for kinds of subjects of which nothing can be unknown.
    pub fn plain(value: &Value) -> Self {
        Self::Plain(json_of(value))
    }
}

impl From<&Value> for FactsValue {
    fn from(value: &Value) -> Self {
        match (value.choices(), value.reason()) {
            (_, Some(reason)) => Self::Unknown(reason.to_string()),
            ([], None) => Self::Unknown(String::from("nothing is known")),
            ([choice], None) => Self::Known(datum_json(&choice.datum), TraceOrigin::from(&*choice.origin)),
            ([first, ..], None) => Self::OneOf(value.choices().iter().map(choice_json).collect(), TraceOrigin::from(&*first.origin)),
        }
    }
}

fn choice_json(choice: &Choice) -> Json {
    datum_json(&choice.datum)
}

fn datum_json(datum: &Datum) -> Json {
    match datum {
        Datum::Unset => Json::Null,
        Datum::Text(text) => Json::from(mask(text)),
        Datum::Flag(flag) => Json::from(*flag),
        Datum::Number(number) => Json::from(*number),
        Datum::Version(version) => Json::from(version.to_string()),
        Datum::List(items) => items.iter().map(json_of).collect(),
        Datum::Record(parts) => parts.iter().map(|(name, value)| ((*name).to_owned(), json_of(value))).collect(),
    }
}

/// A part of a list or record; null if it is not known.
fn json_of(value: &Value) -> Json {
    value.single().map_or(Json::Null, choice_json)
}

impl Serialize for FactsReport {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut document = serializer.serialize_struct("FactsReport", 2)?;
        document.serialize_field("schema", "gopolicy-facts/1")?;
        document.serialize_field("subjects", &self.subjects)?;
        document.end()
    }
}

impl Serialize for FactsValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Plain(value) => value.serialize(serializer),
            Self::Known(value, origin) => state(serializer, "known", "value", value, Some(origin)),
            Self::OneOf(values, origin) => state(serializer, "one-of", "values", values, Some(origin)),
            Self::Unknown(reason) => state(serializer, "unknown", "reason", reason, None),
        }
    }
}

fn state<S: Serializer>(
    serializer: S,
    state: &str,
    key: &'static str,
    value: &impl Serialize,
    origin: Option<&TraceOrigin>,
) -> Result<S::Ok, S::Error> {
    let mut object = serializer.serialize_struct("FactsValue", 2 + usize::from(origin.is_some()))?;
    object.serialize_field("state", state)?;
    object.serialize_field(key, value)?;
    if let Some(origin) = origin {
        object.serialize_field("origin", origin)?;
    }
    object.end()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::value::{Origin, OriginKind, Reason};

    #[test]
    fn serializes_as_the_contract_says() {
        let document = Origin::of(OriginKind::Document);
        let list = Value::list(vec![Value::text("a", document.clone()), Value::unknown(Reason::new("x"))], document.clone());
        let either = Value::known(Datum::Flag(true), document.clone()).join(Value::unset(document.clone()));
        let fields = [("list", (&list).into()), ("either", (&either).into()), ("plain", FactsValue::plain(&list))];
        let place = Place { job: "test".into(), step: Some(2), matrix: [("os".into(), "x".into())].into(), command: None };
        let subject = FactsSubject {
            kind: "step".into(),
            path: "ci.yml".into(),
            line: Some(3),
            place: Some(place),
            fields: fields.into_iter().map(|(name, value): (&str, FactsValue)| (name.to_owned(), value)).collect(),
        };
        let expected = concat!(
            r#"{"schema":"gopolicy-facts/1","subjects":[{"kind":"step","path":"ci.yml","line":3,"#,
            r#""place":{"job":"test","step":2,"matrix":{"os":"x"},"command":null},"fields":{"#,
            r#""either":{"state":"one-of","values":[true,null],"origin":{"kind":"document"}},"#,
            r#""list":{"state":"known","value":["a",null],"origin":{"kind":"document"}},"plain":["a",null]}}]}"#,
        );
        assert_eq!(serde_json::to_string(&FactsReport { subjects: vec![subject] }).unwrap(), expected);
    }
}

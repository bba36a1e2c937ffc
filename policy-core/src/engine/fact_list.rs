//! Subjects to the report of `gopolicy facts`.

use std::collections::BTreeMap;

use crate::facts::schema::{Field, Kind};
use crate::facts::subject::{FieldName, Subject};
use crate::facts::value::Value;
use crate::facts_report::{FactsSubject, FactsValue};

/// A subject with all fields that are declared one by one; families such as `env.*` have no list of members.
pub(super) fn subject(subject: &dyn Subject) -> FactsSubject {
    let kind = subject.kind();
    let declared = kind.fields().iter().filter(|field| field.family().is_none());
    let value = |field: &Field| reported(kind, &subject.field(&FieldName { declared: field.name, tail: None }));
    let fields: BTreeMap<String, FactsValue> = declared.map(|field| (field.name.to_owned(), value(field))).collect();
    let location = subject.location();
    FactsSubject {
        kind: kind.name().to_owned(),
        path: location.path().to_owned(),
        line: (!kind.is_plain()).then(|| location.start().line),
        place: subject.place().map(|place| (**place).clone()),
        fields,
    }
}

fn reported(kind: Kind, value: &Value) -> FactsValue {
    if kind.is_plain() && value.single().is_some() { FactsValue::plain(value) } else { FactsValue::from(value) }
}

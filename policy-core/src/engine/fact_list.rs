//! Subjects to the report of `gopolicy facts`.

use std::collections::BTreeMap;

use crate::facts::subject::{FieldName, Subject};
use crate::facts_report::{FactsSubject, FactsValue};

/// A subject with all fields that are declared one by one; families such as `env.*` have no list of members.
pub(super) fn subject(subject: &dyn Subject) -> FactsSubject {
    let declared = subject.kind().fields().iter().filter(|field| field.family().is_none());
    let fields: BTreeMap<String, FactsValue> = declared
        .map(|field| (field.name.to_owned(), FactsValue::from(&subject.field(&FieldName { declared: field.name, tail: None }))))
        .collect();
    let location = subject.location();
    FactsSubject {
        kind: subject.kind().name().to_owned(),
        path: location.path().to_owned(),
        line: Some(location.start().line),
        place: subject.place().map(|place| (**place).clone()),
        fields,
    }
}

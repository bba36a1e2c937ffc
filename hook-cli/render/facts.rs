//! `gopolicy facts` for people: every subject and its fields.

use std::io::{self, Write};

use policy_core::facts_report::{FactsReport, FactsSubject, FactsValue};
use serde_json::Value as Json;

use super::escape::{sentence, visible};
use super::trace::{Row, origin_words, write_rows};
use super::{counted, places};

/// Writes the subjects one after another, each with an aligned list of its fields, then their number.
pub(crate) fn facts(report: &FactsReport, out: &mut dyn Write) -> io::Result<()> {
    for subject in &report.subjects {
        writeln!(out, "{}", heading(subject))?;
        let rows: Vec<Row> = subject.fields.iter().map(|(name, value)| row(name, value)).collect();
        write_rows(&rows, "  ", out)?;
        writeln!(out)?;
    }
    writeln!(out, "{}", counted(report.subjects.len(), "subject"))
}

/// `step ci.yml:12 in job test (os=ubuntu-latest)`
fn heading(subject: &FactsSubject) -> String {
    let line = subject.line.map_or_else(String::new, |line| format!(":{line}"));
    let place = subject.place.as_ref().and_then(|place| places::note(std::slice::from_ref(place), true));
    let place = place.map_or_else(String::new, |place| format!(" {place}"));
    format!("{} {}{line}{place}", visible(&subject.kind), visible(&subject.path))
}

fn row(name: &str, value: &FactsValue) -> Row {
    let (value, origin) = match value {
        FactsValue::Plain(value) => (shown(value), String::new()),
        FactsValue::Known(value, origin) => (shown(value), origin_words(origin)),
        FactsValue::OneOf(values, origin) => (values.iter().map(shown).collect::<Vec<_>>().join(" or "), origin_words(origin)),
        FactsValue::Unknown(reason) => (String::from("?"), format!("unknown: {}", sentence(reason))),
    };
    Row { name: visible(name), value, origin }
}

/// Text without quotes where that leaves no doubt; the rest as JSON.
fn shown(value: &Json) -> String {
    match value {
        Json::Null => String::from("(not set)"),
        Json::String(text) if !text.is_empty() => sentence(text),
        other => sentence(&other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use policy_core::facts::subject::Place;
    use policy_core::facts::value::OriginKind;
    use policy_core::trace::TraceOrigin;

    #[test]
    fn is_an_aligned_list() {
        let origin = |line| TraceOrigin { kind: OriginKind::Document, path: Some("ci.yml".into()), line: Some(line), detail: None };
        let fields = [
            ("timeout-minutes", FactsValue::Known(Json::Null, origin(3))),
            ("name", FactsValue::OneOf(vec!["a".into(), "b\n".into()], origin(4))),
            ("env.X", FactsValue::Unknown("secrets.X".into())),
            ("tool", FactsValue::Plain(serde_json::json!(["a", {"b": 1}]))),
        ];
        let fields = fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        let place = Place { job: "test".into(), step: Some(2), matrix: [("os".into(), "x".into())].into(), command: None };
        let subject = FactsSubject { kind: "step".into(), path: "ci.yml".into(), line: Some(3), place: Some(place), fields };
        let mut out = Vec::new();
        facts(&FactsReport { subjects: vec![subject] }, &mut out).unwrap();
        insta::assert_snapshot!(String::from_utf8(out).unwrap());
    }
}

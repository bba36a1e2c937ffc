//! Findings for programs: the document `gopolicy/1`. Its keys and their order are a contract.

use std::collections::BTreeMap;
use std::io::{self, Write};

use policy_core::facts::subject::Place;
use policy_core::judge::{Finding, Fix, Related, Report, Summary, Undecided};
use policy_core::machine_report::MachineReport;
use policy_core::text::{LineColumn, Location};
use policy_core::trace::TraceValue;
use serde::Serialize;

use super::escape::acts_or_hides;
use super::{View, severity_word};

/// Writes the document.
pub(crate) fn render(report: &Report, _view: View, out: &mut dyn Write) -> io::Result<()> {
    write_document(&Document::from(report), out)
}

/// Any document, laid out for people too.
pub(crate) fn write_document(document: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", safe_to_print(&serde_json::to_string_pretty(document)?))
}

/// JSON that acts on nothing where it is printed: on a terminal, and in the log of a GitHub job, where `##[name]` is a command
/// wherever it stands. All of that can stand within strings only, where an escape means the same.
pub(super) fn safe_to_print(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '[' if safe.ends_with("##") => safe.push_str("\\u005b"),
            '\n' => safe.push(c),
            _ if acts_or_hides(c) => safe.push_str(&escape(c)),
            _ => safe.push(c),
        }
    }
    safe
}

fn escape(c: char) -> String {
    c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect()
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    version: &'static str,
    findings: Vec<FindingJson<'a>>,
    undecided: Vec<UndecidedJson<'a>>,
    summary: SummaryJson,
    #[serde(skip_serializing_if = "Option::is_none")]
    environment: Option<BTreeMap<&'a str, &'a TraceValue>>,
}

#[derive(Serialize)]
pub(super) struct FindingJson<'a> {
    rule: &'a str,
    policy: &'a str,
    severity: &'static str,
    message: &'a str,
    help: Option<&'a str>,
    location: LocationJson<'a>,
    related: Vec<RelatedJson<'a>>,
    places: &'a [Place],
    fix: Option<FixJson<'a>>,
    fingerprint: String,
}

#[derive(Serialize)]
struct LocationJson<'a> {
    path: &'a str,
    start: PositionJson,
    end: PositionJson,
}

#[derive(Serialize)]
struct PositionJson {
    line: u32,
    column: u32,
}

#[derive(Serialize)]
struct RelatedJson<'a> {
    message: &'a str,
    location: LocationJson<'a>,
}

#[derive(Serialize)]
struct FixJson<'a> {
    description: &'a str,
    safety: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    edit: Option<EditJson<'a>>,
}

/// A text in the place of another; empty to take that out.
#[derive(Serialize)]
struct EditJson<'a> {
    location: LocationJson<'a>,
    text: &'a str,
}

#[derive(Serialize)]
pub(super) struct UndecidedJson<'a> {
    rule: &'a str,
    location: LocationJson<'a>,
    reason: &'a str,
}

#[derive(Serialize)]
pub(super) struct SummaryJson {
    files: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
    suppressed: usize,
    undecided: usize,
}

impl<'a> From<&'a Report> for Document<'a> {
    fn from(report: &'a Report) -> Self {
        Self {
            schema: "gopolicy/1",
            version: env!("CARGO_PKG_VERSION"),
            findings: report.findings.iter().map(FindingJson::from).collect(),
            undecided: report.undecided.iter().map(UndecidedJson::from).collect(),
            summary: SummaryJson::from(report.summary),
            environment: report.machine.as_ref().map(environment),
        }
    }
}

/// Every variable of `go env` on the machine that was judged.
fn environment(machine: &MachineReport) -> BTreeMap<&str, &TraceValue> {
    machine.environment.iter().map(|(name, value)| (name.as_str(), value)).collect()
}

impl<'a> From<&'a Finding> for FindingJson<'a> {
    fn from(finding: &'a Finding) -> Self {
        Self {
            rule: &finding.rule,
            policy: &finding.policy,
            severity: severity_word(finding.severity),
            message: &finding.message,
            help: finding.help.as_deref(),
            location: LocationJson::from(&finding.location),
            related: finding.related.iter().map(RelatedJson::from).collect(),
            places: &finding.places,
            fix: finding.fix.as_ref().map(FixJson::from),
            fingerprint: finding.fingerprint(),
        }
    }
}

impl<'a> From<&'a Location> for LocationJson<'a> {
    fn from(location: &'a Location) -> Self {
        Self { path: location.path(), start: location.start().into(), end: location.end().into() }
    }
}

impl From<LineColumn> for PositionJson {
    fn from(position: LineColumn) -> Self {
        Self { line: position.line, column: position.column }
    }
}

impl<'a> From<&'a Related> for RelatedJson<'a> {
    fn from(related: &'a Related) -> Self {
        Self { message: &related.message, location: LocationJson::from(&related.location) }
    }
}

impl<'a> From<&'a Fix> for FixJson<'a> {
    fn from(fix: &'a Fix) -> Self {
        let edit = fix.edit.as_ref().map(|edit| EditJson { location: LocationJson::from(&edit.location), text: &edit.text });
        Self { description: &fix.description, safety: if fix.safe { "safe" } else { "unsafe" }, edit }
    }
}

impl<'a> From<&'a Undecided> for UndecidedJson<'a> {
    fn from(undecided: &'a Undecided) -> Self {
        Self { rule: &undecided.rule, location: LocationJson::from(&undecided.location), reason: &undecided.reason }
    }
}

impl From<Summary> for SummaryJson {
    fn from(summary: Summary) -> Self {
        let Summary { files, errors, warnings, notes, suppressed, undecided, .. } = summary;
        Self { files, errors, warnings, notes, suppressed, undecided }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::fixture;

    fn json_of(report: &Report) -> String {
        let mut out = Vec::new();
        render(report, View::default(), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    proptest::proptest! {
        #[test]
        fn any_text_comes_back(text in "(?s)(.|##\\[error\\]|\u{202e}|\u{e0001}){0,60}") {
            let mut finding = fixture::finding(&text, &text, &text, (0, text.len()));
            finding.help = Some(text.clone());
            let json = json_of(&fixture::report_of(vec![finding]));
            proptest::prop_assert!(!json.contains("##[") && !json.contains(|c| c != '\n' && acts_or_hides(c)));
            let document: serde_json::Value = serde_json::from_str(&json).unwrap();
            let back = &document["findings"][0];
            proptest::prop_assert_eq!([&back["rule"], &back["message"], &back["help"]], [text.as_str(); 3]);
        }
    }
}

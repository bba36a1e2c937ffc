//! Findings in the diagnostic format of reviewdog: `proto/rdf/reviewdog.proto` in <https://github.com/reviewdog/reviewdog>.

use std::io::{self, Write};

use policy_core::judge::{Finding, Report, Severity};
use policy_core::text::{LineColumn, Location};
use serde_json::{Value, json};

use super::escape::{prose, sentence};
use super::{HOME, View, write_document};

/// Writes a `DiagnosticResult`.
pub(crate) fn render(report: &Report, _view: View, out: &mut dyn Write) -> io::Result<()> {
    let diagnostics: Vec<Value> = report.findings.iter().map(diagnostic).collect();
    write_document(&json!({ "source": { "name": "gopolicy", "url": HOME }, "diagnostics": diagnostics }), out)
}

fn diagnostic(finding: &Finding) -> Value {
    let mut code = json!({ "value": *finding.rule });
    if let (Some(code), Some(reference)) = (code.as_object_mut(), finding.references.first()) {
        code.insert("url".into(), reference.as_str().into());
    }
    json!({
        "message": message(finding),
        "location": location(&finding.location),
        "severity": level(finding.severity),
        "code": code,
        "suggestions": suggestions(finding),
    })
}

/// The change of text that mends a finding, if there is one in the same file: a suggestion names no other.
fn suggestions(finding: &Finding) -> Vec<Value> {
    let edit = finding.fix.iter().filter_map(|fix| fix.edit.as_ref()).filter(|edit| edit.location.path() == finding.location.path());
    edit.map(|edit| json!({ "range": range(&edit.location), "text": edit.text })).collect()
}

fn message(finding: &Finding) -> String {
    let message = sentence(&finding.message);
    finding.help.as_deref().map_or_else(|| message.clone(), |help| format!("{message}\n\n{}", prose(help)))
}

fn location(location: &Location) -> Value {
    let path = location.path();
    if !location.text.on_disk() {
        return json!({ "path": path });
    }
    json!({ "path": path, "range": range(location) })
}

fn range(location: &Location) -> Value {
    json!({ "start": position(location, location.start()), "end": position(location, location.end()) })
}

/// Columns of reviewdog count bytes of UTF-8.
fn position(location: &Location, at: LineColumn) -> Value {
    let line = location.text.line_span(at.line).map(|span| location.text.slice(span)).unwrap_or_default();
    let bytes: usize = line.chars().take(at.column.saturating_sub(1) as usize).map(char::len_utf8).sum();
    json!({ "line": at.line, "column": bytes + 1 })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "ERROR",
        Severity::Warning => "WARNING",
        Severity::Note => "INFO",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::fixture;

    #[test]
    fn columns_count_bytes() {
        let finding = fixture::finding("r", "m", "a\né: off\r\n", (6, 9));
        let range = &location(&finding.location)["range"];
        assert_eq!(*range, json!({ "start": { "line": 2, "column": 5 }, "end": { "line": 2, "column": 8 } }));
    }
}

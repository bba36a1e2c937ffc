//! Findings as a code quality report of GitLab: <https://docs.gitlab.com/ci/testing/code_quality/>.

use std::collections::BTreeMap;
use std::io::{self, Write};

use policy_core::judge::{Finding, Report, Severity};
use serde_json::{Value, json};

use super::escape::sentence;
use super::{View, last_line_and_column, write_document};

/// Writes the list of violations.
pub(crate) fn render(report: &Report, _view: View, out: &mut dyn Write) -> io::Result<()> {
    let mut met = BTreeMap::new();
    let violations: Vec<Value> = report.findings.iter().map(|finding| violation(finding, &mut met)).collect();
    write_document(&violations, out)
}

fn violation(finding: &Finding, met: &mut BTreeMap<String, u32>) -> Value {
    let (start, end) = (finding.location.start(), last_line_and_column(&finding.location));
    json!({
        "description": sentence(&finding.message),
        "check_name": *finding.rule,
        "fingerprint": unique(finding.fingerprint(), met),
        "severity": level(finding.severity),
        "location": { "path": finding.location.path(), "lines": { "begin": start.line, "end": end.line } },
    })
}

/// GitLab shows one of several violations with equal fingerprints, so later ones are numbered.
fn unique(fingerprint: String, met: &mut BTreeMap<String, u32>) -> String {
    let count = met.entry(fingerprint.clone()).or_default();
    *count += 1;
    if *count == 1 { fingerprint } else { format!("{fingerprint}-{count}") }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Note => "info",
    }
}

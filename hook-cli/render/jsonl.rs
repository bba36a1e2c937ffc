//! Findings for programs that read line by line: each line a JSON object with one key, `finding`, `undecided` or `summary`,
//! whose value is as in the document of `--format json`.

use std::io::{self, Write};

use policy_core::judge::Report;
use serde::Serialize;

use super::View;
use super::json::{FindingJson, SummaryJson, UndecidedJson, safe_to_print};

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Line<'a> {
    Finding(FindingJson<'a>),
    Undecided(UndecidedJson<'a>),
    Summary(SummaryJson),
}

/// Writes the findings, then the undecided verdicts, then the summary.
pub(crate) fn render(report: &Report, _view: View, out: &mut dyn Write) -> io::Result<()> {
    let findings = report.findings.iter().map(|finding| Line::Finding(finding.into()));
    let undecided = report.undecided.iter().map(|undecided| Line::Undecided(undecided.into()));
    for line in findings.chain(undecided).chain([Line::Summary(report.summary.into())]) {
        writeln!(out, "{}", safe_to_print(&serde_json::to_string(&line)?))?;
    }
    Ok(())
}

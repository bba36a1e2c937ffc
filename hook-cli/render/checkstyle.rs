//! Findings as a report of Checkstyle, which many CI systems and review tools read:
//! `XMLLogger.java` in <https://github.com/checkstyle/checkstyle>.

use std::io::{self, Write};

use policy_core::judge::{Finding, Report, Severity};

use super::View;
use super::escape::{sentence, visible};
use super::xml::escaped;

/// Writes one `<error>` for each finding, by file.
pub(crate) fn render(report: &Report, _view: View, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"10.0\">")?;
    for findings in report.findings.chunk_by(|one, other| one.location.path() == other.location.path()) {
        let path = findings.first().map_or("", |finding| finding.location.path());
        writeln!(out, "  <file name=\"{}\">", escaped(&visible(path)))?;
        for finding in findings {
            writeln!(out, "    {}", error(finding))?;
        }
        writeln!(out, "  </file>")?;
    }
    writeln!(out, "</checkstyle>")
}

fn error(finding: &Finding) -> String {
    let at = finding.location.start();
    let (message, rule) = (escaped(&sentence(&finding.message)), escaped(&visible(&finding.rule)));
    let severity = level(finding.severity);
    format!(
        "<error line=\"{}\" column=\"{}\" severity=\"{severity}\" message=\"{message}\" source=\"gopolicy.{rule}\"/>",
        at.line, at.column
    )
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "info",
    }
}

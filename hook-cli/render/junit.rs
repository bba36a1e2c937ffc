//! Findings as failed test cases, the form of test reports that CI systems read. There is no standard; this keeps to what
//! <https://github.com/testmoapp/junitxml> describes as understood everywhere.

use std::io::{self, Write};

use policy_core::judge::{Finding, Report};

use super::escape::{prose, sentence, visible};
use super::xml::escaped;
use super::{View, is_at, severity_word};

/// Writes one failed test case for each finding; a passed one if there is none, since some readers refuse an empty report.
pub(crate) fn render(report: &Report, _view: View, out: &mut dyn Write) -> io::Result<()> {
    let failures = report.findings.len();
    let tests = failures.max(1);
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<testsuites name=\"gopolicy\" tests=\"{tests}\" failures=\"{failures}\">")?;
    writeln!(out, "  <testsuite name=\"gopolicy\" tests=\"{tests}\" failures=\"{failures}\">")?;
    if failures == 0 {
        writeln!(out, "    <testcase classname=\"gopolicy\" name=\"no findings\"/>")?;
    }
    for finding in &report.findings {
        write_case(finding, out)?;
    }
    writeln!(out, "  </testsuite>\n</testsuites>")
}

fn write_case(finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    let attribute = |text: &str| escaped(&visible(text));
    let (path, rule) = (attribute(finding.location.path()), attribute(&finding.rule));
    let (at, kind) = (finding.location.start(), severity_word(finding.severity));
    let message = escaped(&sentence(&finding.message));
    writeln!(out, "    <testcase classname=\"{path}\" name=\"{rule} at {}:{}\" file=\"{path}\" line=\"{}\">", at.line, at.column, at.line)?;
    writeln!(out, "      <failure type=\"{kind}\" message=\"{message}\">{}</failure>", escaped(&details(finding)))?;
    writeln!(out, "    </testcase>")
}

fn details(finding: &Finding) -> String {
    let place = is_at(&finding.location);
    let help = finding.help.as_deref().map(|help| format!("\nhelp: {}", prose(help))).unwrap_or_default();
    format!("{place}: {}{help}", sentence(&finding.message))
}

//! Findings as a table in GitHub Flavored Markdown: <https://github.github.com/gfm/>.

use std::io::{self, Write};

use policy_core::judge::{Finding, Report};

use super::escape::{sentence, visible};
use super::{View, severity_word, summary_line};

/// Writes the counts as a heading, then the table.
pub(crate) fn render(report: &Report, view: View, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", heading(report, view))?;
    if !report.findings.is_empty() {
        writeln!(out, "{TABLE_HEAD}")?;
    }
    for finding in &report.findings {
        writeln!(out, "{}", row(finding))?;
    }
    if view.show_undecided && !report.undecided.is_empty() {
        writeln!(out, "\nUndecided:\n")?;
        for undecided in &report.undecided {
            let at = undecided.location.start();
            let (rule, place) = (code(&undecided.rule), code(&format!("{}:{}:{}", undecided.location.path(), at.line, at.column)));
            writeln!(out, "- {rule} at {place}: {}", plain(&undecided.reason))?;
        }
    }
    Ok(())
}

/// What stands above the rows.
pub(super) const TABLE_HEAD: &str = "\n| | Rule | Where | What |\n| --- | --- | --- | --- |";

/// The heading of a report.
pub(super) fn heading(report: &Report, view: View) -> String {
    format!("### gopolicy: {}", summary_line(report, view))
}

/// A finding as a row of the table.
pub(super) fn row(finding: &Finding) -> String {
    let at = finding.location.start();
    let place = code(&format!("{}:{}:{}", finding.location.path(), at.line, at.column));
    let help = finding
        .help
        .as_deref()
        .map(|help| format!("<br>{}", help.trim().lines().map(plain).collect::<Vec<_>>().join("<br>")))
        .unwrap_or_default();
    let (rule, severity) = (code(&finding.rule), severity_word(finding.severity));
    format!("| {severity} | {rule} | {place} | {}{help} |", plain(&finding.message))
}

/// Text that means nothing but itself, on one line.
pub(super) fn plain(text: &str) -> String {
    escaped(&sentence(text))
}

/// Text in the font of code, on one line. In a code span of Markdown nothing can be escaped, so it is one of HTML.
pub(super) fn code(text: &str) -> String {
    format!("<code>{}</code>", escaped(&visible(text)))
}

/// Every character that can mean something in Markdown or HTML as a character reference: those are read after blocks, rows
/// and cells have been told apart, and never as markup.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            ' ' | '.' | ',' | ';' | '/' | '(' | ')' | '=' | '%' | '"' | '\'' | '?' | '-' => escaped.push(c),
            _ if c.is_ascii_punctuation() => escaped.push_str(&format!("&#{};", u32::from(c))),
            _ => escaped.push(c),
        }
    }
    escaped
}

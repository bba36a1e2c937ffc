//! What came out of a run, written for people and for programs. A format is one file here and one line in [`FORMATS`].

mod alike;
mod annotations;
mod checkstyle;
mod comparison;
mod escape;
mod excerpt;
mod facts;
mod github;
mod gitlab;
mod json;
mod jsonl;
mod junit;
mod machine;
mod markdown;
mod places;
mod rdjson;
mod rule;
mod sarif;
mod summary;
mod text;
mod trace;
mod xml;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;

use std::io::{self, Write};

use policy_core::judge::{Report, Severity, Summary};
use policy_core::text::{LineColumn, Location};

pub(crate) use comparison::{Comparison, Comparisons, comparisons};
use escape::sentence;
pub(crate) use escape::visible;
pub(crate) use facts::facts;
pub(crate) use json::write_document;
pub(crate) use rule::rule_page;
pub(crate) use summary::{LARGEST_PAGE, job_summary};
pub(crate) use trace::trace;

/// How findings can be written.
#[derive(Debug)]
pub(crate) struct Format {
    /// As `--format` takes it.
    pub(crate) name: &'static str,
    /// One line for `--help`.
    pub(crate) doc: &'static str,
    /// Writes a report.
    pub(crate) render: fn(&Report, View, &mut dyn Write) -> io::Result<()>,
}

impl Format {
    /// The format of that name.
    pub(crate) fn named(name: &str) -> Result<&'static Self, String> {
        let known = || FORMATS.iter().map(|format| format.name).collect::<Vec<_>>().join(", ");
        FORMATS.iter().find(|format| format.name == name).ok_or_else(|| format!("no format `{name}`; there are {}", known()))
    }
}

/// All formats, in the order of `--help`.
pub(crate) static FORMATS: &[Format] = &[
    Format { name: "text", doc: "for people: source lines with the offending characters underlined", render: text::render },
    Format { name: "json", doc: "for programs: one document, described by its \"schema\"", render: json::render },
    Format { name: "jsonl", doc: "for programs: one JSON object on each line", render: jsonl::render },
    Format { name: "github", doc: "workflow commands that annotate a pull request on GitHub", render: github::render },
    Format { name: "sarif", doc: "SARIF 2.1.0, for GitHub code scanning and other viewers", render: sarif::render },
    Format { name: "gitlab", doc: "a code quality report of GitLab", render: gitlab::render },
    Format { name: "junit", doc: "a test report, in which each finding is a failed test", render: junit::render },
    Format { name: "checkstyle", doc: "a report of Checkstyle", render: checkstyle::render },
    Format { name: "rdjson", doc: "reviewdog's format", render: rdjson::render },
    Format { name: "markdown", doc: "a table for comments and pages", render: markdown::render },
];

/// Where people find out what gopolicy is.
const HOME: &str = env!("CARGO_PKG_REPOSITORY");

/// What to show, and how.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct View {
    /// With ANSI colours.
    pub(crate) colour: bool,
    /// Findings only.
    pub(crate) quiet: bool,
    /// Nothing left out.
    pub(crate) verbose: bool,
    /// With the undecided verdicts.
    pub(crate) show_undecided: bool,
}

fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// `path:line:column`, safe to print.
fn is_at(location: &Location) -> String {
    let start = location.start();
    format!("{}:{}:{}", visible(location.path()), start.line, start.column)
}

/// The end, moved back to the line before if the span includes that line's break only: GitHub shows annotations that
/// end beyond the text, or at the very start of a line, in the wrong place.
fn last_line_and_column(location: &Location) -> LineColumn {
    let (start, end) = (location.start(), location.end());
    if end.line == start.line || end.column > 1 {
        return end;
    }
    let before = location.text.line_span(end.line.saturating_sub(1));
    before.map_or(end, |line| location.text.line_column(line.end))
}

/// What follows the findings in the formats for people: undecided verdicts if asked for, and the summary.
fn write_end(report: &Report, view: View, out: &mut dyn Write) -> io::Result<()> {
    if view.show_undecided {
        for undecided in &report.undecided {
            let (location, at) = (&undecided.location, undecided.location.start());
            let (rule, reason, path) = (visible(&undecided.rule), sentence(&undecided.reason), visible(location.path()));
            // The place stands last so that problem matchers such as setup-go's (`file.go:1:2: …`) do not take it for theirs.
            writeln!(out, "undecided[{rule}]: {reason} ({path}:{}:{})", at.line, at.column)?;
        }
    }
    if view.quiet { Ok(()) } else { writeln!(out, "{}", summary_line(report, view)) }
}

/// `3 errors, 2 warnings in 14 files (5 undecided; show with --show-undecided)`
fn summary_line(report: &Report, view: View) -> String {
    let summary = &report.summary;
    let counts = [(summary.errors, "error"), (summary.warnings, "warning"), (summary.notes, "note")];
    let found: Vec<String> = counts.iter().filter(|(count, _)| *count > 0).map(|(count, noun)| counted(*count, noun)).collect();
    let (asides, judged) = (asides(summary, view), judged(report));
    if found.is_empty() { format!("No findings {judged}{asides}.") } else { format!("{} {judged}{asides}", found.join(", ")) }
}

/// `in 14 files and on this machine`
fn judged(report: &Report) -> String {
    let files = format!("in {}", counted(report.summary.files, "file"));
    match (&report.machine, report.summary.files) {
        (None, _) => files,
        (Some(_), 0) => String::from("on this machine"),
        (Some(_), _) => format!("{files} and on this machine"),
    }
}

fn asides(summary: &Summary, view: View) -> String {
    let mut asides = Vec::new();
    if summary.suppressed > 0 {
        asides.push(format!("{} suppressed", summary.suppressed));
    }
    if summary.undecided > 0 {
        let hint = if view.show_undecided { "" } else { "; show with --show-undecided" };
        asides.push(format!("{} undecided{hint}", summary.undecided));
    }
    if asides.is_empty() { String::new() } else { format!(" ({})", asides.join(", ")) }
}

/// `1 file`, `2 files`
pub(crate) fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

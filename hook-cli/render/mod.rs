//! What came out of a run, written for people and for programs. A format is one file here and one line in [`FORMATS`].

mod comparison;
mod escape;
mod excerpt;
mod facts;
mod github;
mod json;
mod machine;
mod places;
mod rule;
mod text;
mod trace;

#[cfg(test)]
mod fixture;

use std::io::{self, Write};

use policy_core::judge::{Report, Severity, Summary};

pub(crate) use comparison::{Comparison, Comparisons, comparisons};
use escape::sentence;
pub(crate) use escape::visible;
pub(crate) use facts::facts;
pub(crate) use json::write_document;
pub(crate) use rule::rule_page;
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

/// All formats, in the order of `--help`; the first is the default.
pub(crate) static FORMATS: &[Format] = &[
    Format { name: "text", doc: "for people: source lines with the offending characters underlined", render: text::render },
    Format { name: "json", doc: "for programs: one document, described by its \"schema\"", render: json::render },
    Format { name: "github", doc: "workflow commands that annotate a pull request on GitHub", render: github::render },
];

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
fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_counts_what_there_is() {
        let line = |errors, warnings, suppressed, undecided, show_undecided| {
            let mut report = Report::default();
            let summary = &mut report.summary;
            (summary.files, summary.errors, summary.warnings) = (14, errors, warnings);
            (summary.suppressed, summary.undecided) = (suppressed, undecided);
            summary_line(&report, View { show_undecided, ..View::default() })
        };
        assert_eq!(line(0, 0, 0, 0, false), "No findings in 14 files.");
        assert_eq!(line(3, 1, 0, 5, false), "3 errors, 1 warning in 14 files (5 undecided; show with --show-undecided)");
        assert_eq!(line(0, 2, 1, 5, true), "2 warnings in 14 files (1 suppressed, 5 undecided)");
        assert_eq!(line(0, 0, 2, 0, true), "No findings in 14 files (2 suppressed).");
    }

    #[test]
    fn names_of_formats_differ() {
        let mut names: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), FORMATS.len());
    }
}

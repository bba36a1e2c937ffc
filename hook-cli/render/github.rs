//! Findings as workflow commands, which the runner turns into annotations on a pull request.
//!
//! How they are read, and what is escaped where: `ActionCommand.cs` in actions/runner; what becomes of the properties:
//! `IssueCommandExtension` in `ActionCommandManager.cs` there.

use std::io::{self, Write};

use policy_core::judge::{Finding, Report, Severity};
use policy_core::text::Location;

use super::escape::{prose, sentence, visible};
use super::{View, annotations, counted, is_at, last_line_and_column, severity_word, write_end};

/// The runner cuts messages here; it counts UTF-16 units.
const LONGEST_MESSAGE: usize = 4_096;

/// Writes one command for each finding that GitHub would show, a line for each other, then the summary.
pub(crate) fn render(report: &Report, view: View, out: &mut dyn Write) -> io::Result<()> {
    let (annotated, others) = annotations::chosen(&report.findings);
    for finding in &annotated {
        writeln!(out, "{}", command(finding))?;
    }
    if !others.is_empty() {
        writeln!(out, "::notice title=gopolicy::{}", about_the_rest(others.len()))?;
    }
    for finding in others {
        let (severity, rule) = (severity_word(finding.severity), visible(&finding.rule));
        // The place stands last, as in the lines about what is undecided.
        writeln!(out, "{severity}[{rule}]: {} ({})", sentence(&finding.message), is_at(&finding.location))?;
    }
    write_end(report, view, out)
}

fn about_the_rest(count: usize) -> String {
    let limit = annotations::MOST_OF_A_LEVEL;
    format!("{} in the log and the summary of this job: GitHub shows {limit} annotations of each level", counted(count, "more finding"))
}

/// `::error file=ci.yml,line=9,endLine=9,col=16,endColumn=21,title=checksum-database-off::message`
fn command(finding: &Finding) -> String {
    let mut properties = position(&finding.location);
    properties.push(("title", visible(&finding.rule)));
    let properties: Vec<String> = properties.iter().map(|(name, value)| format!("{name}={}", escaped_property(value))).collect();
    format!("::{} {}::{}", level(finding.severity), properties.join(","), escaped_data(&message(finding)))
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    }
}

/// Nothing for what is not on disk: an annotation needs a file of the repository. The runner drops columns of
/// annotations over several lines, so they are not written.
fn position(location: &Location) -> Vec<(&'static str, String)> {
    if !location.text.on_disk() {
        return Vec::new();
    }
    let (start, end) = (location.start(), last_line_and_column(location));
    let mut position = vec![("file", visible(location.path())), ("line", start.line.to_string()), ("endLine", end.line.to_string())];
    if start.line == end.line {
        position.extend([("col", start.column.to_string()), ("endColumn", end.column.to_string())]);
    }
    position
}

fn message(finding: &Finding) -> String {
    let message = sentence(&finding.message);
    let full = match &finding.help {
        Some(help) => format!("{message}\n\n{}", prose(help)),
        None => message,
    };
    within_limit(full)
}

fn within_limit(full: String) -> String {
    let mut units = 0;
    let end = full.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units >= LONGEST_MESSAGE
    });
    match end.and_then(|(at, _)| full.get(..at)) {
        Some(cut) => format!("{cut}…"),
        None => full,
    }
}

fn escaped_data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn escaped_property(text: &str) -> String {
    escaped_data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::render::fixture;

    fn commands(report: &Report, view: View) -> String {
        let mut out = Vec::new();
        render(report, view, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    /// As the runner reads a line: name, properties, data.
    fn read(line: &str) -> Option<(String, BTreeMap<String, String>, String)> {
        let unescaped = |text: &str| {
            let pairs = [("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")];
            pairs.iter().fold(text.to_owned(), |text, (escape, plain)| text.replace(escape, plain))
        };
        let (information, data) = line.trim_start().strip_prefix("::")?.split_once("::")?;
        let (name, properties) = information.split_once(' ')?;
        let properties = properties.split(',').filter_map(|pair| pair.split_once('='));
        let properties = properties.map(|(name, value)| (name.to_owned(), unescaped(value))).collect();
        Some((name.to_owned(), properties, unescaped(data)))
    }

    #[test]
    fn a_span_that_ends_with_a_line_break_ends_on_its_line() {
        let position = |span| position(&fixture::finding("r", "m", "ab\ncd\n", span).location);
        let expected = [("file", "ci.yml"), ("line", "1"), ("endLine", "1"), ("col", "2"), ("endColumn", "3")];
        assert_eq!(position((1, 3)), expected.map(|(name, value)| (name, value.to_owned())));
        assert_eq!(position((1, 6))[2].1, "2");
        assert_eq!(position((6, 6))[1].1, "3", "an empty span at the end stays where it is");
    }

    #[test]
    fn messages_are_cut_as_the_runner_counts() {
        let long = within_limit("😀".repeat(3_000));
        assert!(long.ends_with("😀…") && long.encode_utf16().count() <= LONGEST_MESSAGE);
        assert_eq!(within_limit("x".repeat(4_095)).len(), 4_095);
    }

    proptest::proptest! {
        #[test]
        fn one_finding_is_one_command_whatever_it_holds(
            message in "(?s)(.|::|##\\[error\\]|[\r\n%:,]){0,30}", rule in "(?s)(.|[\r\n%:,]){1,10}", path in "(?s)(.|[\r\n%:,=]){1,10}",
        ) {
            let mut finding = fixture::finding(&rule, &message, "GOSUMDB: off", (9, 12));
            finding.location.text = policy_core::text::Text::file(path.as_str(), "GOSUMDB: off");
            finding.help = Some(message.clone());
            let text = commands(&fixture::report_of(vec![finding]), View { quiet: true, ..View::default() });
            let lines: Vec<&str> = text.split(['\n', '\r']).filter(|line| !line.is_empty()).collect();
            proptest::prop_assert_eq!(lines.len(), 1);
            proptest::prop_assert!(!text.contains("##["));
            let (name, properties, data) = read(lines[0]).unwrap();
            proptest::prop_assert_eq!(name, "error");
            proptest::prop_assert_eq!(&properties["title"], &visible(&rule));
            proptest::prop_assert_eq!(&properties["file"], &visible(&path));
            proptest::prop_assert_eq!(&properties["endColumn"], "13");
            proptest::prop_assert_eq!(data, format!("{}\n\n{}", sentence(&message), prose(&message)));
        }
    }
}

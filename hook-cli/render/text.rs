//! Findings for people, in the style of rustc.

use std::io::{self, Write};

use annotate_snippets::{Annotation, AnnotationKind, Element, Group, Level, Renderer, Snippet};
use policy_core::judge::{Finding, Report, Severity};
use policy_core::text::{Location, Span};

use super::alike::{self, Told, told_once};
use super::escape::{prose, sentence, visible};
use super::excerpt::{Excerpt, excerpts};
use super::{View, counted, places, write_end};

/// This many related places are shown; of the rest only the number, unless everything is asked for.
const MOST_RELATED: usize = 8;

/// Writes the findings one after another, then the summary.
pub(crate) fn render(report: &Report, view: View, out: &mut dyn Write) -> io::Result<()> {
    if let Some(machine) = report.machine.as_ref().filter(|_| !view.quiet) {
        super::machine::environment(machine, &report.findings, view, out)?;
    }
    let renderer = if view.colour { Renderer::styled() } else { Renderer::plain() };
    for told in told_once(&report.findings, view) {
        writeln!(out, "{}\n", drawn(&told, view, &renderer))?;
    }
    write_end(report, view, out)
}

fn drawn(told: &Told<'_>, view: View, renderer: &Renderer) -> String {
    let finding = told.finding;
    let shown = Shown::new(finding, view);
    let title = level(finding.severity).primary_title(sentence(&finding.message)).id(visible(&finding.rule));
    let snippets = shown.snippets.iter().map(|snippet| Element::from(snippet.drawn()));
    let group = Group::with_title(title).elements(snippets).elements(messages(told, &shown, view));
    shown.with_true_positions(renderer.render(&[group]))
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    }
}

fn messages(told: &Told<'_>, shown: &Shown<'_>, view: View) -> Vec<Element<'static>> {
    let finding = told.finding;
    let help = finding.help.as_deref().map(|help| Level::HELP.message(prose(help)));
    let fix = finding.fix.as_ref().map(|fix| {
        let caution = if fix.safe { "" } else { " (may change what the build does)" };
        Level::HELP.message(format!("fix: {}{caution}", sentence(&fix.description)))
    });
    let hidden = (shown.left_out > 0).then(|| Level::NOTE.message(format!("and {} more; show with -v", counted(shown.left_out, "place"))));
    let places = places::note(&finding.places, view.verbose).map(|note| Level::NOTE.message(note));
    let others = alike::note(&told.others).map(|note| Level::NOTE.message(note));
    [help, fix, hidden, places, others, Some(Level::NOTE.message(demanded_by(finding)))].into_iter().flatten().map(Element::from).collect()
}

/// `rule from policy supply-chain; see https://go.dev/ref/mod#checksum-database`
fn demanded_by(finding: &Finding) -> String {
    let policy = visible(&finding.policy);
    let references: Vec<String> = finding.references.iter().map(|reference| visible(reference)).collect();
    if references.is_empty() {
        format!("rule from policy {policy}")
    } else {
        format!("rule from policy {policy}; see {}", references.join(", "))
    }
}

/// A place to point at.
struct Mark<'a> {
    location: &'a Location,
    label: Option<String>,
}

/// The source lines of a finding.
struct Shown<'a> {
    snippets: Vec<SourceLines<'a>>,
    left_out: usize,
}

/// An excerpt of one text with the marks in it.
struct SourceLines<'a> {
    path: String,
    excerpt: Excerpt,
    marks: Vec<&'a Location>,
    labels: Vec<Option<String>>,
    has_primary: bool,
}

impl<'a> Shown<'a> {
    fn new(finding: &'a Finding, view: View) -> Self {
        let most = if view.verbose { usize::MAX } else { MOST_RELATED };
        let related = finding.related.iter().take(most);
        let related = related.map(|related| Mark { location: &related.location, label: Some(sentence(&related.message)) });
        let mut by_file: Vec<Vec<Mark<'a>>> = vec![vec![Mark { location: &finding.location, label: None }]];
        for mark in related {
            let same_file = by_file.iter_mut().find(|marks| marks.iter().any(|other| other.location.path() == mark.location.path()));
            match same_file {
                Some(marks) => marks.push(mark),
                None => by_file.push(vec![mark]),
            }
        }
        let snippets = by_file.into_iter().enumerate().flat_map(|(index, marks)| source_lines(marks, index == 0)).collect();
        Self { snippets, left_out: finding.related.len().saturating_sub(most) }
    }

    /// The renderer counts columns in the lines it is given. Where these are cut or hold escapes, its
    /// `--> path:line:column` is put right here.
    fn with_true_positions(&self, drawn: String) -> String {
        let wrong: Vec<(String, String)> = self.snippets.iter().flat_map(SourceLines::wrong_positions).collect();
        if wrong.is_empty() {
            return drawn;
        }
        let mend = |line: &str| wrong.iter().find_map(|(shown, real)| Some(format!("{}{real}", origin_arrow(line, shown)?)));
        let lines: Vec<String> = drawn.lines().map(|line| mend(line).unwrap_or_else(|| line.to_owned())).collect();
        lines.join("\n")
    }
}

/// What stands before `position`, if `line` is the arrow to it.
fn origin_arrow<'a>(line: &'a str, position: &str) -> Option<&'a str> {
    let arrow = line.strip_suffix(position)?;
    let plain = arrow.trim_end_matches("\u{1b}[0m");
    (plain.ends_with("--> ") || plain.ends_with("::: ")).then_some(arrow)
}

/// The lines of one text; several if the marks are far apart. All marks are in the same text.
fn source_lines(marks: Vec<Mark<'_>>, has_primary: bool) -> Vec<SourceLines<'_>> {
    let Some(text) = marks.first().map(|mark| &mark.location.text) else { return Vec::new() };
    let spans: Vec<Span> = marks.iter().map(|mark| mark.location.span).collect();
    let lines = |(index, excerpt): (usize, Excerpt)| SourceLines {
        path: visible(text.path()),
        excerpt,
        marks: marks.iter().map(|mark| mark.location).collect(),
        labels: marks.iter().map(|mark| mark.label.clone()).collect(),
        has_primary: has_primary && index == 0,
    };
    excerpts(text, &spans).into_iter().enumerate().map(lines).collect()
}

impl SourceLines<'_> {
    fn drawn(&self) -> Snippet<'_, Annotation<'_>> {
        let annotations = self.excerpt.marks.iter().map(|(index, range)| {
            let kind = if self.has_primary && *index == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
            kind.span(range.clone()).label(self.labels.get(*index).and_then(Option::as_deref))
        });
        let line = self.excerpt.first_line as usize;
        Snippet::source(self.excerpt.source.as_str()).line_start(line).path(self.path.as_str()).annotations(annotations)
    }

    /// The marks whose `path:line:column` is not what the renderer counts: what it counts, and what it is.
    fn wrong_positions(&self) -> impl Iterator<Item = (String, String)> {
        let position = |line: u32, column: usize| format!("{}:{line}:{column}", self.path);
        let positions = self.excerpt.marks.iter().filter_map(move |(index, range)| {
            let (shown, real) = (self.excerpt.shown_at(range), self.marks.get(*index)?.start());
            Some((position(shown.0, shown.1), position(real.line, real.column as usize)))
        });
        positions.filter(|(shown, real)| shown != real)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::fixture;
    use policy_core::judge::Related;
    use policy_core::text::Text;

    fn text_of(report: &Report, view: View) -> String {
        let mut out = Vec::new();
        render(report, view, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn colour_only_when_asked() {
        assert!(!text_of(&fixture::report(), View::default()).contains('\u{1b}'));
        assert!(text_of(&fixture::report(), View { colour: true, ..View::default() }).contains("\u{1b}["));
    }

    #[test]
    fn a_long_line_is_cut_and_keeps_its_true_column() {
        let other = Text::file("b.yml", format!("{}\u{1b}OTHER", "é".repeat(3_000)));
        let mut finding = fixture::finding("r", "m", &format!("{}OFF{}", "é".repeat(5_000), "b".repeat(5_000)), (10_000, 10_003));
        finding.related = vec![Related { message: "other".into(), location: Location::new(&other, Span::new(6_001, 6_006)) }];
        for colour in [false, true] {
            let text = text_of(&fixture::report_of(vec![finding.clone()]), View { colour, ..View::default() });
            assert!(text.contains("ci.yml:1:5001\n"), "{text}");
            assert!(text.contains("b.yml:1:3002\n"), "{text}");
            assert!(text.len() < 3_000, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_finding_can_be_drawn_and_acts_on_nothing(content in "(?s).{0,80}", start in 0_usize..90, end in 0_usize..90, message in "(?s).{0,40}") {
            let mut finding = fixture::finding(&message, &message, &content, (start, end));
            finding.help = Some(message.clone());
            finding.related = vec![Related { message, location: Location::new(&finding.location.text, Span::new(end, start)) }];
            let text = text_of(&fixture::report_of(vec![finding]), View { quiet: true, ..View::default() });
            let acts = |line: &str| line.contains("##[") || line.trim_start().starts_with("::") && !line.trim_start().starts_with("::: ");
            proptest::prop_assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{text:?}");
            proptest::prop_assert!(!text.lines().any(acts), "{text:?}");
        }
    }
}

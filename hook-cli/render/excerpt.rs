//! The lines of a text that marks stand on, cut and escaped so that they can be shown whatever they hold.

use std::collections::BTreeMap;
use std::ops::Range;

use policy_core::judge::mask_in_place;
use policy_core::text::{Span, Text};

use super::escape::Escaped;

/// Marked lines further apart than this are shown as excerpts of their own.
const FAR: u32 = 50;
/// Lines longer than this, in bytes, are cut around their marks.
const LONG: usize = 200;
/// What is kept of a long line before and after a mark, in bytes.
const CONTEXT: usize = 40;
/// What is kept of a long mark, in bytes.
const LONGEST_MARK: usize = 100;

/// Some lines of a text, ready to be shown.
pub(crate) struct Excerpt {
    /// Number of the first line, from 1.
    pub(crate) first_line: u32,
    /// The lines; those without marks may be empty.
    pub(crate) source: String,
    /// The marks: index of the span asked for, and its range in `source`.
    pub(crate) marks: Vec<(usize, Range<usize>)>,
}

/// Marks by line: index of the span, and its byte range in the line. Only the first line of a span is marked.
type Lines = BTreeMap<u32, Vec<(usize, Range<usize>)>>;

/// The lines of `text` on which `spans` start. The excerpt with the first span comes first.
pub(crate) fn excerpts(text: &Text, spans: &[Span]) -> Vec<Excerpt> {
    let mut lines = Lines::new();
    for (index, span) in spans.iter().enumerate() {
        let number = text.line_column(span.start).line;
        let line = text.line_span(number).unwrap_or_default();
        let within = |offset: u32| offset.clamp(line.start, line.end).saturating_sub(line.start) as usize;
        lines.entry(number).or_default().push((index, within(span.start)..within(span.end)));
    }
    let mut excerpts: Vec<Excerpt> = runs(lines).iter().map(|run| excerpt(text, run)).collect();
    excerpts.sort_by_key(|excerpt| !excerpt.marks.iter().any(|(index, _)| *index == 0));
    excerpts
}

/// Groups of lines that stand near to one another.
fn runs(lines: Lines) -> Vec<Lines> {
    let mut runs: Vec<Lines> = Vec::new();
    let mut previous = 0;
    for (number, marks) in lines {
        match runs.last_mut() {
            Some(run) if number - previous <= FAR => drop(run.insert(number, marks)),
            _ => runs.push(Lines::from([(number, marks)])),
        }
        previous = number;
    }
    runs
}

fn excerpt(text: &Text, run: &Lines) -> Excerpt {
    let first = run.first_key_value().map_or(1, |(number, _)| *number);
    let last = run.last_key_value().map_or(1, |(number, _)| *number);
    let mut excerpt = Excerpt { first_line: first, source: String::new(), marks: Vec::new() };
    for number in first..=last {
        let marks = run.get(&number).map(Vec::as_slice).unwrap_or_default();
        let is_alone_between = run.contains_key(&(number - 1)) && run.contains_key(&(number + 1));
        if !marks.is_empty() || is_alone_between {
            excerpt.push_line(&mask_in_place(text.slice(text.line_span(number).unwrap_or_default())), marks);
        }
        if number != last {
            excerpt.source.push('\n');
        }
    }
    if excerpt.source.is_empty() || excerpt.source.ends_with('\n') {
        excerpt.source.push(' '); // else the renderer sees one line less, and marks the one before
    }
    excerpt
}

impl Excerpt {
    fn push_line(&mut self, line: &str, marks: &[(usize, Range<usize>)]) {
        let shown = Shown::of(line, marks.iter().map(|(_, range)| range.clone()).collect());
        let offset = self.source.len();
        let moved = shown.marks.iter().map(|range| range.start + offset..range.end + offset);
        self.marks.extend(marks.iter().map(|(index, _)| *index).zip(moved));
        self.source.push_str(&shown.line);
    }

    /// Line and column (from 1) at which the excerpt shows a mark.
    pub(crate) fn shown_at(&self, mark: &Range<usize>) -> (u32, usize) {
        let before = self.source.get(..mark.start).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        let lines_before = u32::try_from(before.matches('\n').count()).unwrap_or(u32::MAX);
        (self.first_line.saturating_add(lines_before), line.chars().count() + 1)
    }
}

/// A line as it is shown, and where the marks are in it.
struct Shown {
    line: String,
    marks: Vec<Range<usize>>,
}

impl Shown {
    fn of(line: &str, marks: Vec<Range<usize>>) -> Self {
        let mut out = Escaped::default();
        let mut wanted: Vec<usize> = marks.iter().flat_map(|mark| [mark.start, mark.end]).collect();
        wanted.sort_unstable_by(|a, b| b.cmp(a));
        let mut boundaries: BTreeMap<usize, usize> = BTreeMap::new();
        let mut shown_to = 0;
        for range in kept(line, &marks) {
            if range.start > shown_to {
                out.push('…');
            }
            for (at, c) in line.get(range.clone()).unwrap_or_default().char_indices() {
                while let Some(boundary) = wanted.pop_if(|boundary| *boundary <= range.start + at) {
                    boundaries.insert(boundary, out.len());
                }
                out.push_source(c);
            }
            shown_to = range.end;
        }
        if shown_to < line.len() {
            out.push('…');
        }
        let place = |boundary: usize| boundaries.get(&boundary).copied().unwrap_or(out.len());
        let marks = marks.iter().map(|mark| place(mark.start)..place(mark.end)).collect();
        Self { marks, line: out.into_text() }
    }
}

/// The parts of a line that are shown, in order: all of it, or what is near to the marks. Only these are looked at: a
/// hostile line can be as long as a file and have a mark every few characters.
fn kept(line: &str, marks: &[Range<usize>]) -> Vec<Range<usize>> {
    if line.len() <= LONG {
        return std::iter::once(0..line.len()).collect();
    }
    let near = |mark: &Range<usize>| {
        let end = mark.end.min(mark.start + LONGEST_MARK) + CONTEXT;
        floor(line, mark.start.saturating_sub(CONTEXT))..floor(line, end.min(line.len()))
    };
    let mut ranges: Vec<Range<usize>> = marks.iter().map(near).collect();
    ranges.sort_by_key(|range| range.start);
    ranges.dedup_by(|next, range| {
        let touches = next.start <= range.end;
        range.end = if touches { range.end.max(next.end) } else { range.end };
        touches
    });
    ranges
}

/// The nearest place between two characters, at or before `at`.
fn floor(line: &str, at: usize) -> usize {
    (0..=at).rev().find(|at| line.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(content: &str, spans: &[(usize, usize)]) -> Vec<(u32, String, Vec<String>)> {
        let text = Text::file("f", content);
        let spans: Vec<Span> = spans.iter().map(|(start, end)| Span::new(*start, *end)).collect();
        let under =
            |excerpt: &Excerpt| excerpt.marks.iter().map(|(_, range)| excerpt.source.get(range.clone()).unwrap().to_owned()).collect();
        excerpts(&text, &spans).iter().map(|excerpt| (excerpt.first_line, excerpt.source.clone(), under(excerpt))).collect()
    }

    #[test]
    fn marks_lie_under_the_same_characters() {
        assert_eq!(marked("a\né: \u{1b}off\r\n", &[(6, 10)]), [(2, "é: \\u{1b}off".into(), vec!["\\u{1b}off".into()])]);
        assert_eq!(marked("a: b\n", &[(3, 4), (0, 1)]), [(1, "a: b".into(), vec!["b".into(), "a".into()])]);
    }

    #[test]
    fn a_span_over_several_lines_marks_the_first() {
        assert_eq!(marked("run: |\n  x\n  y\n", &[(5, 14)]), [(1, "run: |".into(), vec!["|".into()])]);
    }

    #[test]
    fn the_end_of_a_text_can_be_marked() {
        assert_eq!(marked("a\n", &[(2, 2)]), [(2, " ".into(), vec![String::new()])]);
        assert_eq!(marked("", &[(0, 0)]), [(1, " ".into(), vec![String::new()])]);
        assert_eq!(marked("a", &[(7, 9)]), [(1, "a".into(), vec![String::new()])]);
    }

    #[test]
    fn far_lines_are_apart_and_the_first_span_leads() {
        let content = "x\n".repeat(200);
        let found = marked(&content, &[(300, 301), (0, 1), (4, 5)]);
        assert_eq!(found.iter().map(|(line, ..)| *line).collect::<Vec<_>>(), [151, 1]);
        assert_eq!(found[1].1, "x\nx\nx");
    }

    #[test]
    fn a_long_line_is_cut_around_its_marks() {
        let content = format!("{}MARK{}{}", "a".repeat(5_000), "b".repeat(5_000), "c".repeat(3_000));
        let found = marked(&content, &[(5_000, 5_004), (10_004, 13_004)]);
        let (_, source, under) = &found[0];
        assert!(source.chars().count() < 2 * (2 * CONTEXT + LONGEST_MARK), "{source}");
        assert_eq!(under[0], "MARK");
        assert!(under[1].starts_with("ccc") && under[1].ends_with('…'), "{}", under[1]);
    }

    proptest::proptest! {
        #[test]
        fn every_mark_is_within_the_source(content in "(?s)(.{0,300}|[aé\u{1b}]{0,600})", spans in proptest::collection::vec((0_usize..900, 0_usize..900), 1..4)) {
            let text = Text::file("f", content);
            let spans: Vec<Span> = spans.iter().map(|(start, end)| Span::new(*start, *end)).collect();
            let found = excerpts(&text, &spans);
            proptest::prop_assert_eq!(found.iter().map(|excerpt| excerpt.marks.len()).sum::<usize>(), spans.len());
            for excerpt in &found {
                for (_, range) in &excerpt.marks {
                    proptest::prop_assert!(excerpt.source.get(range.clone()).is_some());
                }
            }
        }
    }
}

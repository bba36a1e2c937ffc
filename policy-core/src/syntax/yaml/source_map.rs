//! Aligns a scalar's content with its source, piece by piece.
//!
//! The YAML parser gives content and extent of a scalar, not which character came from where. This walks the source by the rules
//! of YAML 1.2.2 chapters 7.3 and 8.1 and checks every piece against the content, so that a map is either right or absent.

use super::Style;
use crate::text::Span;

/// Pairs as in [`super::Scalar::map`].
pub(super) type Map = Vec<(u32, u32)>;

/// The map of a plain or quoted scalar whose `source`, without quotes, starts at `offset`.
pub(super) fn flow(content: &str, source: &str, offset: usize, style: Style) -> Option<Map> {
    let mut aligner = Aligner::new(content, offset);
    if source == content {
        return Some(aligner.map);
    }
    let mut breaks = Vec::new();
    for (index, line) in lines(source, offset).enumerate() {
        let is_last = line.line_break.is_empty();
        let line = if index == 0 { line } else { line.without_leading_blanks() };
        let (line, joined) = if is_last { (line, false) } else { line.without_trailing_blanks(style) };
        if !line.text.is_empty() || joined || is_last || index == 0 {
            aligner.fold(&breaks)?;
            breaks.clear();
            aligner.flow_line(line, style)?;
        }
        if joined {
            breaks.push(Break { offset: line.end(), text: "" });
        } else {
            breaks.push(line.line_break());
        }
    }
    aligner.finish()
}

/// The map of a block scalar whose lines are those of `source`, which starts at `offset`.
pub(super) fn block(content: &str, source: &str, offset: usize, style: Style) -> Option<Map> {
    let mut aligner = Aligner::new(content, offset);
    let text_end = content.trim_end_matches('\n').len();
    let indent = block_indent(content, source);
    let mut breaks: Vec<Break<'_>> = Vec::new();
    let mut before = BlockLine::Start;
    for line in lines(source, offset).map(|line| line.without_indent(indent)) {
        if aligner.at >= text_end {
            aligner.keep(&breaks)?;
            if aligner.is_done() {
                break;
            }
            breaks.clear();
        } else if !line.text.is_empty() {
            let here = if line.text.starts_with([' ', '\t']) { BlockLine::Spaced } else { BlockLine::Text };
            match (style, before, here) {
                (Style::Folded, BlockLine::Text, BlockLine::Text) => aligner.fold(&breaks)?,
                _ => aligner.keep(&breaks)?,
            }
            breaks.clear();
            aligner.emit(line.text, line.offset, line.text.len())?;
            before = here;
        }
        breaks.push(line.line_break());
    }
    aligner.keep(&breaks)?;
    aligner.finish()
}

/// What came before in a folded scalar: breaks next to more-indented lines are kept (YAML 1.2.2, 8.1.3).
#[derive(Clone, Copy)]
enum BlockLine {
    Start,
    Text,
    Spaced,
}

/// How many spaces of indentation the lines of a block scalar lose, found from its first line that is not blank:
/// with an indentation indicator (`|2`) some of that line's leading spaces are content.
fn block_indent(content: &str, source: &str) -> usize {
    let spaces = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let text = content.trim_start_matches('\n');
    let blank_lines = content.len() - text.len();
    let first = lines(source, 0).nth(blank_lines).map_or(0, |line| spaces(line.text));
    if text.is_empty() { usize::MAX } else { first.saturating_sub(spaces(text)) }
}

/// A line of the source, and the break behind it (empty at the end of the source).
#[derive(Clone, Copy)]
struct Line<'s> {
    offset: usize,
    text: &'s str,
    line_break: &'s str,
    break_offset: usize,
}

#[derive(Clone, Copy)]
struct Break<'s> {
    offset: usize,
    text: &'s str,
}

/// The lines of a text; CR, LF and CRLF all end one.
fn lines(source: &str, offset: usize) -> impl Iterator<Item = Line<'_>> {
    let mut rest = Some(source);
    let mut offset = offset;
    std::iter::from_fn(move || {
        let source = rest?;
        let (text, tail) = source.split_at_checked(source.find(['\n', '\r']).unwrap_or(source.len()))?;
        let width = if tail.starts_with("\r\n") { 2 } else { tail.len().min(1) };
        let (line_break, tail) = tail.split_at_checked(width)?;
        let line = Line { offset, text, line_break, break_offset: offset + text.len() };
        rest = (!line_break.is_empty()).then_some(tail);
        offset += text.len() + width;
        Some(line)
    })
}

impl<'s> Line<'s> {
    fn end(self) -> usize {
        self.offset + self.text.len()
    }

    fn line_break(self) -> Break<'s> {
        Break { offset: self.break_offset, text: self.line_break }
    }

    fn without_indent(self, indent: usize) -> Self {
        let spaces = self.text.len() - self.text.trim_start_matches(' ').len();
        self.skip(spaces.min(indent))
    }

    fn without_leading_blanks(self) -> Self {
        self.skip(self.text.len() - self.text.trim_start_matches([' ', '\t']).len())
    }

    fn skip(self, width: usize) -> Self {
        let text = self.text.get(width..).unwrap_or_default();
        Self { offset: self.offset + width, text, ..self }
    }

    /// Blanks before a break are dropped; in double quotes not if escaped, and an escaped break joins the lines (second result).
    fn without_trailing_blanks(self, style: Style) -> (Self, bool) {
        let text = self.text.trim_end_matches([' ', '\t']);
        let backslashes = text.len() - text.trim_end_matches('\\').len();
        if style != Style::DoubleQuoted || backslashes.is_multiple_of(2) {
            return (Self { text, ..self }, false);
        }
        let blanks = self.text.len() - text.len();
        let width = if blanks == 0 { text.len() - 1 } else { text.len() + 1 };
        (Self { text: self.text.get(..width).unwrap_or_default(), ..self }, blanks == 0)
    }
}

/// Checks pieces of source against the content and notes where the two stop advancing together.
struct Aligner<'c> {
    content: &'c str,
    at: usize,
    source: usize,
    map: Map,
}

impl<'c> Aligner<'c> {
    fn new(content: &'c str, offset: usize) -> Self {
        Self { content, at: 0, source: offset, map: vec![pair(0, offset)] }
    }

    fn is_done(&self) -> bool {
        self.at == self.content.len()
    }

    fn finish(self) -> Option<Map> {
        self.is_done().then_some(self.map)
    }

    /// The content goes on with `produced`, which `width` bytes of source at `offset` stand for.
    fn emit(&mut self, produced: &str, offset: usize, width: usize) -> Option<()> {
        if !self.content.get(self.at..)?.starts_with(produced) {
            return None;
        }
        if offset != self.source {
            self.note(self.source);
            self.note(offset);
        }
        self.at += produced.len();
        self.source = offset + width;
        if produced.len() != width {
            self.note(self.source);
        }
        Some(())
    }

    fn note(&mut self, source: usize) {
        let pair = pair(self.at, source);
        if self.map.last() != Some(&pair) {
            self.map.push(pair);
        }
    }

    /// Line folding: one break is a space, of several the first is dropped.
    fn fold(&mut self, breaks: &[Break<'_>]) -> Option<()> {
        match breaks {
            [only] if !only.text.is_empty() => self.emit(" ", only.offset, only.text.len()),
            [_, rest @ ..] => self.keep(rest),
            [] => Some(()),
        }
    }

    /// Every break is a line feed, as far as chomping leaves them.
    fn keep(&mut self, breaks: &[Break<'_>]) -> Option<()> {
        for line_break in breaks {
            if self.is_done() {
                break;
            }
            self.emit("\n", line_break.offset, line_break.text.len())?;
        }
        Some(())
    }

    fn flow_line(&mut self, line: Line<'_>, style: Style) -> Option<()> {
        match style {
            Style::SingleQuoted => self.pieces(line, '\'', |_| Some(("'".len(), 2))),
            Style::DoubleQuoted => self.pieces(line, '\\', escape),
            _ => self.emit(line.text, line.offset, line.text.len()),
        }
    }

    /// Emits a line in which `special` starts a sequence that stands for other characters. `measure` gives the bytes of
    /// content and of source for the content and source that remain.
    fn pieces(&mut self, line: Line<'_>, special: char, measure: fn(Remaining<'_>) -> Option<(usize, usize)>) -> Option<()> {
        let mut line = line;
        while let Some(plain) = line.text.find(special) {
            self.emit(line.text.get(..plain)?, line.offset, plain)?;
            line = line.skip(plain);
            let content = self.content;
            let remaining = content.get(self.at..)?;
            let (produced, width) = measure(Remaining { content: remaining, source: line.text })?;
            self.emit(remaining.get(..produced)?, line.offset, width)?;
            line = line.skip(width);
        }
        self.emit(line.text, line.offset, line.text.len())
    }
}

struct Remaining<'t> {
    content: &'t str,
    source: &'t str,
}

/// An escape sequence of a double-quoted scalar stands for one character (YAML 1.2.2, 5.7). A character beyond U+FFFF may
/// be written as two `\u` of a surrogate pair, as JSON does.
fn escape(remaining: Remaining<'_>) -> Option<(usize, usize)> {
    let produced = remaining.content.chars().next()?;
    let letter = remaining.source.chars().nth(1)?;
    let width = match letter {
        'x' => 4,
        'u' if produced > '\u{FFFF}' => 12,
        'u' => 6,
        'U' => 10,
        _ => 1 + letter.len_utf8(),
    };
    Some((produced.len_utf8(), width))
}

fn pair(content: usize, source: usize) -> (u32, u32) {
    let span = Span::new(content, content);
    (span.start, Span::new(source, source).start)
}

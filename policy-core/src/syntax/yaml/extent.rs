//! The exact characters of a scalar. The YAML parser reports block scalars from their first line of text and places values that were
//! left out before the colon; both are put right here.

use super::source_map;
use super::{Scalar, Style};
use crate::text::Span;

const BLANKS: [char; 4] = [' ', '\t', '\n', '\r'];

/// A scalar with its extent and map, from what the parser reported. `after` is the end of the token before it.
pub(super) fn scalar(source: &str, after: usize, reported: Span, style: Style, content: String) -> Scalar {
    match style {
        Style::Literal | Style::Folded => block(source, after, reported, style, content),
        Style::Plain if reported.start == reported.end => absent(source, reported),
        _ => flow(source, reported, style, content),
    }
}

/// A scalar without characters at `span`.
pub(super) fn empty(span: Span) -> Scalar {
    Scalar { content: String::new(), style: Style::Plain, tagged: false, span, map: vec![(0, span.start)] }
}

fn flow(source: &str, span: Span, style: Style, content: String) -> Scalar {
    let quote = usize::from(style != Style::Plain);
    let inner = span.start as usize + quote..(span.end as usize).saturating_sub(quote);
    let map = source.get(inner.clone()).and_then(|text| source_map::flow(&content, text, inner.start, style));
    Scalar { content, style, tagged: false, span, map: map.unwrap_or_default() }
}

/// A value that was left out stands behind its colon, where it would be written; without a colon, behind what comes before.
fn absent(source: &str, reported: Span) -> Scalar {
    let before = source.get(..reported.start as usize).unwrap_or_default().trim_end_matches(BLANKS);
    let rest = source.get(before.len()..).unwrap_or_default().trim_start_matches(BLANKS);
    let at = rest.strip_prefix(':').map_or(before.len(), |tail| source.len() - tail.len());
    empty(Span::new(at, at))
}

fn block(source: &str, after: usize, reported: Span, style: Style, content: String) -> Scalar {
    let header = header(source, after).unwrap_or(reported);
    let body = line_end(source, header.end as usize);
    let map = source.get(body..).and_then(|text| source_map::block(&content, text, body, style)).unwrap_or_default();
    let mut scalar = Scalar { content, style, tagged: false, span: Span::new(header.start as usize, source.len()), map };
    let end = text_end(source, reported, &scalar).max(header.end as usize);
    scalar.span = Span::new(header.start as usize, end);
    if end == source.len() {
        drop_final_breaks(&mut scalar);
    }
    scalar
}

/// The parser ends the text of a block scalar with a line break even where the file ends without one; libyaml, and with it
/// the runner's `YamlDotNet`, does not.
fn drop_final_breaks(scalar: &mut Scalar) {
    let text = scalar.content.trim_end_matches('\n').len();
    scalar.content.truncate(text);
    scalar.map.retain(|(content, _)| *content as usize <= text);
}

/// Where the text of a block scalar ends, without its final line breaks.
fn text_end(source: &str, reported: Span, scalar: &Scalar) -> usize {
    let text = scalar.content.trim_end_matches('\n').len();
    if scalar.map.is_empty() {
        let raw = source.get(reported.range()).unwrap_or_default();
        return reported.start as usize + raw.trim_end().len();
    }
    if text == 0 { 0 } else { scalar.locate(0..text).end as usize }
}

/// The header of a block scalar: `|` or `>` with its indicators. Between the token before it and the header there can only be
/// blanks, comments, the indicators `:`, `-` and `?`, and an anchor or tag.
fn header(source: &str, after: usize) -> Option<Span> {
    let mut rest = source.get(after..)?;
    loop {
        rest = match rest.chars().next()? {
            '|' | '>' => {
                let width = rest.find(|c: char| !matches!(c, '|' | '>' | '+' | '-' | '0'..='9')).unwrap_or(rest.len());
                let start = source.len() - rest.len();
                return Some(Span::new(start, start + width));
            }
            '#' => skip_until(rest, |c| matches!(c, '\n' | '\r')),
            '&' | '!' => skip_until(rest, char::is_whitespace),
            first => rest.get(first.len_utf8()..)?,
        };
    }
}

fn skip_until(text: &str, stop: fn(char) -> bool) -> &str {
    text.find(stop).and_then(|at| text.get(at..)).unwrap_or_default()
}

/// The start of the next line.
fn line_end(source: &str, from: usize) -> usize {
    let rest = skip_until(source.get(from..).unwrap_or_default(), |c| matches!(c, '\n' | '\r'));
    let rest = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix(['\n', '\r'])).unwrap_or(rest);
    source.len() - rest.len()
}

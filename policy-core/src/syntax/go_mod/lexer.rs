//! Lines of tokens. No token and no comment goes over the end of a line, so each line is read by itself.

use super::file::Problem;
use crate::text::{Span, Text};

/// A word, a quoted string with its quotes, or one of `( ) [ ] { } ,`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'t> {
    pub(super) text: &'t str,
    pub(super) span: Span,
}

/// A line: its tokens, and the comment behind them or alone.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct RawLine<'t> {
    pub(super) tokens: Vec<Token<'t>>,
    /// From `//` to the end of the line.
    pub(super) comment: Option<Token<'t>>,
    /// Whether something in it cannot be read, which has been noted.
    pub(super) broken: bool,
}

/// All lines of a text. What cannot be read is noted and passed over: a character, or the rest of the line.
pub(super) fn lines<'t>(text: &'t Text, problems: &mut Vec<Problem>) -> Vec<RawLine<'t>> {
    let spans = (1..=text.line_count()).filter_map(|line| text.line_span(line));
    spans.map(|span| line(text.slice(span), span.start as usize, problems)).collect()
}

fn line<'t>(source: &'t str, offset: usize, problems: &mut Vec<Problem>) -> RawLine<'t> {
    let mut read = RawLine::default();
    let mut at = 0;
    while let Some(rest) = source.get(at..).filter(|rest| !rest.is_empty()) {
        let start = offset + at;
        let token = |length: usize| Token { text: rest.get(..length).unwrap_or(rest), span: Span::new(start, start + length) };
        match next(rest) {
            Ok(Piece::Blank) => at += 1,
            Ok(Piece::Token(length)) => {
                read.tokens.push(token(length));
                at += length;
            }
            Ok(Piece::Comment) => {
                read.comment = Some(token(rest.len()));
                break;
            }
            Err((length, message)) => {
                problems.push(Problem { span: Span::new(start, start + length), message });
                read.broken |= length == rest.len();
                at += length;
            }
        }
    }
    read
}

enum Piece {
    Blank,
    Token(usize),
    Comment,
}

/// What a text that is not empty starts with; an error has a length too.
fn next(rest: &str) -> Result<Piece, (usize, String)> {
    let first = rest.chars().next().unwrap_or_default();
    match first {
        ' ' | '\t' | '\r' => Ok(Piece::Blank),
        '(' | ')' | '[' | ']' | '{' | '}' | ',' => Ok(Piece::Token(1)),
        '"' | '`' => string(rest, first).map(Piece::Token).ok_or((rest.len(), String::from("unexpected newline in string"))),
        _ if rest.starts_with("//") => Ok(Piece::Comment),
        _ if !is_word(first) => Err((first.len_utf8(), format!("unexpected input character `{}`", first.escape_debug()))),
        _ => word(rest).map(Piece::Token),
    }
}

/// The length of a quoted string; `None` if the line ends first.
fn string(rest: &str, quote: char) -> Option<usize> {
    let mut characters = rest.char_indices().skip(1);
    while let Some((at, character)) = characters.next() {
        if character == quote {
            return Some(at + 1);
        }
        if character == '\\' && quote == '"' {
            characters.next();
        }
    }
    None
}

fn word(rest: &str) -> Result<usize, (usize, String)> {
    let end = rest.char_indices().find(|(at, character)| !is_word(*character) || *character == '/' && opens_comment(rest, *at));
    match end {
        Some((at, '/')) if rest.get(at..).is_some_and(|behind| behind.starts_with("/*")) => {
            Err((rest.len(), String::from("mod files must use // comments (not /* */ comments)")))
        }
        Some((at, _)) => Ok(at),
        None => Ok(rest.len()),
    }
}

fn opens_comment(text: &str, at: usize) -> bool {
    text.get(at..).is_some_and(|behind| behind.starts_with("//") || behind.starts_with("/*"))
}

/// Whether a character may be part of a word: most that can be printed.
fn is_word(character: char) -> bool {
    match character {
        ' ' | '(' | ')' | '[' | ']' | '{' | '}' | ',' => false,
        '!'..='~' => true,
        other => !other.is_ascii() && !other.is_whitespace() && is_printable(other),
    }
}

/// Go's `unicode.IsPrint`, by the table of the standard library's Debug. A mark that combines is escaped only at the start of a text.
fn is_printable(character: char) -> bool {
    let mut behind_another = String::from("x");
    behind_another.push(character);
    behind_another.escape_debug().nth(1) != Some('\\')
}

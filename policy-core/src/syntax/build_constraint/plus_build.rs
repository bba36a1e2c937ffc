//! The condition behind `// +build`: options between blanks, of which one must hold, of terms between commas, which all must.

use super::error::{SyntaxError, SyntaxErrorKind};
use super::expression::Expression;
use super::is_tag_character;
use crate::text::Span;

/// Go refuses lines with more `,` and blanks between terms than this (`maxOldSize`).
const MOST_OPERATORS: usize = 100;

/// What stands for a term that cannot be read: Go never refuses such a line.
const UNREADABLE: &str = "ignore";

/// Parses a condition that stands at an offset of the file.
pub(super) fn parse(source: &str, offset: usize) -> Result<Expression, SyntaxError> {
    let whole = Span::new(offset, offset + source.len());
    let options: Vec<(usize, &str)> = words(source, char::is_whitespace).filter(|(_, option)| !option.is_empty()).collect();
    let operators = options.len().saturating_sub(1) + options.iter().map(|(_, option)| option.matches(',').count()).sum::<usize>();
    if operators > MOST_OPERATORS {
        return Err(SyntaxErrorKind::TooComplex.at(whole));
    }
    if options.is_empty() {
        return Ok(Expression::tag(UNREADABLE, whole));
    }
    let option = |(at, option): (usize, &str)| {
        Expression::all(words(option, |c| c == ',').map(|(inner, term)| parse_term(term, offset + at + inner)).collect())
    };
    Ok(Expression::any(options.into_iter().map(option).collect()))
}

fn parse_term(term: &str, offset: usize) -> Expression {
    let span = Span::new(offset, offset + term.len());
    if term.starts_with("!!") || term == "!" {
        return Expression::tag(UNREADABLE, span);
    }
    match term.strip_prefix('!') {
        Some(name) => parse_tag(name, Span::new(offset + 1, offset + term.len())).negated(),
        None => parse_tag(term, span),
    }
}

fn parse_tag(name: &str, span: Span) -> Expression {
    let valid = !name.is_empty() && name.chars().all(is_tag_character);
    Expression::tag(if valid { name } else { UNREADABLE }, span)
}

/// The parts of a text between separators, with their offsets in it.
fn words(text: &str, separator: fn(char) -> bool) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive(separator).chain(text.ends_with(separator).then_some("")).map(move |part| {
        let start = at;
        at += part.len();
        (start, part.trim_end_matches(separator))
    })
}

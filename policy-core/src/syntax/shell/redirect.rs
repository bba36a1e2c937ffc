//! Redirections.

use super::ast::{Redirect, RedirectKind, Word};
use super::parse::{Outcome, Parser};
use super::scan::name_length;

type MakeKind = fn(Word) -> RedirectKind;

/// The operators but `<<` and `<<-`; where one starts with another, the longer comes first.
const OPERATORS: [(&str, MakeKind); 10] = [
    ("<<<", RedirectKind::HereString),
    ("<&", RedirectKind::Duplicate),
    ("<>", RedirectKind::ReadWrite),
    ("<", RedirectKind::Read),
    ("&>>", RedirectKind::Append),
    ("&>", RedirectKind::Write),
    (">>", RedirectKind::Append),
    (">&", RedirectKind::Duplicate),
    (">|", RedirectKind::Write),
    (">", RedirectKind::Write),
];

/// The descriptor of `&>`.
const BOTH_OUTPUTS: i32 = -1;
/// The descriptor of `{name}>`.
const CHOSEN_BY_SHELL: i32 = -2;

impl Parser<'_> {
    /// A redirection, if one is next. Blanks before it are skipped in any case.
    pub(super) fn redirect(&mut self) -> Outcome<Option<Redirect>> {
        self.skip_blanks();
        let start = self.cursor.at();
        let (descriptor, length) = descriptor(self.cursor.rest());
        self.cursor.take(length);
        if !self.at_redirect_operator() {
            self.cursor.seek(start);
            return Ok(None);
        }
        let kind = match self.here_document()? {
            Some(kind) => kind,
            None => self.plain_redirect()?,
        };
        Ok(Some(Redirect { descriptor, kind, span: self.span_from(start) }))
    }

    fn at_redirect_operator(&self) -> bool {
        match self.cursor.peek() {
            Some('<' | '>') => self.cursor.nth(1) != Some('('),
            Some('&') => self.cursor.nth(1) == Some('>'),
            _ => false,
        }
    }

    fn plain_redirect(&mut self) -> Outcome<RedirectKind> {
        let Some((_, kind)) = OPERATORS.iter().find(|(operator, _)| self.cursor.eat(operator)) else {
            return self.unexpected();
        };
        self.skip_blanks();
        match self.word()? {
            Some(target) => Ok(kind(target)),
            None => self.unexpected(),
        }
    }
}

/// The descriptor in front of a redirection operator, and its length.
fn descriptor(text: &str) -> (Option<i32>, usize) {
    if text.starts_with("&>") {
        return (Some(BOTH_OUTPUTS), 0);
    }
    let written = match text.strip_prefix('{') {
        Some(rest) => named_descriptor(rest),
        None => numbered_descriptor(text),
    };
    match written {
        Some((number, length)) if text.get(length..).is_some_and(|rest| rest.starts_with(['<', '>'])) => (Some(number), length),
        _ => (None, 0),
    }
}

fn named_descriptor(inside: &str) -> Option<(i32, usize)> {
    let length = name_length(inside);
    let closed = inside.get(length..).is_some_and(|rest| rest.starts_with('}'));
    (length > 0 && closed).then_some((CHOSEN_BY_SHELL, length + 2))
}

fn numbered_descriptor(text: &str) -> Option<(i32, usize)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    Some((text.get(..length)?.parse().ok()?, length))
}

//! Words outside quotes.

use super::ast::{Part, Word};
use super::command::assignment_length;
use super::parse::{Outcome, Parser, is_metacharacter};
use super::{HOLE_END, HOLE_START};

/// Where a word ends.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// At a blank or an operator: an ordinary word.
    Blank,
    /// As an ordinary word, but `|` and what is in parentheses belongs to it: the right side of `=~`.
    Regex,
    /// At `}`: inside `${ … }`.
    Brace,
    /// At `/` or `}`: the pattern of `${name/pattern/replacement}`.
    Slash,
}

impl Ending {
    fn at(self, next: char) -> bool {
        match self {
            Self::Blank => is_metacharacter(next),
            Self::Regex => is_metacharacter(next) && !matches!(next, '|' | '('),
            Self::Brace => next == '}',
            Self::Slash => matches!(next, '}' | '/'),
        }
    }

    /// Whether the word is one of a command, and not one inside `${ … }`.
    fn in_command(self) -> bool {
        matches!(self, Self::Blank | Self::Regex)
    }
}

impl Parser<'_> {
    /// A word of a command, if one is next.
    pub(super) fn word(&mut self) -> Outcome<Option<Word>> {
        let start = self.cursor.at();
        let mut parts = Vec::new();
        // bash also treats `name=value` arguments as assignments, as far as `~` is concerned (manual, "Tilde Expansion").
        let assigned = self.cursor.take(assignment_length(self.cursor.rest()));
        push_text(&mut parts, assigned, Part::Literal);
        self.unquoted(Ending::Blank, !assigned.is_empty(), &mut parts)?;
        Ok((self.cursor.at() > start).then(|| Word { parts, span: self.span_from(start) }))
    }

    /// A word up to its ending, possibly empty.
    pub(super) fn word_until(&mut self, ending: Ending) -> Outcome<Word> {
        let start = self.cursor.at();
        let mut parts = Vec::new();
        self.unquoted(ending, false, &mut parts)?;
        Ok(Word { parts, span: self.span_from(start) })
    }

    /// The parts of a word up to its ending. In an assignment `~` counts behind `:` too.
    pub(super) fn unquoted(&mut self, ending: Ending, assignment: bool, parts: &mut Vec<Part>) -> Outcome<()> {
        // Parentheses of extended patterns and regular expressions that are open: blanks and operators in them are text.
        let mut groups = 0usize;
        let mut tilde = true;
        while let Some(next) = self.cursor.peek() {
            let substitution = ending.in_command() && matches!(next, '<' | '>') && self.cursor.nth(1) == Some('(');
            if substitution {
                self.process_substitution(parts)?;
            } else if groups == 0 && ending.at(next) {
                return Ok(());
            } else if let Some(opened) = self.open_group(ending, groups, parts) {
                groups += opened;
            } else if !(self.special(parts)? || tilde && self.tilde(assignment, parts)) {
                groups -= usize::from(groups > 0 && next == ')');
                self.literal(parts);
            }
            tilde = assignment && next == ':';
        }
        Ok(())
    }

    /// Takes the start of a group: `@(` and its like in a pattern, any parenthesis in a regular expression or inside a group.
    fn open_group(&mut self, ending: Ending, groups: usize, parts: &mut Vec<Part>) -> Option<usize> {
        let text = match self.cursor.peek()? {
            '(' if groups > 0 || ending == Ending::Regex => self.cursor.take(1),
            '?' | '*' | '+' | '@' | '!' if ending == Ending::Blank && self.starts_pattern_group() => self.cursor.take(2),
            _ => return None,
        };
        push_text(parts, text, Part::Literal);
        Some(1)
    }

    /// Whether the next two characters open a group; `f!()` is a function.
    fn starts_pattern_group(&self) -> bool {
        let mut next = self.cursor.rest().chars().skip(1);
        next.next() == Some('(') && next.next() != Some(')')
    }

    /// Quotes, expansions and holes. False, with nothing taken, at anything else.
    fn special(&mut self, parts: &mut Vec<Part>) -> Outcome<bool> {
        match self.cursor.peek() {
            Some('\\') => self.escaped(parts),
            Some('\'') => self.single_quoted(parts)?,
            Some('"') => self.double_quoted(parts)?,
            Some('`') => self.backquoted(false, parts)?,
            Some('$') => self.dollar(false, parts)?,
            Some(HOLE_START) => return Ok(self.hole(parts)),
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// `\c`; at the end of the script the backslash stands for itself.
    fn escaped(&mut self, parts: &mut Vec<Part>) {
        self.cursor.bump();
        let start = self.cursor.at();
        match self.cursor.bump() {
            Some('\n') => {}
            Some(_) => push_text(parts, self.cursor.since(start), Part::Quoted),
            None => push_text(parts, "\\", Part::Literal),
        }
    }

    /// One character, and what follows it without a meaning of its own.
    fn literal(&mut self, parts: &mut Vec<Part>) {
        let start = self.cursor.at();
        if self.cursor.bump() != Some(':') {
            self.cursor.take_while(|next| !is_special(next));
        }
        push_text(parts, self.cursor.since(start), Part::Literal);
    }

    /// `~` or `~user`, if nothing quoted follows up to the `/` (or `:` in an assignment).
    fn tilde(&mut self, assignment: bool, parts: &mut Vec<Part>) -> bool {
        let start = self.cursor.at();
        if !self.cursor.eat("~") {
            return false;
        }
        let user = self.cursor.take_while(|next| next.is_ascii_alphanumeric() || matches!(next, '_' | '.' | '-' | '+'));
        let ended = match self.cursor.peek() {
            None | Some('/' | '}') => true,
            Some(':') => assignment,
            Some(next) => is_metacharacter(next),
        };
        if ended {
            parts.push(Part::Tilde(user.to_owned()));
        } else {
            self.cursor.seek(start);
        }
        ended
    }

    /// A hole. False, with nothing taken, if the character is not the start of one.
    pub(super) fn hole(&mut self, parts: &mut Vec<Part>) -> bool {
        let Some((index, length)) = hole_at(self.cursor.rest()) else { return false };
        self.cursor.take(length);
        parts.push(Part::Hole(index));
        true
    }
}

/// Characters at which a run of literal text stops.
fn is_special(next: char) -> bool {
    is_metacharacter(next)
        || matches!(next, '\\' | '\'' | '"' | '`' | '$' | '~' | ':' | '/' | '}' | '?' | '*' | '+' | '@' | '!' | HOLE_START)
}

/// The index and the length of the hole that a text starts with.
fn hole_at(text: &str) -> Option<(usize, usize)> {
    let inside = text.strip_prefix(HOLE_START)?;
    let (digits, rest) = inside.split_at_checked(inside.bytes().take_while(u8::is_ascii_digit).count())?;
    rest.strip_prefix(HOLE_END)?;
    Some((digits.parse().ok()?, HOLE_START.len_utf8() + digits.len() + HOLE_END.len_utf8()))
}

/// Adds text, joined to the text before it if that is of the same kind ([`Part::Literal`] or [`Part::Quoted`]).
pub(super) fn push_text(parts: &mut Vec<Part>, text: &str, kind: fn(String) -> Part) {
    if text.is_empty() {
        return;
    }
    match (parts.last_mut(), kind(String::new())) {
        (Some(Part::Literal(before)), Part::Literal(_)) | (Some(Part::Quoted(before)), Part::Quoted(_)) => before.push_str(text),
        _ => parts.push(kind(text.to_owned())),
    }
}

/// Adds text that stands for itself, except for its holes, which are in quotes like the rest.
pub(super) fn push_quoted(parts: &mut Vec<Part>, mut text: &str) {
    while let Some(at) = text.find(HOLE_START) {
        let (before, rest) = text.split_at_checked(at).unwrap_or_default();
        push_text(parts, before, Part::Quoted);
        let length = match hole_at(rest) {
            Some((index, length)) => {
                parts.push(Part::DoubleQuoted(vec![Part::Hole(index)]));
                length
            }
            None => {
                push_text(parts, HOLE_START.encode_utf8(&mut [0; 4]), Part::Quoted);
                HOLE_START.len_utf8()
            }
        };
        text = rest.get(length..).unwrap_or_default();
    }
    push_text(parts, text, Part::Quoted);
}

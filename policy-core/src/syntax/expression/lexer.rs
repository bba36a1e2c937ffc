//! Tokens. As in the runner's `LexicalAnalyzer`, a token that may not follow the one before it is an error already here, so the parser
//! can rely on a sound sequence.

use std::sync::Arc;

use super::ast::{Binary, is_word};
use super::{ExpressionError, ExpressionErrorKind, parse_number};
use crate::text::Span;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum TokenKind {
    StartGroup,
    StartIndex,
    StartArguments,
    EndGroup,
    EndIndex,
    EndArguments,
    Separator,
    Dot,
    Wildcard,
    Not,
    And,
    Or,
    Compare(Binary),
    Null,
    Bool(bool),
    Number(f64),
    String(Arc<str>),
    Property,
    Function,
    Context,
}

#[derive(Clone, Debug)]
pub(super) struct Token<'a> {
    pub(super) kind: TokenKind,
    pub(super) raw: &'a str,
    pub(super) span: Span,
}

/// What the last token was, as far as it decides what may follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum After {
    /// Start, separator, `(` of a group, an operator: an operand must follow.
    Operator,
    StartIndex,
    StartArguments,
    Dot,
    Function,
    /// An operand that can be indexed.
    Indexable,
    Literal,
}

impl After {
    fn expects_operand(self) -> bool {
        matches!(self, Self::Operator | Self::StartIndex | Self::StartArguments)
    }

    fn completes_operand(self) -> bool {
        matches!(self, Self::Indexable | Self::Literal)
    }
}

pub(super) struct Lexer<'a> {
    source: &'a str,
    /// Added to every span.
    offset: usize,
    at: usize,
    after: After,
    unclosed: Vec<TokenKind>,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(source: &'a str, offset: usize) -> Self {
        Self { source, offset, at: 0, after: After::Operator, unclosed: Vec::new() }
    }

    /// Whether the tokens so far can be a whole expression.
    pub(super) fn is_complete(&self) -> bool {
        self.after.completes_operand() && self.unclosed.is_empty()
    }

    /// The next token, or nothing at the end.
    pub(super) fn next_token(&mut self) -> Result<Option<Token<'a>>, ExpressionError> {
        let rest = self.source.get(self.at..).unwrap_or_default();
        let trimmed = rest.trim_start();
        let start = self.at + (rest.len() - trimmed.len());
        let Some(first) = trimmed.chars().next() else { return Ok(None) };
        let (kind, length) = self.read(trimmed, first);
        let raw = trimmed.get(..length).unwrap_or(trimmed);
        let span = Span::new(self.offset + start, self.offset + start + raw.len());
        match kind {
            Some(kind) if self.accept(&kind) => {
                self.at = start + raw.len();
                Ok(Some(Token { kind, raw, span }))
            }
            _ => Err(ExpressionErrorKind::UnexpectedSymbol(raw.to_owned()).at(span)),
        }
    }

    /// Kind (none if it is no token) and length of what `rest` begins with.
    fn read(&self, rest: &str, first: char) -> (Option<TokenKind>, usize) {
        match first {
            '(' if self.after == After::Function => (Some(TokenKind::StartArguments), 1),
            '(' => (Some(TokenKind::StartGroup), 1),
            '[' => (Some(TokenKind::StartIndex), 1),
            ')' if self.unclosed.last() == Some(&TokenKind::StartArguments) => (Some(TokenKind::EndArguments), 1),
            ')' => (Some(TokenKind::EndGroup), 1),
            ']' => (Some(TokenKind::EndIndex), 1),
            ',' => (Some(TokenKind::Separator), 1),
            '*' => (Some(TokenKind::Wildcard), 1),
            '\'' => read_string(rest),
            '!' | '>' | '<' | '=' | '&' | '|' => read_operator(rest),
            '.' if !self.after.expects_operand() => (Some(TokenKind::Dot), 1),
            '.' | '-' | '+' | '0'..='9' => read_number(rest),
            _ => self.read_word(rest),
        }
    }

    fn read_word(&self, rest: &str) -> (Option<TokenKind>, usize) {
        let length = word_length(rest, is_boundary);
        let (word, tail) = rest.split_at_checked(length).unwrap_or((rest, ""));
        let kind = match word {
            _ if !is_word(word) => None,
            _ if self.after == After::Dot => Some(TokenKind::Property),
            "null" => Some(TokenKind::Null),
            "true" => Some(TokenKind::Bool(true)),
            "false" => Some(TokenKind::Bool(false)),
            "NaN" => Some(TokenKind::Number(f64::NAN)),
            "Infinity" => Some(TokenKind::Number(f64::INFINITY)),
            _ if tail.trim_start().starts_with('(') => Some(TokenKind::Function),
            _ => Some(TokenKind::Context),
        };
        (kind, length)
    }

    /// Checks that the token may stand here, and remembers it.
    fn accept(&mut self, kind: &TokenKind) -> bool {
        self.follows(kind) && self.nests(kind) && {
            self.after = after(kind);
            true
        }
    }

    fn follows(&self, kind: &TokenKind) -> bool {
        match kind {
            TokenKind::StartArguments => self.after == After::Function,
            TokenKind::StartIndex | TokenKind::Dot => self.after == After::Indexable,
            TokenKind::Wildcard => matches!(self.after, After::StartIndex | After::Dot),
            TokenKind::Property => self.after == After::Dot,
            TokenKind::EndArguments => self.after == After::StartArguments || self.after.completes_operand(),
            TokenKind::EndGroup | TokenKind::EndIndex | TokenKind::Separator => self.after.completes_operand(),
            TokenKind::And | TokenKind::Or | TokenKind::Compare(_) => self.after.completes_operand(),
            _ => self.after.expects_operand(),
        }
    }

    /// Keeps the stack of open brackets; false if a closing one does not fit, or a comma stands outside a call.
    fn nests(&mut self, kind: &TokenKind) -> bool {
        let open = match kind {
            TokenKind::StartGroup | TokenKind::StartIndex | TokenKind::StartArguments => {
                self.unclosed.push(kind.clone());
                return true;
            }
            TokenKind::Separator => return self.unclosed.last() == Some(&TokenKind::StartArguments),
            TokenKind::EndGroup => TokenKind::StartGroup,
            TokenKind::EndIndex => TokenKind::StartIndex,
            TokenKind::EndArguments => TokenKind::StartArguments,
            _ => return true,
        };
        self.unclosed.pop() == Some(open)
    }
}

fn after(kind: &TokenKind) -> After {
    match kind {
        TokenKind::StartIndex => After::StartIndex,
        TokenKind::StartArguments => After::StartArguments,
        TokenKind::Dot => After::Dot,
        TokenKind::Function => After::Function,
        TokenKind::EndGroup | TokenKind::EndIndex | TokenKind::EndArguments => After::Indexable,
        TokenKind::Wildcard | TokenKind::Property | TokenKind::Context => After::Indexable,
        TokenKind::Null | TokenKind::Bool(_) | TokenKind::Number(_) | TokenKind::String(_) => After::Literal,
        _ => After::Operator,
    }
}

fn read_string(rest: &str) -> (Option<TokenKind>, usize) {
    let mut content = String::new();
    let mut characters = rest.char_indices().skip(1).peekable();
    while let Some((at, character)) = characters.next() {
        if character == '\'' && characters.next_if(|next| next.1 == '\'').is_none() {
            return (Some(TokenKind::String(content.into())), at + 1);
        }
        content.push(character);
    }
    (None, rest.len())
}

fn read_operator(rest: &str) -> (Option<TokenKind>, usize) {
    let two = match rest.get(..2) {
        Some("!=") => Some(TokenKind::Compare(Binary::NotEqual)),
        Some(">=") => Some(TokenKind::Compare(Binary::GreaterOrEqual)),
        Some("<=") => Some(TokenKind::Compare(Binary::LessOrEqual)),
        Some("==") => Some(TokenKind::Compare(Binary::Equal)),
        Some("&&") => Some(TokenKind::And),
        Some("||") => Some(TokenKind::Or),
        _ => None,
    };
    match (two, rest.get(..1)) {
        (Some(kind), _) => (Some(kind), 2),
        (None, Some("!")) => (Some(TokenKind::Not), 1),
        (None, Some(">")) => (Some(TokenKind::Compare(Binary::Greater)), 1),
        (None, Some("<")) => (Some(TokenKind::Compare(Binary::Less)), 1),
        _ => (None, word_length(rest, is_boundary)),
    }
}

fn read_number(rest: &str) -> (Option<TokenKind>, usize) {
    let length = word_length(rest, |character| character != '.' && is_boundary(character));
    let value = parse_number(rest.get(..length).unwrap_or(rest));
    (if value.is_nan() { None } else { Some(TokenKind::Number(value)) }, length)
}

/// Bytes up to the first boundary after the first character.
fn word_length(rest: &str, is_boundary: impl Fn(char) -> bool) -> usize {
    rest.char_indices().skip(1).find(|(_, character)| is_boundary(*character)).map_or(rest.len(), |(at, _)| at)
}

fn is_boundary(character: char) -> bool {
    matches!(character, '(' | '[' | ')' | ']' | ',' | '.' | '!' | '>' | '<' | '=' | '&' | '|') || character.is_whitespace()
}

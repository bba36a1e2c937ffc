//! The condition behind `//go:build`.

use super::error::{SyntaxError, SyntaxErrorKind};
use super::expression::Expression;
use super::is_tag_character;
use crate::text::Span;

/// Go refuses conditions with more operands than this, negations and parentheses included (`maxSize`).
const MOST_OPERANDS: usize = 1000;

/// Parses a condition that stands at an offset of the file.
pub(super) fn parse(source: &str, offset: usize) -> Result<Expression, SyntaxError> {
    Parser { source, offset, at: 0, token: Token::End, start: 0, operands: 0, groups: Vec::new(), innermost: Group::default() }.parse()
}

/// Parentheses are kept on a stack of its own: a thousand of them, which Go allows, would overflow a small thread's.
struct Parser<'s> {
    source: &'s str,
    offset: usize,
    /// Where the next token is looked for.
    at: usize,
    /// The last token read, and where it starts.
    token: Token<'s>,
    start: usize,
    operands: usize,
    /// The groups that are open around the innermost one.
    groups: Vec<Group>,
    innermost: Group,
}

/// What has been read between two parentheses.
#[derive(Default)]
struct Group {
    open: Span,
    /// Whether `!` stands before it.
    negated: bool,
    /// The parts before each `||`.
    options: Vec<Expression>,
    /// The parts behind the last `||`.
    terms: Vec<Expression>,
}

impl Group {
    fn end_option(&mut self) {
        let terms = std::mem::take(&mut self.terms);
        self.options.push(Expression::all(terms));
    }

    fn end(mut self) -> Expression {
        self.end_option();
        negated_if(self.negated, Expression::any(self.options))
    }
}

fn negated_if(negated: bool, expression: Expression) -> Expression {
    if negated { expression.negated() } else { expression }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Token<'s> {
    Open,
    Close,
    Not,
    And,
    Or,
    Tag(&'s str),
    End,
}

impl<'s> Token<'s> {
    fn text(self) -> &'s str {
        match self {
            Self::Open => "(",
            Self::Close => ")",
            Self::Not => "!",
            Self::And => "&&",
            Self::Or => "||",
            Self::Tag(name) => name,
            Self::End => "",
        }
    }
}

impl<'s> Parser<'s> {
    fn parse(mut self) -> Result<Expression, SyntaxError> {
        loop {
            self.operand()?;
            self.end_groups()?;
            match self.token {
                Token::And => {}
                Token::Or => self.innermost.end_option(),
                Token::End => return Ok(self.innermost.end()),
                other => return Err(self.unexpected(other)),
            }
        }
    }

    /// Reads a tag, going into the groups that open before it, and the token behind it.
    fn operand(&mut self) -> Result<(), SyntaxError> {
        loop {
            self.operands += 1;
            if self.operands > MOST_OPERANDS {
                return Err(self.refuse(SyntaxErrorKind::TooLarge));
            }
            self.read()?;
            let negated = self.token == Token::Not;
            if negated {
                self.read()?;
            }
            match self.token {
                Token::Open => {
                    let group = Group { open: self.span(), negated, ..Group::default() };
                    self.groups.push(std::mem::replace(&mut self.innermost, group));
                }
                Token::Tag(name) => {
                    self.innermost.terms.push(negated_if(negated, Expression::tag(name, self.span())));
                    return self.read();
                }
                Token::Not if negated => return Err(self.refuse(SyntaxErrorKind::DoubleNegation)),
                Token::End if self.groups.is_empty() => return Err(self.refuse(SyntaxErrorKind::End)),
                Token::End => return Err(self.refuse(SyntaxErrorKind::Unclosed)),
                other => return Err(self.unexpected(other)),
            }
        }
    }

    /// Behind an operand, its group goes on, or ends.
    fn end_groups(&mut self) -> Result<(), SyntaxError> {
        while !matches!(self.token, Token::And | Token::Or) {
            let Some(around) = self.groups.pop() else { return Ok(()) };
            let ended = std::mem::replace(&mut self.innermost, around);
            if self.token != Token::Close {
                return Err(SyntaxErrorKind::Unclosed.at(ended.open));
            }
            self.innermost.terms.push(ended.end());
            self.read()?;
        }
        Ok(())
    }

    /// Reads the next token.
    fn read(&mut self) -> Result<(), SyntaxError> {
        let blanks = self.rest().len() - self.rest().trim_start_matches([' ', '\t']).len();
        self.at += blanks;
        self.start = self.at;
        let rest = self.rest();
        let fixed = [Token::Open, Token::Close, Token::Not, Token::And, Token::Or];
        self.token = match fixed.into_iter().find(|token| rest.starts_with(token.text())) {
            Some(token) => token,
            None => self.tag(rest)?,
        };
        self.at += self.token.text().len();
        Ok(())
    }

    fn tag(&self, rest: &'s str) -> Result<Token<'s>, SyntaxError> {
        let length = rest.find(|c| !is_tag_character(c)).unwrap_or(rest.len());
        match (rest.get(..length).filter(|name| !name.is_empty()), rest.chars().next()) {
            (Some(name), _) => Ok(Token::Tag(name)),
            (None, None) => Ok(Token::End),
            (None, Some(strange)) => {
                let start = self.offset + self.at;
                Err(SyntaxErrorKind::Character(strange).at(Span::new(start, start + strange.len_utf8())))
            }
        }
    }

    fn rest(&self) -> &'s str {
        self.source.get(self.at..).unwrap_or_default()
    }

    /// The characters of the last token.
    fn span(&self) -> Span {
        let start = self.offset + self.start;
        Span::new(start, start + self.token.text().len())
    }

    fn unexpected(&self, token: Token<'_>) -> SyntaxError {
        self.refuse(SyntaxErrorKind::Token(token.text().to_owned()))
    }

    fn refuse(&self, kind: SyntaxErrorKind) -> SyntaxError {
        kind.at(self.span())
    }
}

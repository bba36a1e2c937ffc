use super::ast::{List, Word};
use super::excerpt::Origin;
use super::heredoc::Pending;
use crate::syntax::cursor::Cursor;
use crate::text::Span;

/// How deep commands, substitutions and expansions may be nested; what hostile input nests deeper is an error.
const NESTING_LIMIT: usize = 100;

/// A script as far as it could be parsed.
#[derive(Clone, Debug)]
pub(crate) struct Parsed {
    /// The commands before the first error, or all of them.
    pub list: List,
    /// The first syntax error: where, and a lower-case sentence. What follows it is not in `list`.
    pub error: Option<(Span, String)>,
}

/// Parses a script. Never fails outright: see [`Parsed::error`].
pub(crate) fn parse(source: &str) -> Parsed {
    let origin = Origin::SCRIPT;
    Parser::new(source, &origin, 0).script()
}

/// A syntax error.
pub(super) struct Failure {
    pub(super) span: Span,
    pub(super) message: String,
}

pub(super) type Outcome<T> = Result<T, Failure>;

/// A recursive-descent parser that works on characters: what a character means depends on the grammar's state, so bash
/// has no tokens that could be cut beforehand.
pub(super) struct Parser<'s> {
    pub(super) cursor: Cursor<'s>,
    /// Where the text comes from.
    pub(super) origin: &'s Origin<'s>,
    depth: usize,
    /// How many `$(` and `<(` are open.
    pub(super) substitutions: usize,
    /// Whether this text is the body of a here-document.
    pub(super) in_here_document: bool,
    /// Here-documents whose bodies start after the next line break.
    pub(super) pending: Vec<Pending>,
    /// Bodies read so far, by the span of their redirection.
    pub(super) bodies: Vec<(Span, Word)>,
}

impl<'s> Parser<'s> {
    fn new(source: &'s str, origin: &'s Origin<'s>, depth: usize) -> Self {
        Self {
            cursor: Cursor::new(source),
            origin,
            depth,
            substitutions: 0,
            in_here_document: false,
            pending: Vec::new(),
            bodies: Vec::new(),
        }
    }

    /// The span in the script from an earlier position to here.
    pub(super) fn span_from(&self, start: usize) -> Span {
        self.span(start, self.cursor.at())
    }

    /// The span in the script of a range of this text.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        self.origin.span(start, end)
    }

    fn script(mut self) -> Parsed {
        let mut list = List::default();
        let outcome = self.items(&mut list.items).and_then(|()| self.expect_end());
        self.fill_here_documents(&mut list);
        Parsed { list, error: outcome.err().map(|failure| (failure.span, failure.message)) }
    }

    /// Parses the text of backquotes. What is wrong in it is no error of this script: bash reads it when it runs.
    pub(super) fn inner_script(&self, text: &str, origin: &Origin<'_>) -> Outcome<List> {
        Ok(self.inner(text, origin)?.script().list)
    }

    /// A parser for text cut out of this parser's.
    pub(super) fn inner<'t>(&self, text: &'t str, origin: &'t Origin<'t>) -> Outcome<Parser<'t>> {
        self.check_depth()?;
        Ok(Parser::new(text, origin, self.depth + 1))
    }

    /// Runs a part of the grammar that may contain itself.
    pub(super) fn nested<T>(&mut self, parse: impl FnOnce(&mut Self) -> Outcome<T>) -> Outcome<T> {
        self.check_depth()?;
        self.depth += 1;
        let outcome = parse(self);
        self.depth -= 1;
        outcome
    }

    fn check_depth(&self) -> Outcome<()> {
        if self.depth < NESTING_LIMIT { Ok(()) } else { self.fail(format!("nested deeper than {NESTING_LIMIT} levels")) }
    }

    fn expect_end(&self) -> Outcome<()> {
        if self.cursor.rest().is_empty() { Ok(()) } else { self.unexpected() }
    }

    /// Skips blanks, line continuations and a comment.
    pub(super) fn skip_blanks(&mut self) {
        loop {
            self.cursor.take_while(|next| matches!(next, ' ' | '\t'));
            if !self.cursor.eat("\\\n") {
                break;
            }
        }
        if self.cursor.looking_at("#") {
            self.cursor.take_while(|next| next != '\n');
        }
    }

    /// Skips blanks, comments and line breaks, with the here-documents that start after a line break.
    pub(super) fn skip_newlines(&mut self) {
        self.skip_blanks();
        while self.cursor.eat("\n") {
            self.read_here_documents();
            self.skip_blanks();
        }
    }

    /// The characters up to the next blank or operator: the whole word, if nothing in it is quoted.
    pub(super) fn plain_word(&self) -> &'s str {
        let rest = self.cursor.rest();
        rest.split(is_metacharacter).next().unwrap_or(rest)
    }

    /// Skips a reserved word if it is next.
    pub(super) fn eat_word(&mut self, word: &str) -> bool {
        self.plain_word() == word && self.cursor.eat(word)
    }

    /// Skips blanks and a reserved word.
    pub(super) fn expect_word(&mut self, word: &str) -> Outcome<()> {
        self.skip_blanks();
        if self.eat_word(word) { Ok(()) } else { self.expected(word) }
    }

    /// Skips blanks and an operator.
    pub(super) fn expect(&mut self, operator: &str) -> Outcome<()> {
        self.skip_blanks();
        if self.cursor.eat(operator) { Ok(()) } else { self.expected(operator) }
    }

    /// Fails at what is next.
    pub(super) fn unexpected<T>(&self) -> Outcome<T> {
        self.fail(format!("unexpected {}", describe(self.token())))
    }

    fn expected<T>(&self, wanted: &str) -> Outcome<T> {
        self.fail(format!("expected `{wanted}`, found {}", describe(self.token())))
    }

    fn fail<T>(&self, message: String) -> Outcome<T> {
        let at = self.cursor.at();
        Err(Failure { span: self.span(at, at + self.token().len()), message })
    }

    /// Fails because what opened at `start`, `opening` long, is never closed.
    pub(super) fn unterminated<T>(&self, start: usize, opening: &str, what: &str) -> Outcome<T> {
        Err(Failure { span: self.span(start, start + opening.len()), message: format!("unterminated {what}") })
    }

    fn token(&self) -> &'s str {
        let word = self.plain_word();
        let rest = self.cursor.rest();
        let length = match rest.chars().next() {
            _ if !word.is_empty() => word.len(),
            Some('\n') => 1,
            Some(first) if rest.get(first.len_utf8()..).is_some_and(|next| next.starts_with(first)) => 2 * first.len_utf8(),
            first => first.map_or(0, char::len_utf8),
        };
        rest.get(..length).unwrap_or_default()
    }
}

fn describe(token: &str) -> String {
    match token {
        "" => "end of script".to_owned(),
        "\n" => "end of line".to_owned(),
        _ if token.chars().count() > 40 => "word".to_owned(),
        _ => format!("`{token}`"),
    }
}

/// Whether a character ends an unquoted word (POSIX calls these blanks and operator characters).
pub(super) fn is_metacharacter(next: char) -> bool {
    matches!(next, ' ' | '\t' | '\n' | ';' | '&' | '|' | '<' | '>' | '(' | ')')
}

//! Commands: words, expansions and redirections.

use super::parse::Parser;
use super::{Command, Piece, Redirect, Word};

/// Adds a character to the literal at the end.
fn push(pieces: &mut Vec<Piece>, c: char) {
    match pieces.last_mut() {
        Some(Piece::Literal(text)) => text.push(c),
        _ => pieces.push(Piece::Literal(c.to_string())),
    }
}

fn push_piece(pieces: &mut Vec<Piece>, piece: &Piece) {
    match piece {
        Piece::Literal(text) => text.chars().for_each(|c| push(pieces, c)),
        piece => pieces.push(piece.clone()),
    }
}

/// A command while it is read.
#[derive(Default)]
struct Reading {
    command: Command,
    /// The word that is open, and where it starts.
    word: Option<(Vec<Piece>, usize)>,
}

impl Reading {
    fn word(&mut self, at: usize) -> &mut Vec<Piece> {
        &mut self.word.get_or_insert_with(|| (Vec::new(), at)).0
    }

    /// Adds what belongs to the words and to the text behind the name.
    fn add(&mut self, at: usize, piece: &Piece) {
        push_piece(self.word(at), piece);
        self.add_to_tail(piece);
    }

    fn add_to_tail(&mut self, piece: &Piece) {
        if !self.command.words.is_empty() {
            push_piece(&mut self.command.tail, piece);
        }
    }

    fn close(&mut self, parser: &Parser<'_>, at: usize) {
        if let Some((pieces, start)) = self.word.take() {
            let span = parser.cursor.span_from(start);
            self.command.words.push(Word {
                pieces,
                span: crate::text::Span { end: span.end.min(crate::text::Span::new(at, at).start).max(span.start), ..span },
            });
        }
    }
}

impl Parser<'_> {
    /// A simple command, up to an operator or the end of its line.
    pub(super) fn command(&mut self) -> Command {
        let mut reading = Reading::default();
        let mut quoted = false;
        while let Some(next) = self.cursor.peek() {
            let at = self.cursor.at();
            if next == '\n' || !quoted && self.is_operator(next) {
                break;
            }
            if !quoted && let Some(redirect) = self.redirect() {
                reading.close(self, at);
                reading.command.redirects.push(redirect);
                continue;
            }
            match next {
                '"' => {
                    quoted = !quoted;
                    self.cursor.bump();
                    reading.word(at);
                    reading.add_to_tail(&Piece::Literal('"'.to_string()));
                }
                '\\' if self.cursor.nth(1) == Some('"') => {
                    quoted = !quoted;
                    self.cursor.eat("\\\"");
                    push(reading.word(at), '"');
                    reading.add_to_tail(&Piece::Literal("\\\"".to_owned()));
                }
                blank if !quoted && is_blank(blank) => {
                    reading.close(self, at);
                    self.cursor.bump();
                    reading.add_to_tail(&Piece::Literal(blank.to_string()));
                }
                '\r' => _ = self.cursor.bump(),
                _ => {
                    if let Some(piece) = self.piece(quoted) {
                        reading.add(at, &piece);
                    }
                }
            }
        }
        let end = self.cursor.at();
        reading.close(self, end);
        reading.command
    }

    fn is_operator(&self, next: char) -> bool {
        matches!(next, '&' | '|') || next == ')' && self.blocks > 0
    }

    /// A character, an escape, an expansion or a hole.
    fn piece(&mut self, quoted: bool) -> Option<Piece> {
        if let Some(index) = self.cursor.hole() {
            return Some(Piece::Hole(index));
        }
        match self.cursor.bump()? {
            '%' => Some(self.percent()),
            '!' => Some(self.delayed()),
            '^' if !quoted => {
                if self.cursor.eat("\r\n") || self.cursor.eat("\n") {
                    return None;
                }
                self.cursor.bump().map(|next| Piece::Literal(next.to_string()))
            }
            other => Some(Piece::Literal(other.to_string())),
        }
    }

    /// Behind `%`.
    fn percent(&mut self) -> Piece {
        if self.cursor.eat("%") {
            // `%%i` is the variable of a `for`; any other `%%` is a percent sign.
            let variable = self.cursor.on(&['~']) || self.cursor.peek().is_some_and(|c| c.is_ascii_alphabetic());
            if !variable {
                return Piece::Literal("%".to_owned());
            }
            self.cursor.take_while(|c| c == '~' || c.is_ascii_alphabetic());
            return Piece::Unknown;
        }
        if self.cursor.peek().is_some_and(|c| c.is_ascii_digit() || c == '*') {
            self.cursor.bump();
            return Piece::Unknown;
        }
        let start = self.cursor.at();
        let name = self.cursor.take_while(|c| c != '%' && c != '\n').to_owned();
        if !self.cursor.eat("%") {
            self.cursor.seek(start);
            self.cursor.take_while(|c| c == '~' || c.is_ascii_alphanumeric());
            return Piece::Unknown;
        }
        let plain = !name.contains([':', crate::syntax::shell::HOLE_START]);
        if plain { Piece::Variable(name) } else { Piece::Unknown }
    }

    /// `!NAME!` means something after `setlocal EnableDelayedExpansion` only; the runner starts cmd with `/V:OFF`.
    fn delayed(&mut self) -> Piece {
        let start = self.cursor.at();
        let name = self.cursor.take_while(|c| c.is_ascii_alphanumeric() || c == '_');
        if !name.is_empty() && self.cursor.eat("!") {
            return Piece::Unknown;
        }
        self.cursor.seek(start);
        Piece::Literal("!".to_owned())
    }

    /// `>`, `>>`, `<`, perhaps with a handle in front. A digit is a handle only behind a separator: `echo X=1>f` writes `X=`.
    pub(super) fn redirect(&mut self) -> Option<Redirect> {
        let start = self.cursor.at();
        let digit = self.cursor.peek()?.to_digit(10).filter(|_| self.cursor.follows_separator());
        if digit.is_some() {
            self.cursor.bump();
        }
        let input = self.cursor.eat("<");
        if !input && !self.cursor.eat(">") {
            self.cursor.seek(start);
            return None;
        }
        let append = self.cursor.eat(">");
        if self.cursor.eat("&") {
            self.cursor.take_while(|c| c.is_ascii_digit());
            return Some(Redirect { handle: digit.unwrap_or(1), append, target: None });
        }
        self.cursor.take_while(is_blank);
        let target = self.target();
        Some(Redirect { handle: digit.unwrap_or(1), append, target: target.filter(|_| !input) })
    }

    /// One word, as the file of a redirection.
    fn target(&mut self) -> Option<Word> {
        let start = self.cursor.at();
        let (mut pieces, mut quoted) = (Vec::new(), false);
        while let Some(next) = self.cursor.peek().filter(|next| *next != '\n' && *next != '\r') {
            if !quoted && (is_blank(next) || self.is_operator(next) || matches!(next, '<' | '>')) {
                break;
            }
            if next == '"' {
                quoted = !quoted;
                self.cursor.bump();
            } else {
                self.piece(quoted).iter().for_each(|piece| push_piece(&mut pieces, piece));
            }
        }
        let span = self.cursor.span_from(start);
        (span.start < span.end).then_some(Word { pieces, span })
    }
}

/// What separates words. Commas, semicolons and equal signs do so for cmd's own commands only.
pub(super) fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t')
}

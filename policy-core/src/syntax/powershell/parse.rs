//! The parser's frame: blanks, comments, nesting, and recovery.

use super::ast::Block;
use crate::syntax::cursor::Cursor;
use crate::text::Span;

/// Blocks and parentheses may be nested this deep.
const DEEPEST: usize = 60;

/// A parsed script.
#[derive(Debug)]
pub(crate) struct Parsed {
    /// The statements.
    pub(crate) block: Block,
    /// What was not understood: the spans of statements that are [`super::ast::StatementKind::Unknown`].
    #[cfg_attr(not(test), expect(dead_code, reason = "for the tests that count what is not understood"))]
    pub(crate) unknown: Vec<Span>,
}

/// Reads a script. There is always a tree.
pub(crate) fn parse(source: &str) -> Parsed {
    let mut parser = Parser { cursor: Cursor::new(source), depth: 0, unknown: Vec::new() };
    let block = parser.block(None);
    Parsed { block, unknown: parser.unknown }
}

pub(super) struct Parser<'s> {
    pub(super) cursor: Cursor<'s>,
    depth: usize,
    pub(super) unknown: Vec<Span>,
}

/// Whether a character ends a bare word (`ForceStartNewToken` in `CharTraits.cs`).
pub(super) fn ends_word(c: char) -> bool {
    c.is_whitespace() || matches!(c, '&' | '(' | ')' | ',' | ';' | '{' | '|' | '}' | '<' | '>')
}

impl Parser<'_> {
    /// Reads something nested; beyond the bound the rest of the script is given up.
    pub(super) fn nested<T: Default>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        if self.depth >= DEEPEST {
            let start = self.cursor.at();
            self.cursor.finish();
            self.unknown.push(self.cursor.span_from(start));
            return T::default();
        }
        self.depth += 1;
        let read = read(self);
        self.depth -= 1;
        read
    }

    /// Skips blanks, comments and continued line ends.
    pub(super) fn blanks(&mut self) {
        loop {
            let before = self.cursor.at();
            self.cursor.take_while(|c| c.is_whitespace() && c != '\n');
            if self.cursor.eat("<#") {
                self.cursor.take_until("#>");
            } else if self.cursor.looking_at("#") {
                self.cursor.take_while(|c| c != '\n');
            } else if !(self.cursor.eat("`\n") || self.cursor.eat("`\r\n")) && self.cursor.at() == before {
                return;
            }
        }
    }

    /// Skips blanks and line breaks.
    pub(super) fn space(&mut self) {
        loop {
            self.blanks();
            if !self.cursor.eat("\n") {
                return;
            }
        }
    }

    /// Skips everything between two statements.
    pub(super) fn separators(&mut self) {
        loop {
            self.space();
            if !self.cursor.eat(";") {
                return;
            }
        }
    }

    /// Skips to the end of a statement that is not understood, over whatever is bracketed in it.
    pub(super) fn skip_statement(&mut self) {
        let mut depth = 0usize;
        while let Some(next) = self.cursor.peek() {
            match next {
                '\n' | ';' if depth == 0 => return,
                '}' | ')' if depth == 0 => return,
                '{' | '(' | '[' => depth += 1,
                '}' | ')' | ']' => depth = depth.saturating_sub(1),
                '\'' | '"' => {
                    self.string();
                    continue;
                }
                '`' => _ = self.cursor.bump(),
                _ => {}
            }
            self.cursor.bump();
        }
    }
}

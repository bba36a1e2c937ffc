//! Lines, blocks, `if` and `for`.

use super::line::is_blank;
use super::{Connector, Kind, Node, Redirect};
use crate::syntax::cursor::Cursor;
use crate::text::Span;

/// Blocks may be nested this deep.
const DEEPEST: usize = 60;

pub(super) struct Parser<'s> {
    pub(super) cursor: Cursor<'s>,
    /// How many blocks are open.
    pub(super) blocks: usize,
    depth: usize,
}

/// Reads a script: its lines, each with all the lines of its blocks. There is always a tree.
pub(crate) fn parse(source: &str) -> Vec<Node> {
    let mut parser = Parser { cursor: Cursor::new(source), blocks: 0, depth: 0 };
    let mut nodes = Vec::new();
    while parser.skip_to_line() {
        let start = parser.cursor.at();
        nodes.push(parser.node());
        if parser.cursor.at() == start {
            parser.cursor.bump();
        }
    }
    nodes
}

impl Parser<'_> {
    /// Skips blank lines; false at the end.
    fn skip_to_line(&mut self) -> bool {
        self.cursor.take_while(|c| c.is_whitespace() || c == '@');
        !self.cursor.is_at_end()
    }

    /// Commands with operators between them.
    fn node(&mut self) -> Node {
        if self.depth >= DEEPEST {
            let start = self.cursor.at();
            self.cursor.finish();
            return Node { kind: Kind::Nothing, span: self.cursor.span_from(start) };
        }
        self.depth += 1;
        let node = self.chain();
        self.depth -= 1;
        node
    }

    fn chain(&mut self) -> Node {
        let first = self.single();
        let mut rest = Vec::new();
        while let Some(connector) = self.connector() {
            self.cursor.take_while(|c| is_blank(c) || c == '@');
            rest.push((connector, self.single()));
        }
        let span = rest.last().map_or(first.span, |(_, last): &(Connector, Node)| first.span.to(last.span));
        if rest.is_empty() { Node { span, ..first } } else { Node { kind: Kind::Chain(Box::new(first), rest), span } }
    }

    /// From `start` to here, without blanks at the end that belong to no word.
    fn trimmed(&self, start: usize, kind: &Kind) -> Span {
        let span = Span::new(start, start + self.cursor.since(start).trim_end().len());
        match kind {
            Kind::Command(command) => command.words.iter().fold(span, |span, word| span.to(word.span)),
            _ => self.cursor.span_from(start),
        }
    }

    fn connector(&mut self) -> Option<Connector> {
        self.cursor.take_while(is_blank);
        let operators = [("&&", Connector::And), ("||", Connector::Or), ("&", Connector::Then), ("|", Connector::Pipe)];
        operators.into_iter().find(|(text, _)| self.cursor.eat(text)).map(|(_, connector)| connector)
    }

    fn single(&mut self) -> Node {
        let start = self.cursor.at();
        let kind = self.kind();
        Node { span: self.trimmed(start, &kind), kind }
    }

    fn kind(&mut self) -> Kind {
        let start = self.cursor.at();
        if self.cursor.eat("(") {
            return self.block();
        }
        if self.cursor.eat(":") {
            self.cursor.take_while(|c| c != '\n');
            return Kind::Nothing;
        }
        let name = self.cursor.take_while(|c| c.is_ascii_alphabetic()).to_ascii_lowercase();
        let ends = self.cursor.peek().is_none_or(|c| c.is_whitespace() || c == '(' || c == '/');
        match name.as_str() {
            "rem" if ends => {
                self.cursor.take_while(|c| c != '\n');
                Kind::Nothing
            }
            "if" if ends => self.conditional(),
            "for" if ends => self.for_loop(),
            _ => {
                self.cursor.seek(start);
                Kind::Command(self.command())
            }
        }
    }

    /// `( … )` and the redirections behind it.
    fn block(&mut self) -> Kind {
        self.blocks += 1;
        let mut nodes = Vec::new();
        while self.skip_to_line() && !self.cursor.looking_at(")") {
            let start = self.cursor.at();
            nodes.push(self.node());
            if self.cursor.at() == start {
                self.cursor.bump();
            }
        }
        self.cursor.eat(")");
        self.blocks -= 1;
        Kind::Block(nodes, self.redirects())
    }

    fn redirects(&mut self) -> Vec<Redirect> {
        let mut redirects = Vec::new();
        loop {
            self.cursor.take_while(is_blank);
            match self.redirect() {
                Some(redirect) => redirects.push(redirect),
                None => return redirects,
            }
        }
    }

    /// `if [/i] [not] condition command [else command]`
    fn conditional(&mut self) -> Kind {
        while self.eat_word("/i") || self.eat_word("not") {}
        if self.eat_word("exist") || self.eat_word("defined") || self.eat_word("errorlevel") || self.eat_word("cmdextversion") {
            self.operand();
        } else {
            self.operand();
            self.cursor.take_while(is_blank);
            if !self.cursor.eat("==") {
                self.operand();
            }
            self.operand();
        }
        self.cursor.take_while(|c| is_blank(c) || c == '@');
        let then = Box::new(self.node());
        let before = self.cursor.at();
        self.cursor.take_while(is_blank);
        let otherwise = if self.eat_word("else") {
            self.cursor.take_while(is_blank);
            Some(Box::new(self.node()))
        } else {
            self.cursor.seek(before);
            None
        };
        Kind::If(then, otherwise)
    }

    /// `for %%i in (…) do command`
    fn for_loop(&mut self) -> Kind {
        let line = self.cursor.rest();
        let header = line.to_ascii_lowercase().find(") do").filter(|end| !line.get(..*end).unwrap_or_default().contains("\n\n"));
        let Some(end) = header else {
            self.cursor.take_while(|c| c != '\n');
            return Kind::Nothing;
        };
        let to = self.cursor.at() + end + ") do".len();
        self.cursor.seek(to);
        self.cursor.take_while(|c| is_blank(c) || c == '@');
        Kind::For(Box::new(self.node()))
    }

    /// Skips a word if it is next, whatever its case.
    fn eat_word(&mut self, wanted: &str) -> bool {
        let start = self.cursor.at();
        self.cursor.take_while(is_blank);
        let found = self.cursor.take_while(|c| c.is_ascii_alphabetic() || c == '/').eq_ignore_ascii_case(wanted);
        if !found {
            self.cursor.seek(start);
        }
        found
    }

    /// Skips an operand of a condition.
    fn operand(&mut self) {
        self.cursor.take_while(is_blank);
        let mut quoted = false;
        while let Some(next) = self.cursor.peek().filter(|next| *next != '\n') {
            if !quoted && (next.is_whitespace() || self.cursor.looking_at("==")) {
                return;
            }
            quoted ^= next == '"';
            self.cursor.bump();
        }
    }
}

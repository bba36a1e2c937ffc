//! Statements and blocks.

use super::ast::{Block, Chain, Connector, ExpressionKind, Jump, Operator, Part, Statement, StatementKind, Variable};
use super::parse::{Parser, ends_word};

impl Parser<'_> {
    /// Statements up to `end`, which stays, or to the end of the script. A closing bracket that closes nothing is skipped.
    pub(super) fn block(&mut self, end: Option<char>) -> Block {
        let mut block = Vec::new();
        loop {
            self.separators();
            let Some(next) = self.cursor.peek() else { return block };
            if Some(next) == end {
                return block;
            }
            let start = self.cursor.at();
            block.push(self.statement());
            if self.cursor.at() == start {
                self.cursor.bump();
            }
        }
    }

    fn statement(&mut self) -> Statement {
        let start = self.cursor.at();
        let kind = self.nested(Self::statement_kind);
        if matches!(kind, StatementKind::Unknown) {
            self.skip_statement();
            self.unknown.push(self.cursor.span_from(start));
        }
        Statement { kind, span: self.cursor.span_from(start) }
    }

    fn statement_kind(&mut self) -> StatementKind {
        let start = self.cursor.at();
        let word = self.keyword();
        let known = match word.as_str() {
            "if" => self.conditional(),
            "foreach" => self.for_each(),
            "for" | "while" => self.loop_with_header(),
            "do" => self.do_loop(),
            "switch" => self.switch(),
            "try" => self.try_statement(),
            "function" | "filter" => self.function(),
            "param" => self.parameters(),
            "exit" => Some(self.jump(Jump::Exit)),
            "return" => Some(self.jump(Jump::Return)),
            "throw" => Some(self.jump(Jump::Throw)),
            "break" | "continue" => Some(self.jump(Jump::Loop)),
            "class" | "enum" | "using" | "trap" | "data" | "workflow" | "configuration" => None,
            _ => {
                self.cursor.seek(start);
                self.assignment_or_chain()
            }
        };
        known.unwrap_or_default()
    }

    /// The word that is next, in lower case, skipped; nothing unless it stands alone.
    fn keyword(&mut self) -> String {
        let word = self.cursor.take_while(|c| c.is_ascii_alphabetic());
        if self.cursor.peek().is_none_or(ends_word) { word.to_ascii_lowercase() } else { String::new() }
    }

    /// Skips a keyword if it is next, perhaps on a later line.
    fn eat_keyword(&mut self, wanted: &str) -> bool {
        let start = self.cursor.at();
        self.space();
        let found = self.keyword() == wanted;
        if !found {
            self.cursor.seek(start);
        }
        found
    }

    fn header(&mut self) -> Option<Block> {
        self.space();
        self.cursor.looking_at("(").then(|| self.parenthesised())
    }

    fn body(&mut self) -> Option<Block> {
        self.space();
        self.cursor.looking_at("{").then(|| self.braced())
    }

    fn conditional(&mut self) -> Option<StatementKind> {
        let mut arms = vec![(self.header()?, self.body()?)];
        while self.eat_keyword("elseif") {
            arms.push((self.header()?, self.body()?));
        }
        let otherwise = if self.eat_keyword("else") { Some(self.body()?) } else { None };
        Some(StatementKind::If { arms, otherwise })
    }

    /// `foreach ($x in …) { … }`
    fn for_each(&mut self) -> Option<StatementKind> {
        self.space();
        self.cursor.eat("(").then_some(())?;
        self.space();
        let Part::Variable(variable) = self.dollar() else { return None };
        self.eat_keyword("in").then_some(())?;
        let header = self.nested(|parser| parser.block(Some(')')));
        self.cursor.eat(")");
        Some(StatementKind::Loop { variable: Some(variable), header, body: self.body()?, at_least_once: false })
    }

    fn loop_with_header(&mut self) -> Option<StatementKind> {
        Some(StatementKind::Loop { variable: None, header: self.header()?, body: self.body()?, at_least_once: false })
    }

    fn do_loop(&mut self) -> Option<StatementKind> {
        let body = self.body()?;
        let closed = self.eat_keyword("while") || self.eat_keyword("until");
        let header = if closed { self.header()? } else { return None };
        Some(StatementKind::Loop { variable: None, header, body, at_least_once: true })
    }

    /// `switch -regex (…) { pattern { … } default { … } }`
    fn switch(&mut self) -> Option<StatementKind> {
        self.cursor.take_while(|c| c != '(' && c != '{' && c != '\n');
        let subject = self.header()?;
        self.space();
        self.cursor.eat("{").then_some(())?;
        let mut arms = Vec::new();
        loop {
            self.separators();
            if self.cursor.eat("}") || self.cursor.is_at_end() {
                return Some(StatementKind::Switch { subject, arms });
            }
            self.argument()?;
            arms.push(self.body()?);
        }
    }

    fn try_statement(&mut self) -> Option<StatementKind> {
        let body = self.body()?;
        let mut handlers = Vec::new();
        while self.eat_keyword("catch") {
            self.cursor.take_while(|c| c != '{');
            handlers.push(self.body()?);
        }
        let last = if self.eat_keyword("finally") { Some(self.body()?) } else { None };
        Some(StatementKind::Try { body, handlers, last })
    }

    /// `function name { … }`, `function name($a, $b) { … }`
    fn function(&mut self) -> Option<StatementKind> {
        self.blanks();
        let name = self.cursor.take_while(|c| !ends_word(c)).to_lowercase();
        self.space();
        let parameters = if self.cursor.looking_at("(") { self.parameters() } else { None };
        let start = self.cursor.at();
        let mut body = self.body()?;
        let span = self.cursor.span_from(start);
        body.splice(0..0, parameters.map(|kind| Statement { kind, span }));
        Some(StatementKind::Function { name, body })
    }

    /// `param([string] $a = "x", $b)`: every variable in it that does not stand in brackets of its own.
    fn parameters(&mut self) -> Option<StatementKind> {
        let start = self.cursor.at();
        self.header()?;
        let text = self.cursor.since(start);
        let names = text.split('$').skip(1).map(|after| after.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default());
        Some(StatementKind::Parameters(names.map(str::to_lowercase).filter(|name| !name.is_empty()).collect()))
    }

    fn jump(&mut self, kind: Jump) -> StatementKind {
        self.blanks();
        let nothing = self.cursor.is_at_end() || self.cursor.on(&['\n', ';', '}', ')']);
        let value = if nothing { Vec::new() } else { vec![self.statement()] };
        StatementKind::Jump { kind, value }
    }

    fn assignment_or_chain(&mut self) -> Option<StatementKind> {
        let start = self.cursor.at();
        if let Some((target, operator)) = self.assigned() {
            if operator == Operator::Other && self.cursor.since(start).ends_with(['+', '-']) {
                let value = Statement { kind: StatementKind::Unknown, span: self.cursor.span_from(start) };
                return Some(StatementKind::Assignment { target, operator, value: Box::new(value) });
            }
            self.space();
            return Some(StatementKind::Assignment { target, operator, value: Box::new(self.statement()) });
        }
        self.cursor.seek(start);
        self.chain().map(StatementKind::Chain)
    }

    /// The left-hand side of an assignment and its operator.
    fn assigned(&mut self) -> Option<(Option<Variable>, Operator)> {
        while self.cursor.looking_at("[") {
            self.cursor.take_until("]");
            self.blanks();
        }
        if self.cursor.eat("::") {
            self.cursor.take_while(char::is_alphanumeric);
            self.blanks();
            return self.cursor.eat("=").then_some((None, Operator::Set));
        }
        if !self.cursor.looking_at("$") || self.cursor.looking_at("$(") {
            return None;
        }
        let target = self.primary()?;
        self.blanks();
        let operator = [("=", Operator::Set), ("+=", Operator::Append), ("??=", Operator::Default)].into_iter();
        let others = ["-=", "*=", "/=", "%=", "++", "--"].map(|text| (text, Operator::Other));
        let (_, operator) = operator.chain(others).find(|(text, _)| self.cursor.eat(text))?;
        let variable = match target.kind {
            ExpressionKind::Text { mut parts, .. } => match parts.pop() {
                Some(Part::Variable(variable)) if parts.is_empty() => Some(variable),
                _ => None,
            },
            _ => None,
        };
        Some((variable, operator))
    }

    fn chain(&mut self) -> Option<Chain> {
        let first = self.pipeline()?;
        let mut rest = Vec::new();
        while let Some(connector) = self.connector() {
            self.space();
            rest.push((connector, self.pipeline()?));
        }
        let background = !self.cursor.looking_at("&&") && self.cursor.eat("&");
        self.blanks();
        (self.cursor.is_at_end() || background || self.cursor.on(&['\n', ';', '}', ')'])).then_some(Chain { first, rest, background })
    }

    /// `&&` or `||`, perhaps at the start of the next line.
    fn connector(&mut self) -> Option<Connector> {
        let start = self.cursor.at();
        self.space();
        let found = if self.cursor.eat("&&") {
            Some(Connector::And)
        } else if self.cursor.eat("||") {
            Some(Connector::Or)
        } else {
            None
        };
        if found.is_none() {
            self.cursor.seek(start);
        }
        found
    }

    fn pipeline(&mut self) -> Option<Vec<super::ast::Element>> {
        let mut elements = vec![self.element()?];
        loop {
            let end = self.cursor.at();
            self.space();
            if self.cursor.looking_at("||") || !self.cursor.eat("|") {
                self.cursor.seek(end);
                self.blanks();
                return Some(elements);
            }
            self.space();
            elements.push(self.element()?);
        }
    }
}

//! `$name` and `$( … )`.

use super::ast::{Part, Variable};
use super::parse::Parser;

fn in_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '?'
}

impl Parser<'_> {
    /// What `$` starts; a `$` that starts nothing is itself.
    pub(super) fn dollar(&mut self) -> Part {
        self.cursor.eat("$");
        if self.cursor.looking_at("(") {
            return Part::Statements(self.parenthesised());
        }
        if self.cursor.eat("{") {
            let name = self.cursor.take_until("}");
            return Part::Variable(variable(name));
        }
        if self.cursor.on(&['$', '^']) {
            self.cursor.bump();
            return Part::Unknown;
        }
        let start = self.cursor.at();
        self.cursor.take_while(in_name);
        let unscoped = self.cursor.at();
        if unscoped > start && self.cursor.eat(":") && self.cursor.take_while(in_name).is_empty() {
            self.cursor.seek(unscoped);
        }
        match self.cursor.since(start) {
            "" => Part::Literal("$".to_owned()),
            name => Part::Variable(variable(name)),
        }
    }

    /// `( … )`
    pub(super) fn parenthesised(&mut self) -> super::ast::Block {
        self.cursor.eat("(");
        let block = self.nested(|parser| parser.block(Some(')')));
        self.cursor.eat(")");
        block
    }

    /// `{ … }`
    pub(super) fn braced(&mut self) -> super::ast::Block {
        self.cursor.eat("{");
        let block = self.nested(|parser| parser.block(Some('}')));
        self.cursor.eat("}");
        block
    }
}

fn variable(name: &str) -> Variable {
    match name.split_once(':') {
        Some((scope, name)) => Variable { scope: Some(scope.to_lowercase()), name: name.to_owned() },
        None => Variable { scope: None, name: name.to_owned() },
    }
}

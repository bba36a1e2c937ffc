//! Expressions: strings, variables, sums, arrays and static calls; of everything else only what it is made of.

use super::ast::{Expression, ExpressionKind, Part};
use super::parse::{Parser, ends_word};

/// What stands between two operands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Infix {
    Comma,
    Plus,
    Other,
}

impl Parser<'_> {
    /// Operands with operators between them.
    pub(super) fn expression(&mut self) -> Option<Expression> {
        let start = self.cursor.at();
        let mut operands = vec![self.operand()?];
        let mut operators = Vec::new();
        loop {
            let end = self.cursor.at();
            self.blanks();
            let Some(operator) = self.infix() else {
                self.cursor.seek(end);
                break;
            };
            self.space();
            operators.push(operator);
            operands.push(self.operand()?);
        }
        let span = self.cursor.span_from(start);
        let all = |wanted| operators.iter().all(|operator| *operator == wanted);
        let kind = match operands.pop() {
            Some(only) if operands.is_empty() => return Some(only),
            last => {
                operands.extend(last);
                match operators.first() {
                    Some(Infix::Comma) if all(Infix::Comma) => ExpressionKind::Array(operands),
                    Some(Infix::Plus) if all(Infix::Plus) => ExpressionKind::Sum(operands),
                    _ => ExpressionKind::Other(operands),
                }
            }
        };
        Some(Expression { kind, span })
    }

    /// Skips an operator: `about_Operators`.
    fn infix(&mut self) -> Option<Infix> {
        let next = self.cursor.peek()?;
        let rest = self.cursor.rest();
        if self.cursor.eat(",") {
            return Some(Infix::Comma);
        }
        if next == '+' && self.cursor.eat("+") {
            return Some(Infix::Plus);
        }
        let word = rest.strip_prefix('-').map(|rest| rest.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default());
        let length = match (next, word) {
            ('-', Some(word)) => 1 + word.len(),
            ('.', _) | ('?', _) if rest.starts_with("..") || rest.starts_with("??") => 2,
            ('*' | '/' | '%' | '?' | ':', _) => 1,
            _ => return None,
        };
        let to = self.cursor.at() + length;
        self.cursor.seek(to);
        Some(Infix::Other)
    }

    /// An operand with unary operators and casts in front of it.
    fn operand(&mut self) -> Option<Expression> {
        let start = self.cursor.at();
        let mut changed = false;
        loop {
            self.blanks();
            if self.cursor.eat("!") || self.cursor.eat("++") || self.cursor.eat("--") || self.cursor.eat("+") || self.cursor.eat(",") {
                changed = true;
            } else if self.cursor.looking_at("-") && !self.cursor.nth(1).is_some_and(|c| c.is_ascii_digit()) {
                self.cursor.bump();
                self.cursor.take_while(|c| c.is_ascii_alphabetic());
                changed = true;
            } else if self.cursor.looking_at("[") {
                let name = self.type_name();
                if self.cursor.looking_at("::") {
                    let member = self.static_member(start, &name)?;
                    return Some(if changed { other(vec![member], self.cursor.span_from(start)) } else { member });
                }
                changed = true;
                if self.cursor.peek().is_none_or(|c| ends_word(c) && c != '(' && c != '{' && !c.is_whitespace()) {
                    return Some(other(Vec::new(), self.cursor.span_from(start)));
                }
            } else {
                break;
            }
        }
        let operand = self.primary()?;
        Some(if changed { other(vec![operand], self.cursor.span_from(start)) } else { operand })
    }

    /// `[Name]`, in lower case and without `System.`.
    fn type_name(&mut self) -> String {
        let start = self.cursor.at();
        let mut depth = 0usize;
        while let Some(next) = self.cursor.bump() {
            match next {
                '[' => depth += 1,
                ']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
        let name = self.cursor.since(start).trim_matches(['[', ']', ' ']).to_lowercase();
        name.strip_prefix("system.").unwrap_or(&name).to_owned()
    }

    /// `::Method(…)` or `::Property`
    fn static_member(&mut self, start: usize, name: &str) -> Option<Expression> {
        self.cursor.eat("::");
        let member = self.cursor.take_while(|c| c.is_alphanumeric() || c == '_').to_lowercase();
        let call = if self.cursor.looking_at("(") {
            ExpressionKind::StaticCall { name: format!("{name}::{member}"), arguments: self.call_arguments()? }
        } else {
            ExpressionKind::Other(Vec::new())
        };
        let first = Expression { kind: call, span: self.cursor.span_from(start) };
        self.members(start, first)
    }

    fn call_arguments(&mut self) -> Option<Vec<Expression>> {
        self.cursor.eat("(");
        self.space();
        if self.cursor.eat(")") {
            return Some(Vec::new());
        }
        let all = self.nested(Self::expression)?;
        self.space();
        self.cursor.eat(")").then_some(())?;
        Some(match all.kind {
            ExpressionKind::Array(items) => items,
            _ => vec![all],
        })
    }

    /// Something that is no operator, with its members and indices.
    pub(super) fn primary(&mut self) -> Option<Expression> {
        let start = self.cursor.at();
        let kind = match self.cursor.peek()? {
            '"' | '\'' => ExpressionKind::Text { parts: self.string(), bare: false },
            '$' => ExpressionKind::Text { parts: vec![self.dollar()], bare: false },
            '(' => ExpressionKind::Parenthesised(self.parenthesised()),
            '{' => ExpressionKind::ScriptBlock(self.braced()),
            '@' => self.at_sign()?,
            c if c.is_ascii_digit() || c == '-' || c == '.' => {
                self.cursor.bump();
                self.cursor.take_while(|c| c.is_ascii_alphanumeric());
                ExpressionKind::Text { parts: vec![Part::Literal(self.cursor.since(start).to_owned())], bare: false }
            }
            crate::syntax::shell::HOLE_START => ExpressionKind::Text { parts: vec![Part::Hole(self.cursor.hole()?)], bare: false },
            _ => return None,
        };
        let first = Expression { kind, span: self.cursor.span_from(start) };
        self.members(start, first)
    }

    /// `@( … )`, `@{ … }`, here-strings
    fn at_sign(&mut self) -> Option<ExpressionKind> {
        if let Some(parts) = self.here_string() {
            return Some(ExpressionKind::Text { parts, bare: false });
        }
        self.cursor.eat("@");
        match self.cursor.peek()? {
            '(' => Some(ExpressionKind::Parenthesised(self.parenthesised())),
            '{' => self.hash_table(),
            _ => None,
        }
    }

    /// The keys are of no interest; commands in values are rare. Unlike a block it runs nothing by itself.
    fn hash_table(&mut self) -> Option<ExpressionKind> {
        self.cursor.eat("{");
        let mut depth = 1usize;
        while depth > 0 {
            match self.cursor.peek()? {
                '{' => depth += 1,
                '}' => depth -= 1,
                '"' | '\'' => {
                    self.string();
                    continue;
                }
                _ => {}
            }
            self.cursor.bump();
        }
        Some(ExpressionKind::Other(Vec::new()))
    }

    /// `.Name`, `.Name(…)`, `::Name`, `[index]` behind an expression.
    fn members(&mut self, start: usize, first: Expression) -> Option<Expression> {
        let mut inside = vec![first];
        loop {
            let here = self.cursor.at();
            let named = self.cursor.eat("::") || self.cursor.eat("?.") || !self.cursor.looking_at("..") && self.cursor.eat(".");
            if named {
                if !self.cursor.on(&['"', '\'', '$', '(']) && self.cursor.take_while(|c| c.is_alphanumeric() || c == '_').is_empty() {
                    self.cursor.seek(here);
                    break;
                }
                if self.cursor.on(&['"', '\'', '$']) {
                    inside.extend(self.nested(Self::primary));
                }
                if self.cursor.looking_at("(") {
                    inside.extend(self.call_arguments()?);
                } else if self.cursor.looking_at("{") {
                    let at = self.cursor.at();
                    let block = self.braced();
                    inside.push(Expression { kind: ExpressionKind::ScriptBlock(block), span: self.cursor.span_from(at) });
                }
            } else if self.cursor.eat("[") {
                self.space();
                inside.extend(self.nested(Self::expression));
                self.space();
                self.cursor.eat("]").then_some(())?;
            } else {
                break;
            }
        }
        match inside.pop() {
            Some(only) if inside.is_empty() && self.cursor.at() == only.span.end as usize => Some(only),
            last => Some(other(inside.into_iter().chain(last).collect(), self.cursor.span_from(start))),
        }
    }
}

fn other(inside: Vec<Expression>, span: crate::text::Span) -> Expression {
    Expression { kind: ExpressionKind::Other(inside), span }
}

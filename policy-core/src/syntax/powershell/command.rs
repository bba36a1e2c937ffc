//! Commands, their arguments and redirections.

use super::ast::{CallOperator, Element, ElementKind, Expression, ExpressionKind, Part, Redirect};
use super::parse::{Parser, ends_word};
use super::string::push_part;

impl Parser<'_> {
    /// A command or an expression, with its redirections.
    pub(super) fn element(&mut self) -> Option<Element> {
        let start = self.cursor.at();
        let mut redirects = Vec::new();
        let kind = if self.starts_expression() {
            let expression = self.expression()?;
            while let Some(redirect) = self.redirect() {
                redirects.push(redirect?);
            }
            ElementKind::Expression(expression)
        } else {
            self.command(&mut redirects)?
        };
        let last = match &kind {
            ElementKind::Command { words, .. } => words.last().map(|word| word.span),
            ElementKind::Expression(expression) => Some(expression.span),
        };
        let first = crate::text::Span::new(start, start);
        let span = last.into_iter().chain(redirects.iter().map(|redirect| redirect.span)).fold(first, crate::text::Span::to);
        Some(Element { kind, redirects, span })
    }

    /// Expression mode or command mode: `about_Parsing`.
    fn starts_expression(&self) -> bool {
        match self.cursor.peek() {
            Some('$' | '"' | '\'' | '(' | '@' | '[' | '{' | '!' | '+') => true,
            Some('-') => self.cursor.nth(1).is_none_or(|c| c != '-') || self.cursor.nth(2) == Some('$'),
            Some('.') => self.cursor.nth(1).is_some_and(|c| c.is_ascii_digit()),
            Some(digit) if digit.is_ascii_digit() => self.cursor.rest().split(ends_word).next().is_some_and(is_number),
            _ => false,
        }
    }

    fn command(&mut self, redirects: &mut Vec<Redirect>) -> Option<ElementKind> {
        let call = self.call_operator();
        self.blanks();
        let mut words = vec![self.argument()?];
        loop {
            self.blanks();
            if let Some(redirect) = self.redirect() {
                redirects.push(redirect?);
            } else if self.cursor.is_at_end() || self.cursor.on(&['\n', ';', '|', '&', ')', '}']) {
                return Some(ElementKind::Command { call, words });
            } else if self.cursor.eat("--%") {
                self.verbatim(&mut words);
            } else {
                words.push(self.arguments()?);
            }
        }
    }

    /// `& name`, `. name`
    fn call_operator(&mut self) -> Option<CallOperator> {
        let dotted = self.cursor.nth(1).is_some_and(|c| c.is_whitespace() || matches!(c, '\'' | '"' | '$' | '{'));
        if self.cursor.eat("&") {
            Some(CallOperator::Call)
        } else if dotted && self.cursor.eat(".") {
            Some(CallOperator::Dot)
        } else {
            None
        }
    }

    /// After `--%` words are separated by blanks and nothing else has a meaning.
    fn verbatim(&mut self, words: &mut Vec<Expression>) {
        loop {
            self.cursor.take_while(|c| c == ' ' || c == '\t' || c == '\r');
            let start = self.cursor.at();
            match self.cursor.take_while(|c| !c.is_whitespace() && c != '|') {
                "" => return,
                word if word.contains(['"', '%', crate::syntax::shell::HOLE_START]) => {
                    words.push(text(vec![Part::Unknown], false, self.cursor.span_from(start)));
                }
                word => words.push(text(vec![Part::Literal(word.to_owned())], false, self.cursor.span_from(start))),
            }
        }
    }

    /// An argument, or several with commas between them.
    fn arguments(&mut self) -> Option<Expression> {
        let start = self.cursor.at();
        let mut items = vec![self.argument()?];
        loop {
            let end = self.cursor.at();
            self.blanks();
            if !self.cursor.eat(",") {
                self.cursor.seek(end);
                break;
            }
            self.space();
            items.push(self.argument()?);
        }
        let span = self.cursor.span_from(start);
        match items.pop() {
            Some(only) if items.is_empty() => Some(only),
            last => Some(Expression { kind: ExpressionKind::Array(items.into_iter().chain(last).collect()), span }),
        }
    }

    /// One argument.
    pub(super) fn argument(&mut self) -> Option<Expression> {
        let start = self.cursor.at();
        match self.cursor.peek()? {
            '@' if self.cursor.nth(1).is_some_and(char::is_alphabetic) => {
                self.cursor.take_while(|c| !ends_word(c));
                Some(Expression { kind: ExpressionKind::Splat, span: self.cursor.span_from(start) })
            }
            '$' if !self.cursor.looking_at("$(") => self.variable_argument(),
            '"' | '\'' | '(' | '@' | '{' | '$' => self.primary(),
            c if ends_word(c) => None,
            _ => Some(self.bare_word(start, Vec::new())),
        }
    }

    /// `$x` with members and indices, or a bare word that starts with a variable, such as `$dir\bin`.
    fn variable_argument(&mut self) -> Option<Expression> {
        let start = self.cursor.at();
        let part = self.dollar();
        if self.cursor.on(&['.', '[']) || self.cursor.looking_at("::") {
            self.cursor.seek(start);
            return self.primary();
        }
        Some(self.bare_word(start, vec![part]))
    }

    fn bare_word(&mut self, start: usize, mut parts: Vec<Part>) -> Expression {
        while let Some(next) = self.cursor.peek().filter(|next| !ends_word(*next)) {
            if self.cursor.looking_at("`\n") || self.cursor.looking_at("`\r\n") {
                break;
            }
            match next {
                '"' | '\'' => parts.extend(self.string()),
                _ => {
                    let part = self.expandable();
                    push_part(&mut parts, part);
                }
            }
        }
        text(parts, true, self.cursor.span_from(start))
    }

    /// The redirection that is next, if one is; `Some(None)` if it has no target.
    #[expect(clippy::option_option, reason = "no redirection and a broken one are different things")]
    fn redirect(&mut self) -> Option<Option<Redirect>> {
        self.blanks();
        let start = self.cursor.at();
        let first = self.cursor.peek()?;
        let stream = match first {
            '*' => None,
            digit => Some(digit.to_digit(10).and_then(|digit| u8::try_from(digit).ok()).unwrap_or(1)),
        };
        if first == '*' || first.is_ascii_digit() {
            self.cursor.bump();
        }
        if !self.cursor.eat(">") {
            self.cursor.seek(start);
            return None;
        }
        let append = self.cursor.eat(">");
        let target = if self.cursor.eat("&") {
            self.cursor.take_while(|c| c.is_ascii_digit());
            None
        } else {
            self.blanks();
            let Some(target) = self.argument() else { return Some(None) };
            Some(target)
        };
        Some(Some(Redirect { stream, append, target, span: self.cursor.span_from(start) }))
    }
}

fn is_number(word: &str) -> bool {
    word.parse::<f64>().is_ok() || word.contains("..") && word.starts_with(|c: char| c.is_ascii_digit())
}

/// A text expression.
pub(super) fn text(parts: Vec<Part>, bare: bool, span: crate::text::Span) -> Expression {
    Expression { kind: ExpressionKind::Text { parts, bare }, span }
}

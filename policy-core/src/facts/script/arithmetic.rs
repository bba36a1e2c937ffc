//! `$(( … ))`: whole numbers with `+ - * / %`, brackets and variables. Anything else is unknown, and so are the variables in it.

use super::ends::Ends;
use super::machine::{Machine, unknown};
use super::state::State;
use super::values::only_text;
use crate::facts::value::{Origin, OriginKind, Reason, Value};
use crate::text::Span;

/// Deeper brackets are not followed.
const DEEPEST: u32 = 16;

impl<'a> Machine<'a> {
    /// The value of an expression.
    pub(super) fn arithmetic(&mut self, text: &str, state: &mut State<'a>) -> Value {
        let lookup = |name: &str| {
            let value = self.variable(name, state);
            let text = only_text(&value)?.trim().to_owned();
            if text.is_empty() { Some(0) } else { decimal(&text) }
        };
        let mut parser = Parser { rest: text, depth: 0, lookup: &lookup };
        if let Some(number) = parser.sum().filter(|_| parser.rest.trim().is_empty()) {
            return Value::text(number.to_string(), Origin::of(OriginKind::Computed));
        }
        if assigns(text) {
            self.doubt_names(text, state);
        }
        unknown("result of an arithmetic expression")
    }

    /// `(( … ))`
    pub(super) fn arithmetic_command(&mut self, span: Span, mut state: State<'a>) -> Ends<'a> {
        let text = self.frame.source(span).trim_start_matches('(').trim_end_matches(')').to_owned();
        if assigns(&text) {
            self.doubt_names(&text, &mut state);
        }
        Ends::either(state)
    }

    /// Every variable that is named in a text may have been changed.
    pub(super) fn doubt_names(&mut self, text: &str, state: &mut State<'a>) {
        let reason = Reason::new("changed by an arithmetic expression");
        let names = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        for name in names.filter(|name| name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')) {
            state.variables.doubt(name, &reason);
        }
    }
}

fn assigns(text: &str) -> bool {
    text.contains("++") || text.contains("--") || text.replace("==", "").replace("!=", "").replace("<=", "").replace(">=", "").contains('=')
}

/// A decimal number; octal and others are left alone.
fn decimal(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = digits == "0" || !digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

struct Parser<'t> {
    rest: &'t str,
    depth: u32,
    lookup: &'t dyn Fn(&str) -> Option<i64>,
}

impl<'t> Parser<'t> {
    fn sum(&mut self) -> Option<i64> {
        let mut total = self.product()?;
        while let Some(sign) = self.any_of("+-") {
            let next = self.product()?;
            total = if sign == '+' { total.checked_add(next)? } else { total.checked_sub(next)? };
        }
        Some(total)
    }

    fn product(&mut self) -> Option<i64> {
        let mut total = self.factor()?;
        while let Some(sign) = self.any_of("*/%") {
            let next = self.factor()?;
            total = match sign {
                '*' => total.checked_mul(next)?,
                '/' => total.checked_div(next)?,
                _ => total.checked_rem(next)?,
            };
        }
        Some(total)
    }

    fn factor(&mut self) -> Option<i64> {
        self.depth += 1;
        let value = if self.depth > DEEPEST {
            None
        } else if self.any_of("-").is_some() {
            self.factor()?.checked_neg()
        } else if self.any_of("(").is_some() {
            let inner = self.sum()?;
            self.any_of(")").map(|_| inner)
        } else {
            self.atom()
        };
        self.depth -= 1;
        value
    }

    fn atom(&mut self) -> Option<i64> {
        let rest = self.rest.trim_start();
        let (rest, closing) = match rest.strip_prefix("${") {
            Some(inner) => (inner, true),
            None => (rest.strip_prefix('$').unwrap_or(rest), false),
        };
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
        let (word, tail) = rest.split_at_checked(end)?;
        self.rest = if closing { tail.strip_prefix('}')? } else { tail };
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            decimal(word)
        } else if word.is_empty() {
            None
        } else {
            (self.lookup)(word)
        }
    }

    /// Takes one of these characters, unless it is part of a longer operator.
    fn any_of(&mut self, expected: &str) -> Option<char> {
        let rest = self.rest.trim_start();
        let first = rest.chars().next().filter(|c| expected.contains(*c))?;
        let tail = rest.strip_prefix(first)?;
        let longer = "+-*/%".contains(first) && tail.starts_with([first, '=']);
        if longer {
            return None;
        }
        self.rest = tail;
        Some(first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_computed_and_everything_else_is_left() {
        let lookup = |name: &str| (name == "i").then_some(4);
        let value = |text: &str| {
            let mut parser = Parser { rest: text, depth: 0, lookup: &lookup };
            parser.sum().filter(|_| parser.rest.trim().is_empty())
        };
        assert_eq!(value(" 1 + 2 * 3 "), Some(7));
        assert_eq!(value("(i - 1) * $i % ${i}"), Some(0));
        assert_eq!(value("-7 / 2"), Some(-3));
        for other in ["i++", "1 / 0", "2 ** 3", "010", "i += 1", "1 < 2", "", "9223372036854775807 + 1"] {
            assert_eq!(value(other), None, "{other}");
        }
        assert_eq!(value(&"(".repeat(10_000)), None);
    }
}

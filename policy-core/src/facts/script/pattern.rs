//! Shell patterns: `*`, `?`, `[…]`. Extended patterns are not followed.

use super::values::{agreed, text_of};
use crate::facts::value::Value;

/// Matching costs pattern length times text length; more than this is not tried.
const MOST_WORK: usize = 1 << 22;

/// A compiled pattern.
#[derive(Clone, Debug)]
pub(super) struct Pattern(Vec<Token>);

#[derive(Clone, Debug)]
enum Token {
    Char(char),
    Star,
    One,
    Class { negated: bool, ranges: Vec<(char, char)> },
}

impl Token {
    fn accepts(&self, c: char) -> bool {
        match self {
            Self::Char(expected) => *expected == c,
            Self::One => true,
            Self::Star => false,
            Self::Class { negated, ranges } => ranges.iter().any(|(low, high)| (*low..=*high).contains(&c)) != *negated,
        }
    }
}

impl Pattern {
    /// Compiles characters, each with whether it is unquoted. `None` for what is not followed: extended patterns, named classes.
    pub(super) fn compile(characters: &[(char, bool)]) -> Option<Self> {
        let mut tokens = Vec::new();
        let mut rest = characters;
        while let Some((&(c, active), tail)) = rest.split_first() {
            rest = tail;
            if active && "?*+@!".contains(c) && tail.first() == Some(&('(', true)) {
                return None;
            }
            tokens.push(match (c, active) {
                ('*', true) => Token::Star,
                ('?', true) => Token::One,
                ('[', true) => match bracket(tail) {
                    Bracket::Class(class, after) => {
                        rest = after;
                        class
                    }
                    Bracket::Literal => Token::Char('['),
                    Bracket::Strange => return None,
                },
                _ => Token::Char(c),
            });
        }
        Some(Self(tokens))
    }

    /// Lengths of the beginnings of `text` that match, shortest first; `None` if that is too much work.
    pub(super) fn prefixes(&self, text: &[char]) -> Option<Vec<usize>> {
        if (self.0.len() + 1).saturating_mul(text.len() + 1) > MOST_WORK {
            return None;
        }
        let mut live = self.start();
        let mut found = Vec::new();
        for (length, next) in text.iter().map(Some).chain([None]).enumerate() {
            if live.last() == Some(&true) {
                found.push(length);
            }
            if let Some(next) = next {
                live = self.advance(&live, *next);
            }
        }
        Some(found)
    }

    /// Whether the whole text matches.
    pub(super) fn matches(&self, text: &str) -> Option<bool> {
        let characters: Vec<char> = text.chars().collect();
        Some(self.prefixes(&characters)?.last() == Some(&characters.len()))
    }

    /// The pattern read backwards.
    pub(super) fn reversed(&self) -> Self {
        Self(self.0.iter().rev().cloned().collect())
    }

    fn start(&self) -> Vec<bool> {
        let mut live = vec![false; self.0.len() + 1];
        if let Some(first) = live.first_mut() {
            *first = true;
        }
        self.close(live)
    }

    /// A star may match nothing.
    fn close(&self, mut live: Vec<bool>) -> Vec<bool> {
        let mut carry = false;
        for (slot, token) in live.iter_mut().zip(self.0.iter().map(Some).chain([None])) {
            *slot |= carry;
            carry = *slot && matches!(token, Some(Token::Star));
        }
        live
    }

    fn advance(&self, live: &[bool], next: char) -> Vec<bool> {
        let mut after = vec![false; live.len()];
        let mut arrives = false;
        for ((slot, token), alive) in after.iter_mut().zip(self.0.iter().map(Some).chain([None])).zip(live) {
            let stays = *alive && matches!(token, Some(Token::Star));
            *slot = arrives || stays;
            arrives = *alive && token.is_some_and(|token| token.accepts(next));
        }
        self.close(after)
    }
}

enum Bracket<'c> {
    Class(Token, &'c [(char, bool)]),
    Literal,
    Strange,
}

/// What follows `[`.
fn bracket(characters: &[(char, bool)]) -> Bracket<'_> {
    let (negated, body) = match characters.split_first() {
        Some((('!' | '^', true), tail)) => (true, tail),
        _ => (false, characters),
    };
    let end = body.iter().enumerate().skip(1).find(|(_, (c, active))| *c == ']' && *active).map(|(at, _)| at);
    let Some((inside, after)) = end.and_then(|end| body.split_at_checked(end)) else { return Bracket::Literal };
    if inside.iter().any(|(c, _)| *c == '[' || *c == '/') {
        return Bracket::Strange;
    }
    let after = after.split_first().map_or(after, |(_, tail)| tail);
    Bracket::Class(Token::Class { negated, ranges: ranges(inside) }, after)
}

fn ranges(mut characters: &[(char, bool)]) -> Vec<(char, char)> {
    let mut found = Vec::new();
    while let Some(((low, _), tail)) = characters.split_first() {
        characters = tail;
        let range = match tail {
            [('-', true), (high, _), rest @ ..] => {
                characters = rest;
                (*low, *high)
            }
            _ => (*low, *low),
        };
        found.push(range);
    }
    found
}

/// Whether a value matches, if all its possibilities agree.
pub(super) fn matches_value(pattern: &Pattern, value: &Value) -> Option<bool> {
    if let [Token::Star] = pattern.0.as_slice() {
        return Some(true);
    }
    agreed(value, |datum| pattern.matches(text_of(datum)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_as_in_the_shell() {
        let active = |text: &str| text.chars().map(|c| (c, true)).collect::<Vec<_>>();
        let cases = [
            ("*", "", true),
            ("a*c", "abbc", true),
            ("a*c", "abbd", false),
            ("?", "é", true),
            ("[a-c]x", "bx", true),
            ("[!a-c]x", "bx", false),
            ("[", "[", true),
            ("[]a]", "]", true),
            ("*.*.*", "1.2", false),
            ("**a", "ba", true),
        ];
        for (pattern, text, expected) in cases {
            assert_eq!(Pattern::compile(&active(pattern)).unwrap().matches(text), Some(expected), "{pattern} {text}");
        }
        assert!(Pattern::compile(&active("@(a|b)")).is_none());
        assert_eq!(Pattern::compile(&[('*', false)]).unwrap().matches("x"), Some(false));
    }
}

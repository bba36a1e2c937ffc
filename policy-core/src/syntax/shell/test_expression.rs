//! The inside of `[[ … ]]`, which has a grammar of its own.

use super::ast::{CommandKind, Part, Test, Word};
use super::parse::{Outcome, Parser};
use super::word::Ending;

/// bash's `test_binop` (`test.c`), and `=~`.
const BINARY: [&str; 15] = ["=", "==", "!=", "=~", "<", ">", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef"];
/// bash's `test_unop`: the letters behind `-`.
const UNARY: &str = "abcdefghknoprstuvwxzGLNORS";

impl Parser<'_> {
    /// `[[ … ]]`, behind `[[`.
    pub(super) fn test_command(&mut self) -> Outcome<CommandKind> {
        let test = self.alternatives()?;
        self.skip_newlines();
        self.expect_word("]]")?;
        Ok(CommandKind::Test(test))
    }

    fn alternatives(&mut self) -> Outcome<Test> {
        let mut tests = vec![self.conjunction()?];
        while self.eat_connector("||") {
            tests.push(self.conjunction()?);
        }
        self.balanced(tests, Test::Or)
    }

    fn conjunction(&mut self) -> Outcome<Test> {
        let mut tests = vec![self.negation()?];
        while self.eat_connector("&&") {
            tests.push(self.negation()?);
        }
        self.balanced(tests, Test::And)
    }

    fn eat_connector(&mut self, connector: &str) -> bool {
        self.skip_newlines();
        self.cursor.eat(connector)
    }

    /// Joins tests in order. Both connectors are associative, so the tree can be kept shallow however many there are.
    fn balanced(&self, mut tests: Vec<Test>, join: fn(Box<Test>, Box<Test>) -> Test) -> Outcome<Test> {
        while tests.len() > 1 {
            let mut rest = tests.into_iter();
            let mut joined = Vec::new();
            while let Some(left) = rest.next() {
                joined.push(match rest.next() {
                    Some(right) => join(Box::new(left), Box::new(right)),
                    None => left,
                });
            }
            tests = joined;
        }
        tests.pop().map_or_else(|| self.unexpected(), Ok)
    }

    fn negation(&mut self) -> Outcome<Test> {
        let mut negated = false;
        self.skip_newlines();
        while self.eat_word("!") {
            negated = !negated;
            self.skip_newlines();
        }
        let test = self.primary()?;
        Ok(if negated { Test::Not(Box::new(test)) } else { test })
    }

    fn primary(&mut self) -> Outcome<Test> {
        if self.cursor.eat("(") {
            let test = self.nested(Self::alternatives)?;
            self.skip_newlines();
            self.expect(")")?;
            return Ok(test);
        }
        let left = self.test_word()?;
        if let Some(operator) = unary_operator(&left) {
            self.skip_blanks();
            return Ok(Test::Unary(operator, self.test_word()?));
        }
        self.comparison(left)
    }

    fn comparison(&mut self, left: Word) -> Outcome<Test> {
        self.skip_blanks();
        let Some(operator) = self.binary_operator() else {
            return Ok(Test::Word(left));
        };
        self.skip_blanks();
        let right = if operator == "=~" { self.word_until(Ending::Regex)? } else { self.test_word()? };
        if right.parts.is_empty() { self.unexpected() } else { Ok(Test::Binary(left, operator, right)) }
    }

    fn binary_operator(&mut self) -> Option<String> {
        let sign = ["<", ">"].into_iter().find(|sign| self.cursor.looking_at(sign) && self.cursor.nth(1) != Some('('));
        let operator = sign.unwrap_or_else(|| self.plain_word());
        (BINARY.contains(&operator) && self.cursor.eat(operator)).then(|| operator.to_owned())
    }

    fn test_word(&mut self) -> Outcome<Word> {
        if self.plain_word() == "]]" {
            return self.unexpected();
        }
        match self.word()? {
            Some(word) => Ok(word),
            None => self.unexpected(),
        }
    }
}

fn unary_operator(word: &Word) -> Option<String> {
    let [Part::Literal(text)] = word.parts.as_slice() else { return None };
    let letter = text.strip_prefix('-')?;
    (letter.len() == 1 && UNARY.contains(letter)).then(|| text.clone())
}

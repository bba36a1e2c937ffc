//! `${ … }`. bash only looks for the closing brace when it parses, and complains about the inside when it runs; so anything
//! is accepted here, and what has no meaning becomes [`Operator::Other`].

use super::ast::{Operator, Parameter, Part, Word};
use super::expansion::is_special_parameter;
use super::parse::{Outcome, Parser};
use super::quote::Closing;
use super::scan::{matching, name_length};
use super::word::Ending;

impl Parser<'_> {
    /// `${ … }`
    pub(super) fn braced(&mut self, quoted: bool, parts: &mut Vec<Part>) -> Outcome<()> {
        let start = self.cursor.at();
        self.cursor.take("${".len());
        let mut parameter = self.nested(|parser| parser.parameter(quoted))?;
        if !self.cursor.eat("}") {
            return self.unterminated(start, "${", "parameter expansion");
        }
        parameter.span = self.span_from(start);
        parts.push(Part::Parameter(Box::new(parameter)));
        Ok(())
    }

    fn parameter(&mut self, quoted: bool) -> Outcome<Parameter> {
        let start = self.cursor.at();
        for (sign, operator) in [("#", Operator::Length), ("!", Operator::Indirect)] {
            if self.cursor.eat(sign) {
                let (name, subscript) = self.parameter_name();
                if !name.is_empty() && self.cursor.looking_at("}") {
                    return Ok(Parameter { name, subscript, operator, span: self.span_from(start) });
                }
                self.cursor.seek(start);
            }
        }
        let (name, subscript) = self.parameter_name();
        let operator = self.operator(quoted)?;
        Ok(Parameter { name, subscript, operator, span: self.span_from(start) })
    }

    /// A name (empty if there is none) and a subscript.
    fn parameter_name(&mut self) -> (String, Option<String>) {
        let rest = self.cursor.rest();
        let length = match (name_length(rest), rest.bytes().take_while(u8::is_ascii_digit).count()) {
            (0, 0) => usize::from(rest.starts_with(is_special_parameter)),
            (letters, digits) => letters.max(digits),
        };
        (self.cursor.take(length).to_owned(), self.parameter_subscript())
    }

    fn parameter_subscript(&mut self) -> Option<String> {
        let inside = self.cursor.rest().strip_prefix('[')?;
        // Only up to the brace: a subscript with a brace in it is left to `Operator::Other`.
        let inside = inside.split('}').next()?;
        let length = matching(inside, '[', ']')?;
        self.cursor.take("[".len() + length + "]".len());
        inside.get(..length).map(str::to_owned)
    }

    fn operator(&mut self, quoted: bool) -> Outcome<Operator> {
        let start = self.cursor.at();
        let colon = self.cursor.eat(":");
        match self.cursor.peek() {
            Some('-' | '=' | '+' | '?') => self.value_operator(colon, quoted),
            _ if colon => Ok(Operator::Substring(self.raw(self.cursor.at(), quoted)?)),
            Some('}') => Ok(Operator::None),
            Some('#' | '%') => self.removal(),
            Some('/') => self.replacement(),
            Some(sign @ ('^' | ',')) => {
                self.cursor.bump();
                let all = self.cursor.peek() == Some(sign) && self.cursor.bump().is_some();
                self.or_other(start, quoted, Operator::Case { upper: sign == '^', all })
            }
            _ => Ok(Operator::Other(self.raw(start, quoted)?)),
        }
    }

    /// The operator, if nothing follows it.
    fn or_other(&mut self, start: usize, quoted: bool, operator: Operator) -> Outcome<Operator> {
        if self.cursor.looking_at("}") { Ok(operator) } else { Ok(Operator::Other(self.raw(start, quoted)?)) }
    }

    fn value_operator(&mut self, colon: bool, quoted: bool) -> Outcome<Operator> {
        let sign = self.cursor.bump();
        let word = self.value_word(quoted)?;
        Ok(match sign {
            Some('-') => Operator::Default { colon, word },
            Some('=') => Operator::Assign { colon, word },
            Some('+') => Operator::Alternative { colon, word },
            _ => Operator::Error { colon, word },
        })
    }

    /// A word up to `}`, with the rules of double quotes if the expansion stands in them.
    fn value_word(&mut self, quoted: bool) -> Outcome<Word> {
        if !quoted {
            return self.word_until(Ending::Brace);
        }
        let start = self.cursor.at();
        let mut parts = Vec::new();
        self.quoted(Closing::Brace, &mut parts)?;
        Ok(Word { parts, span: self.span_from(start) })
    }

    /// The text from `start` up to the closing brace.
    fn raw(&mut self, start: usize, quoted: bool) -> Outcome<String> {
        self.value_word(quoted)?;
        Ok(self.cursor.since(start).to_owned())
    }

    /// `#pattern` and its like; quoting around the expansion does not reach the pattern.
    fn removal(&mut self) -> Outcome<Operator> {
        let sign = self.cursor.bump();
        let longest = self.cursor.peek() == sign && self.cursor.bump().is_some();
        let pattern = self.word_until(Ending::Brace)?;
        Ok(Operator::Remove { prefix: sign == Some('#'), longest, pattern })
    }

    /// `/pattern/replacement`
    fn replacement(&mut self) -> Outcome<Operator> {
        self.cursor.bump();
        let all = self.cursor.eat("/");
        let anchor = self.cursor.peek().filter(|sign| !all && matches!(sign, '#' | '%'));
        if anchor.is_some() {
            self.cursor.bump();
        }
        let pattern = self.replaced()?;
        let separated = self.cursor.eat("/");
        let at = self.cursor.at();
        let empty = Word { parts: Vec::new(), span: self.span_from(at) };
        let replacement = if separated { self.word_until(Ending::Brace)? } else { empty };
        Ok(Operator::Replace { all, anchor, pattern, replacement })
    }

    /// The pattern. A `/` at its very start belongs to it (bash: `parameter_brace_patsub`).
    fn replaced(&mut self) -> Outcome<Word> {
        let start = self.cursor.at();
        let mut parts = Vec::new();
        if self.cursor.eat("/") {
            super::word::push_text(&mut parts, "/", Part::Literal);
        }
        self.unquoted(Ending::Slash, false, &mut parts)?;
        Ok(Word { parts, span: self.span_from(start) })
    }
}

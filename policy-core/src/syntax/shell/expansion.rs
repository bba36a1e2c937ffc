//! What starts with `$`, and process substitutions.

use super::ast::{List, Operator, Parameter, Part};
use super::parse::{Outcome, Parser};
use super::scan::{matching, name_length};
use super::word::push_text;

impl Parser<'_> {
    /// An expansion; a `$` that starts none stands for itself.
    pub(super) fn dollar(&mut self, quoted: bool, parts: &mut Vec<Part>) -> Outcome<()> {
        match self.cursor.nth(1) {
            Some('(') => self.parenthesised(parts),
            Some('{') => self.braced(quoted, parts),
            Some('[') => self.old_arithmetic(parts),
            Some('\'') if !quoted => self.escape_quoted(parts),
            Some('"') if !quoted => {
                self.cursor.bump();
                self.double_quoted(parts)
            }
            _ => {
                self.plain_parameter(quoted, parts);
                Ok(())
            }
        }
    }

    /// `$NAME`, `$1`, `$@`
    fn plain_parameter(&mut self, quoted: bool, parts: &mut Vec<Part>) {
        let start = self.cursor.at();
        self.cursor.bump();
        let rest = self.cursor.rest();
        let length = match name_length(rest) {
            0 => usize::from(rest.starts_with(is_special_parameter) || rest.starts_with(|next: char| next.is_ascii_digit())),
            length => length,
        };
        let name = self.cursor.take(length).to_owned();
        if name.is_empty() {
            push_text(parts, "$", if quoted { Part::Quoted } else { Part::Literal });
        } else {
            let span = self.span_from(start);
            parts.push(Part::Parameter(Box::new(Parameter { name, subscript: None, operator: Operator::None, span })));
        }
    }

    /// `$(( … ))`, or else `$( … )`.
    fn parenthesised(&mut self, parts: &mut Vec<Part>) -> Outcome<()> {
        let start = self.cursor.at();
        self.cursor.take("$(".len());
        if self.cursor.looking_at("(")
            && let Some(expression) = self.arithmetic()
        {
            parts.push(Part::Arithmetic(expression));
            return Ok(());
        }
        let list = self.substitution(start, "command substitution")?;
        parts.push(Part::Command(list));
        Ok(())
    }

    /// `<( … )`, `>( … )`
    pub(super) fn process_substitution(&mut self, parts: &mut Vec<Part>) -> Outcome<()> {
        let start = self.cursor.at();
        self.cursor.take("<(".len());
        let list = self.substitution(start, "process substitution")?;
        parts.push(Part::Process(list));
        Ok(())
    }

    /// The commands up to `)`. Here-documents of the script around them do not start in here, nor do those in here end outside.
    fn substitution(&mut self, start: usize, what: &str) -> Outcome<List> {
        let pending = std::mem::take(&mut self.pending);
        let in_here_document = std::mem::take(&mut self.in_here_document);
        self.substitutions += 1;
        let list = self.nested(Self::optional_list)?;
        self.substitutions -= 1;
        self.in_here_document = in_here_document;
        self.pending = pending;
        if self.cursor.eat(")") {
            return Ok(list);
        }
        if self.cursor.rest().is_empty() { self.unterminated(start, "$(", what) } else { self.unexpected() }
    }

    /// `( … ))` behind a parenthesis: an arithmetic expression, as written. `None`, with nothing taken, if the two
    /// parentheses at its end are not side by side: then it was a subshell in parentheses.
    pub(super) fn arithmetic(&mut self) -> Option<String> {
        let inside = self.cursor.rest().strip_prefix('(')?;
        let length = matching(inside, '(', ')')?;
        let expression = inside.get(..length)?;
        inside.get(length..)?.starts_with("))").then(|| {
            self.cursor.take("(".len() + length + "))".len());
            expression.to_owned()
        })
    }

    /// `$[ … ]`, an old form of `$(( … ))`.
    fn old_arithmetic(&mut self, parts: &mut Vec<Part>) -> Outcome<()> {
        let start = self.cursor.at();
        self.cursor.take("$[".len());
        let Some(length) = matching(self.cursor.rest(), '[', ']') else {
            return self.unterminated(start, "$[", "arithmetic expansion");
        };
        let expression = self.cursor.take(length).to_owned();
        self.cursor.eat("]");
        parts.push(Part::Arithmetic(expression));
        Ok(())
    }
}

/// The parameters that are named by a sign.
pub(super) fn is_special_parameter(next: char) -> bool {
    matches!(next, '@' | '*' | '#' | '?' | '$' | '!' | '-')
}

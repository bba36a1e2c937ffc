//! Simple commands, assignments and functions.

use std::sync::Arc;

use super::ast::{AssignedValue, Assignment, Command, CommandKind, Part, Word};
use super::parse::{Outcome, Parser};
use super::scan::{matching, name_length};
use super::word::Ending;

/// Commands whose arguments may be array assignments: bash's builtins with `ASSIGNMENT_BUILTIN` (`builtins/*.def`), and
/// the two that `read_token_word` (`parse.y`) names.
const TAKES_ARRAYS: [&str; 8] = ["alias", "declare", "export", "local", "readonly", "typeset", "eval", "let"];

/// What a word in front of a command's name turns out to be.
enum Leading {
    Assignment(Assignment),
    Word(Word),
}

impl Parser<'_> {
    /// A command with its redirections.
    pub(super) fn command(&mut self) -> Outcome<Command> {
        let start = self.cursor.at();
        match self.compound()? {
            Some(kind) => self.with_redirects(start, kind),
            None => self.simple(start),
        }
    }

    /// A compound command with its redirections; anything else is an error.
    pub(super) fn compound_command(&mut self) -> Outcome<Command> {
        let start = self.cursor.at();
        match self.compound()? {
            Some(kind) => self.with_redirects(start, kind),
            None => self.unexpected(),
        }
    }

    fn with_redirects(&mut self, start: usize, kind: CommandKind) -> Outcome<Command> {
        let mut end = self.cursor.at();
        let mut redirects = Vec::new();
        // The redirections behind a function's or a coprocess's body belong to the body.
        if !matches!(kind, CommandKind::Function { .. } | CommandKind::Coprocess(_)) {
            while let Some(redirect) = self.redirect()? {
                redirects.push(redirect);
                end = self.cursor.at();
            }
        }
        Ok(Command { kind, redirects, span: self.span(start, end) })
    }

    fn simple(&mut self, start: usize) -> Outcome<Command> {
        let (mut assignments, mut words, mut redirects) = (Vec::new(), Vec::new(), Vec::new());
        let mut end = start;
        loop {
            if let Some(redirect) = self.redirect()? {
                redirects.push(redirect);
            } else if words.is_empty()
                && let Some(leading) = self.leading()?
            {
                match leading {
                    Leading::Assignment(assignment) => assignments.push(assignment),
                    Leading::Word(word) => words.push(word),
                }
            } else if let Some(word) = self.argument(&words)? {
                words.push(word);
            } else {
                break;
            }
            end = self.cursor.at();
            if words.len() == 1 && assignments.is_empty() && redirects.is_empty() && self.eat_parentheses() {
                return self.function(start, end);
            }
        }
        if end == start {
            return self.unexpected();
        }
        Ok(Command { kind: CommandKind::Simple { assignments, words }, redirects, span: self.span(start, end) })
    }

    fn argument(&mut self, before: &[Word]) -> Outcome<Option<Word>> {
        let takes_arrays = matches!(before.first().map(|word| word.parts.as_slice()), Some([Part::Literal(name)]) if TAKES_ARRAYS.contains(&name.as_str()));
        let length = assignment_length(self.cursor.rest());
        if takes_arrays && length > 0 && self.cursor.rest().get(length..).is_some_and(|value| value.starts_with('(')) {
            let start = self.cursor.at();
            self.cursor.take(length);
            self.array()?;
            let parts = vec![Part::Literal(self.cursor.since(start).to_owned())];
            return Ok(Some(Word { parts, span: self.span_from(start) }));
        }
        self.word()
    }

    /// Skips `( )` behind a function's name.
    fn eat_parentheses(&mut self) -> bool {
        let start = self.cursor.at();
        self.skip_blanks();
        if self.cursor.eat("(") {
            self.skip_blanks();
            if self.cursor.eat(")") {
                return true;
            }
        }
        self.cursor.seek(start);
        false
    }

    /// The body of `name()`; the name is what stands between `start` and `end`.
    fn function(&mut self, start: usize, end: usize) -> Outcome<Command> {
        let after = self.cursor.at();
        self.cursor.seek(end);
        let name = self.cursor.since(start).to_owned();
        self.cursor.seek(after);
        let body = self.function_body()?;
        Ok(Command { kind: CommandKind::Function { name, body: Arc::new(body) }, redirects: Vec::new(), span: self.span_from(start) })
    }

    /// `function name [()] body`, behind `function`.
    pub(super) fn named_function(&mut self) -> Outcome<CommandKind> {
        let name = self.raw_word()?;
        self.eat_parentheses();
        let body = self.function_body()?;
        Ok(CommandKind::Function { name, body: Arc::new(body) })
    }

    fn function_body(&mut self) -> Outcome<Command> {
        self.skip_newlines();
        self.compound_command()
    }

    /// `coproc [name] command`, behind `coproc`.
    pub(super) fn coprocess(&mut self) -> Outcome<CommandKind> {
        self.skip_blanks();
        let start = self.cursor.at();
        if name_length(self.plain_word()) == self.plain_word().len() {
            self.cursor.take(self.plain_word().len());
            self.skip_blanks();
            if self.at_compound() {
                return Ok(CommandKind::Coprocess(Box::new(self.compound_command()?)));
            }
            self.cursor.seek(start);
        }
        Ok(CommandKind::Coprocess(Box::new(self.command()?)))
    }

    /// A word whose expansion does not matter, such as a name, as written.
    pub(super) fn raw_word(&mut self) -> Outcome<String> {
        self.skip_blanks();
        let start = self.cursor.at();
        if self.word()?.is_none() {
            return self.unexpected();
        }
        Ok(self.cursor.since(start).to_owned())
    }

    /// An assignment, or a word such as `a[i]` that starts like one.
    fn leading(&mut self) -> Outcome<Option<Leading>> {
        let start = self.cursor.at();
        let length = name_length(self.cursor.rest());
        let name = self.cursor.take(length);
        let name_span = self.span_from(start);
        let element = !name.is_empty() && self.subscript(start)?;
        let append = self.cursor.eat("+=");
        if name.is_empty() || !(append || self.cursor.eat("=")) {
            return self.subscripted_word(start, element);
        }
        let value = if element { AssignedValue::Element(self.assigned_word()?) } else { self.assigned_value()? };
        let span = self.span_from(start);
        Ok(Some(Leading::Assignment(Assignment { name: name.to_owned(), append, value, span, name_span })))
    }

    /// `a[i]…` without `=` is one word, even if `i` contains blanks.
    fn subscripted_word(&mut self, start: usize, subscripted: bool) -> Outcome<Option<Leading>> {
        if !subscripted {
            self.cursor.seek(start);
            return Ok(None);
        }
        let mut parts = vec![Part::Literal(self.cursor.since(start).to_owned())];
        self.unquoted(Ending::Blank, false, &mut parts)?;
        Ok(Some(Leading::Word(Word { parts, span: self.span_from(start) })))
    }

    /// Skips `[…]`. As in bash it must be closed, which keeps the search for its end from being repeated.
    fn subscript(&mut self, start: usize) -> Outcome<bool> {
        if !self.cursor.eat("[") {
            return Ok(false);
        }
        let Some(length) = matching(self.cursor.rest(), '[', ']') else {
            return self.unterminated(start, self.cursor.since(start), "subscript");
        };
        self.cursor.take(length + 1);
        Ok(true)
    }

    fn assigned_value(&mut self) -> Outcome<AssignedValue> {
        if self.cursor.looking_at("(") {
            return Ok(AssignedValue::Array(self.array()?));
        }
        Ok(AssignedValue::Word(self.assigned_word()?))
    }

    fn assigned_word(&mut self) -> Outcome<Word> {
        let start = self.cursor.at();
        let mut parts = Vec::new();
        self.unquoted(Ending::Blank, true, &mut parts)?;
        Ok(Word { parts, span: self.span_from(start) })
    }

    /// `( a b [i]=c )`
    fn array(&mut self) -> Outcome<Vec<Word>> {
        let opening = self.cursor.at();
        self.cursor.eat("(");
        let mut words = Vec::new();
        loop {
            self.skip_newlines();
            if self.cursor.eat(")") {
                return Ok(words);
            }
            let start = self.cursor.at();
            let subscripted = self.subscript(start)?;
            let word = match self.subscripted_word(start, subscripted)? {
                Some(Leading::Word(word)) => Some(word),
                _ => self.word()?,
            };
            match word {
                Some(word) => words.push(word),
                None if self.cursor.rest().is_empty() => return self.unterminated(opening, "(", "array"),
                None => return self.unexpected(),
            }
        }
    }
}

/// The length of `NAME=` or `NAME+=` at the start of a text; 0 if there is none.
pub(super) fn assignment_length(text: &str) -> usize {
    let name = name_length(text);
    match text.get(name..) {
        Some(rest) if name > 0 && rest.starts_with('=') => name + 1,
        Some(rest) if name > 0 && rest.starts_with("+=") => name + 2,
        _ => 0,
    }
}

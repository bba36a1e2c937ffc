//! Puts the bodies of here-documents, read after the commands they belong to were built, into the tree.

use std::sync::Arc;

use std::collections::HashMap;

use super::ast::{AssignedValue, Command, CommandKind, Item, List, Operator, Part, Redirect, RedirectKind, Test, Word};
use super::parse::Parser;
use crate::text::Span;

impl Parser<'_> {
    /// Fills in the bodies read so far.
    pub(super) fn fill_here_documents(&mut self, list: &mut List) {
        if !self.bodies.is_empty() {
            Filler { bodies: self.bodies.drain(..).collect() }.list(list);
        }
    }

    /// As [`Self::fill_here_documents`], for the parts of a word.
    pub(super) fn fill_parts(&mut self, parts: &mut [Part]) {
        if !self.bodies.is_empty() {
            Filler { bodies: self.bodies.drain(..).collect() }.parts(parts);
        }
    }
}

/// Bodies by the span of their delimiter, which stands in for them.
struct Filler {
    bodies: HashMap<Span, Word>,
}

impl Filler {
    fn list(&mut self, list: &mut List) {
        list.items.iter_mut().for_each(|item| self.item(item));
    }

    fn item(&mut self, item: &mut Item) {
        let pipelines = std::iter::once(&mut item.first).chain(item.rest.iter_mut().map(|(_, pipeline)| pipeline));
        pipelines.flat_map(|pipeline| &mut pipeline.commands).for_each(|command| self.command(command));
    }

    fn command(&mut self, command: &mut Command) {
        self.kind(&mut command.kind);
        command.redirects.iter_mut().for_each(|redirect| self.redirect(redirect));
    }

    fn kind(&mut self, kind: &mut CommandKind) {
        match kind {
            CommandKind::Simple { assignments, words } => {
                assignments.iter_mut().for_each(|assignment| self.value(&mut assignment.value));
                self.words(words);
            }
            CommandKind::Group(list) | CommandKind::Subshell(list) | CommandKind::ArithmeticFor { body: list } => self.list(list),
            CommandKind::If { arms, otherwise } => {
                arms.iter_mut().flat_map(|(condition, body)| [condition, body]).chain(otherwise).for_each(|list| self.list(list));
            }
            CommandKind::For { words, body, .. } => {
                words.iter_mut().for_each(|words| self.words(words));
                self.list(body);
            }
            CommandKind::While { condition, body, .. } => {
                self.list(condition);
                self.list(body);
            }
            CommandKind::Case { word, arms } => {
                self.word(word);
                for arm in arms {
                    self.words(&mut arm.patterns);
                    self.list(&mut arm.body);
                }
            }
            CommandKind::Function { body, .. } => self.command(Arc::make_mut(body)),
            CommandKind::Coprocess(body) => self.command(body),
            CommandKind::Arithmetic => {}
            CommandKind::Test(test) => self.test(test),
        }
    }

    fn value(&mut self, value: &mut AssignedValue) {
        match value {
            AssignedValue::Word(word) | AssignedValue::Element(word) => self.word(word),
            AssignedValue::Array(words) => self.words(words),
        }
    }

    fn redirect(&mut self, redirect: &mut Redirect) {
        match &mut redirect.kind {
            RedirectKind::HereDocument(word) => {
                if let Some(body) = self.bodies.remove(&word.span) {
                    *word = body;
                }
            }
            RedirectKind::Read(word)
            | RedirectKind::Write(word)
            | RedirectKind::Append(word)
            | RedirectKind::ReadWrite(word)
            | RedirectKind::Duplicate(word)
            | RedirectKind::HereString(word) => self.word(word),
        }
    }

    fn test(&mut self, test: &mut Test) {
        match test {
            Test::Word(word) | Test::Unary(_, word) => self.word(word),
            Test::Binary(left, _, right) => [left, right].into_iter().for_each(|word| self.word(word)),
            Test::Not(test) => self.test(test),
            Test::And(left, right) | Test::Or(left, right) => [left, right].into_iter().for_each(|test| self.test(test)),
        }
    }

    fn words(&mut self, words: &mut [Word]) {
        words.iter_mut().for_each(|word| self.word(word));
    }

    fn word(&mut self, word: &mut Word) {
        self.parts(&mut word.parts);
    }

    fn parts(&mut self, parts: &mut [Part]) {
        parts.iter_mut().for_each(|part| self.part(part));
    }

    fn part(&mut self, part: &mut Part) {
        match part {
            Part::DoubleQuoted(parts) => self.parts(parts),
            Part::Command(list) | Part::Process(list) => self.list(list),
            Part::Parameter(parameter) => self.operator(&mut parameter.operator),
            Part::Literal(_) | Part::Quoted(_) | Part::Arithmetic(_) | Part::Tilde(_) | Part::Hole(_) => {}
        }
    }

    fn operator(&mut self, operator: &mut Operator) {
        match operator {
            Operator::Default { word, .. }
            | Operator::Assign { word, .. }
            | Operator::Alternative { word, .. }
            | Operator::Error { word, .. }
            | Operator::Remove { pattern: word, .. } => self.word(word),
            Operator::Replace { pattern, replacement, .. } => [pattern, replacement].into_iter().for_each(|word| self.word(word)),
            Operator::None
            | Operator::Length
            | Operator::Indirect
            | Operator::Substring(_)
            | Operator::Case { .. }
            | Operator::Other(_) => {}
        }
    }
}

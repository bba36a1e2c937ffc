//! Lists, and-or lists and pipelines. All of them grow by loops, never by recursion: scripts may be long.

use super::ast::{Command, CommandKind, Connector, Item, List, Part, Pipeline, Redirect, RedirectKind, Word};
use super::parse::{Outcome, Parser};

/// Reserved words that end a list (or are an error) in command position.
const CLOSERS: [&str; 9] = ["then", "elif", "else", "fi", "do", "done", "esac", "in", "}"];

impl Parser<'_> {
    /// A list that has at least one command.
    pub(super) fn list(&mut self) -> Outcome<List> {
        let list = self.optional_list()?;
        if list.items.is_empty() { self.unexpected() } else { Ok(list) }
    }

    /// A list that may be empty.
    pub(super) fn optional_list(&mut self) -> Outcome<List> {
        let mut list = List::default();
        self.items(&mut list.items)?;
        Ok(list)
    }

    /// Adds commands up to something that cannot start one. On an error the commands before it are kept.
    pub(super) fn items(&mut self, items: &mut Vec<Item>) -> Outcome<()> {
        loop {
            self.skip_newlines();
            if self.at_list_end() {
                return Ok(());
            }
            let item = self.item()?;
            items.push(item);
            if !self.separator(items.last_mut()) {
                return Ok(());
            }
        }
    }

    fn at_list_end(&self) -> bool {
        match self.cursor.peek() {
            None | Some(')' | ';' | '|') => true,
            Some('&') => !self.cursor.looking_at("&>"),
            _ => CLOSERS.contains(&self.plain_word()),
        }
    }

    /// Skips what stands between two commands; false if the list ends instead.
    fn separator(&mut self, item: Option<&mut Item>) -> bool {
        self.skip_blanks();
        if self.cursor.looking_at(";;") || self.cursor.looking_at(";&") {
            return false;
        }
        if self.cursor.eat("&") {
            item.into_iter().for_each(|item| item.background = true);
            return true;
        }
        self.cursor.eat(";") || self.cursor.looking_at("\n")
    }

    fn item(&mut self) -> Outcome<Item> {
        let mut item = Item { first: self.pipeline()?, rest: Vec::new(), background: false };
        while let Some(connector) = self.connector() {
            self.skip_newlines();
            item.rest.push((connector, self.pipeline()?));
        }
        Ok(item)
    }

    fn connector(&mut self) -> Option<Connector> {
        self.skip_blanks();
        if self.cursor.eat("&&") { Some(Connector::And) } else { self.cursor.eat("||").then_some(Connector::Or) }
    }

    fn pipeline(&mut self) -> Outcome<Pipeline> {
        let start = self.cursor.at();
        let negated = self.pipeline_prefix();
        if self.cursor.at() > start && self.at_pipeline_end() {
            // `time` and `!` may stand alone.
            let kind = CommandKind::Simple { assignments: Vec::new(), words: Vec::new() };
            let command = Command { kind, redirects: Vec::new(), span: self.span(start, start) };
            return Ok(Pipeline { negated, commands: vec![command] });
        }
        let mut commands = vec![self.command()?];
        while self.eat_pipe(commands.last_mut()) {
            self.skip_newlines();
            self.eat_time();
            commands.push(self.command()?);
        }
        Ok(Pipeline { negated, commands })
    }

    /// Skips `!` and `time`; says whether the status is inverted.
    fn pipeline_prefix(&mut self) -> bool {
        let mut negated = false;
        loop {
            if self.eat_word("!") {
                negated = !negated;
                self.skip_blanks();
            } else if !self.eat_time() {
                return negated;
            }
        }
    }

    fn eat_time(&mut self) -> bool {
        let found = self.eat_word("time");
        if found {
            self.skip_blanks();
            for option in ["-p", "--"] {
                self.eat_word(option);
                self.skip_blanks();
            }
        }
        found
    }

    fn at_pipeline_end(&self) -> bool {
        matches!(self.cursor.peek(), None | Some('\n' | ';' | '|' | '&' | ')')) && !self.cursor.looking_at("&>")
    }

    /// Skips `|` or `|&`; the latter is `2>&1 |` (bash manual, "Pipelines").
    fn eat_pipe(&mut self, before: Option<&mut Command>) -> bool {
        self.skip_blanks();
        let start = self.cursor.at();
        if self.cursor.looking_at("||") || !self.cursor.eat("|") {
            return false;
        }
        if self.cursor.eat("&") {
            let span = self.span_from(start);
            let target = Word { parts: vec![Part::Literal("1".to_owned())], span };
            let redirect = Redirect { descriptor: Some(2), kind: RedirectKind::Duplicate(target), span };
            before.into_iter().for_each(|command| command.redirects.push(redirect.clone()));
        }
        true
    }
}

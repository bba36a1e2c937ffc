//! Compound commands, by their first word.

use super::ast::{CaseArm, CommandKind, List, Word};
use super::parse::{Outcome, Parser};

/// The words (and `(`) that start a compound command.
const OPENERS: [&str; 8] = ["{", "if", "for", "select", "while", "until", "case", "[["];

impl Parser<'_> {
    /// Whether a compound command is next.
    pub(super) fn at_compound(&self) -> bool {
        self.cursor.looking_at("(") || OPENERS.contains(&self.plain_word())
    }

    /// A compound command without its redirections, a function or a coprocess; `None`, with nothing taken, at anything else.
    pub(super) fn compound(&mut self) -> Outcome<Option<CommandKind>> {
        let word = self.plain_word();
        if !(self.at_compound() || matches!(word, "function" | "coproc")) {
            return Ok(None);
        }
        self.nested(|parser| parser.compound_kind(word)).map(Some)
    }

    fn compound_kind(&mut self, word: &str) -> Outcome<CommandKind> {
        self.cursor.take(word.len());
        match word {
            "{" => Ok(CommandKind::Group(self.list_until("}")?)),
            "if" => self.conditional(),
            "for" => self.for_loop(),
            "select" => self.words_loop(),
            "while" => self.while_loop(false),
            "until" => self.while_loop(true),
            "case" => self.case(),
            "[[" => self.test_command(),
            "function" => self.named_function(),
            "coproc" => self.coprocess(),
            _ => self.in_parentheses(),
        }
    }

    fn list_until(&mut self, closer: &str) -> Outcome<List> {
        let list = self.list()?;
        self.expect_word(closer)?;
        Ok(list)
    }

    /// `(( … ))` or `( … )`
    fn in_parentheses(&mut self) -> Outcome<CommandKind> {
        self.cursor.eat("(");
        if self.cursor.looking_at("(") && self.arithmetic().is_some() {
            return Ok(CommandKind::Arithmetic);
        }
        let list = self.list()?;
        self.expect(")")?;
        Ok(CommandKind::Subshell(list))
    }

    fn conditional(&mut self) -> Outcome<CommandKind> {
        let mut arms = Vec::new();
        loop {
            let condition = self.list_until("then")?;
            arms.push((condition, self.list()?));
            if !self.eat_word("elif") {
                break;
            }
        }
        let otherwise = if self.eat_word("else") { Some(self.list()?) } else { None };
        self.expect_word("fi")?;
        Ok(CommandKind::If { arms, otherwise })
    }

    fn while_loop(&mut self, until: bool) -> Outcome<CommandKind> {
        let condition = self.list()?;
        Ok(CommandKind::While { until, condition, body: self.do_body()? })
    }

    fn for_loop(&mut self) -> Outcome<CommandKind> {
        self.skip_blanks();
        if !self.cursor.looking_at("((") {
            return self.words_loop();
        }
        self.cursor.eat("(");
        if self.arithmetic().is_none() {
            return self.unexpected();
        }
        self.skip_blanks();
        self.cursor.eat(";");
        self.skip_newlines();
        Ok(CommandKind::ArithmeticFor { body: self.loop_body()? })
    }

    /// `name [in words]; do … done`, behind `for` or `select`.
    fn words_loop(&mut self) -> Outcome<CommandKind> {
        let name = self.raw_word()?;
        self.skip_blanks();
        let terminated = self.cursor.eat(";");
        self.skip_newlines();
        let words = if !terminated && self.eat_word("in") { Some(self.loop_words()?) } else { None };
        Ok(CommandKind::For { name, words, body: self.loop_body()? })
    }

    fn loop_words(&mut self) -> Outcome<Vec<Word>> {
        let mut words = Vec::new();
        self.skip_blanks();
        while let Some(word) = self.word()? {
            words.push(word);
            self.skip_blanks();
        }
        if !self.cursor.eat(";") && !self.cursor.looking_at("\n") {
            return self.unexpected();
        }
        self.skip_newlines();
        Ok(words)
    }

    /// `do … done`, or `{ … }` as bash allows behind `for` and `select`.
    fn loop_body(&mut self) -> Outcome<List> {
        if self.eat_word("{") { self.list_until("}") } else { self.do_body() }
    }

    fn do_body(&mut self) -> Outcome<List> {
        self.expect_word("do")?;
        self.list_until("done")
    }

    fn case(&mut self) -> Outcome<CommandKind> {
        self.skip_blanks();
        let Some(word) = self.word()? else { return self.unexpected() };
        self.skip_newlines();
        self.expect_word("in")?;
        self.skip_newlines();
        let mut arms = Vec::new();
        while !self.eat_word("esac") {
            let (arm, terminated) = self.case_arm()?;
            arms.push(arm);
            if !terminated {
                self.expect_word("esac")?;
                break;
            }
            self.skip_newlines();
        }
        Ok(CommandKind::Case { word, arms })
    }

    /// An arm, and whether `;;` or its like ends it; the last one may do without.
    fn case_arm(&mut self) -> Outcome<(CaseArm, bool)> {
        self.cursor.eat("(");
        let mut patterns = Vec::new();
        loop {
            self.skip_blanks();
            let Some(pattern) = self.word()? else { return self.unexpected() };
            patterns.push(pattern);
            self.skip_blanks();
            if !self.cursor.eat("|") {
                break;
            }
        }
        self.expect(")")?;
        let body = self.optional_list()?;
        let falls_through = self.cursor.eat(";;&") || self.cursor.eat(";&");
        let terminated = falls_through || self.cursor.eat(";;");
        Ok((CaseArm { patterns, body, falls_through }, terminated))
    }
}

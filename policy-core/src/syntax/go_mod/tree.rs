//! Lines of tokens to directives with their comments, blocks unfolded.

use std::ops::Range;

use super::directive::{Dialect, Directive};
use super::file::Problem;
use super::lexer::{RawLine, Token, lines};
use crate::text::{Span, Text};

/// What stands in a file.
#[derive(Debug, Default)]
pub(super) struct Tree<'t> {
    pub(super) lines: Vec<Line<'t>>,
    /// The comments that fill a line, in order; blank ones stand for blank lines within blocks.
    comments: Vec<&'t str>,
    blocks: Vec<Range<usize>>,
    pub(super) problems: Vec<Problem>,
    /// Every comment, wherever it stands.
    pub(super) all_comments: Vec<Token<'t>>,
}

/// A directive.
#[derive(Debug)]
pub(super) struct Line<'t> {
    pub(super) verb: Token<'t>,
    pub(super) arguments: Vec<Token<'t>>,
    /// From the verb, or the first argument in a block, to the last.
    pub(super) span: Span,
    before: Range<usize>,
    suffix: Option<&'t str>,
    block: Option<usize>,
}

/// Reads the whole text.
pub(super) fn read<'t>(text: &'t Text, dialect: Dialect) -> Tree<'t> {
    let mut reader = Reader { dialect, tree: Tree::default(), open: None, pending: 0 };
    let raw = lines(text, &mut reader.tree.problems);
    raw.into_iter().for_each(|line| reader.line(line));
    reader.end();
    reader.tree
}

struct Reader<'t> {
    dialect: Dialect,
    tree: Tree<'t>,
    open: Option<Block<'t>>,
    /// Where in `comments` those start that belong to the next directive.
    pending: usize,
}

/// A block that is not closed yet.
struct Block<'t> {
    verb: Token<'t>,
    index: usize,
    /// Whether the verb can have a block: if not, that is noted and its lines are passed over.
    known: bool,
    has_lines: bool,
}

impl<'t> Reader<'t> {
    fn line(&mut self, line: RawLine<'t>) {
        self.tree.all_comments.extend(line.comment);
        match (line.tokens.as_slice(), line.comment) {
            ([], Some(comment)) => self.tree.comments.push(comment.text),
            ([], None) => self.blank(),
            ([close, rest @ ..], _) if close.text == ")" && self.open.is_some() => self.close(rest),
            _ => self.directive(line),
        }
    }

    /// A blank line ends the comments that belong to a directive, but not within a block.
    fn blank(&mut self) {
        let last_is_blank = self.tree.comments.get(self.pending..).and_then(<[_]>::last).map(|comment| comment.is_empty());
        match &self.open {
            None => self.pending = self.tree.comments.len(),
            Some(block) if last_is_blank == Some(false) || last_is_blank.is_none() && block.has_lines => self.tree.comments.push(""),
            Some(_) => {}
        }
    }

    fn close(&mut self, rest: &[Token<'t>]) {
        if let Some(extra) = rest.first() {
            self.problem(extra.span, "syntax error (expected newline after closing paren)");
        }
        self.open = None;
        self.pending = self.tree.comments.len();
    }

    fn directive(&mut self, line: RawLine<'t>) {
        let before = self.take_comments();
        let suffix = line.comment.map(|comment| comment.text);
        let broken = line.broken;
        let mut tokens = line.tokens.into_iter();
        let Some(first) = tokens.next() else { return };
        let rest: Vec<Token<'t>> = tokens.collect();
        let span = rest.last().map_or(first.span, |last| first.span.to(last.span));
        if let Some(block) = &mut self.open {
            block.has_lines = true;
            if block.known && !broken {
                let arguments = std::iter::once(first).chain(rest).collect();
                let line = Line { verb: block.verb, arguments, span, before, suffix, block: Some(block.index) };
                self.tree.lines.push(line);
            }
            return;
        }
        match rest.as_slice() {
            [between @ .., open] if open.text == "(" => self.open_block(first, between, before),
            [between @ .., open, close] if open.text == "(" && close.text == ")" => {
                self.check_block(first, between);
            }
            _ if broken => {}
            _ => self.tree.lines.push(Line { verb: first, arguments: rest, span, before, suffix, block: None }),
        }
    }

    fn take_comments(&mut self) -> Range<usize> {
        let before = self.pending..self.tree.comments.len();
        self.pending = before.end;
        before
    }

    fn open_block(&mut self, verb: Token<'t>, between: &[Token<'t>], before: Range<usize>) {
        let known = self.check_block(verb, between);
        self.open = Some(Block { verb, index: self.tree.blocks.len(), known, has_lines: false });
        self.tree.blocks.push(before);
    }

    fn check_block(&mut self, verb: Token<'t>, between: &[Token<'t>]) -> bool {
        let known = between.is_empty() && Directive::find(verb.text, self.dialect).is_some_and(|directive| directive.block);
        if !known {
            let words: Vec<&str> = std::iter::once(&verb).chain(between).map(|token| token.text).collect();
            self.problem(verb.span, format!("unknown block type: {}", words.join(" ")));
        }
        known
    }

    fn end(&mut self) {
        if let Some(block) = self.open.take() {
            self.problem(block.verb.span, "syntax error (unterminated block)");
        }
    }

    fn problem(&mut self, span: Span, message: impl Into<String>) {
        self.tree.problems.push(Problem { span, message: message.into() });
    }
}

impl<'t> Tree<'t> {
    /// What the comments of a directive say, a line each: those above it and behind it, else those above its block.
    ///
    /// Source: `parseDirectiveComment` in `modfile/rule.go`.
    pub(super) fn comment_of(&self, line: &Line<'t>) -> Vec<&'t str> {
        let inherited = line.block.filter(|_| line.before.is_empty() && line.suffix.is_none()).and_then(|block| self.blocks.get(block));
        let before = self.comments.get(inherited.unwrap_or(&line.before).clone()).unwrap_or_default();
        let written = before.iter().copied().chain(line.suffix).filter_map(|comment| comment.strip_prefix("//"));
        written.map(str::trim).collect()
    }
}

impl Line<'_> {
    /// Whether the comment behind it says `// indirect`.
    pub(super) fn is_indirect(&self) -> bool {
        let mut words = self.suffix.and_then(|suffix| suffix.strip_prefix("//")).unwrap_or_default().split_whitespace();
        match words.next() {
            Some("indirect") => words.next().is_none(),
            Some("indirect;") => words.next().is_some(),
            _ => false,
        }
    }
}

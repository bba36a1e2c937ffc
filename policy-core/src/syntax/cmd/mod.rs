//! cmd scripts to a syntax tree with spans: the part of the language that workflows use.
//!
//! Holes of `${{ … }}` are those of [`super::shell`]. There is no reference of the grammar; this follows `cmd /?`, `set /?`, `if /?`,
//! `for /?` and what is written at <https://ss64.com/nt/syntax.html>.

mod line;
mod parse;

use crate::text::Span;

pub(crate) use parse::parse;

/// Something that runs.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    pub(crate) kind: Kind,
    /// From its first to its last character.
    pub(crate) span: Span,
}

/// The kinds of nodes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    /// A command.
    Command(Command),
    /// `( … )` and its redirections.
    Block(Vec<Node>, Vec<Redirect>),
    /// `a & b && c || d | e`
    Chain(Box<Node>, Vec<(Connector, Node)>),
    /// `if … command else command`
    If(Box<Node>, Option<Box<Node>>),
    /// `for … do command`
    For(Box<Node>),
    /// `:label`, `rem` and `::`.
    Nothing,
}

/// Between two commands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Connector {
    /// `&`
    Then,
    /// `&&`
    And,
    /// `||`
    Or,
    /// `|`
    Pipe,
}

/// A command: at least one word.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Command {
    /// Name and arguments, without quotes.
    pub(crate) words: Vec<Word>,
    /// Everything behind the name, quotes and blanks included.
    pub(crate) tail: Vec<Piece>,
    /// In order of appearance.
    pub(crate) redirects: Vec<Redirect>,
}

/// A word.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Word {
    pub(crate) pieces: Vec<Piece>,
    pub(crate) span: Span,
}

/// A part of a text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Piece {
    /// Characters as they are.
    Literal(String),
    /// `%NAME%`
    Variable(String),
    /// A `${{ … }}` whose value is not known, by index.
    Hole(usize),
    /// `%1`, `%%i`, `%X:a=b%`, `!X!`
    Unknown,
}

/// `> file`, `2>> file`
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Redirect {
    /// The handle: 1 is the output.
    pub(crate) handle: u32,
    /// Whether it is `>>`.
    pub(crate) append: bool,
    /// The file; `None` for `2>&1` and for input.
    pub(crate) target: Option<Word>,
}

#[cfg(test)]
mod tests;

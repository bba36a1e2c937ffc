//! The syntax tree of a shell script. Spans are byte ranges of the parsed source. Names follow the POSIX shell grammar.

use std::sync::Arc;

use crate::text::Span;

/// Commands one after another.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct List {
    /// In order.
    pub items: Vec<Item>,
}

/// `a && b || c`, with `;`, a line break or `&` after it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Item {
    /// The first pipeline.
    pub first: Pipeline,
    /// What follows, each behind `&&` or `||` (equal precedence, left to right).
    pub rest: Vec<(Connector, Pipeline)>,
    /// Whether it ends in `&`.
    pub background: bool,
}

/// Between two pipelines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Connector {
    /// `&&`
    And,
    /// `||`
    Or,
}

/// `! time a | b`
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Pipeline {
    /// Whether it starts with `!`.
    pub negated: bool,
    /// The commands; all but a lone one run in subshells. A `!` or `time` without a command has an empty one.
    pub commands: Vec<Command>,
}

/// A command with its redirections.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Command {
    /// What it is.
    pub kind: CommandKind,
    /// In order of appearance.
    pub redirects: Vec<Redirect>,
    /// From its first to its last character, redirections included.
    pub span: Span,
}

/// The kinds of commands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum CommandKind {
    /// `A=1 B=2 name args…`; without words, the assignments stay in force.
    Simple {
        /// Leading assignments.
        assignments: Vec<Assignment>,
        /// The command's name and arguments; arguments of `export`, `declare`, `local`, `readonly` and `typeset` that
        /// look like assignments are [`Part`]s like any other word (`a=(…)` among them is kept as a literal).
        words: Vec<Word>,
    },
    /// `{ …; }`
    Group(List),
    /// `( … )`
    Subshell(List),
    /// `if … then … elif … then … else … fi`
    If {
        /// Conditions with their branches.
        arms: Vec<(List, List)>,
        /// After `else`.
        otherwise: Option<List>,
    },
    /// `for name in words; do … done`, also `select`.
    For {
        /// The loop variable.
        name: String,
        /// After `in`; `None` means `"$@"`.
        words: Option<Vec<Word>>,
        /// The body.
        body: List,
    },
    /// `for ((…; …; …)); do … done`
    ArithmeticFor {
        /// The body.
        body: List,
    },
    /// `while` and `until`.
    While {
        /// Whether it is `until`.
        until: bool,
        /// The condition.
        condition: List,
        /// The body.
        body: List,
    },
    /// `case word in a|b) … ;; esac`
    Case {
        /// The word matched.
        word: Word,
        /// The arms.
        arms: Vec<CaseArm>,
    },
    /// `name() command` or `function name { … }`
    Function {
        /// Its name.
        name: String,
        /// Its body; shared, since it outlives the script that defines it.
        body: Arc<Command>,
    },
    /// `(( … ))`, uninterpreted.
    Arithmetic,
    /// `[[ … ]]`
    Test(Test),
    /// `coproc …`
    Coprocess(Box<Command>),
}

/// One arm of `case`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct CaseArm {
    /// Patterns between `|`.
    pub patterns: Vec<Word>,
    /// The commands.
    pub body: List,
    /// `;;` (false), or `;&` and `;;&` (true): later arms may run too.
    pub falls_through: bool,
}

/// `NAME=value`, `NAME+=value`, `NAME[i]=value`, `NAME=(…)`
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Assignment {
    /// The variable.
    pub name: String,
    /// Whether it is `+=`.
    pub append: bool,
    /// What is assigned.
    pub value: AssignedValue,
    /// The whole assignment.
    pub span: Span,
    /// The name only.
    pub name_span: Span,
}

/// The right side of an assignment.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum AssignedValue {
    /// A word; empty for `NAME=`.
    Word(Word),
    /// `( a b c )`
    Array(Vec<Word>),
    /// `NAME[i]=…`: one element of an array.
    Element(Word),
}

/// A word before expansion.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Word {
    /// Its parts, in order; an empty word (`''`) has an empty quoted part.
    pub parts: Vec<Part>,
    /// Its characters, quotes included.
    pub span: Span,
}

/// A part of a word.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Part {
    /// Unquoted text after removal of backslashes and line continuations. `*`, `?`, `[…]`, `{a,b}` in it are still active.
    Literal(String),
    /// Text that stands for itself: `'…'`, `$'…'` (escapes done), a backslash-quoted character, here-documents' literal text.
    Quoted(String),
    /// `"…"`: text as [`Part::Quoted`], and expansions without field splitting.
    DoubleQuoted(Vec<Part>),
    /// `$NAME`, `${NAME}`, `${NAME:-word}` …
    Parameter(Box<Parameter>),
    /// `$( … )` and backquotes.
    Command(List),
    /// `$(( … ))`, uninterpreted.
    Arithmetic(String),
    /// `<( … )`, `>( … )`
    Process(List),
    /// `~` or `~user` at the start of a word, or after `=` or `:` in an assignment: the user, empty for `~`.
    Tilde(String),
    /// A hole left by `${{ … }}`: its index.
    Hole(usize),
}

/// A parameter expansion.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Parameter {
    /// Name, digits, or one of `@*#?$!-`.
    pub name: String,
    /// Subscript of an array, uninterpreted.
    pub subscript: Option<String>,
    /// What is done with the value.
    pub operator: Operator,
    /// From `$` to the end.
    pub span: Span,
}

/// What `${NAME…}` does with the value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Operator {
    /// `$NAME`, `${NAME}`
    None,
    /// `${#NAME}`
    Length,
    /// `${!NAME}`
    Indirect,
    /// `-`: the word if unset; with `colon` also if empty.
    Default {
        /// Written with `:`.
        colon: bool,
        /// The word.
        word: Word,
    },
    /// `=`: as `-`, and assigns it.
    Assign {
        /// Written with `:`.
        colon: bool,
        /// The word.
        word: Word,
    },
    /// `+`: the word if set.
    Alternative {
        /// Written with `:`.
        colon: bool,
        /// The word.
        word: Word,
    },
    /// `?`: fails if unset.
    Error {
        /// Written with `:`.
        colon: bool,
        /// The message.
        word: Word,
    },
    /// `#`, `##`, `%`, `%%`: removes what the pattern matches.
    Remove {
        /// From the start (`#`) or the end (`%`).
        prefix: bool,
        /// The longest match (doubled sign) or the shortest.
        longest: bool,
        /// The pattern.
        pattern: Word,
    },
    /// `/`, `//`, `/#`, `/%`
    Replace {
        /// `//`
        all: bool,
        /// `/#` or `/%`: only at that end.
        anchor: Option<char>,
        /// What is replaced.
        pattern: Word,
        /// By what.
        replacement: Word,
    },
    /// `:offset:length`, uninterpreted.
    Substring(String),
    /// `^`, `^^`, `,`, `,,`
    Case {
        /// To upper case.
        upper: bool,
        /// All characters.
        all: bool,
    },
    /// `@Q` and friends, or anything not named here.
    Other(String),
}

/// A redirection.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Redirect {
    /// The file descriptor, if written; `-1` stands for `&>` and `&>>` (both outputs), `-2` for a number that the shell
    /// picks (`{name}>`).
    pub descriptor: Option<i32>,
    /// Its kind.
    pub kind: RedirectKind,
    /// From the operator (or descriptor) to the end of the target.
    pub span: Span,
}

/// The kinds of redirections.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum RedirectKind {
    /// `<`
    Read(Word),
    /// `>` and `>|`
    Write(Word),
    /// `>>`
    Append(Word),
    /// `<>`
    ReadWrite(Word),
    /// `>&`, `<&`
    Duplicate(Word),
    /// `<<` and `<<-`: the body, tabs stripped if asked; a [`Part::Quoted`] only if the delimiter was quoted.
    HereDocument(Word),
    /// `<<<`
    HereString(Word),
}

/// The inside of `[[ … ]]`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Test {
    /// A single word: true if not empty.
    Word(Word),
    /// `-z word` …
    Unary(String, Word),
    /// `a == b`, `a =~ b`, `a -lt b` … The right side of `==` is a pattern, as far as it is unquoted.
    Binary(Word, String, Word),
    /// `!`
    Not(Box<Test>),
    /// `&&`
    And(Box<Test>, Box<Test>),
    /// `||`
    Or(Box<Test>, Box<Test>),
}

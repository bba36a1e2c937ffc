//! The syntax tree of a PowerShell script. Spans are byte ranges of the parsed source.

use crate::text::Span;

/// Statements one after another.
pub(crate) type Block = Vec<Statement>;

/// A statement.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Statement {
    pub(crate) kind: StatementKind,
    /// From its first to its last character.
    pub(crate) span: Span,
}

/// The kinds of statements.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum StatementKind {
    /// `a | b && c || d`, perhaps with `&` after it.
    Chain(Chain),
    /// `$x = …`, `$env:X += …`
    Assignment {
        /// What is assigned to; `None` if it is not a plain variable.
        target: Option<Variable>,
        /// How.
        operator: Operator,
        /// The right-hand side: usually a chain.
        value: Box<Statement>,
    },
    /// `if (…) { … } elseif (…) { … } else { … }`
    If {
        /// Conditions with their branches.
        arms: Vec<(Block, Block)>,
        /// After `else`.
        otherwise: Option<Block>,
    },
    /// `foreach`, `for`, `while` and `do`.
    Loop {
        /// The variable of `foreach`.
        variable: Option<Variable>,
        /// What stands in the parentheses.
        header: Block,
        /// The body.
        body: Block,
        /// Whether the body runs before anything is tested.
        at_least_once: bool,
    },
    /// `switch (…) { … }`
    Switch {
        /// What stands in the parentheses.
        subject: Block,
        /// The actions.
        arms: Vec<Block>,
    },
    /// `try { … } catch { … } finally { … }`
    Try {
        /// What is tried.
        body: Block,
        /// After each `catch`.
        handlers: Vec<Block>,
        /// After `finally`.
        last: Option<Block>,
    },
    /// `function name { … }`
    Function {
        /// Its name, in lower case.
        name: String,
        /// Its body.
        body: Block,
    },
    /// `param(…)`: the names, in lower case.
    Parameters(Vec<String>),
    /// `return`, `exit` …
    Jump {
        /// Which.
        kind: Jump,
        /// What stands after it.
        value: Block,
    },
    /// Something the reader does not know.
    #[default]
    Unknown,
}

/// Statements that leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Jump {
    /// `exit`
    Exit,
    /// `return`
    Return,
    /// `throw`
    Throw,
    /// `break` and `continue`
    Loop,
}

/// The operator of an assignment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    /// `=`
    Set,
    /// `+=`
    Append,
    /// `??=`
    Default,
    /// `-=`, `*=`, `/=`, `%=`, `++`, `--`
    Other,
}

/// Pipelines with what stands between them.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Chain {
    /// The first.
    pub(crate) first: Pipeline,
    /// The others, each behind `&&` or `||`.
    pub(crate) rest: Vec<(Connector, Pipeline)>,
    /// Whether it ends in `&`.
    pub(crate) background: bool,
}

/// Between two pipelines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Connector {
    /// `&&`
    And,
    /// `||`
    Or,
}

/// `a | b`: at least one element.
pub(crate) type Pipeline = Vec<Element>;

/// A part of a pipeline.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Element {
    pub(crate) kind: ElementKind,
    /// In order of appearance.
    pub(crate) redirects: Vec<Redirect>,
    /// From its first to its last character, redirections included.
    pub(crate) span: Span,
}

/// A command, or an expression whose value goes down the pipeline.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ElementKind {
    /// Name and arguments: at least one word.
    Command {
        /// `& name` or `. name`
        call: Option<CallOperator>,
        /// The name, then the arguments.
        words: Vec<Expression>,
    },
    /// An expression.
    Expression(Expression),
}

/// What may stand in front of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CallOperator {
    /// `&`
    Call,
    /// `.`: in the same scope.
    Dot,
}

/// `> file`, `2>> file`; `2>&1` has no target.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Redirect {
    /// The stream: 1 is the output, `None` is all (`*>`).
    pub(crate) stream: Option<u8>,
    /// Whether it is `>>`.
    pub(crate) append: bool,
    /// The file.
    pub(crate) target: Option<Expression>,
    /// Operator and target.
    pub(crate) span: Span,
}

/// A value or an argument.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Expression {
    pub(crate) kind: ExpressionKind,
    pub(crate) span: Span,
}

/// The kinds of expressions.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ExpressionKind {
    /// A string, a variable, a bare word, a number: everything that is the text of its parts.
    Text {
        /// Its parts.
        parts: Vec<Part>,
        /// Whether it is a bare word of a command line.
        bare: bool,
    },
    /// `a, b`
    Array(Vec<Expression>),
    /// `a + b`
    Sum(Vec<Expression>),
    /// `[Type]::Method(…)`
    StaticCall {
        /// `Type::Method`, in lower case.
        name: String,
        /// The arguments.
        arguments: Vec<Expression>,
    },
    /// `( … )` or `@( … )`
    Parenthesised(Block),
    /// `{ … }`
    ScriptBlock(Block),
    /// `@name` as an argument.
    Splat,
    /// Something else, and the expressions in it that can be told.
    Other(Vec<Expression>),
}

/// A part of a text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Part {
    /// Characters as they are, escapes resolved.
    Literal(String),
    /// `$name`
    Variable(Variable),
    /// `$( … )`
    Statements(Block),
    /// A `${{ … }}` whose value is not known, by index.
    Hole(usize),
    /// Something that is not understood.
    Unknown,
}

/// `$name`, `$scope:name`, `${name}`
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Variable {
    /// `env`, `global` …, in lower case.
    pub(crate) scope: Option<String>,
    /// The name as written.
    pub(crate) name: String,
}

impl Variable {
    /// Whether it is `$env:…`.
    pub(crate) fn is_environment(&self) -> bool {
        self.scope.as_deref() == Some("env")
    }
}

use std::fmt;
use std::sync::Arc;

use super::Function;
use crate::text::Span;

/// A node of an expression's syntax tree. Two nodes are equal if they mean the same, wherever they stand.
#[derive(Clone, Debug)]
pub(crate) struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where it stands, parentheses included.
    pub span: Span,
}

/// The kinds of nodes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ExprKind {
    /// `null`, or an expression without any token.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number; `NaN` and `Infinity` are numbers.
    Number(f64),
    /// A string, without its quotes; also the property name in `github.sha`.
    String(Arc<str>),
    /// `*` as an index. Anywhere else (`a[* == 1]`) it counts as the string.
    Wildcard,
    /// A context, as it was written.
    Context(Arc<str>),
    /// A call.
    Call(Function, Vec<Expr>),
    /// `of.name`, `of[by]`, `of.*`: the first is the second with a string.
    Index(Box<Expr>, Box<Expr>),
    /// `!`
    Not(Box<Expr>),
    /// `a && b && …`, however it was grouped.
    And(Vec<Expr>),
    /// `a || b || …`, however it was grouped.
    Or(Vec<Expr>),
    /// A comparison.
    Compare(Binary, Box<Expr>, Box<Expr>),
}

/// The comparisons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Binary {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

impl PartialEq for Expr {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

impl Binary {
    /// The operator as it is written.
    pub(crate) fn symbol(self) -> &'static str {
        match self {
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
        }
    }
}

impl Expr {
    /// The nodes directly below.
    pub(crate) fn children(&self) -> Vec<&Expr> {
        match &self.kind {
            ExprKind::Call(_, parts) | ExprKind::And(parts) | ExprKind::Or(parts) => parts.iter().collect(),
            ExprKind::Index(left, right) | ExprKind::Compare(_, left, right) => vec![left, right],
            ExprKind::Not(inner) => vec![inner],
            _ => Vec::new(),
        }
    }

    /// How deep the tree is; a leaf has depth 1. Never above the limit that the parser keeps.
    pub(crate) fn depth(&self) -> u32 {
        1 + self.children().into_iter().map(Expr::depth).max().unwrap_or(0)
    }

    /// Whether it calls `success`, `failure`, `always` or `cancelled`. A condition that does not means `success() && (…)`.
    pub(crate) fn calls_status(&self) -> bool {
        matches!(self.kind, ExprKind::Call(function, _) if function.is_status()) || self.children().into_iter().any(Expr::calls_status)
    }
}

/// Whether a text can follow a dot (`ExpressionUtility.IsLegalKeyword`).
pub(super) fn is_word(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ExprKind::Null => f.write_str("null"),
            ExprKind::Bool(value) => write!(f, "{value}"),
            ExprKind::Number(value) => write_number(f, *value),
            ExprKind::String(value) => write!(f, "'{}'", value.replace('\'', "''")),
            ExprKind::Wildcard => f.write_str("*"),
            ExprKind::Context(name) => f.write_str(name),
            ExprKind::Call(function, arguments) => {
                f.write_str(function.name())?;
                write_list(f, arguments, ", ")
            }
            ExprKind::Index(of, by) => write_index(f, of, by),
            ExprKind::Not(inner) => write!(f, "!{inner}"),
            ExprKind::And(operands) => write_list(f, operands, " && "),
            ExprKind::Or(operands) => write_list(f, operands, " || "),
            ExprKind::Compare(operator, left, right) => write!(f, "({left} {} {right})", operator.symbol()),
        }
    }
}

fn write_number(f: &mut fmt::Formatter<'_>, value: f64) -> fmt::Result {
    if value.is_infinite() { f.write_str(if value > 0.0 { "Infinity" } else { "-Infinity" }) } else { write!(f, "{value}") }
}

fn write_list(f: &mut fmt::Formatter<'_>, items: &[Expr], separator: &str) -> fmt::Result {
    f.write_str("(")?;
    for (position, item) in items.iter().enumerate() {
        f.write_str(if position == 0 { "" } else { separator })?;
        write!(f, "{item}")?;
    }
    f.write_str(")")
}

fn write_index(f: &mut fmt::Formatter<'_>, of: &Expr, by: &Expr) -> fmt::Result {
    match of.kind {
        // A literal or a negation must be in parentheses to be indexed.
        ExprKind::Null | ExprKind::Bool(_) | ExprKind::Number(_) | ExprKind::String(_) | ExprKind::Not(_) => write!(f, "({of})")?,
        _ => write!(f, "{of}")?,
    }
    match &by.kind {
        ExprKind::String(name) if is_word(name) => write!(f, ".{name}"),
        ExprKind::Wildcard => f.write_str(".*"),
        _ => write!(f, "[{by}]"),
    }
}

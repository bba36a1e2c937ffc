//! Tokens to a tree, by operator precedence with explicit stacks: brackets can nest thousands of levels deep without deepening the tree,
//! so recursion would not do.

use super::ast::{Binary, Expr, ExprKind};
use super::lexer::{Lexer, Token, TokenKind};
use super::{ExpressionError, ExpressionErrorKind, Function, MAX_DEPTH, MAX_LENGTH};
use crate::text::Span;

/// The names that an expression may use in its place; any other is an error.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scope<'a> {
    /// Names of contexts, in any case; `None` allows every name.
    pub contexts: Option<&'a [&'a str]>,
    /// Those of [`Function::LOCAL`] that exist here; the other functions exist everywhere.
    pub functions: &'a [Function],
}

impl Scope<'static> {
    /// Every context and function.
    pub(crate) const ANY: Self = Self { contexts: None, functions: &Function::LOCAL };
}

impl Scope<'_> {
    fn has_context(&self, name: &str) -> bool {
        self.contexts.is_none_or(|names| names.iter().any(|known| known.eq_ignore_ascii_case(name)))
    }

    fn function(&self, name: &str) -> Option<Function> {
        Function::named(name).filter(|function| !Function::LOCAL.contains(function) || self.functions.contains(function))
    }
}

/// Parses an expression, without `${{` and `}}`. Blank text is `null`.
///
/// # Errors
/// The first thing that is wrong, with its span in `source`.
pub(crate) fn parse(source: &str, scope: Scope<'_>) -> Result<Expr, ExpressionError> {
    parse_at(source, 0, scope)
}

/// Parses an expression that starts `offset` bytes into a longer text; spans are in that text.
pub(super) fn parse_at(source: &str, offset: usize, scope: Scope<'_>) -> Result<Expr, ExpressionError> {
    let whole = Span::new(offset, offset + source.len());
    if is_longer(source, MAX_LENGTH) {
        return Err(ExpressionErrorKind::TooLong.at(whole));
    }
    let mut parser = Parser { scope, operands: Vec::new(), pending: Vec::new(), callee: None, too_deep: false };
    let mut lexer = Lexer::new(source, offset);
    let mut last = None;
    while let Some(token) = lexer.next_token()? {
        parser.push(&token)?;
        last = Some(token);
    }
    let Some(last) = last else { return Ok(Expr { kind: ExprKind::Null, span: whole }) };
    if !lexer.is_complete() {
        return Err(unexpected_end(&last));
    }
    parser.finish(whole).and_then(|expr| expr.ok_or_else(|| unexpected_end(&last)))
}

/// Whether a text has more UTF-16 units than `limit`, which is how .NET measures.
pub(super) fn is_longer(text: &str, limit: usize) -> bool {
    text.len() > limit && text.encode_utf16().count() > limit
}

fn unexpected_end(last: &Token<'_>) -> ExpressionError {
    ExpressionErrorKind::UnexpectedEnd(last.raw.to_owned()).at(last.span)
}

/// A finished part of the tree, with its depth.
struct Operand {
    expr: Expr,
    depth: u32,
}

/// An operator whose right operand is not complete, or an open bracket.
enum Pending {
    Group(Span),
    Index,
    /// With the number of operands that were there before the arguments.
    Call(Function, Span, usize),
    Operator(Operator, Span),
}

#[derive(Clone, Copy, PartialEq)]
enum Operator {
    Dot,
    Not,
    Compare(Binary),
    And,
    Or,
}

impl Operator {
    fn precedence(self) -> u8 {
        match self {
            Self::Dot => 19,
            Self::Not => 16,
            Self::Compare(Binary::Equal | Binary::NotEqual) => 10,
            Self::Compare(_) => 11,
            Self::And => 6,
            Self::Or => 5,
        }
    }
}

struct Parser<'a> {
    scope: Scope<'a>,
    operands: Vec<Operand>,
    pending: Vec<Pending>,
    /// The function whose `(` comes next.
    callee: Option<(Function, Span)>,
    too_deep: bool,
}

impl Parser<'_> {
    fn push(&mut self, token: &Token<'_>) -> Result<(), ExpressionError> {
        match &token.kind {
            TokenKind::StartGroup => self.pending.push(Pending::Group(token.span)),
            TokenKind::StartIndex => {
                self.flush(Operator::Dot.precedence());
                self.pending.push(Pending::Index);
            }
            TokenKind::StartArguments => {
                let base = self.operands.len();
                self.pending.extend(self.callee.take().map(|(function, span)| Pending::Call(function, span, base)));
            }
            TokenKind::Separator => self.flush(0),
            TokenKind::EndGroup | TokenKind::EndIndex | TokenKind::EndArguments => self.close(token.span)?,
            TokenKind::Dot => self.push_binary(Operator::Dot, token.span),
            TokenKind::And => self.push_binary(Operator::And, token.span),
            TokenKind::Or => self.push_binary(Operator::Or, token.span),
            TokenKind::Compare(binary) => self.push_binary(Operator::Compare(*binary), token.span),
            TokenKind::Not => self.pending.push(Pending::Operator(Operator::Not, token.span)),
            TokenKind::Function => self.callee = Some((self.function(token)?, token.span)),
            operand => {
                let kind = self.leaf(operand, token)?;
                self.operands.push(Operand { expr: Expr { kind, span: token.span }, depth: 1 });
            }
        }
        Ok(())
    }

    fn function(&self, token: &Token<'_>) -> Result<Function, ExpressionError> {
        let unknown = || ExpressionErrorKind::UnrecognizedFunction(token.raw.to_owned()).at(token.span);
        self.scope.function(token.raw).ok_or_else(unknown)
    }

    fn leaf(&self, kind: &TokenKind, token: &Token<'_>) -> Result<ExprKind, ExpressionError> {
        Ok(match kind {
            TokenKind::Bool(value) => ExprKind::Bool(*value),
            TokenKind::Number(value) => ExprKind::Number(*value),
            TokenKind::String(value) => ExprKind::String(value.clone()),
            TokenKind::Wildcard => ExprKind::Wildcard,
            TokenKind::Property => ExprKind::String(token.raw.into()),
            TokenKind::Context if self.scope.has_context(token.raw) => ExprKind::Context(token.raw.into()),
            TokenKind::Context => return Err(ExpressionErrorKind::UnrecognizedContext(token.raw.to_owned()).at(token.span)),
            _ => ExprKind::Null,
        })
    }

    fn push_binary(&mut self, operator: Operator, span: Span) {
        self.flush(operator.precedence());
        self.pending.push(Pending::Operator(operator, span));
    }

    /// Applies the pending operators that bind at least as tightly, back to the innermost open bracket.
    fn flush(&mut self, precedence: u8) {
        while let Some(&Pending::Operator(operator, span)) = self.pending.last()
            && operator.precedence() >= precedence
        {
            self.pending.pop();
            self.apply(operator, span);
        }
    }

    fn apply(&mut self, operator: Operator, span: Span) {
        let Some(right) = self.operands.pop() else { return };
        if operator == Operator::Not {
            let span = span.to(right.expr.span);
            return self.push_node(ExprKind::Not(Box::new(right.expr)), span, right.depth + 1);
        }
        let Some(left) = self.operands.pop() else { return };
        let span = left.expr.span.to(right.expr.span);
        let (kind, depth) = combine(operator, left, right);
        self.push_node(kind, span, depth);
    }

    /// Pushes a node; one that is too deep becomes a leaf, and the parse an error in the end, after all others.
    fn push_node(&mut self, kind: ExprKind, span: Span, depth: u32) {
        let deep = depth > MAX_DEPTH;
        self.too_deep |= deep;
        let kind = if deep { ExprKind::Null } else { kind };
        self.operands.push(Operand { expr: Expr { kind, span }, depth: if deep { 1 } else { depth } });
    }

    fn close(&mut self, end: Span) -> Result<(), ExpressionError> {
        self.flush(0);
        match self.pending.pop() {
            Some(Pending::Group(start)) => {
                if let Some(inner) = self.operands.last_mut() {
                    inner.expr.span = start.to(end);
                }
            }
            Some(Pending::Index) => self.apply(Operator::Dot, end),
            Some(Pending::Call(function, span, base)) => return self.call(function, span.to(end), base),
            Some(Pending::Operator(..)) | None => {}
        }
        Ok(())
    }

    fn call(&mut self, function: Function, span: Span, base: usize) -> Result<(), ExpressionError> {
        let arguments = self.operands.split_off(base.min(self.operands.len()));
        let depth = 1 + arguments.iter().map(|argument| argument.depth).max().unwrap_or(0);
        let arguments: Vec<Expr> = arguments.into_iter().map(|argument| argument.expr).collect();
        check_count(function, arguments.len()).map_err(|kind| kind.at(span))?;
        self.push_node(ExprKind::Call(function, arguments), span, depth);
        Ok(())
    }

    fn finish(mut self, whole: Span) -> Result<Option<Expr>, ExpressionError> {
        self.flush(0);
        if self.too_deep {
            return Err(ExpressionErrorKind::TooDeep.at(whole));
        }
        Ok(self.operands.pop().map(|operand| operand.expr))
    }
}

fn combine(operator: Operator, left: Operand, right: Operand) -> (ExprKind, u32) {
    let depth = 1 + left.depth.max(right.depth);
    match operator {
        Operator::And => flatten(left, right, ExprKind::And, |kind| match kind {
            ExprKind::And(operands) => Ok(operands),
            other => Err(other),
        }),
        Operator::Or => flatten(left, right, ExprKind::Or, |kind| match kind {
            ExprKind::Or(operands) => Ok(operands),
            other => Err(other),
        }),
        Operator::Compare(binary) => (ExprKind::Compare(binary, Box::new(left.expr), Box::new(right.expr)), depth),
        Operator::Dot | Operator::Not => (ExprKind::Index(Box::new(left.expr), Box::new(right.expr)), depth),
    }
}

/// One node for a chain of the same logical operator, as `FlushTopOperator` does; otherwise long chains would be too deep.
fn flatten(
    left: Operand,
    right: Operand,
    wrap: fn(Vec<Expr>) -> ExprKind,
    unwrap: fn(ExprKind) -> Result<Vec<Expr>, ExprKind>,
) -> (ExprKind, u32) {
    let mut depth = 1;
    let mut operands = Vec::new();
    for side in [left, right] {
        match unwrap(side.expr.kind) {
            Ok(nested) => {
                operands.extend(nested);
                depth = depth.max(side.depth);
            }
            Err(kind) => {
                operands.push(Expr { kind, span: side.expr.span });
                depth = depth.max(side.depth + 1);
            }
        }
    }
    (wrap(operands), depth)
}

fn check_count(function: Function, count: usize) -> Result<(), ExpressionErrorKind> {
    if count < function.fewest_arguments() {
        return Err(ExpressionErrorKind::TooFewArguments(function.name()));
    }
    if count > function.most_arguments() {
        return Err(ExpressionErrorKind::TooManyArguments(function.name()));
    }
    if function == Function::Case && count.is_multiple_of(2) {
        return Err(ExpressionErrorKind::EvenArguments);
    }
    Ok(())
}

#[cfg(test)]
mod tests;

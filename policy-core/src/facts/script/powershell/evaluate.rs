//! The values of expressions.

use std::sync::Arc;

use super::{Machine, Stream};
use crate::facts::script::session::{Session, whole};
use crate::facts::script::values::{concat, only_text};
use crate::facts::value::{Origin, OriginKind, Reason, Value};
use crate::syntax::powershell::ast::{Expression, ExpressionKind, Part, Variable};

impl<'a> Machine<'a> {
    /// The objects that an expression gives.
    pub(super) fn stream(&mut self, expression: &'a Expression, session: &mut Session) -> Stream {
        match &expression.kind {
            ExpressionKind::Array(items) => {
                let mut all = Stream::default();
                items.iter().for_each(|item| all.extend(self.stream(item, session)));
                all
            }
            ExpressionKind::Parenthesised(block) => self.captured_block(block, session),
            ExpressionKind::Text { parts, .. } => match parts.as_slice() {
                [Part::Statements(block)] if self.setting.source(expression.span).starts_with('$') => self.captured_block(block, session),
                parts => {
                    let line = parts.iter().map(|part| self.part(part, session)).collect();
                    Stream { items: vec![(line, (self.setting.locate)(expression.span))], open: None }
                }
            },
            ExpressionKind::Splat => Stream::unknown("splatted arguments"),
            ExpressionKind::StaticCall { name, arguments } => self.static_call(name, arguments, expression.span, session),
            ExpressionKind::Other(_) => {
                let value = self.value(expression, session);
                Stream { items: Vec::new(), open: value.reason().cloned() }
            }
            _ => Stream::one(self.value(expression, session), (self.setting.locate)(expression.span)),
        }
    }

    /// The one text that an expression gives.
    pub(super) fn value(&mut self, expression: &'a Expression, session: &mut Session) -> Value {
        match &expression.kind {
            ExpressionKind::Text { parts, .. } => self.text(parts, session),
            ExpressionKind::Sum(operands) => {
                let values: Vec<Value> = operands.iter().map(|operand| self.value(operand, session)).collect();
                // A sum of numbers is no text; what starts with a string stays one.
                match values.first().and_then(only_text).map(|first| first.parse::<f64>().is_ok()) {
                    Some(true) => Value::unknown(Reason::new("a sum in PowerShell")),
                    _ => concat(&values, &Origin::of(OriginKind::Computed)),
                }
            }
            ExpressionKind::Other(inside) => {
                for operand in inside {
                    match &operand.kind {
                        ExpressionKind::ScriptBlock(block) => self.perhaps(block, session),
                        _ => drop(self.stream(operand, session)),
                    }
                }
                let text = self.setting.source(expression.span);
                if inside.is_empty() || text.contains("::") {
                    self.not_understood(text, session);
                }
                Value::unknown(Reason::new("a PowerShell expression"))
            }
            ExpressionKind::ScriptBlock(_) => Value::unknown(Reason::new("a script block")),
            _ => {
                let stream = self.stream(expression, session);
                joined(&stream)
            }
        }
    }

    /// A text of parts. A lone variable keeps its own value, also if it is not set.
    pub(super) fn text(&mut self, parts: &'a [Part], session: &mut Session) -> Value {
        whole(&parts.iter().map(|part| self.part(part, session)).collect())
    }

    fn part(&mut self, part: &'a Part, session: &mut Session) -> Value {
        match part {
            Part::Literal(text) => Value::text(text.as_str(), Origin::of(OriginKind::Document)),
            Part::Variable(variable) => variable_value(variable, session),
            Part::Statements(block) => {
                let stream = self.captured_block(block, session);
                joined(&stream)
            }
            Part::Hole(index) => self.setting.hole(*index),
            Part::Unknown => Value::unknown(Reason::new("a PowerShell expression")),
        }
    }
}

/// `about_Automatic_Variables` for the few that matter.
fn variable_value(variable: &Variable, session: &Session) -> Value {
    let name = variable.name.to_lowercase();
    let constant = |text: &str| Value::text(text, Origin::of(OriginKind::Default));
    match (variable.scope.as_deref(), name.as_str()) {
        (Some("env"), _) => session.env.get(&variable.name).clone(),
        (None, "null") => Value::unset_by(OriginKind::Default),
        (None, "true") => constant("True"),
        (None, "false") => constant("False"),
        (None, "pwd") => session.cwd.clone(),
        (None | Some("global" | "script" | "local" | "private"), _) => {
            session.variables.get(&name).cloned().unwrap_or_else(|| unknown_variable(&variable.name))
        }
        _ => unknown_variable(&variable.name),
    }
}

fn unknown_variable(name: &str) -> Value {
    Value::unknown(Reason::new(format!("PowerShell variable `${name}`")))
}

/// Objects in a text: with blanks between them (`$OFS`).
pub(super) fn joined(stream: &Stream) -> Value {
    if let Some(reason) = &stream.open {
        return Value::unknown(reason.clone());
    }
    let blank = Value::text(" ", Origin::of(OriginKind::Computed));
    let origin: Arc<Origin> = Origin::of(OriginKind::Computed);
    match stream.items.as_slice() {
        [] => Value::unset(origin),
        [(only, _)] => whole(only),
        [(first, _), rest @ ..] => {
            concat(first.iter().chain(rest.iter().flat_map(|(line, _)| std::iter::once(&blank).chain(line))), &origin)
        }
    }
}

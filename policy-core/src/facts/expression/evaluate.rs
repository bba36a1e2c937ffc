use super::coerce::{equal, order, to_number, to_text};
use super::concat::{MAX_BYTES, string_bytes};
use super::error::{EvaluationError, EvaluationErrorKind};
use super::partial::Partial;
use super::value::{Array, Json};
use crate::facts::value::Reason;
use crate::syntax::expression::{Binary, Expr, ExprKind, Function};

/// The world an expression is evaluated in.
pub trait Contexts {
    /// The context of a name, which is in lower case. `None` if there is no such context here: it counts as unknown, because the parser has
    /// already refused what the place does not allow.
    fn get(&self, name: &str) -> Option<Partial>;

    /// What `context.name` gives, where that can be told without putting the whole context together. Names ignore case.
    fn entry(&self, context: &str, name: &str) -> Option<Partial> {
        let _ = (context, name);
        None
    }

    /// What `success()`, `failure()` or `cancelled()` gives. Nothing is known of it unless this is overridden.
    fn status(&self, function: Function) -> Partial {
        let _ = function;
        Partial::either()
    }
}

impl Expr {
    /// The possible values of the expression.
    ///
    /// # Errors
    /// Why the evaluation fails, if it fails whatever the unknown parts are.
    pub fn evaluate(&self, contexts: &dyn Contexts) -> Result<Partial, EvaluationError> {
        Evaluator { contexts, live: 0 }.evaluate(self)
    }

    /// Whether the expression holds as the condition of a step or job, if that is known: without a status function it stands for
    /// `success() && (…)`.
    ///
    /// # Errors
    /// Why the evaluation fails, if it fails whatever the unknown parts are.
    pub fn holds(&self, contexts: &dyn Contexts) -> Result<Option<bool>, EvaluationError> {
        let value = self.evaluate(contexts)?;
        if self.calls_status() {
            return Ok(value.truth());
        }
        Ok(match (contexts.status(Function::Success).truth(), value.truth()) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), truth) => truth,
            (None, _) => None,
        })
    }
}

pub(super) struct Evaluator<'a> {
    pub(super) contexts: &'a dyn Contexts,
    /// Bytes of the values that are held while their sisters are evaluated.
    live: usize,
}

impl Evaluator<'_> {
    pub(super) fn evaluate(&mut self, expr: &Expr) -> Result<Partial, EvaluationError> {
        let before = self.live;
        let value = self.evaluate_kind(expr);
        self.live = before;
        let value = value?;
        self.live += bytes(&value);
        if self.live > MAX_BYTES { Err(EvaluationErrorKind::TooMuchMemory.at(expr.span)) } else { Ok(value) }
    }

    fn evaluate_kind(&mut self, expr: &Expr) -> Result<Partial, EvaluationError> {
        Ok(match &expr.kind {
            ExprKind::Null => Partial::known(Json::Null),
            ExprKind::Bool(value) => Partial::known(Json::Bool(*value)),
            ExprKind::Number(value) => Partial::known(Json::Number(*value)),
            ExprKind::String(value) => Partial::text(value.clone()),
            ExprKind::Wildcard => Partial::text("*"),
            ExprKind::Context(name) => self.context(name),
            ExprKind::Call(function, arguments) => return self.call(*function, arguments, expr),
            ExprKind::Index(of, by) => return self.index(of, by, expr),
            ExprKind::Not(inner) => {
                let value = self.evaluate(inner)?;
                Partial::outcomes(value.may_be(false), value.may_be(true))
            }
            ExprKind::And(operands) => return self.chain(operands, false),
            ExprKind::Or(operands) => return self.chain(operands, true),
            ExprKind::Compare(operator, left, right) => {
                let (left, right) = (self.evaluate(left)?, self.evaluate(right)?);
                left.compare(&right, |left, right| holds(*operator, left, right))
            }
        })
    }

    fn context(&self, name: &str) -> Partial {
        let name = name.to_ascii_lowercase();
        self.contexts.get(&name).unwrap_or_else(|| Partial::unknown(Reason::new(name)))
    }

    /// `&&` (`end` is false) and `||` (`end` is true): an operand that counts as `end` is the result. An operand that fails after another may
    /// have been the result is left out, because the step would fail there.
    fn chain(&mut self, operands: &[Expr], end: bool) -> Result<Partial, EvaluationError> {
        let mut result = Partial::none();
        let Some((last, others)) = operands.split_last() else { return Ok(Partial::known(Json::Null)) };
        for operand in others {
            let value = match self.evaluate(operand) {
                Ok(value) => value,
                Err(error) => return if result.is_none() { Err(error) } else { Ok(result) },
            };
            result = result.join(value.only(end));
            if !value.may_be(!end) {
                return Ok(result);
            }
        }
        match self.evaluate(last) {
            Ok(value) => Ok(result.join(value)),
            Err(error) if result.is_none() => Err(error),
            Err(_) => Ok(result),
        }
    }

    fn index(&mut self, of: &Expr, by: &Expr, expr: &Expr) -> Result<Partial, EvaluationError> {
        if let (ExprKind::Context(context), ExprKind::String(name)) = (&of.kind, &by.kind)
            && let Some(entry) = self.contexts.entry(&context.to_ascii_lowercase(), name)
        {
            return Ok(extend_reason(entry, of, expr));
        }
        let target = self.evaluate(of)?;
        let key = if by.kind == ExprKind::Wildcard { None } else { Some(self.evaluate(by)?) };
        let mut result = Partial::none();
        for choice in target.choices() {
            result = result.join(match &key {
                Some(key) => index_by(choice, key),
                None => all_items(choice),
            });
        }
        if let Some(reason) = target.reason() {
            result = result.or_unknown(reason.clone());
        }
        Ok(extend_reason(result, of, expr))
    }
}

/// If a value is unknown because the context is, the reason names the path into the context: `secrets.TOKEN` rather than `secrets`.
fn extend_reason(value: Partial, of: &Expr, expr: &Expr) -> Partial {
    match value.reason() {
        Some(reason) if value.choices().is_empty() && reason.as_str().eq_ignore_ascii_case(&of.to_string()) => {
            Partial::unknown(Reason::new(expr.to_string()))
        }
        _ => value,
    }
}

/// Strings count two bytes a unit, everything else a pointer's worth (`EvaluationMemory.CalculateBytes`).
fn bytes(value: &Partial) -> usize {
    let bytes = value.choices().iter().map(|choice| match choice {
        Json::String(text) => string_bytes(text),
        _ => 24,
    });
    bytes.sum()
}

fn holds(operator: Binary, left: &Json, right: &Json) -> bool {
    match operator {
        Binary::Equal => equal(left, right),
        Binary::NotEqual => !equal(left, right),
        Binary::Less => order(left, right).is_some_and(|order| order.is_lt()),
        Binary::Greater => order(left, right).is_some_and(|order| order.is_gt()),
        Binary::LessOrEqual => equal(left, right) || order(left, right).is_some_and(|order| order.is_lt()),
        Binary::GreaterOrEqual => equal(left, right) || order(left, right).is_some_and(|order| order.is_gt()),
    }
}

/// `target[key]` for each possibility of the target.
pub(crate) fn index(target: &Partial, key: &Json) -> Partial {
    let known = target.choices().iter().map(|choice| item(choice, key)).fold(Partial::none(), Partial::join);
    target.reason().map(|reason| Partial::unknown(reason.clone())).into_iter().fold(known, Partial::join)
}

fn index_by(target: &Json, key: &Partial) -> Partial {
    let known = key.choices().iter().map(|key| item(target, key)).fold(Partial::none(), Partial::join);
    if key.reason().is_some() { known.join(some_item(target)) } else { known }
}

/// `target[key]`
fn item(target: &Json, key: &Json) -> Partial {
    match target {
        Json::Object(object) if key.is_primitive() => object.lookup(&to_text(key)),
        Json::Array(array) if array.is_filtered() => each_item(array, |nested| Some(item(nested, key)).filter(|_| has_item(nested, key))),
        Json::Array(array) => position(key).and_then(|at| array.items().get(at)).cloned().unwrap_or(Partial::known(Json::Null)),
        _ => Partial::known(Json::Null),
    }
}

/// `target[key]` with an unknown key: any item, or null for a key that is not there.
fn some_item(target: &Json) -> Partial {
    let null = Partial::known(Json::Null);
    match target {
        Json::Object(object) => {
            let rest = object.rest().map(|reason| Partial::unknown(reason.clone()));
            object.entries().iter().map(|entry| entry.1.clone()).chain(rest).fold(null, Partial::join)
        }
        Json::Array(array) if array.is_filtered() => Partial::unknown(Reason::new("unknown index")),
        Json::Array(array) => array.items().iter().cloned().fold(null, Partial::join),
        _ => null,
    }
}

/// Whether an item is there at all; a filtered array leaves out what is not.
fn has_item(target: &Json, key: &Json) -> bool {
    match target {
        Json::Object(object) => key.is_primitive() && (object.rest().is_some() || object.get(&to_text(key)).is_some()),
        Json::Array(array) => position(key).is_some_and(|at| at < array.items().len()),
        _ => false,
    }
}

/// `target.*`
fn all_items(target: &Json) -> Partial {
    match target {
        Json::Object(object) => match object.rest() {
            Some(reason) => Partial::unknown(reason.clone()),
            None => Partial::known(Json::filtered(object.entries().iter().map(|entry| entry.1.clone()).collect())),
        },
        Json::Array(array) if array.is_filtered() => nested_items(array),
        Json::Array(array) => Partial::known(Json::filtered(array.items().to_vec())),
        _ => Partial::known(Json::filtered(Vec::new())),
    }
}

/// `target.*.*`: the items of the items.
fn nested_items(array: &Array) -> Partial {
    let mut items = Vec::new();
    for item in array.items() {
        let Some(nested) = item.single() else { return undecided(item) };
        match nested {
            Json::Object(object) => match object.rest() {
                Some(reason) => return Partial::unknown(reason.clone()),
                None => items.extend(object.entries().iter().map(|entry| entry.1.clone())),
            },
            Json::Array(array) => items.extend(array.items().iter().cloned()),
            _ => {}
        }
    }
    Partial::known(Json::filtered(items))
}

/// A filtered array of what `apply` gives for each item; which items there are must be known.
fn each_item(array: &Array, apply: impl Fn(&Json) -> Option<Partial>) -> Partial {
    let mut items = Vec::new();
    for item in array.items() {
        let Some(nested) = item.single() else { return undecided(item) };
        items.extend(apply(nested));
    }
    Partial::known(Json::filtered(items))
}

fn undecided(item: &Partial) -> Partial {
    Partial::unknown(item.reason().cloned().unwrap_or_else(|| Reason::new("several possibilities")))
}

/// An index into an array: the whole part of the number; nothing if it is negative or beyond 32 bits.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to be in range")]
fn position(key: &Json) -> Option<usize> {
    let number = to_number(key).floor();
    (to_number(key) >= 0.0 && number <= f64::from(i32::MAX)).then_some(number as usize)
}

#[cfg(test)]
pub(super) mod tests;

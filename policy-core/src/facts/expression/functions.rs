//! The functions (`src/Sdk/Expressions/Sdk/Functions`).

use super::coerce::{equal, fold, to_text};
use super::concat::Concat;
use super::error::{EvaluationError, EvaluationErrorKind};
use super::evaluate::Evaluator;
use super::json::{self, WriteError};
use super::partial::Partial;
use super::value::{Array, Json};
use crate::facts::value::Reason;
use crate::syntax::expression::{Expr, Function};

type Outcome = Result<Partial, EvaluationError>;

impl Evaluator<'_> {
    /// Calls a function; the parser has checked the number of arguments.
    pub(super) fn call(&mut self, function: Function, arguments: &[Expr], call: &Expr) -> Outcome {
        match (function, arguments) {
            (Function::Case, arguments) => self.case(arguments),
            (Function::Contains, [left, right]) => Ok(contains(&self.evaluate(left)?, &self.evaluate(right)?)),
            (Function::StartsWith, [left, right]) => self.test_texts(left, right, |text, part| text.starts_with(part)),
            (Function::EndsWith, [left, right]) => self.test_texts(left, right, |text, part| text.ends_with(part)),
            (Function::Format, [format, arguments @ ..]) => self.format(format, arguments, call),
            (Function::FromJson, [text]) => self.evaluate(text)?.try_map(|value| from_json(value, call)),
            (Function::ToJson, [value]) => self.evaluate(value)?.try_map(|value| to_json(value, call)),
            (Function::Join, [items, separator @ ..]) => self.join(items, separator.first(), call),
            (Function::Always, _) => Ok(Partial::known(Json::Bool(true))),
            (Function::Success | Function::Failure | Function::Cancelled, _) => Ok(self.contexts.status(function)),
            // hashFiles depends on files that exist only on the runner.
            _ => Ok(Partial::unknown(Reason::new(call.to_string()))),
        }
    }

    /// The value after the first predicate that is true. As in `&&`, what fails after another result is possible is left out.
    fn case(&mut self, arguments: &[Expr]) -> Outcome {
        let mut result = Partial::none();
        for pair in arguments.chunks(2) {
            let (value, ends) = match self.case_pair(pair) {
                Ok(step) => step,
                Err(error) if result.is_none() => return Err(error),
                Err(_) => return Ok(result),
            };
            result = result.join(value);
            if ends {
                break;
            }
        }
        Ok(result)
    }

    /// What one pair may contribute, and whether the rest cannot matter.
    fn case_pair(&mut self, pair: &[Expr]) -> Result<(Partial, bool), EvaluationError> {
        let [predicate, value] = pair else {
            return match pair.first() {
                Some(default) => Ok((self.evaluate(default)?, true)),
                None => Ok((Partial::known(Json::Null), true)),
            };
        };
        let holds = self.evaluate(predicate)?.try_map(|choice| match choice {
            Json::Bool(_) => Ok(Partial::known(choice.clone())),
            _ => Err(EvaluationErrorKind::CasePredicate.at(predicate.span)),
        })?;
        let value = if holds.may_be(true) { self.evaluate(value)? } else { Partial::none() };
        Ok((value, !holds.may_be(false)))
    }

    fn test_texts(&mut self, left: &Expr, right: &Expr, holds: fn(&str, &str) -> bool) -> Outcome {
        let (left, right) = (self.evaluate(left)?, self.evaluate(right)?);
        Ok(left.compare(&right, |text, part| test_primitives(text, part, holds)))
    }

    /// Only arguments that the format string names are evaluated.
    fn format(&mut self, format: &Expr, arguments: &[Expr], call: &Expr) -> Outcome {
        let mut values: Vec<Option<Partial>> = vec![None; arguments.len()];
        self.evaluate(format)?.try_map(|format| {
            let format = to_text(format);
            let segments = segments(&format).map_err(|kind| kind(format.to_string()).at(call.span))?;
            let missing = |place: &usize| *place >= arguments.len();
            if segments.iter().any(|segment| matches!(segment, Segment::Argument(place) if missing(place))) {
                return Err(EvaluationErrorKind::MissingFormatArgument(format.to_string()).at(call.span));
            }
            let mut text = Concat::new();
            for segment in segments {
                match segment {
                    Segment::Text(literal) => text.push_text(&literal),
                    Segment::Argument(place) => text.push(&self.argument(place, arguments, &mut values)?),
                }
                .map_err(|kind| kind.at(call.span))?;
            }
            Ok(text.finish())
        })
    }

    fn argument(&mut self, place: usize, arguments: &[Expr], values: &mut [Option<Partial>]) -> Outcome {
        let (Some(argument), Some(slot)) = (arguments.get(place), values.get_mut(place)) else { return Ok(Partial::text("")) };
        if let Some(value) = slot {
            return Ok(value.clone());
        }
        let value = self.evaluate(argument)?;
        Ok(slot.insert(value).clone())
    }

    fn join(&mut self, items: &Expr, separator: Option<&Expr>, call: &Expr) -> Outcome {
        let items = self.evaluate(items)?;
        let separator = match separator {
            Some(separator) => self.evaluate(separator)?,
            None => Partial::text(","),
        };
        // A separator that is an array or an object counts as none.
        let separator = separator.try_map(|choice| Ok(if choice.is_primitive() { choice.clone().into() } else { Partial::text(",") }))?;
        items.try_map(|items| match items {
            Json::Array(array) => join_array(array, &separator).map_err(|kind| kind.at(call.span)),
            Json::Object(_) => Ok(Partial::text("")),
            primitive => Ok(Partial::text(to_text(primitive))),
        })
    }
}

fn join_array(array: &Array, separator: &Partial) -> Result<Partial, EvaluationErrorKind> {
    let mut text = Concat::new();
    for (position, item) in array.items().iter().enumerate() {
        if position > 0 {
            text.push(separator)?;
        }
        text.push(item)?;
    }
    Ok(text.finish())
}

fn test_primitives(text: &Json, part: &Json, holds: fn(&str, &str) -> bool) -> bool {
    text.is_primitive() && part.is_primitive() && holds(&fold(&to_text(text)), &fold(&to_text(part)))
}

fn contains(search: &Partial, sought: &Partial) -> Partial {
    let mut result = search.reason().map_or(Partial::none(), |_| Partial::either());
    for choice in search.choices() {
        result = result.join(match choice {
            Json::Array(array) => array_contains(array, sought),
            _ => {
                sought.compare(&Partial::known(choice.clone()), |part, text| test_primitives(text, part, |text, part| text.contains(part)))
            }
        });
    }
    result
}

/// True if some item surely equals the value, false if none can.
fn array_contains(array: &Array, sought: &Partial) -> Partial {
    let mut result = Partial::none();
    for choice in sought.choices() {
        let sought = Partial::known(choice.clone());
        let truths = || array.items().iter().map(|item| sought.compare(item, equal).truth());
        let surely = truths().any(|truth| truth == Some(true));
        let never = truths().all(|truth| truth == Some(false));
        result = result.join(Partial::outcomes(!never, !surely));
    }
    if sought.reason().is_some() { Partial::outcomes(!array.items().is_empty(), true) } else { result }
}

fn from_json(text: &Json, call: &Expr) -> Outcome {
    let text = to_text(text);
    json::parse(&text).map(Partial::known).map_err(|message| EvaluationErrorKind::InvalidJson(message).at(call.span))
}

fn to_json(value: &Json, call: &Expr) -> Outcome {
    match json::write(value) {
        Ok(text) => Ok(Partial::text(text)),
        Err(WriteError::Unknown(reason)) => Ok(Partial::unknown(reason)),
        Err(WriteError::TooLong) => Err(EvaluationErrorKind::TooMuchMemory.at(call.span)),
    }
}

#[derive(Debug, PartialEq)]
enum Segment {
    Text(String),
    Argument(usize),
}

/// Makes an error of the format string.
type FormatError = fn(String) -> EvaluationErrorKind;

/// Splits a format string at `{0}`; doubled braces stand for themselves (`Format.cs`).
fn segments(format: &str) -> Result<Vec<Segment>, FormatError> {
    let mut segments = Vec::new();
    let mut rest = format;
    while let Some((before, tail)) = rest.find(['{', '}']).and_then(|at| rest.split_at_checked(at)) {
        let doubled = tail.strip_prefix("{{").map(|rest| ("{", rest)).or_else(|| tail.strip_prefix("}}").map(|rest| ("}", rest)));
        if let Some((brace, after)) = doubled {
            segments.push(Segment::Text(before.to_owned() + brace));
            rest = after;
        } else {
            let (place, after) = placeholder(tail)?;
            segments.push(Segment::Text(before.to_owned()));
            segments.push(Segment::Argument(place));
            rest = after;
        }
    }
    segments.push(Segment::Text(rest.to_owned()));
    Ok(segments)
}

/// The number in `{0}` at the start of a text, and what follows.
fn placeholder(text: &str) -> Result<(usize, &str), FormatError> {
    let body = text.strip_prefix('{').ok_or(EvaluationErrorKind::InvalidFormat as FormatError)?;
    let digits = body.len() - body.trim_start_matches(|digit: char| digit.is_ascii_digit()).len();
    let (number, tail) = body.split_at_checked(digits).unwrap_or((body, ""));
    let place: u8 = number.parse().map_err(|_| EvaluationErrorKind::InvalidFormat as FormatError)?;
    match tail.strip_prefix('}') {
        Some(after) => Ok((usize::from(place), after)),
        // `{0:…}` is well-formed, but no value of the language supports specifiers.
        None if tail.starts_with(':') && tail.contains('}') => Err(EvaluationErrorKind::FormatSpecifiers),
        None => Err(EvaluationErrorKind::InvalidFormat),
    }
}

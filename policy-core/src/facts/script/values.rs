//! Arithmetic on values that are texts: joining, mapping, asking.

use std::sync::Arc;

use crate::facts::value::{Datum, MOST_CHOICES, Origin, Reason, Value};

/// Longer texts are not followed.
pub(super) const LONGEST_TEXT: usize = 64 * 1024;

/// The text a shell sees: an unset variable expands to nothing.
pub(super) fn text_of(datum: &Datum) -> Option<&str> {
    match datum {
        Datum::Unset => Some(""),
        other => other.as_text(),
    }
}

/// The only text a value can be; unset counts as empty.
pub(super) fn only_text(value: &Value) -> Option<&str> {
    text_of(&value.single()?.datum)
}

/// All texts a value can be, if nothing about it is unknown.
pub(super) fn all_texts(value: &Value) -> Option<Vec<&str>> {
    value.reason().is_none().then(|| value.choices().iter().map(|choice| text_of(&choice.datum)).collect())?
}

/// Why a value is not known, with a fallback for values that are known but no texts.
pub(super) fn reason_of(value: &Value) -> Reason {
    value.reason().cloned().unwrap_or_else(|| Reason::new("several possibilities"))
}

/// Every combination of the values' texts, one after the other.
pub(super) fn concat<'v>(values: impl IntoIterator<Item = &'v Value>, origin: &Arc<Origin>) -> Value {
    let mut texts = vec![String::new()];
    let mut unknown: Option<Reason> = None;
    for value in values {
        unknown = unknown.or_else(|| value.reason().cloned());
        if let Err(reason) = append(&mut texts, value) {
            return Value::unknown(reason);
        }
    }
    let known = texts.into_iter().map(|text| Value::text(text, Arc::clone(origin))).reduce(Value::join);
    match (known, unknown) {
        (Some(known), None) => known,
        (Some(known), Some(reason)) => known.or_unknown(reason),
        (None, reason) => Value::unknown(reason.unwrap_or_else(|| Reason::new("no possibility"))),
    }
}

fn append(texts: &mut Vec<String>, value: &Value) -> Result<(), Reason> {
    let tails = || value.choices().iter().filter_map(|choice| text_of(&choice.datum));
    match (texts.len(), tails().count()) {
        (_, 0) => return Err(reason_of(value)),
        (1, 1) => texts.iter_mut().for_each(|text| text.extend(tails())),
        (texts, tails) if texts * tails > MOST_CHOICES => return Err(Reason::new("too many possibilities")),
        _ => *texts = texts.iter().flat_map(|text| tails().map(move |tail| [text.as_str(), tail].concat())).collect(),
    }
    let too_long = texts.iter().any(|text| text.len() > LONGEST_TEXT);
    if too_long { Err(Reason::new("text too long to follow")) } else { Ok(()) }
}

/// Applies a function to each text a value can be; `None` makes the result unknown because of `failure`.
pub(super) fn map_text(value: &Value, origin: &Arc<Origin>, failure: &str, apply: impl Fn(&str) -> Option<String>) -> Value {
    value.and_then(|choice| {
        text_of(&choice.datum)
            .and_then(&apply)
            .filter(|text| text.len() <= LONGEST_TEXT)
            .map_or_else(|| Value::unknown(Reason::new(failure)), |text| Value::text(text, Arc::clone(origin)))
    })
}

/// The same possibilities, set by something else. Unset becomes the empty text, since assigning an unset variable's value does.
pub(super) fn assigned(value: &Value, origin: &Arc<Origin>) -> Value {
    map_text(value, origin, "not a text", |text| Some(text.to_owned()))
}

/// Whether all possibilities agree on a question.
pub(super) fn agreed(value: &Value, ask: impl Fn(&Datum) -> Option<bool>) -> Option<bool> {
    if value.reason().is_some() {
        return None;
    }
    let mut answers = value.choices().iter().map(|choice| ask(&choice.datum));
    let first = answers.next()??;
    answers.all(|answer| answer == Some(first)).then_some(first)
}

/// The possibilities that pass a test, and the unknown rest if `keep_unknown`; `None` if nothing remains.
pub(super) fn filtered(value: &Value, keep_unknown: bool, keep: impl Fn(&Datum) -> bool) -> Option<Value> {
    let kept = value.choices().iter().filter(|choice| keep(&choice.datum));
    let known = kept.map(|choice| Value::known(choice.datum.clone(), Arc::clone(&choice.origin))).reduce(Value::join);
    match (known, value.reason().filter(|_| keep_unknown)) {
        (Some(known), Some(reason)) => Some(known.or_unknown(reason.clone())),
        (known, None) => known,
        (None, Some(reason)) => Some(Value::unknown(reason.clone())),
    }
}

//! `fromJSON` and `toJSON`.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use super::coerce::to_text;
use super::concat::{MAX_BYTES, string_bytes};
use super::partial::Partial;
use super::value::{Json, Object};
use crate::facts::value::Reason;

/// Reads JSON. The runner still takes comments, single quotes and trailing commas, but is about to stop (`StrictJsonParsing`).
/// Of equal names the last counts.
pub(super) fn parse(text: &str) -> Result<Json, String> {
    serde_json::from_str(text).map_err(|error| error.to_string())
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(JsonVisitor)
    }
}

struct JsonVisitor;

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    #[expect(clippy::cast_precision_loss, reason = "every number of the expression language is a double")]
    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Number(value as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "every number of the expression language is a double")]
    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Number(value as f64))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
        Ok(Json::Number(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(Json::text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Json, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = sequence.next_element::<Json>()? {
            items.push(Partial::known(item));
        }
        Ok(Json::array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        let mut object = Object::default();
        while let Some((name, value)) = map.next_entry::<String, Json>()? {
            object.set(name, Partial::known(value));
        }
        Ok(Json::Object(object.into()))
    }
}

/// Why a value cannot be written.
pub(super) enum WriteError {
    /// A part of it is not known.
    Unknown(Reason),
    /// The text gets too long.
    TooLong,
}

/// Writes JSON as the runner does: two spaces a level, a line an entry.
pub(super) fn write(value: &Json) -> Result<String, WriteError> {
    let mut text = String::new();
    write_value(value, 0, &mut text)?;
    Ok(text)
}

fn write_value(value: &Json, level: usize, text: &mut String) -> Result<(), WriteError> {
    match value {
        Json::Null => text.push_str("null"),
        Json::Bool(_) | Json::Number(_) => text.push_str(&to_text(value)),
        Json::String(value) => write_string(value, text),
        Json::Array(array) => return write_items(array.items().iter().map(|item| (None, item)), ['[', ']'], level, text),
        Json::Object(object) => {
            if let Some(reason) = object.rest() {
                return Err(WriteError::Unknown(reason.clone()));
            }
            return write_items(object.entries().iter().map(|(name, value)| (Some(&**name), value)), ['{', '}'], level, text);
        }
    }
    if string_bytes(text) > MAX_BYTES { Err(WriteError::TooLong) } else { Ok(()) }
}

fn write_items<'a>(
    items: impl Iterator<Item = (Option<&'a str>, &'a Partial)>,
    [open, close]: [char; 2],
    level: usize,
    text: &mut String,
) -> Result<(), WriteError> {
    text.push(open);
    let mut separator = "";
    for (name, item) in items {
        text.push_str(separator);
        new_line(level + 1, text);
        if let Some(name) = name {
            write_string(name, text);
            text.push_str(": ");
        }
        write_value(item.single().ok_or_else(|| WriteError::Unknown(undecided(item)))?, level + 1, text)?;
        separator = ",";
    }
    if !separator.is_empty() {
        new_line(level, text);
    }
    text.push(close);
    Ok(())
}

fn undecided(value: &Partial) -> Reason {
    value.reason().cloned().unwrap_or_else(|| Reason::new("several possibilities"))
}

fn new_line(level: usize, text: &mut String) {
    text.push('\n');
    text.extend(std::iter::repeat_n("  ", level));
}

/// Escapes what Newtonsoft.Json's `JsonConvert.ToString` escapes.
fn write_string(value: &str, text: &mut String) {
    text.push('"');
    for character in value.chars() {
        match character {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            '\u{8}' => text.push_str("\\b"),
            '\u{c}' => text.push_str("\\f"),
            '\0'..=' ' if character != ' ' => text.push_str(&format!("\\u{:04x}", u32::from(character))),
            '\u{85}' | '\u{2028}' | '\u{2029}' => text.push_str(&format!("\\u{:04x}", u32::from(character))),
            _ => text.push(character),
        }
    }
    text.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_and_numbers_survive() {
        let text = "{\n  \"z\": [\n    1,\n    1.5,\n    1E+20\n  ],\n  \"a\": \"\\u0001\\u2028é\"\n}";
        let value = parse(r#"{"z":[1,1.5,100000000000000000000],"a":"\u0001\u2028é"}"#).unwrap();
        assert_eq!(write(&value).ok().unwrap(), text);
    }

    #[test]
    fn the_last_of_equal_names_counts() {
        let value = parse(r#"{"A":1,"b":2,"a":3}"#).unwrap();
        assert_eq!(write(&value).ok().unwrap(), "{\n  \"A\": 3,\n  \"b\": 2\n}");
    }

    #[test]
    fn hostile_texts_are_refused() {
        for text in ["", "[1,]", "{'a':1}", "1 2", "NaN", "\"\\ud800\""] {
            assert!(parse(text).is_err(), "{text}");
        }
        assert!(parse(&"[".repeat(100_000)).is_err());
    }

    proptest::proptest! {
        #[test]
        fn strings_survive(text in ".*") {
            let mut written = String::new();
            write_string(&text, &mut written);
            proptest::prop_assert_eq!(parse(&written), Ok(Json::text(text)));
        }
    }
}

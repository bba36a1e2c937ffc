//! The schema of `.gopolicy.yaml`.

use serde_json::{Value, json};

use super::{definitions, described, keyed, policy_key, reference, text};
use crate::policy::config::{EXCEPTION_KEYS, FailOn, KEYS};

/// The JSON Schema of a repository's configuration.
pub fn config_json_schema() -> Value {
    let mut definitions = definitions();
    if let Value::Object(definitions) = &mut definitions {
        definitions.insert("exception".into(), exception());
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "gopolicy configuration",
        "type": "object",
        "required": ["version"],
        "properties": keyed(KEYS, key),
        "additionalProperties": false,
        "$defs": definitions,
    })
}

fn key(key: &str) -> Value {
    match key {
        "fail-on" => {
            json!({"enum": FailOn::ALL.map(|(name, _)| name), "description": "the least severity that fails a run; without it `error`"})
        }
        "skip" => json!({"type": "array", "items": glob(), "description": "paths at and below which nothing is reported"}),
        "exceptions" => json!({"type": "array", "items": reference("exception"), "description": "findings that are accepted"}),
        key => policy_key(key),
    }
}

fn exception() -> Value {
    json!({
        "type": "object",
        "required": ["rule"],
        "properties": keyed(EXCEPTION_KEYS, exception_key),
        "additionalProperties": false,
    })
}

fn exception_key(key: &str) -> Value {
    match key {
        "rule" => text("the id of the rule"),
        "path" => described(glob(), "the files it is about; all if there is none"),
        "job" => described(scalar(), "the job it is about; all if there is none"),
        "leg" => json!({
            "type": "object",
            "additionalProperties": scalar(),
            "description": "names and values of the matrix legs it is about; what is not named may have any value",
        }),
        "reason" => described(scalar(), "why; that there is none is reported"),
        "owner" => described(scalar(), "who answers for it"),
        _ => {
            json!({"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "description": "the last day on which it counts"})
        }
    }
}

fn glob() -> Value {
    json!({"type": ["string", "number", "boolean"], "minLength": 1})
}

fn scalar() -> Value {
    json!({"type": ["string", "number", "boolean"]})
}

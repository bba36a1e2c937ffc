//! The JSON Schemas (draft 2020-12) of policy files and of the configuration, made from the tables of keys, kinds, fields and matchers
//! that those are read by.
//!
//! It is for editors: it knows names and types. What it cannot say (patterns that parse, parameters that are declared,
//! placeholders in messages) is checked when a policy is loaded.

mod config;

pub use config::config_json_schema;

use serde_json::{Map, Value, json};

use super::examples::{CHANGE_KEYS, COMMIT_KEYS, EXAMPLE_KEYS, FILE_KEYS, FINDS_KEYS, MACHINE_KEYS, PATH_KEYS};
use super::matcher::{Argument, MATCHERS, MatcherSpec};
use super::raw::{POLICY_KEYS, RULE_KEYS};
use crate::facts::schema::{Field, KINDS, KindSpec, Shape};
use crate::judge::Severity;
use crate::world::SignatureKind;

/// The JSON Schema of a policy.
pub fn json_schema() -> Value {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "gopolicy policy",
        "type": "object",
        "required": ["version", "policy"],
        "properties": keyed(POLICY_KEYS, policy_key),
        "additionalProperties": false,
        "$defs": definitions(),
    })
}

fn policy_key(key: &str) -> Value {
    match key {
        "version" => json!({"const": 1, "description": "version of the policy language"}),
        "policy" => described(reference("identifier"), "name of the policy"),
        "description" => json!({"type": "string", "description": "what the policy is about"}),
        "extends" => {
            json!({"type": "array", "items": {"type": "string"}, "description": "built-in policies by name, files by path; later ones win"})
        }
        _ => json!({
            "type": "object",
            "propertyNames": reference("identifier"),
            "additionalProperties": {"anyOf": [{"const": "off"}, reference("change"), reference("rule")]},
        }),
    }
}

fn definitions() -> Value {
    let mut definitions = Map::new();
    definitions.insert("identifier".into(), json!({"type": "string", "pattern": "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$"}));
    definitions.insert("severity".into(), json!({"enum": Severity::ALL.map(Severity::name)}));
    definitions.insert("parameters".into(), parameters());
    definitions.insert("change".into(), change());
    definitions.insert("rule".into(), rule());
    definitions.insert("fix".into(), fix());
    definitions.insert("example".into(), example());
    definitions.insert("field-operand".into(), only_key("field"));
    definitions.insert("parameter-operand".into(), only_key("parameter"));
    for shape in PLAIN_SHAPES {
        definitions.insert(matchers_name(*shape), matchers(*shape, ""));
    }
    for kind in KINDS {
        let name = format!("condition-{}", kind.name);
        definitions.insert(format!("field-{}", kind.name), field_name(kind.kind.fields()));
        conditions(&name, kind.kind.fields(), &mut definitions);
    }
    Value::Object(definitions)
}

/// The shapes whose matchers are the same for all fields.
const PLAIN_SHAPES: &[Shape] = &[Shape::Text, Shape::Flag, Shape::Number, Shape::Duration, Shape::Size, Shape::Version, Shape::TextList];

fn matchers_name(shape: Shape) -> String {
    format!("matchers-{}", shape.name())
}

fn rule() -> Value {
    json!({
        "type": "object",
        "required": ["severity", "on", "message"],
        "properties": keyed(RULE_KEYS, rule_key),
        "additionalProperties": false,
        "oneOf": [{"required": ["require"]}, {"required": ["forbid"]}],
        "allOf": KINDS.iter().map(rule_on).collect::<Vec<_>>(),
    })
}

/// What holds of rules on one kind of subject.
fn rule_on(kind: &KindSpec) -> Value {
    let condition = reference(&format!("condition-{}", kind.name));
    json!({
        "if": {"properties": {"on": {"const": kind.name}}, "required": ["on"]},
        "then": {"properties": {
            "when": condition,
            "require": condition,
            "forbid": condition,
            "at": reference(&format!("field-{}", kind.name)),
        }},
    })
}

fn rule_key(key: &str) -> Value {
    match key {
        "severity" => reference("severity"),
        "on" => json!({"oneOf": KINDS.iter().map(|kind| json!({"const": kind.name, "description": kind.doc})).collect::<Vec<_>>()}),
        "when" => json!({"description": "which subjects the rule is about"}),
        "require" => json!({"description": "what must hold"}),
        "forbid" => json!({"description": "what must not hold"}),
        "message" => text("what is wrong and what follows from it; `{FIELD}` and `{parameter.NAME}` show values"),
        "help" => text("what to do"),
        "references" => {
            json!({"anyOf": [{"type": "string", "format": "uri"}, {"type": "array", "items": {"type": "string", "format": "uri"}}]})
        }
        "at" => json!({"description": "the field whose origin is underlined"}),
        "parameters" => reference("parameters"),
        "fix" => reference("fix"),
        "examples" => json!({"type": "array", "items": reference("example")}),
        _ => json!({
            "type": "object",
            "properties": {"at-least": literal(Shape::Version), "below": literal(Shape::Version)},
            "additionalProperties": false,
            "description": "the Go releases for which the claim holds",
        }),
    }
}

fn change() -> Value {
    json!({
        "type": "object",
        "properties": {"severity": reference("severity"), "parameters": reference("parameters")},
        "additionalProperties": false,
    })
}

fn parameters() -> Value {
    let plain = json!({"type": ["string", "number", "boolean"]});
    json!({
        "type": "object",
        "propertyNames": reference("identifier"),
        "additionalProperties": {"anyOf": [plain, {"type": "array", "items": plain}]},
    })
}

fn fix() -> Value {
    let form = |keys: &[&str]| {
        let mut properties = keyed(keys, |_| json!({"type": ["string", "number", "boolean"]}));
        if let Value::Object(properties) = &mut properties {
            properties.insert("safety".into(), json!({"enum": ["safe", "unsafe"]}));
        }
        let required: Vec<&str> = keys.iter().copied().chain(["safety"]).collect();
        json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false})
    };
    json!({"oneOf": [form(&["set", "to"]), form(&["unset"]), form(&["describe"])]})
}

fn example() -> Value {
    let finds = json!({
        "type": "object",
        "properties": keyed(FINDS_KEYS, |_| json!({"type": "string"})),
        "required": ["at"],
        "additionalProperties": false,
    });
    let key = |key: &str| match key {
        "files" => json!({"type": "object", "additionalProperties": {"type": "string"}}),
        "finds" => json!({"type": "array", "items": finds}),
        "change" => example_change(),
        "machine" => machine(),
        _ => json!({"type": "string"}),
    };
    json!({
        "type": "object",
        "properties": keyed(EXAMPLE_KEYS, key),
        "required": ["name", "finds"],
        "anyOf": FILE_KEYS.iter().map(|(key, _)| *key).chain(["files", "change", "machine"]).map(|key| json!({"required": [key]})).collect::<Vec<_>>(),
        "additionalProperties": false,
    })
}

/// What an example says of a change.
fn example_change() -> Value {
    let texts = || json!({"type": "object", "additionalProperties": {"type": "string"}});
    let list = || json!({"type": "array", "items": {"type": "string"}});
    let commit_key = |key: &str| match key {
        "trailers" => texts(),
        "paths" => list(),
        "signature" => json!({"enum": SignatureKind::ALL.map(SignatureKind::name)}),
        _ => json!({"type": "string"}),
    };
    let commit = json!({"type": "object", "properties": keyed(COMMIT_KEYS, commit_key), "additionalProperties": false});
    let key = |key: &str| match key {
        "before" => json!({"type": "object", "additionalProperties": {"type": ["string", "null"]}}),
        "sizes" => json!({"type": "object", "additionalProperties": {"type": "integer", "minimum": 0}}),
        "commits" => json!({"type": "array", "items": commit}),
        _ => list(),
    };
    json!({"type": "object", "properties": keyed(CHANGE_KEYS, key), "required": ["before"], "additionalProperties": false})
}

fn machine() -> Value {
    let text = json!({"type": "string"});
    let by_path = |value: &Value| json!({"type": "object", "additionalProperties": value});
    let plain = json!({"type": ["string", "number", "boolean", "null"]});
    let path = keyed(PATH_KEYS, |key| if key == "writable" { json!({"type": "boolean"}) } else { json!({"type": ["string", "number"]}) });
    let path = json!({"type": "object", "properties": path, "additionalProperties": false});
    let key = |key: &str| match key {
        "os" => json!({"enum": ["linux", "macos"]}),
        "arch" => json!({"enum": ["amd64", "arm64"]}),
        "go" => described(json!({"type": ["string", "number"]}), "the release in /usr/local/go, or `none`"),
        "go-says" => {
            json!({"anyOf": [{"enum": ["hangs", "rubbish"]}, {"type": "object", "properties": {"fails": text}, "additionalProperties": false}]})
        }
        "env" => described(by_path(&plain), "variables besides HOME and PATH; null takes one away"),
        "programs" => described(by_path(&plain), "the Go release that built each, or `other`"),
        "files" => described(by_path(&plain), "contents; a path that ends in a slash is a directory"),
        "mounts" => described(by_path(&text), "types of file systems by the directory they are mounted at"),
        "paths" => by_path(&path),
        _ => text.clone(),
    };
    json!({"type": "object", "properties": keyed(MACHINE_KEYS, key), "additionalProperties": false})
}

/// Adds the conditions on these fields under `name`, and those on records in them.
fn conditions(name: &str, fields: &[Field], definitions: &mut Map<String, Value>) {
    let list = json!({"type": "array", "minItems": 1, "items": reference(name)});
    let mut properties = Map::new();
    properties.insert("all".into(), list.clone());
    properties.insert("any".into(), list);
    properties.insert("not".into(), reference(name));
    let mut families = Map::new();
    for field in fields {
        let schema = described(field_matchers(name, field, definitions), field.doc);
        match field.family() {
            Some(prefix) => families.insert(family_pattern(prefix), schema),
            None => properties.insert(field.name.into(), schema),
        };
    }
    let condition = json!({
        "type": "object",
        "minProperties": 1,
        "properties": properties,
        "patternProperties": families,
        "additionalProperties": false,
    });
    definitions.insert(name.into(), condition);
}

fn field_matchers(owner: &str, field: &Field, definitions: &mut Map<String, Value>) -> Value {
    match field.shape {
        Shape::RecordList(fields) => {
            let records = format!("{owner}-{}", field.name);
            conditions(&records, fields, definitions);
            matchers(field.shape, &records)
        }
        Shape::Word(_) => matchers(field.shape, ""),
        shape => reference(&matchers_name(shape)),
    }
}

/// The matchers that can be used on a shape. `records` names the conditions on its records.
fn matchers(shape: Shape, records: &str) -> Value {
    let usable = MATCHERS.iter().filter(|spec| (spec.accepts)(shape));
    let one = |spec: &MatcherSpec| (spec.name.to_owned(), described(or_parameter(argument(spec.argument, shape, records)), spec.doc));
    json!({"type": "object", "minProperties": 1, "properties": usable.map(one).collect::<Map<_, _>>(), "additionalProperties": false})
}

fn argument(argument: Argument, shape: Shape, records: &str) -> Value {
    match argument {
        Argument::Literal => operand(shape),
        Argument::Literals => json!({"type": "array", "minItems": 1, "items": operand(shape)}),
        Argument::Text => operand(Shape::Text),
        Argument::YesNo => json!({"type": "boolean"}),
        Argument::Regex => or_parameter(json!({"type": "string", "format": "regex"})),
        Argument::Glob => or_parameter(json!({"type": "string"})),
        Argument::Field => json!({"type": "string"}),
        Argument::Flag => flag(),
        Argument::Items if records.is_empty() => reference(&matchers_name(Shape::Text)),
        Argument::Items => reference(records),
        Argument::Matchers if PLAIN_SHAPES.contains(&shape) => reference(&matchers_name(shape)),
        Argument::Matchers => json!({"type": "object", "minProperties": 1}),
    }
}

fn flag() -> Value {
    let name = json!({"type": "string", "pattern": "^--?[^-= ]"});
    let pair = json!({
        "type": "object",
        "properties": {"name": or_parameter(name.clone()), "value": operand(Shape::Text)},
        "required": ["name"],
        "additionalProperties": false,
    });
    json!({"anyOf": [name, pair]})
}

fn operand(shape: Shape) -> Value {
    json!({"anyOf": [literal(shape), reference("field-operand"), reference("parameter-operand")]})
}

fn or_parameter(schema: Value) -> Value {
    json!({"anyOf": [schema, reference("parameter-operand")]})
}

fn literal(shape: Shape) -> Value {
    match shape {
        Shape::Word(words) => json!({"enum": words}),
        Shape::Flag => json!({"type": "boolean"}),
        Shape::Number => json!({"type": "integer"}),
        Shape::Duration => json!({"type": "string", "pattern": "^([0-9]+[dhms])+$"}),
        Shape::Size => json!({"type": "string", "pattern": "^[0-9]+ *([kMG]?B|[KMGT]iB)$"}),
        Shape::Version => json!({"type": ["string", "number"]}),
        _ => json!({"type": ["string", "number", "boolean"]}),
    }
}

fn field_name(fields: &[Field]) -> Value {
    let names: Vec<&str> = fields.iter().filter(|field| field.family().is_none()).map(|field| field.name).collect();
    let families = fields.iter().filter_map(Field::family).map(|prefix| json!({"type": "string", "pattern": family_pattern(prefix)}));
    json!({"anyOf": std::iter::once(json!({"enum": names})).chain(families).collect::<Vec<_>>()})
}

fn family_pattern(prefix: &str) -> String {
    format!("^{}.+$", prefix.replace('.', "\\."))
}

fn only_key(key: &str) -> Value {
    json!({"type": "object", "properties": {key: {"type": "string"}}, "required": [key], "additionalProperties": false})
}

fn keyed(keys: &[&str], schema: impl Fn(&str) -> Value) -> Value {
    keys.iter().map(|key| ((*key).to_owned(), schema(key))).collect::<Map<_, _>>().into()
}

fn text(description: &str) -> Value {
    json!({"type": "string", "minLength": 1, "description": description})
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/$defs/{name}")})
}

fn described(mut schema: Value, description: &str) -> Value {
    if let Value::Object(schema) = &mut schema {
        schema.insert("description".into(), description.into());
    }
    schema
}

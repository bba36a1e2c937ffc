//! The cases that GitHub publishes for its own evaluators (actions/languageservices, `expressions/testdata`).

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;

use super::evaluate::Contexts;
use super::value::Json;
use super::{EvaluationErrorKind, Partial};
use crate::syntax::expression::{ExpressionError, ExpressionErrorKind, Function, Scope, parse, parse_number};

const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/github-expressions");

/// `options.skip` names other implementations and does not concern us.
#[derive(Deserialize)]
struct Case {
    expr: String,
    contexts: Option<Json>,
    result: Option<Outcome>,
    err: Option<Failure>,
}

#[derive(Deserialize)]
struct Outcome {
    kind: String,
    value: Json,
}

#[derive(Deserialize)]
struct Failure {
    value: String,
}

struct Known(Vec<(String, Partial)>);

impl Contexts for Known {
    fn get(&self, name: &str) -> Option<Partial> {
        self.0.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.clone())
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the cases are real files")]
fn every_case_agrees() {
    if !Path::new(CASES).is_dir() {
        println!("skipped: shared data absent");
        return;
    }
    let mut differences = Vec::new();
    let mut count = 0;
    for entry in fs::read_dir(CASES).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "json") {
            let groups: BTreeMap<String, Vec<Case>> = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
            for case in groups.values().flatten() {
                count += 1;
                differences.extend(compare(case).map(|difference| format!("{}: {}: {difference}", path.display(), case.expr)));
            }
        }
    }
    assert!(count > 600, "only {count} cases found");
    assert!(differences.is_empty(), "{} of {count}:\n{}", differences.len(), differences.join("\n"));
}

/// How our answer differs from GitHub's, if it does.
fn compare(case: &Case) -> Option<String> {
    let actual = answer(case);
    let (expected, agrees) = match (&case.result, &case.err) {
        (Some(result), _) => (describe(result), describe(result) == actual),
        // GitHub's tests, too, give only the beginning of some messages.
        (None, Some(failure)) => (failure.value.clone(), actual.starts_with(&format!("error: {}", failure.value))),
        (None, None) => ("a result".to_owned(), false),
    };
    (!agrees).then(|| format!("expected {expected}, got {actual}"))
}

fn describe(result: &Outcome) -> String {
    match (result.kind.as_str(), &result.value) {
        ("Number", Json::String(text)) => format!("{:?}", Json::Number(parse_number(text))),
        (_, value) => format!("{value:?}"),
    }
}

fn answer(case: &Case) -> String {
    let known = Known(contexts(case.contexts.as_ref()));
    let names: Vec<&str> = known.0.iter().map(|(name, _)| name.as_str()).collect();
    let expr = match parse(&case.expr, Scope { contexts: Some(&names), functions: &Function::LOCAL }) {
        Ok(expr) => expr,
        Err(error) => return format!("error: {}", github_message(&case.expr, &error)),
    };
    match expr.evaluate(&known) {
        Ok(value) => format!("{:?}", unfiltered(value.single().expect("everything is known"))),
        Err(error) => format!("error: {}", github_evaluation_message(&error.kind)),
    }
}

fn contexts(contexts: Option<&Json>) -> Vec<(String, Partial)> {
    match contexts {
        Some(Json::Object(object)) => object.entries().iter().map(|(name, value)| (name.to_string(), value.clone())).collect(),
        _ => Vec::new(),
    }
}

/// An array as GitHub's data shows it, which does not tell whether `.*` made it.
fn unfiltered(value: &Json) -> Json {
    match value {
        Json::Array(array) => Json::array(array.items().to_vec()),
        other => other.clone(),
    }
}

fn github_message(source: &str, error: &ExpressionError) -> String {
    let located = |what: &str, symbol: &str| {
        let position = source.get(..error.span.start as usize).unwrap().encode_utf16().count() + 1;
        format!("{what}: '{symbol}'. Located at position {position} within expression: {source}")
    };
    match &error.kind {
        ExpressionErrorKind::UnexpectedSymbol(symbol) => located("Unexpected symbol", symbol),
        ExpressionErrorKind::UnexpectedEnd(symbol) => located("Unexpected end of expression", symbol),
        ExpressionErrorKind::UnrecognizedFunction(name) => located("Unrecognized function", name),
        ExpressionErrorKind::UnrecognizedContext(name) => located("Unrecognized named-value", name),
        ExpressionErrorKind::TooFewArguments(_) => "Too few parameters supplied: ".to_owned(),
        ExpressionErrorKind::TooManyArguments(_) => "Too many parameters supplied: ".to_owned(),
        ExpressionErrorKind::EvenArguments => located("Even number of parameters supplied, requires an odd number of parameters", "case"),
        ExpressionErrorKind::TooDeep => "Exceeded max expression depth 50".to_owned(),
        ExpressionErrorKind::TooLong => "Exceeded max expression length 21000".to_owned(),
        other => format!("{other:?}"),
    }
}

fn github_evaluation_message(kind: &EvaluationErrorKind) -> String {
    match kind {
        EvaluationErrorKind::InvalidFormat(format) => format!("The following format string is invalid: {format}"),
        EvaluationErrorKind::MissingFormatArgument(format) => {
            format!("The following format string references more arguments than were supplied: {format}")
        }
        EvaluationErrorKind::CasePredicate => "case predicate must evaluate to a boolean value".to_owned(),
        EvaluationErrorKind::TooMuchMemory => "The maximum allowed memory size was exceeded".to_owned(),
        other => format!("{other:?}"),
    }
}

//! Findings as SARIF 2.1.0: <https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os.html>, with what
//! GitHub code scanning asks for beyond it:
//! <https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning>.

mod places;
mod rules;

use std::io::{self, Write};

use policy_core::judge::{Edit, Finding, Fix, Report, Severity, Suppressed, SuppressedBy};
use serde_json::{Value, json};

use self::rules::Rules;
use super::escape::{prose, sentence};
use super::{HOME, View, write_document};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Writes a log with one run. Suppressed findings are in it, marked as such.
pub(crate) fn render(report: &Report, _view: View, out: &mut dyn Write) -> io::Result<()> {
    let rules = Rules::of(report);
    let reported = report.findings.iter().map(|finding| result(finding, &rules));
    let suppressed = report.suppressed.iter().map(|suppressed| suppressed_result(suppressed, &rules));
    let results: Vec<Value> = reported.chain(suppressed).collect();
    write_document(&log(&rules, results), out)
}

fn log(rules: &Rules<'_>, results: Vec<Value>) -> Value {
    let version = env!("CARGO_PKG_VERSION");
    let driver = json!({
        "name": "gopolicy",
        "informationUri": HOME,
        "version": version,
        "semanticVersion": version,
        "rules": rules.descriptors(),
    });
    let run = json!({
        "tool": { "driver": driver },
        "automationDetails": { "id": "gopolicy/" },
        "columnKind": "unicodeCodePoints",
        "results": results,
    });
    json!({ "$schema": SCHEMA, "version": "2.1.0", "runs": [run] })
}

fn result(finding: &Finding, rules: &Rules<'_>) -> Value {
    let mut result = json!({
        "ruleId": *finding.rule,
        "ruleIndex": rules.index(&finding.rule),
        "level": level(finding.severity),
        "message": message(&text_of(finding)),
        "locations": [places::primary(finding)],
        "relatedLocations": places::related(finding),
        "partialFingerprints": { "gopolicy/v1": finding.fingerprint() },
    });
    if let (Some(result), Some(fix)) = (result.as_object_mut(), &finding.fix) {
        let safety = if fix.safe { "safe" } else { "unsafe" };
        result.insert("properties".into(), json!({ "fix": { "description": fix.description, "safety": safety } }));
        result.extend(fix.edit.iter().map(|edit| (String::from("fixes"), json!([change(fix, edit)]))));
    }
    result
}

/// A `fix` of SARIF, which is always a change of text.
fn change(fix: &Fix, edit: &Edit) -> Value {
    let replacement = json!({ "deletedRegion": places::exact_region(&edit.location), "insertedContent": { "text": edit.text } });
    let change = json!({ "artifactLocation": places::artifact(edit.location.path()), "replacements": [replacement] });
    json!({ "description": message(&sentence(&fix.description)), "artifactChanges": [change] })
}

fn suppressed_result(suppressed: &Suppressed, rules: &Rules<'_>) -> Value {
    let mut result = result(&suppressed.finding, rules);
    let kind = if suppressed.by == SuppressedBy::Comment { "inSource" } else { "external" };
    let suppression = json!({ "kind": kind, "status": "accepted", "justification": sentence(&suppressed.reason) });
    if let Some(result) = result.as_object_mut() {
        result.insert("suppressions".into(), json!([suppression]));
        if suppressed.by == SuppressedBy::Baseline {
            result.insert("baselineState".into(), "unchanged".into());
        }
    }
    result
}

fn text_of(finding: &Finding) -> String {
    let message = sentence(&finding.message);
    finding.help.as_deref().map_or_else(|| message.clone(), |help| format!("{message}\n\n{}", prose(help)))
}

/// A message object. In its text `[words](target)` is a link and `{0}` an argument (sections 3.11.5 and 3.11.6), so a text from
/// anywhere gets a blank in between, or its braces doubled.
fn message(text: &str) -> Value {
    json!({ "text": text.replace("](", "] (").replace('{', "{{").replace('}', "}}") })
}

/// The words of severities are those of SARIF.
fn level(severity: Severity) -> &'static str {
    super::severity_word(severity)
}

#[cfg(test)]
mod tests {
    use super::message;

    #[test]
    fn text_makes_no_links_and_takes_no_arguments() {
        assert_eq!(message("see [x](https://e.example) {0}")["text"], "see [x] (https://e.example) {{0}}");
    }
}

//! The rules of a run, in the terms of SARIF.

use std::collections::BTreeMap;
use std::sync::Arc;

use policy_core::judge::{Finding, Report};
use policy_core::policy::Rule;
use serde_json::{Value, json};

use super::{level, message};
use crate::render::escape::{prose, sentence};

/// GitHub refuses longer descriptions, in characters.
const LONGEST_DESCRIPTION: usize = 1_000;

/// The rules that were judged, and those without a policy that found something, such as `malformed-file`.
pub(super) struct Rules<'a> {
    by_id: BTreeMap<&'a str, Described<'a>>,
}

enum Described<'a> {
    Rule(&'a Arc<Rule>),
    /// A rule that is in no policy, by a finding of it.
    Finding(&'a Finding),
}

impl<'a> Rules<'a> {
    pub(super) fn of(report: &'a Report) -> Self {
        let mut by_id: BTreeMap<&str, Described<'_>> = report.rules.iter().map(|rule| (&**rule.id(), Described::Rule(rule))).collect();
        let suppressed = report.suppressed.iter().map(|suppressed| &suppressed.finding);
        for finding in report.findings.iter().chain(suppressed) {
            by_id.entry(&finding.rule).or_insert(Described::Finding(finding));
        }
        Self { by_id }
    }

    /// Place of a rule in the list of descriptors.
    pub(super) fn index(&self, id: &str) -> usize {
        self.by_id.range(..id).count()
    }

    /// The `reportingDescriptor`s, by id.
    pub(super) fn descriptors(&self) -> Vec<Value> {
        self.by_id.iter().map(|(id, described)| described.descriptor(id)).collect()
    }
}

impl Described<'_> {
    fn descriptor(&self, id: &str) -> Value {
        let description = message(&self.description());
        let mut descriptor = json!({
            "id": id,
            "shortDescription": description,
            "fullDescription": description,
            "help": message(&self.help()),
            "defaultConfiguration": { "level": self.level() },
            "properties": { "tags": [self.policy()] },
        });
        let reference = self.references().first().filter(|reference| is_address(reference));
        if let (Some(descriptor), Some(reference)) = (descriptor.as_object_mut(), reference) {
            descriptor.insert("helpUri".into(), reference.as_str().into());
        }
        descriptor
    }

    fn description(&self) -> String {
        let text = match self {
            Self::Rule(rule) => without_placeholders(&rule.message_template()),
            Self::Finding(finding) => finding.message.clone(),
        };
        sentence(&text).chars().take(LONGEST_DESCRIPTION).collect()
    }

    /// What to do, and where to read more.
    fn help(&self) -> String {
        let help = match self {
            Self::Rule(rule) => rule.help_template().map(|help| without_placeholders(&help)),
            Self::Finding(finding) => finding.help.clone(),
        };
        let references = self.references().iter().map(|reference| sentence(reference));
        let parts: Vec<String> = help.map(|help| prose(&help)).into_iter().chain(references).collect();
        // GitHub wants a text here in any case.
        if parts.is_empty() { self.description() } else { parts.join("\n\n") }
    }

    fn level(&self) -> &'static str {
        match self {
            Self::Rule(rule) => level(rule.severity()),
            Self::Finding(finding) => level(finding.severity),
        }
    }

    fn policy(&self) -> &str {
        match self {
            Self::Rule(rule) => rule.policy(),
            Self::Finding(finding) => &finding.policy,
        }
    }

    fn references(&self) -> &[String] {
        match self {
            Self::Rule(rule) => rule.references(),
            Self::Finding(finding) => &finding.references,
        }
    }
}

/// `GOSUMDB={GOSUMDB}` as `GOSUMDB=…`: what a rule says in general.
fn without_placeholders(template: &str) -> String {
    let mut parts = template.split('{');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| match part.split_once('}') {
        Some((_, rest)) => format!("{text}…{rest}"),
        None => text + part,
    })
}

/// Whether it can stand where the schema demands a URI.
fn is_address(reference: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte);
    (reference.starts_with("https://") || reference.starts_with("http://")) && reference.bytes().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::without_placeholders;

    #[test]
    fn placeholders_are_left_open() {
        assert_eq!(without_placeholders("{a}: b={b.c} d"), "…: b=… d");
        assert_eq!(without_placeholders("plain"), "plain");
    }
}

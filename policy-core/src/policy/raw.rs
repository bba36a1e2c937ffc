//! What a policy file says, before names are resolved: the raw form.

use std::sync::Arc;

use super::definition::Definition;
use super::error::Problems;
use super::spot::{Spot, Table};
use crate::facts::schema::{KINDS, Kind};
use crate::judge::Severity;
use crate::syntax::yaml::Node;
use crate::text::{Span, Text};

/// A policy file.
#[derive(Debug)]
pub(crate) struct RawPolicy {
    pub(crate) name: Arc<str>,
    pub(crate) description: Option<String>,
    /// Names and paths, and where each stands.
    pub(crate) extends: Vec<(String, Span)>,
    pub(crate) rules: Vec<RawEntry>,
}

/// An entry under `rules:`.
#[derive(Debug)]
pub(crate) struct RawEntry {
    pub(crate) id: Arc<str>,
    /// Where the id stands.
    pub(crate) key: Span,
    pub(crate) body: RawBody,
}

/// What an entry does.
#[derive(Debug)]
pub(crate) enum RawBody {
    Define(Arc<Definition>),
    Off,
    Change(RawChange),
}

/// A rule as written. What is missing or malformed has been noted and is `None`.
#[derive(Debug, Default)]
pub(crate) struct RawRule {
    pub(crate) severity: Option<Severity>,
    pub(crate) kind: Option<Kind>,
    pub(crate) when: Option<Node>,
    pub(crate) check: Option<(Check, Node)>,
    pub(crate) message: Option<Node>,
    pub(crate) help: Option<Node>,
    pub(crate) references: Vec<String>,
    pub(crate) at: Option<Node>,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) fix: Option<Node>,
    pub(crate) examples: Option<Node>,
    pub(crate) releases: Option<Node>,
}

/// A parameter's name and value.
#[derive(Clone, Debug)]
pub(crate) struct Parameter {
    pub(crate) name: Arc<str>,
    pub(crate) key: Node,
    pub(crate) value: Node,
}

/// Whether the condition must hold or must not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Check {
    Require,
    Forbid,
}

/// A change to a rule of an extended policy.
#[derive(Debug)]
pub(crate) struct RawChange {
    /// With the place where it stands.
    pub(crate) severity: Option<(Severity, Span)>,
    pub(crate) parameters: Vec<Parameter>,
}

pub(crate) const POLICY_KEYS: &[&str] = &["version", "policy", "description", "extends", "rules"];
pub(crate) const CHANGE_KEYS: &[&str] = &["severity", "parameters"];
pub(crate) const RULE_KEYS: &[&str] =
    &["severity", "on", "when", "require", "forbid", "message", "help", "references", "at", "parameters", "fix", "examples", "releases"];

/// Reads a policy's tree.
pub(crate) fn read(text: &Arc<Text>, root: &Node, problems: &mut Problems) -> Option<RawPolicy> {
    let spot = Spot { text, node: root };
    let table = spot.table("a policy: `version`, `policy`, `rules`", POLICY_KEYS, problems)?;
    read_version(spot, table, problems);
    let name = table.required(spot, "policy", problems).and_then(|name| identifier(name, "policy name", problems));
    let description = table.get("description").and_then(|text| text.words(problems)).map(Into::into);
    Some(read_layer(table, name.unwrap_or_default().into(), description, problems))
}

/// What a file says about rules: `extends` and `rules`.
pub(crate) fn read_layer(table: Table<'_>, name: Arc<str>, description: Option<String>, problems: &mut Problems) -> RawPolicy {
    let extends = table.get("extends").map(|list| list.items(problems)).unwrap_or_default();
    let extends = extends.into_iter().filter_map(|item| Some((item.words(problems)?.to_owned(), item.node.span))).collect();
    let rules = table.get("rules").map(|rules| read_rules(rules, problems)).unwrap_or_default();
    RawPolicy { name, description, extends, rules }
}

pub(crate) fn read_version(spot: Spot<'_>, table: Table<'_>, problems: &mut Problems) {
    let Some(version) = table.required(spot, "version", problems) else { return };
    if version.scalar().is_none_or(|scalar| scalar.content != "1") {
        version.expected::<()>("`1`, the version of the policy language", problems);
    }
}

/// A name in lower case with hyphens, so that it needs no quoting in suppressions and on command lines.
fn identifier<'n>(spot: Spot<'n>, what: &str, problems: &mut Problems) -> Option<&'n str> {
    let name = spot.text(problems)?;
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if name.is_empty() || !name.chars().all(fits) || name.starts_with('-') || name.ends_with('-') {
        return spot.expected(&format!("a {what} of lower-case letters, digits and hyphens"), problems);
    }
    Some(name)
}

fn read_rules(rules: Spot<'_>, problems: &mut Problems) -> Vec<RawEntry> {
    let entries = rules.named("rules by their ids", problems);
    entries.into_iter().filter_map(|(key, _, value)| read_entry(key, value, problems)).collect()
}

fn read_entry(key: Spot<'_>, value: Spot<'_>, problems: &mut Problems) -> Option<RawEntry> {
    let id = identifier(key, "rule id", problems);
    let body = read_body(key, value, problems)?;
    Some(RawEntry { id: id?.into(), key: key.node.span, body })
}

fn read_body(key: Spot<'_>, value: Spot<'_>, problems: &mut Problems) -> Option<RawBody> {
    if let Some(scalar) = value.scalar() {
        let off = scalar.content == "off";
        return if off { Some(RawBody::Off) } else { value.expected("a rule, `off`, or changes to a rule", problems) };
    }
    let is_change = value
        .mapping()
        .is_some_and(|mut entries| entries.all(|(key, _)| key.scalar().is_some_and(|scalar| CHANGE_KEYS.contains(&&*scalar.content))));
    if is_change {
        read_change(value, problems).map(RawBody::Change)
    } else {
        read_rule(key, value, problems).map(|rule| RawBody::Define(Arc::new(Definition::of(rule))))
    }
}

fn read_change(spot: Spot<'_>, problems: &mut Problems) -> Option<RawChange> {
    let table = spot.table("changes to a rule", CHANGE_KEYS, problems)?;
    let severity = table.get("severity").and_then(|spot| Some((read_severity(spot, problems)?, spot.node.span)));
    let parameters = table.get("parameters").map(|list| read_parameters(list, problems)).unwrap_or_default();
    Some(RawChange { severity, parameters })
}

/// Reads a rule; what is missing in it is noted at `key`.
pub(crate) fn read_rule(key: Spot<'_>, spot: Spot<'_>, problems: &mut Problems) -> Option<RawRule> {
    let table = spot.table("a rule", RULE_KEYS, problems)?;
    let node = |name: &str| table.get(name).map(|spot| spot.node.clone());
    Some(RawRule {
        severity: table.required(key, "severity", problems).and_then(|spot| read_severity(spot, problems)),
        kind: table.required(key, "on", problems).and_then(|spot| read_kind(spot, problems)),
        check: read_check(key, table, problems),
        message: table.required(key, "message", problems).map(|spot| spot.node.clone()),
        references: table.get("references").map(|list| read_references(list, problems)).unwrap_or_default(),
        parameters: table.get("parameters").map(|list| read_parameters(list, problems)).unwrap_or_default(),
        when: node("when"),
        help: node("help"),
        at: node("at"),
        fix: node("fix"),
        examples: node("examples"),
        releases: node("releases"),
    })
}

fn read_severity(spot: Spot<'_>, problems: &mut Problems) -> Option<Severity> {
    let name = spot.text(problems)?;
    let severity = Severity::parse(name);
    if severity.is_none() {
        spot.unknown("severity", name, Severity::ALL.iter().map(|severity| severity.name()), problems);
    }
    severity
}

fn read_kind(spot: Spot<'_>, problems: &mut Problems) -> Option<Kind> {
    let name = spot.text(problems)?;
    let kind = Kind::parse(name);
    if kind.is_none() {
        spot.unknown("kind of subject", name, KINDS.iter().map(|spec| spec.name), problems);
    }
    kind
}

fn read_check(key: Spot<'_>, table: Table<'_>, problems: &mut Problems) -> Option<(Check, Node)> {
    match (table.get("require"), table.get("forbid")) {
        (Some(condition), None) => Some((Check::Require, condition.node.clone())),
        (None, Some(condition)) => Some((Check::Forbid, condition.node.clone())),
        (None, None) => {
            problems.add(key.location(), "`require` or `forbid` is missing");
            None
        }
        (Some(_), Some(_)) => {
            let second = table.key("forbid").unwrap_or(key);
            problems.add(second.location(), "a rule has `require` or `forbid`, not both");
            None
        }
    }
}

fn read_references(list: Spot<'_>, problems: &mut Problems) -> Vec<String> {
    let mut read = |item: Spot<'_>| {
        let url = item.text(problems)?;
        let is_url = url.starts_with("https://") || url.starts_with("http://");
        if is_url { Some(url.to_owned()) } else { item.expected("an address that starts with `https://`", problems) }
    };
    match list.sequence() {
        Some(items) => items.filter_map(read).collect(),
        None => read(list).into_iter().collect(),
    }
}

fn read_parameters(list: Spot<'_>, problems: &mut Problems) -> Vec<Parameter> {
    let named = list.named("parameters with their values", problems);
    let parameter = |(key, _, value): (Spot<'_>, &str, Spot<'_>)| {
        let name = identifier(key, "parameter name", problems)?;
        let is_plain = |spot: Spot<'_>| spot.scalar().is_some() && !spot.node.is_null();
        let fits = is_plain(value) || value.sequence().is_some_and(|mut items| items.all(is_plain));
        if !fits {
            return value.expected("a text or a list of texts", problems);
        }
        Some(Parameter { name: name.into(), key: key.node.clone(), value: value.node.clone() })
    };
    named.into_iter().filter_map(parameter).collect()
}

//! What there is to say about a rule: for `gopolicy explain` and the reference page.

use std::collections::BTreeMap;

use serde::Serialize;

use super::condition::{Condition, Extra, FieldRef, Matcher, Test};
use super::error::LoadErrors;
use super::examples::Example;
use super::raw::Check;
use super::rule::{FixAction, Releases, Rule};
use super::template::{Part, Template};
use crate::facts::schema::{self, KINDS};
use crate::syntax::yaml::Node;

/// A rule, explained.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct RuleDoc {
    /// The id.
    pub id: String,
    /// The policy that defines it.
    pub policy: String,
    /// `note`, `warning` or `error`.
    pub severity: &'static str,
    /// Whether it is judged.
    pub enabled: bool,
    /// The kind of subjects.
    pub on: &'static str,
    /// What there is one such subject for.
    pub on_doc: &'static str,
    /// When it applies, as the policy says it.
    pub when: Option<String>,
    /// What must hold, as the policy says it.
    pub require: Option<String>,
    /// What must not hold, as the policy says it.
    pub forbid: Option<String>,
    /// What it looks at.
    pub fields: Vec<FieldDoc>,
    /// The message, with placeholders.
    pub message: String,
    /// What to do, with placeholders.
    pub help: Option<String>,
    /// Where to read more.
    pub references: Vec<String>,
    /// Parameters and their values in force.
    pub parameters: BTreeMap<String, String>,
    /// What would mend a finding.
    pub fix: Option<FixDoc>,
    /// The Go releases the claim holds for: `>=1.23 <1.25`.
    pub releases: Option<String>,
    /// The examples.
    pub examples: Vec<Example>,
    /// Which file decided what, in order.
    pub decisions: Vec<DecisionDoc>,
}

/// A field that a rule looks at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[non_exhaustive]
pub struct FieldDoc {
    /// The name.
    pub name: String,
    /// The type.
    pub shape: &'static str,
    /// What it is.
    pub doc: &'static str,
}

/// A fix, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FixDoc {
    /// What it does, with placeholders.
    pub description: String,
    /// Whether it cannot change what a build does.
    pub safe: bool,
}

/// Something a policy decided about a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct DecisionDoc {
    /// `defined`, `off`, `severity: error`, `parameter: NAME`.
    pub what: String,
    /// The policy.
    pub policy: String,
    /// Path, line and column.
    pub place: String,
}

impl Rule {
    /// The rule, explained.
    ///
    /// # Errors
    /// What is wrong with its examples; only those of built-in policies are not checked before.
    pub fn explain(&self) -> Result<RuleDoc, LoadErrors> {
        let raw = self.source.raw();
        let stated = |wanted: Check| raw.check.as_ref().filter(|(check, _)| *check == wanted).map(|(_, node)| self.quote(node));
        let compiled = self.compiled();
        Ok(RuleDoc {
            id: self.id().to_string(),
            policy: self.policy().to_string(),
            severity: self.severity().name(),
            enabled: self.is_enabled(),
            on: self.kind().name(),
            on_doc: KINDS.iter().find(|spec| spec.kind == self.kind()).map_or("", |spec| spec.doc),
            when: raw.when.as_ref().map(|node| self.quote(node)),
            require: stated(Check::Require),
            forbid: stated(Check::Forbid),
            fields: self.fields(),
            message: self.message_template(),
            help: self.help_template(),
            references: raw.references.clone(),
            parameters: self.parameters(),
            fix: compiled.and_then(|rule| rule.fix.as_ref()).map(|fix| FixDoc { description: describe(&fix.action), safe: fix.safe }),
            releases: self.releases_text(),
            examples: self.examples()?,
            decisions: self.decisions().iter().map(|decision| self.decision(decision)).collect(),
        })
    }

    /// What it says of a finding, with placeholders in braces.
    pub fn message_template(&self) -> String {
        self.compiled().map(|rule| source_of(&rule.message)).unwrap_or_default()
    }

    /// What to do about a finding, with placeholders in braces.
    pub fn help_template(&self) -> Option<String> {
        self.compiled()?.help.as_ref().map(source_of)
    }

    /// The characters of a node, without the indentation that its lines share.
    fn quote(&self, node: &Node) -> String {
        let text = &self.source.file.text;
        let indentation = text.line_column(node.span.start).column.saturating_sub(1) as usize;
        let dedent = |line: &str| {
            line.char_indices()
                .find(|(at, c)| *at >= indentation || *c != ' ')
                .map_or("", |(at, _)| line.get(at..).unwrap_or_default())
                .to_owned()
        };
        let mut lines = text.slice(node.span).lines();
        let first = lines.next().unwrap_or_default().to_owned();
        std::iter::once(first).chain(lines.map(dedent)).collect::<Vec<_>>().join("\n").trim_end().to_owned()
    }

    /// Parameters with the characters of their values.
    fn parameters(&self) -> BTreeMap<String, String> {
        let names = self.source.parameter_names().into_iter();
        let parameters = names.filter_map(|name| self.source.parameter(name));
        parameters.map(|(text, parameter)| (parameter.name.to_string(), text.slice(parameter.value.span).to_owned())).collect()
    }

    fn fields(&self) -> Vec<FieldDoc> {
        let mut used = Vec::new();
        let conditions = self.compiled().into_iter().flat_map(|rule| rule.when.iter().chain([&rule.condition]));
        conditions.for_each(|condition| collect(condition, &mut used));
        let doc = |field: &FieldRef| {
            let name = field.name.to_string();
            let (_, declared) = schema::find(self.kind().fields(), &name)?;
            Some(FieldDoc { name, shape: declared.shape.name(), doc: declared.doc })
        };
        let mut docs: Vec<FieldDoc> = used.into_iter().filter(|field| field.slot().is_some()).filter_map(doc).collect();
        docs.sort();
        docs.dedup();
        docs
    }

    fn releases_text(&self) -> Option<String> {
        let Releases { at_least, below } = self.releases();
        let low = at_least.map(|version| format!(">={version}"));
        let high = below.map(|version| format!("<{version}"));
        let parts: Vec<String> = low.into_iter().chain(high).collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    }

    fn decision(&self, decision: &super::Decision) -> DecisionDoc {
        let start = decision.location.start();
        let what = decision.what.to_string();
        let place = format!("{}:{}:{}", decision.location.path(), start.line, start.column);
        DecisionDoc { what, policy: decision.policy.to_string(), place }
    }
}

/// The fields a condition looks at, those it compares with too.
fn collect<'c>(condition: &'c Condition, used: &mut Vec<&'c FieldRef>) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| collect(part, used)),
        Condition::Not(inner) => collect(inner, used),
        Condition::Field { field, matcher } => {
            used.push(field);
            collect_operands(matcher, used);
        }
    }
}

fn collect_operands<'c>(matcher: &'c Matcher, used: &mut Vec<&'c FieldRef>) {
    used.extend(matcher.field_operands());
    match &matcher.extra {
        Extra::Test(Test::Matchers(matchers)) => matchers.iter().for_each(|matcher| collect_operands(matcher, used)),
        Extra::Test(Test::Record(condition)) => collect(condition, used),
        _ => {}
    }
}

/// The template as the policy writes it, with parameters filled in.
fn source_of(template: &Template) -> String {
    let part = |part: &Part| match part {
        Part::Text(text) => text.clone(),
        Part::Field(field) => format!("{{{}}}", field.name),
        Part::Item(Some(field)) => format!("{{item.{}}}", field.name),
        Part::Item(None) => "{item}".to_owned(),
    };
    template.parts.iter().map(part).collect()
}

fn describe(action: &FixAction) -> String {
    match action {
        FixAction::Set(field, value) => format!("set `{}` to `{}`", field.name, source_of(value)),
        FixAction::Unset(field) => format!("remove `{}`", field.name),
        FixAction::Describe(text) => source_of(text),
    }
}

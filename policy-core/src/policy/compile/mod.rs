//! Raw rules to compiled ones: names resolved, literals typed, patterns checked.

mod argument;
mod condition;
mod text;

use std::collections::BTreeSet;
use std::sync::Arc;

use super::condition::{FieldRef, Owner};
use super::error::Problems;
use super::raw::{Check, RawRule};
use super::rule::{Compiled, Releases, Rule};
use super::spot::Spot;
use crate::facts::schema::{self, Field, Kind, Shape};
use crate::facts::subject::FieldName;
use crate::facts::version::GoVersion;
use crate::syntax::yaml::Node;

/// Compiles one rule.
pub(crate) struct Compiler<'c> {
    rule: &'c Rule,
    raw: &'c RawRule,
    kind: Kind,
    problems: &'c mut Problems,
    /// The fields of the subject found so far; those of a prepared rule are known before.
    fields: Vec<FieldName>,
    /// The parameters used so far.
    used: BTreeSet<Arc<str>>,
    /// The type of the list whose items the rule finds one by one: messages may then speak of the `{item}`.
    items: Option<Shape>,
}

/// What the rule demands and says, unless something is wrong with it.
pub(crate) fn compile(rule: &Rule, problems: &mut Problems) -> Option<Compiled> {
    let before = problems.count();
    let fields = if rule.source.is_prepared() { rule.outline().fields.clone() } else { Vec::new() };
    let mut compiler = Compiler { rule, raw: rule.source.raw(), kind: rule.kind(), problems, fields, used: BTreeSet::new(), items: None };
    let compiled = compiler.rule();
    compiler.note_unused_parameters();
    compiled.filter(|_| problems.count() == before)
}

impl<'c> Compiler<'c> {
    fn rule(&mut self) -> Option<Compiled> {
        let raw = self.raw;
        let when = raw.when.as_ref().map(|node| self.condition(self.spot(node), None));
        let check = raw.check.as_ref().and_then(|(check, node)| Some((*check, self.condition(self.spot(node), None)?)));
        self.items = check.as_ref().and_then(|(check, condition)| Some(condition.itemised(*check == Check::Forbid)?.0.shape));
        let message = raw.message.as_ref().and_then(|node| self.template(self.spot(node)));
        let help = raw.help.as_ref().map(|node| self.template(self.spot(node)));
        let at = raw.at.as_ref().and_then(|node| self.subject_field(self.spot(node)));
        let fix = raw.fix.as_ref().and_then(|node| self.fix(self.spot(node)));
        let releases = raw.releases.as_ref().map(|node| self.releases(self.spot(node))).unwrap_or_default();
        self.check_examples();
        let (check, condition) = check?;
        Some(Compiled {
            when: when.flatten(),
            check,
            condition,
            message: message?,
            help: help.flatten(),
            at,
            fix,
            releases,
            fields: std::mem::take(&mut self.fields),
        })
    }

    /// Examples of trusted policies are checked by tests, not at every start.
    fn check_examples(&mut self) {
        if let Some(node) = self.raw.examples.as_ref().filter(|_| !self.rule.source.file.trusted) {
            super::examples::read(self.spot(node), self.problems);
        }
    }

    fn spot(&self, node: &'c Node) -> Spot<'c> {
        Spot { text: &self.rule.source.file.text, node }
    }

    /// The field of the subject that a scalar names.
    fn subject_field(&mut self, spot: Spot<'_>) -> Option<FieldRef> {
        let name = spot.text(self.problems)?;
        self.field(spot, name, None)
    }

    /// The field of that name: of the record at hand, else of the subject.
    fn field(&mut self, spot: Spot<'_>, name: &str, record: Option<&'static [Field]>) -> Option<FieldRef> {
        if let Some((name, field)) = record.and_then(|fields| schema::find(fields, name)) {
            return Some(FieldRef { name, shape: field.shape, owner: Owner::Record });
        }
        let Some((name, field)) = schema::find(self.kind.fields(), name) else {
            self.unknown_field(spot, name, record);
            return None;
        };
        let slot = self.slot(&name);
        Some(FieldRef { name, shape: field.shape, owner: Owner::Subject(slot) })
    }

    fn slot(&mut self, name: &FieldName) -> usize {
        self.fields.iter().position(|known| known == name).unwrap_or_else(|| {
            self.fields.push(name.clone());
            self.fields.len() - 1
        })
    }

    fn unknown_field(&mut self, spot: Spot<'_>, name: &str, record: Option<&'static [Field]>) {
        let fields = record.unwrap_or(self.kind.fields());
        let what = if record.is_some() { "field of the record".to_owned() } else { format!("field of `{}`", self.kind) };
        spot.unknown(&what, name, fields.iter().map(|field| field.name), self.problems);
    }

    /// What `{parameter: NAME}` stands for; any other node stands for itself.
    fn resolve(&mut self, spot: Spot<'c>) -> Option<Spot<'c>> {
        let Some(reference) = spot.only("parameter") else { return Some(spot) };
        let name = reference.text(self.problems)?;
        self.parameter(name, |problems, known| reference.unknown("parameter", name, known, problems))
    }

    /// The value of a parameter. If there is none of that name, `unknown` is to note it.
    fn parameter(&mut self, name: &str, unknown: impl FnOnce(&mut Problems, Vec<&'c str>)) -> Option<Spot<'c>> {
        let source = &self.rule.source;
        let Some((text, parameter)) = source.parameter(name) else {
            unknown(self.problems, source.parameter_names().into_iter().map(|name| &**name).collect());
            return None;
        };
        self.used.insert(Arc::clone(&parameter.name));
        Some(Spot { text, node: &parameter.value })
    }

    fn note_unused_parameters(&mut self) {
        let unused = self.raw.parameters.iter().filter(|parameter| !self.used.contains(&parameter.name));
        for parameter in unused {
            let message = format!("parameter `{}` is used nowhere", parameter.name);
            self.problems.add(self.spot(&parameter.key).location(), message);
        }
    }

    fn releases(&mut self, spot: Spot<'_>) -> Releases {
        let Some(table) = spot.table("`at-least` and `below`", &["at-least", "below"], self.problems) else { return Releases::default() };
        let mut version = |key: &str| {
            let spot = table.get(key)?;
            let version = GoVersion::parse(spot.text(self.problems)?);
            version.or_else(|| spot.expected("a Go version such as `1.23`", self.problems))
        };
        Releases { at_least: version("at-least"), below: version("below") }
    }
}

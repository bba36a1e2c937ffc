//! Raw rules to compiled ones: names resolved, literals typed, patterns checked.

mod argument;
mod condition;
mod text;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::condition::{FieldRef, Owner};
use super::error::Problems;
use super::raw::{Check, Parameter, RawRule};
use super::rule::{Decision, Releases, Rule, RuleSource};
use super::source::Source;
use super::spot::Spot;
use crate::facts::schema::{self, Field, Kind, Shape};
use crate::facts::subject::FieldName;
use crate::facts::version::GoVersion;
use crate::judge::Severity;
use crate::syntax::yaml::Node;
use crate::text::Text;

/// A rule as the policies leave it: its definition, and what later ones have changed.
#[derive(Debug)]
pub(crate) struct Layered<'r> {
    pub(crate) id: Arc<str>,
    pub(crate) policy: Arc<str>,
    pub(crate) file: &'r Arc<Source>,
    pub(crate) raw: &'r RawRule,
    pub(crate) severity: Option<Severity>,
    pub(crate) enabled: bool,
    /// Declared parameters and those set later, each with the text its value stands in.
    pub(crate) parameters: BTreeMap<Arc<str>, (&'r Arc<Text>, &'r Parameter)>,
    pub(crate) decisions: Vec<Decision>,
}

/// The fields that rules refer to, by kind: the place in the list is the slot of the field's value during a judgement.
#[derive(Debug, Default)]
pub(crate) struct Slots(BTreeMap<Kind, Vec<FieldName>>);

impl Slots {
    fn of(&mut self, kind: Kind, name: &FieldName) -> usize {
        let names = self.0.entry(kind).or_default();
        names.iter().position(|known| known == name).unwrap_or_else(|| {
            names.push(name.clone());
            names.len() - 1
        })
    }

    /// The names by slot.
    pub(crate) fn names(&self, kind: Kind) -> &[FieldName] {
        self.0.get(&kind).map_or(&[], Vec::as_slice)
    }
}

/// Compiles one rule.
pub(crate) struct Compiler<'c> {
    rule: &'c Layered<'c>,
    kind: Kind,
    slots: &'c mut Slots,
    problems: &'c mut Problems,
    used: BTreeSet<Arc<str>>,
    /// The type of the list whose items the rule finds one by one: messages may then speak of the `{item}`.
    items: Option<Shape>,
}

/// The rule, unless something is wrong with it.
pub(crate) fn compile(rule: &Layered<'_>, slots: &mut Slots, problems: &mut Problems) -> Option<Rule> {
    let before = problems.count();
    // Without a kind no field can be looked up: that is noted already, and anything else would be noise.
    let kind = rule.raw.kind?;
    let mut compiler = Compiler { rule, kind, slots, problems, used: BTreeSet::new(), items: None };
    let compiled = compiler.rule();
    compiler.note_unused_parameters();
    compiled.filter(|_| problems.count() == before)
}

impl<'c> Compiler<'c> {
    fn rule(&mut self) -> Option<Rule> {
        let raw = self.rule.raw;
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
        Some(Rule {
            id: Arc::clone(&self.rule.id),
            policy: Arc::clone(&self.rule.policy),
            severity: self.rule.severity?,
            enabled: self.rule.enabled,
            kind: self.kind,
            when: when.flatten(),
            check,
            condition,
            message: message?,
            help: help.flatten(),
            references: raw.references.clone(),
            at,
            fix,
            releases,
            source: self.source()?,
            decisions: self.rule.decisions.clone(),
        })
    }

    fn source(&self) -> Option<RuleSource> {
        let raw = self.rule.raw;
        let shown = |(text, parameter): &(&Arc<Text>, &Parameter)| text.slice(parameter.value.span).to_owned();
        Some(RuleSource {
            file: Arc::clone(self.rule.file),
            when: raw.when.clone(),
            condition: raw.check.as_ref().map(|(_, node)| node.clone())?,
            parameters: self.rule.parameters.iter().map(|(name, value)| (Arc::clone(name), shown(value))).collect(),
        })
    }

    /// Examples of trusted policies are checked by tests, not at every start.
    fn check_examples(&mut self) {
        if let Some(node) = self.rule.raw.examples.as_ref().filter(|_| !self.rule.file.trusted) {
            super::examples::read(self.spot(node), self.problems);
        }
    }

    fn spot(&self, node: &'c Node) -> Spot<'c> {
        Spot { text: &self.rule.file.text, node }
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
        let slot = self.slots.of(self.kind, &name);
        Some(FieldRef { name, shape: field.shape, owner: Owner::Subject(slot) })
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
        let rule = self.rule;
        let Some((name, (text, parameter))) = rule.parameters.get_key_value(name) else {
            unknown(self.problems, rule.parameters.keys().map(|name| &**name).collect());
            return None;
        };
        self.used.insert(Arc::clone(name));
        Some(Spot { text, node: &parameter.value })
    }

    fn note_unused_parameters(&mut self) {
        let unused = self.rule.raw.parameters.iter().filter(|parameter| !self.used.contains(&parameter.name));
        for parameter in unused {
            let message = format!("parameter `{}` is used nowhere", parameter.name);
            self.problems.add(Spot { text: &self.rule.file.text, node: &parameter.key }.location(), message);
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

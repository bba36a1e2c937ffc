//! Laying policies over one another, rule by rule.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use super::definition::Definition;
use super::error::Problems;
use super::raw::{Parameter, RawBody, RawChange, RawEntry, RawPolicy};
use super::rule::{Decided, Decision, Rule, RuleSource};
use super::source::Source;
use crate::judge::Severity;
use crate::text::{Location, Span};

/// The rules as far as policies are laid over one another, by id.
#[derive(Default)]
pub(crate) struct Layers(BTreeMap<Arc<str>, Layered>);

/// A rule as the policies leave it: its definition, and what later ones have changed.
pub(crate) struct Layered {
    id: Arc<str>,
    policy: Arc<str>,
    source: RuleSource,
    severity: Option<Severity>,
    enabled: bool,
    decisions: Vec<Decision>,
}

/// A policy that is being laid over others.
#[derive(Clone, Copy)]
struct Layer<'l> {
    file: &'l Arc<Source>,
    policy: &'l Arc<str>,
}

impl Layers {
    /// The rules that a policy defines itself.
    pub(crate) fn defined_in(file: &Arc<Source>, policy: &RawPolicy) -> Self {
        let mut layers = Self::default();
        let layer = Layer { file, policy: &policy.name };
        let defined = policy.rules.iter().filter(|entry| matches!(entry.body, RawBody::Define(_)));
        defined.for_each(|entry| layers.apply(layer, entry, &mut Problems::default()));
        layers
    }

    /// Lays a policy over those that were laid before.
    pub(crate) fn lay(&mut self, file: &Arc<Source>, policy: &RawPolicy, problems: &mut Problems) {
        let layer = Layer { file, policy: &policy.name };
        policy.rules.iter().for_each(|entry| self.apply(layer, entry, problems));
    }

    /// The rules that come out.
    pub(crate) fn into_rules(self, problems: &mut Problems) -> Vec<Arc<Rule>> {
        self.0.into_values().filter_map(|rule| rule.into_rule(problems)).map(Arc::new).collect()
    }

    fn apply(&mut self, layer: Layer<'_>, entry: &RawEntry, problems: &mut Problems) {
        if let RawBody::Define(definition) = &entry.body {
            return self.define(layer, entry, definition);
        }
        let Some(rule) = self.0.get_mut(&entry.id) else {
            return problems.add_unknown(layer.location(entry.key), "rule", &entry.id, self.0.keys().map(|id| &**id));
        };
        match &entry.body {
            RawBody::Off => {
                rule.enabled = false;
                rule.decisions.push(layer.decision(Decided::Off, entry.key));
            }
            RawBody::Change(change) => rule.change(layer, change, problems),
            RawBody::Define(_) => {}
        }
    }

    /// A definition takes the place of an earlier one, and of what was decided about that.
    fn define(&mut self, layer: Layer<'_>, entry: &RawEntry, definition: &Arc<Definition>) {
        match self.0.entry(Arc::clone(&entry.id)) {
            Entry::Vacant(vacant) => drop(vacant.insert(layer.define(entry, definition, Vec::new()))),
            Entry::Occupied(mut earlier) => {
                let decisions = std::mem::take(&mut earlier.get_mut().decisions);
                earlier.insert(layer.define(entry, definition, decisions));
            }
        }
    }
}

impl Layer<'_> {
    fn location(self, span: Span) -> Location {
        Location::new(&self.file.text, span)
    }

    fn decision(self, what: Decided, span: Span) -> Decision {
        Decision { what, policy: Arc::clone(self.policy), location: self.location(span) }
    }

    fn define(self, entry: &RawEntry, definition: &Arc<Definition>, mut decisions: Vec<Decision>) -> Layered {
        decisions.push(self.decision(Decided::Defined, entry.key));
        Layered {
            id: Arc::clone(&entry.id),
            policy: Arc::clone(self.policy),
            source: RuleSource::new(self.file, definition),
            severity: definition.severity,
            enabled: true,
            decisions,
        }
    }
}

impl Layered {
    fn change(&mut self, layer: Layer<'_>, change: &RawChange, problems: &mut Problems) {
        if let Some((severity, span)) = change.severity {
            self.severity = Some(severity);
            self.enabled = true;
            self.decisions.push(layer.decision(Decided::Severity(severity), span));
        }
        for parameter in &change.parameters {
            self.set_parameter(layer, parameter, problems);
        }
    }

    fn set_parameter(&mut self, layer: Layer<'_>, parameter: &Parameter, problems: &mut Problems) {
        if self.source.parameter(&parameter.name).is_none() {
            let known = self.source.parameter_names();
            let location = layer.location(parameter.key.span);
            return problems.add_unknown(location, "parameter", &parameter.name, known.into_iter().map(|name| &**name));
        }
        self.decisions.push(layer.decision(Decided::Parameter(Arc::clone(&parameter.name)), parameter.value.span));
        self.source.set(&layer.file.text, parameter);
    }

    /// The rule, unless something is wrong with it. What a prepared policy defines has been checked before.
    fn into_rule(self, problems: &mut Problems) -> Option<Rule> {
        let Self { id, policy, source, severity, enabled, decisions } = self;
        // Without a kind no field can be looked up: that is noted already, and anything else would be noise.
        let kind = source.definition.kind?;
        // That there is no severity is noted too, but not what else is wrong.
        let rule = Rule::new(id, policy, severity.unwrap_or(Severity::Error), enabled, kind, source, decisions);
        let is_right = rule.source.is_prepared() || rule.check(problems);
        is_right.then_some(rule)
    }
}

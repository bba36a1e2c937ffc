//! A set of policies, ready to judge by.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::compile::Slots;
use super::load::PolicySetBuilder;
use super::rule::Rule;
use crate::facts::schema::Kind;
use crate::facts::subject::FieldName;

/// Rules from one or more policies, laid over one another and compiled.
#[derive(Debug)]
pub struct PolicySet {
    rules: Vec<Arc<Rule>>,
    judged: BTreeMap<Kind, Vec<Arc<Rule>>>,
    slots: Arc<Slots>,
    policies: Arc<[PolicyInfo]>,
}

/// A policy that is part of a set.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PolicyInfo {
    /// Its name.
    pub name: Arc<str>,
    /// What it is about.
    pub description: Option<String>,
    /// The file, or `builtin:NAME`.
    pub path: String,
}

impl PolicySet {
    /// Starts a set: add built-in policies, then load.
    pub fn builder<'b>() -> PolicySetBuilder<'b> {
        PolicySetBuilder::default()
    }

    pub(crate) fn new(rules: Vec<Arc<Rule>>, slots: Slots, policies: Vec<PolicyInfo>) -> Self {
        let mut judged: BTreeMap<Kind, Vec<Arc<Rule>>> = BTreeMap::new();
        for rule in rules.iter().filter(|rule| rule.enabled) {
            judged.entry(rule.kind).or_default().push(Arc::clone(rule));
        }
        Self { rules, judged, slots: Arc::new(slots), policies: policies.into() }
    }

    /// All rules, by id; those that are turned off too.
    pub fn rules(&self) -> &[Arc<Rule>] {
        &self.rules
    }

    /// The rule of that id.
    pub fn rule(&self, id: &str) -> Option<&Arc<Rule>> {
        self.rules.iter().find(|rule| &*rule.id == id)
    }

    /// The policies, in the order in which they are laid over one another.
    pub fn policies(&self) -> &[PolicyInfo] {
        &self.policies
    }

    /// Whether any rule is judged on such subjects: if not, they need not be worked out.
    pub fn judges(&self, kind: Kind) -> bool {
        self.judged.contains_key(&kind)
    }

    /// This set with one rule only, judged even if it is turned off here: for running its examples.
    #[must_use]
    pub fn only(&self, rule: &Arc<Rule>) -> Self {
        Self {
            rules: vec![Arc::clone(rule)],
            judged: BTreeMap::from([(rule.kind, vec![Arc::clone(rule)])]),
            slots: Arc::clone(&self.slots),
            policies: Arc::clone(&self.policies),
        }
    }

    /// This set, judging subjects of some kinds only.
    #[must_use]
    pub fn about(mut self, wanted: impl Fn(Kind) -> bool) -> Self {
        self.judged.retain(|kind, _| wanted(*kind));
        self
    }

    pub(crate) fn judged(&self, kind: Kind) -> &[Arc<Rule>] {
        self.judged.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// Whether a condition of any rule on such subjects, of those that are judged, is about one of these fields.
    pub(crate) fn asks_for(&self, kind: Kind, fields: &[&str]) -> bool {
        let conditions = self.judged(kind).iter().flat_map(|rule| rule.when.iter().chain([&rule.condition]));
        conditions.into_iter().any(|condition| fields.iter().any(|field| condition.is_about(field)))
    }

    pub(crate) fn field_names(&self, kind: Kind) -> &[FieldName] {
        self.slots.names(kind)
    }
}

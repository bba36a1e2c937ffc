//! A set of policies, ready to judge by.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::judged::Judged;
use super::load::PolicySetBuilder;
use super::rule::Rule;
use crate::facts::schema::Kind;

/// Rules from one or more policies, laid over one another.
#[derive(Debug)]
pub struct PolicySet {
    rules: Vec<Arc<Rule>>,
    judged: BTreeMap<Kind, Judged>,
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

    pub(crate) fn new(rules: Vec<Arc<Rule>>, policies: Vec<PolicyInfo>) -> Self {
        let judged = judged(rules.iter().filter(|rule| rule.is_enabled()));
        Self { rules, judged, policies: policies.into() }
    }

    /// All rules, by id; those that are turned off too.
    pub fn rules(&self) -> &[Arc<Rule>] {
        &self.rules
    }

    /// The rule of that id.
    pub fn rule(&self, id: &str) -> Option<&Arc<Rule>> {
        self.rules.iter().find(|rule| &**rule.id() == id)
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
        Self { rules: vec![Arc::clone(rule)], judged: judged([rule]), policies: Arc::clone(&self.policies) }
    }

    /// This set, judging subjects of some kinds only.
    #[must_use]
    pub fn about(mut self, wanted: impl Fn(Kind) -> bool) -> Self {
        self.judged.retain(|kind, _| wanted(*kind));
        self
    }

    /// The rules that are judged on such subjects, if there are any.
    pub(crate) fn judged(&self, kind: Kind) -> Option<&Judged> {
        self.judged.get(&kind)
    }

    /// Whether any rule that is judged on such subjects refers to one of these fields.
    pub(crate) fn asks_for(&self, kind: Kind, fields: &[&str]) -> bool {
        self.judged(kind).is_some_and(|judged| judged.asks_for(fields))
    }
}

fn judged<'r>(rules: impl IntoIterator<Item = &'r Arc<Rule>>) -> BTreeMap<Kind, Judged> {
    let mut judged: BTreeMap<Kind, Judged> = BTreeMap::new();
    rules.into_iter().for_each(|rule| judged.entry(rule.kind()).or_default().push(rule));
    judged
}

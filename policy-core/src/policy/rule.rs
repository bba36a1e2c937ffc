//! Rules, and their compiled form.

use std::fmt;
use std::sync::{Arc, OnceLock};

use super::compile::compile;
use super::condition::{Condition, FieldRef};
use super::definition::{Definition, Outline};
use super::error::Problems;
use super::gate::Gate;
use super::raw::{Check, Parameter, RawRule};
use super::source::Source;
use super::template::Template;
use crate::facts::schema::Kind;
use crate::facts::subject::FieldName;
use crate::facts::version::GoVersion;
use crate::judge::Severity;
use crate::text::{Location, Text};

/// A rule with what policies have decided about it. Its names are resolved when it is loaded, or, if a prepared policy defines it, when
/// it is first needed.
#[derive(Debug)]
pub struct Rule {
    id: Arc<str>,
    policy: Arc<str>,
    severity: Severity,
    enabled: bool,
    kind: Kind,
    decisions: Vec<Decision>,
    pub(crate) source: RuleSource,
    outline: OnceLock<Outline>,
    compiled: OnceLock<Option<Box<Compiled>>>,
}

/// What a rule demands and says, with every name in it resolved.
#[derive(Debug)]
pub(crate) struct Compiled {
    pub(crate) when: Option<Condition>,
    pub(crate) check: Check,
    pub(crate) condition: Condition,
    pub(crate) message: Template,
    pub(crate) help: Option<Template>,
    pub(crate) at: Option<FieldRef>,
    pub(crate) fix: Option<FixPlan>,
    pub(crate) releases: Releases,
    /// The fields of the subject that all this refers to, by slot.
    pub(crate) fields: Vec<FieldName>,
}

/// What a rule is compiled from.
#[derive(Debug)]
pub(crate) struct RuleSource {
    pub(crate) file: Arc<Source>,
    pub(crate) definition: Arc<Definition>,
    /// What later policies have set, the latest last, with the text each stands in.
    set: Vec<(Arc<Text>, Parameter)>,
}

/// What would mend a finding.
#[derive(Debug)]
pub(crate) struct FixPlan {
    pub(crate) action: FixAction,
    pub(crate) safe: bool,
}

#[derive(Debug)]
pub(crate) enum FixAction {
    Set(FieldRef, Template),
    Unset(FieldRef),
    Describe(Template),
}

/// The Go releases for which a rule's claim holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Releases {
    /// The first, if not all.
    pub at_least: Option<GoVersion>,
    /// The first for which it holds no longer.
    pub below: Option<GoVersion>,
}

/// Something that a policy file decided about a rule; a later decision replaces an earlier one of its kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// What was decided.
    pub what: Decided,
    /// The policy that decided it.
    pub policy: Arc<str>,
    /// Where it says so.
    pub location: Location,
}

/// What a policy file can decide about a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Decided {
    /// It defined the rule.
    Defined,
    /// It turned it off.
    Off,
    /// It set the severity, which turns a rule on again.
    Severity(Severity),
    /// It set a parameter.
    Parameter(Arc<str>),
}

/// As people say it: `defined`, `severity warning`.
impl fmt::Display for Decided {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Defined => f.write_str("defined"),
            Self::Off => f.write_str("turned off"),
            Self::Severity(severity) => write!(f, "severity {}", severity.name()),
            Self::Parameter(name) => write!(f, "parameter `{name}`"),
        }
    }
}

impl RuleSource {
    /// A definition that stands in a file.
    pub(crate) fn new(file: &Arc<Source>, definition: &Arc<Definition>) -> Self {
        Self { file: Arc::clone(file), definition: Arc::clone(definition), set: Vec::new() }
    }

    /// Sets a parameter; its value stands in `text`.
    pub(crate) fn set(&mut self, text: &Arc<Text>, parameter: &Parameter) {
        self.set.push((Arc::clone(text), parameter.clone()));
    }

    /// Whether all of it comes from a prepared policy, and has been checked there.
    pub(crate) fn is_prepared(&self) -> bool {
        self.definition.is_prepared() && self.set.is_empty()
    }

    /// The definition as written.
    pub(crate) fn raw(&self) -> &RawRule {
        self.definition.rule(&self.file.text)
    }

    /// Names of the parameters, in alphabetical order.
    pub(crate) fn parameter_names(&self) -> Vec<&Arc<str>> {
        let mut names: Vec<&Arc<str>> = self.raw().parameters.iter().map(|parameter| &parameter.name).collect();
        names.sort();
        names
    }

    /// The parameter of that name as it was set last, with the text it stands in.
    pub(crate) fn parameter(&self, name: &str) -> Option<(&Arc<Text>, &Parameter)> {
        let set = self.set.iter().rev().map(|(text, parameter)| (text, parameter));
        let declared = self.raw().parameters.iter().map(|parameter| (&self.file.text, parameter));
        set.chain(declared).find(|(_, parameter)| &*parameter.name == name)
    }
}

impl Rule {
    pub(crate) fn new(
        id: Arc<str>,
        policy: Arc<str>,
        severity: Severity,
        enabled: bool,
        kind: Kind,
        source: RuleSource,
        decisions: Vec<Decision>,
    ) -> Self {
        let (outline, compiled) = (OnceLock::new(), OnceLock::new());
        Self { id, policy, severity, enabled, kind, decisions, source, outline, compiled }
    }

    /// Compiles it now, and notes everything that is wrong. Whether it is right.
    pub(crate) fn check(&self, problems: &mut Problems) -> bool {
        self.compiled.get_or_init(|| compile(self, problems).map(Box::new)).is_some()
    }

    /// What it demands and says. A rule that can be judged has been checked, or its policy was when it was prepared: it compiles.
    pub(crate) fn compiled(&self) -> Option<&Compiled> {
        self.compiled.get_or_init(|| compile(self, &mut Problems::default()).map(Box::new)).as_deref()
    }

    /// What a judgement must know before it comes to the conditions.
    pub(crate) fn outline(&self) -> &Outline {
        let compiled = || self.compiled().map(|rule| Outline { gates: Gate::all_of(rule), fields: rule.fields.clone() });
        self.outline.get_or_init(|| self.prepared_outline().or_else(compiled).unwrap_or_default())
    }

    fn prepared_outline(&self) -> Option<Outline> {
        if self.source.is_prepared() { self.source.definition.outline() } else { None }
    }

    /// The id, unique in a policy set.
    pub fn id(&self) -> &Arc<str> {
        &self.id
    }

    /// Name of the policy that defines it.
    pub fn policy(&self) -> &Arc<str> {
        &self.policy
    }

    /// How bad its findings are.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// Whether it is judged: no policy has turned it off.
    pub fn is_enabled(&self) -> bool {
        self.enabled
    }

    /// The kind of subjects it is judged on.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Addresses to read more at.
    pub fn references(&self) -> &[String] {
        &self.source.raw().references
    }

    /// The Go releases for which its claim holds. For proofs and readers: judging goes by `when` alone.
    pub fn releases(&self) -> Releases {
        self.compiled().map(|rule| rule.releases).unwrap_or_default()
    }

    /// Which file decided what, in order.
    pub fn decisions(&self) -> &[Decision] {
        &self.decisions
    }
}

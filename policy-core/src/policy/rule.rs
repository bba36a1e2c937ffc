//! The compiled form of rules.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::condition::{Condition, FieldRef};
use super::raw::Check;
use super::source::Source;
use super::template::Template;
use crate::facts::schema::Kind;
use crate::facts::version::GoVersion;
use crate::judge::Severity;
use crate::syntax::yaml::Node;
use crate::text::Location;

/// A rule, ready to judge: every name in it is resolved.
#[derive(Debug)]
pub struct Rule {
    pub(crate) id: Arc<str>,
    pub(crate) policy: Arc<str>,
    pub(crate) severity: Severity,
    pub(crate) enabled: bool,
    pub(crate) kind: Kind,
    pub(crate) when: Option<Condition>,
    pub(crate) check: Check,
    pub(crate) condition: Condition,
    pub(crate) message: Template,
    pub(crate) help: Option<Template>,
    pub(crate) references: Vec<String>,
    pub(crate) at: Option<FieldRef>,
    pub(crate) fix: Option<FixPlan>,
    pub(crate) releases: Releases,
    pub(crate) source: RuleSource,
    pub(crate) decisions: Vec<Decision>,
}

/// What the explanation of a rule quotes, and what is read only when asked for.
#[derive(Clone, Debug)]
pub(crate) struct RuleSource {
    pub(crate) file: Arc<Source>,
    pub(crate) when: Option<Node>,
    pub(crate) condition: Node,
    pub(crate) parameters: BTreeMap<Arc<str>, String>,
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

impl Rule {
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
        &self.references
    }

    /// The Go releases for which its claim holds. For proofs and readers: judging goes by `when` alone.
    pub fn releases(&self) -> Releases {
        self.releases
    }

    /// Which file decided what, in order.
    pub fn decisions(&self) -> &[Decision] {
        &self.decisions
    }
}

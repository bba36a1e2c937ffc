//! The definition of a rule: read at once from a file, but from a prepared policy only when something asks for it.

use std::sync::{Arc, OnceLock};

use super::error::Problems;
use super::gate::Gate;
use super::prepared;
use super::raw::{self, RawRule};
use super::spot::Spot;
use crate::facts::schema::Kind;
use crate::facts::subject::FieldName;
use crate::judge::Severity;
use crate::text::Text;

/// A rule as written.
#[derive(Debug)]
pub(crate) struct Definition {
    pub(crate) severity: Option<Severity>,
    pub(crate) kind: Option<Kind>,
    /// If it is prepared: what has been written down of it.
    written: Option<&'static str>,
    rule: OnceLock<Box<RawRule>>,
}

/// What a judgement must know of a rule before it comes to its conditions.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Outline {
    pub(crate) gates: Vec<Gate>,
    /// The fields of the subject that it refers to, by slot.
    pub(crate) fields: Vec<FieldName>,
}

impl Definition {
    /// A rule that has been read.
    pub(crate) fn of(rule: RawRule) -> Self {
        Self { severity: rule.severity, kind: rule.kind, written: None, rule: Box::new(rule).into() }
    }

    /// A rule that [`prepared::write`] has written down, and [`super::prepare`] found right.
    pub(crate) fn prepared(severity: Severity, kind: Kind, written: &'static str) -> Self {
        Self { severity: Some(severity), kind: Some(kind), written: Some(written), rule: OnceLock::new() }
    }

    pub(crate) fn is_prepared(&self) -> bool {
        self.written.is_some()
    }

    /// What is known without reading it, if it is prepared.
    pub(crate) fn outline(&self) -> Option<Outline> {
        Some(prepared::read_outline(self.written?, self.kind?).unwrap_or_default())
    }

    /// All of it. `text` is what it stands in.
    pub(crate) fn rule(&self, text: &Arc<Text>) -> &RawRule {
        self.rule.get_or_init(|| Box::new(self.read(text).unwrap_or_default()))
    }

    fn read(&self, text: &Arc<Text>) -> Option<RawRule> {
        let node = prepared::read_rule(self.written?)?;
        let spot = Spot { text, node: &node };
        raw::read_rule(spot, spot, &mut Problems::default())
    }
}

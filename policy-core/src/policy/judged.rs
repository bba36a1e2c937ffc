//! The rules that are judged on subjects of one kind, and the fields that they ask for between them.

use std::sync::{Arc, OnceLock};

use super::gate::Gate;
use super::rule::Rule;
use crate::facts::subject::FieldName;

/// The rules that are judged on subjects of one kind.
#[derive(Debug, Default)]
pub(crate) struct Judged {
    rules: Vec<Arc<Rule>>,
    /// Made for the first subject: many runs see subjects of few kinds.
    layout: OnceLock<Layout>,
}

/// Where the values of fields are kept during a judgement.
#[derive(Debug, Default)]
struct Layout {
    /// The fields by cell.
    names: Vec<FieldName>,
    rules: Vec<JudgedRule>,
}

/// A rule, and where it finds the values of its fields.
#[derive(Debug)]
pub(crate) struct JudgedRule {
    pub(crate) rule: Arc<Rule>,
    pub(crate) gates: Box<[Gate]>,
    /// For each field that the rule refers to, by its slot, the cell of its value.
    pub(crate) cells: Box<[usize]>,
}

impl Judged {
    pub(crate) fn push(&mut self, rule: &Arc<Rule>) {
        self.rules.push(Arc::clone(rule));
    }

    /// Whether any of the rules refers to one of these fields.
    pub(crate) fn asks_for(&self, fields: &[&str]) -> bool {
        self.rules.iter().any(|rule| rule.outline().fields.iter().any(|field| fields.contains(&field.declared)))
    }

    /// The fields by cell.
    pub(crate) fn names(&self) -> &[FieldName] {
        &self.layout().names
    }

    pub(crate) fn rules(&self) -> &[JudgedRule] {
        &self.layout().rules
    }

    fn layout(&self) -> &Layout {
        self.layout.get_or_init(|| {
            let mut names = Vec::new();
            let rules = self.rules.iter().map(|rule| JudgedRule::new(rule, &mut names)).collect();
            Layout { names, rules }
        })
    }
}

impl JudgedRule {
    fn new(rule: &Arc<Rule>, names: &mut Vec<FieldName>) -> Self {
        let outline = rule.outline();
        let cells = outline.fields.iter().map(|name| cell(name, names)).collect();
        Self { rule: Arc::clone(rule), gates: outline.gates.as_slice().into(), cells }
    }
}

/// The cell of a field, the next one if it has none yet.
fn cell(name: &FieldName, names: &mut Vec<FieldName>) -> usize {
    names.iter().position(|known| known == name).unwrap_or_else(|| {
        names.push(name.clone());
        names.len() - 1
    })
}

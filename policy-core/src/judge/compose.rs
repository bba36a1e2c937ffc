//! A failed verdict to a finding: where it stands, what it says, what else is pointed at.

use std::sync::Arc;

use super::edit;
use super::evaluate::{Evaluator, Pin};
use super::facts::Facts;
use super::report::{Finding, Fix, Related};
use super::show;
use super::witness::Witness;
use crate::facts::schema::Shape;
use crate::facts::value::{Datum, Origin, Value};
use crate::policy::condition::FieldRef;
use crate::policy::{Check, Compiled, FixAction, FixPlan, Rule};
use crate::text::Location;

/// Items of one list that are pointed at.
const MOST_ITEMS: usize = 32;

/// Overridden values that are pointed at.
const MOST_OVERRIDDEN: usize = 8;

/// The findings, without their routes: one for each item that a condition on a list is about, else one. `pins` hold fields
/// to values for which the rule fails; `on_path` if it does not for others.
pub(crate) fn findings(rule: &Rule, compiled: &Compiled, facts: &Facts<'_>, pins: &[Pin], on_path: bool) -> Vec<Finding> {
    let held = pins.get(..1).filter(|_| on_path).unwrap_or(pins);
    let evaluator = Evaluator { facts, pins: held, record: None };
    let failure = Failure::of(rule, compiled, evaluator, if on_path { path_suffix(&evaluator, pins) } else { String::new() });
    let items = evaluator.items(&compiled.condition, compiled.check == Check::Forbid);
    if items.is_empty() { vec![failure.finding(None)] } else { items.iter().map(|item| failure.finding(Some(item))).collect() }
}

/// All that the findings of a failed verdict share.
struct Failure<'a> {
    rule: &'a Rule,
    compiled: &'a Compiled,
    evaluator: Evaluator<'a>,
    /// Shows fields with all the values for which the rule fails.
    shown: Evaluator<'a>,
    witnesses: Vec<Witness<'a>>,
    suffix: String,
}

impl<'a> Failure<'a> {
    fn of(rule: &'a Rule, compiled: &'a Compiled, evaluator: Evaluator<'a>, suffix: String) -> Self {
        let mut witnesses = Vec::new();
        evaluator.witnesses(&compiled.condition, compiled.check == Check::Forbid, &mut witnesses);
        let shown = if suffix.is_empty() { Evaluator { pins: &[], ..evaluator } } else { evaluator };
        Self { rule, compiled, evaluator, shown, witnesses, suffix }
    }

    fn finding(&self, item: Option<&Value>) -> Finding {
        let (rule, compiled) = (self.rule, self.compiled);
        let location = self.location(item);
        let place = self.evaluator.facts.subject().place();
        Finding {
            rule: Arc::clone(rule.id()),
            policy: Arc::clone(rule.policy()),
            severity: rule.severity(),
            message: self.shown.render(&compiled.message, item) + &self.suffix,
            help: compiled.help.as_ref().map(|help| self.shown.render(help, item)),
            references: rule.references().to_vec(),
            related: if item.is_some() { Vec::new() } else { related(&self.evaluator, &self.witnesses, &location) },
            location: location.clone(),
            places: place.map(|place| (**place).clone()).into_iter().collect(),
            route: String::new(),
            fix: compiled.fix.as_ref().map(|fix| describe(fix, &self.shown, item, &location)),
        }
    }

    /// What is underlined: the origin of the rule's `at`; else the item; else the first value in its condition that was set in
    /// a file; else the subject. A subject that is in no file itself, such as this machine, gives way to any origin.
    fn location(&self, item: Option<&Value>) -> Location {
        let subject = self.evaluator.facts.subject().location();
        let chosen = self.compiled.at.as_ref().and_then(|field| self.evaluator.value_of(field)).map(|witness| witness.origin);
        let item = item.and_then(|item| item.choices().first()).map(|choice| &choice.origin);
        let witnesses = || self.witnesses.iter().map(|witness| &witness.origin);
        let origins = || chosen.iter().chain(item).chain(witnesses()).filter_map(|origin| origin.location.as_ref());
        let on_disk = origins().find(|location| location.text.on_disk());
        let anywhere = || if subject.text.on_disk() { None } else { origins().next() };
        on_disk.or_else(anywhere).unwrap_or(subject).clone()
    }
}

fn path_suffix(evaluator: &Evaluator<'_>, pins: &[Pin]) -> String {
    let Some(slot) = pins.first().map(|pin| pin.slot) else { return String::new() };
    let (Some(value), Some(name)) = (evaluator.facts.get(slot), evaluator.facts.name(slot)) else { return String::new() };
    let shape = crate::facts::schema::find(evaluator.facts.subject().kind().fields(), &name.to_string()).map(|(_, field)| field.shape);
    let Some(shape) = shape else { return String::new() };
    let field = FieldRef { name: name.clone(), shape, owner: crate::policy::condition::Owner::Subject(slot) };
    let data: Vec<&Datum> = pins.iter().filter_map(|pin| value.choices().get(pin.choice)).map(|choice| &choice.datum).collect();
    format!(" (on the path where {})", evaluator.path_taken(&field, &data))
}

/// Where the values were set, unless that is underlined already, and what they overrode.
fn related(evaluator: &Evaluator<'_>, witnesses: &[Witness<'_>], primary: &Location) -> Vec<Related> {
    let mut notes: Vec<Related> = Vec::new();
    for witness in witnesses {
        let name = &witness.field.name;
        let set = match (evaluator.quoted(witness.field, &witness.datum), &witness.datum) {
            // Nobody sets what is only true or false of a subject.
            (Some(value), Datum::Flag(_)) => format!("this makes `{name}` {value}"),
            (Some(value), _) => format!("`{name}` is set here to {value}"),
            (None, _) => format!("`{name}` is set here"),
        };
        let items = items_elsewhere(evaluator, witness);
        if items.is_empty() {
            note(&mut notes, set, witness.origin.location.as_ref(), primary);
        }
        items.into_iter().for_each(|(text, location)| note(&mut notes, text, Some(&location), primary));
        for (datum, origin) in overridden(&witness.origin) {
            let value = evaluator.quoted(witness.field, datum).map(|value| format!(" to {value}")).unwrap_or_default();
            note(&mut notes, format!("`{name}` is set here{value}, and overridden"), origin.location.as_ref(), primary);
        }
    }
    notes
}

fn note(notes: &mut Vec<Related>, message: String, location: Option<&Location>, primary: &Location) {
    let Some(location) = location.filter(|location| *location != primary) else { return };
    let known = notes.iter().any(|note| note.location == *location);
    if !known {
        notes.push(Related { message, location: location.clone() });
    }
}

/// The texts of a list that stands nowhere itself, but its items do.
fn items_elsewhere(evaluator: &Evaluator<'_>, witness: &Witness<'_>) -> Vec<(String, Location)> {
    let whole = evaluator.value_of(witness.field).filter(|whole| whole.origin.location.is_none());
    let Some(Datum::List(items)) = whole.map(|whole| whole.datum) else { return Vec::new() };
    let texts = items.iter().filter_map(Value::single).filter(|choice| choice.datum.as_text().is_some()).take(MOST_ITEMS);
    texts.filter_map(|choice| Some((show::datum(&choice.datum, Shape::Text), choice.origin.location.clone()?))).collect()
}

/// What a value replaced, the latest first.
fn overridden(origin: &Origin) -> impl Iterator<Item = &(Datum, Arc<Origin>)> {
    let first = origin.overrode.as_deref();
    std::iter::successors(first, |(_, origin)| origin.overrode.as_deref()).take(MOST_OVERRIDDEN)
}

fn describe(fix: &FixPlan, evaluator: &Evaluator<'_>, item: Option<&Value>, primary: &Location) -> Fix {
    // A value that is set somewhere else, or in several places, takes more than one change.
    let is_here = |field| {
        let set = evaluator.value_of(field).and_then(|witness| witness.origin.location.clone());
        set.as_ref() == Some(primary)
    };
    let (description, edit) = match &fix.action {
        FixAction::Set(field, value) => {
            let value = evaluator.render(value, item);
            (format!("set `{}` to `{value}`", field.name), is_here(field).then(|| edit::set(primary, value)))
        }
        FixAction::Unset(field) => (format!("remove `{}`", field.name), is_here(field).then(|| edit::unset(primary))),
        FixAction::Describe(text) => (evaluator.render(text, item), None),
    };
    Fix { description, safe: fix.safe, edit: edit.flatten() }
}

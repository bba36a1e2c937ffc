//! Values as messages show them: masked, of bounded length, and only where they may be shown at all.

use super::evaluate::{Evaluator, Known};
use super::mask::mask;
use crate::facts::schema::{Kind, Shape, is_go_variable};
use crate::facts::value::{Datum, Value};
use crate::policy::condition::{FieldRef, Owner};
use crate::policy::literal::{show_duration, show_size};
use crate::policy::template::{Part, Template};

/// Characters of a value that a message shows.
const LONGEST: usize = 200;

impl Evaluator<'_> {
    /// A message with the values of its fields, and of the item it is about.
    pub(crate) fn render(&self, template: &Template, item: Option<&Value>) -> String {
        let part = |part: &Part| match part {
            Part::Text(text) => text.clone(),
            Part::Field(field) => self.shown(field),
            Part::Item(field) => item.map_or_else(String::new, |item| show_item(item, field.as_ref())),
        };
        template.parts.iter().map(part).collect()
    }

    fn shown(&self, field: &FieldRef) -> String {
        if !self.may_show(field) {
            return "***".to_owned();
        }
        match self.known(field) {
            Known::Unknown(_) => "unknown".to_owned(),
            Known::Choices(choices) => choices.iter().map(|choice| datum(&choice.datum, field.shape)).collect::<Vec<_>>().join(" or "),
        }
    }

    /// Only Go's own variables are ever printed; of any other variable only the name.
    pub(crate) fn may_show(&self, field: &FieldRef) -> bool {
        match (field.name.declared, &field.name.tail) {
            ("env.*", Some(tail)) => is_go_variable(tail),
            ("value", None) if self.facts.subject().kind() == Kind::Setting && field.slot().is_some() => self.sets_go_variable(),
            _ => true,
        }
    }

    /// Whether the variable that a setting sets is one of Go's.
    fn sets_go_variable(&self) -> bool {
        let name = crate::facts::subject::FieldName { declared: "name", tail: None };
        self.facts.subject().field(&name).as_text().is_some_and(|name| is_go_variable(name))
    }

    /// `` GOFLAGS is `a` or `b` ``, for the choices it is held to.
    pub(crate) fn path_taken(&self, field: &FieldRef, data: &[&Datum]) -> String {
        if !self.may_show(field) {
            return format!("{} has certain values", field.name);
        }
        let shown = |data: &&Datum| match data {
            Datum::Unset => "not set".to_owned(),
            other => format!("`{}`", datum(other, field.shape)),
        };
        format!("{} is {}", field.name, data.iter().map(shown).collect::<Vec<_>>().join(" or "))
    }

    /// The value as a related note quotes it; nothing if it may not be shown.
    pub(crate) fn quoted(&self, field: &FieldRef, value: &Datum) -> Option<String> {
        let quotable = self.may_show(field) && !matches!(field.shape, Shape::RecordList(_)) && *value != Datum::Unset;
        (quotable && matches!(field.owner, Owner::Subject(_))).then(|| format!("`{}`", datum(value, field.shape)))
    }
}

/// A datum in the notation of rules; its type decides the unit.
pub(crate) fn datum(datum: &Datum, shape: Shape) -> String {
    let text = match (datum, shape) {
        (Datum::Unset, _) => "unset".to_owned(),
        (Datum::Text(text), _) => mask(text),
        (Datum::Flag(yes), _) => yes.to_string(),
        (Datum::Number(seconds), Shape::Duration) => show_duration(*seconds),
        (Datum::Number(bytes), Shape::Size) => show_size(*bytes),
        (Datum::Number(number), _) => number.to_string(),
        (Datum::Version(version), _) => version.to_string(),
        (Datum::List(items), _) => enumerated(items),
        (Datum::Record(_), _) => "…".to_owned(),
    };
    shorten(text)
}

/// The item, or a field of it, as far as it is known.
fn show_item(item: &Value, field: Option<&FieldRef>) -> String {
    let Some(choice) = item.choices().first() else { return "unknown".to_owned() };
    let Some(field) = field else { return datum(&choice.datum, Shape::Text) };
    let Datum::Record(record) = &choice.datum else { return "unknown".to_owned() };
    match record.get(field.name.declared).and_then(Value::single) {
        Some(choice) => datum(&choice.datum, field.shape),
        None => "unknown".to_owned(),
    }
}

/// `a, b and c`
fn enumerated(items: &[Value]) -> String {
    match items {
        [] => String::new(),
        [only] => item(only),
        [first @ .., last] => format!("{} and {}", first.iter().map(item).collect::<Vec<_>>().join(", "), item(last)),
    }
}

fn item(value: &Value) -> String {
    value.single().map_or_else(|| "…".to_owned(), |choice| datum(&choice.datum, Shape::Text))
}

fn shorten(text: String) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

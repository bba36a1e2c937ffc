//! A subject whose fields are all worked out beforehand.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::environment::Environment;
use super::schema::Kind;
use super::subject::{FieldName, Place, Subject};
use super::value::{Datum, Origin, OriginKind, Reason, Value};
use crate::text::Location;

/// A subject that is a record of values.
pub(crate) struct Record {
    kind: Kind,
    location: Location,
    place: Option<Arc<Place>>,
    fields: Vec<(&'static str, Value)>,
    env: Option<Environment>,
    inputs: BTreeMap<Arc<str>, Value>,
}

impl Record {
    /// A record without fields.
    pub(crate) fn new(kind: Kind, location: Location, place: Option<Arc<Place>>) -> Self {
        Self { kind, location, place, fields: Vec::new(), env: None, inputs: BTreeMap::new() }
    }

    /// With a field; of one that is set twice the later value counts.
    pub(crate) fn set(&mut self, name: &'static str, value: Value) {
        self.fields.push((name, value));
    }

    /// With a yes or no that gopolicy worked out.
    pub(crate) fn set_flag(&mut self, name: &'static str, flag: Option<bool>, why_unknown: &str) {
        let value = match flag {
            Some(flag) => Value::known(Datum::Flag(flag), Origin::of(OriginKind::Computed)),
            None => Value::unknown(Reason::new(why_unknown)),
        };
        self.set(name, value);
    }

    /// With a text that gopolicy worked out.
    pub(crate) fn set_text(&mut self, name: &'static str, text: Option<&str>) {
        let known = |text| Value::text(text, Origin::of(OriginKind::Computed));
        self.set(name, text.map_or_else(|| Value::unset_by(OriginKind::Computed), known));
    }

    /// With a whole number that gopolicy worked out.
    pub(crate) fn set_number(&mut self, name: &'static str, number: Option<i64>) {
        let origin = Origin::of(OriginKind::Computed);
        let datum = number.map_or(Datum::Unset, Datum::Number);
        self.set(name, Value::known(datum, origin));
    }

    /// With a list of texts that gopolicy worked out.
    pub(crate) fn set_list<T: Into<Arc<str>>>(&mut self, name: &'static str, items: impl IntoIterator<Item = T>) {
        let origin = Origin::of(OriginKind::Computed);
        let items = items.into_iter().map(|item| Value::text(item, Arc::clone(&origin))).collect();
        self.set(name, Value::list(items, origin));
    }

    /// With the family `env.*`.
    pub(crate) fn set_env(&mut self, env: Environment) {
        self.env = Some(env);
    }

    /// With a member of the family `inputs.*`.
    pub(crate) fn set_input(&mut self, name: Arc<str>, value: Value) {
        self.inputs.insert(name, value);
    }
}

impl Subject for Record {
    fn kind(&self) -> Kind {
        self.kind
    }

    fn location(&self) -> &Location {
        &self.location
    }

    fn field(&self, name: &FieldName) -> Value {
        let unset = || Value::unset_by(OriginKind::Document);
        match (name.declared, &name.tail) {
            ("env.*", Some(tail)) => self.env.as_ref().map_or_else(unset, |env| env.get(tail).clone()),
            ("inputs.*", Some(tail)) => self.inputs.get(tail).cloned().unwrap_or_else(unset),
            (declared, _) => self.fields.iter().rfind(|(name, _)| *name == declared).map_or_else(unset, |(_, value)| value.clone()),
        }
    }

    fn place(&self) -> Option<&Arc<Place>> {
        self.place.as_ref()
    }
}

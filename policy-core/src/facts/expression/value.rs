use std::collections::HashMap;
use std::sync::Arc;

use super::coerce::fold;
use super::partial::Partial;
use crate::facts::value::Reason;

/// A value of the expression language. Parts of arrays and objects may be unknown.
#[derive(Clone, Debug)]
pub(crate) enum Json {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// All numbers are floating-point.
    Number(f64),
    /// A string.
    String(Arc<str>),
    /// An array. Two arrays are `==` only if they are the same one.
    Array(Arc<Array>),
    /// An object. Two objects are `==` only if they are the same one.
    Object(Arc<Object>),
}

/// The items of an array.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Array {
    items: Vec<Partial>,
    filtered: bool,
}

/// The entries of an object, in order. Names ignore case.
#[derive(Clone, Debug, Default)]
pub(crate) struct Object {
    entries: Vec<(Arc<str>, Partial)>,
    places: HashMap<String, usize>,
    rest: Option<Reason>,
}

/// Structural, unlike `==` of the expression language; NaN equals itself. It decides whether two possibilities are one.
impl PartialEq for Json {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Null, Self::Null) => true,
            (Self::Bool(left), Self::Bool(right)) => left == right,
            (Self::Number(left), Self::Number(right)) => left == right || (left.is_nan() && right.is_nan()),
            (Self::String(left), Self::String(right)) => left == right,
            (Self::Array(left), Self::Array(right)) => Arc::ptr_eq(left, right) || left == right,
            (Self::Object(left), Self::Object(right)) => Arc::ptr_eq(left, right) || left == right,
            _ => false,
        }
    }
}

impl PartialEq for Object {
    fn eq(&self, other: &Self) -> bool {
        self.entries == other.entries && self.rest == other.rest
    }
}

impl Json {
    /// A string.
    pub(crate) fn text(text: impl Into<Arc<str>>) -> Self {
        Self::String(text.into())
    }

    /// An array.
    pub(crate) fn array(items: impl IntoIterator<Item = Partial>) -> Self {
        Self::Array(Arc::new(Array { items: items.into_iter().collect(), filtered: false }))
    }

    /// An object of which every entry is known.
    #[cfg(test)]
    pub(crate) fn object<Name: Into<Arc<str>>>(entries: impl IntoIterator<Item = (Name, Partial)>) -> Self {
        Self::Object(Arc::new(entries.into_iter().collect()))
    }

    /// What `.*` makes: a further index applies to each of its items.
    pub(super) fn filtered(items: Vec<Partial>) -> Self {
        Self::Array(Arc::new(Array { items, filtered: true }))
    }

    /// Whether it is no array or object.
    pub(crate) fn is_primitive(&self) -> bool {
        !matches!(self, Self::Array(_) | Self::Object(_))
    }
}

impl Array {
    /// The items.
    pub(crate) fn items(&self) -> &[Partial] {
        &self.items
    }

    pub(super) fn is_filtered(&self) -> bool {
        self.filtered
    }
}

impl Object {
    /// An object that may have more entries than will be set, for the reason given.
    pub(crate) fn open(reason: Reason) -> Self {
        Self { rest: Some(reason), ..Self::default() }
    }

    /// Sets an entry. If there is one of that name in any case, it keeps its spelling and its place.
    pub(crate) fn set(&mut self, name: impl Into<Arc<str>>, value: Partial) {
        let name = name.into();
        let end = self.entries.len();
        let place = *self.places.entry(fold(&name).into_owned()).or_insert(end);
        match self.entries.get_mut(place) {
            Some(entry) => entry.1 = value,
            None => self.entries.push((name, value)),
        }
    }

    /// The entry of a name, in any case.
    pub(crate) fn get(&self, name: &str) -> Option<&Partial> {
        let place = self.places.get(&*fold(name))?;
        self.entries.get(*place).map(|entry| &entry.1)
    }

    /// What the name gives in an expression: its value, unknown if the object may have more entries than it shows, or null.
    pub(crate) fn lookup(&self, name: &str) -> Partial {
        match (self.get(name), &self.rest) {
            (Some(value), _) => value.clone(),
            (None, Some(reason)) => Partial::unknown(reason.clone()),
            (None, None) => Partial::known(Json::Null),
        }
    }

    /// The entries, in order.
    pub(crate) fn entries(&self) -> &[(Arc<str>, Partial)] {
        &self.entries
    }

    /// Why there may be more entries.
    pub(crate) fn rest(&self) -> Option<&Reason> {
        self.rest.as_ref()
    }
}

impl<Name: Into<Arc<str>>> FromIterator<(Name, Partial)> for Object {
    fn from_iter<Entries: IntoIterator<Item = (Name, Partial)>>(entries: Entries) -> Self {
        let mut object = Self::default();
        entries.into_iter().for_each(|(name, value)| object.set(name, value));
        object
    }
}

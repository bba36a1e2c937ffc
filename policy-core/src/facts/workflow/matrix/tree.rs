//! The YAML of a matrix with its expressions evaluated; every value keeps its place.

use std::collections::HashSet;
use std::sync::Arc;

use super::error::{MatrixError, MatrixErrorKind};
use crate::facts::expression::{Contexts, Json, Object, Partial};
use crate::facts::value::Reason;
use crate::syntax::expression::{Scope, Template};
use crate::syntax::yaml::{Entry, Node, NodeKind, Scalar, Typed};
use crate::text::{Location, Span, Text};

/// `strategy` in `workflow-v1.0.json`.
const SCOPE: Scope<'static> = Scope { contexts: Some(&["github", "inputs", "vars", "needs"]), functions: &[] };

#[derive(Clone, Debug)]
pub(super) struct Tree {
    pub(super) kind: TreeKind,
    pub(super) location: Location,
}

#[derive(Clone, Debug)]
pub(super) enum TreeKind {
    /// A scalar, or what is not known well enough to be a sequence or a mapping.
    Value(Partial),
    Sequence(Vec<Tree>),
    Mapping(Mapping),
}

#[derive(Clone, Debug, Default)]
pub(super) struct Mapping {
    pub(super) entries: Vec<(Key, Tree)>,
    /// Why there may be more entries.
    pub(super) rest: Option<Reason>,
}

#[derive(Clone, Debug)]
pub(super) struct Key {
    pub(super) name: Arc<str>,
    pub(super) location: Location,
}

impl Tree {
    fn new(kind: TreeKind, location: &Location) -> Self {
        Self { kind, location: location.clone() }
    }

    /// What an expression gave; all parts are located at the expression.
    pub(super) fn from_partial(value: &Partial, location: &Location) -> Self {
        let kind = match value.single() {
            Some(Json::Array(array)) => TreeKind::Sequence(array.items().iter().map(|item| Self::from_partial(item, location)).collect()),
            Some(Json::Object(object)) => TreeKind::Mapping(Mapping::from_object(object, location)),
            _ => TreeKind::Value(value.clone()),
        };
        Self::new(kind, location)
    }

    /// The value, without places.
    pub(super) fn to_partial(&self) -> Partial {
        match &self.kind {
            TreeKind::Value(value) => value.clone(),
            TreeKind::Sequence(items) => Json::array(items.iter().map(Self::to_partial)).into(),
            TreeKind::Mapping(mapping) => {
                let mut object = mapping.rest.clone().map_or_else(Object::default, Object::open);
                mapping.entries.iter().for_each(|(key, value)| object.set(Arc::clone(&key.name), value.to_partial()));
                Json::Object(object.into()).into()
            }
        }
    }
}

impl Mapping {
    fn from_object(object: &Object, location: &Location) -> Self {
        let entry = |(name, value): &(Arc<str>, Partial)| {
            (Key { name: Arc::clone(name), location: location.clone() }, Tree::from_partial(value, location))
        };
        Self { entries: object.entries().iter().map(entry).collect(), rest: object.rest().cloned() }
    }
}

/// Evaluates YAML nodes; what cannot be evaluated is unknown, with an error.
pub(super) struct Reader<'a> {
    pub(super) text: &'a Arc<Text>,
    pub(super) contexts: &'a dyn Contexts,
    pub(super) errors: Vec<MatrixError>,
}

impl Reader<'_> {
    pub(super) fn read(&mut self, node: &Node) -> Tree {
        let location = self.location(node.span);
        match &node.kind {
            NodeKind::Scalar(scalar) => Tree::from_partial(&self.scalar(scalar), &location),
            NodeKind::Sequence(items) => Tree::new(TreeKind::Sequence(items.iter().map(|item| self.read(item)).collect()), &location),
            NodeKind::Mapping(entries) => Tree::new(TreeKind::Mapping(self.mapping(entries)), &location),
        }
    }

    fn mapping(&mut self, entries: &[Entry]) -> Mapping {
        let mut mapping = Mapping::default();
        let mut names = HashSet::new();
        for Entry { key, value } in entries {
            let added = match key.scalar().map(|scalar| self.key(scalar)) {
                Some(KeyKind::Name(name)) => {
                    Mapping { entries: vec![(Key { name, location: self.location(key.span) }, self.read(value))], rest: None }
                }
                Some(KeyKind::Insert) => match self.read(value).kind {
                    TreeKind::Mapping(inserted) => inserted,
                    TreeKind::Value(value) => Mapping { entries: Vec::new(), rest: Some(undecided(&value)) },
                    TreeKind::Sequence(_) => Mapping::default(),
                },
                Some(KeyKind::Unknown(reason)) => Mapping { entries: Vec::new(), rest: Some(reason) },
                None => Mapping::default(),
            };
            mapping.rest = mapping.rest.or(added.rest);
            for (key, value) in added.entries {
                if names.insert(key.name.to_lowercase()) {
                    mapping.entries.push((key, value));
                } else {
                    self.errors.push(MatrixErrorKind::DuplicateKey(Arc::clone(&key.name)).at(&key.location));
                }
            }
        }
        mapping
    }

    fn key(&mut self, scalar: &Scalar) -> KeyKind {
        if self.template(scalar).is_some_and(|template| template.is_insert()) {
            return KeyKind::Insert;
        }
        let value = self.scalar(scalar);
        value.as_text().map_or_else(|| KeyKind::Unknown(undecided(&value)), KeyKind::Name)
    }

    fn scalar(&mut self, scalar: &Scalar) -> Partial {
        match scalar.typed() {
            Typed::Null => Json::Null.into(),
            Typed::Bool(value) => Json::Bool(value).into(),
            Typed::Number(value) => Json::Number(value).into(),
            Typed::String => self.evaluate(scalar),
        }
    }

    fn evaluate(&mut self, scalar: &Scalar) -> Partial {
        let invalid = || Partial::unknown(Reason::new("invalid expression"));
        let Some(template) = self.template(scalar) else { return invalid() };
        template.evaluate(self.contexts).unwrap_or_else(|error| {
            let location = self.location(scalar.locate(error.span.range()));
            self.errors.push(MatrixErrorKind::Evaluation(error.kind).at(&location));
            invalid()
        })
    }

    fn template(&mut self, scalar: &Scalar) -> Option<Template> {
        let report = |error: crate::syntax::expression::ExpressionError| {
            let location = self.location(scalar.locate(error.span.range()));
            self.errors.push(MatrixErrorKind::Expression(error.kind).at(&location));
        };
        Template::parse(&scalar.content, SCOPE).map_err(report).ok()
    }

    fn location(&self, span: Span) -> Location {
        Location::new(self.text, span)
    }
}

enum KeyKind {
    Name(Arc<str>),
    Insert,
    Unknown(Reason),
}

/// Why a value has not just one possibility.
pub(super) fn undecided(value: &Partial) -> Reason {
    value.reason().cloned().unwrap_or_else(|| Reason::new("several possibilities"))
}

use std::collections::HashMap;
use std::sync::Arc;

use super::error::{MatrixError, MatrixErrorKind};
use super::expand::LegValue;
use super::filter::Filter;
use super::tree::{Key, Mapping, Reader, Tree, TreeKind, undecided};
use crate::facts::expression::{Contexts, Json, Partial};
use crate::facts::value::Reason;
use crate::syntax::yaml::Node;
use crate::text::{Location, Text};

/// A matrix as it was written, with its expressions evaluated.
#[derive(Clone, Debug)]
pub(crate) struct MatrixSpec {
    pub(super) location: Location,
    pub(super) axes: Vec<Axis>,
    /// Places of the axes, by name in lower case.
    places: HashMap<String, usize>,
    pub(super) include: Vec<Include>,
    pub(super) exclude: Vec<Filter>,
    pub(super) unknown: UnknownParts,
    pub(super) errors: Vec<MatrixError>,
    /// If the whole matrix may be one of several: each of them, and nothing in the other fields.
    pub(super) alternatives: Vec<MatrixSpec>,
}

/// Why parts of the matrix are not known.
#[derive(Clone, Debug, Default)]
pub(super) struct UnknownParts {
    /// There may be more axes, or there may be none of these.
    pub(super) axes: Option<Reason>,
    /// There may be more entries of `include`.
    pub(super) include: Option<Reason>,
    /// There may be more entries of `exclude`.
    pub(super) exclude: Option<Reason>,
    /// Some axis may have more values.
    pub(super) values: Option<Reason>,
}

/// An axis: its values under its name, never empty.
#[derive(Clone, Debug)]
pub(super) struct Axis {
    pub(super) values: Vec<LegValue>,
}

#[derive(Clone, Debug)]
pub(super) struct Include {
    pub(super) filter: Filter,
    /// Values of the entry that name axes, and those that do not.
    pub(super) filtered: Vec<LegValue>,
    pub(super) extra: Vec<LegValue>,
    pub(super) rest: Option<Reason>,
}

impl MatrixSpec {
    /// Reads the value of `strategy.matrix`.
    pub(crate) fn from_node(text: &Arc<Text>, node: &Node, contexts: &dyn Contexts) -> Self {
        let mut reader = Reader { text, contexts, errors: Vec::new() };
        let tree = reader.read(node);
        Self::from_tree(tree, reader.errors)
    }

    fn from_tree(tree: Tree, errors: Vec<MatrixError>) -> Self {
        let mut spec = Self {
            location: tree.location.clone(),
            axes: Vec::new(),
            places: HashMap::new(),
            include: Vec::new(),
            exclude: Vec::new(),
            unknown: UnknownParts::default(),
            errors,
            alternatives: Vec::new(),
        };
        match &tree.kind {
            TreeKind::Value(value) if value.single().is_none() && !value.choices().is_empty() => {
                let rest = value.reason().map(|reason| Partial::unknown(reason.clone()));
                let each = value.choices().iter().cloned().map(Partial::known).chain(rest);
                let trees = each.map(|choice| Tree::from_partial(&choice, &tree.location));
                spec.alternatives = trees.map(|tree| Self::from_tree(tree, Vec::new())).collect();
                spec.unknown.axes = Some(undecided(value));
            }
            TreeKind::Mapping(_) => {}
            _ => spec.unknown.axes = spec.misfit(&tree, MatrixErrorKind::NotAMapping("matrix")),
        }
        if let TreeKind::Mapping(mapping) = tree.kind {
            spec.read_mapping(mapping);
        }
        spec
    }

    /// `include` and `exclude` come last, because they need to know the axes; their names are case-sensitive, those of axes are not.
    fn read_mapping(&mut self, mapping: Mapping) {
        self.unknown.axes = mapping.rest;
        let mut has_axis = self.unknown.axes.is_some();
        let (filters, axes): (Vec<_>, Vec<_>) =
            mapping.entries.into_iter().partition(|(key, _)| matches!(&*key.name, "include" | "exclude"));
        for (key, tree) in axes {
            has_axis = true;
            self.read_axis(&key, &tree);
        }
        for (key, tree) in filters {
            let is_include = &*key.name == "include";
            has_axis |= is_include && !matches!(&tree.kind, TreeKind::Sequence(items) if items.is_empty());
            self.read_filters(&key, &tree, is_include);
        }
        if !has_axis {
            self.errors.push(MatrixErrorKind::NoAxes.at(&self.location));
        }
    }

    fn read_axis(&mut self, key: &Key, tree: &Tree) {
        let values: Vec<LegValue> = match &tree.kind {
            TreeKind::Sequence(items) => items.iter().map(|item| LegValue::new(&key.name, item)).collect(),
            _ => {
                let reason = self.misfit(tree, MatrixErrorKind::NotASequence(Arc::clone(&key.name)));
                let value = items_of(tree).unwrap_or_else(|| Partial::unknown(reason.clone().unwrap_or_else(invalid)));
                self.unknown.values = self.unknown.values.take().or(reason);
                vec![LegValue { name: Arc::clone(&key.name), value, location: tree.location.clone() }]
            }
        };
        if values.is_empty() {
            self.errors.push(MatrixErrorKind::EmptyAxis(Arc::clone(&key.name)).at(&tree.location));
        } else {
            self.places.insert(key.name.to_lowercase(), self.axes.len());
            self.axes.push(Axis { values });
        }
    }

    fn read_filters(&mut self, key: &Key, tree: &Tree, is_include: bool) {
        let mut unknown = None;
        if let TreeKind::Sequence(items) = &tree.kind {
            for item in items {
                let TreeKind::Mapping(mapping) = &item.kind else {
                    let what = if is_include { "entry of `include`" } else { "entry of `exclude`" };
                    unknown = unknown.or(self.misfit(item, MatrixErrorKind::NotAMapping(what)));
                    continue;
                };
                if is_include { self.read_include(mapping, item) } else { self.read_exclude(mapping, item) }
            }
        } else {
            unknown = self.misfit(tree, MatrixErrorKind::NotASequence(Arc::clone(&key.name)));
        }
        *(if is_include { &mut self.unknown.include } else { &mut self.unknown.exclude }) = unknown;
    }

    fn read_include(&mut self, mapping: &Mapping, item: &Tree) {
        let mut include = Include { filter: Filter::default(), filtered: Vec::new(), extra: Vec::new(), rest: mapping.rest.clone() };
        include.filter.may_have_more(mapping.rest.as_ref());
        for (key, tree) in &mapping.entries {
            let value = LegValue::new(&key.name, tree);
            let axis = self.axis(&key.name);
            if axis.is_some() {
                include.filter.add(axis, tree);
                include.filtered.push(value);
            } else {
                include.extra.push(value);
            }
        }
        if mapping.entries.is_empty() && mapping.rest.is_none() {
            self.errors.push(MatrixErrorKind::EmptyInclude.at(&item.location));
        } else {
            self.include.push(include);
        }
    }

    fn read_exclude(&mut self, mapping: &Mapping, item: &Tree) {
        if mapping.entries.is_empty() && mapping.rest.is_none() {
            return self.errors.push(MatrixErrorKind::EmptyExclude.at(&item.location));
        }
        let mut filter = Filter::default();
        filter.may_have_more(mapping.rest.as_ref());
        for (key, tree) in &mapping.entries {
            let axis = self.axis(&key.name);
            if axis.is_none() && self.unknown.axes.is_none() {
                self.errors.push(MatrixErrorKind::UnknownExcludeKey(Arc::clone(&key.name)).at(&key.location));
            }
            filter.add(axis, tree);
        }
        self.exclude.push(filter);
    }

    fn axis(&self, name: &str) -> Option<usize> {
        self.places.get(&name.to_lowercase()).copied()
    }

    /// Why something that ought to be a sequence or a mapping is none: not known, or wrong, which is then also reported.
    fn misfit(&mut self, tree: &Tree, kind: MatrixErrorKind) -> Option<Reason> {
        if let TreeKind::Value(value) = &tree.kind
            && (value.reason().is_some() || value.choices().iter().any(|choice| !choice.is_primitive()))
        {
            return Some(undecided(value));
        }
        self.errors.push(kind.at(&tree.location));
        Some(invalid())
    }
}

fn invalid() -> Reason {
    Reason::new("invalid matrix")
}

/// Any item of the arrays that a value may be: all that is known of an axis that may be one of several.
fn items_of(tree: &Tree) -> Option<Partial> {
    let TreeKind::Value(value) = &tree.kind else { return None };
    let arrays = value.choices().iter().filter_map(|choice| if let Json::Array(array) = choice { Some(array) } else { None });
    let known = arrays.flat_map(|array| array.items()).cloned().reduce(Partial::join);
    match (known, value.reason()) {
        (Some(known), Some(reason)) => Some(known.or_unknown(reason.clone())),
        (known, _) => known,
    }
}

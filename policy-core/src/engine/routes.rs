//! Symbolic places: what names a location even when lines move.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::open::Opened;
use crate::facts::go_file::GoFile;
use crate::facts::project::ModuleFile;
use crate::syntax::yaml::{self, Document};
use crate::text::Location;

/// The trees of files.
#[derive(Default)]
pub(super) struct Routes {
    trees: BTreeMap<String, Tree>,
}

enum Tree {
    Yaml(Arc<Document>),
    Module(Arc<ModuleFile>),
    Go(Arc<GoFile>),
}

impl Routes {
    /// That of one file, if it could be read.
    pub(super) fn of(opened: &Opened) -> Self {
        let tree = match opened {
            Opened::Workflow(workflow) => Some((workflow.document.text.path(), Tree::Yaml(Arc::clone(&workflow.document)))),
            Opened::GoMod(file) | Opened::GoWork(file) => Some((file.text.path(), Tree::Module(Arc::clone(file)))),
            Opened::GoFile(file) => Some((file.text.path(), Tree::Go(Arc::clone(file)))),
            Opened::Nothing | Opened::Vendor(..) | Opened::Problem(_) => None,
        };
        Self { trees: tree.into_iter().map(|(path, tree)| (path.to_owned(), tree)).collect() }
    }

    /// With those of other files.
    pub(super) fn extend(&mut self, other: Self) {
        self.trees.extend(other.trees);
    }

    /// In YAML the keys that lead there, such as `jobs.test.steps[2]`; in go.mod and go.work the directive, such as
    /// `replace["example.com/a"]`; in .go files the line and the tag.
    pub(super) fn route(&self, location: &Location) -> String {
        match self.trees.get(location.path()) {
            Some(Tree::Yaml(document)) => yaml::route_at(document, location.span.start),
            Some(Tree::Module(file)) => directive_at(file, location.span.start),
            Some(Tree::Go(file)) => file.route(location.span),
            None => String::new(),
        }
    }
}

fn directive_at(file: &ModuleFile, offset: u32) -> String {
    let Some(line) = file.lines.line_at(offset) else { return String::new() };
    let mut route = file.text.slice(line.verb).to_owned();
    if let Some(first) = line.first.filter(|_| !matches!(route.as_str(), "go" | "module" | "toolchain")) {
        yaml::route::push_key(&mut route, file.text.slice(first).trim_matches('"'));
    }
    route
}

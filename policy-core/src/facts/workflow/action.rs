//! Composite actions of the repository itself.
//!
//! Source: `ActionManifestManager.cs` and `CompositeActionHandler.cs` of actions/runner.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::model::{ActionUse, Step};
use super::scope::Scope;
use crate::facts::project::{Project, in_repository, join};
use crate::facts::value::{Origin, OriginKind, Value};
use crate::syntax::yaml::Document;
use crate::text::Location;

/// A composite action.
pub(crate) struct Composite {
    pub(crate) document: Arc<Document>,
    pub(crate) steps: Vec<Step>,
}

impl Composite {
    /// The action that `uses: ./…` names, if it is a composite one. The path is relative to the workspace; `checkout` is where
    /// the repository stands in it.
    pub(crate) fn load(project: &Project<'_>, uses: &str, checkout: Option<&str>) -> Option<Self> {
        let inside = in_repository(checkout.unwrap_or_default(), uses)?;
        ["action.yml", "action.yaml"].iter().find_map(|name| Self::read(project, &join(&inside, name)?))
    }

    fn read(project: &Project<'_>, path: &str) -> Option<Self> {
        let document = project.document(path)?;
        let runs = document.root.get("runs")?;
        (runs.get("using")?.as_str()? == "composite").then_some(())?;
        let steps = Step::list(&document, runs.get("steps")?);
        Some(Self { document, steps })
    }

    /// The `inputs` context: what the caller gives, else the declared defaults; an input without either is empty.
    pub(crate) fn inputs(&self, action: &ActionUse, caller: &Scope<'_>) -> BTreeMap<Arc<str>, Value> {
        let declared = self.document.root.get("inputs").map(|inputs| inputs.entries()).unwrap_or_default();
        let mut inputs = BTreeMap::new();
        for entry in declared {
            let Some(name) = entry.key.as_str() else { continue };
            let default = || match entry.value.get("default") {
                Some(node) => Scope { document: &self.document, ..*caller }.text(node, OriginKind::Document),
                None => Value::text("", Origin::at(OriginKind::Document, Location::new(&self.document.text, entry.key.span))),
            };
            let value = action.input(name).map_or_else(default, |node| caller.text(node, OriginKind::Document));
            inputs.insert(Arc::from(name.to_lowercase()), value);
        }
        inputs
    }
}

//! A go.mod.

use std::sync::Arc;

use super::values::Values;
use super::{GoRuns, location_of};
use crate::facts::project::{ModuleFile, Project};
use crate::facts::schema::Kind;
use crate::facts::subject::{FieldName, Place, Subject};
use crate::facts::value::Value;
use crate::text::Location;

/// A go.mod, with the repository around it.
pub(crate) struct GoModSubject<'s, 'w> {
    file: &'s ModuleFile,
    project: &'s Project<'w>,
    runs: &'s GoRuns,
    location: Location,
}

impl<'s, 'w> GoModSubject<'s, 'w> {
    /// The subject of a file. `runs` is what the workflows of all repositories run.
    pub(crate) fn new(file: &'s ModuleFile, project: &'s Project<'w>, runs: &'s GoRuns) -> Self {
        Self { file, project, runs, location: location_of(file) }
    }
}

impl Subject for GoModSubject<'_, '_> {
    fn kind(&self) -> Kind {
        Kind::GoMod
    }

    fn location(&self) -> &Location {
        &self.location
    }

    fn field(&self, name: &FieldName) -> Value {
        let values = Values(self.file);
        let lines = &self.file.lines;
        match name.declared {
            "constraints" => values.texts(&lines.constraints),
            "deprecated" => lines.deprecated.as_ref().map_or_else(Values::unset, |text| values.said(text, self.location.span)),
            "exclude" => values.list(&lines.exclude, |exclude| values.exclude(exclude)),
            "go" => values.version(lines.go.as_ref()),
            "godebug" => values.list(&lines.godebug, |setting| values.godebug(setting)),
            "ignore" => values.texts(&lines.ignore),
            "module" => values.optional(lines.module.as_ref()),
            "replace" => values.list(&lines.replace, |replace| values.replace(replace)),
            "require" => values.list(&lines.require, |require| values.require(require)),
            "retract" => values.list(&lines.retract, |retract| values.retract(retract)),
            "tool" => values.texts(&lines.tool),
            "toolchain" => values.optional(lines.toolchain.as_ref()),
            _ => Values::unset(),
        }
    }

    fn place(&self) -> Option<&Arc<Place>> {
        None
    }
}

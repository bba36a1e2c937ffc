//! A go.work.

use std::sync::Arc;

use super::values::Values;
use super::workspace::Workspace;
use super::{Neighbours, location_of};
use crate::facts::project::{ModuleFile, Project};
use crate::facts::schema::Kind;
use crate::facts::subject::{FieldName, Place, Subject};
use crate::facts::value::Value;
use crate::text::Location;

/// A go.work, with the repository around it.
pub(crate) struct GoWorkSubject<'s, 'w> {
    file: &'s ModuleFile,
    project: &'s Project<'w>,
    neighbours: &'s Neighbours,
    location: Location,
}

impl<'s, 'w> GoWorkSubject<'s, 'w> {
    /// The subject of a file. `neighbours` are the other files of its repository.
    pub(crate) fn new(file: &'s ModuleFile, project: &'s Project<'w>, neighbours: &'s Neighbours) -> Self {
        Self { file, project, neighbours, location: location_of(file) }
    }
}

impl Subject for GoWorkSubject<'_, '_> {
    fn kind(&self) -> Kind {
        Kind::GoWork
    }

    fn location(&self) -> &Location {
        &self.location
    }

    fn field(&self, name: &FieldName) -> Value {
        let values = Values(self.file);
        let lines = &self.file.lines;
        let workspace = Workspace { file: self.file, project: self.project };
        match name.declared {
            "go" => values.version(lines.go.as_ref()),
            "godebug" => values.list(&lines.godebug, |setting| values.godebug(setting)),
            "replace" => values.list(&lines.replace, |replace| values.replace(replace)),
            "left-out-modules" => workspace.left_out(self.neighbours),
            "missing-modules" => workspace.missing(),
            "newer-modules" => workspace.newer_modules(),
            "outside-modules" => workspace.outside(),
            "overriding-replacements" => workspace.overriding(),
            "repeated-modules" => workspace.repeated(),
            "same-module-paths" => workspace.same_paths(),
            "toolchain" => values.optional(lines.toolchain.as_ref()),
            "use" => values.texts(&lines.uses),
            _ => Values::unset(),
        }
    }

    fn place(&self) -> Option<&Arc<Place>> {
        None
    }
}

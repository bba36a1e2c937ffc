//! A go.work.

use std::sync::Arc;

use super::location_of;
use super::values::Values;
use crate::facts::project::{ModuleFile, Project};
use crate::facts::schema::Kind;
use crate::facts::subject::{FieldName, Place, Subject};
use crate::facts::value::Value;
use crate::text::Location;

/// A go.work, with the repository around it.
pub(crate) struct GoWorkSubject<'s, 'w> {
    file: &'s ModuleFile,
    project: &'s Project<'w>,
    location: Location,
}

impl<'s, 'w> GoWorkSubject<'s, 'w> {
    /// The subject of a file.
    pub(crate) fn new(file: &'s ModuleFile, project: &'s Project<'w>) -> Self {
        Self { file, project, location: location_of(file) }
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
        match name.declared {
            "go" => values.version(lines.go.as_ref()),
            "godebug" => values.list(&lines.godebug, |setting| values.godebug(setting)),
            "replace" => values.list(&lines.replace, |replace| values.replace(replace)),
            "toolchain" => values.optional(lines.toolchain.as_ref()),
            "use" => values.texts(&lines.uses),
            _ => Values::unset(),
        }
    }

    fn place(&self) -> Option<&Arc<Place>> {
        None
    }
}

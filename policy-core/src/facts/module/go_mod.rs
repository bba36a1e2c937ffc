//! A go.mod.

use std::sync::Arc;

use super::replacements::Replacements;
use super::requirements::Requirements;
use super::stated::Statements;
use super::values::Values;
use super::{Neighbours, location_of};
use crate::facts::project::{ModuleFile, Project};
use crate::facts::schema::Kind;
use crate::facts::subject::{FieldName, Place, Subject};
use crate::facts::value::{Datum, Origin, OriginKind, Value};
use crate::facts::version::VersionRange;
use crate::text::Location;

/// The fields that need a list of the repository's .go files.
pub(crate) const GO_FILES_FIELDS: &[&str] = &["differing-go-versions", "has-packages", "older-go-versions"];

/// A go.mod, with the repository around it.
pub(crate) struct GoModSubject<'s, 'w> {
    file: &'s ModuleFile,
    project: &'s Project<'w>,
    neighbours: &'s Neighbours,
    location: Location,
}

impl<'s, 'w> GoModSubject<'s, 'w> {
    /// The subject of a file. `neighbours` are the other files of its repository.
    pub(crate) fn new(file: &'s ModuleFile, project: &'s Project<'w>, neighbours: &'s Neighbours) -> Self {
        Self { file, project, neighbours, location: location_of(file) }
    }
}

impl GoModSubject<'_, '_> {
    /// What the directives come to, in this repository.
    fn fact(&self, name: &str) -> Value {
        let (file, project, neighbours) = (self.file, self.project, self.neighbours);
        let replacements = Replacements { file, project };
        let requirements = Requirements { file, project };
        let statements = Statements { file, project, neighbours };
        let flag = |flag| Value::known(Datum::Flag(flag), Origin::of(OriginKind::Computed));
        match name {
            "conflicting-replacements" => replacements.conflicting(),
            "differing-go-versions" => statements.differing(),
            "directory" => Value::text(file.directory(), Origin::of(OriginKind::Computed)),
            "empty-retractions" => requirements.empty_retractions(),
            "excluded-requirements" => requirements.excluded(),
            "go-sum" => flag(requirements.has_sum()),
            "has-packages" => flag(neighbours.has_go_files(file.directory())),
            "in-workspace" => flag(project.modules(file.directory()).go_work.is_some()),
            "linter-go-versions" => statements.linters(),
            "malformed-sums" => requirements.malformed_sums(),
            "missing-replacements" => replacements.missing(),
            "needs-go-sum" => flag(requirements.needs_sum()),
            "newer-directives" => requirements.newer_directives(),
            "older-go-versions" => statements.older(),
            "outside-replacements" => replacements.outside(),
            "removed-godebug" => requirements.removed_godebug(),
            "replacements-of-other-versions" => replacements.of_other_versions(),
            "toolchain-version" => self.toolchain_version(),
            "undocumented-forks" => replacements.undocumented_forks(),
            "unhashed" => requirements.without_sum(),
            "unknown-godebug" => requirements.unknown_godebug(),
            "vendored" => flag(project.has(&super::below(file.directory(), "vendor/modules.txt"))),
            _ => Values::unset(),
        }
    }

    fn toolchain_version(&self) -> Value {
        let toolchain = self.file.toolchain();
        toolchain.map_or_else(Values::unset, |(version, location)| {
            Value::known(Datum::Version(VersionRange::exact(version)), Origin::at(OriginKind::Document, location))
        })
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
            name => self.fact(name),
        }
    }

    fn place(&self) -> Option<&Arc<Place>> {
        None
    }
}

//! vendor/modules.txt, and whether it agrees with go.mod.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::replacements::Replaced;
use super::values::Values;
use crate::facts::project::{ModuleFile, Project};
use crate::facts::schema::Kind;
use crate::facts::subject::{FieldName, Place, Subject};
use crate::facts::value::{Datum, Origin, OriginKind, Value};
use crate::syntax::go_mod::ModuleVersion;
use crate::syntax::modules_txt::{ModulesTxt, Vendored, parse};
use crate::text::{Location, Span, Text};

/// A vendor/modules.txt.
pub(crate) struct VendorSubject {
    text: Arc<Text>,
    file: ModulesTxt,
    /// The go.mod beside the directory.
    module: Option<Arc<ModuleFile>>,
    location: Location,
}

impl VendorSubject {
    /// The subject of a text at a path relative to the repository.
    pub(crate) fn new(text: &Arc<Text>, path: &str, project: &Project<'_>) -> Self {
        let directory = path.trim_end_matches("modules.txt").trim_end_matches('/').trim_end_matches("vendor").trim_end_matches('/');
        let file = parse(text);
        let span = file.modules.first().map_or_else(Span::default, |module| module.span);
        let module = project.module_file(&super::below(directory, "go.mod"));
        Self { location: Location::new(text, span), text: Arc::clone(text), file, module }
    }

    fn origin(&self, span: Span) -> Arc<Origin> {
        Origin::at(OriginKind::Document, Location::new(&self.text, span))
    }

    fn modules(&self) -> Value {
        let record = |module: &Vendored| {
            let origin = self.origin(module.span);
            let version = module
                .version
                .as_ref()
                .map_or_else(|| Value::unset(origin.clone()), |version| Value::text(version.as_str(), origin.clone()));
            let parts = [
                ("path", Value::text(module.path.as_str(), origin.clone())),
                ("version", version),
                ("explicit", Value::known(Datum::Flag(module.explicit), origin.clone())),
            ];
            Value::known(Datum::Record(Arc::new(parts.into_iter().collect())), origin)
        };
        Value::list(self.file.modules.iter().map(record).collect(), Origin::of(OriginKind::Document))
    }

    /// What Go reports as inconsistent vendoring, in its words. Of a workspace's directory nothing is known, nor of go.mod files
    /// before Go 1.14, with which Go does not use the directory by itself.
    ///
    /// Source: `checkVendorConsistency` in `cmd/go/internal/modload/vendor.go`.
    fn inconsistencies(&self) -> Value {
        let uses_vendor = |module: &&Arc<ModuleFile>| module.go().is_some_and(|(go, _)| go.minor >= 14);
        let Some(module) = self.module.as_ref().filter(uses_vendor).filter(|_| !self.file.workspace) else {
            return Value::list(Vec::new(), Origin::of(OriginKind::Document));
        };
        let found = self
            .not_explicit(module)
            .chain(self.not_replaced(module))
            .chain(self.not_required(module))
            .chain(self.replaced_only_here(module));
        Value::list(found.collect(), Origin::of(OriginKind::Document))
    }

    fn not_explicit<'s>(&'s self, module: &'s ModuleFile) -> impl Iterator<Item = Value> + 's {
        let explicit: BTreeSet<(&str, &str)> = self
            .file
            .modules
            .iter()
            .filter(|module| module.explicit)
            .filter_map(|module| Some((module.path.as_str(), module.version.as_deref()?)))
            .collect();
        let missing = module
            .lines
            .require
            .iter()
            .filter(move |require| !explicit.contains(&(require.path.value.as_str(), require.version.value.as_str())));
        missing.map(|require| {
            let text = format!(
                "{}@{}: is explicitly required in go.mod, but not marked as explicit in vendor/modules.txt",
                require.path.value, require.version.value
            );
            Values(module).said(&text, require.span())
        })
    }

    fn not_replaced<'s>(&'s self, module: &'s ModuleFile) -> impl Iterator<Item = Value> + 's {
        let vendored: BTreeMap<(&str, Option<&str>), &Vendored> =
            self.file.modules.iter().map(|module| ((module.path.as_str(), module.version.as_deref()), module)).collect();
        module.lines.replace.iter().filter_map(move |replace| {
            let found = vendored.get(&(replace.old.path.value.as_str(), replace.old.version()));
            let here = found.and_then(|found| found.replacement.as_ref());
            let old = described(&replace.old);
            let text = match here {
                None => format!("{old}: is replaced in go.mod, but not marked as replaced in vendor/modules.txt"),
                Some((path, version))
                    if (path.as_str(), version.as_deref()) == (replace.new.path.value.as_str(), replace.new.version()) =>
                {
                    return None;
                }
                Some((path, version)) => {
                    let here = version.as_ref().map_or_else(|| path.clone(), |version| format!("{path}@{version}"));
                    format!(
                        "{old}: is replaced by {} in go.mod, but marked as replaced by {here} in vendor/modules.txt",
                        described(&replace.new)
                    )
                }
            };
            Some(Values(module).said(&text, replace.span()))
        })
    }

    fn not_required<'s>(&'s self, module: &'s ModuleFile) -> impl Iterator<Item = Value> + 's {
        let required: BTreeSet<(&str, &str)> =
            module.lines.require.iter().map(|require| (require.path.value.as_str(), require.version.value.as_str())).collect();
        let explicit = self.file.modules.iter().filter(|vendored| vendored.explicit && vendored.has_packages);
        explicit.filter_map(move |vendored| {
            let version = vendored.version.as_deref()?;
            let text = "is marked as explicit in vendor/modules.txt, but not explicitly required in go.mod";
            (!required.contains(&(vendored.path.as_str(), version)))
                .then(|| Value::text(format!("{}@{version}: {text}", vendored.path), self.origin(vendored.span)))
        })
    }

    fn replaced_only_here<'s>(&'s self, module: &'s ModuleFile) -> impl Iterator<Item = Value> + 's {
        let replaced = self.file.modules.iter().filter(|vendored| vendored.replacement.is_some());
        let directives = Replaced::of(&module.lines);
        let known = move |vendored: &Vendored| match vendored.version.as_deref() {
            Some(version) => directives.covers(&vendored.path, version),
            None => directives.covers_all(&vendored.path),
        };
        replaced.filter(move |vendored| !known(vendored)).map(|vendored| {
            let version = vendored.version.as_ref().map(|version| format!("@{version}")).unwrap_or_default();
            let text = format!("{}{version}: is marked as replaced in vendor/modules.txt, but not replaced in go.mod", vendored.path);
            Value::text(text, self.origin(vendored.span))
        })
    }
}

fn described(module: &ModuleVersion) -> String {
    module.version().map_or_else(|| module.path.value.clone(), |version| format!("{}@{version}", module.path.value))
}

impl Subject for VendorSubject {
    fn kind(&self) -> Kind {
        Kind::Vendor
    }

    fn location(&self) -> &Location {
        &self.location
    }

    fn field(&self, name: &FieldName) -> Value {
        match name.declared {
            "go-mod" => {
                self.module.as_ref().map_or_else(Values::unset, |module| Value::text(module.in_project(), Origin::of(OriginKind::Module)))
            }
            "inconsistencies" => self.inconsistencies(),
            "modules" => self.modules(),
            "workspace" => Value::known(Datum::Flag(self.file.workspace), Origin::of(OriginKind::Document)),
            _ => Values::unset(),
        }
    }

    fn place(&self) -> Option<&Arc<Place>> {
        None
    }
}

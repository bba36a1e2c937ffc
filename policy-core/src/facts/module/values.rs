//! Directives to values that know where they stand.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::facts::project::ModuleFile;
use crate::facts::value::{Datum, Origin, OriginKind, Value};
use crate::facts::version::{GoVersion, VersionRange};
use crate::syntax::go_mod::{Argument, Godebug, ModuleVersion, Replace, Require, Retract};
use crate::text::{Location, Span};

/// The values of one file's directives.
#[derive(Clone, Copy)]
pub(super) struct Values<'f>(pub(super) &'f ModuleFile);

impl Values<'_> {
    fn origin(self, span: Span) -> Arc<Origin> {
        Origin::at(OriginKind::Document, Location::new(&self.0.text, span))
    }

    /// Not in the file.
    pub(super) fn unset() -> Value {
        Value::unset_by(OriginKind::Document)
    }

    /// An argument as text.
    pub(super) fn text(self, argument: &Argument) -> Value {
        Value::text(argument.value.as_str(), self.origin(argument.span))
    }

    /// An argument that may be missing.
    pub(super) fn optional(self, argument: Option<&Argument>) -> Value {
        argument.map_or_else(Self::unset, |argument| self.text(argument))
    }

    /// A Go version; one that Go accepts and gopolicy does not know stays a text, which is neither older nor newer than another.
    pub(super) fn version(self, argument: Option<&Argument>) -> Value {
        let Some(argument) = argument else { return Self::unset() };
        match GoVersion::parse(&argument.value) {
            Some(version) => Value::known(Datum::Version(VersionRange::exact(version)), self.origin(argument.span)),
            None => self.text(argument),
        }
    }

    /// A list of single arguments.
    pub(super) fn texts(self, arguments: &[Argument]) -> Value {
        self.list(arguments, |argument| self.text(argument))
    }

    /// A list of anything.
    pub(super) fn list<T>(self, items: &[T], value: impl Fn(&T) -> Value) -> Value {
        Value::list(items.iter().map(value).collect(), Origin::of(OriginKind::Document))
    }

    /// A list that gopolicy worked out; its items know where they stand.
    pub(super) fn items(self, items: impl IntoIterator<Item = Value>) -> Value {
        Value::list(items.into_iter().collect(), Origin::of(OriginKind::Computed))
    }

    /// A record that stands at a span.
    pub(super) fn record(self, span: Span, parts: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
        let parts: BTreeMap<&'static str, Value> = parts.into_iter().collect();
        Value::known(Datum::Record(Arc::new(parts)), self.origin(span))
    }

    /// A text that the file does not hold as such.
    pub(super) fn said(self, text: &str, span: Span) -> Value {
        Value::text(text, self.origin(span))
    }

    /// `{path, version, indirect}`
    pub(super) fn require(self, require: &Require) -> Value {
        let indirect = Value::known(Datum::Flag(require.indirect), self.origin(require.span()));
        self.record(require.span(), [("path", self.text(&require.path)), ("version", self.text(&require.version)), ("indirect", indirect)])
    }

    /// `{path, version}`
    pub(super) fn exclude(self, exclude: &ModuleVersion) -> Value {
        self.record(exclude.span(), [("path", self.text(&exclude.path)), ("version", self.optional(exclude.version.as_ref()))])
    }

    /// `{old-path, old-version, new-path, new-version}`
    pub(super) fn replace(self, replace: &Replace) -> Value {
        self.record(
            replace.span(),
            [
                ("old-path", self.text(&replace.old.path)),
                ("old-version", self.optional(replace.old.version.as_ref())),
                ("new-path", self.text(&replace.new.path)),
                ("new-version", self.optional(replace.new.version.as_ref())),
            ],
        )
    }

    /// `{low, high, rationale}`
    pub(super) fn retract(self, retract: &Retract) -> Value {
        let rationale = self.said(&retract.rationale, retract.span());
        self.record(retract.span(), [("low", self.text(&retract.low)), ("high", self.text(&retract.high)), ("rationale", rationale)])
    }

    /// `{key, value}`
    pub(super) fn godebug(self, setting: &Godebug) -> Value {
        self.record(setting.key.span.to(setting.value.span), [("key", self.text(&setting.key)), ("value", self.text(&setting.value))])
    }
}

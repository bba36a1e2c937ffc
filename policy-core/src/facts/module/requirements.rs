//! `require` directives: what go.sum, `exclude` and the Go of the `go` line make of them.

use std::collections::BTreeSet;

use super::replacements::Replaced;
use super::values::Values;
use crate::facts::go::godebug;
use crate::facts::project::{ModuleFile, Project};
use crate::facts::value::{Origin, OriginKind, Value};
use crate::facts::version::GoVersion;
use crate::syntax::go_mod::{Dialect, Directive, Require};
use crate::syntax::go_sum;
use crate::text::Location;

/// The requirements of one go.mod.
#[derive(Clone, Copy)]
pub(super) struct Requirements<'f, 'w> {
    pub(super) file: &'f ModuleFile,
    pub(super) project: &'f Project<'w>,
}

impl<'f> Requirements<'f, '_> {
    fn sum_path(self) -> String {
        super::below(self.file.directory(), "go.sum")
    }

    /// Whether there is a go.sum beside it.
    pub(super) fn has_sum(self) -> bool {
        self.project.has(&self.sum_path())
    }

    /// Modules that packages are imported from directly, and whose hash go.sum does not hold. Nothing without a go.sum.
    pub(super) fn without_sum(self) -> Value {
        let values = Values(self.file);
        let Some(text) = self.project.text(&self.sum_path()) else { return values.items(None) };
        let sum = go_sum::parse(&text);
        let lacking = self.fetched().filter(|require| !sum.has(&require.path.value, &require.version.value));
        values.items(lacking.map(|require| values.said(&format!("{}@{}", require.path.value, require.version.value), require.span())))
    }

    /// Whether any module must be fetched, so that a hash of it is needed.
    pub(super) fn needs_sum(self) -> bool {
        self.fetched().next().is_some()
    }

    /// Modules that packages are imported from directly, without those that another module or a directory takes the place of.
    fn fetched(self) -> impl Iterator<Item = &'f Require> {
        let replaced = Replaced::of(&self.file.lines);
        let direct = self.file.lines.require.iter().filter(|require| !require.indirect);
        direct.filter(move |require| !replaced.covers(&require.path.value, &require.version.value))
    }

    /// Lines of go.sum that Go cannot read.
    pub(super) fn malformed_sums(self) -> Value {
        let values = Values(self.file);
        let Some(text) = self.project.text(&self.sum_path()) else { return values.items(None) };
        let malformed = go_sum::parse(&text).malformed;
        values.items(malformed.into_iter().take(MOST_LINES).map(|span| {
            let location = Location::new(&text, span);
            Value::text(text.slice(span), Origin::at(OriginKind::Document, location))
        }))
    }

    /// Required versions that an `exclude` directive forbids.
    pub(super) fn excluded(self) -> Value {
        let values = Values(self.file);
        let lines = &self.file.lines;
        let versions: BTreeSet<(&str, Option<&str>)> =
            lines.exclude.iter().map(|exclude| (exclude.path.value.as_str(), exclude.version())).collect();
        let excluded = lines.require.iter().filter(|require| versions.contains(&(&require.path.value, Some(&require.version.value))));
        values.items(excluded.map(|require| values.said(&format!("{} {}", require.path.value, require.version.value), require.span())))
    }

    /// Settings of `godebug` that no release knows.
    pub(super) fn unknown_godebug(self) -> Value {
        let known =
            |key: &str| key == "default" || key.starts_with("cpu.") || godebug::lookup(key).is_some() || godebug::removed(key).is_some();
        self.settings(|key| !known(key))
    }

    /// Settings of `godebug` that some release no longer has.
    pub(super) fn removed_godebug(self) -> Value {
        self.settings(|key| godebug::removed(key).is_some())
    }

    fn settings(self, wanted: impl Fn(&str) -> bool) -> Value {
        let values = Values(self.file);
        values.items(self.file.lines.godebug.iter().filter(|setting| wanted(&setting.key.value)).map(|setting| values.text(&setting.key)))
    }

    /// Directives that the release of the `go` line does not know, each with the first that does.
    pub(super) fn newer_directives(self) -> Value {
        let values = Values(self.file);
        let Some(go) = self.go() else { return values.items(None) };
        let newer = self.file.lines.lines.iter().filter_map(|line| {
            let verb = self.file.text.slice(line.verb);
            let since = Directive::find(verb, Dialect::Mod)?.since(Dialect::Mod)?;
            (since > go.minor).then(|| values.said(&format!("{verb} (Go 1.{since})"), line.span))
        });
        values.items(newer)
    }

    fn go(self) -> Option<GoVersion> {
        GoVersion::parse(&self.file.lines.go.as_ref()?.value)
    }

    /// Ranges of `retract` whose first version is above the last.
    pub(super) fn empty_retractions(self) -> Value {
        let values = Values(self.file);
        let empty = self.file.lines.retract.iter().filter(|retract| super::semver::is_above(&retract.low.value, &retract.high.value));
        values.items(empty.map(|retract| values.said(&format!("[{}, {}]", retract.low.value, retract.high.value), retract.span())))
    }
}

/// More malformed lines than these are not told.
const MOST_LINES: usize = 20;

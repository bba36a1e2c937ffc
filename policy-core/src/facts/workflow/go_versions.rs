//! Which Go versions a workflow asks for by `go-version`, and whether another workflow of the repository is ahead of it.

use std::collections::{BTreeMap, BTreeSet};

use super::ActionFacts;
use super::setup_go::Source;
use super::setup_step::SetupFacts;
use crate::facts::value::{Datum, Origin, OriginKind, Value};
use crate::facts::version::Rest;
use crate::text::{Location, Span};

/// The uses of actions/setup-go in a workflow, each over all its matrix legs.
#[derive(Default)]
pub(crate) struct GoVersions {
    uses: BTreeMap<(String, Span), Asked>,
    /// The minor version of the module at the repository's root.
    module: Option<u32>,
}

/// What one use asks for.
struct Asked {
    /// Minor versions of Go 1; `None` for what is not known to be one.
    minors: BTreeSet<Option<u32>>,
    /// Where the version is written, if it is.
    written: Option<Location>,
}

impl GoVersions {
    /// A use in a leg.
    pub(crate) fn add(&mut self, action: &ActionFacts<'_>, setup: &SetupFacts) {
        if setup.request.source == Source::Preinstalled {
            return;
        }
        self.module = setup.module_go.as_ref().map(|(version, _)| version.minor);
        let spec = setup.request.spec.single().filter(|_| setup.request.source == Source::Input);
        let written = spec.map(|choice| choice.origin.location.clone().unwrap_or_else(|| action.location.clone()));
        let key = (action.location.path().to_owned(), action.location.span);
        let asked = self.uses.entry(key).or_insert_with(|| Asked { minors: BTreeSet::new(), written });
        asked.minors.insert(released_minor(&setup.request.versions));
    }

    /// Every minor version that is written in the workflow, with its place.
    pub(crate) fn listed(&self) -> Value {
        let mut listed: BTreeMap<u32, &Location> = BTreeMap::new();
        for (minor, written) in self.uses.values().flat_map(|asked| asked.minors.iter().map(move |minor| (minor, &asked.written))) {
            if let (Some(minor), Some(location)) = (minor, written) {
                listed.entry(*minor).or_insert(location);
            }
        }
        let items = listed.into_iter().map(|(minor, location)| item(minor, location));
        Value::list(items.collect(), Origin::of(OriginKind::Computed))
    }

    /// The minor versions of all legs, `None` for what is not known to be one.
    pub(crate) fn minors(&self) -> impl Iterator<Item = Option<u32>> {
        self.uses.values().flat_map(|asked| asked.minors.iter().copied())
    }

    /// The newest minor version that a use asks for in all its legs.
    pub(crate) fn newest(&self) -> Option<u32> {
        self.fixed().map(|(minor, _)| minor).max()
    }

    /// The places of the newest one, if `ahead` is newer still and nothing of the workflow asks for anything newer or unknown. The
    /// version of go.mod is there on purpose, and what is older is wrong by itself.
    pub(crate) fn behind(&self, ahead: Option<u32>) -> Value {
        let newest = self.newest().filter(|newest| Some(*newest) < ahead && Some(*newest) > self.module);
        let keeps_up =
            |newest: u32| self.uses.values().flat_map(|asked| &asked.minors).any(|minor| minor.is_none_or(|minor| minor > newest));
        let places = newest
            .filter(|newest| !keeps_up(*newest))
            .into_iter()
            .flat_map(|newest| self.fixed().filter(move |(minor, _)| *minor == newest));
        Value::list(places.map(|(minor, location)| item(minor, location)).collect(), Origin::of(OriginKind::Computed))
    }

    /// Uses that ask for the same minor version in all legs.
    fn fixed(&self) -> impl Iterator<Item = (u32, &Location)> {
        self.uses.values().filter_map(|asked| match (asked.minors.first(), asked.minors.len()) {
            (Some(Some(minor)), 1) => Some((*minor, asked.written.as_ref()?)),
            _ => None,
        })
    }
}

fn item(minor: u32, location: &Location) -> Value {
    Value::text(format!("1.{minor}"), Origin::at(OriginKind::Document, location.clone()))
}

/// The minor version, if it is known and not a release candidate, which is tested on purpose.
fn released_minor(versions: &Value) -> Option<u32> {
    match &versions.single()?.datum {
        Datum::Version(range) => {
            range.only_minor().filter(|_| !matches!(range.single().map(|version| version.rest), Some(Rest::Beta(_) | Rest::Candidate(_))))
        }
        _ => None,
    }
}

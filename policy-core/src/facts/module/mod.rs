//! The subjects `go-mod`, `go-work` and `vendor`: what module files say, and how they fit together.

#[cfg(test)]
mod against_go;
mod go_mod;
mod go_work;
mod neighbours;
mod replacements;
mod requirements;
mod semver;
mod stated;
#[cfg(test)]
mod tests;
mod values;
mod vendored;
mod workspace;

pub(crate) use go_mod::{GO_FILES_FIELDS, GoModSubject};
pub(crate) use go_work::GoWorkSubject;
pub(crate) use neighbours::{GoRun, Neighbours, NeighboursByRoot};
pub(crate) use stated::names_go_version;
pub(crate) use vendored::VendorSubject;

use super::project::ModuleFile;
use crate::text::{Location, Span};

/// Where a finding about a file as a whole stands: its first directive, else its start.
fn location_of(file: &ModuleFile) -> Location {
    let span = file.lines.lines.first().map_or_else(Span::default, |line| line.span);
    Location::new(&file.text, span)
}

/// A file in a directory; both are relative to the repository's root, which is empty.
fn below(directory: &str, name: &str) -> String {
    if directory.is_empty() { name.to_owned() } else { format!("{directory}/{name}") }
}

//! The subjects `go-mod`, `go-work` and `vendor`: what module files say, and how they fit together.

#[cfg(test)]
mod against_go;
mod go_mod;
mod go_work;
mod runs;
mod values;

pub(crate) use go_mod::GoModSubject;
pub(crate) use go_work::GoWorkSubject;
pub(crate) use runs::{GoRun, GoRuns};

use super::project::ModuleFile;
use crate::text::{Location, Span};

/// Where a finding about a file as a whole stands: its first directive, else its start.
fn location_of(file: &ModuleFile) -> Location {
    let span = file.lines.lines.first().map_or_else(Span::default, |line| line.span);
    Location::new(&file.text, span)
}

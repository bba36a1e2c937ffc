//! Loading: what is accepted, what is refused, and how policies are laid over one another.

pub(crate) mod documents;
mod errors;
mod layers;
mod prepared;
mod sample;

use super::{LoadErrors, PolicySet};
use crate::world::MemoryWorld;

/// A policy with one rule of kind `environment`, made of these lines.
pub(crate) fn policy(lines: &[&str]) -> String {
    let mut text = String::from("version: 1\npolicy: team\nrules:\n  r:\n");
    for line in lines {
        text.push_str("    ");
        text.push_str(line);
        text.push('\n');
    }
    text
}

/// Loads a text as the file `team.yaml`.
pub(crate) fn load(text: &str) -> Result<PolicySet, LoadErrors> {
    let world = MemoryWorld::new().with_file("team.yaml", text);
    PolicySet::builder().load(&["./team.yaml"], &world)
}

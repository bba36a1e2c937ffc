//! What is told of paths and users where they are not those of Unix.

use std::fs::Metadata;

use crate::world::machine::{Access, PathKind, PathStatus};

pub(super) fn user() -> Option<u32> {
    None
}

pub(super) fn status(metadata: &Metadata) -> PathStatus {
    let kind = match (metadata.is_dir(), metadata.is_file()) {
        (true, _) => PathKind::Directory,
        (_, true) => PathKind::File,
        _ => PathKind::Other,
    };
    PathStatus { kind, owner: None, mode: None, size: metadata.len() }
}

/// Access control lists are not read.
pub(super) fn may(wanted: Access, path: &str) -> Option<bool> {
    match wanted {
        Access::Read => Some(std::fs::File::open(path).is_ok() || std::fs::read_dir(path).is_ok()),
        Access::Write | Access::Execute => None,
    }
}

pub(super) fn can_make_files(directory: &str) -> Option<bool> {
    Some(super::makes_file(directory))
}

pub(super) fn free_space(_: &str) -> Option<u64> {
    None
}

/// Ends a process; what it has started lives on.
pub(super) fn kill_all(child: &mut std::process::Child) {
    // It may have ended by itself just now.
    let _ = child.kill();
}

pub(super) fn in_own_group(_: &mut std::process::Command) {}

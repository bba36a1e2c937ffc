//! What Unix tells of paths and users.

use std::fs::Metadata;
use std::os::unix::fs::MetadataExt;

use rustix::fs::{Access as Mode, access, statvfs};

use crate::world::machine::{Access, PathKind, PathStatus};

pub(super) fn user() -> Option<u32> {
    Some(rustix::process::geteuid().as_raw())
}

pub(super) fn status(metadata: &Metadata) -> PathStatus {
    let kind = match (metadata.is_dir(), metadata.is_file()) {
        (true, _) => PathKind::Directory,
        (_, true) => PathKind::File,
        _ => PathKind::Other,
    };
    PathStatus { kind, owner: Some(metadata.uid()), mode: Some(metadata.mode() & 0o7777), size: metadata.len() }
}

pub(super) fn may(wanted: Access, path: &str) -> Option<bool> {
    let mode = match wanted {
        Access::Read => Mode::READ_OK,
        Access::Write => Mode::WRITE_OK,
        Access::Execute => Mode::EXEC_OK,
    };
    Some(access(path, mode).is_ok())
}

/// Linux can make files that have no name and are gone when they are closed; not on every file system.
#[cfg(target_os = "linux")]
pub(super) fn can_make_files(directory: &str) -> Option<bool> {
    use rustix::fs::{Mode, OFlags, open};
    let nameless = open(directory, OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC, Mode::RUSR | Mode::WUSR);
    Some(nameless.is_ok() || super::makes_file(directory))
}

#[cfg(not(target_os = "linux"))]
pub(super) fn can_make_files(directory: &str) -> Option<bool> {
    Some(super::makes_file(directory))
}

pub(super) fn free_space(path: &str) -> Option<u64> {
    let space = statvfs(path).ok()?;
    space.f_bavail.checked_mul(space.f_frsize)
}

/// Ends a process and all that it has started.
pub(super) fn kill_all(child: &mut std::process::Child) {
    let group = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw);
    // It may have ended by itself just now.
    let _ = group.map(|group| rustix::process::kill_process_group(group, rustix::process::Signal::KILL));
}

/// Makes a command the head of a group of its own.
pub(super) fn in_own_group(command: &mut std::process::Command) {
    std::os::unix::process::CommandExt::process_group(command, 0);
}

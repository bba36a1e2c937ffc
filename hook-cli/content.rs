//! Which files are read: those on disk, what is staged, or a revision; and standard input among them.

use std::path::{Path, PathBuf};

use policy_core::judge::BASELINE_FILE;
use policy_core::policy::config::CONFIG_FILE;
use policy_core::world::{Listed, OsWorld, ReadError, World};

use crate::args::{Content, Stdin};
use crate::exit::Failure;
use crate::git::Source;
use crate::host::{self, Host};
use crate::stdin::WithStdin;

/// What standard input is called if `--stdin-filename` does not say.
const STDIN: &str = "<stdin>";

/// The files, standard input included if it is among the paths, and the paths relative to the root.
pub(crate) fn judged<'h>(
    paths: &[PathBuf],
    content: &Content,
    stdin: &Stdin,
    host: &'h Host,
) -> Result<(WithStdin<'h>, Vec<String>), Failure> {
    let name = stdin.name.as_ref().map_or_else(|| String::from(STDIN), |name| host.label(name));
    let input = match (paths.iter().any(is_stdin), &stdin.name) {
        (true, _) => Some((name.clone(), host::read_stdin()?)),
        (false, Some(_)) => return Err(Failure::Usage(String::from("--stdin-filename needs `-` among the paths"))),
        (false, None) => None,
    };
    let recorded = match content.source() {
        Source::WorkTree => None,
        source => host.git()?.world(source)?,
    };
    let has = |path: &PathBuf| recorded.as_ref().map_or_else(|| host.has(path), |world| world.has(&host.label(path)));
    if let Some(missing) = paths.iter().find(|path| !is_stdin(path) && !has(path)) {
        return Err(Failure::Usage(format!("no such file or directory: {}", missing.display())));
    }
    let labels = paths.iter().map(|path| if is_stdin(path) { name.clone() } else { host.label(path) }).collect();
    let world = match recorded {
        Some(world) => WithStdin::new(world, input),
        None => WithStdin::new(OsWorld::at(host.root()), input),
    };
    Ok((world, labels))
}

fn is_stdin(path: &PathBuf) -> bool {
    path == Path::new("-")
}

/// What policy files are read from: the files under judgement, or else the disk. A policy that is newer than the revision
/// can be named all the same; the repository's own configuration is that of the revision, or none.
pub(crate) struct OrDisk<'w> {
    judged: &'w dyn World,
    disk: OsWorld,
}

impl<'w> OrDisk<'w> {
    /// `judged`, or else the disk.
    pub(crate) fn new(judged: &'w dyn World, host: &Host) -> Self {
        Self { judged, disk: OsWorld::at(host.root()) }
    }
}

impl World for OrDisk<'_> {
    fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
        match self.judged.read(path, limit) {
            Err(ReadError::Missing) if !is_configuration(path) => self.disk.read(path, limit),
            read => read,
        }
    }

    fn read_start(&self, path: &str, length: u64) -> Result<Vec<u8>, ReadError> {
        match self.judged.read_start(path, length) {
            Err(ReadError::Missing) => self.disk.read_start(path, length),
            read => read,
        }
    }

    fn list(&self, path: &str, wanted: &(dyn Fn(&str) -> bool + Sync)) -> Vec<Listed> {
        self.judged.list(path, wanted)
    }

    fn is_file(&self, path: &str) -> bool {
        self.judged.is_file(path) || (!is_configuration(path) && self.disk.is_file(path))
    }
}

fn is_configuration(path: &str) -> bool {
    path == CONFIG_FILE || path == BASELINE_FILE
}

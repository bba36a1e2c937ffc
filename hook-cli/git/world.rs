//! A snapshot as a world: contents come straight from the object database.

use git2::Oid;
use policy_core::world::{Listed, ReadError, World};

use super::objects::Objects;
use super::snapshot::Snapshot;

/// A link's target is a path; Linux takes none longer (`PATH_MAX`).
const LONGEST_TARGET: u64 = 4096;

/// The files of an index or of a revision.
pub(crate) struct GitWorld {
    objects: Objects,
    files: Snapshot,
}

impl GitWorld {
    pub(super) fn new(objects: Objects, files: Snapshot) -> Self {
        Self { objects, files }
    }

    /// Whether there is a file or directory of that name.
    pub(crate) fn has(&self, path: &str) -> bool {
        path == "." || self.files.below(path).next().is_some()
    }

    fn find(&self, path: &str) -> Result<Oid, ReadError> {
        let target = |link: Oid| String::from_utf8(self.objects.read(link, LONGEST_TARGET).ok()?).ok();
        self.files.find(path, &target)
    }
}

impl World for GitWorld {
    fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
        self.objects.read(self.find(path)?, limit)
    }

    fn read_start(&self, path: &str, length: u64) -> Result<Vec<u8>, ReadError> {
        self.objects.read_start(self.find(path)?, length)
    }

    fn list(&self, path: &str, wanted: &(dyn Fn(&str) -> bool + Sync)) -> Vec<Listed> {
        let directory = if path == "." { "" } else { path.trim_end_matches('/') };
        self.files.below(directory).filter(|file| wanted(file)).map(|file| Listed::File(file.to_owned())).collect()
    }

    fn is_file(&self, path: &str) -> bool {
        self.find(path).is_ok()
    }
}

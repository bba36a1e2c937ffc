//! A snapshot as a world: contents come straight from the object database.

use git2::{Odb, Oid};
use policy_core::world::{Listed, ReadError, World};

use super::snapshot::Snapshot;

/// A link's target is a path; Linux takes none longer (`PATH_MAX`).
const LONGEST_TARGET: u64 = 4096;

/// The files of an index or of a revision.
pub(crate) struct GitWorld<'r> {
    objects: Odb<'r>,
    files: Snapshot,
}

impl<'r> GitWorld<'r> {
    pub(super) fn new(objects: Odb<'r>, files: Snapshot) -> Self {
        Self { objects, files }
    }

    /// Whether there is a file or directory of that name.
    pub(crate) fn has(&self, path: &str) -> bool {
        path == "." || self.files.below(path).next().is_some()
    }

    /// The size is looked at first, so that a large object is not unpacked in vain.
    fn content(&self, object: Oid, limit: u64) -> Result<Vec<u8>, ReadError> {
        let (size, _) = self.objects.read_header(object).map_err(|error| refused(&error))?;
        if size as u64 > limit {
            return Err(ReadError::TooLarge { limit });
        }
        let object = self.objects.read(object).map_err(|error| refused(&error))?;
        Ok(object.data().to_vec())
    }

    fn find(&self, path: &str) -> Result<Oid, ReadError> {
        let target = |link: Oid| String::from_utf8(self.content(link, LONGEST_TARGET).ok()?).ok();
        self.files.find(path, &target)
    }
}

/// A partial clone does not hold every object.
fn refused(error: &git2::Error) -> ReadError {
    ReadError::Refused(error.message().to_owned())
}

impl World for GitWorld<'_> {
    fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
        self.content(self.find(path)?, limit)
    }

    fn list(&self, path: &str, wanted: &(dyn Fn(&str) -> bool + Sync)) -> Vec<Listed> {
        let directory = if path == "." { "" } else { path.trim_end_matches('/') };
        self.files.below(directory).filter(|file| wanted(file)).map(|file| Listed::File(file.to_owned())).collect()
    }

    fn is_file(&self, path: &str) -> bool {
        self.find(path).is_ok()
    }
}

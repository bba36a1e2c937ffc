//! The object database, read by several threads side by side.

use std::path::PathBuf;
use std::sync::{Mutex, OnceLock, PoisonError};

use git2::{Error, Odb, Oid, Repository};
use policy_core::world::ReadError;

use super::packs::Packs;

/// A larger object is not unpacked for its start.
const LARGEST_WHOLE: u64 = 64 << 20;

/// Contents of objects. libgit2 locks an object database for as long as it unpacks an object (`odb_read_1` in odb.c), so each
/// reader has one of its own; opening it costs less than waiting for a few objects.
pub(super) struct Objects {
    idle: Mutex<Vec<Repository>>,
    directory: PathBuf,
    packs: OnceLock<Packs>,
}

impl Objects {
    pub(super) fn of(repository: &Repository) -> Self {
        Self { idle: Mutex::default(), directory: repository.commondir().join("objects/pack"), packs: OnceLock::new() }
    }

    /// An object of at most `limit` bytes. The size is looked at first, so that a large one is not unpacked in vain.
    pub(super) fn read(&self, object: Oid, limit: u64) -> Result<Vec<u8>, ReadError> {
        let read = |objects: &Odb<'_>| {
            let (size, _) = objects.read_header(object)?;
            let fits = size as u64 <= limit;
            fits.then(|| Ok(objects.read(object)?.data().to_vec())).transpose()
        };
        self.with(read).map_err(|error| refused(&error))?.ok_or(ReadError::TooLarge { limit })
    }

    /// The first `length` bytes of an object, or all it has.
    pub(super) fn read_start(&self, object: Oid, length: u64) -> Result<Vec<u8>, ReadError> {
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        let packs = self.packs.get_or_init(|| Packs::of(&self.directory));
        packs.start(object, length).map_or_else(
            || {
                let mut content = self.read(object, LARGEST_WHOLE)?;
                content.truncate(length);
                Ok(content)
            },
            Ok,
        )
    }

    fn with<T>(&self, work: impl FnOnce(&Odb<'_>) -> Result<T, Error>) -> Result<T, Error> {
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let free = idle().pop();
        let repository = free.map_or_else(super::repository, Ok)?;
        let result = work(&repository.odb()?);
        idle().push(repository);
        result
    }
}

/// A partial clone does not hold every object.
fn refused(error: &Error) -> ReadError {
    ReadError::Refused(error.message().to_owned())
}

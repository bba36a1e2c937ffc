//! The object database, read by several threads side by side.

use std::sync::{Mutex, PoisonError};

use git2::{Error, Odb, Oid, Repository};
use policy_core::world::ReadError;

/// Contents of objects. libgit2 locks an object database for as long as it unpacks an object (`odb_read_1` in odb.c), so each
/// reader has one of its own; opening it costs less than waiting for a few objects.
pub(super) struct Objects {
    idle: Mutex<Vec<Repository>>,
}

impl Objects {
    pub(super) fn new() -> Self {
        Self { idle: Mutex::default() }
    }

    /// A whole object of at most `limit` bytes. The size is looked at first, so that a large object is not unpacked in vain.
    pub(super) fn read(&self, object: Oid, limit: u64) -> Result<Vec<u8>, ReadError> {
        self.read_start(object, limit, usize::MAX)
    }

    /// The first `length` bytes of an object of at most `limit` bytes.
    pub(super) fn read_start(&self, object: Oid, limit: u64, length: usize) -> Result<Vec<u8>, ReadError> {
        let read = |objects: &Odb<'_>| {
            let (size, _) = objects.read_header(object)?;
            if size as u64 > limit {
                return Ok(None);
            }
            let object = objects.read(object)?;
            Ok(Some(object.data().iter().take(length).copied().collect()))
        };
        self.with(read).map_err(|error| refused(&error))?.ok_or(ReadError::TooLarge { limit })
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

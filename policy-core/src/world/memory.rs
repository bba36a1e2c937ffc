use std::collections::BTreeMap;

use super::{Changes, Listed, ReadError, World, is_at_or_below};

/// A world that is a map from paths to contents, for tests and embedders.
#[derive(Clone, Debug, Default)]
pub struct MemoryWorld {
    files: BTreeMap<String, Vec<u8>>,
    changes: Option<Changes>,
}

impl MemoryWorld {
    /// A world without files.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same world with one file more.
    #[must_use]
    pub fn with_file(mut self, path: impl Into<String>, content: impl Into<Vec<u8>>) -> Self {
        self.files.insert(path.into(), content.into());
        self
    }

    /// The same world, knowing what is about to be committed or pushed.
    #[must_use]
    pub fn with_changes(mut self, changes: Changes) -> Self {
        self.changes = Some(changes);
        self
    }
}

impl World for MemoryWorld {
    fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
        let content = self.files.get(path).ok_or(ReadError::Missing)?;
        if content.len() as u64 > limit { Err(ReadError::TooLarge { limit }) } else { Ok(content.clone()) }
    }

    fn list(&self, path: &str, wanted: &(dyn Fn(&str) -> bool + Sync)) -> Vec<Listed> {
        self.files.keys().filter(|file| is_at_or_below(file, path) && wanted(file)).cloned().map(Listed::File).collect()
    }

    fn is_file(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    fn changes(&self) -> Option<&Changes> {
        self.changes.as_ref()
    }
}

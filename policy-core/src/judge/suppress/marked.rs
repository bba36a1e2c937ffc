//! Which of the files that are read may hold comments that suppress something.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::comment::MARK;
use crate::text::Text;
use crate::world::{Changes, Listed, ReadError, World};

/// A world that remembers every file with the mark of such comments in it, whoever reads it and why.
pub(crate) struct Marked<'w> {
    world: &'w dyn World,
    texts: Mutex<BTreeMap<String, Arc<Text>>>,
}

impl<'w> Marked<'w> {
    pub(crate) fn new(world: &'w dyn World) -> Self {
        Self { world, texts: Mutex::default() }
    }

    /// The files that have been read, by path.
    pub(crate) fn texts(self) -> Vec<Arc<Text>> {
        self.texts.into_inner().unwrap_or_else(PoisonError::into_inner).into_values().collect()
    }

    fn remember(&self, path: &str, content: &[u8]) {
        if memchr::memmem::find(content, MARK.as_bytes()).is_none() {
            return;
        }
        let Ok(content) = std::str::from_utf8(content) else { return };
        let mut texts = self.texts.lock().unwrap_or_else(PoisonError::into_inner);
        texts.entry(path.to_owned()).or_insert_with(|| Text::file(path, content));
    }
}

impl World for Marked<'_> {
    fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
        let content = self.world.read(path, limit)?;
        self.remember(path, &content);
        Ok(content)
    }

    fn read_start(&self, path: &str, length: u64) -> Result<Vec<u8>, ReadError> {
        let content = self.world.read_start(path, length)?;
        self.remember(path, &content);
        Ok(content)
    }

    fn list(&self, path: &str, wanted: &(dyn Fn(&str) -> bool + Sync)) -> Vec<Listed> {
        self.world.list(path, wanted)
    }

    fn is_file(&self, path: &str) -> bool {
        self.world.is_file(path)
    }

    fn changes(&self) -> Option<&Changes> {
        self.world.changes()
    }
}

//! Standard input as a file among the others.

use policy_core::world::{Changes, Listed, ReadError, World};

/// Files, and perhaps one more whose content came over standard input. It hides a file of the same name: an editor lints
/// what is not saved yet.
pub(crate) struct WithStdin<'w> {
    files: Box<dyn World + 'w>,
    stdin: Option<(String, Vec<u8>)>,
    changes: Option<Changes>,
}

impl<'w> WithStdin<'w> {
    /// `files`, and a file with a path and a content.
    pub(crate) fn new(files: impl World + 'w, stdin: Option<(String, Vec<u8>)>) -> Self {
        Self { files: Box::new(files), stdin, changes: None }
    }

    /// The same, knowing what is about to be committed or pushed.
    pub(crate) fn with_changes(self, changes: Option<Changes>) -> Self {
        Self { changes, ..self }
    }

    fn stdin(&self, path: &str) -> Option<&[u8]> {
        self.stdin.as_ref().filter(|(name, _)| name == path).map(|(_, content)| content.as_slice())
    }
}

impl World for WithStdin<'_> {
    fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
        match self.stdin(path) {
            Some(content) if content.len() as u64 > limit => Err(ReadError::TooLarge { limit }),
            Some(content) => Ok(content.to_vec()),
            None => self.files.read(path, limit),
        }
    }

    fn read_start(&self, path: &str, length: u64) -> Result<Vec<u8>, ReadError> {
        match self.stdin(path) {
            Some(content) => Ok(content.iter().copied().take(usize::try_from(length).unwrap_or(usize::MAX)).collect()),
            None => self.files.read_start(path, length),
        }
    }

    fn list(&self, path: &str, wanted: &(dyn Fn(&str) -> bool + Sync)) -> Vec<Listed> {
        match self.stdin(path) {
            Some(_) => vec![Listed::File(path.to_owned())],
            None => self.files.list(path, wanted),
        }
    }

    fn is_file(&self, path: &str) -> bool {
        self.stdin(path).is_some() || self.files.is_file(path)
    }

    fn changes(&self) -> Option<&Changes> {
        self.changes.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use policy_core::world::OsWorld;

    #[test]
    fn stands_in_for_the_file_it_names() {
        let world = WithStdin::new(OsWorld::at("/nowhere"), Some(("a/ci.yml".into(), b"on: push".to_vec())));
        assert_eq!(world.read("a/ci.yml", 8).unwrap(), b"on: push");
        assert_eq!(world.read("a/ci.yml", 7), Err(ReadError::TooLarge { limit: 7 }));
        assert_eq!(world.list("a/ci.yml", &|_| false), [Listed::File("a/ci.yml".into())]);
        assert!(world.is_file("a/ci.yml") && !world.is_file("b"));
    }
}

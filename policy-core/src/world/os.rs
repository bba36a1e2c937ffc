#![expect(clippy::disallowed_methods, reason = "this module is the door to the operating system")]

use std::io::Read;
use std::path::{Path, PathBuf};

use super::{Listed, ReadError, World};

/// Files below a directory of this machine.
#[derive(Clone, Debug)]
pub struct OsWorld {
    root: PathBuf,
}

impl OsWorld {
    /// The world whose paths are relative to `root`. Absolute paths are taken as they are.
    pub fn at(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    fn label(&self, path: &Path) -> String {
        let path = path.strip_prefix(&self.root).unwrap_or(path);
        let path = path.to_string_lossy();
        if cfg!(windows) { path.replace('\\', "/") } else { path.into_owned() }
    }
}

pub(super) fn read_error(error: &std::io::Error) -> ReadError {
    match error.kind() {
        std::io::ErrorKind::NotFound => ReadError::Missing,
        _ => ReadError::Refused(error.to_string()),
    }
}

impl World for OsWorld {
    fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
        let (file, length) = self.open(path)?;
        let mut content = Vec::with_capacity(usize::try_from(length.min(limit) + 1).unwrap_or_default());
        file.take(limit + 1).read_to_end(&mut content).map_err(|error| read_error(&error))?;
        if content.len() as u64 > limit { Err(ReadError::TooLarge { limit }) } else { Ok(content) }
    }

    fn read_start(&self, path: &str, length: u64) -> Result<Vec<u8>, ReadError> {
        let mut content = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
        self.open(path)?.0.take(length).read_to_end(&mut content).map_err(|error| read_error(&error))?;
        Ok(content)
    }

    fn list(&self, path: &str, wanted: &(dyn Fn(&str) -> bool + Sync)) -> Vec<Listed> {
        let start = if path.is_empty() || path == "." { self.root.clone() } else { self.root.join(path) };
        let walk = ignore::WalkBuilder::new(start).hidden(false).ignore(false).filter_entry(|entry| entry.file_name() != ".git").build();
        let mut found: Vec<Listed> = walk.filter_map(|entry| self.listed(entry, wanted)).collect();
        found.sort();
        found
    }

    fn is_file(&self, path: &str) -> bool {
        std::fs::metadata(self.root.join(path)).is_ok_and(|kind| kind.is_file())
    }
}

impl OsWorld {
    /// The file, and how long it is. Opening a named pipe would wait for somebody to write to it.
    fn open(&self, path: &str) -> Result<(std::fs::File, u64), ReadError> {
        let path = self.root.join(path);
        let kind = std::fs::metadata(&path).map_err(|error| read_error(&error))?;
        if !kind.is_file() {
            return Err(ReadError::Refused("not a regular file".into()));
        }
        let file = std::fs::File::open(&path).map_err(|error| read_error(&error))?;
        Ok((file, kind.len()))
    }

    fn listed(&self, entry: Result<ignore::DirEntry, ignore::Error>, wanted: &(dyn Fn(&str) -> bool + Sync)) -> Option<Listed> {
        match entry {
            Ok(entry) => {
                let label = self.label(entry.path());
                let is_directory = entry.file_type().is_some_and(|kind| kind.is_dir());
                (!is_directory && wanted(&label)).then_some(Listed::File(label))
            }
            Err(ignore::Error::WithPath { path, err }) => {
                let error = err.io_error().map_or_else(|| ReadError::Refused(err.to_string()), read_error);
                Some(Listed::Unreadable(self.label(&path), error))
            }
            Err(error) => Some(Listed::Unreadable(String::new(), ReadError::Refused(error.to_string()))),
        }
    }
}

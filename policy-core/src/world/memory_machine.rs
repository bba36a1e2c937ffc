use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::ReadError;
use super::machine::{Access, GoCommand, GoFailure, GoOutput, Machine, Mount, PathKind, PathStatus, Platform};

/// A machine that is a table, for tests, examples and embedders. Its paths are those of Unix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemoryMachine {
    platform: Platform,
    user: u32,
    working_directory: String,
    variables: BTreeMap<String, String>,
    entries: BTreeMap<String, Entry>,
    mounts: Vec<Mount>,
    go: Result<GoOutput, GoFailure>,
}

/// What is at a path of a [`MemoryMachine`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it is and whose.
    pub status: PathStatus,
    /// What a file holds.
    pub content: Vec<u8>,
    /// Whether the user can write it, if its mode does not tell: a read-only file system.
    pub writable: Option<bool>,
    /// Bytes left on its file system.
    pub free_space: Option<u64>,
}

impl Entry {
    /// A directory of a user, mode 0755.
    pub fn directory(owner: u32) -> Self {
        let status = PathStatus { kind: PathKind::Directory, owner: Some(owner), mode: Some(0o755), size: 0 };
        Self { status, content: Vec::new(), writable: None, free_space: None }
    }

    /// A file of a user, mode 0644.
    pub fn file(owner: u32, content: impl Into<Vec<u8>>) -> Self {
        let content = content.into();
        let status = PathStatus { kind: PathKind::File, owner: Some(owner), mode: Some(0o644), size: content.len() as u64 };
        Self { status, content, writable: None, free_space: None }
    }

    /// A program of a user, mode 0755.
    pub fn program(owner: u32, content: impl Into<Vec<u8>>) -> Self {
        let mut program = Self::file(owner, content);
        program.status.mode = Some(0o755);
        program
    }
}

impl MemoryMachine {
    /// A machine without variables and files; its go command, if one is put there, cannot be run.
    pub fn new(platform: Platform, user: u32, working_directory: impl Into<String>) -> Self {
        Self {
            platform,
            user,
            working_directory: working_directory.into(),
            variables: BTreeMap::new(),
            entries: BTreeMap::new(),
            mounts: Vec::new(),
            go: Err(GoFailure::NotStarted(String::from("not on this machine"))),
        }
    }

    /// The same machine with a variable.
    #[must_use]
    pub fn with_variable(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.variables.insert(name.into(), value.into());
        self
    }

    /// The same machine without a variable.
    #[must_use]
    pub fn without_variable(mut self, name: &str) -> Self {
        self.variables.remove(name);
        self
    }

    /// The same machine with something at a path. Directories above it are there as root's.
    #[must_use]
    pub fn with(mut self, path: impl Into<String>, entry: Entry) -> Self {
        self.entries.insert(path.into(), entry);
        self
    }

    /// The same machine with a file system mounted, over those that were before.
    #[must_use]
    pub fn with_mount(mut self, directory: impl Into<String>, kind: impl Into<String>) -> Self {
        let directory = directory.into();
        self.entries.entry(directory.clone()).or_insert_with(|| Entry::directory(self.user));
        self.mounts.push(Mount { directory, kind: kind.into() });
        self
    }

    /// The same machine with another outcome of every go command.
    #[must_use]
    pub fn with_go(mut self, outcome: Result<GoOutput, GoFailure>) -> Self {
        self.go = outcome;
        self
    }

    fn entry(&self, path: &str) -> Result<Entry, ReadError> {
        let path = path.trim_end_matches('/');
        let implied = || self.below(path).next().map(|_| Entry::directory(0));
        self.entries.get(path).cloned().or_else(implied).ok_or(ReadError::Missing)
    }

    /// The paths below a directory, without it.
    fn below<'a>(&'a self, directory: &'a str) -> impl Iterator<Item = &'a str> {
        let directory = directory.trim_end_matches('/');
        self.entries.keys().filter_map(move |path| path.strip_prefix(directory)?.strip_prefix('/'))
    }
}

impl Machine for MemoryMachine {
    fn variables(&self) -> BTreeMap<String, String> {
        self.variables.clone()
    }

    fn platform(&self) -> Platform {
        self.platform
    }

    fn working_directory(&self) -> String {
        self.working_directory.clone()
    }

    fn user(&self) -> Option<u32> {
        Some(self.user)
    }

    fn read(&self, path: &str, range: Range<u64>) -> Result<Vec<u8>, ReadError> {
        let entry = self.entry(path)?;
        if entry.status.kind != PathKind::File {
            return Err(ReadError::Refused(String::from("not a regular file")));
        }
        if self.may(Access::Read, path) != Some(true) {
            return Err(ReadError::Refused(String::from("permission denied")));
        }
        let offset = |at: u64| usize::try_from(at).unwrap_or(usize::MAX).min(entry.content.len());
        Ok(entry.content.get(offset(range.start)..offset(range.end)).unwrap_or_default().to_vec())
    }

    fn list(&self, directory: &str) -> Result<Vec<String>, ReadError> {
        self.entry(directory)?;
        let names: BTreeSet<&str> = self.below(directory).filter_map(|path| path.split('/').next()).collect();
        Ok(names.into_iter().map(str::to_owned).collect())
    }

    fn status(&self, path: &str) -> Result<PathStatus, ReadError> {
        Ok(self.entry(path)?.status)
    }

    fn real_path(&self, path: &str) -> Option<String> {
        self.entry(path).is_ok().then(|| path.trim_end_matches('/').to_owned())
    }

    fn may(&self, access: Access, path: &str) -> Option<bool> {
        let entry = self.entry(path).ok()?;
        if access == Access::Write && entry.writable.is_some() {
            return entry.writable;
        }
        let class = if entry.status.owner == Some(self.user) { 6 } else { 0 };
        let bit = match access {
            Access::Read => 4,
            Access::Write => 2,
            Access::Execute => 1,
        };
        let execute_only = access == Access::Execute && entry.status.mode? & 0o111 == 0;
        Some((self.user == 0 && !execute_only) || (entry.status.mode? >> class) & bit != 0)
    }

    fn can_make_files(&self, directory: &str) -> Option<bool> {
        self.may(Access::Write, directory)
    }

    fn free_space(&self, path: &str) -> Option<u64> {
        self.entry(path).ok()?.free_space
    }

    fn mounts(&self) -> Vec<Mount> {
        self.mounts.clone()
    }

    fn run(&self, _: &GoCommand) -> Result<GoOutput, GoFailure> {
        self.go.clone()
    }
}

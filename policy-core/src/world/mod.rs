//! The only door to the outside. Everything gopolicy learns, it learns through [`World`], the files under judgement, and
//! [`Machine`], the machine it runs on.

mod changes;
mod load;
pub mod machine;
mod memory;
mod memory_machine;
mod os;
mod os_machine;

pub use changes::{ChangedFile, ChangedLines, Changes, Commit, FileStatus, SignatureKind};
pub use load::{LoadProblem, load};
pub use machine::Machine;
pub use memory::MemoryWorld;
pub use memory_machine::{Entry, MemoryMachine};
pub use os::OsWorld;
pub use os_machine::OsMachine;

/// What is read of a file of which only the start is wanted, where no less can be read.
const LARGEST_WHOLE: u64 = 64 << 20;

/// Files of the repositories under judgement. Paths use `/` and are relative to the world's root.
pub trait World: Sync {
    /// The bytes of a file of at most `limit` bytes.
    ///
    /// # Errors
    /// [`ReadError`] if there is no such file, it may not be read, or it is larger.
    fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, ReadError>;

    /// The first `length` bytes of a file, or all it has. Unless a world can do better, it reads the file as a whole.
    ///
    /// # Errors
    /// [`ReadError`] if there is no such file, or it may not be read.
    fn read_start(&self, path: &str, length: u64) -> Result<Vec<u8>, ReadError> {
        let mut content = self.read(path, LARGEST_WHOLE)?;
        content.truncate(usize::try_from(length).unwrap_or(usize::MAX));
        Ok(content)
    }

    /// Paths of all files at and below `path` (`""` or `"."`: the root) that `wanted` accepts, sorted; files that git
    /// ignores are left out. A directory that cannot be listed is an entry of its own.
    fn list(&self, path: &str, wanted: &(dyn Fn(&str) -> bool + Sync)) -> Vec<Listed>;

    /// Whether there is a file (not a directory) of that name.
    fn is_file(&self, path: &str) -> bool;

    /// What is about to be committed or pushed, if that is known.
    fn changes(&self) -> Option<&Changes> {
        None
    }
}

/// Whether a path is `directory` or below it, as [`World::list`] means it: `""` and `"."` are the root, and a slash at the end counts for
/// nothing.
pub fn is_at_or_below(path: &str, directory: &str) -> bool {
    let directory = directory.trim_end_matches('/');
    matches!(directory, "" | ".") || path.strip_prefix(directory).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// One result of [`World::list`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Listed {
    /// A file.
    File(String),
    /// A directory (or link) that could not be looked into, and why.
    Unreadable(String, ReadError),
}

/// Why a file could not be read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// There is no such file.
    #[error("no such file")]
    Missing,
    /// The operating system refused.
    #[error("{0}")]
    Refused(String),
    /// The file is larger than the limit.
    #[error("larger than {limit} bytes")]
    TooLarge {
        /// The limit, in bytes.
        limit: u64,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_those_asked_for() {
        for (path, asked, expected) in [("a/b", ".", true), ("a/b", "a/", true), ("a/b", "a/b", true), ("ab", "a", false)] {
            assert_eq!(is_at_or_below(path, asked), expected, "{path} in {asked}");
        }
    }
}

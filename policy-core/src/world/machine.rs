//! What may be asked of the machine that gopolicy runs on.

use std::collections::BTreeMap;
use std::ops::Range;

use super::ReadError;

/// A machine on which Go runs. Paths are absolute, in the machine's own spelling; text that is not Unicode is taken with
/// replacement characters.
///
/// Nothing here changes the machine, but [`Machine::can_make_files`] and [`Machine::run`], which leave nothing behind.
pub trait Machine: Sync {
    /// The environment of this process.
    fn variables(&self) -> BTreeMap<String, String>;

    /// The system it runs.
    fn platform(&self) -> Platform;

    /// The directory that Go would be run in.
    fn working_directory(&self) -> String;

    /// The user that asks; `None` where users have no numbers.
    fn user(&self) -> Option<u32>;

    /// The bytes of a regular file in a range of offsets, fewer if it ends before.
    ///
    /// # Errors
    /// [`ReadError`] if there is no such file, it is not a regular one, or it may not be read.
    fn read(&self, path: &str, range: Range<u64>) -> Result<Vec<u8>, ReadError>;

    /// The names in a directory, sorted; of very large directories not all of them.
    ///
    /// # Errors
    /// [`ReadError`] if there is no such directory or it may not be listed.
    fn list(&self, directory: &str) -> Result<Vec<String>, ReadError>;

    /// What is at a path, links followed.
    ///
    /// # Errors
    /// [`ReadError`] if there is nothing, or it may not be looked at.
    fn status(&self, path: &str) -> Result<PathStatus, ReadError>;

    /// The path with all links resolved; `None` if it leads nowhere.
    fn real_path(&self, path: &str) -> Option<String>;

    /// Whether the user may do this with what is at a path; `None` if that cannot be told.
    fn may(&self, access: Access, path: &str) -> Option<bool>;

    /// Whether a file can be made in a directory, found out by making one that is gone afterwards.
    fn can_make_files(&self, directory: &str) -> Option<bool>;

    /// Bytes that the user may still write on the file system of a path.
    fn free_space(&self, path: &str) -> Option<u64>;

    /// The file systems that are mounted, in the order in which they were.
    fn mounts(&self) -> Vec<Mount>;

    /// Runs a go command: without a shell, without input, in bounded time, and keeps a bounded part of its output.
    ///
    /// # Errors
    /// [`GoFailure`] if it cannot be started or does not end in time.
    fn run(&self, command: &GoCommand) -> Result<GoOutput, GoFailure>;
}

/// A system in Go's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Platform {
    /// GOOS: `linux`, `darwin`, `windows` …
    pub os: &'static str,
    /// GOARCH: `amd64`, `arm64` …
    pub arch: &'static str,
}

/// What there is at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PathStatus {
    /// What it is.
    pub kind: PathKind,
    /// The user it belongs to; `None` on Windows.
    pub owner: Option<u32>,
    /// The twelve lowest bits of its mode; `None` on Windows.
    pub mode: Option<u32>,
    /// Bytes of a file.
    pub size: u64,
}

/// What something at a path is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathKind {
    /// A directory.
    Directory,
    /// A regular file.
    File,
    /// A device, a socket, a pipe.
    Other,
}

/// What a user may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Read a file, list a directory.
    Read,
    /// Write a file, make files in a directory.
    Write,
    /// Run a file.
    Execute,
}

/// A mounted file system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mount {
    /// The directory it is mounted at.
    pub directory: String,
    /// Its type in the system's words: `ext4`, `nfs4`, `fuse.sshfs`.
    pub kind: String,
}

/// A go command to run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoCommand {
    /// Absolute path of the program.
    pub program: String,
    /// Its arguments.
    pub arguments: Vec<String>,
    /// Its whole environment.
    pub environment: BTreeMap<String, String>,
    /// The directory it runs in.
    pub directory: String,
}

/// What a go command printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GoOutput {
    /// Whether its exit status is 0.
    pub success: bool,
    /// Its standard output.
    pub stdout: Vec<u8>,
    /// Its standard error.
    pub stderr: Vec<u8>,
}

/// Why a go command gave no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GoFailure {
    /// It could not be started.
    #[error("cannot be run: {0}")]
    NotStarted(String),
    /// It was ended because it took too long.
    #[error("did not end within {seconds} seconds")]
    TimedOut {
        /// The limit.
        seconds: u64,
    },
}

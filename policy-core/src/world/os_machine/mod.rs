#![expect(clippy::disallowed_methods, reason = "this module is the door to the operating system")]

mod mounts;
mod process;
#[cfg(unix)]
#[path = "unix.rs"]
mod system;
#[cfg(not(unix))]
#[path = "other.rs"]
mod system;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::ReadError;
use super::machine::{Access, GoCommand, GoFailure, GoOutput, Machine, Mount, PathStatus, Platform};
use super::os::read_error;

/// Names that [`Machine::list`] gives at most.
const MOST_NAMES: usize = 10_000;

/// This machine.
#[derive(Clone, Debug)]
pub struct OsMachine {
    working_directory: String,
    time_limit: Duration,
}

impl OsMachine {
    /// How long a go command may take: many times what it needs, even on a slow disk.
    pub const TIME_LIMIT: Duration = Duration::from_secs(10);

    /// This machine, as a go command in a directory sees it; `directory` is absolute.
    pub fn at(directory: &Path) -> Self {
        Self { working_directory: as_shell_says(directory).to_string_lossy().into_owned(), time_limit: Self::TIME_LIMIT }
    }

    /// The same with another time limit for go commands.
    #[must_use]
    pub fn with_time_limit(self, time_limit: Duration) -> Self {
        Self { time_limit, ..self }
    }
}

/// The directory by the name that the shell has for it: Go, too, believes `$PWD` if it leads to the same place (`os.Getwd`).
fn as_shell_says(directory: &Path) -> PathBuf {
    let said = std::env::var_os("PWD").map(PathBuf::from).filter(|said| said.is_absolute());
    let real = directory.canonicalize().ok();
    said.filter(|said| real.is_some() && said.canonicalize().ok() == real).unwrap_or_else(|| directory.to_owned())
}

impl Machine for OsMachine {
    fn variables(&self) -> BTreeMap<String, String> {
        let lossy = |text: std::ffi::OsString| text.to_string_lossy().into_owned();
        std::env::vars_os().map(|(name, value)| (lossy(name), lossy(value))).collect()
    }

    fn platform(&self) -> Platform {
        Platform { os: goos(std::env::consts::OS), arch: goarch(std::env::consts::ARCH) }
    }

    fn working_directory(&self) -> String {
        self.working_directory.clone()
    }

    fn user(&self) -> Option<u32> {
        system::user()
    }

    fn read(&self, path: &str, range: Range<u64>) -> Result<Vec<u8>, ReadError> {
        // A pipe would be waited for, and some devices never end.
        let kind = std::fs::metadata(path).map_err(|error| read_error(&error))?;
        if !kind.is_file() {
            return Err(ReadError::Refused(String::from("not a regular file")));
        }
        read_range(path, range).map_err(|error| read_error(&error))
    }

    fn list(&self, directory: &str) -> Result<Vec<String>, ReadError> {
        let entries = std::fs::read_dir(directory).map_err(|error| read_error(&error))?;
        let names = entries.filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()));
        let mut names: Vec<String> = names.take(MOST_NAMES).collect();
        names.sort();
        Ok(names)
    }

    fn status(&self, path: &str) -> Result<PathStatus, ReadError> {
        std::fs::metadata(path).map(|metadata| system::status(&metadata)).map_err(|error| read_error(&error))
    }

    fn real_path(&self, path: &str) -> Option<String> {
        let real = Path::new(path).canonicalize().ok()?.to_string_lossy().into_owned();
        Some(real.strip_prefix(r"\\?\").map_or(real.clone(), str::to_owned))
    }

    fn may(&self, access: Access, path: &str) -> Option<bool> {
        system::may(access, path)
    }

    fn can_make_files(&self, directory: &str) -> Option<bool> {
        system::can_make_files(directory)
    }

    fn free_space(&self, path: &str) -> Option<u64> {
        system::free_space(path)
    }

    fn mounts(&self) -> Vec<Mount> {
        mounts::table()
    }

    fn run(&self, command: &GoCommand) -> Result<GoOutput, GoFailure> {
        process::run(command, self.time_limit)
    }
}

fn read_range(path: &str, range: Range<u64>) -> std::io::Result<Vec<u8>> {
    let mut file = File::open(path)?;
    if range.start > 0 {
        file.seek(SeekFrom::Start(range.start))?;
    }
    let mut bytes = Vec::new();
    file.take(range.end.saturating_sub(range.start)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Makes a file with a name that nobody uses, and takes it away.
fn makes_file(directory: &str) -> bool {
    let path = Path::new(directory).join(format!(".gopolicy-{}", std::process::id()));
    let made = std::fs::OpenOptions::new().write(true).create_new(true).open(&path).is_ok();
    made && std::fs::remove_file(&path).is_ok()
}

/// The system in Go's words (`internal/platform`).
fn goos(os: &'static str) -> &'static str {
    match os {
        "macos" => "darwin",
        "solaris" | "illumos" => "illumos",
        other => other,
    }
}

fn goarch(arch: &'static str) -> &'static str {
    match arch {
        "x86_64" => "amd64",
        "x86" => "386",
        "aarch64" => "arm64",
        "powerpc64" if cfg!(target_endian = "little") => "ppc64le",
        "powerpc64" => "ppc64",
        "loongarch64" => "loong64",
        other => other,
    }
}

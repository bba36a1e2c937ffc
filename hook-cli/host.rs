//! Everything that the binary learns from its process and does to the outside, apart from the files under judgement,
//! which are read through [`policy_core::world`].

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Read, Write};
use std::path::{Component, Path, PathBuf};

use crate::exit::Failure;
use crate::render::visible;

/// More is not read from standard input: no accepted file is that large.
const MOST_STDIN: u64 = 64 << 20;

/// The command line.
pub(crate) fn arguments() -> impl Iterator<Item = OsString> {
    std::env::args_os()
}

/// Where gopolicy runs.
pub(crate) struct Host {
    directory: PathBuf,
    root: PathBuf,
}

impl Host {
    /// The working directory and the repository it is in.
    pub(crate) fn here() -> Result<Self, Failure> {
        let directory = std::env::current_dir().map_err(|source| Failure::Read { what: "the working directory", source })?;
        let root = directory.ancestors().find(|ancestor| ancestor.join(".git").exists()).unwrap_or(&directory).to_owned();
        Ok(Self { directory, root })
    }

    /// What paths are shown relative to: the repository, or the working directory if it is in none.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// The working directory.
    pub(crate) fn directory(&self) -> &Path {
        &self.directory
    }

    /// Whether there is something of that name, readable or not.
    pub(crate) fn has(&self, path: &Path) -> bool {
        self.directory.join(path).symlink_metadata().is_ok()
    }

    /// `path` relative to the root, with `/`. One that leads out of the root stays absolute.
    pub(crate) fn label(&self, path: &Path) -> String {
        let absolute = lexically_normal(&self.directory.join(path));
        if let Some(label) = relative(&absolute, &self.root) {
            return label;
        }
        // The same place may have two names: on macOS `/tmp` is a link, and the working directory has none left.
        let resolved = absolute.canonicalize().ok().and_then(|resolved| relative(&resolved, &self.root));
        resolved.unwrap_or_else(|| slashed(&absolute))
    }
}

fn relative(path: &Path, root: &Path) -> Option<String> {
    path.strip_prefix(root).ok().map(|inside| if inside.as_os_str().is_empty() { String::from(".") } else { slashed(inside) })
}

fn slashed(path: &Path) -> String {
    let path = path.to_string_lossy();
    if cfg!(windows) { path.replace('\\', "/") } else { path.into_owned() }
}

/// Without `.` and `..`, and without asking the file system.
fn lexically_normal(path: &Path) -> PathBuf {
    path.components().fold(PathBuf::new(), |mut normal, component| {
        match component {
            Component::CurDir => {}
            Component::ParentDir => drop(normal.pop()),
            other => normal.push(other),
        }
        normal
    })
}

/// Whether standard output is a terminal that shows colours to someone who wants them (<https://no-color.org>).
pub(crate) fn colour_is_welcome() -> bool {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    // The old Windows console shows escape sequences as text; newer terminals there name themselves.
    let understands = !cfg!(windows) || is_set("WT_SESSION") || is_set("TERM") || is_set("ConEmuANSI");
    io::stdout().is_terminal() && !is_set("NO_COLOR") && !dumb && understands
}

/// All of standard input.
pub(crate) fn read_stdin() -> Result<Vec<u8>, Failure> {
    let mut content = Vec::new();
    let read = io::stdin().lock().take(MOST_STDIN).read_to_end(&mut content);
    read.map_err(|source| Failure::Read { what: "standard input", source }).map(|_| content)
}

/// Writes to standard output. That nobody reads on (`gopolicy … | head`) is no failure: the exit status still tells.
pub(crate) fn print(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    let mut out = BufWriter::new(io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::Write { destination: String::from("standard output"), source: error })
        }
        _ => Ok(()),
    }
}

/// Writes a file.
pub(crate) fn write_file(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    let written = File::create(path).and_then(|file| {
        let mut out = BufWriter::new(file);
        write(&mut out)?;
        out.flush()
    });
    written.map_err(|source| Failure::Write { destination: path.display().to_string(), source })
}

/// Says on standard error what went wrong. If that fails too there is nobody to tell.
pub(crate) fn complain(failure: &Failure) {
    let message: Vec<String> = failure.to_string().lines().map(visible).collect();
    let _ = writeln!(io::stderr().lock(), "error: {}", message.join("\n"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_relative_to_the_root() {
        let host = Host { directory: PathBuf::from("/repo/sub"), root: PathBuf::from("/repo") };
        let label = |path: &str| host.label(Path::new(path));
        assert_eq!(label("ci.yml"), "sub/ci.yml");
        assert_eq!(label("./a/.././../b"), "b");
        assert_eq!(label("../"), ".");
        assert_eq!(label("/repo/x"), "x");
        assert_eq!(label("../../elsewhere/x"), "/elsewhere/x");
    }
}

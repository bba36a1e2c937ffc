//! Everything that the binary learns from its process and does to the outside, apart from the files under judgement,
//! which are read through [`policy_core::world`].

use std::cell::OnceCell;
use std::ffi::OsString;
use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Read, Write};
use std::path::{Component, Path, PathBuf};
use std::time::SystemTime;

use policy_core::policy::config::Date;

use crate::exit::Failure;
use crate::git::Git;
use crate::render::{LARGEST_PAGE, visible};

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
    git: OnceCell<Git>,
}

impl Host {
    /// The working directory and the repository it is in.
    pub(crate) fn here() -> Result<Self, Failure> {
        let directory = std::env::current_dir().map_err(|source| Failure::Read { what: "the working directory", source })?;
        let root = directory.ancestors().find(|ancestor| is_repository(ancestor)).unwrap_or(&directory).to_owned();
        Ok(Self { directory, root, git: OnceCell::new() })
    }

    /// The git repository here, opened when it is first asked for.
    pub(crate) fn git(&self) -> Result<&Git, Failure> {
        if let Some(git) = self.git.get() {
            return Ok(git);
        }
        let git = Git::open()?;
        Ok(self.git.get_or_init(|| git))
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

/// Whether a repository starts here: one with a work tree, or a bare one (`is_git_directory` in git's setup.c).
fn is_repository(directory: &Path) -> bool {
    let has = |name: &str| directory.join(name).exists();
    has(".git") || (has("HEAD") && has("objects") && has("refs"))
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

/// The file of this program.
pub(crate) fn program() -> Result<PathBuf, Failure> {
    std::env::current_exe().map_err(|source| Failure::Read { what: "the path of this program", source })
}

/// A variable of the environment, if it is set to something.
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// What follows `prefix` in the names of the variables that start with it.
pub(crate) fn variables_after(prefix: &str) -> Vec<String> {
    std::env::vars_os().filter_map(|(name, _)| Some(name.to_str()?.strip_prefix(prefix)?.to_owned())).collect()
}

/// Where somebody sees how far a run is, unless they want quiet: standard error, if it is a terminal that understands control sequences.
pub(crate) fn terminal(quiet: bool) -> Option<io::Stderr> {
    let dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
    let stderr = io::stderr();
    (!quiet && !dumb && stderr.is_terminal()).then_some(stderr)
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

/// Whether this runs in a job of GitHub Actions, and so standard output is read by its runner:
/// <https://docs.github.com/en/actions/reference/workflows-and-actions/variables>.
pub(crate) fn is_github_job() -> bool {
    std::env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true")
}

/// Adds to the page that GitHub shows for the job, if there is one; `write` is told how many bytes there is room for. Findings are
/// printed too, so that it cannot be written is said, and no failure.
pub(crate) fn add_to_job_summary(write: impl FnOnce(usize, &mut dyn Write) -> io::Result<()>) {
    let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty()).map(PathBuf::from) else { return };
    let written = File::options().append(true).create(true).open(&path).and_then(|file| {
        let taken = usize::try_from(file.metadata()?.len()).unwrap_or(usize::MAX);
        let mut out = BufWriter::new(file);
        write(LARGEST_PAGE.saturating_sub(taken), &mut out)?;
        out.flush()
    });
    if let Err(source) = written {
        complain(&Failure::Write { destination: path.display().to_string(), source });
    }
}

/// Writes a file that must not be there yet.
pub(crate) fn write_new_file(path: &Path, text: &str) -> Result<(), Failure> {
    let written = File::options().write(true).create_new(true).open(path).and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|source| Failure::Write { destination: path.display().to_string(), source })
}

/// The day, in UTC.
pub(crate) fn today() -> Date {
    let since_epoch = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    Date::of_unix_time(since_epoch.as_secs())
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
        let host = Host { directory: PathBuf::from("/repo/sub"), root: PathBuf::from("/repo"), git: OnceCell::new() };
        let label = |path: &str| host.label(Path::new(path));
        assert_eq!(label("ci.yml"), "sub/ci.yml");
        assert_eq!(label("./a/.././../b"), "b");
        assert_eq!(label("../"), ".");
        assert_eq!(label("/repo/x"), "x");
        assert_eq!(label("../../elsewhere/x"), "/elsewhere/x");
    }
}

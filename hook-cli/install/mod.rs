//! Hooks of git itself, for those who use no hook client.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::args::GitHook;
use crate::exit::Failure;
use crate::host::Host;

/// The line that tells our hooks from others.
const MARK: &str = "# Written by `gopolicy install`";

/// A hook's file, and the place of the hook that was there before.
struct Place {
    file: PathBuf,
    before: PathBuf,
}

/// Who wrote a hook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Author {
    Nobody,
    Us,
    Others,
}

/// Writes these hooks, and says which. One of somebody else is kept and run first if `chain` is set.
///
/// # Errors
/// There is a hook of somebody else, and `chain` is not set; then nothing is written.
pub(crate) fn install(hooks: &[GitHook], chain: bool, program: &Path, host: &Host) -> Result<String, Failure> {
    let directory = host.git()?.hooks_directory()?;
    let places: Vec<(GitHook, Place)> = hooks.iter().map(|hook| (*hook, Place::of(*hook, &directory))).collect();
    for (_, place) in &places {
        place.check(chain)?;
    }
    fs::create_dir_all(&directory).map_err(|source| failed(&directory, source))?;
    let mut said = String::new();
    for (hook, place) in &places {
        let chained = place.install(&script(*hook, program))?;
        let behind = if chained { ", behind the hook that was there" } else { "" };
        said += &format!("installed {}{behind}\n", place.file.display());
    }
    Ok(said)
}

/// Removes our hooks, puts back those that were there before, and says which.
pub(crate) fn uninstall(host: &Host) -> Result<String, Failure> {
    let directory = host.git()?.hooks_directory()?;
    let mut said = String::new();
    for hook in GitHook::ALL {
        let place = Place::of(hook, &directory);
        if place.author()? == Author::Us {
            place.uninstall()?;
            said += &format!("removed {}\n", place.file.display());
        }
    }
    Ok(if said.is_empty() { String::from("nothing is installed here\n") } else { said })
}

impl Place {
    fn of(hook: GitHook, directory: &Path) -> Self {
        let file = directory.join(hook.name());
        Self { before: directory.join(format!("{}.before-gopolicy", hook.name())), file }
    }

    fn author(&self) -> Result<Author, Failure> {
        match fs::read(&self.file) {
            Ok(content) if String::from_utf8_lossy(&content).contains(MARK) => Ok(Author::Us),
            Ok(_) => Ok(Author::Others),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Author::Nobody),
            Err(error) => Err(failed(&self.file, error)),
        }
    }

    /// Whether the hook can be installed without losing anything.
    fn check(&self, chain: bool) -> Result<(), Failure> {
        let file = self.file.display();
        match self.author()? {
            Author::Others if !chain => {
                Err(Failure::Usage(format!("{file} is there already, and not ours; `--chain` keeps it and runs it first")))
            }
            Author::Others if self.before.exists() => {
                Err(Failure::Usage(format!("{file} cannot be kept: {} is there already", self.before.display())))
            }
            _ => Ok(()),
        }
    }

    /// Whether there was a hook before, which now runs first.
    fn install(&self, script: &str) -> Result<bool, Failure> {
        if self.author()? == Author::Others {
            fs::rename(&self.file, &self.before).map_err(|source| failed(&self.before, source))?;
        }
        fs::write(&self.file, script).and_then(|()| make_executable(&self.file)).map_err(|source| failed(&self.file, source))?;
        Ok(self.before.exists())
    }

    fn uninstall(&self) -> Result<(), Failure> {
        let done = if self.before.exists() { fs::rename(&self.before, &self.file) } else { fs::remove_file(&self.file) };
        done.map_err(|source| failed(&self.file, source))
    }
}

fn failed(path: &Path, source: io::Error) -> Failure {
    Failure::Write { destination: path.display().to_string(), source }
}

fn script(hook: GitHook, program: &Path) -> String {
    let template = match hook {
        GitHook::PreCommit | GitHook::PreMergeCommit => include_str!("pre-commit.sh"),
        GitHook::PrePush => include_str!("pre-push.sh"),
    };
    template.replace("@HOOK@", hook.name()).replace("@PROGRAM@", &quoted(&program.to_string_lossy()))
}

/// As one word of a shell. Windows' own separators would be lost in Git's shell there.
fn quoted(path: &str) -> String {
    let path = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
    format!("'{}'", path.replace('\'', r"'\''"))
}

#[cfg(unix)]
fn make_executable(file: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(file, fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn make_executable(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_ours_and_complete() {
        for hook in GitHook::ALL {
            let script = script(hook, Path::new("/it's here/gopolicy"));
            assert!(script.contains(MARK) && script.contains(r"program='/it'\''s here/gopolicy'"), "{script}");
            assert!(!script.contains('@') || script.contains("\"$@\"") && !script.contains("@HOOK@"), "{script}");
        }
    }
}

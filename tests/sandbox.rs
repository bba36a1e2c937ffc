//! Runs the binary so that nothing of the machine or the CI that runs the tests shows through.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// Variables that gopolicy, Go, git or a CI would look at.
const SCRUBBED: &[&str] = &["CI", "NO_COLOR", "TERM", "CLICOLOR", "CLICOLOR_FORCE", "XDG_CONFIG_HOME", "CC", "CXX", "CGO_ENABLED"];
const SCRUBBED_PREFIXES: &[&str] = &["GITHUB_", "RUNNER_", "ACTIONS_", "GO", "GIT_", "CGO_"];

/// A directory with a home of its own, in which the binary is run.
pub(crate) struct Sandbox {
    root: TempDir,
}

impl Sandbox {
    /// A directory in no repository.
    pub(crate) fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        for directory in ["home", "work"] {
            std::fs::create_dir(root.path().join(directory)).unwrap();
        }
        Self { root }
    }

    /// A repository.
    pub(crate) fn repository() -> Self {
        let sandbox = Self::new();
        std::fs::create_dir(sandbox.path(".git")).unwrap();
        sandbox
    }

    /// The path of a file in it.
    pub(crate) fn path(&self, path: impl AsRef<Path>) -> std::path::PathBuf {
        self.root.path().join("work").join(path)
    }

    /// The home directory, which is not the directory that the binary runs in.
    #[cfg(unix)]
    pub(crate) fn home(&self) -> std::path::PathBuf {
        self.root.path().join("home")
    }

    /// Writes a file.
    pub(crate) fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    /// The binary, ready to be run here.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        self.command_of(env!("CARGO_BIN_EXE_gopolicy"), arguments)
    }

    /// Another program, ready to be run here.
    pub(crate) fn command_of(&self, program: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(self.path("")).stdin(Stdio::null());
        let is_scrubbed = |name: &str| SCRUBBED.contains(&name) || SCRUBBED_PREFIXES.iter().any(|prefix| name.starts_with(prefix));
        for (name, _) in std::env::vars_os() {
            if is_scrubbed(&name.to_string_lossy()) {
                command.env_remove(name);
            }
        }
        let home = self.root.path().join("home");
        command.env("HOME", &home).env("USERPROFILE", &home);
        command
    }

    /// Runs the binary to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        Ran::from(self.command(arguments).output().unwrap())
    }

    /// Runs the binary with something on standard input.
    pub(crate) fn run_with_stdin(&self, arguments: &[&str], stdin: &str) -> Ran {
        let mut command = self.command(arguments);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(stdin.as_bytes()).unwrap();
        Ran::from(child.wait_with_output().unwrap())
    }
}

/// How a run ended and what it wrote.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) status: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self { status: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }
}

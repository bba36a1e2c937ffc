//! A stand-in for a runner's machine: its directories in a mount namespace, a shell in there that runs steps, and a `go` that writes
//! down what it sees.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use tempfile::TempDir;

use super::generator::DIRECTORIES;
use super::workflow::{Variables, WORKSPACE};

/// What one `go` command saw.
#[derive(Debug)]
pub(super) struct Seen {
    pub(super) argv: Vec<String>,
    pub(super) env: Variables,
}

/// Mounts a directory as `/home/runner`, then runs what it is told: a directory and a file with a command line, ended by NULs.
const SUPERVISOR: &str = r#"
mount -t tmpfs tmpfs /home && mkdir /home/runner && mount --bind "$1" /home/runner || exit 1
echo ready
while IFS= read -r directory; do
    if (cd "$directory" && exec xargs -0 -a "$2" env) < /dev/null > /dev/null 2>&1; then echo passed; else echo failed; fi
done
"#;

/// Writes down its arguments and environment, and in which order it was called. `go fail` fails.
const GO: &str = r#"#!/bin/sh
{ printf '%s\0' "$#" "$@"; cat /proc/$$/environ; } > RECORDS/$$
echo $$ >> RECORDS/order
[ "$1" != fail ]
"#;

pub(super) struct Machine {
    root: TempDir,
    supervisor: Child,
    orders: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Machine {
    /// `None` where namespaces cannot be made.
    pub(super) fn new() -> Option<Self> {
        let root = tempfile::tempdir().unwrap();
        let path = |name: &str| root.path().join(name);
        for directory in ["bin", "home", "records"] {
            fs::create_dir(path(directory)).unwrap();
        }
        let work = path("home").join(WORKSPACE.trim_start_matches("/home/runner/"));
        DIRECTORIES.iter().for_each(|directory| fs::create_dir_all(work.join(directory)).unwrap());
        fs::write(path("bin/go"), GO.replace("RECORDS", path("records").to_str().unwrap())).unwrap();
        assert!(Command::new("chmod").arg("+x").arg(path("bin/go")).status().unwrap().success());
        let mut command = Command::new("unshare");
        command.args(["--map-root-user", "--mount", "bash", "-c", SUPERVISOR, "supervisor"]).arg(path("home")).arg(path("command"));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut supervisor = command.spawn().ok()?;
        let (orders, answers) = (supervisor.stdin.take().unwrap(), BufReader::new(supervisor.stdout.take().unwrap()));
        let mut machine = Self { root, supervisor, orders, answers };
        (machine.answer() == "ready").then_some(machine)
    }

    fn answer(&mut self) -> String {
        let mut line = String::new();
        self.answers.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    /// PATH of the image.
    pub(super) fn image_path(&self) -> String {
        format!("{}:/usr/local/bin:/usr/bin:/bin", self.path("bin").display())
    }

    /// Whose text it writes to the runner's files: by the name of the variable.
    pub(super) fn written(&self, name: &str) -> String {
        String::from_utf8_lossy(&fs::read(self.path(name)).unwrap()).into_owned()
    }

    /// What a process has without any `env:`.
    pub(super) fn base(&self) -> Variables {
        let fixed = [("HOME", "/home/runner"), ("CI", "true"), ("GITHUB_ACTIONS", "true"), ("LANG", "C.UTF-8"), ("RUNNER_OS", "Linux")];
        let fixed = fixed.into_iter().chain([("GITHUB_WORKSPACE", WORKSPACE), ("XDG_CONFIG_HOME", "/home/runner/.config")]);
        let files = ["GITHUB_ENV", "GITHUB_PATH", "GITHUB_OUTPUT"].map(|name| (name, self.path(name).display().to_string()));
        let fixed = fixed.map(|(name, value)| (name, value.to_owned()));
        fixed.chain(files).chain([("PATH", self.image_path())]).map(|(name, value)| (name.to_owned(), value)).collect()
    }

    /// Runs a script by a shell's command line; whether it succeeded, and its go commands in order.
    pub(super) fn run(&mut self, shell: &str, script: &str, directory: &str, env: &Variables) -> (bool, Vec<Seen>) {
        fs::remove_dir_all(self.path("records")).unwrap();
        fs::create_dir(self.path("records")).unwrap();
        for name in ["GITHUB_ENV", "GITHUB_PATH", "GITHUB_OUTPUT"] {
            fs::write(self.path(name), "").unwrap();
        }
        fs::write(self.path("script.sh"), script).unwrap();
        let file = self.path("script.sh").display().to_string();
        let settings = env.iter().map(|(name, value)| format!("{name}={value}\0"));
        let words = shell.split(' ').map(|word| format!("{}\0", word.replace("{0}", &file)));
        let line: String = ["-i\0".to_owned()].into_iter().chain(settings).chain(words).collect();
        fs::write(self.path("command"), line).unwrap();
        writeln!(self.orders, "{directory}").unwrap();
        let answer = self.answer();
        assert!(answer == "passed" || answer == "failed", "the supervisor has died: {answer:?}");
        (answer == "passed", recorded(&self.path("records")))
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        let _ = self.supervisor.kill();
        let _ = self.supervisor.wait();
    }
}

fn recorded(directory: &Path) -> Vec<Seen> {
    let order = fs::read_to_string(directory.join("order")).unwrap_or_default();
    order.lines().map(|name| seen(&fs::read(directory.join(name)).unwrap())).collect()
}

fn seen(bytes: &[u8]) -> Seen {
    let text = String::from_utf8_lossy(bytes);
    let mut parts = text.split('\0');
    let count: usize = parts.next().unwrap().parse().unwrap();
    let words = parts.by_ref().take(count).map(str::to_owned);
    let argv = [String::from("go")].into_iter().chain(words).collect();
    let env: BTreeMap<_, _> =
        parts.filter_map(|entry| entry.split_once('=')).map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    Seen { argv, env }
}

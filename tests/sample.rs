//! Sample repositories, made with the real git.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::sandbox::Ran;

/// A workflow without findings.
pub(crate) const CLEAN: &str = r#"
on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - uses: actions/setup-go@v6
        with: { go-version-file: go.mod }
      - run: go test ./...
"#;

/// A workflow with one finding, `checksum-database-off`.
pub(crate) const CHECKSUMS_OFF: &str = r#"
on: push
jobs:
  test:
    runs-on: ubuntu-latest
    env:
      GOSUMDB: "off"
    steps:
      - uses: actions/checkout@v5
      - uses: actions/setup-go@v6
        with: { go-version-file: go.mod }
      - run: go test ./...
"#;

pub(crate) fn sample_repository(directory: &Path, workflow: &str) -> PathBuf {
    write(&directory.join(".github/workflows/ci.yml"), workflow);
    write(&directory.join("go.mod"), "module example.com/sample\n\ngo 1.24.0\n");
    write(&directory.join("notes.txt"), "nothing about Go\n");
    commit_all(directory);
    directory.to_path_buf()
}

pub(crate) fn commit_all(directory: &Path) {
    git(directory, &["init", "--quiet", "--initial-branch=main"]);
    git(directory, &["add", "--all", "--force"]);
    git(directory, &["commit", "--quiet", "--message=all"]);
}

pub(crate) fn git(directory: &Path, arguments: &[&str]) -> String {
    let output = git_command(directory, arguments).output().unwrap();
    assert!(output.status.success(), "git {arguments:?}: {}", text(&output));
    String::from_utf8(output.stdout).unwrap()
}

pub(crate) fn write(path: &Path, content: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
}

pub(crate) fn text(output: &Output) -> String {
    [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned()).concat()
}

/// Takes away what a surrounding hook, CI job or user's git configuration would bring in.
pub(crate) fn scrub(command: &mut Command) {
    const PREFIXES: [&str; 6] = ["GIT_", "GITHUB_", "PRE_COMMIT", "PREK_", "RUNNER_", "CARGO_PKG_"];
    for (name, _) in std::env::vars().filter(|(name, _)| name == "SKIP" || PREFIXES.iter().any(|prefix| name.starts_with(prefix))) {
        command.env_remove(name);
    }
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    for role in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{role}_NAME"), "test").env(format!("GIT_{role}_EMAIL"), "test@example.com");
    }
}

/// git, ready to be run in a directory.
pub(crate) fn git_command(directory: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.args(arguments).current_dir(directory);
    scrub(&mut command);
    command
}

/// The binary, ready to be run in a directory.
pub(crate) fn gopolicy_command(directory: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gopolicy"));
    command.args(arguments).current_dir(directory);
    scrub(&mut command);
    command
}

/// Runs the binary in a directory.
pub(crate) fn gopolicy(directory: &Path, arguments: &[&str]) -> Ran {
    Ran::from(gopolicy_command(directory, arguments).output().unwrap())
}

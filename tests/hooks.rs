//! The hook as users get it: fetched, compiled and run by the real pre-commit and prek, on sample repositories.
//!
//! The clients come from `scripts/setup-tests`. Without them these tests say so and pass, but under `CI=true` they fail.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use crate::checkout::{fresh_directory, project, skip};

const CLEAN: &str = r#"
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

const CHECKSUMS_OFF: &str = r#"
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

#[test]
fn pre_commit_compiles_and_runs_the_hook() {
    assert_client_runs_hook("pre-commit", "gopolicy");
}

#[test]
fn prek_compiles_and_runs_the_hook() {
    assert_client_runs_hook("prek", "gopolicy");
}

#[test]
fn pre_commit_runs_the_hook_with_a_gopolicy_found_on_path() {
    assert_client_runs_hook("pre-commit", "gopolicy-system");
}

#[test]
fn pre_commit_try_repo_runs_the_hook() {
    let Some(client) = Client::named("pre-commit", "try-repo") else { return };
    let sample = sample_repository(&client.room.join("sample"), CLEAN);
    let hooks = hook_repository().to_str().unwrap();
    assert_passed(&client.run_in(&sample, &["try-repo", hooks, "gopolicy", "--all-files"]));
}

#[test]
fn a_commit_that_touches_nothing_about_go_skips_the_hook() {
    let Some(client) = Client::named("pre-commit", "skips") else { return };
    let sample = configured_sample(&client, "gopolicy-system", CHECKSUMS_OFF);
    let run = client.run_in(&sample, &["run", "--files", "notes.txt"]);
    assert!(run.status.success() && text(&run).contains("Skipped"), "{}", text(&run));
}

/// Hooks get the environment of the user who commits.
#[test]
fn pre_commit_judges_the_environment_of_the_user() {
    let Some(client) = Client::named("pre-commit", "gopolicy-env") else { return };
    let sample = configured_sample(&client, "gopolicy-env", CLEAN);
    let run = client.run_with(&sample, &["run", "--files", "notes.txt"], &[("GOSUMDB", "off")]);
    assert_eq!(run.status.code(), Some(1), "{}", text(&run));
    assert!(text(&run).contains("checksum-database-off") && text(&run).contains("<environment>"), "{}", text(&run));
    assert_passed(&client.run_with(&sample, &["run", "--files", "notes.txt"], &[("GOSUMDB", "")]));
}

/// The client passes the hook on a clean repository, and fails it, naming the rule, on one that turns checksums off.
fn assert_client_runs_hook(client: &str, hook: &str) {
    let Some(client) = Client::named(client, hook) else { return };
    let clean = configured_sample(&client, hook, CLEAN);
    assert_passed(&client.run_in(&clean, &["run", "--all-files"]));
    let faulty = configured_sample(&client, hook, CHECKSUMS_OFF);
    let run = client.run_in(&faulty, &["run", "--all-files"]);
    assert_eq!(run.status.code(), Some(1), "{}", text(&run));
    assert!(text(&run).contains("checksum-database-off"), "{}", text(&run));
}

/// Exit status 0 is not enough: a hook whose `files` match nothing is skipped with it.
fn assert_passed(run: &Output) {
    assert!(run.status.success() && text(run).contains("Passed"), "{}", text(run));
}

/// A hook client with a room of its own: nothing it installed before helps it, and nothing of the user's is touched.
struct Client {
    program: PathBuf,
    room: PathBuf,
}

impl Client {
    fn named(name: &str, purpose: &str) -> Option<Self> {
        let program = project().join("target/tools/venv/bin").join(name);
        if !program.is_file() {
            skip(&format!("{name} is absent; scripts/setup-tests installs it"));
            return None;
        }
        Some(Self { program, room: fresh_directory(&format!("hooks/{name}-{purpose}")) })
    }

    fn run_in(&self, directory: &Path, arguments: &[&str]) -> Output {
        self.run_with(directory, arguments, &[])
    }

    fn run_with(&self, directory: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
        let mut command = Command::new(&self.program);
        command.args(arguments).current_dir(directory).env("PATH", path_with_gopolicy());
        scrub(&mut command);
        command.env("PRE_COMMIT_HOME", self.room.join("home")).env("PREK_HOME", self.room.join("home"));
        command.envs(variables.iter().copied());
        compile_together(&mut command);
        command.output().unwrap()
    }
}

/// All installations compile in one directory, and without optimisation: what is tested is that they succeed.
fn compile_together(command: &mut Command) {
    command
        .env("CARGO_TARGET_DIR", project().join("target/hook-clients"))
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
}

/// Takes away what a surrounding hook, CI job or user's git configuration would bring in.
fn scrub(command: &mut Command) {
    const PREFIXES: [&str; 6] = ["GIT_", "GITHUB_", "PRE_COMMIT", "PREK_", "RUNNER_", "CARGO_PKG_"];
    for (name, _) in std::env::vars().filter(|(name, _)| name == "SKIP" || PREFIXES.iter().any(|prefix| name.starts_with(prefix))) {
        command.env_remove(name);
    }
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    for role in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{role}_NAME"), "test").env(format!("GIT_{role}_EMAIL"), "test@example.com");
    }
}

fn path_with_gopolicy() -> std::ffi::OsString {
    let built = Path::new(env!("CARGO_BIN_EXE_gopolicy")).parent().unwrap().to_path_buf();
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::join_paths(std::iter::once(built).chain(std::env::split_paths(&path))).unwrap()
}

/// A repository with this workflow, and a configuration that names the hook as a user would.
fn configured_sample(client: &Client, hook: &str, workflow: &str) -> PathBuf {
    let name = if workflow == CLEAN { "clean" } else { "faulty" };
    let sample = sample_repository(&client.room.join(name), workflow);
    let hooks = hook_repository().display();
    write(
        &sample.join(".pre-commit-config.yaml"),
        &format!("repos:\n  - repo: {hooks}\n    rev: v0\n    hooks:\n      - id: {hook}\n        verbose: true\n"),
    );
    git(&sample, &["add", "--all"]);
    sample
}

fn sample_repository(directory: &Path, workflow: &str) -> PathBuf {
    write(&directory.join(".github/workflows/ci.yml"), workflow);
    write(&directory.join("go.mod"), "module example.com/sample\n\ngo 1.24.0\n");
    write(&directory.join("notes.txt"), "nothing about Go\n");
    commit_all(directory);
    directory.to_path_buf()
}

/// A git repository with the files of this checkout as they are now, committed or not, tagged `v0`.
fn hook_repository() -> &'static Path {
    static REPOSITORY: OnceLock<PathBuf> = OnceLock::new();
    REPOSITORY.get_or_init(|| {
        let copy = fresh_directory("hooks/repository");
        let listed = git(project(), &["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
        for file in listed.split('\0').filter(|file| project().join(file).is_file()) {
            let target = copy.join(file);
            fs::create_dir_all(target.parent().unwrap()).unwrap();
            fs::copy(project().join(file), target).unwrap();
        }
        commit_all(&copy);
        git(&copy, &["tag", "v0"]);
        copy
    })
}

fn commit_all(directory: &Path) {
    git(directory, &["init", "--quiet", "--initial-branch=main"]);
    git(directory, &["add", "--all", "--force"]);
    git(directory, &["commit", "--quiet", "--message=all"]);
}

fn git(directory: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new("git");
    command.args(arguments).current_dir(directory);
    scrub(&mut command);
    let output = command.output().unwrap();
    assert!(output.status.success(), "git {arguments:?}: {}", text(&output));
    String::from_utf8(output.stdout).unwrap()
}

fn write(path: &Path, content: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
}

fn text(output: &Output) -> String {
    [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned()).concat()
}

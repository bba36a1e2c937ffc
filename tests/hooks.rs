//! The hook as users get it: fetched, compiled and run by the real pre-commit and prek, on sample repositories.
//!
//! The clients come from `scripts/setup-tests`. Without them these tests say so and pass, but under `CI=true` they fail.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use crate::checkout::{fresh_directory, project, skip};
use crate::sample::{CHECKSUMS_OFF, CLEAN, commit_all, git, sample_repository, scrub, text, write};

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
fn pre_commit_guards_commits_merges_and_pushes() {
    assert_client_guards("pre-commit");
}

#[test]
fn prek_guards_commits_merges_and_pushes() {
    assert_client_guards("prek");
}

/// Installed in a repository that holds an old fault already, the hook stops new ones only.
fn assert_client_guards(name: &str) {
    let Some(client) = Client::named(name, "guards") else { return };
    let sample = configured_sample(&client, "gopolicy-system", CLEAN);
    write(&sample.join(".github/workflows/old.yml"), CHECKSUMS_OFF);
    commit_unchecked(&sample, "old fault");
    assert_succeeds(&client.run_in(&sample, &["install", "-t", "pre-commit", "-t", "pre-merge-commit", "-t", "pre-push"]));
    for (what, check) in GUARDED {
        git(&sample, &["switch", "--quiet", "--force", "--create", what, "main"]);
        check(&client, &sample);
        git(&sample, &["reset", "--quiet", "--hard"]);
    }
}

type Guarded = (&'static str, fn(&Client, &Path));

const GUARDED: [Guarded; 8] = [
    ("files-without-a-fault", guards_nothing),
    ("new-fault", guards_against_a_new_fault),
    ("fix", lets_a_fix_through),
    ("staged-and-not-on-disk", guards_what_is_staged),
    ("deleted-file", guards_against_a_deletion),
    ("excluded-file", heeds_an_exclusion),
    ("merge", guards_merges),
    ("push", guards_pushes),
];

fn guards_nothing(client: &Client, sample: &Path) {
    write(&sample.join("notes.txt"), "more");
    assert_succeeds(&client.commit(sample));
    write(&sample.join("go.mod"), "module example.com/sample\n\ngo 1.25.0\n");
    assert_succeeds(&client.commit(sample));
}

fn guards_against_a_new_fault(client: &Client, sample: &Path) {
    write(&sample.join(".github/workflows/new.yml"), CHECKSUMS_OFF);
    let stopped = client.commit(sample);
    assert_stopped(&stopped, "new.yml:7");
    assert!(!text(&stopped).contains("old.yml"), "{}", text(&stopped));
}

/// A commit that was stopped passes once the fault is fixed, and not before the fix is staged. Fixing an old fault passes too.
fn lets_a_fix_through(client: &Client, sample: &Path) {
    let workflow = sample.join(".github/workflows/new.yml");
    write(&workflow, CHECKSUMS_OFF);
    assert_stopped(&client.commit(sample), "new.yml:7");
    write(&workflow, CLEAN);
    assert_stopped(&client.git(sample, &["commit", "--message=fix"]), "new.yml:7");
    assert_eq!(fs::read_to_string(&workflow).unwrap(), CLEAN, "the fix is still there");
    assert_succeeds(&client.commit(sample));
    assert_eq!(git(sample, &["show", "HEAD:.github/workflows/new.yml"]), CLEAN);
    write(&sample.join(".github/workflows/old.yml"), CLEAN);
    assert_succeeds(&client.commit(sample));
}

fn guards_what_is_staged(client: &Client, sample: &Path) {
    let workflow = sample.join(".github/workflows/new.yml");
    write(&workflow, CHECKSUMS_OFF);
    git(sample, &["add", "--all"]);
    write(&workflow, CLEAN);
    assert_stopped(&client.git(sample, &["commit", "--message=faulty"]), "new.yml:7");
    git(sample, &["add", "--all"]);
    write(&workflow, CHECKSUMS_OFF);
    write(&sample.join(".github/workflows/untracked.yml"), CHECKSUMS_OFF);
    assert_succeeds(&client.git(sample, &["commit", "--message=clean"]));
    fs::remove_file(sample.join(".github/workflows/untracked.yml")).unwrap();
}

fn guards_against_a_deletion(client: &Client, sample: &Path) {
    git(sample, &["rm", "--quiet", "go.mod"]);
    let stopped = client.git(sample, &["commit", "--message=deletion"]);
    assert_stopped(&stopped, "go-version-file-missing");
    assert!(text(&stopped).contains("ci.yml"), "{}", text(&stopped));
}

/// The configuration excludes `examples/`.
fn heeds_an_exclusion(client: &Client, sample: &Path) {
    write(&sample.join("examples/.github/workflows/ci.yml"), CHECKSUMS_OFF);
    assert_succeeds(&client.commit(sample));
}

/// What one side brings is none of the merge's business; what is new on neither is.
fn guards_merges(client: &Client, sample: &Path) {
    write(&sample.join("notes.txt"), "ours");
    commit_unchecked(sample, "ours");
    git(sample, &["switch", "--quiet", "--create", "other", "main"]);
    write(&sample.join(".github/workflows/theirs.yml"), CHECKSUMS_OFF);
    commit_unchecked(sample, "theirs");
    git(sample, &["switch", "--quiet", "merge"]);
    assert_succeeds(&client.git(sample, &["merge", "--no-ff", "--no-edit", "other"]));
    git(sample, &["reset", "--quiet", "--hard", "HEAD~"]);
    git(sample, &["merge", "--quiet", "--no-ff", "--no-commit", "other"]);
    write(&sample.join(".github/workflows/neither.yml"), CHECKSUMS_OFF);
    let stopped = client.commit(sample);
    assert_stopped(&stopped, "neither.yml:7");
    assert!(!text(&stopped).contains("theirs.yml"), "{}", text(&stopped));
}

/// What is pushed is judged, whatever is checked out, and only what the other side does not have.
fn guards_pushes(client: &Client, sample: &Path) {
    let remote = client.room.join("remote.git");
    git(sample, &["clone", "--quiet", "--bare", ".", remote.to_str().unwrap()]);
    git(sample, &["remote", "add", "origin", remote.to_str().unwrap()]);
    git(sample, &["fetch", "--quiet", "origin"]);
    write(&sample.join(".github/workflows/new.yml"), CHECKSUMS_OFF);
    commit_unchecked(sample, "faulty");
    git(sample, &["switch", "--quiet", "main"]);
    assert_stopped(&client.git(sample, &["push", "origin", "push"]), "new.yml:7");
    git(sample, &["switch", "--quiet", "push"]);
    write(&sample.join(".github/workflows/new.yml"), CLEAN);
    commit_unchecked(sample, "mended");
    assert_succeeds(&client.git(sample, &["push", "origin", "push"]));
}

fn assert_succeeds(run: &Output) {
    assert!(run.status.success(), "{}", text(run));
}

fn assert_stopped(run: &Output, by: &str) {
    assert!(!run.status.success() && text(run).contains(by), "{}", text(run));
}

fn commit_unchecked(directory: &Path, message: &str) {
    git(directory, &["add", "--all"]);
    git(directory, &["commit", "--quiet", "--no-verify", "--message", message]);
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

/// The wheel that `pyproject.toml` describes, as `language: python` installs it.
#[test]
fn pre_commit_runs_the_hook_from_a_wheel() {
    let Some(client) = Client::named("pre-commit", "wheel") else { return };
    let Some(wheel) = wheel(&client.room) else { return };
    for (workflow, passes) in [(CLEAN, true), (CHECKSUMS_OFF, false)] {
        let sample = sample_repository(&client.room.join(if passes { "clean" } else { "faulty" }), workflow);
        let hook = format!(
            "repos:\n  - repo: local\n    hooks:\n      - id: gopolicy\n        name: gopolicy\n        language: python\n        \
             additional_dependencies: [{}]\n        entry: gopolicy lint --hook\n        require_serial: true\n        always_run: true\n",
            wheel.display()
        );
        write(&sample.join(".pre-commit-config.yaml"), &hook);
        git(&sample, &["add", "--all"]);
        let run = client.run_in(&sample, &["run", "--all-files"]);
        assert_eq!((run.status.success(), text(&run).contains("checksum-database-off")), (passes, !passes), "{}", text(&run));
    }
}

/// Built without optimisation, from what is compiled already.
fn wheel(room: &Path) -> Option<PathBuf> {
    let maturin = project().join("target/tools/venv/bin/maturin");
    if !maturin.is_file() {
        skip("maturin is absent; scripts/setup-tests installs it");
        return None;
    }
    let wheels = room.join("wheels");
    let built = Command::new(maturin).args(["build", "--profile", "dev", "--out"]).arg(&wheels).current_dir(project()).output().unwrap();
    assert!(built.status.success(), "{}", text(&built));
    fs::read_dir(wheels).unwrap().next().map(|wheel| wheel.unwrap().path())
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
        self.run(&self.program, directory, arguments, &[])
    }

    fn run_with(&self, directory: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
        self.run(&self.program, directory, arguments, variables)
    }

    /// Runs git, which runs the hooks that the client has installed.
    fn git(&self, directory: &Path, arguments: &[&str]) -> Output {
        self.run(Path::new("git"), directory, arguments, &[])
    }

    /// Stages everything and commits it.
    fn commit(&self, directory: &Path) -> Output {
        git(directory, &["add", "--all"]);
        self.git(directory, &["commit", "--message=change"])
    }

    fn run(&self, program: &Path, directory: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
        let mut command = Command::new(program);
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
        &format!(
            "repos:\n  - repo: {hooks}\n    rev: v0\n    hooks:\n      - id: {hook}\n        verbose: true\n        exclude: ^examples/\n"
        ),
    );
    git(&sample, &["add", "--all"]);
    sample
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

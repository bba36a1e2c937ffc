//! The action: that its steps do what they should, and that the README shows how to use it.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

use crate::checkout::{fresh_directory, project, skip};
use crate::sandbox::Sandbox;

const README: &str = include_str!("../README.md");
const ACTION: &str = include_str!("../action.yml");

/// Stands in for cargo: puts the gopolicy that is tested where it should be installed, and writes down that it was called.
const CARGO: &str = r#"#!/bin/sh
[ "$PWD" = "$GITHUB_ACTION_PATH" ] || exit 70
for last; do :; done
mkdir -p "$last/bin" && cp "$TESTED_GOPOLICY" "$last/bin/gopolicy" && echo "$*" >> "$last/calls"
"#;

/// A job in which the action runs.
struct Job {
    sandbox: Sandbox,
    runner_temp: std::path::PathBuf,
}

impl Job {
    fn new(name: &str) -> Self {
        let sandbox = Sandbox::repository();
        let workflow = fs::read_to_string(project().join("examples/quick-start/.github/workflows/ci.yml")).unwrap();
        sandbox.write(".github/workflows/ci.yml", workflow);
        let runner_temp = fresh_directory(name);
        fs::write(runner_temp.join("cargo"), CARGO).unwrap();
        fs::set_permissions(runner_temp.join("cargo"), fs::Permissions::from_mode(0o755)).unwrap();
        Self { sandbox, runner_temp }
    }

    fn run(&self, step: &str, inputs: &[(&str, &str)]) -> Output {
        let path = format!("{}:{}", self.runner_temp.display(), std::env::var("PATH").unwrap());
        let mut command = Command::new(project().join("scripts/action"));
        command.arg(step).current_dir(self.sandbox.path("")).env("PATH", path).env("TESTED_GOPOLICY", env!("CARGO_BIN_EXE_gopolicy"));
        command.env("GITHUB_ACTION_PATH", project()).env("RUNNER_TEMP", &self.runner_temp).env("GITHUB_ACTIONS", "true");
        command.env_remove("GITHUB_STEP_SUMMARY").envs(inputs.iter().copied()).output().unwrap()
    }
}

#[test]
fn builds_once_and_lints() {
    let job = Job::new("action-lints");
    for _ in 0..2 {
        let run = job.run("lint", &[]);
        assert_eq!(run.status.code(), Some(1), "{run:?}");
        assert!(String::from_utf8_lossy(&run.stdout).starts_with("::error file=.github/workflows/ci.yml,line=9"), "{run:?}");
    }
    let calls = fs::read_to_string(job.runner_temp.join("gopolicy/calls")).unwrap();
    assert_eq!(calls.lines().count(), 1, "{calls}");
}

#[test]
fn inputs_become_arguments_and_nothing_else() {
    let job = Job::new("action-inputs");
    let lint = |inputs: &[(&str, &str)]| job.run("lint", inputs);
    let accepted = lint(&[
        ("GOPOLICY_PATHS", ".github/workflows/ci.yml\n"),
        ("GOPOLICY_POLICIES", "cache\nworkflows"),
        ("GOPOLICY_FAIL_ON", "never"),
        ("GOPOLICY_SARIF_FILE", "a b.sarif"),
    ]);
    assert_eq!(accepted.status.code(), Some(0), "{accepted:?}");
    assert!(fs::read_to_string(job.sandbox.path("a b.sarif")).unwrap().contains("\"2.1.0\""));
    for hostile in ["--help", "$(touch touched)", "; touch touched", "`touch touched`"] {
        let run = lint(&[("GOPOLICY_PATHS", hostile)]);
        assert_eq!(run.status.code(), Some(2), "{hostile}: {run:?}");
    }
    assert!(!job.sandbox.path("touched").exists());
}

#[test]
fn the_cache_key_is_that_of_the_sources() {
    let job = Job::new("action-key");
    let key = String::from_utf8(job.run("key", &[]).stdout).unwrap();
    let digest = key.trim().strip_prefix("key=").unwrap();
    assert!(digest.len() == 40 && digest.bytes().all(|byte| byte.is_ascii_hexdigit()), "{key}");
    assert_eq!(String::from_utf8(job.run("key", &[]).stdout).unwrap(), key);
}

#[test]
fn other_actions_are_pinned_by_hash() {
    let used: Vec<&str> = ACTION.lines().filter_map(|line| line.trim().trim_start_matches("- ").strip_prefix("uses: ")).collect();
    assert!(!used.is_empty());
    for action in used {
        let hash = action.split(['@', ' ']).nth(1).unwrap();
        assert!(hash.len() == 40 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()), "{action}");
    }
}

#[test]
fn the_script_reads_what_the_action_sets() {
    let script = include_str!("../scripts/action");
    let names = |text: &str| -> BTreeSet<String> {
        let is_name = |c: char| c.is_ascii_uppercase() || c == '_';
        text.split(|c| !is_name(c))
            .filter(|word| word.starts_with("GOPOLICY_") && word.len() > "GOPOLICY_".len())
            .map(str::to_owned)
            .collect()
    };
    assert_eq!(names(script), names(ACTION));
}

#[test]
fn the_readme_uses_inputs_that_there_are() {
    let snippet = snippet();
    let (_, with) = snippet.split_once("with:\n").unwrap();
    let used: Vec<&str> = with.lines().filter_map(|line| line.trim().split_once(": ")).map(|(name, _)| name).collect();
    assert!(used.len() >= 2);
    for name in used {
        assert!(ACTION.contains(&format!("\n  {name}:\n    description: ")), "{name}");
    }
}

#[test]
fn other_checkers_find_nothing_in_the_action_and_the_readme() {
    let room = fresh_directory("action-checkers");
    fs::create_dir_all(room.join(".github/workflows")).unwrap();
    let workflow = room.join(".github/workflows/ci.yml");
    fs::write(&workflow, snippet()).unwrap();
    check("bin/actionlint", &[&workflow]);
    check("venv/bin/zizmor", &[Path::new("--offline"), Path::new("--no-progress"), &project().join("action.yml")]);
}

fn check(tool: &str, arguments: &[&Path]) {
    let program = project().join("target/tools").join(tool);
    if !program.is_file() {
        return skip(&format!("{tool} is absent; scripts/setup-tests brings it"));
    }
    let run = Command::new(program).args(arguments).output().unwrap();
    assert!(run.status.success(), "{}{}", String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
}

/// The workflow that the README shows.
fn snippet() -> String {
    let (_, rest) = README.split_once("### In GitHub Actions\n\n```yaml\n").unwrap();
    rest.split("```").next().unwrap().to_owned()
}

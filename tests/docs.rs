//! The documents say what is true: their examples run, the code they quote is there, their links lead somewhere.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::checkout::{fresh_directory, project};

const README: &str = include_str!("../README.md");
const CONTRIBUTING: &str = include_str!("../CONTRIBUTING.md");
const ARCHITECTURE: &str = include_str!("../ARCHITECTURE.md");
const CHANGELOG: &str = include_str!("../CHANGELOG.md");

#[test]
fn links_lead_to_files() {
    for document in [README, CONTRIBUTING, ARCHITECTURE, CHANGELOG] {
        let targets = document.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        for target in targets.filter(|target| !target.starts_with("https://")) {
            assert!(project().join(target).exists(), "{target}");
        }
    }
}

#[test]
fn hooks_of_the_readme_are_in_the_manifest() {
    let manifest = include_str!("../.pre-commit-hooks.yaml");
    let hooks: Vec<&str> = README.lines().filter_map(|line| line.trim().strip_prefix("- id: ")).collect();
    assert!(!hooks.is_empty());
    for hook in hooks {
        assert!(manifest.contains(&format!("- id: {hook}\n")), "{hook}");
    }
}

#[test]
fn proofs_are_as_contributing_shows_them() {
    let proof = include_str!("proofs/checksum-database-off.sh");
    let quoted: Vec<&str> = blocks(CONTRIBUTING, "bash").flat_map(str::lines).filter(|line| !line.is_empty()).collect();
    assert!(quoted.len() > 4, "{quoted:?}");
    for line in quoted {
        assert!(proof.contains(line), "not in the proof: {line}");
    }
}

#[test]
fn code_that_contributing_quotes_is_there() {
    let code: Vec<String> = ["policy-core/src", "hook-cli"].iter().flat_map(|folder| sources(&project().join(folder))).collect();
    for line in blocks(CONTRIBUTING, "rust").flat_map(str::lines) {
        assert!(code.iter().any(|source| source.contains(line.trim())), "nowhere in the code: {line}");
    }
}

#[test]
fn the_readme_shows_what_gopolicy_prints() {
    let shown: Vec<(&str, &str)> = blocks(README, "").filter_map(|block| block.strip_prefix("$ gopolicy ")?.split_once('\n')).collect();
    assert!(shown.iter().any(|(command, _)| *command == "lint examples/quick-start"));
    for (command, output) in shown {
        let run = gopolicy(&command.split(' ').collect::<Vec<_>>());
        assert_eq!(String::from_utf8_lossy(&run.stdout).trim_end(), output, "{command}");
    }
}

#[test]
fn the_example_of_the_readme_has_an_error() {
    assert_eq!(gopolicy(&["lint", "examples/quick-start"]).status.code(), Some(1));
}

#[test]
fn the_readme_counts_the_rules_of_every_policy() {
    for policy in policies::BUILT_IN {
        let listed = gopolicy(&["rules", "--policy", policy.name]).stdout;
        let severity = |line: &str| line.split_whitespace().nth(1).map(str::to_owned);
        let in_force = String::from_utf8(listed).unwrap().lines().filter(|line| severity(line).as_deref() != Some("off")).count();
        let row = format!("| `{}` | {in_force} |", policy.name);
        assert!(README.contains(&row), "the README does not say {row}");
    }
}

#[test]
fn policies_in_the_documents_pass_their_own_examples() {
    let room = fresh_directory("docs");
    let policies = blocks(README, "yaml").filter(|block| block.starts_with("version: 1\n")).map(str::to_owned);
    let rules = blocks(CONTRIBUTING, "yaml").map(|rules| format!("version: 1\npolicy: example\n{rules}"));
    let texts: Vec<String> = policies.chain(rules).collect();
    assert_eq!(texts.len(), 3);
    for (number, text) in texts.iter().enumerate() {
        let path = room.join(format!("policy-{number}.yaml"));
        fs::write(&path, text).unwrap();
        let run = gopolicy(&["test", path.to_str().unwrap()]);
        assert!(run.status.success(), "{text}\n{}{}", String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    }
}

/// The fenced blocks of a document in one language.
fn blocks<'a>(document: &'a str, language: &str) -> impl Iterator<Item = &'a str> {
    let opening = format!("{language}\n");
    let fenced = document.split("\n```").skip(1).step_by(2);
    fenced.filter_map(move |block| block.strip_prefix(opening.as_str()))
}

fn sources(folder: &Path) -> Vec<String> {
    let entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    let read = |path: PathBuf| if path.is_dir() { sources(&path) } else { fs::read_to_string(path).into_iter().collect() };
    entries.into_iter().flat_map(read).collect()
}

fn gopolicy(arguments: &[&str]) -> Output {
    // In CI it would write what CI reads.
    Command::new(env!("CARGO_BIN_EXE_gopolicy")).args(arguments).current_dir(project()).env_remove("GITHUB_ACTIONS").output().unwrap()
}

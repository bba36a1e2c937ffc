//! Findings as the real reviewdog takes them.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::checkout::{project, skip};
use crate::sample::{git, scrub};
use crate::sandbox::{Ran, Sandbox};

/// An error in line 6, a warning in line 10, behind a character of two bytes.
const FAULTY: &str = "\
on: push
jobs:
  test:
    runs-on: ubuntu-latest
    env:
      GOSUMDB: \"off\"
    steps:
      - uses: actions/checkout@v5
      - uses: actions/setup-go@v6
      - { name: é, run: echo \"GOFLAGS=-mod=mod\" >> \"$GITHUB_ENV\" }
      - run: go test ./...
";

/// What reviewdog makes of a run of gopolicy in a repository that it is in.
fn reviewed(sandbox: &Sandbox, arguments: &[&str]) -> Option<Ran> {
    let program = reviewdog()?;
    let findings = sandbox.run(&["lint", "--format", "rdjson", "--policy", "supply-chain"]).stdout;
    let mut command = Command::new(program);
    command.args(["-f=rdjson", "-reporter=local"]).args(arguments).current_dir(sandbox.path(""));
    scrub(&mut command);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(findings.as_bytes()).unwrap();
    Some(Ran::from(child.wait_with_output().unwrap()))
}

fn reviewdog() -> Option<PathBuf> {
    let program = project().join("target/tools/bin/reviewdog");
    if !program.is_file() {
        skip("reviewdog is absent; scripts/setup-tests builds it");
    }
    program.is_file().then_some(program)
}

fn repository(workflow: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write(".github/workflows/ci.yml", workflow);
    git(&sandbox.path(""), &["init", "--quiet"]);
    sandbox
}

#[test]
fn every_finding_arrives_with_its_place_rule_and_severity() {
    let sandbox = repository(FAULTY);
    let Some(ran) = reviewed(&sandbox, &["-filter-mode=nofilter", "-fail-level=error"]) else { return };
    let found: Vec<String> = ran.stdout.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    let expected = [
        ("{start:{line:6 column:16} end:{line:6 column:21}}", "ERROR", "checksum-database-off"),
        ("{start:{line:10 column:31} end:{line:10 column:49}}", "WARNING", "mod-mod-in-goflags"),
    ];
    assert_eq!(found.len(), expected.len(), "{ran:?}");
    for (line, (range, severity, rule)) in found.iter().zip(expected) {
        for part in
            [&format!("path:\".github/workflows/ci.yml\" range:{range}"), &format!("severity:{severity}"), &format!("value:\"{rule}\"")]
        {
            assert!(line.contains(part), "{part} in {line}");
        }
    }
    assert_eq!(ran.status, Some(1), "an error fails");
}

#[test]
fn the_level_of_failure_and_the_changed_lines_are_its_own() {
    let sandbox = repository(&FAULTY.replace("      GOSUMDB: \"off\"\n", "      GOOS: linux\n"));
    let Some(ran) = reviewed(&sandbox, &["-filter-mode=nofilter", "-fail-level=error"]) else { return };
    assert_eq!((ran.status, ran.stdout.lines().count()), (Some(0), 1), "a warning does not fail: {ran:?}");
    git(&sandbox.path(""), &["add", "--all"]);
    git(&sandbox.path(""), &["commit", "--quiet", "--message=warning"]);
    sandbox.write(".github/workflows/ci.yml", FAULTY);
    let added = reviewed(&sandbox, &["-filter-mode=added", "-diff=git diff", "-fail-level=error"]).unwrap();
    assert_eq!((added.status, added.stdout.lines().count()), (Some(1), 1), "{added:?}");
    assert!(added.stdout.contains("checksum-database-off"), "{added:?}");
}

#[test]
fn hostile_text_arrives_as_it_is() {
    let sandbox = repository(&FAULTY.replace("\"off\"", "\"off\" # gopolicy: ignore[\\\"::error::]"));
    let document = sandbox.run(&["lint", "--format", "rdjson", "--policy", "supply-chain"]).stdout;
    let messages = serde_json::from_str::<Value>(&document).unwrap()["diagnostics"].as_array().unwrap().len();
    let Some(ran) = reviewed(&sandbox, &["-filter-mode=nofilter"]) else { return };
    assert_eq!(ran.stdout.lines().count(), messages, "one line for each: {ran:?}");
}

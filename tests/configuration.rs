//! What the configuration, comments and the baseline do to a run.

use std::fs;

use serde_json::Value;

use crate::sandbox::{Ran, Sandbox};

const WORKFLOW: &str =
    "on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    env:\n      GOSUMDB: off\n    steps:\n      - run: go test ./...\n";

fn repository(files: &[(&str, &str)]) -> Sandbox {
    let sandbox = Sandbox::repository();
    sandbox.write(".github/workflows/ci.yml", WORKFLOW);
    files.iter().for_each(|(path, content)| sandbox.write(path, content));
    sandbox
}

/// A run with `.gopolicy.yaml`.
fn with_config(config: &str, arguments: &[&str]) -> Ran {
    repository(&[(".gopolicy.yaml", config)]).run(arguments)
}

fn rules_in(ran: &Ran) -> Vec<String> {
    let document: Value = serde_json::from_str(&ran.stdout).unwrap();
    document["findings"].as_array().unwrap().iter().map(|finding| finding["rule"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn it_decides_which_rules_apply_and_what_fails() {
    let off = "version: 1\nrules: { checksum-database-off: off }\n";
    let warning = "version: 1\nrules: { checksum-database-off: { severity: warning } }\nfail-on: warning\n";
    for (config, arguments, status) in [
        ("version: 1\n", &["lint"][..], 1),
        (off, &["lint"], 0),
        (off, &["lint", "--policy", "supply-chain"], 1),
        ("version: 1\nextends: [cache]\n", &["lint"], 0),
        (warning, &["lint"], 1),
        (warning, &["lint", "--fail-on", "error"], 0),
        ("version: 1\nfail-on: never\n", &["lint"], 0),
        ("version: 1\nskip: [.github]\n", &["lint"], 0),
    ] {
        let ran = with_config(config, arguments);
        assert_eq!(ran.status, Some(status), "{config}{arguments:?}: {ran:?}");
    }
    let listed = with_config(off, &["rules"]).stdout;
    let rule = listed.lines().find(|line| line.starts_with("checksum-database-off ")).unwrap();
    assert!(rule.contains(" off "), "{rule}");
    assert!(with_config(off, &["explain", "checksum-database-off"]).stdout.contains("turned off"));
}

#[test]
fn it_is_found_from_a_directory_below() {
    let sandbox = repository(&[(".gopolicy.yaml", "version: 1\nfail-on: never\n"), ("a/b", "")]);
    let output = sandbox.command(&["lint", ".."]).current_dir(sandbox.path("a")).output().unwrap();
    assert_eq!(Ran::from(output).status, Some(0));
}

#[test]
fn what_is_wrong_with_it_is_told_at_once() {
    let ran = with_config("version: 1\nfail_on: error\nskip: third_party\n", &["lint"]);
    assert_eq!(ran.status, Some(2));
    insta::assert_snapshot!(ran.stderr);
}

#[test]
fn exceptions_and_comments_are_counted() {
    let exception = "version: 1\nexceptions:\n  - { rule: checksum-database-off, reason: no mirror, expires: 9999-12-31 }\n";
    let comment = WORKFLOW.replace("off\n", "off # gopolicy: ignore[checksum-database-off] no mirror\n");
    for sandbox in [repository(&[(".gopolicy.yaml", exception)]), repository(&[(".github/workflows/ci.yml", &comment)])] {
        let ran = sandbox.run(&["lint"]);
        assert_eq!(ran.status, Some(0));
        assert!(ran.stdout.starts_with("No findings in 1 file (1 suppressed"), "{ran:?}");
    }
}

#[test]
fn an_expired_exception_is_found_by_the_clock() {
    let exception = "version: 1\nexceptions:\n  - { rule: checksum-database-off, reason: no mirror, expires: 2020-01-01 }\n";
    let ran = with_config(exception, &["lint", "--format", "json"]);
    assert_eq!((ran.status, rules_in(&ran)), (Some(1), vec!["checksum-database-off".into(), "suppression-expired".into()]));
}

#[test]
fn a_suppression_of_a_rule_that_is_not_applied_is_no_mistake() {
    let comment = WORKFLOW.replace("off\n", "off # gopolicy: ignore[checksum-database-off] no mirror\n");
    let ran = repository(&[(".github/workflows/ci.yml", &comment)]).run(&["lint", "--policy", "cache", "--format", "json"]);
    assert_eq!(rules_in(&ran), [""; 0]);
}

#[test]
fn a_baseline_holds_back_what_was_there() {
    let sandbox = repository(&[]);
    let recorded = sandbox.run(&["baseline"]);
    assert_eq!((recorded.status, recorded.stdout.as_str()), (Some(0), "1 finding recorded in .gopolicy-baseline.yaml\n"));
    insta::assert_snapshot!(fs::read_to_string(sandbox.path(".gopolicy-baseline.yaml")).unwrap());
    let lint = |workflow: &str| {
        sandbox.write(".github/workflows/ci.yml", workflow);
        rules_in(&sandbox.run(&["lint", "--format", "json"]))
    };
    assert_eq!(lint(&WORKFLOW.replace("jobs:", "\n\njobs:")), [""; 0]);
    assert_eq!(lint(&WORKFLOW.replace("GOSUMDB: off", "GOSUMDB: off\n      GOFLAGS: -insecure")).len(), 1);
    assert_eq!(lint(&WORKFLOW.replace("GOSUMDB: off", "A: b")), ["baseline-fixed"]);
    assert_eq!(sandbox.run(&["baseline"]).stdout, "0 findings recorded in .gopolicy-baseline.yaml\n");
    assert_eq!(lint(&WORKFLOW.replace("GOSUMDB: off", "A: b")), [""; 0]);
}

#[test]
fn init_writes_a_configuration_that_says_what_holds_without_it() {
    let sandbox = repository(&[]);
    let before = sandbox.run(&["rules"]).stdout;
    assert_eq!(sandbox.run(&["init"]).stdout, ".gopolicy.yaml written\n");
    assert_eq!(sandbox.run(&["rules"]).stdout, before);
    let again = sandbox.run(&["init"]);
    assert_eq!(again.status, Some(2));
    assert!(again.stderr.contains("cannot write") && again.stderr.contains(".gopolicy.yaml"), "{again:?}");
}

/// Everything that the first configuration shows as a comment can be used.
#[test]
fn the_remarks_of_the_first_configuration_are_true() {
    let sandbox = repository(&[]);
    sandbox.run(&["init"]);
    let first = fs::read_to_string(sandbox.path(".gopolicy.yaml")).unwrap();
    let is_example =
        |line: &&str| line.strip_prefix("# ").is_some_and(|rest| rest.starts_with(' ') || rest.contains(": [") || rest.ends_with(':'));
    let used: Vec<&str> = first.lines().map(|line| if is_example(&line) { line.strip_prefix("# ").unwrap() } else { line }).collect();
    assert!(used.contains(&"exceptions:") && used.contains(&"rules:"), "{used:?}");
    sandbox.write(".gopolicy.yaml", used.join("\n"));
    let ran = sandbox.run(&["lint", "--format", "json"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (Some(0), ""));
    assert_eq!(rules_in(&ran), ["checksum-database-off", "suppression-unused"]);
}

/// The example of the README loads, and does what it says.
#[test]
fn the_readme_shows_a_configuration() {
    let readme = include_str!("../README.md");
    let config = readme.split("```yaml\n").find(|block| block.starts_with("# .gopolicy.yaml\n")).unwrap();
    let sandbox = repository(&[(".gopolicy.yaml", config.split("```").next().unwrap())]);
    let matrix = "strategy: { matrix: { os: [ubuntu-latest, windows-latest] } }\n    runs-on: ${{ matrix.os }}";
    sandbox.write(".github/workflows/ci.yml", WORKFLOW.replace("runs-on: ubuntu-latest", matrix));
    let ran = sandbox.run(&["lint", "--format", "json"]);
    let document: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(rules_in(&ran), ["checksum-database-off"]);
    let places = document["findings"][0]["places"].as_array().unwrap();
    assert_eq!(places.iter().map(|place| &place["matrix"]["os"]).collect::<Vec<_>>(), ["ubuntu-latest"]);
}

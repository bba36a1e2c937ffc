//! Input that a pull request could bring: each file is handled in bounded time and memory, and the others are judged all the same.

use std::fmt::Write as _;

use crate::sandbox::{Ran, Sandbox};

/// A workflow with something to find.
const WRONG: &str = "jobs: { test: { runs-on: ubuntu-latest, env: { GOSUMDB: \"off\" }, steps: [{ run: go test ./... }] } }\n";

/// Judges a repository that holds a hostile workflow beside one with a finding, and returns what is said of the hostile one.
fn beside(content: impl AsRef<[u8]>) -> Vec<serde_json::Value> {
    let sandbox = Sandbox::repository();
    sandbox.write(".github/workflows/hostile.yml", content);
    sandbox.write(".github/workflows/wrong.yml", WRONG);
    let ran = sandbox.run(&["lint", "--format", "json"]);
    let findings = findings(&ran);
    let path = |finding: &serde_json::Value| finding["location"]["path"].as_str().unwrap().to_owned();
    assert!(findings.iter().any(|finding| path(finding).ends_with("wrong.yml") && finding["rule"] == "checksum-database-off"), "{ran:?}");
    findings.into_iter().filter(|finding| path(finding).ends_with("hostile.yml")).collect()
}

fn findings(ran: &Ran) -> Vec<serde_json::Value> {
    assert_eq!(ran.status, Some(1), "{ran:?}");
    let report: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    report["findings"].as_array().unwrap().clone()
}

/// The one thing that is said of a file that cannot be read, with its line and column.
fn malformed(content: impl AsRef<[u8]>) -> (String, u64, u64) {
    let found = beside(content);
    let [finding] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(finding["rule"], "malformed-file");
    let start = &finding["location"]["start"];
    (finding["message"].as_str().unwrap().to_owned(), start["line"].as_u64().unwrap(), start["column"].as_u64().unwrap())
}

#[track_caller]
fn assert_malformed(content: impl AsRef<[u8]>, message: &str, line: u64, column: u64) {
    let (said, at_line, at_column) = malformed(content);
    assert!(said.contains(message), "{said}");
    assert_eq!((at_line, at_column), (line, column), "{said}");
}

#[test]
fn broken_yaml_is_a_finding_where_it_breaks() {
    assert_malformed("jobs:\n  a: 1\n  a: 2\n", "given twice", 3, 3);
    assert_malformed("jobs:\n  a: *nowhere\n", "nowhere", 2, 6);
    assert_malformed("jobs: [a, b\n", "", 1, 7);
    assert_malformed("jobs:\n\ta: 1\n", "", 2, 1);
}

#[test]
fn bytes_that_are_no_text_are_a_finding() {
    let (message, ..) = malformed(b"jobs:\n  a: \xff\xfe\n");
    assert!(message.contains("not UTF-8") && message.contains("line 2"), "{message}");
}

#[test]
fn a_megabyte_is_judged_and_more_is_refused() {
    let mut long = String::from("jobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: |\n");
    while long.len() < (1 << 20) - 200 {
        long.push_str("          echo some line of a script that goes on and on\n");
    }
    assert_eq!(beside(&long), Vec::<serde_json::Value>::new());
    long.push_str(&"# more\n".repeat(100));
    let (message, ..) = malformed(long);
    assert!(message.contains("larger than 1048576 bytes"), "{message}");
}

#[test]
fn aliases_may_not_multiply() {
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..10 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
        writeln!(bomb, "a{level}: &a{level} [{aliases}]").unwrap();
    }
    let (message, ..) = malformed(bomb);
    assert!(message.contains("50"), "{message}");
    let many = format!("a: &a x\nb: [{}]\n", vec!["*a"; 50_000].join(", "));
    let (message, ..) = malformed(many);
    assert!(message.contains("50"), "{message}");
}

#[test]
fn a_matrix_of_256_legs_with_200_steps_is_judged() {
    let axis = |name: &str| format!("        {name}: [{}]\n", (0..16).map(|n| n.to_string()).collect::<Vec<_>>().join(", "));
    let mut workflow =
        format!("jobs:\n  a:\n    runs-on: ubuntu-latest\n    strategy:\n      matrix:\n{}{}    steps:\n", axis("x"), axis("y"));
    for step in 0..200 {
        writeln!(workflow, "      - run: X=${{{{ matrix.x }}}} go test ./p{step}").unwrap();
    }
    assert!(beside(workflow).iter().all(|finding| finding["severity"] != "error"));
}

#[test]
fn a_long_line_does_not_flood_the_terminal() {
    let sandbox = Sandbox::repository();
    let padding = "x".repeat(5000);
    sandbox
        .write(".github/workflows/ci.yml", format!("name: {padding}\n") + &WRONG.replace("{ run:", &format!("{{ name: {padding}, run:")));
    let ran = sandbox.run(&["lint"]);
    assert_eq!(ran.status, Some(1));
    assert!(ran.stdout.contains("checksum-database-off") && ran.stdout.lines().all(|line| line.chars().count() < 400), "{}", ran.stdout);
}

#[test]
fn line_ends_and_byte_order_marks_do_not_matter() {
    let lines = "jobs:\r\n  test:\r\n    runs-on: ubuntu-latest\r\n    env:\r\n      GOSUMDB: \"off\"\r\n    steps:\r\n      - run: |\r\n          go test ./...\r\n";
    for content in [lines.to_owned(), format!("\u{feff}{lines}"), lines.replace('\r', "")] {
        let found = beside(&content);
        assert!(
            found.iter().any(|finding| finding["rule"] == "checksum-database-off" && finding["location"]["start"]["line"] == 5),
            "{found:?}"
        );
    }
}

#[test]
fn keys_of_the_wrong_shape_are_passed_over() {
    for content in [
        "",
        "null",
        "[]",
        "jobs: []",
        "jobs: { a: [] }",
        "jobs: { a: { steps: {} } }",
        "jobs: { a: { steps: [1, null, [], { run: {} }, { uses: 1 }] } }",
        "env: 1\njobs: { a: { env: [], runs-on: {}, strategy: 1, container: [], steps: [{ run: go version, env: 3, if: {}, shell: [], with: 1 }] } }",
    ] {
        assert!(beside(content).iter().all(|finding| finding["severity"] != "error"), "{content}");
    }
}

/// A directory that may not be read. The super-user reads everything, so the binary runs as somebody else then.
#[cfg(unix)]
#[test]
fn a_directory_without_permission_is_a_finding() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    let sandbox = Sandbox::repository();
    sandbox.write("locked/.github/workflows/ci.yml", WRONG);
    sandbox.write("open/.github/workflows/ci.yml", WRONG);
    let binary = sandbox.path("gopolicy");
    std::fs::copy(env!("CARGO_BIN_EXE_gopolicy"), &binary).unwrap();
    for ancestor in [sandbox.path(""), sandbox.path("..")] {
        std::fs::set_permissions(ancestor, PermissionsExt::from_mode(0o755)).unwrap();
    }
    std::fs::set_permissions(sandbox.path("locked"), PermissionsExt::from_mode(0o000)).unwrap();
    let mut command = std::process::Command::new(binary);
    command.args(["lint", "--format", "json"]).current_dir(sandbox.path("")).env_clear();
    if std::fs::read_dir(sandbox.path("locked")).is_ok() {
        command.uid(65534);
    }
    let ran = Ran::from(command.output().unwrap());
    std::fs::set_permissions(sandbox.path("locked"), PermissionsExt::from_mode(0o755)).unwrap();
    let found = findings(&ran);
    let is = |path: &str, rule: &str| found.iter().any(|finding| finding["location"]["path"] == path && finding["rule"] == rule);
    assert!(is("locked", "malformed-file") && is("open/.github/workflows/ci.yml", "checksum-database-off"), "{ran:?}");
}

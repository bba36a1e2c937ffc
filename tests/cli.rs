//! Arguments, exit status and the streams; what is found is tested elsewhere.

use std::process::Stdio;

use crate::sandbox::Sandbox;

#[test]
fn exit_status() {
    let sandbox = Sandbox::repository();
    let table: &[(&[&str], i32)] = &[
        (&["--help"], 0),
        (&["--version"], 0),
        (&["lint", "--help"], 0),
        (&["lint"], 0),
        (&["lint", "--fail-on", "note", "."], 0),
        (&["lint", "--threads", "2"], 0),
        (&["env", "--fail-on", "never"], 0),
        (&["check", "--fail-on", "never"], 0),
        (&["trace"], 0),
        (&["facts"], 0),
        (&["facts", "--machine"], 0),
        (&["rules"], 0),
        (&["test"], 0),
        (&["schema"], 0),
        (&["schema", "config"], 0),
        (&[], 2),
        (&["frobnicate"], 2),
        (&["lint", "--frobnicate"], 2),
        (&["lint", "--format", "frob"], 2),
        (&["lint", "--output", "json"], 2),
        (&["lint", "--output", "json=no/such/directory/f"], 2),
        (&["lint", "--fail-on", "sometimes"], 2),
        (&["lint", "--threads", "0"], 2),
        (&["lint", "no/such/path"], 2),
        (&["lint", "-q", "-v"], 2),
        (&["lint", "--stdin-filename", "ci.yml"], 2),
        (&["env", "some/path"], 2),
        (&["env", "--diff", "no-job.yml"], 2),
        (&["facts", "--machine", "some/path"], 2),
        (&["explain", "no-such-rule"], 2),
        (&["completions", "cobol"], 2),
        (&["man"], 0),
        (&["man", "lint"], 0),
        (&["man", "frobnicate"], 2),
        (&["baseline"], 0),
        (&["init"], 0),
    ];
    for (arguments, status) in table {
        let ran = sandbox.run(arguments);
        assert_eq!(ran.status, Some(*status), "{arguments:?}: {ran:?}");
        assert_eq!(ran.stderr.is_empty(), *status != 2, "complaints, and nothing else, go to standard error: {ran:?}");
        assert!(ran.stdout.is_empty() || *status != 2, "{arguments:?}: {ran:?}");
    }
}

#[test]
fn near_misses_are_named() {
    let sandbox = Sandbox::new();
    for (arguments, suggestion) in [
        (&["lint", "--formt", "json"][..], "'--format'"),
        (&["lint", "--format", "jsn"], "'json'"),
        (&["lint", "--output", "jsn=f"], "text, json, jsonl, github"),
        (&["lnt"], "'lint'"),
    ] {
        let ran = sandbox.run(arguments);
        assert!(ran.stderr.contains(suggestion), "{ran:?}");
    }
}

#[test]
fn help() {
    let sandbox = Sandbox::new();
    insta::assert_snapshot!("help", sandbox.run(&["--help"]).stdout);
    for command in [
        "lint",
        "env",
        "check",
        "trace",
        "facts",
        "rules",
        "explain",
        "baseline",
        "init",
        "install",
        "uninstall",
        "test",
        "schema",
        "completions",
        "man",
    ] {
        let help = sandbox.run(&[command, "--help"]).stdout;
        assert!(help.contains("Examples:\n  gopolicy "), "{help}");
        assert!(help.lines().all(|line| line.chars().count() <= 100), "{help}");
        insta::assert_snapshot!(format!("help_{command}"), help);
    }
}

#[test]
fn completions() {
    let sandbox = Sandbox::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = sandbox.run(&["completions", shell]).stdout;
        assert!(script.contains("show-undecided"), "{shell}: {script}");
    }
}

#[test]
fn manual_pages() {
    let sandbox = Sandbox::new();
    let page = sandbox.run(&["man", "lint"]).stdout;
    for part in [".TH gopolicy-lint 1", ".SH SYNOPSIS", "fail\\-on", "Examples:"] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(sandbox.run(&["man"]).stdout.contains("Exit status"));
}

/// Whoever reads the output may go away; that is no reason to complain, or to claim another result.
#[test]
#[cfg(unix)]
fn a_broken_pipe_is_quiet() {
    let sandbox = Sandbox::new();
    for arguments in [&["completions", "bash"][..], &["lint"], &["lint", "--format", "json"], &["--help"]] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let child = sandbox.command(arguments).stdout(writer).stderr(Stdio::piped()).spawn().unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""), "{arguments:?}");
    }
}

#[test]
#[cfg(unix)]
fn a_reader_that_leaves_early_does_not_change_the_result() {
    let sandbox = Sandbox::repository();
    let faults = "      - run: GOSUMDB=off go get example.com/m\n".repeat(300);
    sandbox.write(".github/workflows/ci.yml", format!("on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n{faults}"));
    for format in ["text", "json", "github", "sarif"] {
        let mut child = sandbox.command(&["lint", "--format", format]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut reader = child.stdout.take().unwrap();
        std::io::Read::read_exact(&mut reader, &mut [0; 9]).unwrap();
        drop(reader);
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(1), ""), "{format}");
    }
}

#[test]
fn formats_can_be_written_at_once() {
    let sandbox = Sandbox::repository();
    let ran = sandbox.run(&["lint", "--output", "json=a.json", "--output", "github=b.txt", "--format", "json"]);
    assert_eq!(std::fs::read_to_string(sandbox.path("a.json")).unwrap(), ran.stdout);
    assert_eq!(std::fs::read_to_string(sandbox.path("b.txt")).unwrap(), "No findings in 0 files.\n");
}

#[test]
fn colour_is_not_for_pipes() {
    let sandbox = Sandbox::repository();
    assert!(!sandbox.run(&["lint"]).stdout.contains('\u{1b}'));
    assert!(!sandbox.run(&["--help"]).stdout.contains('\u{1b}'));
}

#[test]
fn quiet_means_findings_only() {
    let sandbox = Sandbox::repository();
    assert_eq!(sandbox.run(&["lint"]).stdout, "No findings in 0 files.\n");
    let quiet = sandbox.run(&["lint", "-q"]);
    assert_eq!((quiet.status, quiet.stdout.as_str()), (Some(0), ""));
}

#[test]
fn standard_input_can_be_judged() {
    const WORKFLOW: &str = "on: push\njobs:\n  say:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo hello\n";
    let sandbox = Sandbox::repository();
    sandbox.write(".github/workflows/ci.yml", WORKFLOW);
    let named = &["--stdin-filename", ".github/workflows/ci.yml"];
    for arguments in [&["lint", "--fail-on", "never", "-"][..], &["trace", "-"], &["facts", "-"]] {
        let ran = sandbox.run_with_stdin(&[arguments, named].concat(), WORKFLOW);
        assert_eq!((ran.status, ran.stderr.as_str()), (Some(0), ""), "{arguments:?}");
    }
}

//! `gopolicy env` with go commands that are absent, broken, fake and real.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::checkout::{project, skip};
use crate::sandbox::{Ran, Sandbox};

/// Asking for these makes Go run the C compiler; see the resolver's own comparison with `go env`.
const COSTLY: &[&str] = &["CGO_CFLAGS", "CGO_CPPFLAGS", "CGO_CXXFLAGS", "CGO_FFLAGS", "CGO_LDFLAGS", "GOGCCFLAGS", "PKG_CONFIG"];

/// A sandbox in which PATH leads to `bin` first, and to a C compiler.
fn with_path(sandbox: &Sandbox, bin: &Path, arguments: &[&str]) -> Command {
    let mut command = sandbox.command(arguments);
    command.env("PATH", format!("{}:/usr/bin:/bin", bin.display()));
    command
}

fn run(command: &mut Command) -> Ran {
    Ran::from(command.output().unwrap())
}

/// A directory of the sandbox with a program called `go`.
fn fake_go(sandbox: &Sandbox, script: &str) -> PathBuf {
    sandbox.write("fake/go", format!("#!/bin/sh\n{script}\n"));
    fs::set_permissions(sandbox.path("fake/go"), fs::Permissions::from_mode(0o755)).unwrap();
    sandbox.path("fake")
}

/// The directories with the go commands of all releases that are installed.
fn releases() -> Vec<PathBuf> {
    let listed = fs::read_dir(project().join("target/go")).into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = listed.map(|entry| entry.path().join("go/bin")).filter(|bin| bin.join("go").is_file()).collect();
    found.sort();
    if found.is_empty() {
        skip("no Go is installed; scripts/setup-tests installs it");
    }
    found
}

#[test]
fn whatever_go_does_there_is_an_answer_in_time() {
    let sandbox = Sandbox::repository();
    let no_go = sandbox.path("empty");
    fs::create_dir(&no_go).unwrap();
    let a_directory = sandbox.path("directory");
    fs::create_dir_all(a_directory.join("go")).unwrap();
    let said = |bin: &Path| {
        let start = Instant::now();
        let ran = run(&mut with_path(&sandbox, bin, &["env", "--go-timeout", "1", "--policy", "workflows"]));
        assert!(start.elapsed() < Duration::from_secs(8), "{ran:?}");
        assert!(ran.stdout.contains("GOPATH     = "), "everything else is there: {ran:?}");
        assert_eq!(ran.stderr, "");
        ran.stdout.lines().nth(1).unwrap().to_owned()
    };
    let rest = "; what follows is worked out from variables and files";
    assert_eq!(said(&no_go), format!("there is no go command: no directory of PATH holds a go command{rest}"));
    assert_eq!(said(&a_directory), format!("go cannot be run: {}/go is no program{rest}", a_directory.display()));
    assert_eq!(said(&fake_go(&sandbox, "sleep 60")), format!("go does not answer: did not end within 1 seconds{rest}"));
    assert_eq!(said(&fake_go(&sandbox, "echo '<html>'")), format!("go env prints something else: <html>{rest}"));
    assert_eq!(said(&fake_go(&sandbox, "echo 'go: boom' >&2; exit 1")), format!("go env fails: go: boom{rest}"));
    assert_eq!(said(&fake_go(&sandbox, "printf '\\033[2J'; yes")), format!("go env fails: \\u{{1b}}[2Jy{rest}"));
    fs::write(sandbox.path("fake/go"), "\u{7f}ELF not really").unwrap();
    assert!(said(&sandbox.path("fake")).starts_with("go cannot be run: "));
}

/// Version managers choose by directory; what they would choose in a repository is the repository's to say, and not asked for.
#[test]
fn a_wrapper_is_asked_outside_the_repository() {
    let Some(bin) = releases().pop() else { return };
    let sandbox = Sandbox::repository();
    let fake = fake_go(&sandbox, &format!("test \"$PWD\" = / || exit 1\nexec {}/go \"$@\"", bin.display()));
    let ran = run(&mut with_path(&sandbox, &fake, &["env", "--policy", "workflows"]));
    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert!(lines[0].starts_with("go 1.") && lines[0].contains(&format!(" is {}/go (", fake.display())), "{ran:?}");
    assert_eq!(lines[1], "it is a wrapper, asked outside the repository: it may choose another Go here");
}

/// A go.mod may ask for anything; only the go command on PATH is run, and only to be asked for its environment.
#[test]
fn nothing_of_the_repository_decides_what_runs() {
    for bin in releases() {
        let sandbox = Sandbox::repository();
        sandbox.write("go.mod", "module example.com/m\n\ngo 1.99.0\n\ntoolchain go1.99.9\n");
        sandbox.write("go1.99.9", "#!/bin/sh\ntouch ran\n");
        fs::set_permissions(sandbox.path("go1.99.9"), fs::Permissions::from_mode(0o755)).unwrap();
        let mut command = with_path(&sandbox, &bin, &["env", "--format", "json"]);
        // A download would fail, and be told of.
        command.env("GOPROXY", "http://127.0.0.1:1").env("GOFLAGS", "-w=x");
        let before = files_below(&sandbox.home());
        let ran = run(&mut command);
        assert_eq!(ran.stderr, "", "{bin:?}");
        let document: Value = serde_json::from_str(&ran.stdout).unwrap();
        assert_eq!(document["environment"]["GOFLAGS"]["value"], "-w=x");
        assert_eq!(document["environment"]["GOMOD"]["value"], sandbox.path("go.mod").canonicalize().unwrap().to_str().unwrap());
        assert!(!sandbox.path("ran").exists());
        assert_eq!(files_below(&sandbox.home()), before, "no cache, no telemetry, no file of `go env -w`: {bin:?}");
    }
}

fn files_below(directory: &Path) -> Vec<PathBuf> {
    // Go writes telemetry from a process that outlives it.
    std::thread::sleep(Duration::from_millis(50));
    let mut found = Vec::new();
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_below(&path));
        }
        found.push(path);
    }
    found
}

#[test]
fn values_are_those_of_go_env_with_and_without_running_it() {
    for bin in releases() {
        let sandbox = Sandbox::repository();
        sandbox.write("go.mod", "module example.com/m\n\ngo 1.21\n");
        sandbox.write("../home/.config/go/env", "GOFLAGS=-mod=mod\nGOPRIVATE=example.com\n");
        let set = |command: &mut Command| {
            command.env("GOTOOLCHAIN", "local").env("GOBIN", "/opt/tools").env("GOAMD64", "v2");
        };
        let mut go = with_path(&sandbox, &bin, &[]);
        set(&mut go);
        let told = go_env(&go, &bin.join("go"));
        for arguments in [&["env", "--format", "json"][..], &["env", "--format", "json", "--no-exec"]] {
            let mut command = with_path(&sandbox, &bin, arguments);
            set(&mut command);
            let document: Value = serde_json::from_str(&run(&mut command).stdout).unwrap();
            let ours = document["environment"].as_object().unwrap();
            assert_eq!(ours.keys().collect::<Vec<_>>(), told.keys().collect::<Vec<_>>(), "{bin:?}");
            for (name, value) in told.iter().filter(|(name, _)| !COSTLY.contains(&name.as_str())) {
                assert_eq!(ours[name]["value"], value.as_str(), "{name} {arguments:?} {bin:?}");
            }
        }
    }
}

/// `go env -json`, run as gopolicy was to be run.
fn go_env(like: &Command, go: &Path) -> BTreeMap<String, String> {
    let mut command = Command::new(go);
    command.args(["env", "-json"]).env_clear().envs(std::env::vars_os()).current_dir(like.get_current_dir().unwrap());
    for (name, value) in like.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    serde_json::from_slice(&command.output().unwrap().stdout).unwrap()
}

#[test]
fn where_values_come_from_is_told() {
    let sandbox = Sandbox::repository();
    sandbox.write("../home/.config/go/env", "# mine\nGOFLAGS=-mod=mod\nGOPROXY=direct\n");
    let mut command = with_path(&sandbox, &sandbox.path("none"), &["env", "--format", "json"]);
    command.env("GOPROXY", "https://user:hunter2@proxy.example");
    let ran = run(&mut command);
    let document: Value = serde_json::from_str(&ran.stdout).unwrap();
    let environment = &document["environment"];
    let file = sandbox.home().join(".config/go/env");
    assert_eq!(environment["GOFLAGS"]["origin"]["kind"], "go-env-file");
    assert_eq!(
        (&environment["GOFLAGS"]["origin"]["path"], &environment["GOFLAGS"]["origin"]["line"]),
        (&file.to_str().unwrap().into(), &2.into())
    );
    assert_eq!(
        (&environment["GOPROXY"]["value"], &environment["GOPROXY"]["origin"]["kind"]),
        (&"https://***@proxy.example".into(), &"process".into())
    );
    assert_eq!(environment["GOMODCACHE"]["origin"]["kind"], "default");
    assert!(!ran.stdout.contains("hunter2"));
}

const BUILD_CACHE_OFF: &str = r#"
version: 1
policy: team
description: For this test.
rules:
  no-cache:
    severity: error
    on: environment
    forbid: { GOCACHE: { equals: "off" } }
    message: "no build cache in {place}"
    references: [https://go.dev/]
"#;

const WORKFLOW: &str = "\
on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: go test ./...
        env: { GOCACHE: off }
";

#[test]
fn check_is_lint_and_env() {
    let sandbox = Sandbox::repository();
    sandbox.write("team.yaml", BUILD_CACHE_OFF);
    sandbox.write(".github/workflows/ci.yml", WORKFLOW);
    let mut command = with_path(&sandbox, &sandbox.path("none"), &["check", "--policy", "team.yaml", "--format", "json"]);
    command.env("GOCACHE", "relative");
    let ran = run(&mut command);
    assert_eq!(ran.status, Some(1), "{ran:?}");
    let document: Value = serde_json::from_str(&ran.stdout).unwrap();
    let places: Vec<&str> = document["findings"].as_array().unwrap().iter().map(|one| one["location"]["path"].as_str().unwrap()).collect();
    assert_eq!(places, [".github/workflows/ci.yml", "<environment>"]);
    assert_eq!((&document["summary"]["files"], &document["summary"]["errors"]), (&1.into(), &2.into()));
}

#[test]
fn this_machine_beside_a_step() {
    let sandbox = Sandbox::repository();
    sandbox.write(
        ".github/workflows/ci.yml",
        WORKFLOW.replace("GOCACHE: off", "GOCACHE: /x, GOFLAGS: -race, CGO_ENABLED: 1, GOPROXY: '${{ secrets.P }}'"),
    );
    let diff = |target: &str| {
        let mut command = with_path(&sandbox, &sandbox.path("none"), &["env", "--no-exec", "--diff", target]);
        command.env("GOCACHE", "/y").env("CGO_ENABLED", "1").env("GOFLAGS", "-v");
        run(&mut command)
    };
    let ran = diff(".github/workflows/ci.yml#test.0");
    assert!(
        ran.stdout.contains("    GOFLAGS\n      here   -v   (process)\n      there  -race   (step-env, .github/workflows/ci.yml:7)\n"),
        "{ran:?}"
    );
    assert!(ran.stdout.contains("not known there: ") && ran.stdout.contains("GOPROXY"), "{ran:?}");
    assert!(!ran.stdout.contains("GOCACHE") && !ran.stdout.contains("CGO_ENABLED"), "{ran:?}");
    let missing = diff(".github/workflows/ci.yml#tests");
    assert_eq!((missing.status, missing.stderr.contains("jobs that do: test")), (Some(2), true), "{missing:?}");
}

/// What needs no privileges: Linux has a tmpfs for shared memory.
#[test]
#[cfg(target_os = "linux")]
fn file_systems_are_told_apart_on_this_machine() {
    let mounts = fs::read_to_string("/proc/mounts").unwrap();
    if !mounts.lines().any(|line| line.split(' ').nth(1) == Some("/dev/shm") && line.split(' ').nth(2) == Some("tmpfs")) {
        return skip("/dev/shm is no tmpfs here");
    }
    let sandbox = Sandbox::repository();
    let mut command = with_path(&sandbox, &sandbox.path("none"), &["facts", "--machine", "--kind", "go-path", "--format", "json"]);
    command.env("GOCACHE", "/dev/shm/gopolicy-test/cache").env("GOMODCACHE", sandbox.path("modules"));
    let document: Value = serde_json::from_str(&run(&mut command).stdout).unwrap();
    let field = |variable: &str, field: &str| {
        let subjects = document["subjects"].as_array().unwrap();
        let subject = subjects.iter().find(|subject| subject["fields"]["variable"]["value"] == variable).unwrap();
        subject["fields"][field]["value"].clone()
    };
    assert_eq!(field("GOCACHE", "filesystem"), "tmpfs");
    assert_eq!((field("GOCACHE", "network"), field("GOCACHE", "exists")), (false.into(), false.into()));
    assert!(!Path::new("/dev/shm/gopolicy-test").exists());
    assert_ne!(field("GOMODCACHE", "filesystem"), Value::Null);
}

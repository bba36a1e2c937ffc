//! What is shown on a terminal: a pseudo-terminal that `script` of util-linux makes.

use std::process::Command;
use std::time::{Duration, Instant};

use crate::checkout::skip;
use crate::sandbox::{Ran, Sandbox};

const FAULTY: &str =
    "on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    env:\n      GOSUMDB: off\n    steps:\n      - run: go test ./...\n";

/// Many legs with many commands.
const SLOW: &str = "\
on: push
jobs:
  test:
    runs-on: ubuntu-latest
    strategy: { matrix: { a: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], b: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] } }
    steps:
      - run: for x in 0 1 2 3; do GOFLAGS=-tags=$x go test ./${{ matrix.a }}/${{ matrix.b }}; done
";

/// Long enough that it stays over a second if the machine gets faster all at once.
const LONG: Duration = Duration::from_millis(2500);

/// Runs the binary on a terminal, where standard output and standard error are one.
fn run_on_terminal(sandbox: &Sandbox, arguments: &[&str], variables: &[(&str, &str)]) -> Option<Ran> {
    let mut probe = Command::new("script");
    if !probe.arg("--version").output().is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains("util-linux")) {
        skip("`script` of util-linux is absent");
        return None;
    }
    let plain = sandbox.command(&[]);
    let shell = format!("'{}' {}", plain.get_program().display(), arguments.join(" "));
    let mut command = sandbox.command_of("script", &["--quiet", "--return", "--command", &shell, "/dev/null"]);
    Some(Ran::from(command.env("TERM", "xterm").envs(variables.iter().copied()).output().unwrap()))
}

/// What is left to see: each line from where it was wiped last.
fn screen(written: &str) -> String {
    let lines = written.lines().map(|line| line.trim_end_matches('\r'));
    lines.map(|line| line.rsplit("\r\u{1b}[K").next().unwrap_or_default().to_owned() + "\n").collect()
}

/// A repository that takes long to judge here.
fn slow_repository() -> Sandbox {
    let sandbox = Sandbox::repository();
    let mut files = 0;
    loop {
        let more = (2 * files).max(1);
        (files..more).for_each(|number| sandbox.write(&format!(".github/workflows/{number}.yml"), SLOW));
        files = more;
        let start = Instant::now();
        sandbox.run(&["lint", "--fail-on", "never"]);
        if start.elapsed() > LONG || files >= 4096 {
            return sandbox;
        }
    }
}

#[test]
fn a_long_run_shows_how_far_it_is_and_leaves_no_trace() {
    let sandbox = slow_repository();
    let Some(ran) = run_on_terminal(&sandbox, &["lint", "--fail-on", "never", "--color", "never"], &[]) else { return };
    assert!(ran.stdout.contains("\r\u{1b}[K[") && ran.stdout.contains(" files\r"), "{ran:?}");
    assert_eq!(screen(&ran.stdout), sandbox.run(&["lint", "--fail-on", "never"]).stdout);
    for (arguments, variables) in [(&["lint", "--quiet"][..], &[][..]), (&["lint"], &[("TERM", "dumb")])] {
        let plain = run_on_terminal(&sandbox, arguments, variables).unwrap();
        assert!(!plain.stdout.contains('\u{1b}') && !plain.stdout.contains("] "), "{arguments:?} {variables:?}: {plain:?}");
    }
}

/// Arguments, variables, and whether they make colours.
type Case = (&'static [&'static str], &'static [(&'static str, &'static str)], bool);

#[test]
fn colours_are_for_terminals_and_those_who_want_them() {
    let sandbox = Sandbox::repository();
    sandbox.write(".github/workflows/ci.yml", FAULTY);
    let table: [Case; 8] = [
        (&[], &[], true),
        (&[], &[("NO_COLOR", "1")], false),
        (&[], &[("NO_COLOR", "")], true),
        (&[], &[("TERM", "dumb")], false),
        (&["--color", "never"], &[], false),
        (&["--color", "always"], &[("NO_COLOR", "1")], true),
        (&["--color", "always"], &[("TERM", "dumb")], true),
        (&["--format", "json"], &[], false),
    ];
    for (arguments, variables, coloured) in table {
        let arguments = [&["lint"], arguments].concat();
        let Some(ran) = run_on_terminal(&sandbox, &arguments, variables) else { return };
        assert_eq!(ran.stdout.contains("\u{1b}["), coloured, "{arguments:?} {variables:?}: {ran:?}");
        assert!(ran.status == Some(1) && ran.stdout.contains("checksum-database-off"), "{ran:?}");
        assert!(!ran.stdout.contains(" files\r"), "a short run shows no bar: {ran:?}");
    }
}

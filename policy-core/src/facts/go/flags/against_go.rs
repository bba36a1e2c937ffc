//! The table of flags against the real command.

#![expect(clippy::disallowed_methods, reason = "a test that runs the real command")]

use std::collections::BTreeSet;
use std::process::Command;

use super::*;
use crate::facts::go::installed::{Toolchain, toolchains};

/// A flag that no subcommand has.
const NONE: &str = "gopolicy-no-such-flag";

/// Where no module, no cache and no file of `go env -w` is.
fn go(toolchain: &Toolchain) -> Command {
    let empty = std::env::temp_dir().join(format!("gopolicy-flags-{}", std::process::id()));
    std::fs::create_dir_all(&empty).unwrap();
    let mut command = Command::new(&toolchain.go);
    command.env_clear().envs([("GOTOOLCHAIN", "local"), ("GOENV", "off"), ("GOPROXY", "off"), ("GOTELEMETRY", "off")]).env("HOME", &empty);
    command.current_dir(empty);
    command
}

fn names() -> BTreeSet<&'static str> {
    let tables = COMMANDS.iter().flat_map(|command| command.flags());
    let more = ANALYSERS.iter().chain(TEST).map(|flag| flag.name);
    tables.map(|flag| flag.name).chain(more).chain([NONE, "h", "test.v", "test.run", "test.", "args"]).collect()
}

#[test]
fn goflags_accepts_what_go_accepts() {
    for toolchain in toolchains() {
        for name in names() {
            let output = go(&toolchain).env("GOFLAGS", format!("-{name}=1")).arg("version").output().unwrap();
            let refused = String::from_utf8_lossy(&output.stderr).contains("unknown flag");
            let known = accepted_in_goflags(name, VersionRange::exact(toolchain.version));
            assert_eq!(known, Some(!refused), "GOFLAGS=-{name} in go{}", toolchain.version);
        }
    }
}

/// To every subcommand that reads its own flags: its flags that came or went with a release, one that does not exist, and a few more.
#[test]
fn subcommands_have_the_flags_that_go_gives_them() {
    let foreign = ["bug", "doc", "fix", "test", "vet", "work vendor"];
    for toolchain in toolchains() {
        for command in COMMANDS.iter().filter(|command| !foreign.contains(&command.name)) {
            let changing = command.flags().filter(|flag| flag.span != Span::since(OLDEST)).map(|flag| flag.name);
            for name in changing.chain(["json", "mod", "modfile", "o", "r", "v", NONE]) {
                compare(&toolchain, command.name, name);
            }
        }
    }
}

/// The first of two flags that does not exist is complained about; one with a value swallows the second.
fn compare(toolchain: &Toolchain, subcommand: &str, name: &str) {
    if subcommand == "telemetry" && toolchain.version.minor < 23 {
        return;
    }
    let second = format!("-{NONE}");
    let output = go(toolchain).args(subcommand.split(' ')).args([format!("-{name}"), second.clone()]).output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    let complains = |flag: &str| told.contains(&format!("not defined: {flag}\n"));
    let (known, value) = match (complains(&format!("-{name}")), complains(&second)) {
        (true, _) => (false, None),
        (false, switch) => (true, Some(!switch)),
    };
    let ours = super::known(subcommand, name, VersionRange::exact(toolchain.version));
    assert_eq!(ours, Some(known), "go {subcommand} -{name} in go{}: {told}", toolchain.version);
    if known {
        assert_eq!(takes_value(subcommand, name), value, "go {subcommand} -{name} in go{}: {told}", toolchain.version);
    }
}

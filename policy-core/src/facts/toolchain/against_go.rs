//! The selection of a toolchain against the real command: random variables and module files, every release that is installed.
//!
//! The toolchains that can be switched to are scripts on the PATH which tell their name; nothing is downloaded.
//! `GOPOLICY_SELECTIONS` sets how many are drawn for each release, `GOPOLICY_SEED` the first seed.

#![expect(clippy::disallowed_methods, reason = "a test that runs the real command")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::*;
use crate::facts::dice::{Dice, number};
use crate::facts::go::installed::{Toolchain, toolchains};
use crate::facts::project::Project;
use crate::world::MemoryWorld;

/// Names that GOTOOLCHAIN and `toolchain` lines may give, and versions of `go` lines: older and newer than any installed Go.
const RELEASES: &[&str] = &[
    "1.19.4", "1.20", "1.21.0", "1.21.13", "1.21", "1.22.0", "1.22.10", "1.23rc1", "1.23", "1.23.9", "1.24", "1.24.11", "1.25.5", "1.26.6",
    "1.27", "1.27.3", "1.28rc2", "1.28.1", "1.99", "1.99.2",
];
/// Those that a `go` line may have but cannot name a toolchain.
const MODES: &[&str] =
    &["", "", "", "local", "auto", "auto", "path", "local+auto", "local+path", "stable", "local+x", "1.22.3", "gogo1.24.11"];

/// What came of a command.
#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    /// This toolchain runs, or was looked for.
    Runs(String),
    /// The one that runs is too old.
    TooOld(String),
    /// GOTOOLCHAIN is rejected.
    Rejected,
}

#[derive(Debug)]
struct Case {
    variables: BTreeMap<&'static str, String>,
    go_mod: Option<String>,
    go_work: Option<String>,
}

#[test]
fn go_selects_the_toolchain_that_we_select() {
    let (first, count) = (number("GOPOLICY_SEED", 1), number("GOPOLICY_SELECTIONS", 60));
    for toolchain in toolchains() {
        let scratch = Scratch::new(&toolchain);
        let (mut switches, mut refusals) = (0, 0);
        for seed in first..first + count {
            let case = Case::drawn(&mut Dice::new(seed));
            let real = scratch.run(&toolchain, &case);
            let ours = case.selected(&toolchain, matches!(real, Outcome::Runs(_)));
            switches += u64::from(real != Outcome::Runs(toolchain.version.to_string()));
            refusals += u64::from(matches!(real, Outcome::TooOld(_) | Outcome::Rejected));
            assert!(
                ours.as_ref().is_none_or(|ours| *ours == real),
                "go{} with seed {seed}: {real:?}, but we select {ours:?}: {case:?}",
                toolchain.version
            );
        }
        println!("go{}: {count} selections are equal, {switches} of another toolchain, {refusals} refused", toolchain.version);
        assert!(switches * 5 > count, "the generator makes cases in which hardly anything is selected");
    }
}

impl Case {
    fn drawn(dice: &mut Dice) -> Self {
        let mut variables = BTreeMap::new();
        let named = |dice: &mut Dice| format!("go{}{}", dice.pick(RELEASES), dice.pick(&["", "", "+auto", "+path", "-own", "+x"]));
        let value = if dice.chance(2) { named(dice) } else { dice.pick(MODES).to_owned() };
        variables.insert("GOTOOLCHAIN", value);
        for (name, values) in [("GO111MODULE", ["on", "off", "auto"]), ("GOWORK", ["off", "auto", ""])] {
            if dice.chance(4) {
                variables.insert(name, dice.pick(&values).to_owned());
            }
        }
        let go_mod = (!dice.chance(5)).then(|| format!("module example.com/m\n{}", lines(dice)));
        let go_work = dice.chance(3).then(|| lines(dice));
        Self { variables, go_mod, go_work }
    }

    /// What we say; `None` if we do not know.
    fn selected(&self, toolchain: &Toolchain, ran_script: bool) -> Option<Outcome> {
        let mut world = MemoryWorld::new();
        for (name, content) in [("go.mod", &self.go_mod), ("go.work", &self.go_work)] {
            world = content.iter().fold(world, |world, content| world.with_file(name, content.as_str()));
        }
        let project = Project::at(&world, "");
        let variable = |name: &str| self.variables.get(name).map_or("", String::as_str);
        // `go.env` of the distribution says `auto`.
        let gotoolchain = if variable("GOTOOLCHAIN").is_empty() { "auto" } else { variable("GOTOOLCHAIN") };
        let name = gotoolchain.split('+').next().unwrap_or_default();
        let wishes = Wishes { gotoolchain, go111module: variable("GO111MODULE"), workspace_off: variable("GOWORK") == "off" };
        match select_for(VersionRange::exact(toolchain.version), wishes, &project.modules("")) {
            None => Some(Outcome::Rejected),
            Some(Selection::Runs(range)) => Some(Outcome::Runs(range.to_string())),
            // A script on the PATH does not complain.
            Some(Selection::TooOld(_)) if ran_script => Some(Outcome::Runs(version_of(name)?.to_string())),
            Some(Selection::TooOld(needs)) => Some(Outcome::TooOld(needs.to_string())),
            Some(Selection::Unknown) => None,
        }
    }
}

fn lines(dice: &mut Dice) -> String {
    let mut lines = String::new();
    if !dice.chance(6) {
        lines += &format!("go {}\n", dice.pick(RELEASES));
    }
    if dice.chance(2) {
        lines += &format!("toolchain {}\n", if dice.chance(5) { "default".to_owned() } else { format!("go{}", dice.pick(RELEASES)) });
    }
    lines
}

struct Scratch(PathBuf);

impl Scratch {
    fn new(toolchain: &Toolchain) -> Self {
        let base = std::fs::canonicalize(std::env::temp_dir()).unwrap();
        let base = base.join(format!("gopolicy-selection-{}-{}", std::process::id(), toolchain.version));
        for directory in ["bin", "home", "work"] {
            std::fs::create_dir_all(base.join(directory)).unwrap();
        }
        for release in RELEASES {
            for suffix in ["", "-own"] {
                let file = base.join("bin").join(format!("go{release}{suffix}"));
                std::fs::write(&file, format!("#!/bin/sh\necho ran {release}\n")).unwrap();
                std::fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
            }
        }
        Self(base)
    }

    fn run(&self, toolchain: &Toolchain, case: &Case) -> Outcome {
        let directory = self.0.join("work");
        put(&directory.join("go.mod"), case.go_mod.as_deref());
        put(&directory.join("go.work"), case.go_work.as_deref());
        let mut command = Command::new(&toolchain.go);
        command.args(["list", "-m"]).env_clear().envs(&case.variables).current_dir(&directory).stdin(Stdio::null());
        command.env("HOME", self.0.join("home")).env("PATH", self.0.join("bin")).env("GOPROXY", "off");
        let output = command.output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        outcome(&text).unwrap_or_else(|| Outcome::Runs(toolchain.version.to_string()))
    }
}

/// What Go said of a toolchain, if anything.
fn outcome(text: &str) -> Option<Outcome> {
    let after =
        |words: &str| text.split_once(words).map(|(_, rest)| rest.split([' ', '"', ':', '\n', ';', ')']).next().unwrap_or_default());
    let release = |version: &str| release_of(GoVersion::parse(version).unwrap()).to_string();
    if text.contains("invalid GOTOOLCHAIN") {
        return Some(Outcome::Rejected);
    }
    let ran = ["ran ", "cannot find \"go", "download go"].into_iter().find_map(after);
    ran.map(|version| Outcome::Runs(version.into())).or_else(|| after("requires go >= ").map(|version| Outcome::TooOld(release(version))))
}

fn put(path: &Path, content: Option<&str>) {
    match content {
        Some(content) => std::fs::write(path, content).unwrap(),
        None => drop(std::fs::remove_file(path)),
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // Since Go 1.23 a background process may still be writing telemetry counters there.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

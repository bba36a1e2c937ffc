//! Every claim a built-in rule makes about Go, shown with the real `go` command of each release it is made for.
//!
//! A proof is a script `tests/proofs/RULE.sh`; CONTRIBUTING.md tells how to write one. The Go releases come from
//! `scripts/setup-tests`. Without them these tests say so and pass, but under `CI=true` they fail.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Mutex;
use std::thread;

use crate::checkout::{fresh_directory, project, skip};

#[test]
fn every_proof_holds_on_every_release_it_claims() {
    let releases = installed_releases();
    let proofs = proofs();
    proofs.iter().for_each(|proof| println!("{}", proof.line(&releases)));
    let runs: Vec<Run> = proofs.into_iter().flat_map(|proof| proof.runs(&releases)).collect();
    println!("{} runs on {} releases", runs.len(), releases.len());
    let failures = run_all(runs);
    assert!(failures.is_empty(), "{} proofs failed\n\n{}", failures.len(), failures.join("\n\n"));
}

#[test]
fn every_proof_says_what_it_proves_and_for_which_releases() {
    let known: BTreeSet<u32> = listed_minors().into_iter().collect();
    for proof in proofs() {
        assert!(!proof.claim.is_empty(), "{}: no line `# proves: …`", proof.rule);
        assert!(proof.releases.clone().any(|minor| known.contains(&minor)), "{}: holds for no release of {known:?}", proof.rule);
    }
}

#[test]
fn every_proof_is_named_after_a_built_in_rule() {
    let rules = built_in_rules();
    let strangers: Vec<String> = proofs().into_iter().map(|proof| proof.rule).filter(|name| !rules.contains_key(name)).collect();
    assert!(strangers.is_empty(), "proofs of no built-in rule: {strangers:?}");
}

/// What the go command does can be shown. What GitHub, an action or a shell does cannot be run here: such a rule names its source.
#[test]
fn every_built_in_rule_has_a_proof_or_names_its_source() {
    let proved: BTreeSet<String> = proofs().into_iter().map(|proof| proof.rule).collect();
    let has_none = |(id, text): &(&String, &String)| !proved.contains(*id) && !text.contains("# source");
    let rules = built_in_rules();
    let unfounded: Vec<&String> = rules.iter().filter(has_none).map(|(id, _)| id).collect();
    assert!(unfounded.is_empty(), "rules with neither a proof nor a line `# source: …`: {unfounded:?}");
}

/// A script and what its head says of it.
struct Proof {
    rule: String,
    script: PathBuf,
    claim: String,
    /// Minor versions of Go 1.
    releases: std::ops::RangeInclusive<u32>,
}

/// A proof on one release.
struct Run {
    name: String,
    script: PathBuf,
    release: Release,
}

#[derive(Clone)]
struct Release {
    minor: u32,
    bin: PathBuf,
}

impl Proof {
    fn read(script: PathBuf) -> Self {
        let rule = script.file_stem().unwrap().to_str().unwrap().to_owned();
        let text = fs::read_to_string(&script).unwrap();
        let said = |key: &str| text.lines().find_map(|line| line.strip_prefix(key)).map(str::trim);
        let releases =
            said("# go:").and_then(release_range).unwrap_or_else(|| panic!("{rule}: no line `# go: 1.21..` or `# go: 1.22..1.25`"));
        Self { claim: said("# proves:").unwrap_or_default().to_owned(), releases, rule, script }
    }

    /// Its rule, and the releases it runs on: `checksum-database-off: 1.21 1.22 …`.
    fn line(&self, installed: &[Release]) -> String {
        let claimed = installed.iter().filter(|release| self.releases.contains(&release.minor));
        claimed.fold(format!("{}:", self.rule), |line, release| format!("{line} 1.{}", release.minor))
    }

    fn runs(self, installed: &[Release]) -> Vec<Run> {
        let claimed = installed.iter().filter(|release| self.releases.contains(&release.minor));
        claimed.map(|release| Run { name: self.rule.clone(), script: self.script.clone(), release: release.clone() }).collect()
    }
}

impl Run {
    /// What went wrong, if anything did.
    fn failure(&self) -> Option<String> {
        let output = self.execute();
        let printed = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned()).concat();
        (!output.status.success()).then(|| format!("{} with Go 1.{}: {}\n{printed}", self.name, self.release.minor, output.status))
    }

    /// Runs the script in an empty directory. The environment holds what is named here and nothing else: a proof must
    /// not depend on whose machine it runs on. Only the build cache is shared, by the proofs of one release.
    fn execute(&self) -> Output {
        let minor = self.release.minor;
        let room = fresh_directory(&format!("proofs/{}-1.{minor}", self.name));
        let scripts = project().join("tests/proofs");
        Command::new("timeout")
            .args(["120", "bash", "-euo", "pipefail", "-c", r#"source "$0"; source "$1""#])
            .args([scripts.join("support.bash"), self.script.clone()])
            .env_clear()
            .envs([("RELEASE", format!("1.{minor}")), ("GOTOOLCHAIN", "local".into()), ("GOPROXY", "off".into()), ("LC_ALL", "C".into())])
            .envs([("HOME", room.join("home")), ("GOCACHE", room.with_file_name(format!("cache-1.{minor}")))])
            .env("PATH", self.path())
            .current_dir(&room)
            .output()
            .unwrap()
    }

    fn path(&self) -> OsString {
        let venv = project().join("target/tools/venv/bin");
        std::env::join_paths([self.release.bin.as_path(), &venv, Path::new("/usr/bin"), Path::new("/bin")]).unwrap()
    }
}

fn run_all(runs: Vec<Run>) -> Vec<String> {
    let waiting = Mutex::new(runs.into_iter());
    let failures = Mutex::new(Vec::new());
    let work = || {
        while let Some(run) = next(&waiting) {
            failures.lock().unwrap().extend(run.failure());
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    failures.into_inner().unwrap()
}

/// A function of its own, so that the lock is let go before the work begins.
fn next<T>(waiting: &Mutex<impl Iterator<Item = T>>) -> Option<T> {
    waiting.lock().unwrap().next()
}

fn proofs() -> Vec<Proof> {
    let files = fs::read_dir(project().join("tests/proofs")).unwrap().map(|entry| entry.unwrap().path());
    let mut scripts: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|extension| extension == "sh")).collect();
    scripts.sort();
    scripts.into_iter().map(Proof::read).collect()
}

/// `1.21..` and `1.22..1.25`, ends included.
fn release_range(text: &str) -> Option<std::ops::RangeInclusive<u32>> {
    let (low, high) = text.split_once("..")?;
    let high = if high.is_empty() { u32::MAX } else { minor(high)? };
    Some(minor(low)?..=high)
}

fn minor(version: &str) -> Option<u32> {
    version.strip_prefix("1.")?.split('.').next()?.parse().ok()
}

fn listed_minors() -> Vec<u32> {
    include_str!("go-releases.txt").lines().filter(|line| !line.starts_with('#')).map(|line| minor(line).unwrap()).collect()
}

fn installed_releases() -> Vec<Release> {
    let at = |minor| Release { minor, bin: project().join(format!("target/go/1.{minor}/go/bin")) };
    let (installed, absent): (Vec<_>, Vec<_>) = listed_minors().into_iter().map(at).partition(|release| release.bin.join("go").is_file());
    if !absent.is_empty() {
        skip(&format!("{} Go releases are absent; scripts/setup-tests installs them", absent.len()));
    }
    installed
}

/// Every rule that a built-in policy defines (an override stands on one line), with its lines.
fn built_in_rules() -> BTreeMap<String, String> {
    let mut rules: BTreeMap<String, String> = BTreeMap::new();
    for policy in policies::BUILT_IN {
        let mut current = None;
        for line in policy.text.lines().skip_while(|line| *line != "rules:").skip(1) {
            let key = line.strip_prefix("  ").and_then(|rest| rest.strip_suffix(':')).filter(|key| !key.starts_with(' '));
            current = key.map(str::to_owned).or(current);
            if let Some(rule) = &current {
                rules.entry(rule.clone()).or_default().push_str(line);
            }
        }
    }
    assert!(rules.len() > 100, "{rules:?}");
    rules
}

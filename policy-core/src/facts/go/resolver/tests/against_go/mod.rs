//! The resolver against the real command: random environments, every variable, every release that is installed.
//!
//! See [`crate::facts::go::installed`] for which those are. `GOPOLICY_ENVIRONMENTS` sets how many environments are drawn for each
//! release, `GOPOLICY_SEED` the first seed.

#![expect(clippy::disallowed_methods, reason = "a test that runs the real command")]

mod machine;
mod values;

use std::sync::atomic::{AtomicU64, Ordering};

use self::machine::{Answer, Machine, Scratch};
use super::super::*;
use crate::facts::dice::number;
use crate::facts::go::diagnose::{By, Diagnosis, Verdict};
use crate::facts::go::installed::{Toolchain, toolchains};

/// What is not compared as it stands, and why. Everything else must be known, and equal.
const EXCEPTIONS: &[(&str, Exception, &str)] = &[
    ("GOGCCFLAGS", Exception::Unknown, "the C compiler is asked for it, and it names a random directory"),
    ("GOBIN", Exception::OneOf, "since Go 1.27 with modules off: the entry of GOPATH that the working directory is in"),
];

/// How much is said of a variable that is not known for certain.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Exception {
    /// Nothing.
    Unknown,
    /// Either the value is known, or the real one is among its possibilities, or may be.
    OneOf,
}

/// What [`By::Every`] command rejects, but `go env NAME` prints: its GOFLAGS are read leniently, and a toolchain is not chosen where GOTOOLCHAIN is
/// overridden, as it always is here.
const ONLY_PRINTED: &[&str] = &["GOFLAGS", "GOTOOLCHAIN"];

/// What stops `go env` though it cannot be told from the value alone, with a part of Go's message.
const CONDITIONS: &[(&str, &str)] =
    &[("GOROOT", "cannot find GOROOT directory"), ("GOFLAGS", "arguments must be KEY=VALUE"), ("GOFLAGS", "cannot use -json with -w")];

/// What was compared.
#[derive(Default)]
struct Tally {
    environments: usize,
    values: usize,
    failures: usize,
    differences: Vec<String>,
}

#[test]
fn the_resolver_agrees_with_go() {
    let (first, count) = (number("GOPOLICY_SEED", 1), number("GOPOLICY_ENVIRONMENTS", 100));
    let toolchains = toolchains();
    let mut all = Vec::new();
    for (index, toolchain) in toolchains.iter().enumerate() {
        let other = &toolchains[(index + 1) % toolchains.len()];
        let Tally { environments, values, failures, differences } = compare_release(toolchain, other, first..first + count);
        let differing = differences.len();
        println!(
            "go{}: {environments} environments, {values} values compared, {failures} refused by both, {differing} differences",
            toolchain.version
        );
        assert!(values > environments * 20, "too few values were compared");
        all.extend(differences);
    }
    assert!(all.is_empty(), "{}", all.iter().take(20).map(String::as_str).collect::<Vec<_>>().join("\n"));
}

/// Compares with as many commands at once as there are processors.
fn compare_release(toolchain: &Toolchain, other: &Toolchain, seeds: std::ops::Range<u64>) -> Tally {
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let scratches: Vec<Scratch> = (0..workers).map(|worker| Scratch::new(toolchain, other, worker)).collect();
    let next = AtomicU64::new(seeds.start);
    let work = |scratch: &Scratch| {
        let mut tally = Tally::default();
        while let seed = next.fetch_add(1, Ordering::Relaxed)
            && seed < seeds.end
        {
            compare(&scratch.machine(seed), &mut tally);
        }
        tally
    };
    std::thread::scope(|scope| {
        let started: Vec<_> = scratches.iter().map(|scratch| scope.spawn(|| work(scratch))).collect();
        started.into_iter().map(|worker| worker.join().unwrap()).fold(Tally::default(), Tally::and)
    })
}

impl Tally {
    fn and(mut self, other: Self) -> Self {
        self.environments += other.environments;
        self.values += other.values;
        self.failures += other.failures;
        self.differences.extend(other.differences);
        self
    }
}

fn compare(machine: &Machine<'_>, tally: &mut Tally) {
    tally.environments += 1;
    let resolver = machine.resolver();
    let rejected = rejected(machine, &resolver);
    match machine.ask(&resolver) {
        Answer::Values(real) => {
            tally.values += real.len();
            let different = real.iter().filter_map(|(name, real)| difference(&resolver, name, real));
            let overlooked = rejected.iter().map(|(setting, found)| format!("{setting} is used, but was diagnosed as {found:?}"));
            tally.differences.extend(different.chain(overlooked).map(|text| machine.described(&text)));
        }
        Answer::Failure(message) if rejected.iter().any(|(_, found)| says(&message, found)) || depends(&message, machine, &resolver) => {
            tally.failures += 1;
        }
        Answer::Failure(message) => {
            tally.differences.push(machine.described(&format!("nobody said that go fails: {message}; {rejected:?}")))
        }
    }
}

/// How a variable differs from what was worked out.
fn difference(resolver: &Resolver, name: &str, real: &str) -> Option<String> {
    let value = resolver.variable(name);
    let exception = EXCEPTIONS.iter().find(|(excepted, ..)| *excepted == name).map(|(_, exception, _)| *exception);
    let is_among = || value.choices().iter().any(|choice| text(choice) == Some(real));
    let fits = match exception {
        Some(Exception::Unknown) => value.reason().is_some(),
        Some(Exception::OneOf) => is_among() || value.reason().is_some(),
        None => value.single().and_then(text) == Some(real),
    };
    (!fits).then(|| format!("{name} is {real:?}, but was said to be {value:?}"))
}

/// The settings that every command is said to reject.
fn rejected(machine: &Machine<'_>, resolver: &Resolver) -> Vec<(String, Diagnosis)> {
    let by_every = |found: &Diagnosis| matches!(found.verdict, Verdict::Rejected { by: By::Every, .. });
    let printed = |setting: &str| ONLY_PRINTED.iter().any(|name| setting.starts_with(&format!("{name}=")));
    let found = machine.diagnoses(resolver);
    found.into_iter().filter(|(setting, found)| by_every(found) && !printed(setting)).collect()
}

fn says(message: &str, found: &Diagnosis) -> bool {
    matches!(&found.verdict, Verdict::Rejected { message: words, .. } if message.contains(words.trim_start_matches("go: ")))
}

/// Whether a message is about something that a value alone does not tell, and that was diagnosed so.
fn depends(message: &str, machine: &Machine<'_>, resolver: &Resolver) -> bool {
    let suspect = |setting: &str, found: &Diagnosis| {
        let is_about = |(name, words): &(&str, &str)| setting.starts_with(&format!("{name}=")) && message.contains(words);
        matches!(found.verdict, Verdict::Conditional | Verdict::Harmful) && CONDITIONS.iter().any(is_about)
    };
    machine.diagnoses(resolver).iter().any(|(setting, found)| suspect(setting, found))
}

//! Compares what `go` commands saw with what `trace` says.

use policy_core::trace::{TraceCommand, TraceValue};

use super::machine::Seen;
use super::workflow::Variables;

/// How much was compared.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) known: usize,
    pub(super) one_of: usize,
    pub(super) unknown: usize,
}

/// Variables that scripts set and that `trace` tells of.
const NAMES: &[&str] = &["CC", "CGO_ENABLED", "GOFLAGS", "GOOS", "GOPRIVATE", "GOVCS"];

/// What Go makes of its environment: a variable that is empty counts as unset (`cfg.Getenv`). `None` if more decides than this tells.
fn resolved(env: &Variables, name: &str) -> Option<String> {
    let set = |name: &str| env.get(name).filter(|value| !value.is_empty()).cloned();
    let default = match name {
        "CC" => "gcc",
        "GOOS" => "linux",
        "CGO_ENABLED" => return set(name).filter(|value| value == "0" || value == "1").or_else(|| default_cgo(env)),
        _ => "",
    };
    Some(set(name).unwrap_or_else(|| default.to_owned()))
}

/// On when building for the machine itself, with a compiler that is there.
fn default_cgo(env: &Variables) -> Option<String> {
    let cross = resolved(env, "GOOS")? != "linux";
    let usual = resolved(env, "CC")? == "gcc";
    (cross || usual).then(|| (if cross { "0" } else { "1" }).to_owned())
}

/// Whether a command may be the one that was seen.
pub(super) fn fits(said: &TraceCommand, seen: &Seen) -> bool {
    differences(said, seen).is_empty()
}

/// What is wrong with taking one for the other.
pub(super) fn differences(said: &TraceCommand, seen: &Seen) -> Vec<String> {
    let argv = said.argv.as_deref().unwrap_or_default();
    let words = (!words_fit(argv, &seen.argv)).then(|| format!("argv {:?}, said {argv:?}", seen.argv));
    let variables = NAMES.iter().filter_map(|name| {
        let real = resolved(&seen.env, name)?;
        (!value_fits(&said.env[*name], &real)).then(|| format!("{name}={real:?}, said {:?}", said.env[*name]))
    });
    words.into_iter().chain(variables).collect()
}

/// A word that is not known may be any number of words.
fn words_fit(said: &[Option<String>], seen: &[String]) -> bool {
    match (said.split_first(), seen.split_first()) {
        (None, rest) => rest.is_none(),
        (Some((None, more)), _) => (0..=seen.len()).any(|taken| words_fit(more, &seen[taken..])),
        (Some((Some(_), _)), None) => false,
        (Some((Some(word), more)), Some((first, rest))) => word == first && words_fit(more, rest),
    }
}

fn value_fits(said: &TraceValue, real: &str) -> bool {
    match said {
        TraceValue::Known { value, .. } => value == real,
        TraceValue::OneOf { values, .. } => values.iter().any(|value| value == real),
        TraceValue::Unknown { .. } => true,
    }
}

impl Tally {
    pub(super) fn count(&mut self, said: &TraceCommand, seen: &Seen) {
        let words = said.argv.iter().flatten();
        let unknown_words = words.clone().filter(|word| word.is_none()).count();
        self.unknown += unknown_words;
        self.known += words.count() - unknown_words;
        for name in NAMES.iter().filter(|name| resolved(&seen.env, name).is_some()) {
            match said.env[*name] {
                TraceValue::Known { .. } => self.known += 1,
                TraceValue::OneOf { .. } => self.one_of += 1,
                TraceValue::Unknown { .. } => self.unknown += 1,
            }
        }
    }

    pub(super) fn plus(&self, other: &Self) -> Self {
        Self { known: self.known + other.known, one_of: self.one_of + other.one_of, unknown: self.unknown + other.unknown }
    }

    pub(super) fn total(&self) -> usize {
        self.known + self.one_of + self.unknown
    }
}

/// Which command of the trace each of those seen is: in order, and with none left out that is certain to run, if `all` is set. What
/// functions and loops run over and over is said once: if `repeats` is set, a command may also be one that was passed before.
pub(super) fn aligned(said: &[&TraceCommand], seen: &[Seen], all: bool, repeats: bool) -> Option<Vec<usize>> {
    let skippable = |command: &TraceCommand| !all || command.perhaps;
    let repeated = |i: usize, j: usize| (0..j).rev().find(|at| repeats && fits(said[*at], &seen[i]));
    // possible[i][j]: whether what was seen from i on can be what was said from j on.
    let mut possible = vec![vec![false; said.len() + 1]; seen.len() + 1];
    let takes = |possible: &[Vec<bool>], i: usize, j: usize| j < said.len() && possible[i + 1][j + 1] && fits(said[j], &seen[i]);
    for i in (0..=seen.len()).rev() {
        for j in (0..=said.len()).rev() {
            let ends = i == seen.len() && j == said.len();
            let skips = said.get(j).is_some_and(|said| skippable(said)) && possible[i][j + 1];
            let here = i < seen.len() && (takes(&possible, i, j) || possible[i + 1][j] && repeated(i, j).is_some());
            possible[i][j] = ends || skips || here;
        }
    }
    let mut pairs = Vec::new();
    let mut j = 0;
    while possible[0][0] && pairs.len() < seen.len() {
        let i = pairs.len();
        if takes(&possible, i, j) {
            pairs.push(j);
            j += 1;
        } else if let Some(at) = repeated(i, j).filter(|_| possible[i + 1][j]) {
            pairs.push(at);
        } else {
            j += 1;
        }
    }
    possible[0][0].then_some(pairs)
}

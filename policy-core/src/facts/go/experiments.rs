//! The names that GOEXPERIMENT accepts.
//!
//! Source: `internal/goexperiment/flags.go` and `ParseGOEXPERIMENT` in `internal/buildcfg/exp.go` of every release from 1.21 to 1.27.

use super::release::Span;
use crate::facts::version::VersionRange;

/// An experiment of the toolchain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Experiment {
    /// Its name, in lower case as GOEXPERIMENT wants it.
    pub name: &'static str,
    /// The releases that accept the name (21: or earlier).
    pub span: Span,
    /// The releases that have it switched on by default, on most ports at least.
    pub on: Option<Span>,
}

/// The experiment of that name.
pub(crate) fn lookup(name: &str) -> Option<&'static Experiment> {
    EXPERIMENTS.iter().find(|experiment| experiment.name == name)
}

/// Whether an entry of GOEXPERIMENT is accepted: a name, `no` and a name, the alias `regabi`, `none`, or nothing.
pub(crate) fn accepts(entry: &str, versions: VersionRange) -> Option<bool> {
    match bare(entry) {
        _ if matches!(entry, "" | "none") => Some(true),
        "regabi" => Some(true),
        name => lookup(name).unwrap_or(&UNKNOWN).span.holds_as_measured(versions),
    }
}

/// The name that Go looks up, and complains about: a leading `no` is always taken for a negation, except in `none`.
pub(crate) fn bare(entry: &str) -> &str {
    if entry == "none" { entry } else { entry.strip_prefix("no").unwrap_or(entry) }
}

/// A name that no known release has: its span lies before all of them.
const UNKNOWN: Experiment = row("", Span::between(0, 0), None);

const fn row(name: &'static str, span: Span, on: Option<Span>) -> Experiment {
    Experiment { name, span, on }
}

#[rustfmt::skip]
const EXPERIMENTS: &[Experiment] = &[
    row("aliastypeparams", Span::between(23, 25), Some(Span::between(24, 25))),
    row("allocheaders", Span::between(22, 22), Some(Span::between(22, 22))),
    row("arenas", Span::since(21), None),
    row("boringcrypto", Span::since(21), None),
    row("cacheprog", Span::between(21, 25), None),
    row("cgocheck2", Span::since(21), None),
    row("coverageredesign", Span::between(21, 24), Some(Span::between(21, 24))),
    row("dwarf5", Span::since(25), Some(Span::since(25))),
    row("exectracer2", Span::between(22, 22), Some(Span::between(22, 22))),
    row("fieldtrack", Span::since(21), None),
    row("goroutineleakprofile", Span::between(26, 26), None),
    row("greenteagc", Span::since(25), Some(Span::since(26))),
    row("heapminimum512kib", Span::since(21), None),
    row("jsonv2", Span::since(25), Some(Span::since(27))),
    row("loopvar", Span::since(21), None),
    row("mapsplitgroup", Span::since(27), None),
    row("newinliner", Span::since(22), None),
    row("pagetrace", Span::between(21, 22), None),
    row("preemptibleloops", Span::since(21), None),
    row("randomizedheapbase64", Span::since(26), Some(Span::since(26))),
    row("range", Span::between(22, 22), None),
    row("rangefunc", Span::between(22, 25), None),
    row("regabiargs", Span::since(21), Some(Span::since(21))),
    row("regabiwrappers", Span::since(21), Some(Span::since(21))),
    row("runtimefreegc", Span::since(26), None),
    row("runtimesecret", Span::since(26), None),
    row("simd", Span::since(26), None),
    row("sizespecializedmalloc", Span::since(26), Some(Span::since(27))),
    row("spinbitmutex", Span::between(24, 24), Some(Span::between(24, 24))),
    row("staticlockranking", Span::since(21), None),
    row("swissmap", Span::between(24, 25), Some(Span::between(24, 25))),
    row("synchashtriemap", Span::between(24, 25), Some(Span::between(24, 25))),
    row("synctest", Span::between(24, 25), None),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_and_go_with_releases() {
        assert_eq!(accepts("rangefunc", VersionRange::minor(21)), Some(false));
        assert_eq!(accepts("norangefunc", VersionRange::minor(22)), Some(true));
        assert_eq!(accepts("rangefunc", VersionRange::minor(26)), Some(false));
        assert_eq!(accepts("rangefunc", VersionRange { low: None, high: None }), None);
        assert_eq!(accepts("loopvar", VersionRange { low: None, high: None }), Some(true));
    }

    #[test]
    fn case_matters_and_no_is_a_negation() {
        let release = VersionRange::minor(27);
        assert_eq!((accepts("Arenas", release), accepts("none", release), accepts("no", release)), (Some(false), Some(true), Some(false)));
        assert_eq!((bare("nosuchexp"), accepts("nonone", release)), ("suchexp", Some(false)));
        assert_eq!(accepts("suchexp", VersionRange::minor(99)), None);
    }
}

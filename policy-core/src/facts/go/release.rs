//! Which Go releases a fact holds for.

use std::ops::RangeInclusive;

use crate::facts::version::VersionRange;

/// The oldest minor release whose behaviour was measured: 1.21.
pub(crate) const OLDEST: u32 = 21;

/// The newest minor release whose behaviour was measured: 1.27.
pub(crate) const NEWEST: u32 = 27;

/// Minor releases of Go 1, both ends included; an open end lasts until today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    /// The first minor release.
    pub since: u32,
    /// The last minor release, if it is over.
    pub until: Option<u32>,
}

impl Span {
    /// From a release on.
    pub(crate) const fn since(since: u32) -> Self {
        Self { since, until: None }
    }

    /// From a release to another.
    pub(crate) const fn between(since: u32, until: u32) -> Self {
        Self { since, until: Some(until) }
    }

    /// Whether it covers a minor release; nothing is gone for certain in a release newer than the newest known one.
    pub(crate) fn covers(self, minor: u32) -> Option<bool> {
        let inside = minor >= self.since && self.until.is_none_or(|until| minor <= until);
        (inside || minor <= NEWEST).then_some(inside)
    }

    /// Whether it covers every release of the range (`Some(true)`), none (`Some(false)`), or that is not known.
    pub(crate) fn holds(self, versions: VersionRange) -> Option<bool> {
        agree(versions, |minor| self.covers(minor))
    }

    /// As [`Span::holds`], for tables that were measured from [`OLDEST`] on: nothing is known of earlier releases.
    pub(crate) fn holds_as_measured(self, versions: VersionRange) -> Option<bool> {
        agree(versions, |minor| if minor < OLDEST { None } else { self.covers(minor) })
    }
}

/// The minor releases of a range. An open lower end is taken as [`OLDEST`]; all that is newer than [`NEWEST`] is one release.
pub(crate) fn minors(versions: VersionRange) -> RangeInclusive<u32> {
    let beyond = NEWEST + 1;
    let minor = |version: crate::facts::version::GoVersion| if version.major == 1 { version.minor.min(beyond) } else { beyond };
    let low = versions.low.map_or(OLDEST, minor);
    let high = versions.high.map_or(beyond, minor);
    low..=high.max(low)
}

/// What a fact is for every release of a range, if it is the same and known for all of them.
pub(crate) fn agree<T: PartialEq>(versions: VersionRange, fact: impl FnMut(u32) -> Option<T>) -> Option<T> {
    let mut facts = minors(versions).map(fact);
    let first = facts.next()??;
    facts.all(|fact| fact.as_ref() == Some(&first)).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::version::GoVersion;

    #[test]
    fn releases_that_disagree_or_lie_beyond_the_known_ones_leave_the_answer_open() {
        let span = Span::between(22, 25);
        assert_eq!(span.holds(VersionRange::minor(22)), Some(true));
        assert_eq!(span.holds(VersionRange::minor(21)), Some(false));
        assert_eq!(span.holds(VersionRange { low: Some(GoVersion::release(21, 0)), high: Some(GoVersion::release(22, 0)) }), None);
        assert_eq!(span.holds(VersionRange::minor(40)), None);
        assert_eq!(Span::since(22).holds(VersionRange::minor(40)), Some(true));
        assert_eq!(Span::since(22).holds(VersionRange::at_least(GoVersion::release(22, 3))), Some(true));
        assert_eq!(Span::since(0).holds_as_measured(VersionRange::minor(20)), None);
    }

    #[test]
    fn an_open_range_covers_the_measured_releases_and_one_beyond() {
        assert_eq!(minors(VersionRange { low: None, high: None }), OLDEST..=NEWEST + 1);
        assert_eq!(minors(VersionRange::minor(19)), 19..=19);
        assert_eq!(minors(VersionRange::minor(4_000_000_000)), NEWEST + 1..=NEWEST + 1);
    }
}

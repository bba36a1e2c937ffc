//! Whether a condition on build tags can hold for any build.
//!
//! Everything that the tags of a platform or release have to do with each other is tried out: each platform, each release that makes a
//! difference, each compiler. What is left are tags that anybody may set or not; of those only the ones that stand in a condition
//! both plain and negated need a search.

use std::collections::{BTreeMap, BTreeSet};

use super::platform::Platforms;
use super::{TagKind, kind};
use crate::syntax::build_constraint::Expression;

/// Parts of conditions that are looked at before the answer is that it is not known.
const MOST_EFFORT: usize = 200_000;

/// The builds that are thought of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Builds<'p> {
    pub(crate) platforms: &'p Platforms,
    /// The oldest minor release of Go.
    pub(crate) oldest: u32,
}

/// Whether the condition holds for any of the builds; `None` if that would take too long to find out.
pub(crate) fn can_hold(condition: &Expression, builds: Builds<'_>) -> Option<bool> {
    let mut search = Search { condition, size: condition.size(), mixed: mixed_tags(condition), effort: 0 };
    let mut unknown = false;
    for world in worlds(condition, builds)? {
        match search.holds(&world.into_iter().collect(), 0) {
            Some(true) => return Some(true),
            Some(false) => {}
            None => unknown = true,
        }
    }
    (!unknown).then_some(false)
}

/// Whether the condition holds for all of the builds.
pub(crate) fn always_holds(condition: &Expression, builds: Builds<'_>) -> Option<bool> {
    can_hold(&condition.clone().negated(), builds).map(|otherwise| !otherwise)
}

/// Whether every build that the one condition holds for, the other holds for as well.
pub(crate) fn implies(one: &Expression, other: &Expression, builds: Builds<'_>) -> Option<bool> {
    let counterexample = Expression::all(vec![one.clone(), other.clone().negated()]);
    can_hold(&counterexample, builds).map(|found| !found)
}

/// Tags and whether they are set.
type Known<'e> = BTreeMap<&'e str, bool>;

/// Every way in which the tags of platform, release and compiler can be set together; and those of the other tags that may be
/// taken to be set or not, since that can only help. `None` if that is too much to try out.
fn worlds<'e>(condition: &'e Expression, builds: Builds<'_>) -> Option<BTreeSet<Vec<(&'e str, bool)>>> {
    let tags: BTreeSet<&str> = condition.tags().into_iter().map(|tag| &*tag.name).collect();
    let of = |wanted: fn(TagKind) -> bool| tags.iter().copied().filter(|tag| wanted(kind(tag))).collect::<Vec<&str>>();
    let platform_tags = of(|kind| kind == TagKind::Platform);
    let compiler_tags = of(|kind| kind == TagKind::Compiler);
    let releases: Vec<(&str, u32)> = tags.iter().filter_map(|tag| release_of(tag)).collect();
    let pure = pure_tags(condition);
    let compilers = ["gc", "gccgo"].map(|compiler| states(&compiler_tags, |tag| tag == compiler));
    let levels = levels(&releases, builds.oldest);
    let platforms = builds.platforms.combinations(&platform_tags);
    if platforms.len() * compilers.len() * levels.len() * tags.len() > MOST_EFFORT {
        return None;
    }
    let mut worlds = BTreeSet::new();
    for platform in &platforms {
        for compiler in &compilers {
            for level in &levels {
                let released = releases.iter().map(|(tag, minor)| (*tag, minor <= level)).collect();
                worlds.insert([platform, compiler, &released, &pure].into_iter().flatten().copied().collect());
            }
        }
    }
    Some(worlds)
}

fn states<'e>(tags: &[&'e str], is_set: impl Fn(&str) -> bool) -> Vec<(&'e str, bool)> {
    tags.iter().map(|tag| (*tag, is_set(tag))).collect()
}

fn release_of(tag: &str) -> Option<(&str, u32)> {
    match kind(tag) {
        TagKind::Release(minor) => Some((tag, minor)),
        _ => None,
    }
}

/// The oldest release, and those that set one tag more than the release before.
fn levels(releases: &[(&str, u32)], oldest: u32) -> BTreeSet<u32> {
    releases.iter().map(|(_, minor)| (*minor).max(oldest)).chain([oldest]).collect()
}

/// Whether each free tag stands plain, and whether it stands negated.
fn signs(condition: &Expression) -> BTreeMap<&str, (bool, bool)> {
    let mut signs: BTreeMap<&str, (bool, bool)> = BTreeMap::new();
    condition.visit(false, &mut |tag, negated| {
        let (plain, not) = signs.entry(&tag.name).or_default();
        *plain |= !negated;
        *not |= negated;
    });
    signs.retain(|tag, _| matches!(kind(tag), TagKind::Tool | TagKind::Custom));
    signs
}

fn pure_tags(condition: &Expression) -> Vec<(&str, bool)> {
    signs(condition).into_iter().filter(|(_, (plain, not))| plain != not).map(|(tag, (plain, _))| (tag, plain)).collect()
}

fn mixed_tags(condition: &Expression) -> Vec<&str> {
    signs(condition).into_iter().filter(|(_, (plain, not))| plain == not).map(|(tag, _)| tag).collect()
}

struct Search<'e> {
    condition: &'e Expression,
    size: usize,
    mixed: Vec<&'e str>,
    effort: usize,
}

impl<'e> Search<'e> {
    /// Whether the condition can hold with what is known, where the mixed tags from an index on are still free.
    fn holds(&mut self, known: &Known<'e>, index: usize) -> Option<bool> {
        self.effort += self.size;
        if self.effort > MOST_EFFORT {
            return None;
        }
        if let Some(holds) = self.condition.evaluate(&|tag| known.get(tag).copied()) {
            return Some(holds);
        }
        let tag = *self.mixed.get(index)?;
        let mut known = known.clone();
        known.insert(tag, true);
        let set = self.holds(&known, index + 1);
        if set == Some(true) {
            return set;
        }
        known.insert(tag, false);
        let unset = self.holds(&known, index + 1);
        if unset == Some(true) { unset } else { set.and(unset) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::go::build_tags::platform;
    use crate::syntax::build_constraint::condition;

    fn ask<T>(ported: bool, oldest: u32, question: impl Fn(Builds<'_>) -> T) -> T {
        let platforms = if ported { Platforms::new(platform::ported()) } else { Platforms::new(platform::conceivable()) };
        question(Builds { platforms: &platforms, oldest })
    }

    fn possible(text: &str) -> Option<bool> {
        ask(false, 0, |builds| can_hold(&condition(text), builds))
    }

    #[test]
    fn conditions_that_contradict_themselves_cannot_hold() {
        for text in [
            "linux && windows",
            "amd64 && arm64",
            "linux && !unix",
            "android && !linux",
            "ios && !darwin",
            "illumos && !solaris",
            "windows && unix",
            "go1.21 && !go1.20",
            "gc && gccgo",
            "!gc && !gccgo",
            "x && !x",
            "(x || y) && !x && !y",
            "cgo && (linux || darwin) && !linux && !darwin",
        ] {
            assert_eq!(possible(text), Some(false), "{text}");
        }
    }

    #[test]
    fn conditions_that_some_build_fulfils_can_hold() {
        for text in [
            "linux && android",
            "darwin && !ios",
            "!linux && !windows && !darwin",
            "hurd",
            "go1.20 && !go1.21",
            "!go1.1",
            "linux && x && !y",
            "Linux && windows",
            "(x || y) && (!x || !y)",
            "ignore",
            "wasm && !js && !wasip1",
        ] {
            assert_eq!(possible(text), Some(true), "{text}");
        }
    }

    #[test]
    fn the_answer_depends_on_ports_and_releases() {
        assert_eq!(ask(true, 0, |builds| can_hold(&condition("darwin && 386"), builds)), Some(false));
        assert_eq!(ask(true, 0, |builds| can_hold(&condition("wasm && !js && !wasip1"), builds)), Some(false));
        assert_eq!(ask(false, 21, |builds| can_hold(&condition("!go1.18"), builds)), Some(false));
        assert_eq!(ask(false, 21, |builds| always_holds(&condition("go1.18 || linux"), builds)), Some(true));
        assert_eq!(ask(false, 17, |builds| always_holds(&condition("go1.18 || linux"), builds)), Some(false));
    }

    #[test]
    fn some_conditions_always_hold_and_some_follow_from_others() {
        let always = |text| ask(false, 0, |builds| always_holds(&condition(text), builds));
        let follows = |one, other| ask(false, 0, |builds| implies(&condition(one), &condition(other), builds));
        assert_eq!(
            (always("linux || !linux"), always("!linux || unix"), always("linux || windows")),
            (Some(true), Some(true), Some(false))
        );
        assert_eq!((follows("linux", "linux || darwin"), follows("linux && amd64", "unix")), (Some(true), Some(true)));
        assert_eq!((follows("unix", "linux"), follows("linux", "linux && x")), (Some(false), Some(false)));
    }

    #[test]
    fn what_takes_too_long_is_not_known() {
        let pigeon = |hole: usize, bird: usize| format!("p{bird}_{hole}");
        let housed = (0..9).map(|bird| (0..8).map(|hole| pigeon(hole, bird)).collect::<Vec<_>>().join(" || "));
        let alone = (0..8).flat_map(|hole| (1..9).flat_map(move |bird| (0..bird).map(move |other| (hole, bird, other))));
        let alone = alone.map(|(hole, bird, other)| format!("!{} || !{}", pigeon(hole, bird), pigeon(hole, other)));
        let clauses: Vec<String> = housed.chain(alone).map(|clause| format!("({clause})")).collect();
        assert_eq!(possible(&clauses.join(" && ")), None);
        let releases: Vec<String> = (1..900).map(|minor| format!("!go1.{minor}")).collect();
        assert_eq!(possible(&format!("{} && linux && amd64", releases.join(" && "))), None);
    }
}

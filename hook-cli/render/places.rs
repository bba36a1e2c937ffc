//! Jobs and matrix legs in words.

use std::collections::HashSet;

use policy_core::facts::subject::Place;

use super::escape::visible;

/// This many jobs, and of each this many legs, are named; of the rest only the number, unless all are asked for.
const NAMED: usize = 3;

/// A matrix leg: `os=ubuntu-latest, go=1.22`.
pub(crate) fn leg<'a>(matrix: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let pairs: Vec<String> = matrix.map(|(name, value)| format!("{}={}", visible(name), visible(value))).collect();
    pairs.join(", ")
}

/// `in jobs build, test (os=ubuntu-latest, go=1.22; … and 14 more legs)`; nothing if there are no places.
pub(crate) fn note(places: &[Place], all: bool) -> Option<String> {
    let jobs: Vec<String> = places.chunk_by(|a, b| a.job == b.job).map(|places| job(places, all)).collect();
    let noun = if jobs.len() == 1 { "job" } else { "jobs" };
    (!jobs.is_empty()).then(|| format!("in {noun} {}", some_of(&jobs, ", ", "job", all)))
}

/// A job with its legs.
fn job(places: &[Place], all: bool) -> String {
    let name = places.first().map_or_else(String::new, |place| visible(&place.job));
    // The steps of a job come one after the other, each with all its legs.
    let mut named = HashSet::new();
    let legs = places.iter().map(leg_of).filter(|leg| !leg.is_empty());
    let legs: Vec<String> = legs.filter(|leg| named.insert(leg.clone())).collect();
    if legs.is_empty() { name } else { format!("{name} ({})", some_of(&legs, "; ", "leg", all)) }
}

fn leg_of(place: &Place) -> String {
    leg(place.matrix.iter().map(|(name, value)| (&**name, &**value)))
}

/// The first few of `items`, and how many more there are: `a; b; c and 14 more legs`.
pub(crate) fn some_of(items: &[String], separator: &str, noun: &str, all: bool) -> String {
    let named = if all || items.len() <= NAMED + 1 { items.len() } else { NAMED };
    let first = items.iter().take(named).map(String::as_str).collect::<Vec<_>>().join(separator);
    match items.len() - named {
        0 => first,
        more => format!("{first} and {more} more {noun}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(job: &str, step: u32, os: &str) -> Place {
        let matrix: Vec<_> = if os.is_empty() { Vec::new() } else { vec![("os".into(), os.into())] };
        Place { job: job.into(), step: Some(step), matrix: matrix.into(), command: None }
    }

    #[test]
    fn names_some_and_counts_the_rest() {
        assert_eq!(note(&[], false), None);
        assert_eq!(note(&[place("a", 1, ""), place("a", 2, "")], false).unwrap(), "in job a");
        let mut places: Vec<Place> = ["a", "b", "c", "d", "e"].iter().map(|os| place("t", 1, os)).collect();
        assert_eq!(note(&places, false).unwrap(), "in job t (os=a; os=b; os=c and 2 more legs)");
        let twice = [place("t", 1, "b"), place("t", 1, "a"), place("t", 2, "b"), place("t", 2, "a")];
        assert_eq!(note(&twice, false).unwrap(), "in job t (os=b; os=a)");
        places.truncate(1);
        places.push(place("u", 1, ""));
        assert_eq!(note(&places, false).unwrap(), "in jobs t (os=a), u");
        let jobs: Vec<Place> = ["a", "b", "c", "d", "e"].iter().map(|job| place(job, 1, "")).collect();
        assert_eq!(note(&jobs, false).unwrap(), "in jobs a, b, c and 2 more jobs");
        assert_eq!(note(&jobs, true).unwrap(), "in jobs a, b, c, d, e");
    }
}

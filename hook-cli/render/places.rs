//! Jobs and matrix legs in words.

use policy_core::facts::subject::Place;

use super::escape::visible;

/// This many legs are named; of the rest only the number, unless all are asked for.
const NAMED: usize = 3;

/// A matrix leg: `os=ubuntu-latest, go=1.22`.
pub(crate) fn leg<'a>(matrix: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let pairs: Vec<String> = matrix.map(|(name, value)| format!("{}={}", visible(name), visible(value))).collect();
    pairs.join(", ")
}

/// `in jobs build, test (os=ubuntu-latest, go=1.22), … and 14 more legs`; nothing if there are no places.
pub(crate) fn note(places: &[Place], all: bool) -> Option<String> {
    let mut legs: Vec<String> = places.iter().map(job_and_leg).collect();
    legs.dedup();
    let noun = if legs.len() == 1 { "job" } else { "jobs" };
    let hidden = if places.iter().any(|place| !place.matrix.is_empty()) { "leg" } else { "job" };
    (!legs.is_empty()).then(|| format!("in {noun} {}", some_of(&legs, hidden, all)))
}

/// The first few of `items`, and how many more there are: `a, b, c and 14 more legs`.
pub(crate) fn some_of(items: &[String], noun: &str, all: bool) -> String {
    let named = if all || items.len() <= NAMED + 1 { items.len() } else { NAMED };
    let first = items.iter().take(named).map(String::as_str).collect::<Vec<_>>().join(", ");
    match items.len() - named {
        0 => first,
        more => format!("{first} and {more} more {noun}s"),
    }
}

fn job_and_leg(place: &Place) -> String {
    let leg = leg(place.matrix.iter().map(|(name, value)| (&**name, &**value)));
    let job = visible(&place.job);
    if leg.is_empty() { job } else { format!("{job} ({leg})") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(job: &str, os: &str) -> Place {
        let matrix: Vec<_> = if os.is_empty() { Vec::new() } else { vec![("os".into(), os.into())] };
        Place { job: job.into(), step: Some(1), matrix: matrix.into(), command: None }
    }

    #[test]
    fn names_some_and_counts_the_rest() {
        assert_eq!(note(&[], false), None);
        assert_eq!(note(&[place("a", ""), place("a", "")], false).unwrap(), "in job a");
        let many: Vec<Place> = ["a", "b", "c", "d", "e"].iter().map(|os| place("t", os)).collect();
        assert_eq!(note(&many, false).unwrap(), "in jobs t (os=a), t (os=b), t (os=c) and 2 more legs");
        assert_eq!(note(&many, true).unwrap(), "in jobs t (os=a), t (os=b), t (os=c), t (os=d), t (os=e)");
    }
}

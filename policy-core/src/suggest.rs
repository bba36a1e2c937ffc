//! "Did you mean": the candidate nearest to a misspelt name.

/// Names longer than this are not compared: no declared name is, and the comparison is quadratic.
const LONGEST: usize = 64;

/// The candidate that `name` is most likely a misspelling of, if one is near enough; the first of equally near ones.
///
/// Near means: equal but for case and separators, or at most a third of the characters inserted, deleted, replaced or swapped.
pub fn nearest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let wanted = normal(name);
    let allowed = (wanted.len() / 3).max(1);
    let distance_to = |candidate: &str| distance(&wanted, &normal(candidate), allowed);
    let near = candidates.into_iter().filter_map(|candidate| Some((distance_to(candidate)?, candidate)));
    near.min_by_key(|(distance, _)| *distance).map(|(_, candidate)| candidate)
}

/// Case and the separators people mix up do not count.
fn normal(name: &str) -> Vec<char> {
    let fold = |c: char| if c == '_' { '-' } else { c.to_ascii_lowercase() };
    name.chars().take(LONGEST + 1).map(fold).collect()
}

/// The Damerau-Levenshtein distance (optimal string alignment), if it is at most `allowed`.
fn distance(from: &[char], to: &[char], allowed: usize) -> Option<usize> {
    if from.len() > LONGEST || to.len() > LONGEST || from.len().abs_diff(to.len()) > allowed {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=to.len()).collect();
    for (row, from_char) in from.iter().enumerate() {
        let mut current = vec![row + 1];
        for (column, to_char) in to.iter().enumerate() {
            let at = |line: &[usize], index: usize| line.get(index).copied().unwrap_or(usize::MAX / 2);
            let replaced = at(&above, column) + usize::from(from_char != to_char);
            let mut best = replaced.min(at(&above, column + 1) + 1).min(at(&current, column) + 1);
            if column > 0 && row > 0 && from.get(row - 1) == Some(to_char) && to.get(column - 1) == Some(from_char) {
                best = best.min(at(&before, column - 1) + 1);
            }
            current.push(best);
        }
        before = std::mem::replace(&mut above, current);
    }
    above.last().copied().filter(|distance| *distance <= allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_found() {
        let names = ["equals", "matches", "starts-with", "at-least", "GOFLAGS"];
        for (wrong, right) in [
            ("equal", Some("equals")),
            ("mathces", Some("matches")),
            ("starts_with", Some("starts-with")),
            ("goflags", Some("GOFLAGS")),
            ("atleast", Some("at-least")),
            ("frobnicate", None),
            ("", None),
        ] {
            assert_eq!(nearest(wrong, names), right, "{wrong}");
        }
    }

    #[test]
    fn distance_counts_swaps_once() {
        let chars = |text: &str| text.chars().collect::<Vec<_>>();
        for (from, to, expected) in [("ab", "ba", 1), ("kitten", "sitting", 3), ("", "abc", 3), ("same", "same", 0)] {
            assert_eq!(distance(&chars(from), &chars(to), 9), Some(expected), "{from} {to}");
        }
        assert_eq!(distance(&chars("kitten"), &chars("sitting"), 2), None);
    }
}

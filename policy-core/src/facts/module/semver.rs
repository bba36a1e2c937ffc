//! The order of module versions.

use std::cmp::Ordering;

/// Whether one canonical version comes after another.
///
/// Source: `Compare` in `golang.org/x/mod/semver`.
pub(super) fn is_above(one: &str, other: &str) -> bool {
    let (one, other) = (parts(one), parts(other));
    one.0.cmp(&other.0).then_with(|| prerelease(one.1, other.1)).is_gt()
}

/// The numbers, and what stands behind `-`.
fn parts(version: &str) -> (Vec<u64>, Option<&str>) {
    let version = version.trim_start_matches('v').split('+').next().unwrap_or_default();
    let (numbers, prerelease) = version.split_once('-').map_or((version, None), |(numbers, rest)| (numbers, Some(rest)));
    (numbers.split('.').map(|number| number.parse().unwrap_or(u64::MAX)).collect(), prerelease)
}

fn prerelease(one: Option<&str>, other: Option<&str>) -> Ordering {
    match (one, other) {
        (None, other) => other.map_or(Ordering::Equal, |_| Ordering::Greater),
        (Some(_), None) => Ordering::Less,
        (Some(one), Some(other)) => one.split('.').map(identifier).cmp(other.split('.').map(identifier)),
    }
}

/// Numbers come before words.
fn identifier(text: &str) -> (bool, u64, &str) {
    text.parse().map_or((true, 0, text), |number| (false, number, ""))
}

#[cfg(test)]
mod tests {
    use super::is_above;

    #[test]
    fn versions_are_ordered_as_go_orders_them() {
        let ordered = ["v0.9.9", "v1.0.0-0.2", "v1.0.0-2", "v1.0.0-10", "v1.0.0-alpha", "v1.0.0-alpha.1", "v1.0.0", "v1.2.0", "v1.10.0"];
        for pair in ordered.windows(2) {
            assert!(is_above(pair[1], pair[0]) && !is_above(pair[0], pair[1]), "{pair:?}");
        }
        assert!(!is_above("v1.0.0", "v1.0.0"));
    }
}

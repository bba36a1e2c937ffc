//! For tests that make things up: draws that a seed determines, and how many of them.

pub(crate) use super::script::tests::generator::Dice;

/// A number that an environment variable sets, for tests that can do more than usual.
#[expect(clippy::disallowed_methods, reason = "how much a test does is asked of the environment")]
pub(crate) fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

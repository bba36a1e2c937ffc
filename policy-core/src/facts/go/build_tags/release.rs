//! Tags that name releases of Go.

use crate::syntax::build_constraint::Expression;

/// Go compiles no file as older than this, whatever its constraint says (`go1_21` in `types2/check.go`).
const OLDEST_LANGUAGE: u32 = 21;

/// The minor release of a tag that some release sets: `go1.21`, not `go1`, `go1.21.3` or `go1.021`.
pub(crate) fn parse(tag: &str) -> Option<u32> {
    let digits = tag.strip_prefix("go1.")?;
    let canonical = digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0') && digits.len() < 7;
    if canonical { digits.parse().ok() } else { None }
}

/// Whether a tag looks like that of a release and is one that no release sets (`malformedGoTag` of go vet's buildtag).
pub(crate) fn is_malformed(tag: &str) -> bool {
    let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let valid = |tag: &str| tag == "go1" || tag.strip_prefix("go1.").is_some_and(number);
    if tag.starts_with("go1") {
        return !valid(tag);
    }
    ["go.", "g1.", "go"].iter().any(|prefix| tag.strip_prefix(prefix).is_some_and(number))
}

/// The release that a condition asks for at least, if it asks for any (`GoVersion` of `go/build/constraint`).
pub(crate) fn least(condition: &Expression) -> Option<u32> {
    asked(condition, false)
}

fn asked(condition: &Expression, negated: bool) -> Option<u32> {
    match condition {
        Expression::Tag(tag) => parse(&tag.name).filter(|_| !negated),
        Expression::Not(inner) => asked(inner, !negated),
        Expression::And(parts) => combined(parts, negated, negated),
        Expression::Or(parts) => combined(parts, negated, !negated),
    }
}

/// Of alternatives the least counts, of things that must all hold the greatest. `None` is the least.
fn combined(parts: &[Expression], negated: bool, alternatives: bool) -> Option<u32> {
    let asked = parts.iter().map(|part| asked(part, negated));
    if alternatives { asked.min().flatten() } else { asked.max().flatten() }
}

/// The language version (1.N) of a file with this condition in a module whose `go` line says 1.`module`, if that is not the module's.
pub(crate) fn language(condition: &Expression, module: u32) -> Option<u32> {
    least(condition).map(|least| least.max(OLDEST_LANGUAGE)).filter(|language| *language != module)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::build_constraint::condition;

    #[test]
    fn only_tags_that_releases_set_are_those_of_releases() {
        assert_eq!((parse("go1.21"), parse("go1.9")), (Some(21), Some(9)));
        for tag in ["go1", "go1.", "go1.x", "go1.21.3", "go1.021", "go2.1", "go1.21rc1"] {
            assert_eq!(parse(tag), None, "{tag}");
        }
        let malformed = ["go1.21.3", "go1.21rc1", "go1.x", "go21", "go.21", "g1.21", "go121"];
        assert!(malformed.iter().all(|tag| is_malformed(tag)));
        assert!(["go1", "go1.21", "golang", "go", "gopher", "g2.1"].iter().all(|tag| !is_malformed(tag)));
    }

    #[test]
    fn conditions_ask_for_releases_as_go_says() {
        for (text, expected) in [
            ("linux && go1.22", Some(22)),
            ("(linux && go1.22) || (windows && go1.20)", Some(20)),
            ("linux || (windows && go1.22)", None),
            ("!go1.22", None),
            ("!(!go1.22 || linux)", Some(22)),
            ("go1.18 && go1.20", Some(20)),
            ("linux", None),
        ] {
            assert_eq!(least(&condition(text)), expected, "{text}");
        }
        assert_eq!(language(&condition("go1.18"), 24), Some(21));
        assert_eq!(language(&condition("go1.24"), 24), None);
    }
}

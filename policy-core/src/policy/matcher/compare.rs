//! Equality and order.

use super::Case;
use crate::facts::value::Datum;
use crate::facts::version::VersionRange;
use crate::policy::truth::Truth;

pub(super) fn equals(case: &Case<'_>) -> Truth {
    case.operands.first().map_or(Truth::False, |operand| same(case.datum, operand))
}

pub(super) fn one_of(case: &Case<'_>) -> Truth {
    Truth::any(case.operands.iter().map(|operand| same(case.datum, operand)))
}

pub(super) fn same_as(case: &Case<'_>) -> Truth {
    equals(case)
}

pub(super) fn is_set(case: &Case<'_>) -> Truth {
    Truth::from(*case.datum != Datum::Unset).agrees_with(case.yes())
}

pub(super) fn is_empty(case: &Case<'_>) -> Truth {
    let empty = match case.datum {
        Datum::Unset => true,
        Datum::Text(text) => text.is_empty(),
        Datum::List(items) => items.is_empty(),
        _ => false,
    };
    Truth::from(empty).agrees_with(case.yes())
}

pub(super) fn at_least(case: &Case<'_>) -> Truth {
    case.operands.first().and_then(|bound| less(case.datum, bound)).map_or(Truth::False, Truth::negate)
}

pub(super) fn below(case: &Case<'_>) -> Truth {
    case.operands.first().and_then(|bound| less(case.datum, bound)).unwrap_or(Truth::False)
}

fn same(one: &Datum, other: &Datum) -> Truth {
    match (one, other) {
        (Datum::Version(one), Datum::Version(other)) => same_version(*one, *other),
        (Datum::List(one), Datum::List(other)) => same_items(one, other),
        _ => Truth::from(one == other),
    }
}

fn same_items(one: &[crate::facts::value::Value], other: &[crate::facts::value::Value]) -> Truth {
    let unknown = one.iter().chain(other).any(|item| item.single().is_none());
    if unknown { Truth::unknown("an item of the list is not known") } else { Truth::from(one == other) }
}

/// Ranges of more than one version each may or may not mean the same one.
fn same_version(one: VersionRange, other: VersionRange) -> Truth {
    if one.single().is_some() && one.single() == other.single() {
        return Truth::True;
    }
    match (less_version(one, other), less_version(other, one)) {
        (Truth::True, _) | (_, Truth::True) => Truth::False,
        _ => imprecise(one, other),
    }
}

/// Whether `one` is less than `other`; `None` if there is no order between them, as with what is unset.
fn less(one: &Datum, other: &Datum) -> Option<Truth> {
    match (one, other) {
        (Datum::Number(one), Datum::Number(other)) => Some(Truth::from(one < other)),
        (Datum::Version(one), Datum::Version(other)) => Some(less_version(*one, *other)),
        _ => None,
    }
}

fn less_version(one: VersionRange, other: VersionRange) -> Truth {
    match (one.low, one.high, other.low, other.high) {
        (_, Some(high), Some(low), _) if high < low => Truth::True,
        (Some(low), _, _, Some(high)) if low >= high => Truth::False,
        _ => imprecise(one, other),
    }
}

fn imprecise(one: VersionRange, other: VersionRange) -> Truth {
    Truth::unknown(format!("Go version {one} cannot be compared with {other}"))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{evaluate, list, text};
    use super::*;
    use crate::facts::version::GoVersion;
    use crate::policy::condition::Extra;

    fn version(text: &str) -> Datum {
        Datum::Version(VersionRange::exact(GoVersion::parse(text).unwrap()))
    }

    #[test]
    fn what_is_unset_equals_nothing_and_has_no_order() {
        for name in ["equals", "one-of", "at-least", "below"] {
            assert_eq!(evaluate(name, &Datum::Unset, &[&Datum::Number(1)], &Extra::Nothing), Truth::False, "{name}");
        }
        assert_eq!(evaluate("equals", &text(""), &[&text("")], &Extra::Nothing), Truth::True);
    }

    #[test]
    fn set_and_empty_differ() {
        let cases = [(Datum::Unset, false, true), (text(""), true, true), (text("x"), true, false), (list(&[]), true, true)];
        for (datum, set, empty) in cases {
            assert_eq!(evaluate("is-set", &datum, &[], &Extra::YesNo(true)), set.into(), "{datum:?}");
            assert_eq!(evaluate("is-empty", &datum, &[], &Extra::YesNo(true)), empty.into(), "{datum:?}");
            assert_eq!(evaluate("is-empty", &datum, &[], &Extra::YesNo(false)), (!empty).into(), "{datum:?}");
        }
    }

    #[test]
    fn versions_compare_where_all_of_a_range_agree() {
        let range = Datum::Version(VersionRange::minor(22));
        for (bound, at_least) in [("1.22", Some(true)), ("1.21.5", Some(true)), ("1.23", Some(false)), ("1.22.3", None)] {
            let truth = evaluate("at-least", &range, &[&version(bound)], &Extra::Nothing);
            let below = evaluate("below", &range, &[&version(bound)], &Extra::Nothing);
            match at_least {
                Some(expected) => assert_eq!((truth, below), (expected.into(), (!expected).into()), "{bound}"),
                None => assert!(matches!((truth, below), (Truth::Unclear(_), Truth::Unclear(_))), "{bound}"),
            }
        }
        assert_eq!(evaluate("equals", &range, &[&version("1.21.0")], &Extra::Nothing), Truth::False);
        assert!(matches!(evaluate("equals", &range, &[&version("1.22.1")], &Extra::Nothing), Truth::Unclear(_)));
    }

    #[test]
    fn numbers_are_ordered() {
        assert_eq!(evaluate("at-least", &Datum::Number(5), &[&Datum::Number(5)], &Extra::Nothing), Truth::True);
        assert_eq!(evaluate("below", &Datum::Number(5), &[&Datum::Number(5)], &Extra::Nothing), Truth::False);
    }
}

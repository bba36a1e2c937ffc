//! Lists, their items, and negation.

use super::Case;
use crate::facts::value::{Datum, Value};
use crate::policy::condition::Extra;
use crate::policy::truth::Truth;

pub(super) fn has_entry(case: &Case<'_>) -> Truth {
    match case.datum {
        Datum::List(_) => has_item(case),
        // Go splits GOPROXY at both, and GOPRIVATE, GONOSUMDB and the like at commas:
        // cmd/go/internal/modfetch/proxy.go, golang.org/x/mod/module.MatchPrefixPatterns.
        _ => case.texts(|text, entry| text.split([',', '|']).any(|part| part.trim() == entry)),
    }
}

/// Whether the first operand is an item.
pub(super) fn has_item(case: &Case<'_>) -> Truth {
    let Some(wanted) = case.operands.first() else { return Truth::False };
    Truth::any(case.items().iter().map(|item| holds(item, |datum| datum == *wanted)))
}

pub(super) fn each(case: &Case<'_>) -> Truth {
    let Extra::Test(test) = case.extra else { return Truth::False };
    Truth::all(case.items().iter().map(|item| case.nested.item(test, item)))
}

pub(super) fn some(case: &Case<'_>) -> Truth {
    let Extra::Test(test) = case.extra else { return Truth::False };
    Truth::any(case.items().iter().map(|item| case.nested.item(test, item)))
}

pub(super) fn none(case: &Case<'_>) -> Truth {
    some(case).negate()
}

pub(super) fn not(case: &Case<'_>) -> Truth {
    let Extra::Test(test) = case.extra else { return Truth::False };
    case.nested.datum(test, case.datum).negate()
}

/// Whether something holds of an item, whichever of its possibilities is the case.
pub(super) fn holds(item: &Value, test: impl Fn(&Datum) -> bool) -> Truth {
    match item.reason() {
        Some(reason) => Truth::because(reason.clone()),
        None => Truth::agreed(item.choices().iter().map(|choice| test(&choice.datum).into()), several),
    }
}

/// An item, or a field of a record, that has several values which differ in what matters.
pub(crate) fn several() -> Truth {
    Truth::unknown("an item of the list has one of several values")
}

#[cfg(test)]
mod tests {
    use super::super::testing::{evaluate, list, text};
    use super::*;
    use crate::facts::value::Reason;

    #[test]
    fn entries_stand_between_commas_and_pipes() {
        for (datum, expected) in [
            (text("https://proxy.golang.org,direct"), true),
            (text("a|direct"), true),
            (text("direct-x"), false),
            (list(&["a", "direct"]), true),
            (Datum::Unset, false),
        ] {
            assert_eq!(evaluate("has-entry", &datum, &[&text("direct")], &Extra::Nothing), expected.into(), "{datum:?}");
        }
    }

    #[test]
    fn an_unknown_item_leaves_open_what_is_missing_but_not_what_is_there() {
        let known = list(&["a"]);
        let Datum::List(items) = &known else { panic!() };
        let partly = Datum::List(items.iter().cloned().chain([Value::unknown(Reason::new("$X"))]).collect());
        assert_eq!(evaluate("contains", &partly, &[&text("a")], &Extra::Nothing), Truth::True);
        assert_eq!(evaluate("contains", &partly, &[&text("b")], &Extra::Nothing), Truth::unknown("$X"));
    }
}

//! Texts and their parts.

use super::Case;
use super::lists::has_item;
use crate::facts::value::Datum;
use crate::policy::condition::Extra;
use crate::policy::truth::Truth;

pub(super) fn pattern(case: &Case<'_>) -> Truth {
    match (case.datum.as_text(), case.extra) {
        (Some(text), Extra::Pattern(pattern)) => pattern.matches(text),
        _ => Truth::False,
    }
}

pub(super) fn starts_with(case: &Case<'_>) -> Truth {
    case.texts(|text, start| text.starts_with(start))
}

pub(super) fn ends_with(case: &Case<'_>) -> Truth {
    case.texts(|text, end| text.ends_with(end))
}

pub(super) fn contains(case: &Case<'_>) -> Truth {
    match case.datum {
        Datum::List(_) => has_item(case),
        _ => case.texts(|text, part| text.contains(part)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{evaluate, list, text};
    use super::*;

    #[test]
    fn parts_of_texts_and_items_of_lists() {
        let cases = [
            ("starts-with", text("go1.22"), "go", true),
            ("ends-with", text("a/vendor"), "vendor", true),
            ("contains", text("a-b"), "-", true),
            ("contains", list(&["a", "b"]), "b", true),
            ("contains", list(&["ab"]), "b", false),
            ("contains", Datum::Unset, "", false),
        ];
        for (name, datum, operand, expected) in cases {
            assert_eq!(evaluate(name, &datum, &[&text(operand)], &Extra::Nothing), expected.into(), "{name} {datum:?} {operand}");
        }
    }
}

//! Coercions and comparisons (`EvaluationResult.cs`): JavaScript's, except that strings ignore case and containers stay what they are.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::sync::Arc;

use super::value::Json;
use crate::syntax::expression::parse_number;

pub(super) fn is_truthy(value: &Json) -> bool {
    match value {
        Json::Null => false,
        Json::Bool(value) => *value,
        Json::Number(value) => *value != 0.0 && !value.is_nan(),
        Json::String(value) => !value.is_empty(),
        Json::Array(_) | Json::Object(_) => true,
    }
}

pub(super) fn to_number(value: &Json) -> f64 {
    match value {
        Json::Null => 0.0,
        Json::Bool(value) => f64::from(u8::from(*value)),
        Json::Number(value) => *value,
        Json::String(value) => parse_number(value),
        Json::Array(_) | Json::Object(_) => f64::NAN,
    }
}

pub(super) fn to_text(value: &Json) -> Arc<str> {
    match value {
        Json::Null => "".into(),
        Json::Bool(value) => if *value { "true" } else { "false" }.into(),
        Json::Number(value) => format_number(*value).into(),
        Json::String(value) => Arc::clone(value),
        Json::Array(_) => "Array".into(),
        Json::Object(_) => "Object".into(),
    }
}

/// .NET's format `G15`: 15 significant digits, with an exponent from 1E+15 upwards and from 1E-05 downwards. -0 is 0.
pub(crate) fn format_number(value: f64) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    if !value.is_finite() {
        return if value.is_nan() {
            "NaN"
        } else if value > 0.0 {
            "Infinity"
        } else {
            "-Infinity"
        }
        .to_owned();
    }
    let scientific = format!("{:.14e}", value.abs());
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_end_matches('0');
    let sign = if value < 0.0 { "-" } else { "" };
    match exponent {
        -4..0 => format!("{sign}0.{}{digits}", "0".repeat(exponent.unsigned_abs() as usize - 1)),
        0..15 => sign.to_owned() + &with_point(digits, exponent.unsigned_abs() as usize + 1),
        _ => format!("{sign}{}E{exponent:+03}", with_point(digits, 1)),
    }
}

/// The digits with a point after the first `whole` of them, filled up with zeros if there are fewer.
fn with_point(digits: &str, whole: usize) -> String {
    match digits.split_at_checked(whole) {
        Some((whole, "")) => whole.to_owned(),
        Some((whole, fraction)) => format!("{whole}.{fraction}"),
        None => format!("{digits:0<whole$}"),
    }
}

/// `==` of the expression language.
pub(crate) fn equal(left: &Json, right: &Json) -> bool {
    match (left, right) {
        (Json::Null, Json::Null) => true,
        (Json::Bool(left), Json::Bool(right)) => left == right,
        (Json::String(left), Json::String(right)) => left == right || fold(left) == fold(right),
        (Json::Array(left), Json::Array(right)) => Arc::ptr_eq(left, right),
        (Json::Object(left), Json::Object(right)) => Arc::ptr_eq(left, right),
        // Primitives of different kinds are compared as numbers; a container gives NaN, which equals nothing.
        _ => to_number(left) == to_number(right),
    }
}

/// The order of two values, if they have one.
pub(super) fn order(left: &Json, right: &Json) -> Option<Ordering> {
    match (left, right) {
        (Json::Null, Json::Null) => None,
        (Json::Bool(left), Json::Bool(right)) => Some(left.cmp(right)),
        (Json::String(left), Json::String(right)) => Some(fold(left).encode_utf16().cmp(fold(right).encode_utf16())),
        _ => to_number(left).partial_cmp(&to_number(right)),
    }
}

/// Whether two names of entries are the same one.
pub(crate) fn same_name(left: &str, right: &str) -> bool {
    if left.is_ascii() && right.is_ascii() { left.eq_ignore_ascii_case(right) } else { fold(left) == fold(right) }
}

/// The text in upper case, as .NET's `OrdinalIgnoreCase` does it: character by character, and only where that gives one character.
pub(super) fn fold(text: &str) -> Cow<'_, str> {
    if !text.is_ascii() {
        return Cow::Owned(text.chars().map(fold_character).collect());
    }
    if text.bytes().any(|byte| byte.is_ascii_lowercase()) { Cow::Owned(text.to_ascii_uppercase()) } else { Cow::Borrowed(text) }
}

fn fold_character(character: char) -> char {
    // .NET's casing table leaves the dotless i and the long s alone, so that they do not become ASCII.
    if matches!(character, 'ı' | 'ſ') {
        return character;
    }
    let mut upper = character.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(single), None) => single,
        _ => character,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_dotnet_writes_them() {
        let table = [
            (1.20, "1.2"),
            (-0.0, "0"),
            (0.1 + 0.2, "0.3"),
            (100.0, "100"),
            (123_456_789_012_345.0, "123456789012345"),
            (999_999_999_999_999.0, "999999999999999"),
            (1e15, "1E+15"),
            (1.5e-5, "1.5E-05"),
            (0.000_12, "0.00012"),
            (-1.5, "-1.5"),
            (1e100, "1E+100"),
            (2.0 / 3.0, "0.666666666666667"),
            (f64::NEG_INFINITY, "-Infinity"),
        ];
        for (value, expected) in table {
            assert_eq!(format_number(value), expected);
        }
    }

    #[test]
    fn case_is_folded_character_by_character() {
        assert_eq!(fold("straße é"), "STRAßE É");
        assert_eq!(fold("ıſ"), "ıſ");
        assert!(!equal(&Json::text("ı"), &Json::text("I")));
        assert_eq!(order(&Json::text("_"), &Json::text("a")), Some(Ordering::Greater), "upper case comes before the underscore");
    }

    proptest::proptest! {
        #[test]
        fn a_written_number_reads_as_nearly_itself(value in proptest::num::f64::NORMAL) {
            let again = parse_number(&format_number(value));
            proptest::prop_assert!(again == value || ((again - value) / value).abs() < 1e-14);
        }
    }
}

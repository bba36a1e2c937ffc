//! Flags as Go's `flag` package reads them.

use super::Case;
use super::lists::holds;
use crate::facts::value::{Datum, Value};
use crate::policy::condition::Extra;
use crate::policy::truth::Truth;

/// The last occurrence decides, as in package `flag`. An item that is not known could be anything, but a flag that is
/// there is taken to stay.
pub(super) fn has_flag(case: &Case<'_>) -> Truth {
    let Extra::Flag(name) = case.extra else { return Truth::False };
    let wanted = Wanted { name, value: case.operands.first().and_then(|operand| operand.as_text()) };
    match case.datum {
        Datum::Text(text) => wanted.decide(split(text).into_iter().map(Item::Known)),
        Datum::List(items) => wanted.decide(items.iter().map(Item::of)),
        _ => Truth::False,
    }
}

struct Wanted<'a> {
    name: &'a str,
    value: Option<&'a str>,
}

/// An item of a command line.
enum Item<'a> {
    Known(&'a str),
    Other(&'a Value),
}

impl<'a> Item<'a> {
    fn of(value: &'a Value) -> Self {
        value.as_text().map_or(Self::Other(value), |text| Self::Known(text))
    }
}

impl Wanted<'_> {
    fn decide<'v>(&self, items: impl Iterator<Item = Item<'v>>) -> Truth {
        let mut found = Truth::False;
        let mut named = false;
        for item in items {
            let truth = match &item {
                Item::Known(text) if named && !text.starts_with('-') => Some(Truth::from(self.value == Some(*text))),
                Item::Known(text) => self.matches(text).map(Truth::from),
                Item::Other(value) => Some(self.may_match(value)).filter(|truth| *truth != Truth::False),
            };
            // `-mod mod`: the value may be the next argument.
            named = matches!(&item, Item::Known(text) if self.value.is_some() && flag(text) == Some((self.name, None)));
            found = match (truth, found) {
                (Some(Truth::Unclear(_)), Truth::True) => Truth::True,
                (Some(truth), _) => truth,
                (None, found) => found,
            };
        }
        found
    }

    /// What an argument says about the flag; nothing if it is not that flag.
    fn matches(&self, argument: &str) -> Option<bool> {
        let (_, value) = flag(argument).filter(|(name, _)| *name == self.name)?;
        Some(match (self.value, value) {
            (Some(wanted), Some(value)) => wanted == value,
            // A flag without value is a boolean one, and on: flag.FlagSet.parseOne.
            (Some(wanted), None) => wanted == "true",
            (None, value) => !value.is_some_and(is_off),
        })
    }

    fn may_match(&self, value: &Value) -> Truth {
        holds(value, |datum| datum.as_text().and_then(|text| self.matches(text)).unwrap_or(false))
    }
}

/// Name and value of `-name`, `--name`, `-name=value`.
fn flag(argument: &str) -> Option<(&str, Option<&str>)> {
    let body = argument.strip_prefix('-')?;
    let body = body.strip_prefix('-').unwrap_or(body);
    match body.split_once('=') {
        Some((name, value)) => Some((name, Some(value))),
        None => Some((body, None)),
    }
}

/// The spellings of false in `strconv.ParseBool`, but for `0`: `-count=0` sets a number.
fn is_off(value: &str) -> bool {
    matches!(value, "f" | "F" | "false" | "FALSE" | "False")
}

/// Splits as Go splits GOFLAGS: at white space, with whole items in quotes. Source: `cmd/internal/quoted.Split`.
fn split(text: &str) -> Vec<&str> {
    let is_space = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r');
    let mut rest = text.trim_start_matches(is_space);
    let mut items = Vec::new();
    while let Some(first) = rest.chars().next() {
        let quoted = rest.strip_prefix(['\'', '"']);
        let (item, tail) = match quoted {
            Some(body) => body.split_once(first).unwrap_or((body, "")),
            None => rest.split_once(is_space).unwrap_or((rest, "")),
        };
        items.push(item);
        rest = tail.trim_start_matches(is_space);
    }
    items
}

#[cfg(test)]
mod tests {
    use super::super::testing::{evaluate, list, text};
    use super::*;
    use crate::facts::value::Reason;

    fn flag_of(datum: &Datum, name: &str, value: Option<&str>) -> Truth {
        let value = value.map(text);
        evaluate("has-flag", datum, &value.iter().collect::<Vec<_>>(), &Extra::Flag(name.into()))
    }

    #[test]
    fn flags_are_found_in_all_their_spellings() {
        for (flags, name, value, expected) in [
            ("-race", "race", None, true),
            ("--race", "race", None, true),
            ("-race=true -v", "race", None, true),
            ("-race=false", "race", None, false),
            ("-race -race=false", "race", None, false),
            ("-racecar", "race", None, false),
            ("-mod=mod", "mod", Some("mod"), true),
            ("-mod=mod -mod=vendor", "mod", Some("mod"), false),
            ("-mod=vendor", "mod", None, true),
            ("'-ldflags=-s -w' -trimpath", "trimpath", None, true),
            ("\"-ldflags=-s -w\"", "ldflags", Some("-s -w"), true),
            ("-trimpath", "trimpath", Some("true"), true),
            ("", "race", None, false),
        ] {
            assert_eq!(flag_of(&text(flags), name, value), expected.into(), "{flags} {name} {value:?}");
        }
    }

    #[test]
    fn in_a_command_line_the_value_may_follow() {
        assert_eq!(flag_of(&list(&["-mod", "mod", "-v"]), "mod", Some("mod")), Truth::True);
        assert_eq!(flag_of(&list(&["-mod", "vendor"]), "mod", Some("mod")), Truth::False);
    }

    #[test]
    fn an_unknown_argument_leaves_open_what_is_missing() {
        let with_unknown = |items: &[&str]| {
            let Datum::List(known) = list(items) else { panic!() };
            Datum::List(known.iter().cloned().chain([Value::unknown(Reason::new("$FLAGS"))]).collect())
        };
        assert_eq!(flag_of(&with_unknown(&["-race"]), "race", None), Truth::True);
        assert_eq!(flag_of(&with_unknown(&["-v"]), "race", None), Truth::unknown("$FLAGS"));
    }
}

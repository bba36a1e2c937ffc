//! The matchers of the rule language. One table: a matcher is one line here and one function beside it.

mod compare;
mod flags;
mod lists;
mod paths;
mod texts;

pub(crate) use lists::several;

use super::condition::{Extra, Test};
use super::truth::Truth;
use crate::facts::schema::Shape;
use crate::facts::value::{Datum, Value};

/// A matcher of the rule language.
#[derive(Debug)]
#[non_exhaustive]
pub struct MatcherSpec {
    /// As rules write it.
    pub name: &'static str,
    /// The types of fields it can be used on.
    pub accepts: fn(Shape) -> bool,
    /// What stands behind it.
    pub argument: Argument,
    /// One line: when it holds.
    pub doc: &'static str,
    /// Which of its answers a single item of a list is to blame for.
    pub(crate) singles_out: Option<bool>,
    pub(crate) evaluate: fn(&Case<'_>) -> Truth,
}

/// What a matcher takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Argument {
    /// A literal of the field's type, or `{field: NAME}`.
    Literal,
    /// A list of such.
    Literals,
    /// A text, or `{field: NAME}`.
    Text,
    /// `true` or `false`.
    YesNo,
    /// A regular expression.
    Regex,
    /// A glob.
    Glob,
    /// A flag: `-race`, or `{name: -mod, value: mod}`.
    Flag,
    /// The name of a field of the same type.
    Field,
    /// Matchers for the items of a list of texts, a condition for those of a list of records.
    Items,
    /// Matchers for the same value.
    Matchers,
}

/// One datum to be matched.
pub(crate) struct Case<'a> {
    pub(crate) datum: &'a Datum,
    pub(crate) operands: &'a [&'a Datum],
    pub(crate) extra: &'a Extra,
    pub(crate) nested: &'a dyn Nested,
}

/// Judges tests within matchers.
pub(crate) trait Nested {
    fn datum(&self, test: &Test, datum: &Datum) -> Truth;
    fn item(&self, test: &Test, item: &Value) -> Truth;
}

impl<'a> Case<'a> {
    fn yes(&self) -> bool {
        !matches!(self.extra, Extra::YesNo(false))
    }

    /// Applies a test on two texts to the datum and the first operand; what is unset passes no test.
    fn texts(&self, test: impl Fn(&str, &str) -> bool) -> Truth {
        match (self.datum.as_text(), self.operands.first().and_then(|operand| operand.as_text())) {
            (Some(text), Some(operand)) => test(text, operand).into(),
            _ => Truth::False,
        }
    }

    /// Items of the list; none if it is unset.
    fn items(&self) -> &'a [Value] {
        match self.datum {
            Datum::List(items) => items,
            _ => &[],
        }
    }
}

fn any(_: Shape) -> bool {
    true
}

fn scalar(shape: Shape) -> bool {
    !list(shape)
}

fn textual(shape: Shape) -> bool {
    matches!(shape, Shape::Text | Shape::Word(_))
}

fn text(shape: Shape) -> bool {
    shape == Shape::Text
}

fn ordered(shape: Shape) -> bool {
    matches!(shape, Shape::Number | Shape::Duration | Shape::Size | Shape::Version)
}

fn list(shape: Shape) -> bool {
    matches!(shape, Shape::TextList | Shape::RecordList(_))
}

fn texts(shape: Shape) -> bool {
    matches!(shape, Shape::Text | Shape::TextList)
}

fn not_records(shape: Shape) -> bool {
    !matches!(shape, Shape::RecordList(_))
}

fn emptiable(shape: Shape) -> bool {
    textual(shape) || list(shape)
}

/// Every matcher, in the order of the reference page.
pub static MATCHERS: &[MatcherSpec] = &[
    spec("equals", scalar, Argument::Literal, "the value is this", compare::equals),
    spec("one-of", scalar, Argument::Literals, "the value is one of these", compare::one_of),
    spec("same-as", not_records, Argument::Field, "the value is that of another field", compare::same_as),
    spec("is-set", any, Argument::YesNo, "something set it; an empty text is set", compare::is_set),
    spec("is-empty", emptiable, Argument::YesNo, "it is unset, or a text or list without content", compare::is_empty),
    spec("at-least", ordered, Argument::Literal, "the value is this or greater; an unset one is not", compare::at_least),
    spec("below", ordered, Argument::Literal, "the value is less than this; an unset one is not", compare::below),
    spec("matches", textual, Argument::Regex, "the regular expression matches the whole value", texts::pattern),
    spec("glob", textual, Argument::Glob, "the glob matches the whole value; `*` stays between slashes, `**` crosses them", texts::pattern),
    spec("starts-with", textual, Argument::Text, "the value starts with this text", texts::starts_with),
    spec("ends-with", textual, Argument::Text, "the value ends with this text", texts::ends_with),
    spec("contains", texts, Argument::Text, "this text is part of the value, or an item of the list", texts::contains),
    spec("absolute", text, Argument::YesNo, "it is an absolute path, of Unix or of Windows", paths::absolute),
    spec("inside", text, Argument::Text, "it is this directory or a path below it", paths::inside),
    spec("has-flag", texts, Argument::Flag, "the flags set this one, with this value if one is given", flags::has_flag),
    spec("has-entry", texts, Argument::Text, "this is an entry of the list, or of the text split at commas and pipes", lists::has_entry),
    spec("each", list, Argument::Items, "every item matches; so it is for an empty list", lists::each).singling_out(false),
    spec("some", list, Argument::Items, "at least one item matches", lists::some).singling_out(true),
    spec("none", list, Argument::Items, "no item matches", lists::none).singling_out(false),
    spec("not", any, Argument::Matchers, "the matchers within do not all hold", lists::not),
];

const fn spec(
    name: &'static str,
    accepts: fn(Shape) -> bool,
    argument: Argument,
    doc: &'static str,
    evaluate: fn(&Case<'_>) -> Truth,
) -> MatcherSpec {
    MatcherSpec { name, accepts, argument, doc, singles_out: None, evaluate }
}

impl MatcherSpec {
    const fn singling_out(self, answer: bool) -> Self {
        Self { singles_out: Some(answer), ..self }
    }
}

/// The matcher of that name.
pub(crate) fn find(name: &str) -> Option<&'static MatcherSpec> {
    MATCHERS.iter().find(|spec| spec.name == name)
}

#[cfg(test)]
pub(crate) mod testing {
    use super::*;
    use crate::facts::value::{Origin, OriginKind};

    struct NoNested;

    impl Nested for NoNested {
        fn datum(&self, _: &Test, _: &Datum) -> Truth {
            Truth::unknown("not nested")
        }
        fn item(&self, _: &Test, _: &Value) -> Truth {
            Truth::unknown("not nested")
        }
    }

    pub(crate) fn evaluate(name: &str, datum: &Datum, operands: &[&Datum], extra: &Extra) -> Truth {
        (find(name).unwrap().evaluate)(&Case { datum, operands, extra, nested: &NoNested })
    }

    pub(crate) fn text(text: &str) -> Datum {
        Datum::Text(text.into())
    }

    pub(crate) fn list(items: &[&str]) -> Datum {
        Datum::List(items.iter().map(|item| Value::text(*item, Origin::of(OriginKind::Document))).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_lines_short() {
        for (index, spec) in MATCHERS.iter().enumerate() {
            assert!(MATCHERS.iter().skip(index + 1).all(|other| other.name != spec.name), "{}", spec.name);
            assert!(!spec.doc.is_empty() && spec.doc.len() < 100 && !spec.doc.ends_with('.'), "{}", spec.name);
        }
    }
}

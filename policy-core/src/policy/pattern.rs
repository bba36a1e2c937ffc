//! Regular expressions and globs of rules: built when first used.

use std::sync::OnceLock;

use memchr::memmem;
use regex::bytes::{Regex, RegexBuilder};
use regex_syntax::hir::{Hir, HirKind};

use super::truth::Truth;

/// Bytes a built pattern may take, so that `(a{1000}){1000}` in a policy costs an error and not the memory.
const SIZE_LIMIT: usize = 1 << 20;

/// Characters a pattern may have.
const LONGEST: usize = 4096;

/// A pattern that a whole value must match.
#[derive(Debug)]
pub(crate) struct Pattern {
    text: String,
    notation: Notation,
    /// What every text has that matches. Most values have it not, and then nothing more is built.
    part: OnceLock<Box<[u8]>>,
    any: OnceLock<Option<Regex>>,
    /// For values of ASCII only: without the large tables of Unicode it is built in a fraction of the time.
    ascii: OnceLock<Option<Regex>>,
}

#[derive(Clone, Copy, Debug)]
enum Notation {
    /// The syntax of the `regex` crate.
    Regex,
    /// A glob in which `*` and `?` stay between slashes and `**` crosses them.
    Glob,
}

impl Pattern {
    pub(crate) fn regex(text: &str) -> Self {
        Self::new(text, Notation::Regex)
    }

    pub(crate) fn glob(text: &str) -> Self {
        Self::new(text, Notation::Glob)
    }

    fn new(text: &str, notation: Notation) -> Self {
        Self { text: text.to_owned(), notation, part: OnceLock::new(), any: OnceLock::new(), ascii: OnceLock::new() }
    }

    /// What is wrong with it: its syntax, or its size. One that has not been checked matches nothing for certain if it is wrong.
    pub(crate) fn check(&self) -> Result<(), String> {
        check_length(&self.text)?;
        self.check_syntax()?;
        self.any().map(|_| ()).ok_or_else(|| "the pattern is too large".to_owned())
    }

    pub(crate) fn matches(&self, text: &str) -> Truth {
        if memmem::find(text.as_bytes(), self.part()).is_none() {
            return Truth::False;
        }
        let built = if text.is_ascii() { self.ascii().or_else(|| self.any()) } else { self.any() };
        match built {
            Some(regex) => regex.is_match(text.as_bytes()).into(),
            None => Truth::unknown("the rule's pattern is too large"),
        }
    }

    fn part(&self) -> &[u8] {
        let parser = || regex_syntax::ParserBuilder::new().utf8(false).build();
        let parse = || parser().parse(&self.anchored()?).ok();
        self.part.get_or_init(|| parse().map(|whole| required_part(&whole).into()).unwrap_or_default())
    }

    fn any(&self) -> Option<&Regex> {
        self.any.get_or_init(|| builder(&self.anchored()?).build().ok()).as_ref()
    }

    fn ascii(&self) -> Option<&Regex> {
        self.ascii
            .get_or_init(|| if self.is_about_ascii() { builder(&self.anchored()?).unicode(false).build().ok() } else { None })
            .as_ref()
    }

    /// Whether it treats ASCII alike with Unicode and without. A character beyond may fold to one of ASCII: `ſ` to `s`.
    fn is_about_ascii(&self) -> bool {
        let escapes = ["\\x", "\\u", "\\U", "\\p", "\\P"];
        self.text.is_ascii() && !escapes.iter().any(|escape| self.text.contains(escape))
    }

    /// A regular expression must be well-formed by itself, not only in parentheses.
    fn check_syntax(&self) -> Result<(), String> {
        match self.notation {
            Notation::Regex => regex_syntax::parse(&self.text).map(|_| ()).map_err(|error| describe(&error)),
            Notation::Glob => glob(&self.text).map(|_| ()).map_err(|error| error.kind().to_string()),
        }
    }

    /// The regular expression for the whole value.
    fn anchored(&self) -> Option<String> {
        match self.notation {
            Notation::Regex => Some(format!(r"\A(?:{})\z", self.text)),
            // globset's own matcher panics where its pattern grows too large; its regular expression can be built under a limit.
            Notation::Glob => Some(glob(&self.text).ok()?.regex().to_owned()),
        }
    }
}

/// The longest text that stands in everything that the expression matches, as far as that is easily told.
fn required_part(expression: &Hir) -> &[u8] {
    match expression.kind() {
        HirKind::Literal(literal) => &literal.0,
        HirKind::Capture(group) => required_part(&group.sub),
        HirKind::Repetition(repeated) if repeated.min > 0 => required_part(&repeated.sub),
        HirKind::Concat(parts) => parts.iter().map(required_part).max_by_key(|part| part.len()).unwrap_or_default(),
        _ => &[],
    }
}

fn glob(text: &str) -> Result<globset::Glob, globset::Error> {
    globset::GlobBuilder::new(text).literal_separator(true).backslash_escape(true).build()
}

fn builder(anchored: &str) -> RegexBuilder {
    let mut builder = RegexBuilder::new(anchored);
    builder.size_limit(SIZE_LIMIT);
    builder
}

fn check_length(text: &str) -> Result<(), String> {
    if text.len() > LONGEST { Err(format!("the pattern has more than {LONGEST} bytes")) } else { Ok(()) }
}

fn describe(error: &regex_syntax::Error) -> String {
    match error {
        regex_syntax::Error::Parse(error) => error.kind().to_string(),
        regex_syntax::Error::Translate(error) => error.kind().to_string(),
        _ => "not a regular expression".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_regex_matches_the_whole_value() {
        let pattern = Pattern::regex("a|ab");
        for (text, matched) in [("a", true), ("ab", true), ("abc", false), ("xa", false), ("a\n", false)] {
            assert_eq!(pattern.matches(text), matched.into(), "{text:?}");
        }
        assert!(Pattern::regex("a)|(?:b").check().is_err(), "must be well-formed by itself");
        assert_eq!(Pattern::regex("(").check().unwrap_err(), "unclosed group");
    }

    #[test]
    fn a_glob_knows_path_segments() {
        let pattern = Pattern::glob("github.com/*/x");
        assert_eq!(pattern.matches("github.com/a/x"), Truth::True);
        assert_eq!(pattern.matches("github.com/a/b/x"), Truth::False);
        assert_eq!(pattern.matches("github.com/é/x"), Truth::True);
        assert_eq!(Pattern::glob("**/x").matches("a/b/x"), Truth::True);
        assert!(Pattern::glob("a{").check().is_err());
    }

    #[test]
    fn a_pattern_that_grows_too_large_is_refused() {
        let pattern = Pattern::regex("((a{100}){100}){100}");
        assert_eq!(pattern.check().unwrap_err(), "the pattern is too large");
        assert!(matches!(pattern.matches("a"), Truth::Unclear(_)));
    }

    proptest! {
        #[test]
        fn shortcuts_give_the_answer_of_the_whole_pattern(
            parts in prop::collection::vec(prop::sample::select(vec![
                "a", "s", "K", ".", ".*", "[^s]", "[^@-]*", r"\w", r"\W+", r"\s*", r"\S", r"\d", r"\b", "(?i)", "(?s)", "(k|S)", "[[:alpha:]]?", "ſ",
                r"\x{17F}", r"\u{212A}", r"\pL", r"\.", "$", "(?-u)", "(ab)+", "(a|-)?", "s{2}",
            ]), 0..6),
            text in "[abAsSkK1_ .@\n-]{0,6}",
        ) {
            let pattern = Pattern::regex(&parts.concat());
            if pattern.check().is_ok() {
                let whole: Truth = pattern.any().unwrap().is_match(text.as_bytes()).into();
                prop_assert_eq!(pattern.matches(&text), whole);
            }
        }
    }
}

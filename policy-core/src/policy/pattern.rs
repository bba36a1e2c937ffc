//! Regular expressions and globs of rules: checked when loaded, built when first used.

use std::sync::OnceLock;

use regex::bytes::{Regex, RegexBuilder};

use super::truth::Truth;

/// Bytes a built pattern may take, so that `(a{1000}){1000}` in a policy costs an error and not the memory.
const SIZE_LIMIT: usize = 1 << 20;

/// Characters a pattern may have.
const LONGEST: usize = 4096;

/// A pattern that a whole value must match.
#[derive(Debug)]
pub(crate) struct Pattern {
    anchored: String,
    built: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// A regular expression in the syntax of the `regex` crate.
    pub(crate) fn regex(text: &str) -> Result<Self, String> {
        check_length(text)?;
        regex_syntax::parse(text).map_err(|error| describe(&error))?;
        Ok(Self::anchored(format!(r"\A(?:{text})\z")))
    }

    /// A glob in which `*` and `?` stay between slashes and `**` crosses them.
    pub(crate) fn glob(text: &str) -> Result<Self, String> {
        check_length(text)?;
        let glob = globset::GlobBuilder::new(text).literal_separator(true).backslash_escape(true).build();
        // globset's own matcher panics where its pattern grows too large; its regular expression can be built under a limit.
        glob.map(|glob| Self::anchored(glob.regex().to_owned())).map_err(|error| error.kind().to_string())
    }

    fn anchored(anchored: String) -> Self {
        Self { anchored, built: OnceLock::new() }
    }

    /// Builds the pattern now, to learn whether it keeps within its limits.
    pub(crate) fn build(&self) -> Result<(), String> {
        match self.built() {
            Some(_) => Ok(()),
            None => Err("the pattern is too large".to_owned()),
        }
    }

    pub(crate) fn matches(&self, text: &str) -> Truth {
        match self.built() {
            Some(regex) => regex.is_match(text.as_bytes()).into(),
            None => Truth::unknown("the rule's pattern is too large"),
        }
    }

    fn built(&self) -> Option<&Regex> {
        self.built.get_or_init(|| RegexBuilder::new(&self.anchored).size_limit(SIZE_LIMIT).build().ok()).as_ref()
    }
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
    use super::*;

    #[test]
    fn a_regex_matches_the_whole_value() {
        let pattern = Pattern::regex("a|ab").unwrap();
        for (text, matched) in [("a", true), ("ab", true), ("abc", false), ("xa", false), ("a\n", false)] {
            assert_eq!(pattern.matches(text), matched.into(), "{text:?}");
        }
        assert!(Pattern::regex("a)|(?:b").is_err(), "must be well-formed by itself");
        assert_eq!(Pattern::regex("(").unwrap_err(), "unclosed group");
    }

    #[test]
    fn a_glob_knows_path_segments() {
        let pattern = Pattern::glob("github.com/*/x").unwrap();
        assert_eq!(pattern.matches("github.com/a/x"), Truth::True);
        assert_eq!(pattern.matches("github.com/a/b/x"), Truth::False);
        assert_eq!(Pattern::glob("**/x").unwrap().matches("a/b/x"), Truth::True);
        assert!(Pattern::glob("a{").is_err());
    }

    #[test]
    fn a_pattern_that_grows_too_large_is_refused() {
        let pattern = Pattern::regex("((a{100}){100}){100}").unwrap();
        assert!(pattern.build().is_err());
        assert!(matches!(pattern.matches("a"), Truth::Unclear(_)));
    }
}

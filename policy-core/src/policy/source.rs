//! The text of a policy, and how much of it is parsed when.

use std::sync::{Arc, OnceLock};

use super::error::{LoadError, LoadErrors};
use super::spot::Spot;
use crate::syntax::yaml::{self, Document, Limits, YamlError, prepared};
use crate::text::{Location, Text};

/// A policy's text. Most of a built-in one is examples, which only `gopolicy test` and `explain` read: they are left out
/// of the tree that every start has to make.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) text: Arc<Text>,
    /// Built in: checked by tests, not at every start.
    pub(crate) trusted: bool,
    /// The tree without examples, written down beforehand.
    prepared: Option<String>,
    whole: OnceLock<Result<Document, YamlError>>,
}

impl Source {
    pub(crate) fn new(text: Arc<Text>, trusted: bool, prepared: Option<&str>) -> Self {
        Self { text, trusted, prepared: prepared.map(str::to_owned), whole: OnceLock::new() }
    }

    /// The tree to compile rules from. Its spans fit the whole text.
    pub(crate) fn parse(&self) -> Result<Document, LoadError> {
        if let Some(document) = self.prepared.as_ref().and_then(|tree| prepared::decode(&self.text, tree)) {
            return Ok(document);
        }
        let parsed = if self.trusted { brief(&self.text) } else { yaml::parse(&self.text, Limits::default()) };
        parsed.map_err(|error| self.load_error(&error))
    }

    /// The examples of a rule, if it has any.
    pub(crate) fn examples(&self, rule: &str) -> Result<Option<Spot<'_>>, LoadError> {
        let whole = self.whole.get_or_init(|| yaml::parse(&self.text, Limits::default()));
        let document = whole.as_ref().map_err(|error| self.load_error(error))?;
        let examples = document.root.get("rules").and_then(|rules| rules.get(rule)?.get("examples"));
        Ok(examples.map(|node| Spot { text: &self.text, node }))
    }

    fn load_error(&self, error: &YamlError) -> LoadError {
        LoadError::new(Some(Location::new(&self.text, error.span)), error.message.clone())
    }
}

/// The tree of a built-in policy's text as [`crate::policy::PolicySetBuilder::prepared`] takes it, to be kept beside the text: reading it
/// takes a tenth of the time. A tree that was made from another text is passed over, and the text is parsed.
///
/// # Errors
/// What is wrong with the text, if it is no YAML.
pub fn prepare(text: &str) -> Result<String, LoadErrors> {
    let text = Text::synthetic("builtin", text);
    let document = brief(&text).map_err(|error| LoadErrors::from(LoadError::new(Some(Location::new(&text, error.span)), error.message)))?;
    Ok(prepared::encode(&Document { text, ..document }))
}

fn brief(text: &Text) -> Result<Document, YamlError> {
    yaml::parse(&Text::synthetic(text.path(), without_examples(text.content())), Limits::default())
}

/// The text with the examples of its rules made blank, so that offsets stay as they are. It goes by lines, which does for
/// policies that keep the usual form: `examples:` alone on its line, four spaces deep.
fn without_examples(text: &str) -> String {
    const KEY: &str = "    examples:";
    let is_deeper = |line: &str| line.trim().is_empty() || line.starts_with("     ");
    let mut brief = String::with_capacity(text.len());
    let mut within = false;
    for line in text.split_inclusive('\n') {
        within = line.trim_end() == KEY || (within && is_deeper(line));
        if within {
            let (body, end) = line.strip_suffix('\n').map_or((line, ""), |body| (body, "\n"));
            brief.extend(std::iter::repeat_n(' ', body.len()));
            brief.push_str(end);
        } else {
            brief.push_str(line);
        }
    }
    brief
}

#[cfg(test)]
mod tests {
    use super::without_examples;

    #[test]
    fn examples_become_blank_and_offsets_stay() {
        let text = "rules:\n  r:\n    help: |\n      examples:\n    examples:\n      - é\n\n      - b\n    fix: x\n  s:\n    examples: [x]\n    examples:\n      - c";
        let brief = "rules:\n  r:\n    help: |\n      examples:\n             \n          \n\n         \n    fix: x\n  s:\n    examples: [x]\n             \n         ";
        assert_eq!(without_examples(text), brief);
        assert_eq!(text.len(), brief.len());
    }
}

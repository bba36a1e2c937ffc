//! The text of a policy, and how much of it is parsed when.

use std::sync::{Arc, OnceLock};

use super::error::{LoadError, LoadErrors, Problems};
use super::layers::Layers;
use super::prepared;
use super::raw::{self, RawPolicy};
use super::spot::Spot;
use crate::syntax::yaml::{self, Document, Limits, YamlError};
use crate::text::{Location, Text};

/// A policy's text. Most of a built-in one is examples, which only `gopolicy test` and `explain` read: they are left out
/// of what every start reads.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) text: Arc<Text>,
    /// Built in: checked by tests, not at every start.
    pub(crate) trusted: bool,
    /// The policy without examples, written down beforehand.
    prepared: Option<&'static str>,
    whole: OnceLock<Result<Document, YamlError>>,
}

impl Source {
    pub(crate) fn new(text: Arc<Text>, trusted: bool, prepared: Option<&'static str>) -> Self {
        Self { text, trusted, prepared, whole: OnceLock::new() }
    }

    /// The policy, if the text is one.
    pub(crate) fn policy(&self, problems: &mut Problems) -> Option<RawPolicy> {
        if let Some(policy) = self.prepared.and_then(|written| prepared::read(&self.text, written)) {
            return Some(policy);
        }
        raw::read(&self.text, &self.parse(problems)?.root, problems)
    }

    /// The tree to compile rules from. Its spans fit the whole text.
    pub(crate) fn parse(&self, problems: &mut Problems) -> Option<Document> {
        let parsed = if self.trusted { brief(&self.text) } else { yaml::parse(&self.text, Limits::default()) };
        parsed.map_err(|error| problems.push(self.load_error(&error))).ok()
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

/// A built-in policy as [`crate::policy::PolicySetBuilder::prepared`] takes it, to be kept beside its text: a start then reads of each
/// rule only that it is there. What was made from another text is passed over, and the text is read.
///
/// # Errors
/// Everything that is wrong with the text.
pub fn prepare(text: &str) -> Result<String, LoadErrors> {
    let source = Arc::new(Source::new(Text::synthetic("builtin", text), true, None));
    let mut problems = Problems::default();
    let written = source.parse(&mut problems).and_then(|document| {
        let policy = raw::read(&source.text, &document.root, &mut problems)?;
        Some(written(&source, &document, &policy, &mut problems))
    });
    problems.or(written.unwrap_or_default())
}

fn written(source: &Arc<Source>, document: &Document, policy: &RawPolicy, problems: &mut Problems) -> String {
    let rules = Layers::defined_in(source, policy).into_rules(problems);
    let rule = |id: &str| {
        let node = document.root.get("rules").and_then(|rules| rules.get(id));
        let rule = rules.iter().find(|rule| &**rule.id() == id);
        rule.zip(node).map_or_else(String::new, |(rule, node)| prepared::write_rule(rule.outline(), node))
    };
    prepared::write(&source.text, policy, &rule)
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

//! Examples in rules: what must be found where, and what must not.

mod change;
mod machine;

use std::collections::BTreeMap;
use std::sync::Arc;

pub(crate) use change::{CHANGE_KEYS, COMMIT_KEYS};
pub use change::{ExampleChange, ExampleCommit};
pub use machine::ExampleMachine;
pub(crate) use machine::{MACHINE_KEYS, PATH_KEYS};

use super::error::{LoadErrors, Problems};
use super::rule::Rule;
use super::set::PolicySet;
use super::spot::{Spot, Table};
use crate::judge::Finding;

/// The path of an example that is a single workflow.
pub const WORKFLOW_PATH: &str = ".github/workflows/example.yml";

/// Keys of an example that hold one file each, with the path of that file.
pub(crate) const FILE_KEYS: &[(&str, &str)] = &[("workflow", WORKFLOW_PATH), ("go.mod", "go.mod"), ("go.work", "go.work")];

pub(crate) const EXAMPLE_KEYS: &[&str] = &["name", "workflow", "go.mod", "go.work", "files", "change", "machine", "finds"];
pub(crate) const FINDS_KEYS: &[&str] = &["at", "path", "message"];

/// An example of a rule.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Example {
    /// What it shows.
    pub name: String,
    /// Contents by path; a `workflow:` has the path [`WORKFLOW_PATH`], `go.mod:` and `go.work:` stand at the root.
    pub files: BTreeMap<String, String>,
    /// What has just been changed in it, if it is about that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change: Option<ExampleChange>,
    /// The machine that `gopolicy env` looks at, if it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub machine: Option<ExampleMachine>,
    /// What the rule must find in it, and nothing else.
    pub finds: Vec<Expected>,
}

/// A finding that an example demands.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Expected {
    /// Symbolic place: `jobs.test.env.GOSUMDB`.
    pub at: String,
    /// The file, where that must be told.
    pub path: Option<String>,
    /// The whole message, if it matters.
    pub message: Option<String>,
}

/// How an example of a rule came out.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Outcome {
    /// The rule.
    pub rule: Arc<str>,
    /// Name of the example.
    pub example: String,
    /// The judgement.
    pub result: ExampleResult,
}

/// The ways in which an example can come out.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ExampleResult {
    /// All that was expected was found, and nothing else.
    Fired,
    /// Nothing was expected, and nothing was found.
    Quiet,
    /// This was not found.
    Missed(Vec<Expected>),
    /// This was found, and was not expected.
    Noisy(Vec<Finding>),
    /// As many findings as expected, but elsewhere.
    WrongPlace {
        /// What was not found.
        missed: Vec<Expected>,
        /// What was found instead.
        found: Vec<Finding>,
    },
    /// Found where expected, but with another message.
    WrongMessage {
        /// What was expected.
        expected: Expected,
        /// The message found.
        found: String,
    },
    /// The examples of the rule cannot be read.
    Unreadable(LoadErrors),
}

impl ExampleResult {
    /// Whether it came out as it should.
    pub fn is_good(&self) -> bool {
        matches!(self, Self::Fired | Self::Quiet)
    }
}

impl Rule {
    /// The rule's examples.
    ///
    /// # Errors
    /// What is wrong with them; only those of built-in policies are not checked before.
    pub fn examples(&self) -> Result<Vec<Example>, LoadErrors> {
        let mut problems = Problems::default();
        let examples = match self.source.file.examples(self.id()) {
            Ok(examples) => examples.map(|list| read(list, &mut problems)).unwrap_or_default(),
            Err(error) => {
                problems.push(error);
                Vec::new()
            }
        };
        problems.or(examples)
    }
}

/// What finds the findings of a policy set in an example: in its files, or on its machine.
pub type Engine<'e> = dyn Fn(&PolicySet, &Example) -> Vec<Finding> + 'e;

/// Runs the examples of all rules, those turned off too, each with its own rule alone.
pub fn run(policies: &PolicySet, engine: &Engine<'_>) -> Vec<Outcome> {
    policies.rules().iter().flat_map(|rule| run_rule(&policies.only(rule), rule, engine)).collect()
}

fn run_rule(only: &PolicySet, rule: &Rule, engine: &Engine<'_>) -> Vec<Outcome> {
    let outcome = |example: &str, result| Outcome { rule: Arc::clone(rule.id()), example: example.to_owned(), result };
    match rule.examples() {
        Ok(examples) => {
            let result = |example: &Example| classify(example, engine(only, example), rule.id());
            examples.iter().map(|example| outcome(&example.name, result(example))).collect()
        }
        Err(errors) => vec![outcome("", ExampleResult::Unreadable(errors))],
    }
}

fn classify(example: &Example, findings: Vec<Finding>, rule: &str) -> ExampleResult {
    let mut found: Vec<Finding> = findings.into_iter().filter(|finding| &*finding.rule == rule).collect();
    let mut missed = Vec::new();
    for expected in &example.finds {
        let Some(index) = best_match(expected, &found) else {
            missed.push(expected.clone());
            continue;
        };
        let finding = found.remove(index);
        if !expected.says(&finding.message) {
            return ExampleResult::WrongMessage { expected: expected.clone(), found: finding.message };
        }
    }
    match (missed.is_empty(), found.is_empty()) {
        (true, true) if example.finds.is_empty() => ExampleResult::Quiet,
        (true, true) => ExampleResult::Fired,
        (true, false) => ExampleResult::Noisy(found),
        (false, true) => ExampleResult::Missed(missed),
        (false, false) => ExampleResult::WrongPlace { missed, found },
    }
}

/// The finding at the expected place: one with the expected message before any other.
fn best_match(expected: &Expected, found: &[Finding]) -> Option<usize> {
    let exact = found.iter().position(|finding| expected.stands_at(finding) && expected.says(&finding.message));
    exact.or_else(|| found.iter().position(|finding| expected.stands_at(finding)))
}

impl Expected {
    fn stands_at(&self, finding: &Finding) -> bool {
        finding.route == self.at && self.path.as_ref().is_none_or(|path| path == finding.location.path())
    }

    fn says(&self, message: &str) -> bool {
        self.message.as_ref().is_none_or(|expected| expected == message)
    }
}

/// Reads the examples under a rule.
pub(crate) fn read(list: Spot<'_>, problems: &mut Problems) -> Vec<Example> {
    let items = list.items(problems);
    items.into_iter().filter_map(|item| read_example(item, problems)).collect()
}

fn read_example(spot: Spot<'_>, problems: &mut Problems) -> Option<Example> {
    let table = spot.table("an example", EXAMPLE_KEYS, problems)?;
    let name = table.required(spot, "name", problems).and_then(|name| name.words(problems));
    let files = read_files(spot, table, problems);
    let change = table.get("change").and_then(|change| change::read(change, problems));
    let machine = table.get("machine").map(|spot| machine::read(spot, problems));
    let finds = table.required(spot, "finds", problems).map(|finds| finds.items(problems)).unwrap_or_default();
    let finds = finds.into_iter().filter_map(|item| read_expected(item, problems)).collect();
    let machine = match machine {
        Some(machine) => Some(machine?),
        None => None,
    };
    Some(Example { name: name?.to_owned(), files: files?, change, machine, finds })
}

/// Every file of an example: those with keys of their own, and those under `files`.
fn read_files(spot: Spot<'_>, table: Table<'_>, problems: &mut Problems) -> Option<BTreeMap<String, String>> {
    let mut files = BTreeMap::new();
    for (key, path) in FILE_KEYS {
        let Some(content) = table.get(key) else { continue };
        files.insert((*path).to_owned(), content.words(problems)?.to_owned());
    }
    let named = table.get("files").map(|named| named.named("files: contents by path", problems)).unwrap_or_default();
    for (key, path, content) in named {
        if files.insert(path.to_owned(), content.text(problems)?.to_owned()).is_some() {
            problems.add(key.location(), format!("`{path}` is given twice"));
        }
    }
    let states_change = table.get("change").is_some();
    match (files.is_empty() && !states_change, table.get("machine").is_some()) {
        (true, false) => {
            spot.expected("an example with files (`workflow`, `go.mod`, `go.work`, `files`), a `change` or a `machine`", problems)
        }
        (false, true) => spot.expected("an example with files or a `machine`, not with both", problems),
        _ => Some(files),
    }
}

fn read_expected(spot: Spot<'_>, problems: &mut Problems) -> Option<Expected> {
    let table = spot.table("an expected finding: `at`", FINDS_KEYS, problems)?;
    let at = table.required(spot, "at", problems)?.text(problems)?.to_owned();
    let text = |key: &str, problems: &mut Problems| table.get(key).and_then(|spot| spot.words(problems)).map(Into::into);
    Some(Expected { at, path: text("path", problems), message: text("message", problems) })
}

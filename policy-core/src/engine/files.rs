//! Which files are judged, and what is wrong with those that cannot be.

use std::sync::Arc;

use crate::facts::go_file::is_go_file;
use crate::facts::workflow::Workflow;
use crate::judge::{Finding, Related, Severity};
use crate::syntax::yaml::{self, Limits, YamlError};
use crate::text::{Location, Span, Text};
use crate::world::{self, Listed, ReadError, World};

/// GitHub's limit on a workflow file.
const LARGEST_WORKFLOW: u64 = 1 << 20;

/// The rule that stands for files that cannot be read; it is in no policy, since nothing can be judged without it.
const RULE: &str = "malformed-file";

/// A file to judge, or a directory that could not be looked into.
#[derive(Debug)]
pub(super) enum Input {
    File(String),
    Unreadable(String, ReadError),
}

/// An input after reading.
pub(super) enum Opened {
    Workflow(Box<Workflow>),
    Problem(Box<Finding>),
}

impl Input {
    pub(super) fn path(&self) -> &str {
        match self {
            Self::File(path) | Self::Unreadable(path, _) => path,
        }
    }
}

/// What there is to judge.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Workflows, and directories that could not be looked into.
    pub(super) inputs: Vec<Input>,
    /// Paths of .go files.
    pub(super) go_files: Vec<String>,
}

/// The workflows at and below paths, and the .go files if they are wanted: sorted, each once. A file that is named itself counts if it
/// is YAML, wherever it stands.
pub(super) fn find(world: &dyn World, paths: &[String], with_go: bool) -> Found {
    let is_go = |path: &str| with_go && is_go_file(path);
    let mut listed: Vec<Listed> = Vec::new();
    for path in paths {
        if world.is_file(path) {
            listed.extend(((is_yaml(path) && !is_action(path)) || is_go(path)).then(|| Listed::File(path.clone())));
        } else {
            listed.extend(world.list(path, &|path| is_workflow(path) || is_go(path)));
        }
    }
    listed.sort();
    listed.dedup();
    let mut found = Found::default();
    for one in listed {
        match one {
            Listed::File(path) if path.ends_with(".go") => found.go_files.push(path),
            Listed::File(path) => found.inputs.push(Input::File(path)),
            Listed::Unreadable(path, error) => found.inputs.push(Input::Unreadable(path, error)),
        }
    }
    found
}

/// A file directly in `.github/workflows`, which is where GitHub looks.
fn is_workflow(path: &str) -> bool {
    let Some((directory, name)) = path.rsplit_once('/') else { return false };
    is_yaml(name) && (directory == ".github/workflows" || directory.ends_with("/.github/workflows"))
}

fn is_yaml(path: &str) -> bool {
    path.ends_with(".yml") || path.ends_with(".yaml") || path.starts_with('<')
}

fn is_action(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    matches!(name, "action.yml" | "action.yaml")
}

/// Reads and parses an input.
pub(super) fn open(world: &dyn World, input: &Input) -> Opened {
    let path = match input {
        Input::File(path) => path,
        Input::Unreadable(path, error) => return Opened::Problem(Box::new(unreadable(path, &format!("cannot be read: {error}")))),
    };
    match world::load(world, path, LARGEST_WORKFLOW) {
        Ok(text) => parsed(&text),
        Err(problem) => Opened::Problem(Box::new(unreadable(path, &problem.to_string()))),
    }
}

fn parsed(text: &Arc<Text>) -> Opened {
    match yaml::parse(text, Limits::default()) {
        Ok(document) => Opened::Workflow(Box::new(Workflow::read(Arc::new(document)))),
        Err(error) => malformed(text, &error),
    }
}

fn malformed(text: &Arc<Text>, error: &YamlError) -> Opened {
    let location = Location::new(text, error.span);
    let mut finding =
        Finding::new(RULE, "gopolicy", Severity::Error, format!("file cannot be read as a workflow: {}", error.message), location);
    finding.help = Some(String::from("GitHub refuses such a file; nothing in it was judged"));
    finding.related =
        error.related.iter().map(|(span, message)| Related { message: message.clone(), location: Location::new(text, *span) }).collect();
    Opened::Problem(Box::new(finding))
}

/// The finding for a file that cannot be read.
pub(super) fn unreadable(path: &str, problem: &str) -> Finding {
    let location = Location::new(&Text::file(path, ""), Span::default());
    let mut finding = Finding::new(RULE, "gopolicy", Severity::Error, format!("`{path}` {problem}"), location);
    finding.help = Some(String::from("nothing in it was judged"));
    finding
}

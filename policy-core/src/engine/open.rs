//! Reading a file to judge, and what is wrong with one that cannot be read.

use std::sync::Arc;

use super::files::{FileKind, Input};
use super::repositories::Repositories;
use crate::facts::go_file::{self, GoFile};
use crate::facts::project::ModuleFile;
use crate::facts::workflow::Workflow;
use crate::judge::{Finding, Related, Severity};
use crate::syntax::yaml::{self, Limits, YamlError};
use crate::text::{Location, Span, Text};
use crate::world::{self, World};

/// GitHub's limit on a workflow file.
const LARGEST_WORKFLOW: u64 = 1 << 20;

/// Go's limit on a go.mod: `MaxGoMod` in `golang.org/x/mod/zip`.
const LARGEST_MODULE_FILE: u64 = 16 << 20;

/// The rule that stands for files that cannot be read; it is in no policy, since nothing can be judged without it.
const RULE: &str = "malformed-file";

/// An input after reading.
pub(super) enum Opened {
    Workflow(Box<Workflow>),
    GoMod(Arc<ModuleFile>),
    GoWork(Arc<ModuleFile>),
    GoFile(Arc<GoFile>),
    /// The text, and its path in the repository.
    Vendor(Arc<Text>, String),
    /// There is nothing in it to judge.
    Nothing,
    Problem(Box<Finding>),
}

/// Reads and parses an input.
pub(super) fn open(world: &dyn World, repositories: &Repositories<'_>, input: &Input) -> Opened {
    let (kind, path) = match input {
        Input::File(kind, path) => (*kind, path),
        Input::Unreadable(path, error) => return unreadable(path, &format!("cannot be read: {error}")),
    };
    if kind == FileKind::Go {
        return go_file(world, path);
    }
    let limit = if kind == FileKind::Workflow { LARGEST_WORKFLOW } else { LARGEST_MODULE_FILE };
    let text = match world::load(world, path, limit) {
        Ok(text) => text,
        Err(problem) => return unreadable(path, &problem.to_string()),
    };
    let inside = repositories.inside(path);
    let module_file = || Arc::new(ModuleFile::read(inside, &text));
    match kind {
        FileKind::Workflow => workflow(&text),
        FileKind::GoMod => Opened::GoMod(module_file()),
        FileKind::GoWork => Opened::GoWork(module_file()),
        FileKind::Vendor => Opened::Vendor(text, inside.to_owned()),
        FileKind::Go | FileKind::VersionFile => Opened::Nothing,
    }
}

fn go_file(world: &dyn World, path: &str) -> Opened {
    match go_file::read(world, path) {
        Ok(Some(file)) => Opened::GoFile(Arc::new(file)),
        Ok(None) => Opened::Nothing,
        Err(error) => unreadable(path, &format!("cannot be read: {error}")),
    }
}

fn workflow(text: &Arc<Text>) -> Opened {
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

fn unreadable(path: &str, problem: &str) -> Opened {
    let location = Location::new(&Text::file(path, ""), Span::default());
    let mut finding = Finding::new(RULE, "gopolicy", Severity::Error, format!("`{path}` {problem}"), location);
    finding.help = Some(String::from("nothing in it was judged"));
    Opened::Problem(Box::new(finding))
}

/// What Go refuses in a go.mod or go.work, in its own words.
pub(super) fn problems(file: &ModuleFile) -> impl Iterator<Item = Finding> + '_ {
    file.lines.problems.iter().map(|problem| {
        let location = Location::new(&file.text, problem.span);
        let mut finding = Finding::new(RULE, "gopolicy", Severity::Error, format!("Go cannot read this: {}", problem.message), location);
        finding.help = Some(String::from("every go command that loads the module fails; the rest of the file was judged"));
        finding.references = vec![String::from("https://go.dev/ref/mod#go-mod-file-grammar")];
        finding
    })
}

//! The subject `change`: what is about to be committed or pushed, file by file.

mod module_file;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::record::Record;
use super::schema::Kind;
use super::value::{Datum, Origin, OriginKind, Reason, Value};
use super::version::VersionRange;
use crate::facts::workflow::WorkflowSubject;
use crate::text::{Location, Text};
use crate::world::{self, ChangedFile, ChangedLines, Changes, Commit, World, is_at_or_below};

/// A larger file is not looked into.
const LARGEST_FILE: u64 = 4 << 20;

/// All changes of a world, each by what the others are.
pub(crate) struct ChangeSubjects<'w> {
    world: &'w dyn World,
    changes: &'w Changes,
    newest_workflow_go: Value,
}

impl<'w> ChangeSubjects<'w> {
    /// `None` where nothing is known to change. `workflows` are those of the repository.
    pub(crate) fn of(world: &'w dyn World, workflows: &[WorkflowSubject]) -> Option<Self> {
        Some(Self { world, changes: world.changes()?, newest_workflow_go: newest_go(workflows) })
    }

    /// Hands each changed file at or below one of the paths to `out`.
    pub(crate) fn visit(&self, paths: &[String], out: &mut dyn FnMut(&Record)) {
        let asked_for = |file: &&ChangedFile| paths.iter().any(|path| is_at_or_below(&file.path, path));
        self.changes.files.iter().filter(asked_for).for_each(|file| out(&self.record(file)));
    }

    fn record(&self, file: &ChangedFile) -> Record {
        let text = self.text(file);
        let mut record = Record::new(Kind::Change, first_change(file, &text), None);
        self.set_place(file, &mut record);
        self.set_content(file, &text, &mut record);
        record.set("commits", self.commits(file));
        record.set("newest-workflow-go", self.newest_workflow_go.clone());
        record
    }

    /// Its text now; empty if it has none.
    fn text(&self, file: &ChangedFile) -> Arc<Text> {
        let loaded = if file.lines.is_some() { world::load(self.world, &file.path, LARGEST_FILE).ok() } else { None };
        loaded.unwrap_or_else(|| Text::file(file.path.as_str(), ""))
    }

    fn set_place(&self, file: &ChangedFile, record: &mut Record) {
        let (directory, name) = split(&file.path);
        let others = || self.changes.files.iter().map(|other| other.path.as_str()).filter(|path| *path != file.path);
        record.set_text("path", Some(&file.path));
        record.set_text("directory", Some(directory));
        record.set_text("name", Some(name));
        record.set_text("previous-path", file.previous.as_deref());
        record.set_text("status", Some(file.status.name()));
        record.set_text("vendored-in", vendored_in(directory));
        record.set_list("paths", self.changes.files.iter().map(|file| file.path.as_str()));
        record.set_list("siblings", others().map(split).filter(|(other, _)| *other == directory).map(|(_, name)| name));
    }

    fn set_content(&self, file: &ChangedFile, text: &Arc<Text>, record: &mut Record) {
        record.set_flag("binary", Some(file.binary), "");
        record.set_number("size", Some(i64::try_from(file.size).unwrap_or(i64::MAX)));
        match &file.lines {
            Some(lines) => set_lines(lines, text, record),
            None => {
                let unknown = Value::unknown(Reason::new("the file was not compared line by line"));
                ["added", "removed", "replaced-checksums"].into_iter().for_each(|name| record.set(name, unknown.clone()));
            }
        }
    }

    /// The commits that touch a file, if they hold all of its change.
    fn commits(&self, file: &ChangedFile) -> Value {
        match &self.changes.commits {
            Some(commits) if file.committed => {
                let touching = commits.iter().filter(|commit| commit.paths.binary_search(&file.path).is_ok());
                Value::list(touching.map(commit_record).collect(), computed())
            }
            Some(_) => Value::unknown(Reason::new("what is not committed yet carries no signature")),
            None => Value::unknown(Reason::new("the commits are not known")),
        }
    }
}

fn set_lines(lines: &ChangedLines, text: &Arc<Text>, record: &mut Record) {
    let line = |number: &u32| {
        let location = Location::new(text, text.line_span(*number)?);
        Some(Value::text(location.source(), Origin::at(OriginKind::Document, location.clone())))
    };
    record.set("added", Value::list(lines.added.iter().filter_map(line).collect(), computed()));
    record.set_list("removed", lines.removed.iter().map(String::as_str));
    module_file::set_fields(lines, text, record);
}

fn computed() -> Arc<Origin> {
    Origin::of(OriginKind::Computed)
}

fn commit_record(commit: &Commit) -> Value {
    let text = |text: &str| Value::text(text, computed());
    let trailers = commit.trailers.iter().map(|(name, value)| text(&format!("{name}: {value}")));
    let fields = BTreeMap::from([
        ("id", text(&commit.id)),
        ("signature", commit.signature.map_or_else(|| Value::unset(computed()), |kind| text(kind.name()))),
        ("subject", text(&commit.subject)),
        ("trailers", Value::list(trailers.collect(), computed())),
    ]);
    Value::known(Datum::Record(Arc::new(fields)), computed())
}

/// The first line that is new; the start of a file that only lost some.
fn first_change(file: &ChangedFile, text: &Arc<Text>) -> Location {
    let first = file.lines.as_ref().and_then(|lines| lines.added.first());
    let span = first.and_then(|line| text.line_span(*line)).unwrap_or_default();
    Location::new(text, span)
}

fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

/// The directory that holds the innermost `vendor` on the way to this one.
fn vendored_in(directory: &str) -> Option<&str> {
    let parts: Vec<&str> = directory.split('/').collect();
    let at = parts.iter().rposition(|part| *part == "vendor")?;
    let length = parts.iter().take(at).map(|part| part.len() + 1).sum::<usize>();
    directory.get(..length.saturating_sub(1))
}

/// The newest minor version that any leg of any workflow installs.
fn newest_go(workflows: &[WorkflowSubject]) -> Value {
    let minors: Option<Vec<u32>> = workflows.iter().flat_map(WorkflowSubject::go_minors).collect();
    match minors.map(|minors| minors.into_iter().max()) {
        Some(Some(newest)) => Value::known(Datum::Version(VersionRange::minor(newest)), computed()),
        Some(None) => Value::unset(computed()),
        None => Value::unknown(Reason::new("the Go version that a workflow installs")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vendor_directory_belongs_to_the_directory_around_it() {
        assert_eq!(vendored_in("vendor/example.com/a"), Some(""));
        assert_eq!(vendored_in("a/b/vendor"), Some("a/b"));
        assert_eq!(vendored_in("vendor/x/vendor/y"), Some("vendor/x"));
        assert_eq!(vendored_in("vendors/a"), None);
        assert_eq!(vendored_in(""), None);
    }
}

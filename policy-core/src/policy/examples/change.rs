//! Examples about a change: what the files were before, and the commits that changed them.

use std::collections::{BTreeMap, BTreeSet};

use super::super::error::Problems;
use super::super::spot::{Spot, Table};
use crate::world::{ChangedFile, ChangedLines, Changes, Commit, FileStatus, SignatureKind};

pub(crate) const CHANGE_KEYS: &[&str] = &["before", "binary", "sizes", "commits"];
pub(crate) const COMMIT_KEYS: &[&str] = &["subject", "signature", "trailers", "paths"];

/// What an example says of a change.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct ExampleChange {
    /// Contents before the change by path, `None` for a file that is new. Files that are not named here do not change.
    pub before: BTreeMap<String, Option<String>>,
    /// Files that count as binary.
    pub binary: BTreeSet<String>,
    /// Sizes, in bytes, of files that would be too long to write down.
    pub sizes: BTreeMap<String, u64>,
    /// The commits; `None` if the change is not committed yet.
    pub commits: Option<Vec<ExampleCommit>>,
}

/// A commit of an example.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct ExampleCommit {
    /// First line of the message.
    pub subject: String,
    /// Kind of signature.
    pub signature: Option<&'static str>,
    /// Trailers of the message.
    pub trailers: BTreeMap<String, String>,
    /// The files it changes; all that change if not said.
    pub paths: Option<BTreeSet<String>>,
}

impl ExampleChange {
    /// The change that leads to these files.
    pub fn to(&self, files: &BTreeMap<String, String>) -> Changes {
        let changed =
            self.before.iter().filter_map(|(path, before)| self.file(path, before.as_deref(), files.get(path).map(String::as_str)));
        let files: Vec<ChangedFile> = changed.collect();
        let commits = self.commits.as_ref().map(|commits| commits.iter().map(|commit| commit.of(&files)).collect());
        Changes { files, commits }
    }

    fn file(&self, path: &str, before: Option<&str>, after: Option<&str>) -> Option<ChangedFile> {
        let status = match (before, after) {
            (None, None) => return None,
            (None, Some(_)) => FileStatus::Added,
            (Some(_), Some(_)) => FileStatus::Modified,
            (Some(_), None) => FileStatus::Deleted,
        };
        let binary = self.binary.contains(path);
        let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
        Some(ChangedFile {
            path: path.to_owned(),
            previous: None,
            status,
            size: self.sizes.get(path).copied().unwrap_or(after.len() as u64),
            binary,
            lines: (!binary).then(|| compared(before, after)),
            committed: self.commits.is_some(),
        })
    }
}

/// Lines that are only on one side, whatever their order: examples are short.
fn compared(before: &str, after: &str) -> ChangedLines {
    let mut left: Vec<&str> = before.lines().collect();
    let mut added = Vec::new();
    for (number, line) in (1..).zip(after.lines()) {
        match left.iter().position(|known| *known == line) {
            Some(at) => drop(left.remove(at)),
            None => added.push(number),
        }
    }
    ChangedLines { added, removed: left.into_iter().map(str::to_owned).collect() }
}

impl ExampleCommit {
    fn of(&self, files: &[ChangedFile]) -> Commit {
        let touches = |path: &String| self.paths.as_ref().is_none_or(|paths| paths.contains(path));
        Commit {
            id: "1".repeat(40),
            subject: self.subject.clone(),
            signature: self.signature.and_then(SignatureKind::parse),
            trailers: self.trailers.iter().map(|(name, value)| (name.clone(), value.clone())).collect(),
            paths: files.iter().map(|file| file.path.clone()).filter(touches).collect(),
        }
    }
}

/// Reads what stands under `change`.
pub(super) fn read(spot: Spot<'_>, problems: &mut Problems) -> Option<ExampleChange> {
    let table = spot.table("a change: `before`, and perhaps `commits`", CHANGE_KEYS, problems)?;
    let before = table.required(spot, "before", problems)?.named("contents before the change by path", problems);
    let mut content = |(_, path, content): (Spot<'_>, &str, Spot<'_>)| {
        let content = if content.node.is_null() { None } else { Some(content.text(problems)?.to_owned()) };
        Some((path.to_owned(), content))
    };
    let before = before.into_iter().filter_map(&mut content).collect();
    let commits = table.get("commits").map(|list| list.items(problems));
    let commits = commits.map(|list| list.into_iter().filter_map(|commit| read_commit(commit, problems)).collect());
    Some(ExampleChange { before, binary: paths(table, "binary", problems), sizes: sizes(table, problems), commits })
}

fn paths(table: Table<'_>, key: &str, problems: &mut Problems) -> BTreeSet<String> {
    let items = table.get(key).map(|list| list.items(problems)).unwrap_or_default();
    items.into_iter().filter_map(|item| item.text(problems).map(str::to_owned)).collect()
}

fn sizes(table: Table<'_>, problems: &mut Problems) -> BTreeMap<String, u64> {
    let named = table.get("sizes").map(|named| named.named("sizes in bytes by path", problems)).unwrap_or_default();
    let mut size = |(_, path, size): (Spot<'_>, &str, Spot<'_>)| match size.text(problems)?.parse() {
        Ok(bytes) => Some((path.to_owned(), bytes)),
        Err(_) => size.expected("a number of bytes", problems),
    };
    named.into_iter().filter_map(&mut size).collect()
}

fn read_commit(spot: Spot<'_>, problems: &mut Problems) -> Option<ExampleCommit> {
    let table = spot.table("a commit", COMMIT_KEYS, problems)?;
    let named = table.get("trailers").map(|named| named.named("values by the names of trailers", problems)).unwrap_or_default();
    let trailers = named.into_iter().filter_map(|(_, name, value)| Some((name.to_owned(), value.text(problems)?.to_owned()))).collect();
    Some(ExampleCommit {
        subject: table.get("subject").and_then(|subject| subject.words(problems)).unwrap_or("a commit").to_owned(),
        signature: table.get("signature").and_then(|kind| read_signature(kind, problems)),
        trailers,
        paths: table.get("paths").is_some().then(|| paths(table, "paths", problems)),
    })
}

fn read_signature(spot: Spot<'_>, problems: &mut Problems) -> Option<&'static str> {
    let name = spot.text(problems)?;
    let kind = SignatureKind::parse(name);
    if kind.is_none() {
        spot.unknown("kind of signature", name, SignatureKind::ALL.iter().map(|kind| kind.name()), problems);
    }
    kind.map(SignatureKind::name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_change_is_worked_out_from_both_sides() {
        let before = [("gone", Some("x")), ("new", None), ("other", Some("a\nb\n")), ("nowhere", None)];
        let change = ExampleChange {
            before: before.map(|(path, content)| (path.to_owned(), content.map(str::to_owned))).into(),
            commits: Some(vec![ExampleCommit { paths: Some(["new".to_owned()].into()), ..ExampleCommit::default() }]),
            ..ExampleChange::default()
        };
        let files = [("new", "1\n2"), ("other", "b\nc\n"), ("unchanged", "")].map(|(path, content)| (path.to_owned(), content.to_owned()));
        let changes = change.to(&files.into());
        let found: Vec<_> = changes.files.iter().map(|file| (file.path.as_str(), file.status, file.lines.clone().unwrap())).collect();
        let lines = |added: &[u32], removed: &[&str]| ChangedLines {
            added: added.into(),
            removed: removed.iter().map(|line| (*line).to_owned()).collect(),
        };
        assert_eq!(
            found,
            [
                ("gone", FileStatus::Deleted, lines(&[], &["x"])),
                ("new", FileStatus::Added, lines(&[1, 2], &[])),
                ("other", FileStatus::Modified, lines(&[2], &["a"])),
            ]
        );
        assert_eq!(changes.commits.unwrap()[0].paths, ["new"]);
    }
}

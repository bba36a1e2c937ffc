//! What differs between the files under judgement and what they started from.

use std::collections::BTreeSet;

use git2::{Commit as GitCommit, Delta, Diff, DiffDelta, DiffFindOptions, DiffLine, DiffOptions, Error, Oid, Patch, Repository, Tree};
use policy_core::world::{ChangedFile, ChangedLines, Commit, FileStatus, SignatureKind};

use super::Source;

/// Larger files are not compared line by line.
const LARGEST_COMPARED: i64 = 1 << 20;

/// A longer history is not looked through.
const MOST_COMMITS: usize = 1000;

/// git looks for a NUL among so many bytes (`buffer_is_binary` in xdiff-interface.c).
const LOOKED_AT: usize = 8000;

/// What a change starts from.
pub(crate) struct Base<'r> {
    /// The trees it starts from: more than one for a merge that is to be committed.
    pub(super) parents: Vec<Tree<'r>>,
    /// The commit that its own commits come after.
    pub(super) commit: Option<Oid>,
}

/// The files that differ from every one of the parents, sorted by path. `head` is the commit that holds what is committed.
pub(super) fn files(
    repository: &Repository,
    source: Source<'_>,
    base: &Base<'_>,
    head: Option<&GitCommit<'_>>,
) -> Result<Vec<ChangedFile>, Error> {
    let parents: Vec<Option<&Tree<'_>>> = if base.parents.is_empty() { vec![None] } else { base.parents.iter().map(Some).collect() };
    let mut sides = parents.into_iter().map(|tree| files_since(repository, source, tree));
    let first = sides.next().unwrap_or_else(|| Ok(Vec::new()))?;
    let mut files = sides.try_fold(first, |files, side| Ok::<_, Error>(in_both(files, &side?)))?;
    mark_uncommitted(repository, source, head, &mut files)?;
    Ok(files)
}

/// The files that differ from both, each with the lines that do.
fn in_both(mut files: Vec<ChangedFile>, others: &[ChangedFile]) -> Vec<ChangedFile> {
    files.retain_mut(|file| {
        let Ok(at) = others.binary_search_by(|other| other.path.cmp(&file.path)) else { return false };
        if let (Some(lines), Some(other)) = (&mut file.lines, others.get(at).and_then(|other| other.lines.as_ref())) {
            lines.added.retain(|line| other.added.binary_search(line).is_ok());
        }
        true
    });
    files
}

/// A file is committed if it is as in `head`.
fn mark_uncommitted(
    repository: &Repository,
    source: Source<'_>,
    head: Option<&GitCommit<'_>>,
    files: &mut [ChangedFile],
) -> Result<(), Error> {
    if matches!(source, Source::Revision(_)) {
        return Ok(());
    }
    let tree = head.map(GitCommit::tree).transpose()?;
    let pending = paths(&diff(repository, source, tree.as_ref(), &mut DiffOptions::new())?);
    files.iter_mut().for_each(|file| file.committed = !pending.contains(&file.path));
    Ok(())
}

fn paths(diff: &Diff<'_>) -> BTreeSet<String> {
    diff.deltas().map(|delta| path_of(&delta)).collect()
}

fn diff<'r>(repository: &'r Repository, source: Source<'_>, old: Option<&Tree<'_>>, options: &mut DiffOptions) -> Result<Diff<'r>, Error> {
    match source {
        Source::Staged => repository.diff_tree_to_index(old, None, Some(options)),
        Source::Revision(name) => {
            let new = repository.revparse_single(name)?.peel_to_tree()?;
            repository.diff_tree_to_tree(old, Some(&new), Some(options))
        }
        Source::WorkTree => {
            options.include_untracked(true).recurse_untracked_dirs(true).show_untracked_content(true);
            repository.diff_tree_to_workdir_with_index(old, Some(options))
        }
    }
}

fn files_since(repository: &Repository, source: Source<'_>, old: Option<&Tree<'_>>) -> Result<Vec<ChangedFile>, Error> {
    let mut options = DiffOptions::new();
    options.context_lines(0).max_size(LARGEST_COMPARED).include_typechange(true);
    let mut diff = diff(repository, source, old, &mut options)?;
    diff.find_similar(Some(DiffFindOptions::new().renames(true).for_untracked(true)))?;
    let mut files: Vec<ChangedFile> =
        (0..diff.deltas().len()).filter_map(|index| file(repository, &diff, index).transpose()).collect::<Result<_, Error>>()?;
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}

fn file(repository: &Repository, diff: &Diff<'_>, index: usize) -> Result<Option<ChangedFile>, Error> {
    let Some(delta) = diff.get_delta(index) else { return Ok(None) };
    let Some(status) = status_of(delta.status()) else { return Ok(None) };
    let patch = Patch::from_diff(diff, index)?;
    let content = Content::of(repository, &delta);
    let previous = (status == FileStatus::Renamed).then(|| delta.old_file().path().map(text_of)).flatten();
    let compared = !content.binary && content.size <= LARGEST_COMPARED.unsigned_abs();
    let lines = if compared { Some(patch.map(|patch| lines(&patch)).transpose()?.unwrap_or_default()) } else { None };
    Ok(Some(ChangedFile { path: path_of(&delta), previous, status, size: content.size, binary: content.binary, lines, committed: true }))
}

fn status_of(status: Delta) -> Option<FileStatus> {
    match status {
        Delta::Added | Delta::Untracked | Delta::Copied => Some(FileStatus::Added),
        Delta::Modified | Delta::Typechange | Delta::Conflicted => Some(FileStatus::Modified),
        Delta::Renamed => Some(FileStatus::Renamed),
        Delta::Deleted => Some(FileStatus::Deleted),
        Delta::Unmodified | Delta::Ignored | Delta::Unreadable => None,
    }
}

/// What the new side of a file holds.
struct Content {
    size: u64,
    binary: bool,
}

impl Content {
    /// Nothing, for a file that is gone.
    fn of(repository: &Repository, delta: &DiffDelta<'_>) -> Self {
        let new = delta.new_file();
        if !new.exists() {
            return Self { size: 0, binary: false };
        }
        match repository.find_blob(new.id()) {
            Ok(blob) => Self { size: blob.size() as u64, binary: is_binary(blob.content()) },
            // It is on disk only.
            Err(_) => Self { size: new.size(), binary: delta.flags().is_binary() },
        }
    }
}

fn is_binary(content: &[u8]) -> bool {
    content.iter().take(LOOKED_AT).any(|byte| *byte == 0)
}

fn lines(patch: &Patch<'_>) -> Result<ChangedLines, Error> {
    let mut lines = ChangedLines::default();
    for hunk in 0..patch.num_hunks() {
        for line in 0..patch.num_lines_in_hunk(hunk)? {
            note(&patch.line_in_hunk(hunk, line)?, &mut lines);
        }
    }
    Ok(lines)
}

fn note(line: &DiffLine<'_>, lines: &mut ChangedLines) {
    match line.origin() {
        '+' => lines.added.extend(line.new_lineno()),
        '-' => lines.removed.push(String::from_utf8_lossy(line.content()).trim_end_matches(['\n', '\r']).to_owned()),
        _ => {}
    }
}

fn path_of(delta: &DiffDelta<'_>) -> String {
    let path = delta.new_file().path().or_else(|| delta.old_file().path());
    path.map(text_of).unwrap_or_default()
}

fn text_of(path: &std::path::Path) -> String {
    path.to_string_lossy().into_owned()
}

/// The commits from `base` on up to `head`, oldest first; `None` if they are too many.
pub(super) fn commits(repository: &Repository, head: Oid, base: Option<Oid>) -> Result<Option<Vec<Commit>>, Error> {
    let mut walk = repository.revwalk()?;
    walk.set_sorting(git2::Sort::TOPOLOGICAL | git2::Sort::REVERSE)?;
    walk.push(head)?;
    if let Some(base) = base {
        walk.hide(base)?;
    }
    let ids: Vec<Oid> = walk.take(MOST_COMMITS + 1).collect::<Result<_, Error>>()?;
    if ids.len() > MOST_COMMITS {
        return Ok(None);
    }
    ids.into_iter().map(|id| commit(repository, &repository.find_commit(id)?)).collect::<Result<_, Error>>().map(Some)
}

fn commit(repository: &Repository, commit: &GitCommit<'_>) -> Result<Commit, Error> {
    let message = String::from_utf8_lossy(commit.message_bytes()).into_owned();
    Ok(Commit {
        id: commit.id().to_string(),
        subject: message.lines().next().unwrap_or_default().to_owned(),
        signature: signature(commit),
        trailers: trailers(&message),
        paths: own_paths(repository, commit)?,
    })
}

/// Formats as `gpg_format` in git's gpg-interface.c tells them apart.
fn signature(commit: &GitCommit<'_>) -> Option<SignatureKind> {
    let field = commit.header_field_bytes("gpgsig").or_else(|_| commit.header_field_bytes("gpgsig-sha256")).ok()?;
    let starts = |start: &str| field.starts_with(start.as_bytes());
    match () {
        () if starts("-----BEGIN SSH SIGNATURE") => Some(SignatureKind::Ssh),
        () if starts("-----BEGIN SIGNED MESSAGE") => Some(SignatureKind::X509),
        () if starts("-----BEGIN PGP ") => Some(SignatureKind::OpenPgp),
        () => None,
    }
}

fn trailers(message: &str) -> Vec<(String, String)> {
    let Ok(trailers) = git2::message_trailers_strs(message) else { return Vec::new() };
    trailers.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

fn own_paths(repository: &Repository, commit: &GitCommit<'_>) -> Result<Vec<String>, Error> {
    let tree = commit.tree()?;
    let against = |parent: Option<&Tree<'_>>| Ok::<_, Error>(paths(&repository.diff_tree_to_tree(parent, Some(&tree), None)?));
    let mut parents = commit.parents();
    let Some(first) = parents.next() else { return Ok(against(None)?.into_iter().collect()) };
    let mut changed = against(Some(&first.tree()?))?;
    for parent in parents {
        let other = against(Some(&parent.tree()?))?;
        changed.retain(|path| other.contains(path));
    }
    Ok(changed.into_iter().collect())
}

//! What git knows: the content of its index and of its revisions, and what changed between two of them.

mod changes;
mod objects;
mod packs;
mod snapshot;
mod world;

use std::path::PathBuf;
use std::process::Command;

use git2::{Commit, ConfigLevel, ErrorCode, Repository, Tree};
use policy_core::world::Changes;

use crate::exit::Failure;
pub(crate) use changes::Base;
use objects::Objects;
use snapshot::Snapshot;
pub(crate) use world::GitWorld;

/// Which state of the files is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source<'a> {
    /// What is on disk.
    WorkTree,
    /// What is staged for the next commit.
    Staged,
    /// What a revision holds: a commit, a tag, `HEAD~2`, `main:directory` …
    Revision(&'a str),
}

/// The repository of the working directory, found as git finds it.
pub(crate) struct Git {
    repository: Repository,
}

impl Git {
    /// Opens it. `GIT_DIR`, `GIT_INDEX_FILE` and the like count, which git sets for its hooks.
    pub(crate) fn open() -> Result<Self, Failure> {
        // git does not hash what it reads either; doing so costs more than the judgement.
        git2::opts::strict_hash_verification(false);
        let repository = repository().map_err(failed("cannot open the git repository"))?;
        Ok(Self { repository })
    }

    /// The files as git has recorded them; `None` for those on disk.
    pub(crate) fn world(&self, source: Source<'_>) -> Result<Option<GitWorld>, Failure> {
        match source {
            Source::WorkTree => Ok(None),
            Source::Staged => Ok(Some(self.world_of(self.staged()?))),
            Source::Revision(name) => Ok(Some(self.world_of(self.files_of(&self.tree(name)?)?))),
        }
    }

    /// Whether a commit is the one that the files on disk follow.
    pub(crate) fn is_checked_out(&self, commit: &str) -> Result<bool, Failure> {
        let head = self.head(Source::WorkTree)?;
        Ok(head.is_some_and(|head| self.commit(commit).is_ok_and(|commit| commit.id() == head.id())))
    }

    /// Where git looks for hooks: `core.hooksPath`, or `hooks` in the directory that all work trees share.
    ///
    /// # Errors
    /// `core.hooksPath` is set for more than this repository, so that a hook there would run in others too.
    pub(crate) fn hooks_directory(&self) -> Result<PathBuf, Failure> {
        let config = self.repository.config().map_err(failed("cannot read git's configuration"))?;
        let own = [ConfigLevel::Local, ConfigLevel::Worktree];
        let set = config.get_entry("core.hooksPath").ok();
        if set.as_ref().is_some_and(|entry| !own.contains(&entry.level())) {
            return Err(Failure::Usage(String::from(
                "core.hooksPath is set for other repositories too; a hook there would run in all of them",
            )));
        }
        match set.and_then(|_| config.get_path("core.hooksPath").ok()) {
            Some(path) => Ok(self.repository.workdir().unwrap_or_else(|| self.repository.path()).join(path)),
            None => Ok(self.repository.commondir().join("hooks")),
        }
    }

    /// What the change that leads to `source` starts from: its last common ancestor with the revision `since`, and the other sides
    /// of a merge that is not committed yet. `merged` are those that git names to its hooks before it records the merge.
    pub(crate) fn base(&self, source: Source<'_>, since: &str, merged: &[String]) -> Result<Base<'_>, Failure> {
        let Some(head) = self.head(source)? else { return Ok(Base { parents: Vec::new(), commit: None }) };
        let since = self.commit(since)?;
        let ancestor = self.repository.merge_base(head.id(), since.id()).map_err(|error| no_ancestor(&error, &since, &head))?;
        let mut commits = vec![self.repository.find_commit(ancestor).map_err(failed("cannot read a commit"))?];
        if !matches!(source, Source::Revision(_)) {
            let merged = merged.iter().map(String::as_str).chain(["MERGE_HEAD"]);
            commits.extend(merged.filter_map(|name| self.commit(name).ok()));
        }
        let parents = commits.iter().map(Commit::tree).collect::<Result<_, _>>();
        Ok(Base { parents: parents.map_err(failed("cannot read a commit"))?, commit: Some(ancestor) })
    }

    /// What differs from `base`, with the commits in between if `with_commits` is set: many take long to look through.
    pub(crate) fn changes(&self, source: Source<'_>, base: &Base<'_>, with_commits: bool) -> Result<Changes, Failure> {
        let head = self.head(source)?;
        let changes = || {
            let files = changes::files(&self.repository, source, base, head.as_ref())?;
            let head = head.as_ref().filter(|_| with_commits);
            let commits = head.map(|head| changes::commits(&self.repository, head.id(), base.commit)).transpose()?.flatten();
            Ok(Changes { files, commits })
        };
        changes().map_err(failed("cannot compare with git"))
    }

    /// The files that a change starts from, one world for each parent.
    pub(crate) fn before(&self, base: &Base<'_>) -> Result<Vec<GitWorld>, Failure> {
        base.parents.iter().map(|tree| Ok(self.world_of(self.files_of(tree)?))).collect()
    }

    /// The commit that the files belong to or will follow; `None` before the first one.
    fn head(&self, source: Source<'_>) -> Result<Option<Commit<'_>>, Failure> {
        match (source, self.repository.head()) {
            (Source::Revision(name), _) => self.commit(name).map(Some),
            (_, Err(error)) if error.code() == ErrorCode::UnbornBranch => Ok(None),
            _ => self.commit("HEAD").map(Some),
        }
    }

    fn commit(&self, name: &str) -> Result<Commit<'_>, Failure> {
        let object = self.repository.revparse_single(name).and_then(|object| object.peel_to_commit());
        object.map_err(|error| failed(&format!("cannot read the commit `{name}`"))(error))
    }

    fn staged(&self) -> Result<Snapshot, Failure> {
        match self.repository.index() {
            Err(error) if error.class() == git2::ErrorClass::Index => self.files_of(&self.tree_by_git()?),
            index => index.map(|index| Snapshot::of(&index)).map_err(failed("cannot read the index")),
        }
    }

    fn tree(&self, name: &str) -> Result<Tree<'_>, Failure> {
        let object = self.repository.revparse_single(name).and_then(|object| object.peel_to_tree());
        object.map_err(|error| failed(&format!("cannot read the revision `{name}`"))(error))
    }

    /// The index as git itself reads it. libgit2 knows neither sparse indexes nor split ones.
    fn tree_by_git(&self) -> Result<Tree<'_>, Failure> {
        let said = |error: &dyn std::fmt::Display| Failure::Git(format!("cannot read the index: {error}"));
        let written = Command::new("git").arg("write-tree").output().map_err(|error| said(&error))?;
        let tree = String::from_utf8_lossy(&written.stdout);
        if !written.status.success() {
            return Err(said(&String::from_utf8_lossy(&written.stderr).trim()));
        }
        self.tree(tree.trim())
    }

    fn files_of(&self, tree: &Tree<'_>) -> Result<Snapshot, Failure> {
        Snapshot::of_tree(&self.repository, tree).map_err(failed("cannot read the tree"))
    }

    fn world_of(&self, files: Snapshot) -> GitWorld {
        GitWorld::new(Objects::of(&self.repository), files)
    }
}

/// The repository of the working directory, as the environment names it.
fn repository() -> Result<Repository, git2::Error> {
    Repository::open_from_env()
}

fn failed(what: &str) -> impl Fn(git2::Error) -> Failure + use<> {
    let what = what.to_owned();
    move |error| Failure::Git(format!("{what}: {}", error.message()))
}

/// A clone without history, as actions/checkout makes it, has no common ancestors.
fn no_ancestor(error: &git2::Error, one: &Commit<'_>, other: &Commit<'_>) -> Failure {
    let [one, other] = [one, other].map(|commit| commit.id().to_string());
    match error.code() {
        ErrorCode::NotFound => Failure::Git(format!(
            "no common ancestor of {one} and {other} is in this clone; with actions/checkout, `fetch-depth: 0` fetches the whole history"
        )),
        _ => failed("cannot find the common ancestor")(git2::Error::from_str(error.message())),
    }
}

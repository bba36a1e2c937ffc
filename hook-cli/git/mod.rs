//! What git knows: the content of its index and of its revisions, and what changed between two of them.

mod snapshot;
mod world;

use std::process::Command;

use git2::{Index, Repository, Tree};

use crate::exit::Failure;
use snapshot::Snapshot;
pub(crate) use world::GitWorld;

/// The repository of the working directory, found as git finds it.
pub(crate) struct Git {
    repository: Repository,
}

impl Git {
    /// Opens it. `GIT_DIR`, `GIT_INDEX_FILE` and the like count, which git sets for its hooks.
    pub(crate) fn open() -> Result<Self, Failure> {
        // git does not hash what it reads either; doing so costs more than the judgement.
        git2::opts::strict_hash_verification(false);
        let repository = Repository::open_from_env().map_err(failed("cannot open the git repository"))?;
        Ok(Self { repository })
    }

    /// What is staged for the next commit.
    pub(crate) fn staged(&self) -> Result<GitWorld<'_>, Failure> {
        match self.repository.index() {
            Ok(index) => self.world(&index),
            Err(error) if error.class() == git2::ErrorClass::Index => self.world(&self.index_by_git()?),
            Err(error) => Err(failed("cannot read the index")(error)),
        }
    }

    /// What a revision holds: a commit, a tag, `HEAD~2`, `main:directory` …
    pub(crate) fn revision(&self, name: &str) -> Result<GitWorld<'_>, Failure> {
        self.world(&self.index_of(&self.tree(name)?)?)
    }

    fn tree(&self, name: &str) -> Result<Tree<'_>, Failure> {
        let object = self.repository.revparse_single(name).and_then(|object| object.peel_to_tree());
        object.map_err(|error| failed(&format!("cannot read the revision `{name}`"))(error))
    }

    fn index_of(&self, tree: &Tree<'_>) -> Result<Index, Failure> {
        let read = || {
            let mut index = Index::new()?;
            index.read_tree(tree).map(|()| index)
        };
        read().map_err(failed("cannot read the tree"))
    }

    /// The index as git itself reads it. libgit2 knows neither sparse indexes nor split ones.
    fn index_by_git(&self) -> Result<Index, Failure> {
        let said = |error: &dyn std::fmt::Display| Failure::Git(format!("cannot read the index: {error}"));
        let written = Command::new("git").arg("write-tree").output().map_err(|error| said(&error))?;
        let tree = String::from_utf8_lossy(&written.stdout);
        if !written.status.success() {
            return Err(said(&String::from_utf8_lossy(&written.stderr).trim()));
        }
        self.index_of(&self.tree(tree.trim())?)
    }

    fn world(&self, index: &Index) -> Result<GitWorld<'_>, Failure> {
        let objects = self.repository.odb().map_err(failed("cannot open the object database"))?;
        Ok(GitWorld::new(objects, Snapshot::of(index)))
    }
}

fn failed(what: &str) -> impl Fn(git2::Error) -> Failure + use<> {
    let what = what.to_owned();
    move |error| Failure::Git(format!("{what}: {}", error.message()))
}

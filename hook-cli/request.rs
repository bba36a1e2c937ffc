//! What `gopolicy lint` is asked to judge and to report, by its arguments or by a hook client.

use std::path::PathBuf;

use policy_core::judge::Report;
use policy_core::world::{Changes, World};

use crate::args::{Content, Lint};
use crate::exit::Failure;
use crate::git::{Base, Git};
use crate::host::{self, Host};
use crate::scope::{Listed, Scope};

/// What is to be judged, and which part of it to be reported.
pub(crate) struct Request {
    /// The files and directories to judge.
    pub(crate) paths: Vec<PathBuf>,
    /// The state of the files that counts.
    pub(crate) content: Content,
    /// The revision that the change starts from, if there is a change.
    since: Option<String>,
    /// Whether only the change is reported.
    narrow: bool,
    lines_only: bool,
    /// The files that a hook client names, relative to the root.
    listed: Option<Vec<String>>,
    for_git: bool,
}

/// What the change did, with what it starts from.
pub(crate) struct Change<'h> {
    git: &'h Git,
    base: Base<'h>,
    pub(crate) changes: Changes,
}

impl Request {
    /// What the arguments ask for.
    pub(crate) fn of(lint: &Lint, host: &Host) -> Result<Self, Failure> {
        if lint.change.hook { Self::of_client(lint, host) } else { Ok(Self::of_arguments(lint)) }
    }

    fn of_arguments(lint: &Lint) -> Self {
        let staged = lint.content.staged.then(|| String::from("HEAD"));
        Self {
            paths: lint.paths.clone(),
            content: lint.content.clone(),
            since: lint.change.changed_since.clone().or(staged),
            narrow: lint.change.changed_since.is_some(),
            lines_only: lint.change.only_changed_lines,
            listed: None,
            for_git: false,
        }
    }

    /// What pre-commit or prek asks for. Before a commit git names its index; before a push the client names what is pushed
    /// (`PRE_COMMIT_TO_REF`), which need not be checked out. Else somebody runs the hook by hand, on the files on disk.
    ///
    /// Clients leave out what is not on disk (`Classifier` in pre-commit's commands/run.py), so their list says nothing about a
    /// commit that is not checked out.
    fn of_client(lint: &Lint, host: &Host) -> Result<Self, Failure> {
        let pushed = host::variable("PRE_COMMIT_TO_REF");
        let on_disk = pushed.as_ref().map_or(Ok(true), |commit| host.git()?.is_checked_out(commit))?;
        let staged = pushed.is_none() && host::variable("GIT_INDEX_FILE").is_some();
        let from = pushed.as_ref().and_then(|_| host::variable("PRE_COMMIT_FROM_REF"));
        Ok(Self {
            paths: vec![host.root().to_owned()],
            since: from.or_else(|| Some(String::from("HEAD"))),
            narrow: true,
            lines_only: lint.change.only_changed_lines,
            listed: on_disk.then(|| lint.paths.iter().map(|path| host.label(path)).collect()),
            for_git: staged || pushed.is_some(),
            content: Content { staged, rev: pushed },
        })
    }

    /// What the change did, if that is asked: to narrow the report, or by rules on changes. Commits are looked at for those only.
    pub(crate) fn change<'h>(&self, judged: bool, host: &'h Host) -> Result<Option<Change<'h>>, Failure> {
        let Some(since) = self.since.as_deref().filter(|_| self.narrow || judged) else { return Ok(None) };
        let git = host.git()?;
        // `git merge` sets GITHEAD_<commit> for each commit it merges, and runs its hook before it writes MERGE_HEAD (builtin/merge.c).
        let base = git.base(self.content.source(), since, &host::variables_after("GITHEAD_"))?;
        let changes = git.changes(self.content.source(), &base, judged)?;
        Ok(Some(Change { git, base, changes }))
    }

    /// Leaves in the report what was asked for. `judge` is for the state before the change.
    pub(crate) fn narrow(
        &self,
        report: &mut Report,
        change: Option<&Change<'_>>,
        judge: &dyn Fn(&dyn World) -> Report,
    ) -> Result<(), Failure> {
        let Some(change) = change.filter(|_| self.narrow) else { return Ok(()) };
        let listed = self.listed.as_ref().map(|files| Listed { files, for_git: self.for_git });
        let scope = Scope { changes: &change.changes, lines_only: self.lines_only, listed };
        scope.narrow(report, || Ok(change.git.before(&change.base)?.iter().map(|world| judge(world)).collect()))
    }
}

//! The files of the repository as a step of a job finds them.

use super::model::Step;
use super::paths;
use crate::facts::project::{Project, in_repository, join};

/// The workspace at a step.
pub(crate) struct Workspace<'a, 'w> {
    pub(crate) project: &'a Project<'w>,
    /// `$GITHUB_WORKSPACE`.
    pub(crate) root: &'static str,
    /// Where the repository is checked out, relative to the workspace; `None` if it is not, or that is not known.
    pub(crate) checkout: Option<&'a str>,
    /// The steps before this one.
    pub(crate) earlier: Vec<&'a Step>,
    /// Whether one of them may have brought any files.
    pub(crate) brought: bool,
}

impl Workspace<'_, '_> {
    /// The path in the repository of a file, which is named as a step names it.
    pub(crate) fn in_repository(&self, path: &str) -> Option<String> {
        in_repository(self.checkout?, &relative(self.root, path)?)
    }

    /// Whether a file of the repository is there; `None` if it is not in the repository, but may have got there in another way.
    pub(crate) fn has(&self, path: &str) -> Option<bool> {
        let missing = !self.project.has(path);
        (!missing || !(self.brought || self.in_submodule(path) || self.spoken_of(path))).then_some(!missing)
    }

    /// Whether it is at or below a path of `.gitmodules`.
    fn in_submodule(&self, path: &str) -> bool {
        let Some(modules) = self.project.text(".gitmodules") else { return false };
        let mut paths = modules.content().lines().filter_map(|line| line.trim().strip_prefix("path")?.trim_start().strip_prefix('='));
        paths.any(|submodule| path.strip_prefix(submodule.trim()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
    }

    /// Whether a script before speaks of the file, and so may have made it.
    fn spoken_of(&self, path: &str) -> bool {
        let name = path.rsplit('/').next().unwrap_or(path);
        self.earlier.iter().any(|step| step.text("run").is_some_and(|run| run.contains(name)))
    }
}

/// A path as seen from the workspace; `None` if it is elsewhere.
pub(crate) fn relative(workspace: &str, path: &str) -> Option<String> {
    match paths::relative_to(workspace, path) {
        Some(inside) => join("", &inside),
        None if paths::is_absolute(path) || path.starts_with('~') => None,
        None => join("", path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::MemoryWorld;

    #[test]
    fn paths_are_relative_to_the_workspace() {
        assert_eq!(relative("/w/r", "./a/../go.mod"), Some("go.mod".into()));
        assert_eq!(relative("/w/r", "/w/r/sub/go.mod"), Some("sub/go.mod".into()));
        assert_eq!(relative("D:\\a\\r", "D:\\a\\r/src"), Some("src".into()));
        assert_eq!(relative("/w/r", "/etc/go.mod"), None);
        assert_eq!(relative("/w/r", "~/go.mod"), None);
    }

    #[test]
    fn a_file_is_only_missing_if_nothing_else_brings_it() {
        let world = MemoryWorld::new()
            .with_file("go.mod", "")
            .with_file(".gitmodules", "[submodule \"x\"]\n\tpath = third/x\n\turl = https://example.com/x\n");
        let project = Project::at(&world, "");
        let at = |brought| Workspace { project: &project, root: "/w/r", checkout: Some(""), earlier: Vec::new(), brought };
        assert_eq!(at(false).has("go.mod"), Some(true));
        assert_eq!(at(false).has("sub/go.mod"), Some(false));
        assert_eq!(at(false).has("third/x/go.mod"), None);
        assert_eq!(at(false).has("third/xy/go.mod"), Some(false));
        assert_eq!(at(true).has("sub/go.mod"), None);
    }
}

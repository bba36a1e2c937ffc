//! The repositories that files belong to.

use std::collections::BTreeMap;

use super::files::Input;
use crate::facts::project::Project;
use crate::world::World;

/// The repositories of all inputs, each once.
pub(super) struct Repositories<'w> {
    /// By root: empty, or ending in `/`.
    by_root: BTreeMap<String, Project<'w>>,
}

impl<'w> Repositories<'w> {
    /// A directory with `.github` in it is the root of a repository; what is in none belongs to the root of the world, or to that of the
    /// machine if its path is absolute.
    pub(super) fn of(world: &'w dyn World, inputs: &[Input]) -> Self {
        let roots = inputs.iter().map(|input| Project::root_of(input.path())).chain(["", "/"]);
        Self { by_root: roots.map(|root| (root.to_owned(), Project::at(world, root))).collect() }
    }

    /// The repository that holds a path: the innermost one.
    pub(super) fn holding(&self, path: &str) -> Option<&Project<'w>> {
        let holding = self.by_root.iter().filter(|(root, _)| path.starts_with(root.as_str()));
        holding.max_by_key(|(root, _)| root.len()).map(|(_, project)| project)
    }

    /// A path relative to the root of its repository.
    pub(super) fn inside<'p>(&self, path: &'p str) -> &'p str {
        self.holding(path).and_then(|project| path.strip_prefix(project.root())).unwrap_or(path)
    }
}

#[cfg(test)]
mod tests {
    use super::super::files::FileKind;
    use super::*;
    use crate::world::MemoryWorld;

    #[test]
    fn a_file_belongs_to_the_innermost_repository() {
        let world = MemoryWorld::new();
        let input = |path: &str| Input::File(FileKind::Workflow, path.to_owned());
        let repositories = Repositories::of(&world, &[input("a/.github/workflows/x.yml"), input(".github/workflows/x.yml")]);
        assert_eq!(repositories.inside("a/b/go.mod"), "b/go.mod");
        assert_eq!(repositories.inside("b/go.mod"), "b/go.mod");
        assert_eq!(repositories.inside("/x/go.mod"), "x/go.mod");
    }
}

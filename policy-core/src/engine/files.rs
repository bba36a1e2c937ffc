//! Which files are judged.

use crate::world::{Listed, ReadError, World};

/// What a file is, by its name and place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum FileKind {
    Workflow,
    GoMod,
    GoWork,
    Go,
}

/// A file to judge, or a directory that could not be looked into.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Input {
    File(FileKind, String),
    Unreadable(String, ReadError),
}

/// A question about kinds of files.
type Wanted<'w> = &'w (dyn Fn(FileKind) -> bool + Sync);

impl Input {
    pub(super) fn path(&self) -> &str {
        match self {
            Self::File(_, path) | Self::Unreadable(path, _) => path,
        }
    }

    /// Whether it is a .go file.
    pub(super) fn is_go(&self) -> bool {
        matches!(self, Self::File(FileKind::Go, _))
    }

    /// Whether it is a module file, which is judged by what the workflows run.
    pub(super) fn is_module(&self) -> bool {
        matches!(self, Self::File(FileKind::GoMod | FileKind::GoWork, _))
    }
}

/// The files of the kinds wanted at and below paths, sorted, each once. A file that is named itself counts wherever it stands.
pub(super) fn find(world: &dyn World, paths: &[String], wanted: Wanted<'_>) -> Vec<Input> {
    let mut inputs: Vec<Input> = paths.iter().flat_map(|path| find_at(world, path, wanted)).collect();
    inputs.sort_by(|one, other| one.path().cmp(other.path()));
    inputs.dedup();
    inputs
}

fn find_at(world: &dyn World, path: &str, wanted: Wanted<'_>) -> Vec<Input> {
    let is_wanted = |kind: &FileKind| wanted(*kind);
    if world.is_file(path) {
        return kind_of_named(path).filter(is_wanted).map(|kind| Input::File(kind, path.to_owned())).into_iter().collect();
    }
    let listed = world.list(path, &|path| kind_of(path).as_ref().is_some_and(is_wanted));
    let input = |listed| match listed {
        Listed::File(path) => kind_of(&path).map(|kind| Input::File(kind, path)),
        Listed::Unreadable(path, error) => Some(Input::Unreadable(path, error)),
    };
    listed.into_iter().filter_map(input).collect()
}

/// What a file is where it stands: GitHub looks for workflows directly in `.github/workflows`, and Go finds no packages in
/// directories named `testdata` or `vendor`, or that start with `.` or `_`: modules there are somebody else's, or broken on purpose.
fn kind_of(path: &str) -> Option<FileKind> {
    let (directory, name) = path.rsplit_once('/').unwrap_or(("", path));
    let hidden = |part: &str| matches!(part, "testdata" | "vendor") || (part.starts_with(['.', '_']) && !matches!(part, "." | ".."));
    if name.ends_with(".go") {
        return (!name.starts_with(['.', '_']) && !directory.split('/').any(hidden)).then_some(FileKind::Go);
    }
    match module_kind(name) {
        Some(kind) => (!directory.split('/').any(hidden)).then_some(kind),
        None => {
            let in_workflows = directory == ".github/workflows" || directory.ends_with("/.github/workflows");
            (is_yaml(name) && in_workflows).then_some(FileKind::Workflow)
        }
    }
}

fn kind_of_named(path: &str) -> Option<FileKind> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let is_action = matches!(name, "action.yml" | "action.yaml");
    if name.ends_with(".go") {
        return kind_of(path);
    }
    module_kind(name).or_else(|| (is_yaml(path) && !is_action).then_some(FileKind::Workflow))
}

fn module_kind(name: &str) -> Option<FileKind> {
    match name {
        "go.mod" => Some(FileKind::GoMod),
        "go.work" => Some(FileKind::GoWork),
        _ => None,
    }
}

fn is_yaml(path: &str) -> bool {
    path.ends_with(".yml") || path.ends_with(".yaml") || path.starts_with('<')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::MemoryWorld;

    #[test]
    fn files_are_found_where_their_readers_look() {
        let paths = [
            ".github/workflows/ci.yml",
            ".github/workflows/sub/ci.yml",
            ".github/go.mod",
            "a/go.mod",
            "a/testdata/x/go.mod",
            "action.yml",
            "b/_x/go.work",
            "b/vendor/m/go.mod",
            "ci.yml",
            "go.work",
            "x/_x.go",
            "x/testdata/x.go",
            "x/x.go",
        ];
        let world = paths.iter().fold(MemoryWorld::new(), |world, path| world.with_file(*path, ""));
        let found =
            |path: &str| find(&world, &[path.to_owned()], &|_| true).iter().map(|input| input.path().to_owned()).collect::<Vec<_>>();
        assert_eq!(found("."), [".github/workflows/ci.yml", "a/go.mod", "go.work", "x/x.go"]);
        assert_eq!(found("a/testdata/x/go.mod"), ["a/testdata/x/go.mod"], "a file that is named is judged");
        assert_eq!(found("x/testdata/x.go"), Vec::<String>::new(), "but Go itself does not look there");
        assert_eq!(found("ci.yml"), ["ci.yml"]);
        assert_eq!(found("action.yml"), Vec::<String>::new());
    }
}

//! Which files are judged.

use std::collections::BTreeSet;

use crate::facts::module::names_go_version;
use crate::facts::project::Project;
use crate::world::{Listed, ReadError, World};

/// What a file is, by its name and place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum FileKind {
    Workflow,
    GoMod,
    GoWork,
    Vendor,
    /// It names a Go version, and counts only beside a module.
    VersionFile,
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

    /// Whether it is judged by itself.
    pub(super) fn is_judged(&self) -> bool {
        !matches!(self, Self::File(FileKind::VersionFile, _))
    }

    /// Whether it is a module file, which is judged by what the workflows run.
    pub(super) fn is_module(&self) -> bool {
        matches!(self, Self::File(FileKind::GoMod | FileKind::GoWork | FileKind::Vendor, _))
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
    let below = path;
    let listed = world.list(below, &|path| kind_of(path, below).as_ref().is_some_and(is_wanted));
    let input = |listed| match listed {
        Listed::File(path) => kind_of(&path, below).map(|kind| Input::File(kind, path)),
        Listed::Unreadable(path, error) => Some(Input::Unreadable(path, error)),
    };
    without_nested_workflows(listed.into_iter().filter_map(input).collect())
}

/// GitHub runs the workflows at the root of a repository: those further down, beside others above, are templates or belong to another one.
fn without_nested_workflows(mut inputs: Vec<Input>) -> Vec<Input> {
    let root = |input: &Input| match input {
        Input::File(FileKind::Workflow, path) => Some(Project::root_of(path).to_owned()),
        _ => None,
    };
    let roots: BTreeSet<String> = inputs.iter().filter_map(root).collect();
    let has_root_above = |root: String| {
        let directories = root.trim_end_matches('/').rmatch_indices('/').filter_map(|(slash, _)| root.get(..=slash));
        !root.is_empty() && directories.chain([""]).any(|above| roots.contains(above))
    };
    inputs.retain(|input| !root(input).is_some_and(has_root_above));
    inputs
}

/// What a file is where it stands. GitHub looks for workflows directly in `.github/workflows`. Who names a directory that Go
/// passes over means the .go files below it.
fn kind_of(path: &str, below: &str) -> Option<FileKind> {
    let (directory, name) = path.rsplit_once('/').unwrap_or(("", path));
    let inside = directory.strip_prefix(below).filter(|rest| rest.is_empty() || rest.starts_with('/')).unwrap_or(directory);
    let kind = by_name(path)?;
    let counts = match kind {
        FileKind::Workflow => is_yaml(name) && (directory == ".github/workflows" || directory.ends_with("/.github/workflows")),
        FileKind::GoMod | FileKind::GoWork => !directory.split('/').any(is_left_out),
        FileKind::Go => !inside.split('/').any(is_left_out),
        FileKind::Vendor => !directory.split('/').any(is_hidden),
        FileKind::VersionFile => !directory.split('/').any(|part| matches!(part, "testdata" | "vendor" | "node_modules")),
    };
    counts.then_some(kind)
}

/// Whether Go looks for no packages there: modules in such directories are broken on purpose, or somebody else's.
///
/// Source: <https://pkg.go.dev/cmd/go#hdr-Package_lists_and_patterns>.
fn is_hidden(directory: &str) -> bool {
    directory == "testdata" || (directory.starts_with(['.', '_']) && !matches!(directory, "." | ".."))
}

/// Whether modules and packages there are not this repository's own.
fn is_left_out(directory: &str) -> bool {
    directory == "vendor" || is_hidden(directory)
}

/// What a file is that is named itself. Hooks name all files of a commit: .go files that Go passes over are passed over here too.
fn kind_of_named(path: &str) -> Option<FileKind> {
    by_name(path).filter(|kind| *kind != FileKind::Go || kind_of(path, "").is_some())
}

fn by_name(path: &str) -> Option<FileKind> {
    let (directory, name) = path.rsplit_once('/').unwrap_or(("", path));
    match name {
        "go.mod" => Some(FileKind::GoMod),
        "go.work" => Some(FileKind::GoWork),
        "modules.txt" if directory.rsplit('/').next() == Some("vendor") => Some(FileKind::Vendor),
        "action.yml" | "action.yaml" => None,
        name if name.ends_with(".go") => (!name.starts_with(['.', '_'])).then_some(FileKind::Go),
        name if names_go_version(name) => Some(FileKind::VersionFile),
        _ => is_yaml(path).then_some(FileKind::Workflow),
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
            "template/.github/workflows/ci.yml",
            ".github/go.mod",
            "a/go.mod",
            "a/testdata/x/go.mod",
            "action.yml",
            "b/_x/go.work",
            "b/vendor/m/go.mod",
            "b/vendor/modules.txt",
            "ci.yml",
            "docker/Dockerfile",
            "go.work",
            "modules.txt",
            "x/_x.go",
            "x/testdata/x.go",
            "x/x.go",
        ];
        let world = paths.iter().fold(MemoryWorld::new(), |world, path| world.with_file(*path, ""));
        let found =
            |path: &str| find(&world, &[path.to_owned()], &|_| true).iter().map(|input| input.path().to_owned()).collect::<Vec<_>>();
        assert_eq!(found("."), [".github/workflows/ci.yml", "a/go.mod", "b/vendor/modules.txt", "docker/Dockerfile", "go.work", "x/x.go"]);
        assert_eq!(found("a/testdata/x/go.mod"), ["a/testdata/x/go.mod"], "a file that is named is judged");
        assert_eq!(found("x/testdata/x.go"), Vec::<String>::new(), "but Go itself does not look there");
        assert_eq!(found("x/testdata"), ["x/testdata/x.go"], "unless somebody else does");
        assert_eq!(found("ci.yml"), ["ci.yml"]);
        assert_eq!(found("action.yml"), Vec::<String>::new());
        assert_eq!(found("template"), ["template/.github/workflows/ci.yml"], "the root, as far as can be seen");
    }
}

//! The files of an index or a tree: paths and the objects that hold their contents, with links followed.

use git2::{Error, Index, IndexEntry, IndexEntryExtendedFlag, Oid, Repository, Tree};
use policy_core::world::{ReadError, is_at_or_below};

/// As many links as Linux follows (`MAXSYMLINKS` in `include/linux/namei.h`).
const MOST_LINKS: usize = 40;

/// A tree with more entries is not read: ten trees, each with ten times the next, hold ten billion files.
const MOST_ENTRIES: usize = 2_000_000;

/// A tree with a longer path is not read, in bytes.
const LONGEST_PATH: usize = 1 << 15;

/// What stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Item {
    File(Oid),
    /// A symbolic link; the object holds where it leads.
    Link(Oid),
    /// A commit of another repository. What is in it belongs to that one.
    Submodule,
    /// Versions that a merge has left side by side.
    Conflict,
}

/// What is at and below paths. Sorted by path, each once.
#[derive(Debug, Default)]
pub(super) struct Snapshot {
    items: Vec<(String, Item)>,
    has_links: bool,
}

impl Snapshot {
    /// What `git commit` would record. Files that are only announced (`git add --intent-to-add`) are not there yet; those that
    /// a sparse checkout leaves out of the work tree are.
    pub(super) fn of(index: &Index) -> Self {
        let announced = |entry: &IndexEntry| IndexEntryExtendedFlag::from_bits_truncate(entry.flags_extended).is_intent_to_add();
        Self::new(index.iter().filter(|entry| !announced(entry)).map(|entry| (path_of(&entry), item_of(&entry))).collect())
    }

    /// What a tree holds. Trees can be nested deeper than a stack is, so they wait in a list.
    pub(super) fn of_tree(repository: &Repository, root: &Tree<'_>) -> Result<Self, Error> {
        Self::of_tree_up_to(MOST_ENTRIES, repository, root)
    }

    fn of_tree_up_to(most: usize, repository: &Repository, root: &Tree<'_>) -> Result<Self, Error> {
        let mut items = Vec::new();
        let mut waiting = vec![(String::new(), root.id())];
        while let Some((directory, tree)) = waiting.pop() {
            for entry in &repository.find_tree(tree)? {
                let path = format!("{directory}{}", String::from_utf8_lossy(entry.name_bytes()));
                match item(entry.filemode().unsigned_abs(), entry.id()) {
                    Some(item) => items.push((path, item)),
                    None => waiting.push((path + "/", entry.id())),
                }
            }
            if items.len() + waiting.len() > most || directory.len() > LONGEST_PATH {
                return Err(Error::from_str(&format!("it holds more than {most} files, or a path of more than {LONGEST_PATH} bytes")));
            }
        }
        Ok(Self::new(items))
    }

    pub(super) fn new(mut items: Vec<(String, Item)>) -> Self {
        items.sort_by(|(one, _), (other, _)| one.cmp(other));
        items.dedup_by(|(one, _), (other, _)| one == other);
        let has_links = items.iter().any(|(_, item)| matches!(item, Item::Link(_)));
        Self { items, has_links }
    }

    /// The files at and below a directory; those of the root for an empty path.
    pub(super) fn below(&self, directory: &str) -> impl Iterator<Item = &str> {
        let start = self.items.partition_point(|(path, _)| path.as_str() < directory);
        let inside = move |path: &str| is_at_or_below(path, directory);
        // `a-b` sorts between `a` and `a/b`, so what shares the prefix is looked through, not only what is inside.
        let candidates = self.items.get(start..).unwrap_or_default().iter().take_while(move |(path, _)| path.starts_with(directory));
        candidates.filter(move |(path, item)| inside(path) && *item != Item::Submodule).map(|(path, _)| path.as_str())
    }

    /// The object with the content of a file. `target` reads where a link leads.
    ///
    /// # Errors
    /// There is no such file, or only something that is none.
    pub(super) fn find(&self, path: &str, target: &dyn Fn(Oid) -> Option<String>) -> Result<Oid, ReadError> {
        match self.item(path) {
            Some(Item::File(object)) => Ok(object),
            _ if !self.has_links => Err(self.missing(path)),
            _ => {
                let path = self.resolve(path, target).ok_or(ReadError::Missing)?;
                if let Some(Item::File(object)) = self.item(&path) { Ok(object) } else { Err(self.missing(&path)) }
            }
        }
    }

    fn item(&self, path: &str) -> Option<Item> {
        let at = self.items.binary_search_by(|(known, _)| known.as_str().cmp(path)).ok()?;
        self.items.get(at).map(|(_, item)| *item)
    }

    fn missing(&self, path: &str) -> ReadError {
        match self.item(path) {
            Some(Item::Conflict) => ReadError::Refused(String::from("the merge has left a conflict here")),
            Some(_) => ReadError::Refused(String::from("not a regular file")),
            None if self.below(path).next().is_some() => ReadError::Refused(String::from("not a regular file")),
            None => ReadError::Missing,
        }
    }

    /// The path without links; `None` if one leads out of the repository, or in a circle.
    fn resolve(&self, path: &str, target: &dyn Fn(Oid) -> Option<String>) -> Option<String> {
        let mut followed = 0;
        let mut done: Vec<String> = Vec::new();
        let mut rest: Vec<String> = parts_reversed(path);
        while let Some(part) = rest.pop() {
            match part.as_str() {
                "" | "." => {}
                ".." => drop(done.pop()?),
                name => done.push(name.to_owned()),
            }
            if let Some(Item::Link(object)) = self.item(&done.join("/")) {
                followed += 1;
                let target = target(object).filter(|target| followed <= MOST_LINKS && !target.starts_with('/'))?;
                done.pop();
                rest.extend(parts_reversed(&target));
            }
        }
        Some(done.join("/"))
    }
}

fn parts_reversed(path: &str) -> Vec<String> {
    path.split('/').rev().map(str::to_owned).collect()
}

fn path_of(entry: &IndexEntry) -> String {
    String::from_utf8_lossy(&entry.path).into_owned()
}

/// Stages as gitformat-index(5) has them. No entry of an index that libgit2 reads is a directory.
fn item_of(entry: &IndexEntry) -> Item {
    let stage = (entry.flags >> 12) & 0b11;
    if stage == 0 { item(entry.mode, entry.id).unwrap_or(Item::File(entry.id)) } else { Item::Conflict }
}

/// Modes as gitformat-index(5) has them; `None` for a directory.
fn item(mode: u32, object: Oid) -> Option<Item> {
    match mode & 0o170_000 {
        0o040_000 => None,
        0o120_000 => Some(Item::Link(object)),
        0o160_000 => Some(Item::Submodule),
        _ => Some(Item::File(object)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An object whose name is this number.
    fn object(number: u8) -> Oid {
        Oid::from_bytes(&[number; 20]).unwrap()
    }

    /// Links lead to the path that stands behind the number of their object.
    fn found(items: &[(&str, Item)], targets: &[&str], path: &str) -> Result<u8, ReadError> {
        let snapshot = Snapshot::new(items.iter().map(|(path, item)| ((*path).to_owned(), *item)).collect());
        let target = |object: Oid| targets.get(usize::from(object.as_bytes()[0])).map(|target| (*target).to_owned());
        snapshot.find(path, &target).map(|object| object.as_bytes()[0])
    }

    #[test]
    fn a_directory_holds_what_is_below_it_and_not_what_starts_like_it() {
        let file = Item::File(object(0));
        let items = ["a", "b-c", "b/d", "b/e/f", "bc"].map(|path| (path.to_owned(), file));
        let snapshot = Snapshot::new(items.into());
        assert_eq!(snapshot.below("b").collect::<Vec<_>>(), ["b/d", "b/e/f"]);
        assert_eq!(snapshot.below("b/d").collect::<Vec<_>>(), ["b/d"]);
        assert_eq!(snapshot.below("").count(), 5);
        assert_eq!(snapshot.below("c").count(), 0);
    }

    /// Trees inside each other, each with as many names for the next.
    fn nested(repository: &Repository, depth: usize, names: &[&str]) -> Oid {
        let file = repository.blob(b"x").unwrap();
        (0..depth).fold(file, |inner, level| {
            let mut tree = repository.treebuilder(None).unwrap();
            let mode = if level == 0 { 0o100_644 } else { 0o040_000 };
            names.iter().for_each(|name| drop(tree.insert(name, inner, mode).unwrap()));
            tree.write().unwrap()
        })
    }

    #[test]
    fn a_tree_is_read_within_limits() {
        let directory = tempfile::tempdir().unwrap();
        let repository = Repository::init_bare(directory.path()).unwrap();
        let read = |most, root| Snapshot::of_tree_up_to(most, &repository, &repository.find_tree(root).unwrap());
        let wide = nested(&repository, 4, &["a", "b", "c", "d", "e"]);
        let files = read(625, wide).unwrap();
        assert_eq!(files.below("").count(), 625);
        assert_eq!(files.below("e/d").next(), Some("e/d/a/a"));
        assert!(read(624, wide).is_err());
        let long = "x".repeat(250);
        assert!(read(9, nested(&repository, 100, &[&long])).is_ok());
        assert!(read(9, nested(&repository, 200, &[&long])).is_err());
    }

    #[test]
    fn links_are_followed_within_the_repository() {
        let items = [
            ("dir/file", Item::File(object(9))),
            ("dir/up", Item::Link(object(0))),
            ("link", Item::Link(object(1))),
            ("loop", Item::Link(object(2))),
            ("out", Item::Link(object(3))),
            ("root", Item::Link(object(4))),
        ];
        let targets = ["../link", "./dir", "loop", "../other", "/etc/passwd"];
        let found = |path| found(&items, &targets, path);
        assert_eq!(found("dir/file"), Ok(9));
        assert_eq!(found("link/file"), Ok(9));
        assert_eq!(found("dir/up/file"), Ok(9), "a link to a link");
        for missing in ["loop", "out", "out/x", "root", "nothing"] {
            assert_eq!(found(missing), Err(ReadError::Missing), "{missing}");
        }
        assert_eq!(found("link"), Err(ReadError::Refused("not a regular file".into())));
    }

    #[test]
    fn what_is_no_file_says_so() {
        let items = [("both.yml", Item::Conflict), ("dir/file", Item::File(object(1))), ("sub", Item::Submodule)];
        let found = |path| found(&items, &[], path).unwrap_err().to_string();
        assert_eq!(found("both.yml"), "the merge has left a conflict here");
        assert_eq!(found("dir"), "not a regular file");
        assert_eq!(found("sub"), "not a regular file");
        assert_eq!(found("sub/go.mod"), "no such file");
    }
}

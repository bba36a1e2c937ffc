//! The starts of objects in git's packs. libgit2 unpacks whole objects; of a .go file no more than the head is wanted.
//!
//! Only what is stored in full in a pack with an index of version 2, as nearly all of a revision is, is read here. For anything else,
//! and whatever is damaged, the answer is `None`, and libgit2 has the word.
//!
//! Source: gitformat-pack(5).

mod entry;
mod index;
mod pack;

use std::path::Path;

use git2::Oid;

use pack::Pack;

/// More packs are not kept open.
const MOST_PACKS: usize = 64;

/// The packs of one directory.
pub(super) struct Packs {
    packs: Vec<Pack>,
}

impl Packs {
    /// Opens those that can be read.
    pub(super) fn of(directory: &Path) -> Self {
        let entries = std::fs::read_dir(directory).into_iter().flatten().flatten();
        Self { packs: entries.filter_map(|entry| Pack::open(&entry.path())).take(MOST_PACKS).collect() }
    }

    /// The first `length` bytes of a blob, or all it has.
    pub(super) fn start(&self, object: Oid, length: usize) -> Option<Vec<u8>> {
        self.packs.iter().find_map(|pack| pack.start(object.as_bytes(), length))
    }
}

#[cfg(test)]
mod tests {
    use std::process::{Command, Stdio};

    use git2::{ObjectType, Repository};

    use super::*;

    /// A repository with all its objects in one pack, some of them as differences.
    fn packed(contents: &[Vec<u8>]) -> (tempfile::TempDir, Vec<Oid>) {
        let directory = tempfile::tempdir().unwrap();
        let repository = Repository::init_bare(directory.path()).unwrap();
        let objects: Vec<Oid> = contents.iter().map(|content| repository.blob(content).unwrap()).collect();
        let names: String = objects.iter().map(|object| format!("{object} name\n")).collect();
        let mut git = Command::new("git");
        git.args(["pack-objects", "--quiet", "objects/pack/pack"]).current_dir(directory.path());
        let mut git = git.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
        std::io::Write::write_all(&mut git.stdin.take().unwrap(), names.as_bytes()).unwrap();
        assert!(git.wait().unwrap().success());
        (directory, objects)
    }

    /// Bytes that do not get smaller by packing.
    fn noise(length: usize, mut state: u32) -> Vec<u8> {
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state.to_be_bytes()[0]
        };
        (0..length).map(|_| next()).collect()
    }

    #[test]
    fn starts_are_those_that_libgit2_reads() {
        let similar = [noise(20_000, 1), vec![0; 9]].concat();
        let mut contents = vec![Vec::new(), b"x".to_vec(), vec![b'a'; 300_000], noise(20_000, 1), similar, noise(70_000, 2)];
        contents.extend((0..300).map(|number: u32| noise(100, number)));
        let (directory, objects) = packed(&contents);
        let packs = Packs::of(&directory.path().join("objects/pack"));
        for length in [0, 1, 100, 4096, 70_000, 1 << 20] {
            let starts: Vec<Option<Vec<u8>>> = objects.iter().map(|object| packs.start(*object, length)).collect();
            for (start, content) in starts.iter().zip(&contents) {
                let expected = &content[..content.len().min(length)];
                assert!(start.as_deref().is_none_or(|start| start == expected), "{} bytes of {}", length, content.len());
            }
            let left = starts.iter().filter(|start| start.is_none()).count();
            assert!((1..contents.len() / 2).contains(&left), "{left} of {} are left to libgit2", contents.len());
        }
    }

    #[test]
    fn what_is_no_blob_or_in_no_pack_is_not_read() {
        let (directory, objects) = packed(&[b"x".to_vec()]);
        let packs = Packs::of(&directory.path().join("objects/pack"));
        assert!(packs.start(objects[0], 9).is_some());
        assert_eq!(packs.start(Oid::hash_object(ObjectType::Blob, b"y").unwrap(), 9), None);
        assert_eq!(Packs::of(&directory.path().join("nowhere")).start(objects[0], 9), None);
    }
}

//! A revision is judged as its checkout is: real files of many projects, on disk, in the index and in a bare clone.

use std::path::Path;

use crate::checkout::{fresh_directory, skip};
use crate::sample::{commit_all, git, gopolicy};

/// Files of real projects, one directory each; not part of the repository.
const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus");

#[test]
fn a_bare_clone_is_judged_as_its_checkout() {
    if !Path::new(CORPUS).is_dir() {
        return skip("no corpus of real projects here");
    }
    let checkout = fresh_directory("revisions/checkout");
    copy(Path::new(CORPUS), &checkout);
    commit_all(&checkout);
    let bare = fresh_directory("revisions/bare");
    git(&checkout, &["clone", "--quiet", "--bare", ".", bare.to_str().unwrap()]);
    let judge = |directory: &Path, arguments: &[&str]| {
        gopolicy(directory, &[&["lint", "--policy", "strict", "--format", "json"], arguments].concat()).stdout
    };
    let on_disk = judge(&checkout, &[]);
    assert!(on_disk.matches("\"rule\"").count() > 100, "{on_disk}");
    assert!(on_disk == judge(&bare, &["--rev", "HEAD"]), "the bare clone differs");
    assert!(on_disk == judge(&checkout, &["--staged"]), "the index differs");
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::write(target, std::fs::read(entry.path()).unwrap()).unwrap();
        }
    }
}

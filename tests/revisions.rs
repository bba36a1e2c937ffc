//! A revision is judged as its checkout is: real files of many projects, on disk, in the index and in a bare clone.

use std::path::{Path, PathBuf};

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
    for project in projects() {
        copy(&project, &checkout.join(project.file_name().unwrap()));
    }
    commit_all(&checkout);
    let bare = fresh_directory("revisions/bare");
    git(&checkout, &["clone", "--quiet", "--bare", ".", bare.to_str().unwrap()]);
    let judge = |directory: &Path, arguments: &[&str]| {
        gopolicy(directory, &[&["lint", "--policy", "strict", "--format", "json"], arguments].concat()).stdout
    };
    let on_disk = judge(&checkout, &[]);
    assert!(on_disk.matches("\"rule\"").count() > 20, "{on_disk}");
    assert!(on_disk == judge(&bare, &["--rev", "HEAD"]), "the bare clone differs");
    assert!(on_disk == judge(&checkout, &["--staged"]), "the index differs");
}

/// Some of them: judging all takes minutes without optimisation.
fn projects() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(CORPUS).unwrap().map(|entry| entry.unwrap().path());
    let mut projects: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    projects.sort();
    projects.into_iter().step_by(10).collect()
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

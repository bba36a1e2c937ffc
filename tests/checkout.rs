//! This checkout and the directories and tools around it.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// The root of this repository.
pub(crate) fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// An empty directory below target/, kept after the test for a look at what went wrong.
pub(crate) fn fresh_directory(name: &str) -> PathBuf {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if directory.exists() {
        fs::remove_dir_all(&directory).unwrap();
    }
    fs::create_dir_all(&directory).unwrap();
    directory
}

/// Says that a test does nothing here, and why; in CI that is a failure.
pub(crate) fn skip(why: &str) {
    assert!(std::env::var("CI").as_deref() != Ok("true"), "{why}");
    // Not `eprintln`: the test runner captures that, and this must be seen.
    writeln!(std::io::stderr(), "skipped: {why}").unwrap();
}

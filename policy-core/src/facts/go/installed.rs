//! The releases of Go that tests can ask: those that the repository's set-up put into `target/go/<version>/`, or else the one on the PATH.

#![expect(clippy::disallowed_methods, reason = "a test that runs the real command")]

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::facts::version::GoVersion;

/// A release of Go on this machine.
pub(crate) struct Toolchain {
    /// The go command.
    pub(crate) go: PathBuf,
    /// Its GOROOT.
    pub(crate) root: PathBuf,
    /// Its version.
    pub(crate) version: GoVersion,
}

/// All that are installed; says so if there are none.
pub(crate) fn toolchains() -> Vec<Toolchain> {
    let installed = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../target/go"));
    let below = std::fs::read_dir(installed).into_iter().flatten().flatten();
    let mut found: Vec<Toolchain> = below.filter_map(|entry| toolchain(&find_go(&entry.path())?)).collect();
    if found.is_empty() {
        found.extend(toolchain(Path::new("go")));
    }
    if found.is_empty() {
        println!("skipped: no Go is installed");
    }
    found
}

fn find_go(directory: &Path) -> Option<PathBuf> {
    ["bin/go", "go/bin/go"].iter().map(|path| directory.join(path)).find(|path| path.is_file())
}

fn toolchain(go: &Path) -> Option<Toolchain> {
    let output = Command::new(go).args(["env", "GOROOT", "GOVERSION"]).env("GOTOOLCHAIN", "local").output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let (root, version) = text.trim().split_once('\n')?;
    let found = Toolchain { go: Path::new(root).join("bin/go"), root: root.into(), version: GoVersion::parse(version)? };
    found.go.is_file().then_some(found)
}

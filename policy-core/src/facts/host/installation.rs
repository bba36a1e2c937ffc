//! The go commands that PATH leads to, and the trees they stand in.

use super::paths::parent;
use crate::facts::go::paths::System;
use crate::facts::version::GoVersion;
use crate::syntax::build_info::{self, BuildInfo};
use crate::world::machine::{Access, Machine, PathKind};

/// `VERSION` has two short lines.
const LONGEST_VERSION_FILE: u64 = 4096;

/// What PATH leads to.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    /// The first go command.
    pub(super) first: Option<Installation>,
    /// The files of all go commands, each once, links followed, first first.
    pub(super) files: Vec<String>,
    /// What is called `go` but is no program, where there is no go command.
    pub(super) no_program: Option<String>,
}

/// A go command.
#[derive(Clone, Debug)]
pub(super) struct Installation {
    /// Its path by way of PATH.
    pub(super) command: String,
    /// The tree it was installed in.
    pub(super) goroot: Option<String>,
}

/// The directories of PATH that programs are looked for in. Those that are not absolute are left out: what they lead to depends on
/// where a command is run, and Go itself does not take programs from there.
pub(super) fn directories(system: System, path: &str) -> Vec<&str> {
    path.split(system.list_separator()).filter(|directory| system.is_absolute(directory)).collect()
}

/// The first program of a name.
pub(super) fn look_up(machine: &dyn Machine, system: System, path: &str, name: &str) -> Option<String> {
    let candidates = directories(system, path).into_iter().map(|directory| system.join(&[directory, &file_name(system, name)]));
    candidates.into_iter().find(|candidate| is_program(machine, candidate))
}

pub(super) fn file_name(system: System, name: &str) -> String {
    if system == System::Windows { format!("{name}.exe") } else { name.to_owned() }
}

pub(super) fn is_program(machine: &dyn Machine, path: &str) -> bool {
    machine.status(path).is_ok_and(|status| status.kind == PathKind::File) && machine.may(Access::Execute, path) != Some(false)
}

/// Looks for go commands.
pub(super) fn find(machine: &dyn Machine, system: System, path: &str) -> Found {
    let mut found = Found::default();
    for directory in directories(system, path) {
        let command = system.join(&[directory, &file_name(system, "go")]);
        if is_program(machine, &command) {
            let file = machine.real_path(&command).unwrap_or_else(|| command.clone());
            if !found.files.contains(&file) {
                found.files.push(file);
            }
            found.first.get_or_insert_with(|| Installation { goroot: goroot(machine, system, &command), command });
        } else if machine.status(&command).is_ok() {
            found.no_program.get_or_insert(command);
        }
    }
    found
}

/// The tree of a go command: two directories up or three, its links followed or not, if there is `pkg/tool` in it (`findGOROOT` in
/// `cmd/go/internal/cfg/cfg.go`).
fn goroot(machine: &dyn Machine, system: System, command: &str) -> Option<String> {
    let real = machine.real_path(command);
    let starts = real.iter().map(String::as_str).chain([command]);
    let candidates = starts.flat_map(|file| {
        let above = parent(system, file).and_then(|bin| parent(system, bin));
        [above, above.and_then(|directory| parent(system, directory))]
    });
    candidates.flatten().find(|directory| is_goroot(machine, system, directory)).map(str::to_owned)
}

/// Whether Go takes a directory for its tree.
pub(super) fn is_goroot(machine: &dyn Machine, system: System, directory: &str) -> bool {
    machine.status(&system.join(&[directory, "pkg/tool"])).is_ok_and(|status| status.kind == PathKind::Directory)
}

/// The first line of `VERSION`; official trees have nothing but the release there.
pub(super) fn version_file(machine: &dyn Machine, system: System, goroot: &str) -> Option<GoVersion> {
    let content = machine.read(&system.join(&[goroot, "VERSION"]), 0..LONGEST_VERSION_FILE).ok()?;
    GoVersion::parse(String::from_utf8_lossy(&content).lines().next()?.trim())
}

/// What a program says of its own build.
pub(super) fn build_info(machine: &dyn Machine, path: &str) -> Option<BuildInfo> {
    build_info::read(&|range| machine.read(path, range).ok())
}

/// System and architecture of a tree, from the name of its directory of tools.
pub(super) fn host_of(machine: &dyn Machine, system: System, goroot: &str) -> Option<(String, String)> {
    let names = machine.list(&system.join(&[goroot, "pkg/tool"])).ok()?;
    let mut pairs = names.iter().filter_map(|name| name.split_once('_'));
    let (os, arch) = pairs.next()?;
    pairs.next().is_none().then(|| (os.to_owned(), arch.to_owned()))
}

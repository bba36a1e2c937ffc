//! Machines as examples state them.

use super::super::error::Problems;
use super::super::literal;
use super::super::spot::{Spot, Table};
use crate::facts::schema::Shape;
use crate::facts::value::Datum;
use crate::facts::version::GoVersion;
use crate::syntax::build_info::sample;
use crate::world::machine::{GoFailure, GoOutput, PathKind, Platform};
use crate::world::{Entry, MemoryMachine};

pub(crate) const MACHINE_KEYS: &[&str] =
    &["arch", "directory", "env", "files", "go", "go-says", "goenv-file", "goroot-file", "mounts", "os", "paths", "programs"];
pub(crate) const PATH_KEYS: &[&str] = &["free-space", "kind", "mode", "owner", "writable"];

/// The machine of an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExampleMachine {
    /// As the policy writes it.
    pub text: String,
    /// What it stands for.
    pub machine: MemoryMachine,
    /// Whether its go command is run; else everything is worked out from the files and variables.
    pub runs_go: bool,
}

impl serde::Serialize for ExampleMachine {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

/// The user, and what else there is of it.
const USER: u32 = 1000;
const SOMEBODY_ELSE: u32 = 1001;
/// Where Go is, if the example does not say that there is none.
const GOROOT: &str = "/usr/local/go";
/// The release, if the example names none.
const RELEASE: &str = "1.27.3";
/// `go.env` of the official distribution (since Go 1.21).
const GO_ENV: &str = "GOPROXY=https://proxy.golang.org,direct\nGOSUMDB=sum.golang.org\nGOTOOLCHAIN=auto\n";

/// Where the user is at home.
struct Layout {
    platform: Platform,
    home: &'static str,
    config: &'static str,
    directory: String,
}

/// Reads `machine:`.
pub(super) fn read(spot: Spot<'_>, problems: &mut Problems) -> Option<ExampleMachine> {
    let table = spot.table("a machine", MACHINE_KEYS, problems)?;
    let layout = Layout::read(table, problems)?;
    let mut machine = layout.bare();
    machine = with_go(machine, &layout, table, problems)?;
    machine = with_variables(machine, table, problems)?;
    machine = with_files(machine, &layout, table, problems)?;
    machine = with_programs(machine, &layout, table, problems)?;
    machine = with_paths(machine, &layout, table, problems)?;
    for (_, directory, kind) in named(table, "mounts", problems) {
        machine = machine.with_mount(layout.absolute(directory), kind.text(problems)?);
    }
    let says = table.get("go-says");
    if let Some(says) = says {
        machine = machine.with_go(read_outcome(says, problems)?);
    }
    let text = spot.text.slice(spot.node.span).trim_end().to_owned();
    Some(ExampleMachine { text, machine, runs_go: says.is_some() })
}

impl Layout {
    fn read(table: Table<'_>, problems: &mut Problems) -> Option<Self> {
        let word = |key: &str, default: &'static str, known: &[&'static str], problems: &mut Problems| match table.get(key) {
            None => Some(default),
            Some(spot) => {
                let name = spot.text(problems)?;
                let found = known.iter().find(|word| **word == name).copied();
                if found.is_none() {
                    spot.unknown(key, name, known.iter().copied(), problems);
                }
                found
            }
        };
        let os = word("os", "linux", &["linux", "macos"], problems)?;
        let arch = word("arch", "amd64", &["amd64", "arm64"], problems)?;
        let (os, home, config) = match os {
            "macos" => ("darwin", "/Users/me", "/Users/me/Library/Application Support"),
            _ => ("linux", "/home/me", "/home/me/.config"),
        };
        let mut layout = Self { platform: Platform { os, arch }, home, config, directory: format!("{home}/project") };
        if let Some(directory) = table.get("directory") {
            layout.directory = layout.absolute(directory.text(problems)?);
        }
        Some(layout)
    }

    /// A fresh home, a repository as the working directory, a C compiler.
    fn bare(&self) -> MemoryMachine {
        MemoryMachine::new(self.platform, USER, self.directory.as_str())
            .with_mount("/", if self.platform.os == "darwin" { "apfs" } else { "ext4" })
            .with_variable("HOME", self.home)
            .with_variable("PATH", format!("{GOROOT}/bin:/usr/bin:/bin"))
            .with(self.home, Entry::directory(USER))
            .with(self.directory.as_str(), Entry::directory(USER))
            .with(format!("{}/project/.git", self.home), Entry::directory(USER))
            .with("/tmp", world_writable())
            .with("/usr/bin/gcc", Entry::program(0, ""))
            .with("/usr/bin/clang", Entry::program(0, ""))
    }

    /// `~/` stands for the home, and what is relative is below the working directory.
    fn absolute(&self, path: &str) -> String {
        let path = path.trim_end_matches('/');
        match path.strip_prefix("~/") {
            Some(inside) => format!("{}/{inside}", self.home),
            None if path == "~" => self.home.to_owned(),
            None if path.is_empty() || path.starts_with('/') => path.to_owned(),
            None => format!("{}/{path}", self.directory),
        }
    }
}

fn world_writable() -> Entry {
    let mut entry = Entry::directory(0);
    entry.status.mode = Some(0o1777);
    entry
}

/// A program that this release of Go built.
fn built_by(release: &str, lines: &str) -> Entry {
    Entry::program(USER, sample::elf(&format!("go{release}"), lines))
}

fn with_go(machine: MemoryMachine, layout: &Layout, table: Table<'_>, problems: &mut Problems) -> Option<MemoryMachine> {
    let release = match table.get("go") {
        None => RELEASE,
        Some(spot) => match spot.text(problems)? {
            "none" => return Some(machine),
            release if GoVersion::parse(release).is_some() => release,
            _ => return spot.expected("a Go release such as `1.25.3`, or `none`", problems),
        },
    };
    let go_env = table.get("goroot-file").map_or(Some(GO_ENV), |spot| spot.text(problems))?;
    let Platform { os, arch } = layout.platform;
    let tools = format!("{GOROOT}/pkg/tool/{os}_{arch}");
    Some(
        machine
            .with(format!("{GOROOT}/bin/go"), built_by(release, "path\tcmd/go\n"))
            .with(format!("{tools}/compile"), built_by(release, "path\tcmd/compile\n"))
            .with(format!("{GOROOT}/VERSION"), Entry::file(0, format!("go{release}\ntime 2026-01-01T00:00:00Z\n")))
            .with(format!("{GOROOT}/go.env"), Entry::file(0, go_env)),
    )
}

fn with_variables(mut machine: MemoryMachine, table: Table<'_>, problems: &mut Problems) -> Option<MemoryMachine> {
    for (_, name, value) in named(table, "env", problems) {
        machine = if value.node.is_null() { machine.without_variable(name) } else { machine.with_variable(name, value.text(problems)?) };
    }
    Some(machine)
}

/// A path that ends in a slash is a directory.
fn with_files(mut machine: MemoryMachine, layout: &Layout, table: Table<'_>, problems: &mut Problems) -> Option<MemoryMachine> {
    if let Some(content) = table.get("goenv-file") {
        machine = machine.with(format!("{}/go/env", layout.config), Entry::file(USER, content.text(problems)?));
    }
    for (_, path, content) in named(table, "files", problems) {
        let entry = if path.ends_with('/') { Entry::directory(USER) } else { Entry::file(USER, content.text(problems)?) };
        machine = machine.with(layout.absolute(path), entry);
    }
    Some(machine)
}

/// Programs by path: the release of Go that built each, with the platform if it is another one, or `other` for those that Go did not build.
fn with_programs(mut machine: MemoryMachine, layout: &Layout, table: Table<'_>, problems: &mut Problems) -> Option<MemoryMachine> {
    let Platform { os, arch } = layout.platform;
    for (_, path, release) in named(table, "programs", problems) {
        let text = release.text(problems)?;
        let (version, platform) = text.split_once(' ').unwrap_or((text, ""));
        let (os, arch) = platform.split_once('/').unwrap_or((os, arch));
        let name = path.rsplit('/').next().unwrap_or(path);
        let lines = format!("path\texample.com/{name}\nmod\texample.com/{name}\tv1.0.0\th1:0=\nbuild\tGOARCH={arch}\nbuild\tGOOS={os}\n");
        let entry = match version {
            "other" => Entry::program(USER, ""),
            version if GoVersion::parse(version).is_some() => built_by(version, &lines),
            _ => return release.expected("the Go release that built it, as in `1.25.3` or `1.25.3 windows/amd64`, or `other`", problems),
        };
        machine = machine.with(layout.absolute(path), entry);
    }
    Some(machine)
}

fn with_paths(mut machine: MemoryMachine, layout: &Layout, table: Table<'_>, problems: &mut Problems) -> Option<MemoryMachine> {
    for (_, path, spot) in named(table, "paths", problems) {
        let properties = spot.table("what is at a path", PATH_KEYS, problems)?;
        machine = machine.with(layout.absolute(path), read_entry(properties, problems)?);
    }
    Some(machine)
}

fn read_entry(table: Table<'_>, problems: &mut Problems) -> Option<Entry> {
    let mut entry = Entry::directory(USER);
    if let Some(spot) = table.get("kind") {
        entry.status.kind = match spot.text(problems)? {
            "directory" => PathKind::Directory,
            "file" => PathKind::File,
            "other" => PathKind::Other,
            _ => return spot.expected("`directory`, `file` or `other`", problems),
        };
    }
    if let Some(spot) = table.get("owner") {
        entry.status.owner = match spot.text(problems)? {
            "self" => Some(USER),
            "root" => Some(0),
            "other" => Some(SOMEBODY_ELSE),
            _ => return spot.expected("`self`, `root` or `other`", problems),
        };
    }
    if let Some(spot) = table.get("mode") {
        let mode = u32::from_str_radix(spot.text(problems)?, 8).ok().filter(|mode| *mode <= 0o7777);
        entry.status.mode = Some(mode.or_else(|| spot.expected("a mode in octal digits such as `\"0755\"`", problems))?);
    }
    if let Some(spot) = table.get("writable") {
        entry.writable = Some(spot.flag(problems)?);
    }
    if let Some(spot) = table.get("free-space") {
        entry.free_space = match literal::parse(Shape::Size, spot.text(problems)?) {
            Ok(Datum::Number(bytes)) => u64::try_from(bytes).ok(),
            _ => return spot.expected("a size such as `2GiB`", problems),
        };
    }
    Some(entry)
}

/// `hangs`, `rubbish`, or `{fails: MESSAGE}`.
fn read_outcome(spot: Spot<'_>, problems: &mut Problems) -> Option<Result<GoOutput, GoFailure>> {
    if let Some(message) = spot.only("fails") {
        let stderr = message.text(problems)?.as_bytes().to_vec();
        return Some(Ok(GoOutput { success: false, stderr, ..GoOutput::default() }));
    }
    match spot.scalar().map(|scalar| &*scalar.content) {
        Some("hangs") => Some(Err(GoFailure::TimedOut { seconds: 10 })),
        Some("rubbish") => Some(Ok(GoOutput { success: true, stdout: b"\xff<html>".to_vec(), ..GoOutput::default() })),
        _ => spot.expected("`hangs`, `rubbish`, or `{ fails: MESSAGE }`", problems),
    }
}

fn named<'n>(table: Table<'n>, key: &str, problems: &mut Problems) -> Vec<(Spot<'n>, &'n str, Spot<'n>)> {
    table.get(key).map(|spot| spot.named(&format!("`{key}`: a mapping"), problems)).unwrap_or_default()
}

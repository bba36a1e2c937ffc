//! What the Go linker writes into every program: the release that built it, its module, the settings of the build.
//!
//! Follows `debug/buildinfo` of the Go tree; a test compares with `go version -m`. Programs built by Go before 1.18 keep the
//! text elsewhere, and count as unknown. Files are read in small pieces, whatever their size.

mod bytes;
mod elf;
mod mach_o;
mod pe;
pub(crate) mod sample;
#[cfg(test)]
mod tests;

use std::ops::Range;

/// Where the text begins.
const MAGIC: &[u8] = b"\xff Go buildinf:";
/// Offset of the flags in the header; the second lowest bit says that the text follows.
const FLAGS: usize = 15;
/// Length of the header.
const HEADER: u64 = 32;
/// What the linker puts around the lines about the module: 16 bytes on either side (`runtime/debug/mod.go`).
const FRAME: usize = 16;
/// A longer text is not looked at; a program with a thousand dependencies has a tenth of this.
const LONGEST_TEXT: u64 = 4 << 20;
/// How far into a data section is searched; the linker puts the text near its beginning.
const FARTHEST: u64 = 1 << 20;

/// The bytes of a file in a range of offsets, fewer if it ends before.
pub(crate) type Source<'a> = &'a dyn Fn(Range<u64>) -> Option<Vec<u8>>;

/// What a program says of its own build.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct BuildInfo {
    /// The release, as `runtime.Version` returns it: `go1.25.3`, `go1.25.3 X:fieldtrack`.
    pub(crate) release: String,
    /// The package.
    pub(crate) package: Option<String>,
    /// The module it is in.
    pub(crate) module: Option<String>,
    /// The version of that module.
    pub(crate) version: Option<String>,
    /// `GOOS`, `-tags`, `vcs.revision` … with their values.
    pub(crate) settings: Vec<(String, String)>,
}

/// A part of a file that may hold the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Section {
    offset: u64,
    size: u64,
}

/// Reads the build information of a program; `None` if the file is none, or none of Go.
pub(crate) fn read(source: Source<'_>) -> Option<BuildInfo> {
    let start = source(0..4)?;
    let section = match start.as_slice() {
        [0x7f, b'E', b'L', b'F'] => elf::section(source),
        [b'M', b'Z', ..] => pe::section(source),
        [0xca, 0xfe, 0xba, 0xbe | 0xbf] => mach_o::section_of_first_architecture(source),
        [0xfe, 0xed, 0xfa, _] | [_, 0xfa, 0xed, 0xfe] => mach_o::section(source, 0),
        _ => None,
    }?;
    let offset = find_header(source, section)?;
    let header = source(offset..offset.checked_add(HEADER)?)?;
    if header.get(FLAGS)? & 2 == 0 {
        return None;
    }
    let (release, end) = text_at(source, offset + HEADER)?;
    let (lines, _) = text_at(source, end)?;
    let module_lines = lines.get(FRAME..lines.len().saturating_sub(FRAME)).unwrap_or_default();
    Some(parsed(String::from_utf8_lossy(&release).into_owned(), &String::from_utf8_lossy(module_lines)))
}

/// The header stands at a multiple of 16 bytes.
fn find_header(source: Source<'_>, section: Section) -> Option<u64> {
    let end = section.offset.checked_add(section.size.min(FARTHEST))?;
    let bytes = source(section.offset..end)?;
    let index = bytes.chunks(16).position(|chunk| chunk.starts_with(MAGIC))?;
    section.offset.checked_add(16 * index as u64)
}

/// A text with its length before it, and where it ends.
fn text_at(source: Source<'_>, offset: u64) -> Option<(Vec<u8>, u64)> {
    let bytes = source(offset..offset.checked_add(10)?)?;
    let (length, width) = length_before(&bytes)?;
    let start = offset.checked_add(width)?;
    let end = start.checked_add(length).filter(|_| length <= LONGEST_TEXT)?;
    let text = source(start..end)?;
    (text.len() as u64 == length).then_some((text, end))
}

/// A number as `binary.Uvarint` reads it, and how many bytes it takes.
fn length_before(bytes: &[u8]) -> Option<(u64, u64)> {
    let mut number = 0_u64;
    for (index, byte) in (0_u32..9).zip(bytes) {
        number |= u64::from(byte & 0x7f).checked_shl(7 * index)?;
        if byte & 0x80 == 0 {
            return Some((number, u64::from(index) + 1));
        }
    }
    None
}

/// Lines of words between tabs: `path`, `mod`, `dep`, `build`.
fn parsed(release: String, lines: &str) -> BuildInfo {
    let mut info = BuildInfo { release, ..BuildInfo::default() };
    for line in lines.lines() {
        let mut words = line.split('\t');
        match (words.next(), words.next(), words.next()) {
            (Some("path"), Some(path), _) => info.package = Some(path.to_owned()),
            (Some("mod"), Some(path), version) => (info.module, info.version) = (Some(path.to_owned()), version.map(str::to_owned)),
            (Some("build"), Some(setting), _) => {
                let (name, value) = setting.split_once('=').unwrap_or((setting, ""));
                info.settings.push((name.to_owned(), value.to_owned()));
            }
            _ => {}
        }
    }
    info
}

impl BuildInfo {
    /// The value of a setting.
    pub(crate) fn setting(&self, name: &str) -> Option<&str> {
        self.settings.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

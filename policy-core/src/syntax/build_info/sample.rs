//! The smallest program that holds build information: for examples of rules, which state machines with programs on them.

use super::{FRAME, MAGIC};

/// An ELF file of a 64-bit machine: the release, such as `go1.25.3`, and the lines about the module.
pub(crate) fn elf(release: &str, lines: &str) -> Vec<u8> {
    let info = section(release, lines);
    let names = b"\0.go.buildinfo\0.shstrtab\0";
    let names_at = 64 + info.len() as u64;
    let table = names_at + names.len() as u64;
    let mut file = header(table);
    file.extend(&info);
    file.extend(names);
    file.extend(entry(0, 0, 0));
    file.extend(entry(1, 64, info.len() as u64));
    file.extend(entry(15, names_at, names.len() as u64));
    file
}

fn section(release: &str, lines: &str) -> Vec<u8> {
    let mut info = MAGIC.to_vec();
    info.extend([8, 2]);
    info.resize(32, 0);
    push(&mut info, release.as_bytes());
    push(&mut info, &[&[0; FRAME], lines.as_bytes(), &[0; FRAME]].concat());
    info
}

/// A text with its length before it, as `binary.PutUvarint` writes it.
fn push(info: &mut Vec<u8>, text: &[u8]) {
    let mut length = text.len();
    loop {
        let [low, ..] = length.to_le_bytes();
        length >>= 7;
        if length == 0 {
            info.push(low);
            break;
        }
        info.push(low | 0x80);
    }
    info.extend(text);
}

/// Three sections, of which the last holds the names.
fn header(table: u64) -> Vec<u8> {
    let mut header = b"\x7fELF\x02\x01\x01".to_vec();
    header.resize(40, 0);
    header.extend(table.to_le_bytes());
    header.resize(58, 0);
    for number in [64_u16, 3, 2] {
        header.extend(number.to_le_bytes());
    }
    header
}

fn entry(name: u32, offset: u64, size: u64) -> Vec<u8> {
    let mut entry = name.to_le_bytes().to_vec();
    entry.resize(24, 0);
    entry.extend(offset.to_le_bytes());
    entry.extend(size.to_le_bytes());
    entry.resize(64, 0);
    entry
}

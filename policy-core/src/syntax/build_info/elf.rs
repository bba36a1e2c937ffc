//! ELF, the programs of Linux and the BSDs (<https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html>).

use super::bytes::{Order, name};
use super::{Section, Source};

const NAME: &[u8] = b".go.buildinfo";
/// Programs have some thirty sections.
const MOST_SECTIONS: u64 = 4096;
/// The names of all of them.
const LONGEST_NAMES: u64 = 1 << 20;

/// Where the fields of 32-bit and 64-bit files stand, and how wide addresses are.
struct Class {
    order: Order,
    wide: bool,
}

pub(super) fn section(source: Source<'_>) -> Option<Section> {
    let header = source(0..64)?;
    let class = Class::of(&header)?;
    let (table, sizes) = if class.wide { (40, 58) } else { (32, 46) };
    let table = class.address(&header, table)?;
    let [entry_size, count, names] =
        [class.order.u16(&header, sizes)?, class.order.u16(&header, sizes + 2)?.min(MOST_SECTIONS), class.order.u16(&header, sizes + 4)?];
    let entries = source(table..table.checked_add(entry_size * count)?)?;
    let entries: Vec<&[u8]> = entries.chunks(usize::try_from(entry_size).ok().filter(|size| *size > 0)?).collect();
    let names = class.place(entries.get(usize::try_from(names).ok()?)?)?;
    let names = source(names.offset..names.offset.checked_add(names.size.min(LONGEST_NAMES))?)?;
    let found = entries.iter().find(|entry| class.name(entry, &names) == Some(NAME))?;
    class.place(found)
}

impl Class {
    fn of(header: &[u8]) -> Option<Self> {
        let wide = match header.get(4)? {
            1 => false,
            2 => true,
            _ => return None,
        };
        let order = if *header.get(5)? == 2 { Order::Big } else { Order::Little };
        Some(Self { order, wide })
    }

    fn address(&self, bytes: &[u8], at: usize) -> Option<u64> {
        if self.wide { self.order.u64(bytes, at) } else { self.order.u32(bytes, at) }
    }

    /// Offset and size of a section.
    fn place(&self, entry: &[u8]) -> Option<Section> {
        let (offset, size) = if self.wide { (24, 32) } else { (16, 20) };
        Some(Section { offset: self.address(entry, offset)?, size: self.address(entry, size)? })
    }

    fn name<'n>(&self, entry: &[u8], names: &'n [u8]) -> Option<&'n [u8]> {
        let start = usize::try_from(self.order.u32(entry, 0)?).ok()?;
        Some(name(names.get(start..)?))
    }
}

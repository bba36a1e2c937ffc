//! PE, the programs of Windows (<https://learn.microsoft.com/en-us/windows/win32/debug/pe-format>).

use super::bytes::Order::Little;
use super::{Section, Source};

/// Initialised data that can be read and written; the bits of the alignment do not count.
const WRITABLE_DATA: u64 = 0xc000_0040;
const ALIGNMENT: u64 = 0x00f0_0000;
/// Bytes of a section header.
const ENTRY: usize = 40;

/// The text has no section of its own: it is in the first one of writable data.
pub(super) fn section(source: Source<'_>) -> Option<Section> {
    let start = Little.u32(&source(0..64)?, 60)?;
    let header = source(start..start.checked_add(24)?)?;
    if header.get(..4)? != b"PE\0\0" {
        return None;
    }
    let table = start.checked_add(24)?.checked_add(Little.u16(&header, 20)?)?;
    let size = ENTRY as u64 * Little.u16(&header, 6)?;
    let entries = source(table..table.checked_add(size)?)?;
    let found = entries.chunks_exact(ENTRY).find(|entry| is_writable_data(entry) == Some(true))?;
    Some(Section { size: Little.u32(found, 16)?, offset: Little.u32(found, 20)? })
}

fn is_writable_data(entry: &[u8]) -> Option<bool> {
    let is_empty = Little.u32(entry, 12)? == 0 || Little.u32(entry, 16)? == 0;
    Some(!is_empty && Little.u32(entry, 36)? & !ALIGNMENT == WRITABLE_DATA)
}

//! Mach-O, the programs of macOS (`mach-o/loader.h`, `mach-o/fat.h`).

use super::bytes::{Order, name};
use super::{Section, Source};

const NAME: &[u8] = b"__go_buildinfo";
const SEGMENT: u64 = 0x1;
const SEGMENT_64: u64 = 0x19;
/// All load commands of a program.
const LONGEST_COMMANDS: u64 = 1 << 20;

/// Where the fields of a segment and its sections stand.
struct Layout {
    sections: usize,
    count: usize,
    section_size: usize,
}

/// A file for several architectures: what is said of the first holds for all.
pub(super) fn section_of_first_architecture(source: Source<'_>) -> Option<Section> {
    let header = source(0..32)?;
    let is_wide = header.get(3) == Some(&0xbf);
    let start = if is_wide { Order::Big.u64(&header, 16)? } else { Order::Big.u32(&header, 16)? };
    section(source, start)
}

/// The program that starts at an offset of the file.
pub(super) fn section(source: Source<'_>, start: u64) -> Option<Section> {
    let header = source(start..start.checked_add(32)?)?;
    let order = if header.first() == Some(&0xfe) { Order::Big } else { Order::Little };
    let is_wide = order.u32(&header, 0)? == 0xfeed_facf;
    let commands = start.checked_add(if is_wide { 32 } else { 28 })?;
    let length = order.u32(&header, 20)?.min(LONGEST_COMMANDS);
    let commands = source(commands..commands.checked_add(length)?)?;
    let found = commands_of(order, &commands).find_map(|command| section_of_segment(order, command))?;
    Some(Section { offset: start.checked_add(found.offset)?, ..found })
}

fn commands_of(order: Order, commands: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = commands;
    std::iter::from_fn(move || {
        let size = usize::try_from(order.u32(rest, 4)?).ok().filter(|size| *size >= 8)?;
        let (command, tail) = rest.split_at_checked(size)?;
        rest = tail;
        Some(command)
    })
}

fn section_of_segment(order: Order, command: &[u8]) -> Option<Section> {
    let layout = match order.u32(command, 0)? {
        SEGMENT => Layout { count: 48, sections: 56, section_size: 68 },
        SEGMENT_64 => Layout { count: 64, sections: 72, section_size: 80 },
        _ => return None,
    };
    let count = usize::try_from(order.u32(command, layout.count)?).ok()?;
    let mut sections = command.get(layout.sections..)?.chunks(layout.section_size).take(count);
    let found = sections.find(|section| section.get(..16).is_some_and(|field| name(field) == NAME))?;
    if layout.section_size == 80 {
        Some(Section { size: order.u64(found, 40)?, offset: order.u32(found, 48)? })
    } else {
        Some(Section { size: order.u32(found, 36)?, offset: order.u32(found, 40)? })
    }
}

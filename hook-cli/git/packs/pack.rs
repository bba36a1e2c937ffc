use std::fs::File;
use std::io;
use std::path::Path;

use super::entry;
use super::index::Index;

/// What packing may add to a start, at most: text gets smaller, and the rest is not judged.
const OVERHEAD: usize = 256;

/// Objects, and where they are.
pub(super) struct Pack {
    index: Index,
    content: File,
}

impl Pack {
    /// The pack that an index belongs to.
    pub(super) fn open(index: &Path) -> Option<Self> {
        let is_index = index.extension().is_some_and(|extension| extension == "idx");
        let content = File::open(index.with_extension("pack")).ok().filter(|_| is_index)?;
        Some(Self { index: Index::open(index)?, content })
    }

    /// The first `length` bytes of a blob, or all it has, if it is stored in full.
    pub(super) fn start(&self, object: &[u8], length: usize) -> Option<Vec<u8>> {
        let packed = read_at(&self.content, self.index.find(object)?, length.saturating_add(OVERHEAD))?;
        entry::start(&packed, length)
    }
}

/// The next `length` bytes, or as many as there are.
pub(super) fn read_at(file: &File, mut at: u64, length: usize) -> Option<Vec<u8>> {
    let mut bytes = vec![0; length];
    let mut done = 0;
    while let Some(rest) = bytes.get_mut(done..).filter(|rest| !rest.is_empty()) {
        match read_some(file, rest, at).ok()? {
            0 => break,
            read => (done, at) = (done + read, at.checked_add(read as u64)?),
        }
    }
    bytes.truncate(done);
    Some(bytes)
}

#[cfg(unix)]
fn read_some(file: &File, bytes: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, bytes, at)
}

#[cfg(windows)]
fn read_some(file: &File, bytes: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, bytes, at)
}

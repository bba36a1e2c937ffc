use std::fs::File;
use std::path::Path;

use super::pack::read_at;

/// What a file of version 2 starts with.
const MAGIC: [u8; 8] = [0xFF, b't', b'O', b'c', 0, 0, 0, 2];
const FANOUT_AT: u64 = MAGIC.len() as u64;
const NAMES_AT: u64 = FANOUT_AT + 256 * 4;
/// An object's name: SHA-1.
const NAME: usize = 20;
/// Names that are read at once.
const NEARBY: u64 = 64;
/// Set in an offset that stands in the table of large ones.
const LARGE: u32 = 1 << 31;

/// Tells where in a pack the objects are.
pub(super) struct Index {
    file: File,
    /// How many names start with a byte of at most that value.
    fanout: Vec<u64>,
}

impl Index {
    pub(super) fn open(path: &Path) -> Option<Self> {
        let file = File::open(path).ok()?;
        let head = read_at(&file, 0, NAMES_AT as usize)?;
        let (magic, fanout) = head.split_at_checked(MAGIC.len())?;
        let fanout = fanout.chunks_exact(4).filter_map(number).map(u64::from).collect();
        (magic == MAGIC).then_some(Self { file, fanout })
    }

    /// The offset of an object in the pack.
    pub(super) fn find(&self, object: &[u8]) -> Option<u64> {
        let offsets_at = NAMES_AT + self.count()? * (NAME as u64 + 4);
        let offset = self.number(offsets_at + 4 * self.position(object)?)?;
        if offset & LARGE == 0 {
            return Some(offset.into());
        }
        let at = offsets_at + 4 * self.count()? + 8 * u64::from(offset & !LARGE);
        Some(u64::from(self.number(at)?) << 32 | u64::from(self.number(at + 4)?))
    }

    /// Which of the names, sorted as they are, it is.
    fn position(&self, object: &[u8]) -> Option<u64> {
        let first = usize::from(*object.first()?);
        let mut low = first.checked_sub(1).map_or(Some(0), |before| self.fanout.get(before).copied())?;
        let mut high = *self.fanout.get(first)?;
        while high.checked_sub(low)? > NEARBY {
            let middle = low.midpoint(high);
            *(if self.names(middle, 1)?.as_slice() <= object { &mut low } else { &mut high }) = middle;
        }
        let names = self.names(low, high - low)?;
        let nearby = names.chunks_exact(NAME).position(|name| name == object)?;
        Some(low + nearby as u64)
    }

    fn names(&self, from: u64, count: u64) -> Option<Vec<u8>> {
        let length = NAME * usize::try_from(count).ok()?;
        read_at(&self.file, NAMES_AT + from * NAME as u64, length).filter(|names| names.len() == length)
    }

    fn count(&self) -> Option<u64> {
        self.fanout.last().copied()
    }

    fn number(&self, at: u64) -> Option<u32> {
        number(&read_at(&self.file, at, 4)?)
    }
}

fn number(bytes: &[u8]) -> Option<u32> {
    bytes.try_into().ok().map(u32::from_be_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn index(rest: &[u8]) -> Option<Index> {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("pack.idx");
        std::fs::write(&path, [&MAGIC, rest].concat()).unwrap();
        Index::open(&path)
    }

    /// One that knows the objects `ff…ff`, at 7, and before it as many of `00…00` as are read at once, and more.
    fn with_two() -> Vec<u8> {
        let many = 3 * NEARBY as u32;
        let fanout = [many; 255].into_iter().chain([many + 1]).flat_map(u32::to_be_bytes);
        let names = [vec![0; NAME * many as usize], vec![0xFF; NAME]].concat();
        let checks = vec![0; 4 * (many as usize + 1)];
        let offsets = vec![5; many as usize].into_iter().chain([7]).flat_map(u32::to_be_bytes);
        fanout.chain(names).chain(checks).chain(offsets).collect()
    }

    #[test]
    fn objects_are_found_by_their_names() {
        let index = index(&with_two()).unwrap();
        assert_eq!(index.find(&[0xFF; NAME]), Some(7));
        assert_eq!(index.find(&[0; NAME]), Some(5));
        assert_eq!(index.find(&[[0; NAME - 1].as_slice(), &[1]].concat()), None);
        assert_eq!(index.find(&[1; NAME]), None);
    }

    #[test]
    fn large_offsets_stand_in_a_table_of_their_own() {
        let mut bytes = with_two();
        bytes.truncate(bytes.len() - 4);
        bytes.extend([0x80, 0, 0, 1]);
        bytes.extend([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2]);
        assert_eq!(index(&bytes).unwrap().find(&[0xFF; NAME]), Some((1 << 32) + 2));
    }

    proptest! {
        #[test]
        fn any_bytes_end_in_an_answer(fanout in proptest::collection::vec(any::<u32>(), 0..300), rest: Vec<u8>, object: [u8; NAME]) {
            let bytes: Vec<u8> = fanout.into_iter().flat_map(u32::to_be_bytes).chain(rest).collect();
            if let Some(index) = index(&bytes) {
                index.find(&object);
            }
        }
    }
}

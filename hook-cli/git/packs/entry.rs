use miniz_oxide::inflate::core::inflate_flags::{
    TINFL_FLAG_IGNORE_ADLER32, TINFL_FLAG_PARSE_ZLIB_HEADER, TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF,
};
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};

/// The type of an object that is stored in full and is a file's content.
const BLOB: u8 = 3;

/// The first `length` bytes of a blob, or all it has, of the bytes that a pack has at its offset.
pub(super) fn start(packed: &[u8], length: usize) -> Option<Vec<u8>> {
    let (size, packed) = blob(packed)?;
    let length = length.min(usize::try_from(size).unwrap_or(usize::MAX));
    let mut start = vec![0; length];
    let flags = TINFL_FLAG_PARSE_ZLIB_HEADER | TINFL_FLAG_IGNORE_ADLER32 | TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
    let (_, _, unpacked) = decompress(&mut DecompressorOxide::new(), packed, &mut start, 0, flags);
    (unpacked == length).then_some(start)
}

/// A blob's size, and what comes after: three bits of type and four of the size in the first byte, then seven in each, least
/// significant ones first; the highest bit says that more follow.
fn blob(packed: &[u8]) -> Option<(u64, &[u8])> {
    let (first, mut rest) = packed.split_first()?;
    let mut size = u64::from(first & 0x0F);
    let (mut more, mut shift) = (first & 0x80 != 0, 4);
    while more {
        let (byte, after) = rest.split_first()?;
        size |= u64::from(byte & 0x7F).checked_shl(shift)?;
        (more, shift, rest) = (byte & 0x80 != 0, shift + 7, after);
    }
    ((first >> 4) & 0b111 == BLOB).then_some((size, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// `content`, stored without getting smaller (RFC 1950, RFC 1951).
    fn stored(kind: u8, content: &[u8]) -> Vec<u8> {
        let length = u16::try_from(content.len()).unwrap();
        let head = [(kind << 4) | 0x80 | (length & 0x0F) as u8, 0x80 | (length >> 4 & 0x7F) as u8, (length >> 11) as u8];
        [&head[..], &[0x78, 0x01, 0x01], &length.to_le_bytes(), &(!length).to_le_bytes(), content].concat()
    }

    #[test]
    fn no_more_is_needed_than_the_start() {
        let content = [b"package p".to_vec(), vec![b'x'; 5000]].concat();
        let packed = stored(BLOB, &content);
        assert_eq!(start(&packed[..30], 9).as_deref(), Some(&b"package p"[..]));
        assert_eq!(start(&packed, 1 << 20), Some(content));
        assert_eq!(start(&packed[..30], 100), None);
    }

    #[test]
    fn a_difference_is_no_blob() {
        assert_eq!(start(&stored(6, b"x"), 1), None);
        assert_eq!(start(&stored(2, b"x"), 1), None);
    }

    proptest! {
        #[test]
        fn any_bytes_end_in_an_answer(bytes: Vec<u8>, length in 0usize..5000) {
            let found = start(&[&[BLOB << 4 | 0x8F, 0x7F, 0x78, 0x01], &bytes[..]].concat(), length);
            prop_assert!(found.is_none_or(|found| found.len() <= length));
            start(&bytes, length);
        }
    }
}

use std::sync::Arc;

use super::{ReadError, World};
use crate::text::Text;

/// Why a file is no text that can be judged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LoadProblem {
    /// The file could not be read, or is too large.
    #[error("cannot be read: {0}")]
    Unreadable(#[from] ReadError),
    /// The file is not UTF-8.
    #[error("is not UTF-8 text: byte {offset} (line {line}) belongs to no valid character")]
    NotUtf8 {
        /// Offset of the first bad byte, from 0.
        offset: usize,
        /// Its line, from 1.
        line: usize,
    },
    /// The file starts with a UTF-16 byte order mark, as some Windows tools write it.
    #[error("is UTF-16 text; save it as UTF-8")]
    Utf16,
}

/// Reads a file of at most `max_bytes` as text. A UTF-8 byte order mark stays in the text, so that offsets are those of the file;
/// readers skip it.
///
/// # Errors
/// [`LoadProblem`] if there is no such file, it may not be read, it is larger, or it is not UTF-8. Messages are to follow
/// the file's name.
pub fn load(world: &dyn World, path: &str, max_bytes: u64) -> Result<Arc<Text>, LoadProblem> {
    let bytes = world.read(path, max_bytes)?;
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(LoadProblem::Utf16);
    }
    let content = String::from_utf8(bytes).map_err(|error| not_utf8(error.as_bytes(), error.utf8_error().valid_up_to()))?;
    Ok(Text::file(path, content))
}

fn not_utf8(bytes: &[u8], offset: usize) -> LoadProblem {
    let line = 1 + bytes.iter().take(offset).filter(|byte| **byte == b'\n').count();
    LoadProblem::NotUtf8 { offset, line }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::MemoryWorld;

    fn load_bytes(bytes: &[u8]) -> Result<Arc<Text>, LoadProblem> {
        load(&MemoryWorld::new().with_file("f", bytes), "f", 10)
    }

    #[test]
    fn a_byte_order_mark_stays_so_that_offsets_are_those_of_the_file() {
        assert_eq!(load_bytes(b"\xEF\xBB\xBFa: 1").unwrap().content(), "\u{FEFF}a: 1");
    }

    #[test]
    fn problems_say_what_and_where() {
        let said = |bytes| load_bytes(bytes).unwrap_err().to_string();
        assert_eq!(said(b"a\n\nb\xFFc"), "is not UTF-8 text: byte 4 (line 3) belongs to no valid character");
        assert_eq!(said(b"\xFF\xFEa\0"), "is UTF-16 text; save it as UTF-8");
        assert_eq!(said(b"12345678901"), "cannot be read: larger than 10 bytes");
        let missing = load(&MemoryWorld::new(), "f", 10).unwrap_err();
        assert_eq!(missing, LoadProblem::Unreadable(ReadError::Missing));
        assert_eq!(missing.to_string(), "cannot be read: no such file");
    }
}

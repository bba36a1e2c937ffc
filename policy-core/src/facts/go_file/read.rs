//! From a path to what the file's head says, reading no more of the file than that.

use super::GoFile;
use crate::facts::go::build_tags::file_name::FileName;
use crate::syntax::build_constraint;
use crate::text::Text;
use crate::world::{ReadError, World};

/// How much of a file is read at first, then, and at most: most heads end within the first, and nearly all within the second.
const LENGTHS: [u64; 4] = [1 << 10, 8 << 10, 64 << 10, 1 << 20];

/// Reads a file's head; `None` if it says nothing about where the file is built.
///
/// # Errors
/// [`ReadError`] if the file cannot be read.
pub(crate) fn read(world: &dyn World, path: &str) -> Result<Option<GoFile>, ReadError> {
    let name = FileName::read(path.rsplit('/').next().unwrap_or(path));
    for length in LENGTHS {
        let bytes = world.read_start(path, length)?;
        let whole = (bytes.len() as u64) < length;
        let source = String::from_utf8_lossy(&bytes);
        let header = build_constraint::read(&source);
        if header.complete || whole {
            let silent = header.lines.is_empty() && name.is_plain();
            return Ok((!silent).then(|| GoFile::new(Text::file(path, head_of(&source, &header)), header, name)));
        }
    }
    // More than a mebibyte of comments: whatever stands there, nobody has written by hand.
    Ok(None)
}

/// The text up to the end of the last line that matters.
fn head_of<'s>(source: &'s str, header: &build_constraint::Header) -> &'s str {
    let lines = header.lines.iter().map(|line| line.span.end);
    let end = lines.chain(header.package.map(|package| package.end)).max().unwrap_or_default() as usize;
    let line_end = source.get(end..).and_then(|rest| rest.find('\n')).map_or(source.len(), |length| end + length);
    source.get(..line_end).unwrap_or(source)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::MemoryWorld;

    #[test]
    fn long_heads_are_read_on_and_plain_files_say_nothing() {
        let long = format!("{}\n//go:build x\n\npackage p\n\nvar v int\n", "// text\n".repeat(1000));
        let endless = "// text\n".repeat(1 << 18);
        let world = MemoryWorld::new()
            .with_file("long.go", long)
            .with_file("plain.go", "package p\n")
            .with_file("x_linux.go", "package p\n")
            .with_file("latin.go", b"// \xe9\n//go:build x\n\npackage p\n\nvar v int\n".as_slice())
            .with_file("endless.go", endless);
        let constrained = |path| read(&world, path).unwrap().map(|file| file.condition().map(|condition| condition.to_string()));
        assert_eq!(constrained("long.go"), Some(Some("x".into())));
        assert_eq!(constrained("latin.go"), Some(Some("x".into())));
        assert_eq!(constrained("plain.go"), None);
        assert_eq!(constrained("x_linux.go"), Some(None));
        assert_eq!(constrained("endless.go"), None);
        assert!(read(&world, "missing.go").is_err());
    }
}

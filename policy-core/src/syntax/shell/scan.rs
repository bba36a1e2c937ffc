//! How far things reach in a text.

/// The length of the name (`[A-Za-z_][A-Za-z0-9_]*`) that a text starts with; 0 if it starts with none.
pub(super) fn name_length(text: &str) -> usize {
    if text.starts_with(|first: char| first.is_ascii_digit()) {
        return 0;
    }
    text.find(|next: char| !next.is_ascii_alphanumeric() && next != '_').unwrap_or(text.len())
}

/// Offset of the `close` that matches an `open` just before `text`, with quoted text skipped.
pub(super) fn matching(text: &str, open: char, close: char) -> Option<usize> {
    let (mut depth, mut quote) = (0usize, None);
    let mut chars = text.char_indices();
    while let Some((at, next)) = chars.next() {
        match quote {
            Some(end) if next == end => quote = None,
            Some('\'') => {}
            _ if next == '\\' => _ = chars.next(),
            Some(_) => {}
            None if matches!(next, '\'' | '"' | '`') => quote = Some(next),
            None if next == close && depth == 0 => return Some(at),
            None if next == close => depth -= 1,
            None if next == open => depth += 1,
            None => {}
        }
    }
    None
}

//! go.mod and go.work: the `module`, `go` and `toolchain` lines with spans.
//!
//! Source of the grammar: <https://go.dev/ref/mod#go-mod-file-grammar>. Everything else in the file is skipped over.

use crate::text::{Span, Text};

/// The lines of go.mod or go.work that decide which Go runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ModFile {
    /// The module's path.
    pub(crate) module: Option<Argument>,
    /// The `go` line's version, without `go` before it: `1.22.3`.
    pub(crate) go: Option<Argument>,
    /// The `toolchain` line's name: `go1.22.3` or `default`.
    pub(crate) toolchain: Option<Argument>,
}

/// An argument of a directive, unquoted, with the characters it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Argument {
    pub(crate) value: String,
    pub(crate) span: Span,
}

/// Reads the lines; the first of each kind counts, as Go refuses a second.
pub(crate) fn parse(text: &Text) -> ModFile {
    let mut file = ModFile::default();
    let mut in_block = false;
    for line in (1..=text.line_count()).filter_map(|line| text.line_span(line)) {
        let words = words(text, line);
        match words.as_slice() {
            [close, ..] if in_block && close.value == ")" => in_block = false,
            [.., open] if open.value == "(" => in_block = true,
            [verb, argument] if !in_block => file.set(&verb.value, argument),
            _ => {}
        }
    }
    file
}

impl ModFile {
    fn set(&mut self, verb: &str, argument: &Argument) {
        let slot = match verb {
            "module" => &mut self.module,
            "go" => &mut self.go,
            "toolchain" => &mut self.toolchain,
            _ => return,
        };
        slot.get_or_insert_with(|| argument.clone());
    }
}

/// The blank-separated words of a line before `//`.
fn words(text: &Text, line: Span) -> Vec<Argument> {
    let source = text.slice(line);
    let code = source.split("//").next().unwrap_or_default();
    let mut words = Vec::new();
    let mut offset = 0;
    for piece in code.split([' ', '\t', '\r', '\u{feff}']) {
        if !piece.is_empty() {
            let start = line.start as usize + offset;
            words.push(Argument { value: piece.trim_matches('"').to_owned(), span: Span::new(start, start + piece.len()) });
        }
        // Only the byte-order mark is longer than a byte among the separators, and it can only open the file.
        offset += piece.len() + if code.starts_with('\u{feff}') && offset == 0 && piece.is_empty() { 3 } else { 1 };
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_lines_that_decide_which_go_runs() {
        let text = Text::file(
            "go.mod",
            "\u{feff}module example.com/m // why\r\n\ngo 1.22.3\ntoolchain go1.23.1\nrequire (\n\tgo 9.9\n)\ngo 1.1\n",
        );
        let file = parse(&text);
        assert_eq!(file.module.unwrap().value, "example.com/m");
        let go = file.go.unwrap();
        assert_eq!((go.value.as_str(), text.slice(go.span)), ("1.22.3", "1.22.3"));
        assert_eq!(text.slice(file.toolchain.unwrap().span), "go1.23.1");
    }
}

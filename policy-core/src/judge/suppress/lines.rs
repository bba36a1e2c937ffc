//! What a comment is about in files that are read line by line: the rest of its line, or the next.

use std::sync::Arc;

use super::comment::{self, Comment};
use crate::text::{Span, Text};

/// How comments are written in a kind of file, and what else they can be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// go.mod and go.work: `//`; a comment on `require (` is about the block.
    Module,
    /// Go: `//`; a comment before the package clause is about the file, as build constraints are.
    Go,
    /// Shell: `#`.
    Shell,
}

impl Style {
    fn opening(self) -> &'static str {
        if self == Self::Shell { "#" } else { "//" }
    }
}

/// The comments of a text that suppress something.
pub(super) fn comments(text: &Arc<Text>, style: Style) -> Vec<Comment> {
    let lines: Vec<Span> = (1..=text.line_count()).filter_map(|line| text.line_span(line)).collect();
    let package = lines.iter().position(|line| style == Style::Go && text.slice(*line).starts_with("package "));
    let comment = |(index, line): (usize, &Span)| {
        let span = opened(text, *line, style.opening())?;
        let start = span.start as usize + style.opening().len();
        let order = comment::read(text.slice(Span::new(start, span.end as usize)), Span::new(start, start).start)?;
        let of_file = package.is_some_and(|package| index < package);
        let covers = if of_file { Span::new(0, text.content().len()) } else { covered(text, &lines, index, span, style) };
        Some(Comment { text: Arc::clone(text), span, covers, route: String::new(), order })
    };
    lines.iter().enumerate().filter_map(comment).collect()
}

/// The comment on a line that may be one of ours.
fn opened(text: &Text, line: Span, opening: &str) -> Option<Span> {
    let source = text.slice(line);
    let is_ours = |at: usize| {
        let body = source.get(at + opening.len()..).unwrap_or_default();
        let before = source.get(..at).unwrap_or_default();
        body.trim_start().starts_with(comment::MARK) && (before.is_empty() || before.ends_with([' ', '\t']))
    };
    let at = source.match_indices(opening).map(|(at, _)| at).find(|at| is_ours(*at))?;
    Some(Span { start: line.start + Span::new(at, at).start, end: line.end })
}

fn covered(text: &Text, lines: &[Span], index: usize, comment: Span, style: Style) -> Span {
    let code = |line: &Span| text.slice(*line).split(style.opening()).next().unwrap_or_default().trim();
    let own = lines.get(index).map_or("", |line| code(line));
    let about = if own.is_empty() {
        (index + 1..lines.len()).find(|next| lines.get(*next).is_some_and(|line| !code(line).is_empty()))
    } else {
        Some(index)
    };
    let Some((about, line)) = about.and_then(|about| Some((about, *lines.get(about)?))) else {
        return Span { start: comment.start, end: comment.start };
    };
    let opens_block = style == Style::Module && code(&line).ends_with('(');
    let close = lines.get(about..).unwrap_or_default().iter().find(|line| opens_block && code(line) == ")");
    line.to(close.copied().unwrap_or(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covered_by(style: Style, content: &str) -> Vec<String> {
        let text = Text::file("f", content);
        comments(&text, style).iter().map(|comment| text.slice(comment.covers).to_owned()).collect()
    }

    #[test]
    fn a_line_or_a_block_of_a_module_file_is_covered() {
        let file = "module m\n\n//gopolicy:ignore r why\n// more\ngo 1.22\nreplace a => ../a // gopolicy:ignore r why\n";
        assert_eq!(covered_by(Style::Module, file), ["go 1.22", "replace a => ../a // gopolicy:ignore r why"]);
        let block = "//gopolicy:ignore r why\nrequire ( // all\n\ta v1.0.0\n\tb v1.0.0\n)\ngo 1.22\n";
        assert_eq!(covered_by(Style::Module, block), ["require ( // all\n\ta v1.0.0\n\tb v1.0.0\n)"]);
        assert_eq!(covered_by(Style::Module, "go 1.22\n//gopolicy:ignore r why\n"), [""]);
    }

    #[test]
    fn before_the_package_clause_a_go_file_is_covered() {
        let file = "//go:build linux\n//gopolicy:ignore r why\n\npackage p\n\n//gopolicy:ignore r why\nvar a = 1\nvar b = \"x//gopolicy:ignore r why\"\n";
        assert_eq!(covered_by(Style::Go, file), [file, "var a = 1"]);
    }

    #[test]
    fn a_line_of_a_script_is_covered() {
        assert_eq!(
            covered_by(Style::Shell, "# gopolicy: ignore[r] why\n\nexport A=1\ngo test # gopolicy: ignore[r] why\n"),
            ["export A=1", "go test # gopolicy: ignore[r] why"]
        );
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(content in "(?s)(.|//gopolicy:ignore a b|\n|\\(|\\)|package p){0,40}") {
            let text = Text::file("f", content);
            for style in [Style::Module, Style::Go, Style::Shell] {
                for comment in comments(&text, style) {
                    proptest::prop_assert!(text.content().get(comment.covers.range()).is_some());
                }
            }
        }
    }
}

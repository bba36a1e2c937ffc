//! What a comment in YAML is about: a node, whatever lines it stands on.

use std::sync::Arc;

use super::comment::{self, Comment};
use crate::syntax::yaml::{self, Document, Limits, Node, NodeKind};
use crate::text::{Span, Text};

/// The comments of a text that suppress something; none if it is no YAML.
pub(super) fn comments(text: &Arc<Text>) -> Vec<Comment> {
    let Ok(document) = yaml::parse(text, Limits::default()) else { return Vec::new() };
    document.comments.iter().filter_map(|span| comment(&document, *span)).collect()
}

fn comment(document: &Document, span: Span) -> Option<Comment> {
    let text = &document.text;
    let order = comment::read(text.slice(span).strip_prefix('#')?, span.start + 1)?;
    // A comment that nothing follows is about nothing, and so will be found to be of no use.
    let covers = covered(document, span).unwrap_or(Span { start: span.start, end: span.start });
    let route = yaml::route_at(document, covers.start);
    Some(Comment { text: Arc::clone(text), span, covers, route, order })
}

/// On a line of its own a comment is about the node that follows, the largest if several start there: a whole step, a whole job.
/// Behind something it is about the entry or item which that belongs to.
fn covered(document: &Document, comment: Span) -> Option<Span> {
    let text = &document.text;
    let line = text.line_span(text.line_column(comment.start).line)?;
    let before = text.slice(Span { start: line.start, end: comment.start });
    // The dash of an item belongs to what follows it.
    if before.trim_start_matches(['-', ' ', '\t']).trim().is_empty() {
        return following(&document.root, comment.end);
    }
    let last = line.start as usize + before.trim_end().len() - 1;
    innermost(&document.root, Span::new(last, last).start)
}

/// Keys with their values, or items; and the node below each, unless it stands elsewhere.
fn children(node: &Node) -> Vec<(Span, Option<&Node>)> {
    let below = |node| Some(node).filter(|node: &&Node| node.alias.is_none());
    match &node.kind {
        NodeKind::Scalar(_) => Vec::new(),
        NodeKind::Sequence(items) => items.iter().map(|item| (item.site(), below(item))).collect(),
        NodeKind::Mapping(entries) => entries.iter().map(|entry| (entry.key.site().to(entry.value.site()), below(&entry.value))).collect(),
    }
}

/// The largest child, at any depth, that starts first at or after an offset.
fn following(node: &Node, offset: u32) -> Option<Span> {
    for (span, child) in children(node) {
        if span.start >= offset {
            return Some(span);
        }
        if offset <= span.end
            && let Some(found) = child.and_then(|child| following(child, offset))
        {
            return Some(found);
        }
    }
    None
}

/// The smallest child that holds the character at an offset.
fn innermost(node: &Node, offset: u32) -> Option<Span> {
    let (span, child) = children(node).into_iter().find(|(span, _)| span.start <= offset && offset < span.end)?;
    child.and_then(|child| innermost(child, offset)).or(Some(span))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the only comment of a text covers.
    fn covered_by(content: &str) -> String {
        let text = Text::file("ci.yml", content);
        let comments = comments(&text);
        assert_eq!(comments.len(), 1, "{content}");
        text.slice(comments[0].covers).to_owned()
    }

    #[test]
    fn a_comment_of_its_own_line_is_about_the_largest_node_that_follows() {
        assert_eq!(covered_by("a:\n  # gopolicy: ignore[r] x\n  b: 1\n  c: 2\n"), "b: 1");
        assert_eq!(covered_by("s:\n  # gopolicy: ignore[r] x\n\n  # more\n  - n: 1\n    run: x\n  - m\n"), "n: 1\n    run: x");
        assert_eq!(covered_by("s:\n  - # gopolicy: ignore[r] x\n    n: 1\n    run: x\n"), "n: 1\n    run: x");
        assert_eq!(covered_by("a:\n  b: 1\n  # gopolicy: ignore[r] x\nc:\n  d: 2\n"), "c:\n  d: 2");
        assert_eq!(covered_by("# gopolicy: ignore[r] x\na: 1\nb: 2\n"), "a: 1");
    }

    #[test]
    fn a_comment_behind_something_is_about_its_entry_or_item() {
        assert_eq!(covered_by("a:\n  b: 1 # gopolicy: ignore[r] x\n  c: 2\n"), "b: 1");
        assert_eq!(covered_by("a: # gopolicy: ignore[r] x\n  b: 1\n  c: 2\nd: 3\n"), "a: # gopolicy: ignore[r] x\n  b: 1\n  c: 2");
        assert_eq!(covered_by("- run: x # gopolicy: ignore[r] x\n  n: 1\n"), "run: x");
        assert_eq!(covered_by("- x # gopolicy: ignore[r] x\n- y\n"), "x");
        assert_eq!(
            covered_by("run: | # gopolicy: ignore[r] x\n  go test\n  go vet\n"),
            "run: | # gopolicy: ignore[r] x\n  go test\n  go vet"
        );
        assert_eq!(covered_by("a: { b: 1, c: [2] } # gopolicy: ignore[r] x\n"), "a: { b: 1, c: [2] }");
    }

    #[test]
    fn what_an_alias_repeats_is_not_covered() {
        assert_eq!(covered_by("a: &x { b: 1 }\nc: *x # gopolicy: ignore[r] x\n"), "c: *x");
    }

    #[test]
    fn nothing_is_covered_at_the_end() {
        assert_eq!(covered_by("a: 1\n# gopolicy: ignore[r] x\n"), "");
    }

    #[test]
    fn a_script_and_a_quoted_text_hold_no_comments() {
        assert!(
            comments(&Text::file("f.yml", "run: |\n  # gopolicy: ignore[r] x\n  go test\na: \"# gopolicy: ignore[r] x\"\n")).is_empty()
        );
        assert!(comments(&Text::file("f.yml", "a: [ # gopolicy: ignore[r] x")).is_empty());
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(content in "([a-c:#\\[\\]{}&*|>, \n-]|# gopolicy: ignore\\[a\\] b\n){0,60}") {
            let text = Text::file("ci.yml", content);
            for comment in comments(&text) {
                proptest::prop_assert!(text.content().get(comment.covers.range()).is_some());
            }
        }
    }
}

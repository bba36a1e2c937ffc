//! Comments that suppress findings: `# gopolicy: ignore[rule] reason` and `//gopolicy:ignore rule reason`.

use std::sync::Arc;

use crate::text::{Span, Text};

/// What all such comments begin with, after the characters that open a comment.
pub(super) const MARK: &str = "gopolicy:";

/// A comment that suppresses findings in a part of a text.
#[derive(Debug)]
pub(super) struct Comment {
    pub(super) text: Arc<Text>,
    /// The comment itself.
    pub(super) span: Span,
    /// What it is about.
    pub(super) covers: Span,
    /// Symbolic place of what it is about.
    pub(super) route: String,
    pub(super) order: Order,
}

/// What a comment asks for.
#[derive(Debug, Default)]
pub(super) struct Order {
    /// The rules that it names; none if it cannot be read.
    pub(super) rules: Vec<Named>,
    /// Why.
    pub(super) reason: String,
}

/// A rule's id as a comment names it.
#[derive(Debug)]
pub(super) struct Named {
    pub(super) id: String,
    pub(super) span: Span,
}

/// What a comment asks for, if it is one of these. `start` is where its text, without what opens it, begins in the file.
pub(super) fn read(body: &str, start: u32) -> Option<Order> {
    let words = body.trim_start().strip_prefix(MARK)?.trim_start();
    // Anything else may be a remark about gopolicy.
    let rest = words.strip_prefix("ignore")?;
    let offset = |part: &str| start as usize + body.len().saturating_sub(part.len());
    if let Some(list) = rest.strip_prefix('[') {
        let order = list.split_once(']').map(|(ids, reason)| Order::of(ids, offset(list), reason));
        return Some(order.unwrap_or_default());
    }
    let words = rest.trim_start();
    if words.len() == rest.len() {
        return rest.is_empty().then(Order::default);
    }
    let (ids, reason) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
    Some(Order::of(ids, offset(words), reason))
}

impl Order {
    /// `start` is where the ids begin in the file.
    fn of(ids: &str, start: usize, reason: &str) -> Self {
        let mut rules = Vec::new();
        let mut offset = start;
        for part in ids.split(',') {
            let id = part.trim();
            let at = offset + part.len() - part.trim_start().len();
            if !id.is_empty() {
                rules.push(Named { id: id.to_owned(), span: Span::new(at, at + id.len()) });
            }
            offset += part.len() + 1;
        }
        Self { rules, reason: reason.trim_start_matches([':', '-', ' ', '\t']).trim_end().to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(body: &str) -> Option<(Vec<String>, String)> {
        let Order { rules, reason } = read(body, 0)?;
        for Named { id, span } in &rules {
            assert_eq!(body.get(span.range()), Some(id.as_str()));
        }
        Some((rules.into_iter().map(|rule| rule.id).collect(), reason))
    }

    #[test]
    fn both_forms_are_read() {
        let one = |rule: &str, reason: &str| Some((vec![rule.to_owned()], reason.to_owned()));
        assert_eq!(read_all(" gopolicy: ignore[a-b] the mirror has none"), one("a-b", "the mirror has none"));
        assert_eq!(read_all("gopolicy:ignore a-b the mirror"), one("a-b", "the mirror"));
        assert_eq!(read_all(" gopolicy:ignore[a]: why"), one("a", "why"));
        assert_eq!(read_all("gopolicy: ignore a"), one("a", ""));
        assert_eq!(read_all("gopolicy: ignore[ a , b,] why").unwrap().0, ["a", "b"]);
        assert_eq!(read_all("gopolicy:ignore a,b why").unwrap().0, ["a", "b"]);
    }

    #[test]
    fn what_is_meant_but_cannot_be_read_is_told_from_remarks() {
        for unreadable in ["gopolicy: ignore", "gopolicy: ignore[]", "gopolicy: ignore[a why", "gopolicy: ignore ,"] {
            assert_eq!(read_all(unreadable), Some((Vec::new(), String::new())), "{unreadable}");
        }
        for remark in ["gopolicy: see the handbook", "ignore[a]", "gopolicy ignore[a]", "gopolicy: ignored by us", ""] {
            assert_eq!(read_all(remark), None, "{remark}");
        }
    }
}

//! Symbolic places: `jobs.test.steps[2].env.GOFLAGS` names a node by the keys and indexes that lead to it.
//!
//! A key with other characters than `A-Z a-z 0-9 _ -` is written `["odd.key"]`, with `\` before `"` and `\`. The empty
//! route is the root. Routes survive edits elsewhere in a file, which line numbers do not.

use super::{Document, Entry, Node, NodeKind};

/// Appends a key to a route.
pub(crate) fn push_key(route: &mut String, key: &str) {
    if is_plain(key) {
        if !route.is_empty() {
            route.push('.');
        }
        route.push_str(key);
        return;
    }
    route.push_str("[\"");
    for character in key.chars() {
        if matches!(character, '"' | '\\') {
            route.push('\\');
        }
        route.push(character);
    }
    route.push_str("\"]");
}

/// Appends an index to a route.
pub(crate) fn push_index(route: &mut String, index: usize) {
    route.push('[');
    route.push_str(&index.to_string());
    route.push(']');
}

/// The route of the deepest node whose characters contain the byte offset; its key counts as part of it. What an alias
/// repeats is not entered: it stands elsewhere.
pub(crate) fn route_at(document: &Document, offset: u32) -> String {
    let mut route = String::new();
    let mut node = &document.root;
    while let Some(child) = child_at(node, offset, &mut route) {
        node = child;
    }
    route
}

#[cfg(test)]
/// The node that a route leads to, through aliases too.
pub(crate) fn resolve<'d>(document: &'d Document, route: &str) -> Option<&'d Node> {
    find(document, route).map(|(node, _)| node)
}

#[cfg(test)]
/// The entry, key and value, that a route leads to; `None` if it ends with an index, or is empty.
pub(crate) fn resolve_entry<'d>(document: &'d Document, route: &str) -> Option<&'d Entry> {
    find(document, route).and_then(|(_, entry)| entry)
}

fn is_plain(key: &str) -> bool {
    !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

/// The child at an offset, and its segment appended to the route. Neighbours may touch (`[a,b]`), so the last one that starts at
/// or before the offset is meant.
fn child_at<'d>(node: &'d Node, offset: u32, route: &mut String) -> Option<&'d Node> {
    match &node.kind {
        NodeKind::Scalar(_) => None,
        _ if node.alias.is_some() => None,
        NodeKind::Sequence(items) => {
            let index = items.partition_point(|item| item.site().start <= offset).checked_sub(1)?;
            let item = items.get(index).filter(|item| offset <= item.site().end)?;
            push_index(route, index);
            Some(item)
        }
        NodeKind::Mapping(entries) => {
            let index = entries.partition_point(|entry| entry.key.site().start <= offset).checked_sub(1)?;
            let Entry { key, value } = entries.get(index).filter(|Entry { key, value }| offset <= key.site().to(value.site()).end)?;
            push_key(route, key.as_str()?);
            Some(value)
        }
    }
}

#[cfg(test)]
fn find<'d>(document: &'d Document, route: &str) -> Option<(&'d Node, Option<&'d Entry>)> {
    let mut found = (&document.root, None);
    let mut rest = route;
    while !rest.is_empty() {
        let (segment, tail) = segment(rest, rest.len() == route.len())?;
        found = match segment {
            Segment::Index(index) => (found.0.items().get(index)?, None),
            Segment::Key(key) => found.0.entry(&key).map(|entry| (&entry.value, Some(entry)))?,
        };
        rest = tail;
    }
    Some(found)
}

#[cfg(test)]
#[derive(Debug, PartialEq)]
enum Segment {
    Key(String),
    Index(usize),
}

#[cfg(test)]
/// The first segment of a route, and the rest.
fn segment(route: &str, is_first: bool) -> Option<(Segment, &str)> {
    if let Some(quoted) = route.strip_prefix("[\"") {
        return quoted_key(quoted);
    }
    if let Some(index) = route.strip_prefix('[') {
        let (digits, tail) = index.split_once(']')?;
        return Some((Segment::Index(digits.parse().ok()?), tail));
    }
    let key = if is_first { route } else { route.strip_prefix('.')? };
    let (key, tail) = key.split_at_checked(key.find(['.', '[']).unwrap_or(key.len()))?;
    is_plain(key).then(|| (Segment::Key(key.to_owned()), tail))
}

#[cfg(test)]
fn quoted_key(text: &str) -> Option<(Segment, &str)> {
    let mut key = String::new();
    let mut chars = text.char_indices();
    while let Some((at, character)) = chars.next() {
        match character {
            '\\' => key.push(chars.next()?.1),
            '"' => return Some((Segment::Key(key), text.get(at..)?.strip_prefix("\"]")?)),
            _ => key.push(character),
        }
    }
    None
}

//! A fix as a change of text, where a YAML file sets the value by itself. It is tried before it is offered: the changed file must say
//! what it said before, but for that value. Anything else is only said in words.

use std::sync::Arc;

use super::report::Edit;
use crate::syntax::yaml::{self, Limits, Node, NodeKind, route};
use crate::text::{Location, Span, Text};

/// In a larger file no change is tried: each one parses it twice, and a hostile file can have a fault in every line.
const LARGEST_TRIED: usize = 32 << 10;

/// Another text in the place of a value.
pub(super) fn set(value: &Location, text: String) -> Option<Edit> {
    let before = leaves(&value.text)?;
    let at = position(&before, value)?;
    let edit = Edit { location: value.clone(), text };
    let after = leaves(&applied(&edit))?;
    let pairs = before.iter().zip(&after).enumerate();
    let is_same = |(index, (old, new)): (usize, (&Leaf, &Leaf))| old.route == new.route && (index == at || old.content == new.content);
    (before.len() == after.len() && pairs.into_iter().all(is_same)).then_some(edit)
}

/// The line taken out that sets a value.
pub(super) fn unset(value: &Location) -> Option<Edit> {
    let mut wanted = leaves(&value.text)?;
    let at = position(&wanted, value)?;
    let text = &value.text;
    let number = text.line_column(value.span.start).line;
    let line = text.line_span(number)?;
    let end = text.line_span(number + 1).map_or(line.end, |next| next.start);
    let edit = Edit { location: Location::new(text, Span { start: line.start, end }), text: String::new() };
    wanted.remove(at);
    let after = leaves(&applied(&edit))?;
    let is_same = |(old, new): (&Leaf, &Leaf)| old.route == new.route && old.content == new.content;
    (wanted.len() == after.len() && wanted.iter().zip(&after).all(is_same)).then_some(edit)
}

/// What a file says at one place.
struct Leaf {
    route: String,
    content: String,
    span: Span,
}

/// All that a file of YAML says, in order.
fn leaves(text: &Arc<Text>) -> Option<Vec<Leaf>> {
    let is_yaml = text.path().ends_with(".yml") || text.path().ends_with(".yaml");
    if !is_yaml || text.content().len() > LARGEST_TRIED {
        return None;
    }
    let document = yaml::parse(text, Limits::default()).ok()?;
    let mut leaves = Vec::new();
    gather(&document.root, String::new(), &mut leaves);
    Some(leaves)
}

fn gather(node: &Node, route: String, leaves: &mut Vec<Leaf>) {
    match &node.kind {
        NodeKind::Scalar(scalar) => leaves.push(Leaf { route, content: scalar.content.clone(), span: node.site() }),
        NodeKind::Sequence(items) => {
            for (index, item) in items.iter().enumerate() {
                let mut route = route.clone();
                route::push_index(&mut route, index);
                gather(item, route, leaves);
            }
        }
        NodeKind::Mapping(entries) => {
            for entry in entries.iter() {
                let mut route = route.clone();
                route::push_key(&mut route, entry.key.as_str().unwrap_or_default());
                gather(&entry.value, route, leaves);
            }
        }
    }
}

fn position(leaves: &[Leaf], value: &Location) -> Option<usize> {
    leaves.iter().position(|leaf| leaf.span == value.span)
}

fn applied(edit: &Edit) -> Arc<Text> {
    let Location { text, span } = &edit.location;
    let before = text.slice(Span { start: 0, end: span.start });
    let after = text.slice(Span::new(span.end as usize, text.content().len()));
    Text::file(text.path(), [before, &edit.text, after].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(content: &str, of: &str) -> Location {
        let start = content.find(of).unwrap();
        Location::new(&Text::file("ci.yml", content), Span::new(start, start + of.len()))
    }

    fn after(edit: Option<Edit>) -> Option<String> {
        edit.map(|edit| applied(&edit).content().to_owned())
    }

    #[test]
    fn a_value_is_replaced_if_nothing_else_changes() {
        let set = |content: &str, of, text: &str| after(set(&value(content, of), text.to_owned()));
        assert_eq!(set("a: 1 # x\nb: 2\n", "1", "\"1.20\"").unwrap(), "a: \"1.20\" # x\nb: 2\n");
        assert_eq!(set("a: { b: 'x', c: d }\n", "'x'", "y").unwrap(), "a: { b: y, c: d }\n");
        assert_eq!(set("a: 1\nb: 2\n", "1", "x\nc: y"), None);
        assert_eq!(set("a: 1\nb: 2\n", "1", "[x]"), None);
        assert_eq!(set("a: { b: x, c: d }\n", "x", "y, z"), None);
        assert_eq!(set("a: &x 1\nb: *x\n", "1", "2"), None, "the alias would change too");
        assert_eq!(set("run: |\n  export A=1\n", "1", "2"), None, "it is no value of YAML");
        assert_eq!(set(&format!("a: 1\nb: {}\n", "x".repeat(LARGEST_TRIED)), "1", "2"), None, "the file is large");
    }

    #[test]
    fn a_line_is_taken_out_if_nothing_else_goes() {
        let unset = |content: &str, of| after(unset(&value(content, of)));
        assert_eq!(unset("env:\n  A: 1\n  B: 2 # x\n", "2").unwrap(), "env:\n  A: 1\n");
        assert_eq!(unset("env:\n  A: 1\n", "1"), None, "`env:` would have no value");
        assert_eq!(unset("env: { A: 1, B: 2 }\n", "2"), None);
        assert_eq!(unset("- A: 1\n  B: 2\n", "1"), None);
        assert_eq!(unset("env:\n  A: |\n    x\n  B: 2\n", "|\n    x"), None);
    }

    proptest::proptest! {
        #[test]
        fn any_text_can_be_tried(content in "([a-c:{},\\[\\]|\"' \n#&*-]){0,40}", start in 0_usize..40, length in 0_usize..6, text in "[a: \n\"-]{0,6}") {
            let location = Location::new(&Text::file("ci.yml", content), Span::new(start, start + length));
            if let Some(edit) = set(&location, text) {
                proptest::prop_assert!(leaves(&applied(&edit)).is_some());
            }
            unset(&location);
        }
    }
}

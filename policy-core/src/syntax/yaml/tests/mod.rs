mod corpus;
mod errors;
mod properties;
mod spans;
mod speed;
mod trees;

use std::sync::Arc;

use super::*;

fn parse_str(content: &str) -> Result<Document, YamlError> {
    parse(&Text::file("test.yml", content), Limits::default())
}

fn document(content: &str) -> Document {
    parse_str(content).unwrap_or_else(|error| panic!("{error} at {:?}\n{content}", error.span))
}

/// Every node outside what aliases repeat, parents first; keys too.
fn nodes(root: &Node) -> Vec<&Node> {
    let mut found = vec![root];
    let mut next = 0;
    while let Some(node) = found.get(next).copied() {
        next += 1;
        if node.alias.is_none() {
            found.extend(node.items());
            found.extend(node.entries().iter().flat_map(|entry| [&entry.key, &entry.value]));
        }
    }
    found
}

fn check_spans(document: &Document) {
    for node in nodes(&document.root) {
        let length = document.text.content().len();
        assert!(document.text.content().get(node.site().range()).is_some(), "{:?} fits {length}", node.site());
        if node.alias.is_none() {
            let children = node.items().iter().chain(node.entries().iter().flat_map(|entry| [&entry.key, &entry.value]));
            children.for_each(|child| assert!(node.span.contains(child.site()), "{:?} in {:?}", child.site(), node.span));
        }
        if let Some(scalar) = node.scalar() {
            check_scalar(&document.text, scalar);
        }
    }
}

fn check_scalar(text: &Text, scalar: &Scalar) {
    assert!(!scalar.map.is_empty(), "no map for {scalar:?} in {:?}", text.slice(scalar.span));
    assert!(scalar.map.is_sorted(), "{scalar:?}");
    let source = text.slice(scalar.span);
    let located = |start: usize, end: usize| text.slice(scalar.locate(start..end));
    match scalar.style {
        Style::Plain if !source.contains(['\n', '\r']) => assert_eq!(located(0, scalar.content.len()), scalar.content),
        Style::SingleQuoted | Style::DoubleQuoted if !source.contains(['\n', '\r', '\\']) && !source.contains("''") => {
            assert_eq!(located(0, scalar.content.len()), scalar.content);
        }
        _ => {}
    }
    let mut at = 0;
    for line in scalar.content.split_inclusive('\n') {
        let words = line.trim_end_matches('\n');
        if scalar.style == Style::Literal {
            assert_eq!(located(at, at + words.len()), words);
        }
        at += line.len();
    }
    for (at, character) in scalar.content.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
        let here = located(at, at + character.len_utf8());
        assert!(here.starts_with([character, '\\']), "{character:?} at {at} is {here:?} in {source:?}");
    }
}

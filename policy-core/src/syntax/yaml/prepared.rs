//! A parsed tree written down, so that it can be read again in a fraction of the time that parsing takes.
//!
//! It is meant for texts that never change at run time. The format is private: words separated by blanks, each node before its children,
//! scalars with their length. A tree is only taken for the text that it was made from.

use std::fmt::Write;
use std::sync::Arc;

use super::{Document, Entry, Node, NodeKind, Scalar, Style};
use crate::text::{Span, Text};

static STYLES: &[(char, Style)] =
    &[('p', Style::Plain), ('s', Style::SingleQuoted), ('d', Style::DoubleQuoted), ('l', Style::Literal), ('f', Style::Folded)];

/// Writes a tree down. Comments, and where within a scalar its characters stand, are left out.
pub(crate) fn encode(document: &Document) -> String {
    let mut out = format!("{:x}\n", checksum(document.text.content()));
    encode_node(&document.root, &mut out);
    out
}

fn encode_node(node: &Node, out: &mut String) {
    let Span { start, end } = node.span;
    let _ = match &node.kind {
        NodeKind::Scalar(scalar) => {
            let style = STYLES.iter().find(|(_, style)| *style == scalar.style).map_or('p', |(letter, _)| *letter);
            writeln!(out, "{style} {start} {end} {} {} {}", u8::from(scalar.tagged), scalar.content.len(), scalar.content)
        }
        NodeKind::Sequence(items) => writeln!(out, "[ {start} {end} {}", items.len()),
        NodeKind::Mapping(entries) => writeln!(out, "{{ {start} {end} {}", entries.len()),
    };
    match &node.kind {
        NodeKind::Scalar(_) => {}
        NodeKind::Sequence(items) => items.iter().for_each(|item| encode_node(item, out)),
        NodeKind::Mapping(entries) => entries.iter().for_each(|entry| {
            encode_node(&entry.key, out);
            encode_node(&entry.value, out);
        }),
    }
}

/// Reads a tree; `None` if it was not made from this text.
pub(crate) fn decode(text: &Arc<Text>, tree: &str) -> Option<Document> {
    let (sum, rest) = tree.split_once('\n')?;
    (u64::from_str_radix(sum, 16).ok()? == checksum(text.content())).then_some(())?;
    let root = Reader { rest }.node()?;
    Some(Document { text: Arc::clone(text), root, comments: Vec::new() })
}

struct Reader<'t> {
    rest: &'t str,
}

impl<'t> Reader<'t> {
    fn word(&mut self) -> Option<&'t str> {
        let (word, rest) = self.rest.split_once([' ', '\n'])?;
        self.rest = rest;
        Some(word)
    }

    fn number(&mut self) -> Option<u32> {
        self.word()?.parse().ok()
    }

    fn node(&mut self) -> Option<Node> {
        let kind = self.word()?;
        let span = Span { start: self.number()?, end: self.number()? };
        let kind = match kind {
            "[" => {
                let length = self.number()?;
                NodeKind::Sequence((0..length).map(|_| self.node()).collect::<Option<_>>()?)
            }
            "{" => {
                let length = self.number()?;
                NodeKind::Mapping((0..length).map(|_| Some(Entry { key: self.node()?, value: self.node()? })).collect::<Option<_>>()?)
            }
            style => NodeKind::Scalar(Arc::new(self.scalar(style, span)?)),
        };
        Some(Node { span, alias: None, kind })
    }

    fn scalar(&mut self, style: &str, span: Span) -> Option<Scalar> {
        let style = STYLES.iter().find(|(letter, _)| style.starts_with(*letter))?.1;
        let tagged = self.number()? == 1;
        let length = self.number()? as usize;
        let (content, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest.strip_prefix('\n')?;
        Some(Scalar { content: content.to_owned(), style, tagged, span, map: vec![(0, span.start)] })
    }
}

/// FNV-1a over words of eight bytes: tells whether a text has changed, and costs next to nothing.
fn checksum(text: &str) -> u64 {
    let start = 0xcbf2_9ce4_8422_2325_u64 ^ text.len() as u64;
    text.as_bytes().chunks(8).fold(start, |sum, chunk| {
        let word = chunk.iter().rev().fold(0_u64, |word, byte| word << 8 | u64::from(*byte));
        (sum ^ word).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::yaml::{Limits, parse};

    fn shape(node: &Node) -> String {
        match &node.kind {
            NodeKind::Scalar(scalar) => format!("{:?}{:?}{:?}{}", node.span, scalar.content, scalar.style, scalar.tagged),
            NodeKind::Sequence(items) => format!("{:?}[{}]", node.span, items.iter().map(shape).collect::<String>()),
            NodeKind::Mapping(entries) => {
                format!("{:?}{{{}}}", node.span, entries.iter().map(|entry| shape(&entry.key) + &shape(&entry.value)).collect::<String>())
            }
        }
    }

    #[test]
    fn a_tree_comes_back_for_its_own_text_only() {
        let text = Text::file("p.yaml", "a: [b, 'c d', \"é\\n\"]\nd: |\n  x\n  y\ne: !!str 1\nf:\n");
        let document = parse(&text, Limits::default()).unwrap();
        let tree = encode(&document);
        assert_eq!(shape(&decode(&text, &tree).unwrap().root), shape(&document.root));
        assert!(decode(&Text::file("p.yaml", text.content().replace('b', "x")), &tree).is_none());
        assert!(decode(&text, &tree.replace('[', "(")).is_none(), "what is damaged is not taken");
    }
}

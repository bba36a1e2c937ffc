//! Trees written down, so that they can be read again in a fraction of the time that parsing takes.
//!
//! It is meant for texts that never change at run time. The format is private: words separated by blanks, each node before its
//! children, texts with their length.

use std::fmt::Write;
use std::sync::Arc;

use super::{Entry, Node, NodeKind, Scalar, Style};
use crate::text::Span;

static STYLES: &[(char, Style)] =
    &[('p', Style::Plain), ('s', Style::SingleQuoted), ('d', Style::DoubleQuoted), ('l', Style::Literal), ('f', Style::Folded)];

/// Writes a node down with all below it. Where within a scalar its characters stand is left out.
pub(crate) fn write_node(node: &Node, out: &mut String) {
    let Span { start, end } = node.span;
    let _ = match &node.kind {
        NodeKind::Scalar(scalar) => write!(out, "{}{} {start} {end} ", letter(scalar.style), if scalar.tagged { "t" } else { "" }),
        NodeKind::Sequence(items) => writeln!(out, "[ {start} {end} {}", items.len()),
        NodeKind::Mapping(entries) => writeln!(out, "{{ {start} {end} {}", entries.len()),
    };
    match &node.kind {
        NodeKind::Scalar(scalar) => write_text(&scalar.content, out),
        NodeKind::Sequence(items) => items.iter().for_each(|item| write_node(item, out)),
        NodeKind::Mapping(entries) => entries.iter().for_each(|entry| {
            write_node(&entry.key, out);
            write_node(&entry.value, out);
        }),
    }
}

/// Writes any text down, with its length before it.
pub(crate) fn write_text(text: &str, out: &mut String) {
    let _ = writeln!(out, "{} {text}", text.len());
}

fn letter(style: Style) -> char {
    STYLES.iter().find(|(_, known)| *known == style).map_or('p', |(letter, _)| *letter)
}

/// Reads what was written down; `None` is said of what is damaged.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reader<'t> {
    rest: &'t str,
}

impl<'t> Reader<'t> {
    pub(crate) fn new(written: &'t str) -> Self {
        Self { rest: written }
    }

    /// What has not been read yet.
    pub(crate) fn rest(self) -> &'t str {
        self.rest
    }

    /// The characters up to a blank or a line break.
    pub(crate) fn word(&mut self) -> Option<&'t str> {
        let end = self.rest.bytes().position(|byte| matches!(byte, b' ' | b'\n'))?;
        let (word, rest) = self.rest.split_at_checked(end)?;
        self.rest = rest.get(1..)?;
        Some(word)
    }

    pub(crate) fn number(&mut self) -> Option<u32> {
        let digits = self.rest.bytes().take_while(u8::is_ascii_digit);
        let (length, number) =
            digits.fold((0, 0_u32), |(length, number), digit| (length + 1, number.wrapping_mul(10) + u32::from(digit - b'0')));
        self.rest = self.rest.get(length..)?.strip_prefix([' ', '\n'])?;
        Some(number)
    }

    pub(crate) fn span(&mut self) -> Option<Span> {
        Some(Span { start: self.number()?, end: self.number()? })
    }

    /// What [`write_text`] wrote.
    pub(crate) fn text(&mut self) -> Option<&'t str> {
        let length = self.number()? as usize;
        let (text, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest.strip_prefix('\n')?;
        Some(text)
    }

    /// What [`write_node`] wrote.
    pub(crate) fn node(&mut self) -> Option<Node> {
        let kind = self.word()?;
        let span = self.span()?;
        let kind = match kind {
            "[" => NodeKind::Sequence(self.several(Self::node)?.into()),
            "{" => NodeKind::Mapping(self.several(|reader| Some(Entry { key: reader.node()?, value: reader.node()? }))?.into()),
            style => NodeKind::Scalar(Arc::new(self.scalar(style, span)?)),
        };
        Some(Node { span, alias: None, kind })
    }

    /// A number, and as many things.
    pub(crate) fn several<T>(&mut self, mut one: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let length = self.number()? as usize;
        let mut found = Vec::with_capacity(length.min(self.rest.len()));
        for _ in 0..length {
            found.push(one(self)?);
        }
        Some(found)
    }

    fn scalar(&mut self, style: &str, span: Span) -> Option<Scalar> {
        let (_, known) = STYLES.iter().find(|(letter, _)| style.starts_with(*letter))?;
        let content = self.text()?.to_owned();
        Some(Scalar { content, style: *known, tagged: style.ends_with('t'), span, map: Vec::new() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::yaml::{Limits, parse};
    use crate::text::Text;

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
    fn a_tree_comes_back() {
        let text = Text::file("p.yaml", "a: [b, 'c d', \"é\\n\"]\nd: |\n  x\n  y\ne: !!str 1\nf:\n");
        let document = parse(&text, Limits::default()).unwrap();
        let mut written = String::new();
        write_node(&document.root, &mut written);
        let mut reader = Reader::new(&written);
        assert_eq!(shape(&reader.node().unwrap()), shape(&document.root));
        assert_eq!(reader.rest(), "");
        assert!(Reader::new(&written.replace('[', "(")).node().is_none(), "what is damaged is not taken");
    }
}

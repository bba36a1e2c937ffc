//! A script after GitHub has replaced `${{ … }}`, with the way back to the characters of the workflow.

use std::sync::Arc;

use super::scope::{Scope, as_value};
use crate::facts::value::{Origin, OriginKind, Reason, Value};
use crate::syntax::expression::{Part, Scope as Names, Template};
use crate::syntax::shell::{HOLE_END, HOLE_START};
use crate::syntax::yaml::{Node, Scalar};
use crate::text::{Location, Span};

/// Characters that a shell may read as more than themselves. Blanks and patterns are not among them: they are treated as in the value
/// of a variable.
const SYNTAX: &[char] = &['$', '`', '"', '\'', '\\', ';', '&', '|', '<', '>', '(', ')', '{', '~', '#', '\n'];

/// A script as the shell gets it. What is not known is a hole.
pub(crate) struct Rendered {
    pub(crate) text: String,
    pub(crate) holes: Vec<Value>,
    stretches: Vec<Stretch>,
}

/// A stretch of the rendered text and the content it comes from.
#[derive(PartialEq)]
struct Stretch {
    rendered: usize,
    content: Span,
    /// Whether it is an expression, all of whose characters stand for the whole of it.
    expression: bool,
}

impl Rendered {
    /// Renders a `run:` scalar.
    pub(crate) fn new(scope: &Scope<'_>, node: &Node, content: &str) -> Self {
        let mut rendered = Self { text: String::with_capacity(content.len()), holes: Vec::new(), stretches: Vec::new() };
        match content.contains("${{").then(|| Template::parse(content, Names::ANY)) {
            Some(Ok(template)) if !template.is_literal() => rendered.push_template(scope, node, &template),
            _ => rendered.push_literal(content, Span::new(0, content.len())),
        }
        rendered
    }

    /// Whether it is the same text, from the same characters.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        let same_holes = self.holes.len() == other.holes.len() && self.holes.iter().zip(&other.holes).all(|(a, b)| a.is_same(b));
        self.text == other.text && self.stretches == other.stretches && same_holes
    }

    fn push_template(&mut self, scope: &Scope<'_>, node: &Node, template: &Template) {
        let origin = Origin::at(OriginKind::Document, Location::new(&scope.document.text, node.span));
        for piece in template.pieces(scope) {
            match piece.part {
                Part::Text(text, span) => self.push_literal(text, *span),
                Part::Expression(_, span) => {
                    let value = piece
                        .value
                        .map_or_else(|error| Value::unknown(Reason::new(error.to_string())), |partial| as_value(&partial, &origin));
                    self.push_expression(value, *span);
                }
            }
        }
    }

    fn push_literal(&mut self, text: &str, content: Span) {
        self.stretches.push(Stretch { rendered: self.text.len(), content, expression: false });
        // A script that holds our own markers means nothing by them; the stand-in has the same length.
        self.text.extend(text.chars().map(|c| if matches!(c, HOLE_START | HOLE_END) { '\u{F8F2}' } else { c }));
    }

    fn push_expression(&mut self, value: Value, content: Span) {
        self.stretches.push(Stretch { rendered: self.text.len(), content, expression: true });
        match value.as_text() {
            Some(text) => self.text.extend(text.chars().filter(|c| !matches!(*c, HOLE_START | HOLE_END))),
            None => {
                self.text.push_str(&format!("{HOLE_START}{}{HOLE_END}", self.holes.len()));
                self.holes.push(value.and_then(|choice| match choice.datum.as_text() {
                    Some(text) if !text.contains(SYNTAX) => Value::known(choice.datum.clone(), Arc::clone(&choice.origin)),
                    _ => Value::unknown(Reason::new("an expression that may hold shell syntax")),
                }));
            }
        }
    }

    /// Where a span of the rendered text stands in the file.
    pub(crate) fn locate(&self, scalar: &Scalar, span: Span) -> Span {
        let start = self.content(span.start as usize, false);
        let end = self.content((span.end as usize).max(span.start as usize + 1) - 1, true);
        scalar.locate(start..end.max(start))
    }

    /// The offset in the scalar's content of a rendered offset; for an end, the offset behind that character.
    fn content(&self, offset: usize, end: bool) -> usize {
        let index = self.stretches.partition_point(|stretch| stretch.rendered <= offset);
        let Some(stretch) = index.checked_sub(1).and_then(|index| self.stretches.get(index)) else { return 0 };
        match (stretch.expression, end) {
            (true, false) => stretch.content.start as usize,
            (true, true) => stretch.content.end as usize,
            (false, _) => stretch.content.start as usize + offset - stretch.rendered + usize::from(end),
        }
    }
}

//! YAML to a tree with spans, comments, anchors and aliases, as GitHub Actions reads it (YAML 1.2 core schema).
//!
//! Where YAML leaves a choice, this follows `YamlObjectReader.cs` and `TemplateReader.cs` of
//! [actions/runner](https://github.com/actions/runner/tree/main/src/Sdk/WorkflowParser).

mod build;
mod extent;
mod message;
mod node;
mod parse;
pub(crate) mod prepared;
pub(crate) mod route;
mod schema;
mod source_map;
#[cfg(test)]
mod tests;

pub(crate) use parse::{Limits, parse};
pub(crate) use route::route_at;
#[cfg(test)]
pub(crate) use route::{resolve, resolve_entry};

use std::sync::Arc;

use crate::text::{Span, Text};

/// A parsed YAML text.
#[derive(Debug)]
pub(crate) struct Document {
    /// The text it was parsed from.
    pub text: Arc<Text>,
    /// The root node; an empty text has a null scalar.
    pub root: Node,
    /// All comments, in order; spans include the `#`.
    pub comments: Vec<Span>,
}

/// What is wrong with a YAML text, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub(crate) struct YamlError {
    /// Lower-case sentence without final period.
    pub message: String,
    /// Where; at least one character wide unless the text ends there.
    pub span: Span,
    /// A second place that explains the first (the earlier of two equal keys, the anchor of an alias).
    pub related: Option<(Span, String)>,
}

/// A node of the tree. Cheap to clone: children are shared, also between an anchor and its aliases.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    /// The node's own characters; for a node reached through an alias, those of the anchored node.
    ///
    /// A quoted scalar includes its quotes, a block scalar its `|` or `>` but no trailing line breaks, a flow collection its
    /// brackets; a block collection reaches from its first child to its last; a node left out is empty and stands after its `:` or `-`.
    pub span: Span,
    /// Where the alias stands (`*name`), if this node was reached through one.
    pub alias: Option<Span>,
    /// What it is.
    pub kind: NodeKind,
}

/// The three kinds of YAML nodes.
#[derive(Clone, Debug)]
pub(crate) enum NodeKind {
    /// A scalar.
    Scalar(Arc<Scalar>),
    /// A sequence.
    Sequence(Arc<[Node]>),
    /// A mapping, in document order; keys are unique.
    Mapping(Arc<[Entry]>),
}

/// A scalar with its content, before any typing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Scalar {
    /// The content after unescaping, unfolding and removal of indentation.
    pub content: String,
    /// How it was written.
    pub style: Style,
    /// Whether it carries the tag `!!str`, which makes any content a string. Other tags are checked while parsing and change nothing.
    pub tagged: bool,
    /// Its own characters, as [`Node::span`].
    pub span: Span,
    /// Pairs (offset in `content`, offset in the text), ascending: from one pair to the next both advance together, byte by byte.
    ///
    /// Where the text has characters that the content lacks (indentation), two pairs share a content offset: the one before
    /// the gap and the one behind it. After an escape sequence a pair starts anew. Use [`Scalar::locate`].
    pub map: Vec<(u32, u32)>,
}

/// How a scalar was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// Without quotes.
    Plain,
    /// `'…'`
    SingleQuoted,
    /// `"…"`
    DoubleQuoted,
    /// `|`
    Literal,
    /// `>`
    Folded,
}

/// A key and its value.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// The key, always a scalar: anything else is an error in the text.
    pub key: Node,
    /// The value.
    pub value: Node,
}

/// What a scalar means under the YAML 1.2 core schema, as the runner's `YamlObjectReader` types it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Typed {
    /// `null`, `~` or nothing.
    Null,
    /// `true` or `false` in the core schema's spellings; `on` and `yes` are strings.
    Bool(bool),
    /// A decimal, `0x`, `0o` or floating-point number.
    Number(f64),
    /// Everything else, and everything quoted.
    String,
}

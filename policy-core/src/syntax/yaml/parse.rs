use std::sync::Arc;

use granit_parser::{Parser, options};

use super::build::Builder;
use super::{Document, YamlError, message};
use crate::text::{Span, Text};

/// Bounds on a YAML text; beyond them parsing stops with an error. Defaults are GitHub's own.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Nodes after aliases are replaced by what they name, counted as the runner counts them: a scalar is one, a sequence
    /// or mapping two (start and end), and the text itself four (`c_maxYamlNodes` in `YamlObjectReader.cs`).
    pub nodes: usize,
    /// Nesting of sequences and mappings, also after replacing aliases (`WorkflowParser`'s maximum depth).
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { nodes: 50_000, depth: 50 }
    }
}

/// Parses a text that must hold at most one document; without any, the root is a null scalar.
///
/// # Errors
/// The first thing that is wrong.
pub(crate) fn parse(text: &Arc<Text>, limits: Limits) -> Result<Document, YamlError> {
    let options = options! {
        emit_unresolved_aliases: true,
        emit_anchor_events: true,
        max_buffered_comment_events: usize::MAX,
    };
    let mut builder = Builder::new(text.content(), limits);
    for step in Parser::new_from_str_with_options(text.content(), options) {
        let (event, place) = step.map_err(|error| message::syntax(text.content(), &error))?;
        let place = place.byte_range().map_or_else(Span::default, |range| Span::new(range.start, range.end));
        builder.accept(event, place)?;
    }
    let (root, comments) = builder.finish();
    Ok(Document { text: Arc::clone(text), root, comments })
}

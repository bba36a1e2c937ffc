//! What is said about a broken YAML text, in one place.

use granit_parser::{ErrorKind, ScanError};

use super::YamlError;
use crate::text::Span;

/// The span, or the one character at it if it is empty and not at the end of the text.
pub(super) fn widen(source: &str, span: Span) -> Span {
    if span.start < span.end {
        return span;
    }
    let start = span.start as usize;
    let width = source.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    Span::new(start, start + width)
}

fn error(message: impl Into<String>, span: Span) -> YamlError {
    YamlError { message: message.into(), span, related: None }
}

pub(super) fn second_document(span: Span) -> YamlError {
    error("a second YAML document starts here; only one is allowed", span)
}

pub(super) fn too_deep(limit: usize, span: Span) -> YamlError {
    error(format!("sequences and mappings are nested more than {limit} levels deep"), span)
}

pub(super) fn too_many_nodes(limit: usize, span: Span) -> YamlError {
    error(format!("the text has more than {limit} YAML nodes, counting what aliases repeat"), span)
}

pub(super) fn unknown_anchor(name: &str, span: Span) -> YamlError {
    error(format!("no anchor `&{name}` stands before the alias `*{name}`"), span)
}

pub(super) fn alias_inside_its_anchor(alias: &str, span: Span, anchor: Option<Span>) -> YamlError {
    let related = anchor.map(|anchor| (anchor, "the anchor of the node that contains the alias".to_owned()));
    YamlError { related, ..error(format!("the alias `{alias}` stands inside the node that it repeats"), span) }
}

pub(super) fn duplicate_key(key: &str, span: Span, first: Span) -> YamlError {
    YamlError {
        related: Some((first, "given here first".to_owned())),
        ..error(format!("mapping key `{}` is given twice", shorten(key)), span)
    }
}

pub(super) fn key_not_scalar(kind: &str, span: Span) -> YamlError {
    error(format!("a mapping key must be a scalar, and this is a {kind}; if it is meant as text, quote it"), span)
}

pub(super) fn merge_key(span: Span) -> YamlError {
    error("the merge key `<<` is not supported by GitHub Actions; repeat the entries, or use an alias for the whole mapping", span)
}

pub(super) fn number_out_of_range(content: &str, span: Span) -> YamlError {
    error(format!("the number `{}` does not fit 32 bits; if it is meant as text, quote it", shorten(content)), span)
}

pub(super) fn unknown_tag(tag: &str, span: Span) -> YamlError {
    error(format!("tag `{}` is not supported; scalars may have `!!str`, `!!null`, `!!bool`, `!!int` and `!!float`", shorten(tag)), span)
}

pub(super) fn tag_on_quoted(tag: &str, span: Span) -> YamlError {
    error(format!("tag `!!{tag}` is not allowed on a quoted or block scalar"), span)
}

pub(super) fn tag_mismatch(tag: &str, content: &str, span: Span) -> YamlError {
    error(format!("`{}` is not a value of type `!!{tag}`", shorten(content)), span)
}

/// The parser's own complaint, in words for people who do not know YAML's grammar.
pub(super) fn syntax(source: &str, problem: &ScanError) -> YamlError {
    let offset = problem.marker().byte_offset().unwrap_or(source.len()).min(source.len());
    let offset = tab_before(source, offset, problem.kind()).unwrap_or(offset);
    error(explain(problem.kind()), widen(source, Span::new(offset, offset)))
}

/// A tab is only noticed at the token behind it.
fn tab_before(source: &str, offset: usize, kind: &ErrorKind) -> Option<usize> {
    let before = source.get(..offset).filter(|_| is_about_tab(kind))?;
    let text = before.trim_end_matches([' ', '\t']).len();
    before.get(text..)?.rfind('\t').map(|at| text + at)
}

fn is_about_tab(kind: &ErrorKind) -> bool {
    use ErrorKind as E;
    matches!(kind, E::TabNotAllowed | E::TabInBlockIndentation | E::TabInIndentation | E::TabAtBlockScalarStart | E::TabInPlainScalar)
}

fn explain(kind: &ErrorKind) -> String {
    use ErrorKind as E;
    let fixed = match kind {
        tab if is_about_tab(tab) => "a tab is not allowed as indentation; use spaces",
        E::MappingValueNotAllowed | E::InvalidColonPlacement => {
            "a `:` is not allowed here; either the indentation is wrong, or it belongs to a text that needs quotes"
        }
        E::MappingKeyNotAllowed => "a mapping key is not allowed here",
        E::InvalidIndentation | E::ExpectedBlockMappingKey | E::ExpectedBlockSequenceEntry => {
            "this line does not fit the indentation of the lines before it"
        }
        E::SimpleKeyExpected | E::InvalidSimpleKey => "expected `:` after this mapping key",
        E::UnclosedQuotedScalar => "a quoted text is not closed",
        E::DocumentIndicatorInQuotedScalar => "a quoted text is not closed before the end of the document",
        E::InvalidQuotedScalarIndent => "a quoted text over several lines must be indented more than its key",
        E::InvalidTrailingSingleQuotedScalar | E::InvalidTrailingDoubleQuotedScalar => "unexpected text after the closing quote",
        E::UnknownQuotedScalarEscape => "unknown escape sequence; in single quotes `\\` stands for itself",
        E::ExpectedFlowMappingSeparator => "expected `,` or `}`",
        E::ExpectedFlowSequenceSeparator => "expected `,` or `]`",
        E::MisplacedFlowCollectionEnd => "this bracket closes nothing",
        E::ExpectedNodeContent => "expected a value",
        E::BlockSequenceEntryNotAllowed | E::BlockEntryInFlowCollection => "a `-` item is not allowed here",
        E::InvalidBlockScalarHeader => "only indentation and chomping indicators, or a comment, may follow `|` or `>` on its line",
        E::InvalidBlockScalarIndent => "this line is indented less than the block of text that it belongs to",
        E::CommentNotSeparated => "a comment needs a blank before its `#`",
        E::CommentInterceptedScalar => "a comment must not interrupt a text of several lines",
        E::RecursionLimitExceeded => "sequences and mappings are nested too deep",
        E::BomInsideDocument => "a byte order mark is only allowed at the start of the file",
        _ => return explain_by_value(kind),
    };
    fixed.to_owned()
}

fn explain_by_value(kind: &ErrorKind) -> String {
    match kind {
        ErrorKind::UnexpectedCharacter { character } => match character {
            '@' | '`' | '%' => format!("a plain text must not start with `{character}`; quote it"),
            _ => format!("the character `{}` is not allowed here", character.escape_default()),
        },
        ErrorKind::UnclosedFlowCollection { open } => format!("`{open}` is not closed"),
        ErrorKind::MismatchedFlowCollectionEnd { open, close } => format!("`{open}` is closed by `{close}`"),
        other => lower_first(&other.to_string()),
    }
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

/// Long names make messages unreadable.
fn shorten(text: &str) -> String {
    const MOST: usize = 60;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

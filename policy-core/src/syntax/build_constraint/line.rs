use super::error::SyntaxError;
use super::expression::Expression;
use super::{go_build, plus_build};
use crate::text::Span;

/// A comment line that is, or looks like, a build constraint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ConstraintLine {
    pub(crate) notation: Notation,
    pub(crate) placement: Placement,
    /// From `//` to the last character that is no blank.
    pub(crate) span: Span,
    /// The condition.
    pub(crate) condition: Result<Expression, SyntaxError>,
}

/// How a constraint is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Notation {
    /// `//go:build linux && amd64`
    GoBuild,
    /// `// +build linux,amd64`
    PlusBuild,
    /// `// go:build linux`: an ordinary comment for Go.
    Spaced,
    /// `// see +build linux`: an ordinary comment for Go, which go vet suspects to be meant as a constraint.
    Suspected,
}

/// Whether a line stands where Go looks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Placement {
    /// Go reads it.
    Read,
    /// A second `//go:build`, for which Go refuses the file.
    Repeated,
    /// Within `/* … */`.
    InBlockComment,
    /// A `// +build` with no blank line between it and the package clause, or behind a `/* … */`.
    NoBlankLine,
    /// Behind the package clause.
    AfterPackage,
    /// Go never reads such a line.
    Comment,
    /// Nor such a line, but go vet takes offence at it here.
    Suspected,
}

/// The words for placements.
pub(crate) static PLACEMENTS: &[&str] = &["read", "repeated", "in-block-comment", "no-blank-line", "after-package", "comment", "suspected"];

impl Placement {
    /// The word for it, one of [`PLACEMENTS`].
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Repeated => "repeated",
            Self::InBlockComment => "in-block-comment",
            Self::NoBlankLine => "no-blank-line",
            Self::AfterPackage => "after-package",
            Self::Comment => "comment",
            Self::Suspected => "suspected",
        }
    }
}

impl ConstraintLine {
    /// Reads a comment line without blanks around it, if it is a constraint, as `splitGoBuild` and `splitPlusBuild` do.
    pub(super) fn parse(line: &str, offset: usize, placement: Placement) -> Option<Self> {
        let comment = line.strip_prefix("//")?;
        let (notation, condition) = if let Some(condition) = keyword(comment, "go:build") {
            (Notation::GoBuild, go_build::parse(condition, offset_of(condition, line, offset)))
        } else if let Some(condition) = keyword(comment.trim_start(), "+build") {
            (Notation::PlusBuild, plus_build::parse(condition, offset_of(condition, line, offset)))
        } else if let Some((_, condition)) = comment.split_once("+build") {
            (Notation::Suspected, plus_build::parse(condition.trim_start(), offset_of(condition.trim_start(), line, offset)))
        } else {
            // Prose such as `// go:build lines come first` has no condition that can be read.
            let condition = keyword(comment.trim_start(), "go:build")?;
            (Notation::Spaced, Ok(go_build::parse(condition, offset_of(condition, line, offset)).ok()?))
        };
        let placement = match notation {
            Notation::Spaced => Placement::Comment,
            Notation::Suspected => Placement::Suspected,
            Notation::GoBuild | Notation::PlusBuild => placement,
        };
        Some(Self { notation, placement, span: Span::new(offset, offset + line.len()), condition })
    }
}

/// What follows a keyword and a blank; nothing, if nothing does.
fn keyword<'s>(text: &'s str, keyword: &str) -> Option<&'s str> {
    let rest = text.strip_prefix(keyword)?;
    (rest.is_empty() || rest.starts_with(char::is_whitespace)).then(|| rest.trim_start())
}

/// The offset in the file of the end of a line.
fn offset_of(end: &str, line: &str, offset: usize) -> usize {
    offset + line.len() - end.len()
}

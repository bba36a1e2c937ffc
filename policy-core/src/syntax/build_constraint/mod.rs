//! Build constraints: the head of a .go file, and the two notations of a condition on build tags.
//!
//! Follows `go/build/constraint/expr.go`, and `parseFileHeader` and `shouldBuild` of `go/build/build.go`, which are the same in
//! Go 1.21 to 1.27 but for the limit on the size of a condition (since 1.22).

mod error;
mod expression;
mod go_build;
mod header;
mod line;
mod plus_build;
#[cfg(test)]
mod tests;

pub(crate) use expression::{Expression, Tag};
pub(crate) use header::{Header, read};
pub(crate) use line::{ConstraintLine, Notation, PLACEMENTS, Placement};

/// Letters, digits, underscores and dots make a tag.
pub(crate) fn is_tag_character(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '.'
}

/// A condition as it stands behind `//go:build`.
#[cfg(test)]
pub(crate) fn condition(text: &str) -> Expression {
    go_build::parse(text, 0).unwrap()
}

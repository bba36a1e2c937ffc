//! Texts to trees with spans. Nothing here knows what a tree means.

pub mod expression;
pub mod shell;
pub mod yaml;

//! Texts to trees with spans. Nothing here knows what a tree means.

pub mod expression;
pub(crate) mod go_mod;
pub mod shell;
pub mod yaml;

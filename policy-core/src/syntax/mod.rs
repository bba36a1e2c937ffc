//! Texts to trees with spans. Nothing here knows what a tree means.

pub(crate) mod cmd;
mod cursor;
pub mod expression;
pub(crate) mod go_mod;
pub(crate) mod powershell;
pub mod shell;
pub mod yaml;

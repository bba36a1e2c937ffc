//! Texts to trees with spans. Nothing here knows what a tree means.

pub(crate) mod build_constraint;
pub(crate) mod build_info;
pub(crate) mod cmd;
mod cursor;
pub(crate) mod expression;
pub(crate) mod go_mod;
pub(crate) mod powershell;
pub(crate) mod shell;
pub(crate) mod yaml;

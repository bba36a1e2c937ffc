//! Texts to trees with spans. Nothing here knows what a tree means.

pub(crate) mod build_constraint;
pub(crate) mod build_info;
pub(crate) mod cmd;
mod cursor;
pub(crate) mod devcontainer;
pub(crate) mod dockerfile;
pub(crate) mod expression;
pub(crate) mod go_mod;
pub(crate) mod go_sum;
pub(crate) mod modules_txt;
pub(crate) mod powershell;
pub(crate) mod shell;
pub(crate) mod version_file;
mod words;
pub(crate) mod yaml;

//! Trees to typed models to subjects with values: what a rule can see.

pub(crate) mod change;
#[cfg(test)]
pub(crate) mod dice;
pub(crate) mod environment;
pub(crate) mod expression;
pub(crate) mod go;
pub(crate) mod go_file;
pub(crate) mod host;
pub(crate) mod module;
pub(crate) mod project;
mod record;
pub mod schema;
pub(crate) mod script;
mod setting;
mod shared_map;
pub mod subject;
mod toolchain;
pub mod value;
pub mod version;
pub(crate) mod workflow;

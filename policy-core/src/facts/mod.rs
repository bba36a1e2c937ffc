//! Trees to typed models to subjects with values: what a rule can see.

pub mod environment;
pub mod expression;
pub mod go;
pub(crate) mod project;
mod record;
pub mod schema;
#[cfg_attr(not(test), allow(dead_code, reason = "the workflow interpreter will be its user"))]
pub(crate) mod script;
pub mod subject;
mod toolchain;
pub mod value;
pub mod version;
pub(crate) mod workflow;

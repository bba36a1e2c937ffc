//! Trees to typed models to subjects with values: what a rule can see.

pub mod environment;
pub mod schema;
#[allow(dead_code, reason = "the workflow interpreter will be its user")]
pub(crate) mod script;
pub mod subject;
pub mod value;
pub mod version;

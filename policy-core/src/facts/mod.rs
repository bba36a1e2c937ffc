//! Trees to typed models to subjects with values: what a rule can see.

pub mod environment;
pub mod schema;
pub(crate) mod script;
pub mod subject;
pub mod value;
pub mod version;

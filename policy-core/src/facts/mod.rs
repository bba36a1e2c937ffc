//! Trees to typed models to subjects with values: what a rule can see.

pub mod environment;
pub mod expression;
pub mod schema;
pub mod subject;
pub mod value;
pub mod version;
pub mod workflow;

//! Trees, hostile input, and the scripts of real projects.

mod corpus;
mod properties;

pub(crate) use properties::pieces;

//! Trees, hostile input, and the scripts of real projects.

mod corpus;
mod properties;

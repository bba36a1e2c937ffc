//! The rule language: what a policy file says (raw form), what it means (compiled form), and what is wrong with it.

pub mod examples;
pub mod matcher;

pub(crate) mod compile;
pub(crate) mod condition;
mod doc;
mod error;
pub(crate) mod literal;
mod load;
mod pattern;
mod raw;
mod rule;
mod schema;
mod set;
mod source;
mod spot;
pub(crate) mod template;
#[cfg(test)]
mod tests;
pub(crate) mod truth;

pub use doc::{DecisionDoc, FieldDoc, FixDoc, RuleDoc};
pub use error::{LoadError, LoadErrors};
pub use load::PolicySetBuilder;
pub use rule::{Decided, Decision, Releases, Rule};
pub use schema::json_schema;
pub use set::{PolicyInfo, PolicySet};
pub(crate) use {raw::Check, rule::FixAction, rule::FixPlan};

//! The rule language: what a policy file says (raw form), what it means (compiled form), and what is wrong with it.
//!
//! ```yaml
//! version: 1
//! policy: team
//! extends: [recommended, ./shared.yaml]      # built-in by name, files by path; later wins, rule by rule
//! rules:
//!   some-rule: off
//!   another: { severity: warning, parameters: { minimum: 1.24 } }
//!   old-toolchain:
//!     severity: error                        # note, warning, error
//!     on: environment                        # kind of subject
//!     when: { os: { equals: linux } }        # what the rule is about; optional
//!     require:                               # or forbid; fields with matchers, all, any, not
//!       go.version: { at-least: { parameter: minimum } }
//!     message: "Go {go.version} is older than {parameter.minimum}"
//!     parameters: { minimum: 1.23 }
//! ```
//!
//! A literal's type is that of the field: `1.20` is a Go version, never a number. `{field: NAME}` stands for the value of
//! another field, `{parameter: NAME}` for a parameter. In messages `{FIELD}` and `{parameter.NAME}` show values, `{item}` and
//! `{item.FIELD}` the item of a list that the finding is about, and `{{` and `}}` braces. Within `each`, `some` and `none` a
//! condition is about a record's fields; as operands the subject's can be named there too.
//!
//! Everything is checked when a policy is loaded, and all problems are reported at once, each with its place.

pub mod config;
pub mod examples;
pub mod matcher;

pub(crate) mod compile;
pub(crate) mod condition;
mod definition;
mod doc;
pub(crate) mod error;
mod gate;
mod judged;
mod layers;
pub(crate) mod literal;
mod load;
mod pattern;
mod prepared;
mod raw;
mod rule;
mod schema;
mod set;
mod source;
pub(crate) mod spot;
pub(crate) mod template;
#[cfg(test)]
mod tests;
pub(crate) mod truth;

pub use doc::{DecisionDoc, FieldDoc, FixDoc, RuleDoc};
pub use error::{LoadError, LoadErrors};
pub(crate) use judged::JudgedRule;
pub use load::PolicySetBuilder;
pub(crate) use raw::Check;
pub(crate) use rule::{Compiled, FixAction, FixPlan};
pub use rule::{Decided, Decision, Releases, Rule};
pub use schema::{config_json_schema, json_schema};
pub use set::{PolicyInfo, PolicySet};
pub use source::prepare;

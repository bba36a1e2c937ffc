//! A job's matrix: which combinations of values it runs with.
//!
//! The rules are those of `ConvertToStrategy` in `WorkflowTemplateConverter.cs` and of `MatrixBuilder.cs` in actions/runner. What is not
//! known stays so: an unknown axis is unknown in every leg while the other axes are expanded, and a matrix of which nothing is known has one
//! leg about which nothing is known.

#[cfg(test)]
mod corpus;
mod error;
mod expand;
mod filter;
mod spec;
#[cfg(test)]
mod tests;
mod tree;

#[cfg(test)]
pub(super) use error::MatrixErrorKind;
pub(super) use expand::{Leg, LegValue, Legs};
pub(super) use spec::MatrixSpec;

/// The most jobs that a matrix may make in one run (docs: "usage limits"; GitHub's servers enforce it).
pub(super) const MAX_LEGS: usize = 256;

//! What rules are judged on.

use std::fmt;
use std::sync::Arc;

use super::schema::Kind;
use super::value::Value;
use crate::text::Location;

/// A thing a rule is judged on. Fields are worked out when asked for.
pub trait Subject: Sync {
    /// Its kind.
    fn kind(&self) -> Kind;

    /// Where it stands.
    fn location(&self) -> &Location;

    /// The value of a declared field. An undeclared one is unknown.
    fn field(&self, name: &FieldName) -> Value;

    /// The place in a workflow, if it has one.
    fn place(&self) -> Option<&Arc<Place>>;
}

/// A field's name: `GOFLAGS`, or head and tail of a family such as `env.` + `CC`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldName {
    /// The declared name; ends in `.*` for a family.
    pub declared: &'static str,
    /// What stands in for the `*`.
    pub tail: Option<Arc<str>>,
}

impl fmt::Display for FieldName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.tail {
            Some(tail) => write!(f, "{}{tail}", self.declared.trim_end_matches('*')),
            None => f.write_str(self.declared),
        }
    }
}

/// Where in a workflow something happens: job, step, matrix leg, command.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Key of the job.
    pub job: Arc<str>,
    /// Index of the step in the job's list, from 0.
    pub step: Option<u32>,
    /// The matrix leg: names and values as the `matrix` context has them, as text.
    pub matrix: Arc<[(Arc<str>, Arc<str>)]>,
    /// The command line, if it is about one, as far as it is known.
    pub command: Option<Arc<str>>,
}

//! What a rule can see: the kinds of subjects and their declared fields. Validation, suggestions, the JSON Schema and the
//! reference page come from these tables.

/// A kind of subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// A place where Go runs.
    Environment,
    /// A variable that something sets for a place where Go runs.
    Setting,
    /// A `go` invocation.
    GoCommand,
    /// A workflow file.
    Workflow,
    /// A job of a workflow, in one matrix combination.
    Job,
    /// A step of a job, in one matrix combination.
    Step,
    /// A step's `uses:`.
    ActionUse,
    /// A cache of Go directories.
    Cache,
}

/// A declared field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// As rules write it. A trailing `.*` declares a family: any name may follow the dot.
    pub name: &'static str,
    /// What it holds.
    pub shape: Shape,
    /// One line: what it is, with its unit.
    pub doc: &'static str,
}

/// The type of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Text; may be unset.
    Text,
    /// One of these words; may be unset.
    Word(&'static [&'static str]),
    /// Yes or no.
    Flag,
    /// A whole number.
    Number,
    /// Seconds; rules write `10m`.
    Duration,
    /// A Go version, possibly known only in part.
    Version,
    /// A list of texts.
    TextList,
    /// A list of records with these fields.
    RecordList(&'static [Field]),
}

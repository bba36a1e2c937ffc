//! What a rule can see: the kinds of subjects and their declared fields. Validation, suggestions and the JSON Schema
//! come from these tables.

mod change;
mod command;
mod environment;
mod go_file;
mod host;
mod module;
mod workflow;

use std::fmt;
use std::sync::LazyLock;

use super::subject::FieldName;

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
    /// A directory that Go uses on this machine.
    GoPath,
    /// A program written in Go that was installed on this machine.
    Tool,
    /// A .go file with a constraint.
    GoFile,
    /// A go.mod file.
    GoMod,
    /// A go.work file.
    GoWork,
    /// A file that is about to be committed or pushed.
    Change,
    /// A vendor/modules.txt file.
    Vendor,
}

/// A kind as rules write it, with its fields.
#[derive(Clone, Copy, Debug)]
pub struct KindSpec {
    /// The kind.
    pub kind: Kind,
    /// As `on:` names it.
    pub name: &'static str,
    /// One line: what there is one subject of this kind for.
    pub doc: &'static str,
    /// The fields of its subjects.
    fields: fn() -> &'static [Field],
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
    /// Bytes; rules write `2GiB`.
    Size,
    /// A Go version, possibly known only in part.
    Version,
    /// A list of texts.
    TextList,
    /// A list of records with these fields.
    RecordList(&'static [Field]),
}

impl Shape {
    /// The name of the type, as messages and `gopolicy explain` use it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Word(_) => "word",
            Self::Flag => "flag",
            Self::Number => "number",
            Self::Duration => "duration",
            Self::Size => "size",
            Self::Version => "version",
            Self::TextList => "text-list",
            Self::RecordList(_) => "record-list",
        }
    }
}

const fn field(name: &'static str, shape: Shape, doc: &'static str) -> Field {
    Field { name, shape, doc }
}

/// A command sees everything that its place sees.
static ENVIRONMENT: LazyLock<Vec<Field>> = LazyLock::new(|| [environment::VARIABLES, environment::PLACE, host::MACHINE].concat());
static GO_COMMAND: LazyLock<Vec<Field>> = LazyLock::new(|| [environment::VARIABLES, environment::PLACE, command::COMMAND].concat());

/// Every kind, in the order of messages.
pub static KINDS: &[KindSpec] = &[
    KindSpec { kind: Kind::Environment, name: "environment", doc: "a place where Go runs", fields: || &ENVIRONMENT },
    KindSpec {
        kind: Kind::Setting,
        name: "setting",
        doc: "a variable that something sets for a place where Go runs",
        fields: || command::SETTING,
    },
    KindSpec { kind: Kind::GoCommand, name: "go-command", doc: "a `go` invocation", fields: || &GO_COMMAND },
    KindSpec { kind: Kind::Workflow, name: "workflow", doc: "a workflow file", fields: || workflow::WORKFLOW },
    KindSpec { kind: Kind::Job, name: "job", doc: "a job of a workflow, in one matrix combination", fields: || workflow::JOB },
    KindSpec { kind: Kind::Step, name: "step", doc: "a step of a job, in one matrix combination", fields: || workflow::STEP },
    KindSpec { kind: Kind::ActionUse, name: "action-use", doc: "a step's `uses:`", fields: || workflow::ACTION_USE },
    KindSpec { kind: Kind::Cache, name: "cache", doc: "a cache of Go directories", fields: || workflow::CACHE },
    KindSpec { kind: Kind::GoPath, name: "go-path", doc: "a directory that Go uses on this machine", fields: || host::GO_PATH },
    KindSpec { kind: Kind::Tool, name: "tool", doc: "a program that `go install` put on this machine", fields: || host::TOOL },
    KindSpec {
        kind: Kind::GoFile,
        name: "go-file",
        doc: "a .go file with a build constraint, or a name that constrains it",
        fields: || go_file::GO_FILE,
    },
    KindSpec { kind: Kind::GoMod, name: "go-mod", doc: "a go.mod file", fields: || module::GO_MOD },
    KindSpec { kind: Kind::GoWork, name: "go-work", doc: "a go.work file", fields: || module::GO_WORK },
    KindSpec { kind: Kind::Vendor, name: "vendor", doc: "a vendor/modules.txt file", fields: || module::VENDOR },
    KindSpec {
        kind: Kind::Change,
        name: "change",
        doc: "a file that a change adds, alters, renames or deletes",
        fields: || change::CHANGE,
    },
];

impl Kind {
    /// The kind that `on:` names so.
    pub fn parse(name: &str) -> Option<Self> {
        KINDS.iter().find(|spec| spec.name == name).map(|spec| spec.kind)
    }

    /// As `on:` names it.
    pub fn name(self) -> &'static str {
        self.spec().map_or("", |spec| spec.name)
    }

    /// The fields of its subjects.
    pub fn fields(self) -> &'static [Field] {
        self.spec().map_or(&[], |spec| (spec.fields)())
    }

    /// Whether its subjects are files whose fields are what the file says, so that a plain value tells all there is to know.
    pub(crate) fn is_plain(self) -> bool {
        matches!(self, Self::GoFile | Self::GoMod | Self::GoWork | Self::Vendor)
    }

    fn spec(self) -> Option<&'static KindSpec> {
        KINDS.iter().find(|spec| spec.kind == self)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The field of that name among `fields`: declared as such, or a member of a family such as `env.*`.
pub fn find(fields: &'static [Field], name: &str) -> Option<(FieldName, &'static Field)> {
    let exact = fields.iter().find(|field| field.name == name && field.family().is_none());
    if let Some(field) = exact {
        return Some((FieldName { declared: field.name, tail: None }, field));
    }
    fields.iter().find_map(|field| {
        let tail = name.strip_prefix(field.family()?).filter(|tail| !tail.is_empty())?;
        Some((FieldName { declared: field.name, tail: Some(tail.into()) }, field))
    })
}

impl Field {
    /// What the names of a family start with: `env.` for `env.*`.
    pub fn family(&self) -> Option<&'static str> {
        self.name.strip_suffix('*').filter(|prefix| prefix.ends_with('.'))
    }
}

/// Whether Go itself reads the variable: only such variables' values are ever printed.
pub fn is_go_variable(name: &str) -> bool {
    let shouted = name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
    shouted && crate::facts::go::variables::lookup(name).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_found_by_its_name() {
        for spec in KINDS {
            assert_eq!(Kind::parse(spec.name), Some(spec.kind));
            assert_eq!(spec.kind.name(), spec.name);
        }
        assert_eq!(Kind::parse("Environment"), None);
    }

    #[test]
    fn fields_are_found_alone_and_in_families() {
        let fields = Kind::Environment.fields();
        assert_eq!(find(fields, "GOFLAGS").unwrap().0.to_string(), "GOFLAGS");
        assert_eq!(find(fields, "env.CC").unwrap().0, FieldName { declared: "env.*", tail: Some("CC".into()) });
        for unknown in ["env.", "goflags", "env", ""] {
            assert!(find(fields, unknown).is_none(), "{unknown}");
        }
    }

    #[test]
    fn only_variables_of_go_are_printed() {
        assert!(is_go_variable("GOFLAGS"));
        for name in ["AWS_SECRET_ACCESS_KEY", "os", "go.version", "env.*"] {
            assert!(!is_go_variable(name), "{name}");
        }
    }
}

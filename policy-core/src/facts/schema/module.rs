//! Fields of go.mod, go.work and vendor/modules.txt.

use super::{Field, Shape, field};

static REQUIREMENT: &[Field] = &[
    field("indirect", Shape::Flag, "whether it is marked `// indirect`"),
    field("path", Shape::Text, "module path"),
    field("version", Shape::Text, "module version"),
];

static REPLACEMENT: &[Field] = &[
    field("new-path", Shape::Text, "module path or directory that takes its place"),
    field("new-version", Shape::Text, "version that takes its place; unset for a directory"),
    field("old-path", Shape::Text, "module path that is replaced"),
    field("old-version", Shape::Text, "version that is replaced; unset for all"),
];

static EXCLUSION: &[Field] = &[field("path", Shape::Text, "module path"), field("version", Shape::Text, "module version")];

static RETRACTION: &[Field] = &[
    field("high", Shape::Text, "last version of the range"),
    field("low", Shape::Text, "first version of the range"),
    field("rationale", Shape::Text, "comment on it or its block, without `//`"),
];

static GODEBUG: &[Field] = &[field("key", Shape::Text, "setting"), field("value", Shape::Text, "its value")];

/// Fields of a go.mod.
pub(super) static GO_MOD: &[Field] = &[
    field("constraints", Shape::TextList, "comments that look like build constraints"),
    field("deprecated", Shape::Text, "why the module is deprecated, by the comment on the `module` line"),
    field("exclude", Shape::RecordList(EXCLUSION), "exclude directives"),
    field("go", Shape::Version, "go directive"),
    field("godebug", Shape::RecordList(GODEBUG), "godebug directives"),
    field("ignore", Shape::TextList, "directories of ignore directives"),
    field("module", Shape::Text, "module path"),
    field("replace", Shape::RecordList(REPLACEMENT), "replace directives"),
    field("require", Shape::RecordList(REQUIREMENT), "require directives"),
    field("retract", Shape::RecordList(RETRACTION), "retract directives"),
    field("tool", Shape::TextList, "packages of tool directives"),
    field("toolchain", Shape::Text, "toolchain directive"),
];

/// Fields of a go.work.
pub(super) static GO_WORK: &[Field] = &[
    field("go", Shape::Version, "go directive"),
    field("godebug", Shape::RecordList(GODEBUG), "godebug directives"),
    field("replace", Shape::RecordList(REPLACEMENT), "replace directives"),
    field("toolchain", Shape::Text, "toolchain directive"),
    field("use", Shape::TextList, "directories of use directives"),
];

/// Fields of a vendor/modules.txt.
pub(super) static VENDOR: &[Field] = &[field("go-mod", Shape::Text, "the go.mod it belongs to, relative to the repository")];

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
    field("conflicting-replacements", Shape::TextList, "modules that two directives replace by different ones"),
    field("constraints", Shape::TextList, "comments that look like build constraints"),
    field("deprecated", Shape::Text, "why the module is deprecated, by the comment on the `module` line"),
    field(
        "differing-go-versions",
        Shape::TextList,
        "version files, Dockerfiles and the `toolchain` line, if they name different minor versions of Go",
    ),
    field("directory", Shape::Text, "directory that it stands in, relative to the repository; empty for the root"),
    field("empty-retractions", Shape::TextList, "ranges of retract directives whose first version is above the last"),
    field("exclude", Shape::RecordList(EXCLUSION), "exclude directives"),
    field("excluded-requirements", Shape::TextList, "required versions that an exclude directive forbids"),
    field("go", Shape::Version, "go directive"),
    field("go-sum", Shape::Flag, "whether there is a go.sum beside it"),
    field("godebug", Shape::RecordList(GODEBUG), "godebug directives"),
    field("has-packages", Shape::Flag, "whether there are .go files in its directory or below"),
    field("ignore", Shape::TextList, "directories of ignore directives"),
    field("in-workspace", Shape::Flag, "whether there is a go.work in its directory or above"),
    field(
        "linter-go-versions",
        Shape::TextList,
        "configurations of golangci-lint whose `run.go` is another minor version than the `go` line",
    ),
    field("malformed-sums", Shape::TextList, "lines of go.sum that Go cannot read"),
    field("missing-replacements", Shape::TextList, "directories in the repository that replace a required module and hold no go.mod"),
    field("module", Shape::Text, "module path"),
    field("needs-go-sum", Shape::Flag, "whether it requires a module directly that no replace directive covers"),
    field(
        "newer-directives",
        Shape::TextList,
        "directives that the Go of the `go` line does not know, each with the first release that does",
    ),
    field(
        "older-go-versions",
        Shape::TextList,
        "version files and Dockerfiles that name an older Go than the `go` line, and workflows beside such a file, each with its version",
    ),
    field("outside-replacements", Shape::TextList, "relative directories outside the repository that replace a module"),
    field("removed-godebug", Shape::TextList, "settings of godebug directives that some release no longer has"),
    field("replace", Shape::RecordList(REPLACEMENT), "replace directives"),
    field("replacements-of-other-versions", Shape::TextList, "replaced versions of a module of which another version is required"),
    field("require", Shape::RecordList(REQUIREMENT), "require directives"),
    field("retract", Shape::RecordList(RETRACTION), "retract directives"),
    field("tool", Shape::TextList, "packages of tool directives"),
    field("toolchain", Shape::Text, "toolchain directive"),
    field("toolchain-version", Shape::Version, "toolchain directive, unless it is `default`"),
    field("undocumented-forks", Shape::TextList, "modules that replace one with another path, without a comment"),
    field("unhashed", Shape::TextList, "directly required modules whose hash go.sum does not hold"),
    field("unknown-godebug", Shape::TextList, "settings of godebug directives that no release of Go knows"),
    field("vendored", Shape::Flag, "whether there is a vendor/modules.txt beside it"),
];

/// Fields of a go.work.
pub(super) static GO_WORK: &[Field] = &[
    field("go", Shape::Version, "go directive"),
    field("godebug", Shape::RecordList(GODEBUG), "godebug directives"),
    field("left-out-modules", Shape::TextList, "directories of modules below it that it does not use; `.` for its own"),
    field("missing-modules", Shape::TextList, "used directories in the repository without a go.mod"),
    field("newer-modules", Shape::TextList, "used modules whose `go` line is above its own, each with that version"),
    field("outside-modules", Shape::TextList, "used directories that are absolute or outside the repository"),
    field("overriding-replacements", Shape::TextList, "replaced modules that the go.mod of a used module replaces by something else"),
    field("repeated-modules", Shape::TextList, "directories that are used twice"),
    field("replace", Shape::RecordList(REPLACEMENT), "replace directives"),
    field("same-module-paths", Shape::TextList, "module paths that several used directories have"),
    field("toolchain", Shape::Text, "toolchain directive"),
    field("use", Shape::TextList, "directories of use directives"),
];

static VENDORED: &[Field] = &[
    field("explicit", Shape::Flag, "whether it is marked as required by go.mod itself"),
    field("path", Shape::Text, "module path"),
    field("version", Shape::Text, "module version; unset for a replacement at every version"),
];

/// Fields of a vendor/modules.txt.
pub(super) static VENDOR: &[Field] = &[
    field("go-mod", Shape::Text, "the go.mod it belongs to, relative to the repository"),
    field("inconsistencies", Shape::TextList, "what disagrees with go.mod, in Go's words"),
    field("modules", Shape::RecordList(VENDORED), "vendored modules"),
    field("workspace", Shape::Flag, "whether `go work vendor` made it"),
];

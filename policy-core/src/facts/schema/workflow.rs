//! Fields of workflows and their parts.

use super::{Field, Shape, field};

/// Fields of a workflow file.
pub(super) static WORKFLOW: &[Field] = &[
    field("env.*", Shape::Text, "a variable of the workflow's `env:`"),
    field(
        "go-version-drift",
        Shape::TextList,
        "the newest minor version that it installs by `go-version`, if that is older than the usual one",
    ),
    field("go-versions", Shape::TextList, "Go versions that its jobs ask for, as minor versions, without repetition"),
    field("jobs", Shape::TextList, "keys of its jobs"),
    field("name", Shape::Text, "`name:`"),
    field("on", Shape::TextList, "names of the events that start it"),
    field("runs-go", Shape::Flag, "whether any of its jobs runs or sets up Go"),
    field(
        "usual-go-version",
        Shape::Text,
        "minor version that most workflows of the repository install by `go-version`; of two, the newer",
    ),
];

/// Fields of a job in one matrix leg.
pub(super) static JOB: &[Field] = &[
    field("container", Shape::Text, "image of its container"),
    field("env.*", Shape::Text, "a variable of the workflow's or job's `env:`"),
    field("id", Shape::Text, "its key"),
    field("legs", Shape::Number, "how many matrix legs it has"),
    field("name", Shape::Text, "`name:`"),
    field("needs", Shape::TextList, "jobs it waits for"),
    field("os", Shape::Word(&["linux", "macos", "windows"]), "operating system of the runner"),
    field("runs-go", Shape::Flag, "whether it runs or sets up Go"),
    field("runs-on", Shape::TextList, "labels of the runner"),
    field("setups", Shape::Number, "how often it uses actions/setup-go"),
    field("timeout", Shape::Duration, "`timeout-minutes:`"),
];

/// Fields of a step in one matrix leg.
pub(super) static STEP: &[Field] = &[
    field("continue-on-error", Shape::Flag, "`continue-on-error:`"),
    field("env.*", Shape::Text, "a variable of the step's process environment"),
    field("foreign-syntax", Shape::Text, "what its script writes in the language of another shell, such as `export X=…` under PowerShell"),
    field("id", Shape::Text, "`id:`"),
    field("index", Shape::Number, "position in the job, from 0"),
    field("lost-exports", Shape::TextList, "Go variables its script sets at its end, for no command: they end with the step"),
    field("name", Shape::Text, "`name:`"),
    field("os", Shape::Word(&["linux", "macos", "windows"]), "operating system of the runner"),
    field("path-from-gobin", Shape::Flag, "whether it puts `$(go env GOBIN)` on PATH"),
    field("run", Shape::Text, "`run:`"),
    field("runs-go", Shape::Flag, "whether it runs Go"),
    field("shell", Shape::Text, "first word of the shell that runs its script"),
    field("timeout", Shape::Duration, "`timeout-minutes:`"),
    field("uses", Shape::Text, "`uses:`"),
    field("working-directory", Shape::Text, "absolute path of the directory it starts in"),
];

/// Fields of a step's `uses:`.
pub(super) static ACTION_USE: &[Field] = &[
    field("before-checkout", Shape::Flag, "whether no earlier step of the job checks the repository out"),
    field("cache-enabled", Shape::Flag, "actions/setup-go: whether it restores and saves Go's caches"),
    field("checks-out", Shape::Flag, "whether a later step of the job checks the repository out"),
    field("dependency-file", Shape::Text, "actions/setup-go: the file whose hash goes into the cache's key"),
    field("dependency-file-found", Shape::Flag, "actions/setup-go: whether that file is in the repository"),
    field("go-version", Shape::Version, "actions/setup-go: what it installs"),
    field("go-version-file-found", Shape::Flag, "actions/setup-go: whether `go-version-file` is in the repository"),
    field("go-version-number", Shape::Text, "actions/setup-go: `go-version` as the workflow spells it, if YAML reads it as another number"),
    field("go-version-source", Shape::Word(&["input", "file", "preinstalled"]), "actions/setup-go: where the version comes from"),
    field("go-version-spec", Shape::Text, "actions/setup-go: the version it asks for, as the action sees it"),
    field(
        "go-version-written",
        Shape::Word(&["none", "literal", "matrix", "expression"]),
        "actions/setup-go: how `go-version` is written: not at all, as it is, from the matrix alone, or with another expression",
    ),
    field("inputs.*", Shape::Text, "an input of `with:`"),
    field("major", Shape::Number, "major version, from the tag or the comment behind a commit hash"),
    field("module-go", Shape::Version, "actions/setup-go: the `go` line of the go.mod at the repository's root"),
    field("name", Shape::Text, "what stands before the `@`, in lower case"),
    field("os", Shape::Word(&["linux", "macos", "windows"]), "operating system of the runner"),
    field("pinned", Shape::Flag, "whether it is pinned to a commit"),
    field("unused-toolchain-line", Shape::Flag, "actions/setup-go: whether go.mod has a `toolchain` line that it does not use"),
    field("version", Shape::Text, "what stands behind the `@`"),
];

/// Fields of a cache of Go directories.
pub(super) static CACHE: &[Field] = &[
    field("action", Shape::Text, "`actions/cache`, `actions/cache/restore`, `actions/cache/save` or `actions/setup-go`"),
    field("covers", Shape::TextList, "which of Go's directories it keeps"),
    field("duplicates-setup-go", Shape::Flag, "whether actions/setup-go keeps the same directories in this job"),
    field("hashes-nothing", Shape::Flag, "whether its key calls `hashFiles` before the job checks the repository out"),
    field("key", Shape::Text, "its key, with what is not known as `${{ … }}`"),
    field(
        "key-inputs",
        Shape::TextList,
        "what its key depends on: `os`, `arch`, `go-version`, `dependencies`, `files` besides go.sum, `commit`, `run`, `date`, `job`, `matrix`, `other`",
    ),
    field("legs-differ-in", Shape::TextList, "what differs between matrix legs that share this key"),
    field("lookup-only", Shape::Flag, "whether it only looks whether there is an entry, and restores none"),
    field("missed-paths", Shape::TextList, "paths that look like Go's caches and are not the directory Go uses there"),
    field("moved-later", Shape::TextList, "Go directories that later commands of the job have elsewhere"),
    field("os", Shape::Word(&["linux", "macos", "windows"]), "operating system of the runner"),
    field("path-inputs", Shape::TextList, "what its paths depend on, in the words of `key-inputs`"),
    field("paths", Shape::TextList, "the paths it keeps"),
    field("restore-keys", Shape::Flag, "whether it falls back to older entries"),
    field("shared-with-jobs", Shape::TextList, "other jobs of the workflow that use the same key"),
    field("verified-later", Shape::Flag, "whether `go mod verify` runs later in the job"),
];

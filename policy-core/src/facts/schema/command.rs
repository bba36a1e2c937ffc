//! Fields of a `go` invocation and of a variable's setting.

use super::{Field, Shape, field};
use crate::facts::go::diagnose::{CAUSES, VERDICTS};

/// Fields of a command, besides those of the place where it runs.
pub(super) static COMMAND: &[Field] = &[
    field("args", Shape::TextList, "arguments that are not flags"),
    field("background", Shape::Flag, "whether it runs in the background (`&`)"),
    field("build-cache-restored", Shape::Flag, "whether an earlier step restores the build cache"),
    field("command-line", Shape::Text, "the whole command line, as far as it is known"),
    field("emulator", Shape::Flag, "whether the job, up to here, speaks of an emulator such as QEMU"),
    field("flags", Shape::TextList, "flags of the command line, as `-name` or `-name=value`"),
    field("job.timeout", Shape::Duration, "`timeout-minutes` of the job"),
    field("mixed-versions", Shape::Flag, "whether its arguments are packages at different versions (`@v1.2.3`), or only some at one"),
    field("module-cache-restored", Shape::Flag, "whether an earlier step restores the module cache"),
    field("parallel", Shape::Flag, "whether another go command of the step runs at the same time"),
    field("pinned-tools", Shape::TextList, "packages that it installs or runs at a version, and that the go.mod in force pins as tools"),
    field("status-ignored", Shape::Flag, "whether its failure is ignored (`|| true`)"),
    field("step.timeout", Shape::Duration, "`timeout-minutes` of the step"),
    field("subcommand", Shape::Text, "`test`, `build`, `mod tidy`, `work sync` …"),
    field("timeout", Shape::Duration, "`-timeout` of `go test`"),
    field("unknown-flags", Shape::TextList, "flags that this subcommand does not have in this release"),
    field("wrapper", Shape::TextList, "words in front of the command, such as `sudo` or `xvfb-run`"),
];

/// Fields of a setting.
pub(super) static SETTING: &[Field] = &[
    field("cause", Shape::Word(CAUSES), "why Go treats it so, in one word"),
    field("default", Shape::Text, "what the variable would be on this machine without this setting; unset in workflows"),
    field("directories-made", Shape::Flag, "whether the job, up to here, may have made directories"),
    field("effective", Shape::Flag, "whether it is what the command sees, not overridden by a later setting"),
    field("go.setup-major", Shape::Number, "major version of actions/setup-go, if that installed Go"),
    field("go.version", Shape::Version, "Go that reads it"),
    field("name", Shape::Text, "the variable"),
    field("os", Shape::Word(&["linux", "macos", "windows"]), "operating system of the machine"),
    field("overridden-by", Shape::Text, "what overrides it: an action, `github-env`, `step-env` …"),
    field("place", Shape::Word(&["machine", "workflow"]), "this machine, or a step of a workflow"),
    field("reason", Shape::Text, "why Go treats it so, in one sentence"),
    field(
        "set-by",
        Shape::Text,
        "what sets it: `workflow-env`, `job-env`, `github-env`, `script`, `action` …; `go-env-write` for what `go env -w` refuses; on this machine `process`, `go-env-file`, `goroot-file`",
    ),
    field("shadows", Shape::Text, "on this machine, what it hides: `go-env-file`, `goroot-file`"),
    field("shell", Shape::Text, "first word of the shell that runs the script"),
    field("stops", Shape::Text, "the commands that fail because of it, if any do"),
    field("suggestion", Shape::Text, "the name that was probably meant"),
    field("value", Shape::Text, "what it is set to"),
    field("verdict", Shape::Word(VERDICTS), "what Go does with it"),
];

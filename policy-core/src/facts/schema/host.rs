//! Fields of this machine, of a directory that Go uses on it, and of a tool written in Go.

use super::{Field, Shape, field};

/// What is known of the environment on this machine, besides what is known of every place. Unset in workflows.
pub(super) static MACHINE: &[Field] = &[
    field("cgo.compiler-found", Shape::Flag, "whether the C compiler that CC names is there"),
    field(
        "go.answer",
        Shape::Word(&["answers", "absent", "no-program", "fails", "hangs", "rubbish", "not-asked"]),
        "what came of asking `go env`: `absent`: no go on PATH; `no-program`: it is a directory, or cannot be started; `fails`: another exit status than 0",
    ),
    field("go.command", Shape::Text, "the go command that PATH leads to: its absolute path"),
    field("go.commands", Shape::TextList, "the different go commands on PATH, first first, links followed"),
    field("go.hidden-commands", Shape::TextList, "those of them that the first one hides"),
    field("go.problem", Shape::Text, "why go gave no answer: its own words, or those of the system"),
    field("go.toolchain-present", Shape::Flag, "whether the toolchain that Go switches to is on this machine; unset if it does not switch"),
    field("goroot.binary-version", Shape::Version, "Go that the go command in GOROOT was built as, read from the file"),
    field("goroot.compiler-version", Shape::Version, "Go that the compiler in GOROOT/pkg/tool was built as, read from the file"),
    field("goroot.installed", Shape::Text, "the tree that the go command on PATH was installed in; unset if it is in none"),
    field("goroot.leftovers", Shape::TextList, "directories of GOROOT/src that belong to another release than the go command"),
    field("goroot.tools", Shape::Flag, "whether GOROOT holds pkg/tool, without which it is no GOROOT; unset if it does not exist"),
    field("goroot.version", Shape::Version, "first line of GOROOT/VERSION"),
    field("module.ignored", Shape::Text, "the nearest go.mod, if Go ignores it because it stands in the very directory of temporary files"),
    field("module.workspace-file", Shape::Text, "the nearest go.work from the working directory upward, in force or not"),
    field("repository", Shape::Text, "absolute path of the repository that the working directory is in"),
    field("user-file", Shape::Text, "the file of `go env -w`, if it exists and is read"),
];

/// Fields of a directory that a variable names, set or by default.
pub(super) static GO_PATH: &[Field] = &[
    field("contains", Shape::TextList, "other directory variables whose directories lie in it, such as GOMODCACHE in GOPATH"),
    field("contents-owner", Shape::Word(OWNERS), "whose the entries in it are: `other` as soon as one is another user's"),
    field("contents-writable", Shape::Flag, "whether every directory in it is writable for this user"),
    field("creatable", Shape::Flag, "whether it could be made; unset if it exists"),
    field("exists", Shape::Flag, "whether there is something of that name"),
    field(
        "filesystem",
        Shape::Text,
        "type of the file system it is on, or would be on, in the system's words: `ext4`, `nfs4`, `overlay`, `tmpfs` …",
    ),
    field("free-space", Shape::Size, "bytes that this user may still write there"),
    field("go.version", Shape::Version, "Go that does the work, after it has switched toolchains"),
    field("group-writable", Shape::Flag, "whether its mode lets the group write"),
    field("holds-module", Shape::Flag, "whether the module in force lies in it, at any depth"),
    field("ignored", Shape::Flag, "whether git ignores it; unset outside the repository"),
    field("inside-goroot", Shape::Flag, "whether it is GOROOT, or lies in it"),
    field("inside-repository", Shape::Flag, "whether it is the repository of the working directory, or lies in it"),
    field("is-module-root", Shape::Flag, "whether it is the directory of the go.mod in force"),
    field("kind", Shape::Word(&["directory", "file", "other"]), "what it is, links followed; unset if it does not exist"),
    field("mode", Shape::Text, "its mode in four octal digits: `0755`; unset on Windows"),
    field("network", Shape::Flag, "whether its file system is one that several machines may share: NFS, SMB, 9p …"),
    field("on-path", Shape::Flag, "whether PATH leads there"),
    field("os", Shape::Word(&["linux", "macos", "windows"]), "operating system of the machine"),
    field("owner", Shape::Word(OWNERS), "whose it is"),
    field("owner-id", Shape::Number, "user id of its owner"),
    field("path", Shape::Text, "the directory: absolute, cleaned, links not followed"),
    field("readable", Shape::Flag, "whether this user may list it"),
    field("set-by", Shape::Text, "what sets the variable: `process`, `go-env-file`, `goroot-file`; `default` if nothing does"),
    field("setgid", Shape::Flag, "whether what is made in it gets its group"),
    field("shared-with", Shape::TextList, "other directory variables that name the same directory"),
    field(
        "variable",
        Shape::Word(DIRECTORIES),
        "the variable; each entry of GOPATH is one subject; GOTMPDIR is TMPDIR's where only that is set",
    ),
    field("value", Shape::Text, "the whole value of the variable"),
    field("world-writable", Shape::Flag, "whether its mode lets everybody write"),
    field(
        "writable",
        Shape::Flag,
        "whether this user can write there: tried by making a file, except in GOROOT and GOPATH; unset if it does not exist",
    ),
];

const OWNERS: &[&str] = &["self", "root", "other"];

/// The variables that there are `go-path` subjects for.
const DIRECTORIES: &[&str] = &["GOBIN", "GOCACHE", "GOMODCACHE", "GOPATH", "GOROOT", "GOTMPDIR", "TMPDIR"];

/// Fields of a program written in Go that stands where `go install` puts commands.
pub(super) static TOOL: &[Field] = &[
    field("built-by", Shape::Version, "Go that built it, read from the file"),
    field("experiments", Shape::TextList, "toolchain experiments that it was built with"),
    field("go.version", Shape::Version, "Go that does the work here, after it has switched toolchains"),
    field("module", Shape::Text, "module that it was built from"),
    field("module-version", Shape::Text, "version of that module; `(devel)` if built from a work tree"),
    field("name", Shape::Text, "name of the file, without `.exe`"),
    field("on-path", Shape::Flag, "whether its name, on PATH, leads to it"),
    field("os", Shape::Word(&["linux", "macos", "windows"]), "operating system of the machine"),
    field("package", Shape::Text, "package that it was built from"),
    field("path", Shape::Text, "absolute path of the file"),
    field(
        "releases-behind",
        Shape::Number,
        "how many minor releases lie between the Go that built it and the one here; below 0 if it is newer",
    ),
    field("runs-here", Shape::Flag, "whether it was built for the system and architecture of this machine"),
    field("shadowed-by", Shape::Text, "another program of that name that PATH leads to"),
    field("variable", Shape::Word(&["GOBIN", "GOPATH"]), "what makes its directory the one of `go install`"),
];

//! What go.mod or go.work says.

use crate::text::Span;

/// go.mod or go.work, read. What only the other file can have is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ModFile {
    /// The module's path.
    pub(crate) module: Option<Argument>,
    /// What a comment on the `module` line says behind `Deprecated:`.
    pub(crate) deprecated: Option<String>,
    /// The `go` line's version, without `go` before it: `1.22.3`.
    pub(crate) go: Option<Argument>,
    /// The `toolchain` line's name: `go1.22.3` or `default`.
    pub(crate) toolchain: Option<Argument>,
    pub(crate) require: Vec<Require>,
    pub(crate) exclude: Vec<ModuleVersion>,
    pub(crate) replace: Vec<Replace>,
    pub(crate) retract: Vec<Retract>,
    /// Package paths.
    pub(crate) tool: Vec<Argument>,
    /// Directories, relative to the file.
    pub(crate) ignore: Vec<Argument>,
    /// Directories of modules, relative to the file or absolute.
    pub(crate) uses: Vec<Argument>,
    pub(crate) godebug: Vec<Godebug>,
    /// Comments that would be build constraints in a Go file: `//go:build …` and `// +build …`.
    pub(crate) constraints: Vec<Argument>,
    /// Every directive, in order, those with problems too.
    pub(crate) lines: Vec<DirectiveLine>,
    /// Everything that is wrong, in the order of the file.
    pub(crate) problems: Vec<Problem>,
}

/// An argument of a directive, unquoted, with the characters it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Argument {
    pub(crate) value: String,
    pub(crate) span: Span,
}

/// What Go refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) span: Span,
    /// In Go's words.
    pub(crate) message: String,
}

/// Where a directive stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DirectiveLine {
    /// The verb, in front of it or of its block.
    pub(crate) verb: Span,
    /// The first argument.
    pub(crate) first: Option<Span>,
    /// The line, without the comment.
    pub(crate) span: Span,
}

/// A module, perhaps at a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ModuleVersion {
    /// Its path; a directory on the right of `replace`.
    pub(crate) path: Argument,
    /// In canonical form.
    pub(crate) version: Option<Argument>,
}

/// `require PATH VERSION`
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Require {
    pub(crate) path: Argument,
    /// In canonical form.
    pub(crate) version: Argument,
    /// Whether it is marked `// indirect`.
    pub(crate) indirect: bool,
}

/// `replace OLD [VERSION] => NEW [VERSION]`
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Replace {
    pub(crate) old: ModuleVersion,
    pub(crate) new: ModuleVersion,
    /// What a comment above it, behind it or above its block says.
    pub(crate) comment: String,
}

/// `retract VERSION`, or a range of versions with both ends included, as they are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Retract {
    pub(crate) low: Argument,
    pub(crate) high: Argument,
    /// What a comment above it, behind it or above its block says.
    pub(crate) rationale: String,
}

/// `godebug KEY=VALUE`
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Godebug {
    pub(crate) key: Argument,
    pub(crate) value: Argument,
}

impl Require {
    /// Path and version.
    pub(crate) fn span(&self) -> Span {
        self.path.span.to(self.version.span)
    }
}

impl ModuleVersion {
    /// Path and version.
    pub(crate) fn span(&self) -> Span {
        self.version.as_ref().map_or(self.path.span, |version| self.path.span.to(version.span))
    }

    /// The version as text.
    pub(crate) fn version(&self) -> Option<&str> {
        self.version.as_ref().map(|version| version.value.as_str())
    }
}

impl Replace {
    /// From the old path to the end of the new one.
    pub(crate) fn span(&self) -> Span {
        self.old.path.span.to(self.new.span())
    }

    /// Whether it leads to a directory and not to another module.
    pub(crate) fn is_directory(&self) -> bool {
        self.new.version.is_none()
    }
}

impl Retract {
    /// Both ends of the range.
    pub(crate) fn span(&self) -> Span {
        self.low.span.to(self.high.span)
    }
}

impl ModFile {
    /// The directive that holds an offset.
    pub(crate) fn line_at(&self, offset: u32) -> Option<&DirectiveLine> {
        let behind = self.lines.partition_point(|line| line.span.start <= offset);
        self.lines.get(behind.checked_sub(1)?).filter(|line| offset <= line.span.end)
    }
}

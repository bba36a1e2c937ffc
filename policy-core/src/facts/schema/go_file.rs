//! Fields of a .go file.

use super::{Field, Shape, field};
use crate::syntax::build_constraint::PLACEMENTS;

static MISTAKEN_TAG: &[Field] =
    &[field("suggestion", Shape::Text, "the tag that was probably meant"), field("tag", Shape::Text, "the tag as it stands there")];

/// Fields of a .go file that has a constraint, or a name that constrains it or looks like that.
pub(super) static GO_FILE: &[Field] = &[
    field("always-true", Shape::Flag, "whether its constraint holds for every build"),
    field("compiled-in-ci", Shape::Flag, "whether any command of the repository's workflows compiles it"),
    field("constraint", Shape::Text, "condition of its `//go:build` line, or else of its `// +build` lines, as Go prints it"),
    field("constraint-satisfiable", Shape::Flag, "whether some build fulfils its constraint, whatever its name"),
    field("error", Shape::Text, "why Go refuses the file, in Go's words"),
    field("filename-constraint", Shape::Text, "condition that its name stands for"),
    field("foreign-tags", Shape::RecordList(MISTAKEN_TAG), "tags that name a system or architecture as others do, such as `i386`"),
    field("has-port", Shape::Flag, "whether Go builds for any system that its constraint and name allow"),
    field("language", Shape::Version, "version of the language it is compiled as, if its constraint lowers that"),
    field("legacy", Shape::TextList, "`// +build` lines that stand where Go looks for them"),
    field(
        "legacy-matches",
        Shape::Flag,
        "whether the `// +build` lines beside `//go:build` are those that go vet expects; unset if there are not both",
    ),
    field("malformed-release-tags", Shape::TextList, "tags such as `go1.21.3`, which no release of Go sets"),
    field("module-go", Shape::Version, "`go` line of its go.mod"),
    field("name-behind-test", Shape::Text, "system or architecture that follows `_test` in its name, where that makes no test"),
    field("name-ignored-arch", Shape::Text, "architecture in its name that does not count because a system follows"),
    field("name-wrong-case", Shape::Text, "system or architecture that its name would stand for if it were in lower case"),
    field("notation", Shape::Word(&["go-build", "plus-build"]), "how its constraint is written"),
    field("old-release-tags", Shape::TextList, "release tags that every Go sets which builds its module"),
    field("outdated", Shape::Flag, "whether only releases too old for its module would build it"),
    field("path", Shape::Text, "its path"),
    field("placement", Shape::Word(PLACEMENTS), "where the first constraint stands that Go does not read; `read` if it reads all"),
    field("repeats-name", Shape::Flag, "whether its name says already all that its constraint says"),
    field("satisfiable", Shape::Flag, "whether some build fulfils its constraint and its name"),
    field("tags", Shape::TextList, "tags of its constraint"),
    field("tags-never-set", Shape::TextList, "tags of its constraint that only `-tags` sets, and no workflow of the repository does"),
    field("test", Shape::Flag, "whether its name makes it a test"),
    field("unreadable-terms", Shape::TextList, "terms of its `// +build` lines that Go cannot read and takes as the tag `ignore`"),
    field("wrong-case-tags", Shape::RecordList(MISTAKEN_TAG), "tags that are no names of systems or architectures for want of lower case"),
];

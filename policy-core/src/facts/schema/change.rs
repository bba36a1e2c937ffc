//! Fields of a changed file.

use super::{Field, Shape, field};

static COMMIT: &[Field] = &[
    field("id", Shape::Text, "its name, in hexadecimal"),
    field("signature", Shape::Word(&["openpgp", "ssh", "x509"]), "kind of signature it carries, valid or not"),
    field("subject", Shape::Text, "first line of its message"),
    field("trailers", Shape::TextList, "trailers of its message, as in `Reviewed-by: A. Person`"),
];

/// Fields of a file that a change adds, alters, renames or deletes.
pub(super) static CHANGE: &[Field] = &[
    field("added", Shape::TextList, "lines that are new or different"),
    field("binary", Shape::Flag, "whether git takes it for binary"),
    field("commits", Shape::RecordList(COMMIT), "the commits of the change that touch it"),
    field("directory", Shape::Text, "the directory it is in; empty for the root"),
    field("go", Shape::Version, "go.mod and go.work: the `go` line"),
    field("go-before", Shape::Version, "go.mod and go.work: the `go` line before the change"),
    field("name", Shape::Text, "last part of its path"),
    field("newest-workflow-go", Shape::Version, "newest Go that workflows of the repository install; unset if they install none"),
    field("path", Shape::Text, "its path; for a deleted file, the one it had"),
    field("paths", Shape::TextList, "the paths of all files of the change"),
    field("previous-path", Shape::Text, "the path it had before it was renamed"),
    field("removed", Shape::TextList, "lines that are gone or different, as they were"),
    field("replaced-checksums", Shape::TextList, "go.sum and go.work.sum: modules whose checksum is another than before"),
    field("siblings", Shape::TextList, "names of the other files of the change in its directory"),
    field("size", Shape::Size, "its size now"),
    field("status", Shape::Word(&["added", "modified", "renamed", "deleted"]), "what happened to it"),
    field("vendored-in", Shape::Text, "the directory that holds the vendor directory it is in; empty for the root"),
];

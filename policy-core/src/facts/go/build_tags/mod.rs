//! Build tags: which ones Go sets itself, what a file's name stands for, and whether a condition on them can hold at all.
//!
//! Source: `matchTag` and `goodOSArchFile` of `go/build/build.go`, `internal/syslist/syslist.go`; the same in Go 1.21 to 1.27.

pub(crate) mod file_name;
pub(crate) mod pair;
pub(crate) mod platform;
pub(crate) mod release;
pub(crate) mod satisfy;

/// What decides whether a tag is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TagKind {
    /// GOOS and GOARCH.
    Platform,
    /// The release of Go: `go1.21`.
    Release(u32),
    /// The compiler: `gc` or `gccgo`.
    Compiler,
    /// Something else that Go itself sets: `cgo`, `race`, `goexperiment.synctest`, `amd64.v2`.
    Tool,
    /// `-tags`, or nobody.
    Custom,
}

/// What decides whether a tag is set.
pub(crate) fn kind(tag: &str) -> TagKind {
    if tag == platform::UNIX || platform::is_os(tag) || platform::is_arch(tag) {
        return TagKind::Platform;
    }
    match release::parse(tag) {
        Some(minor) => TagKind::Release(minor),
        None if ["gc", "gccgo"].contains(&tag) => TagKind::Compiler,
        None if is_tool_tag(tag) => TagKind::Tool,
        None => TagKind::Custom,
    }
}

/// Tags of `internal/buildcfg` (`ToolTags`), and those that come with flags of the same name.
fn is_tool_tag(tag: &str) -> bool {
    let feature = |(arch, _): (&str, &str)| platform::is_arch(arch) || arch == "goexperiment";
    ["asan", "boringcrypto", "cgo", "msan", "race"].contains(&tag) || tag.split_once('.').is_some_and(feature)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_told_apart_by_what_sets_them() {
        for (tag, expected) in [
            ("linux", TagKind::Platform),
            ("unix", TagKind::Platform),
            ("amd64", TagKind::Platform),
            ("go1.21", TagKind::Release(21)),
            ("gccgo", TagKind::Compiler),
            ("race", TagKind::Tool),
            ("goexperiment.synctest", TagKind::Tool),
            ("arm64.v8.0", TagKind::Tool),
            ("go1.21.3", TagKind::Custom),
            ("Linux", TagKind::Custom),
            ("integration", TagKind::Custom),
            ("v1.2", TagKind::Custom),
        ] {
            assert_eq!(kind(tag), expected, "{tag}");
        }
    }
}

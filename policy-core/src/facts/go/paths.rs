//! Paths as texts, by the rules of Go's `path/filepath` for the system that Go runs on. Nothing is looked up on a disk.

/// The system that Go runs on, as far as it matters for paths and places of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum System {
    /// Linux and everything like it.
    Unix,
    /// macOS.
    Mac,
    /// Windows.
    Windows,
}

impl System {
    /// The system of a GOOS.
    pub(crate) fn of(goos: &str) -> Self {
        match goos {
            "windows" => Self::Windows,
            "darwin" | "ios" => Self::Mac,
            _ => Self::Unix,
        }
    }

    /// `:` or `;`, between the directories of GOPATH.
    pub(crate) fn list_separator(self) -> char {
        if self == Self::Windows { ';' } else { ':' }
    }

    /// `filepath.IsAbs`.
    pub(crate) fn is_absolute(self, path: &str) -> bool {
        match self {
            Self::Windows => {
                let (volume, rest) = split_volume(path);
                !volume.is_empty() && (rest.starts_with(is_slash) || volume.len() > 2)
            }
            _ => path.starts_with('/'),
        }
    }

    /// `filepath.Join`: the non-empty parts with separators between them, cleaned.
    pub(crate) fn join(self, parts: &[&str]) -> String {
        let parts: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
        if parts.is_empty() { String::new() } else { self.clean(&parts.join("/")) }
    }

    /// `filepath.Clean`, for paths without exotic volumes.
    pub(crate) fn clean(self, path: &str) -> String {
        match self {
            Self::Windows => {
                let (volume, rest) = split_volume(path);
                volume.replace('/', "\\") + &clean_slashes(&rest.replace('\\', "/")).replace('/', "\\")
            }
            _ => clean_slashes(path),
        }
    }

    /// `filepath.SplitList`'s first directory.
    pub(crate) fn first_of_list(self, list: &str) -> &str {
        list.split(self.list_separator()).next().unwrap_or_default()
    }
}

fn is_slash(c: char) -> bool {
    matches!(c, '/' | '\\')
}

/// `C:` or `\\server\share` in front, and the rest.
fn split_volume(path: &str) -> (&str, &str) {
    if let [drive, b':', ..] = path.as_bytes()
        && drive.is_ascii_alphabetic()
    {
        return path.split_at_checked(2).unwrap_or(("", path));
    }
    let Some(share) = path.strip_prefix(r"\\").or_else(|| path.strip_prefix("//")) else { return ("", path) };
    let mut slashes = share.match_indices(is_slash).map(|(index, _)| index + 2);
    match (slashes.next(), slashes.next()) {
        (Some(_), end) => path.split_at_checked(end.unwrap_or(path.len())).unwrap_or((path, "")),
        _ => ("", path),
    }
}

fn clean_slashes(path: &str) -> String {
    let rooted = path.starts_with('/');
    let mut kept: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match (part, kept.last()) {
            ("" | ".", _) => {}
            ("..", Some(last)) if *last != ".." => drop(kept.pop()),
            ("..", None) if rooted => {}
            _ => kept.push(part),
        }
    }
    match (rooted, kept.join("/")) {
        (true, rest) => format!("/{rest}"),
        (false, rest) if rest.is_empty() => ".".to_owned(),
        (false, rest) => rest,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_cleaned_as_go_cleans_them() {
        for (path, clean) in [("/a//b/./c/..", "/a/b"), ("a/../..", ".."), ("", "."), ("/..", "/"), ("../../x", "../../x"), ("a/", "a")] {
            assert_eq!(System::Unix.clean(path), clean, "{path}");
        }
        for (path, clean) in [(r"C:\a/b\..", r"C:\a"), (r"\\host\share\a\.", r"\\host\share\a"), (r"a\b/", r"a\b")] {
            assert_eq!(System::Windows.clean(path), clean, "{path}");
        }
    }

    #[test]
    fn joining_leaves_empty_parts_out() {
        assert_eq!(System::Unix.join(&["/home/me/", "go", "pkg/mod"]), "/home/me/go/pkg/mod");
        assert_eq!(System::Windows.join(&[r"C:\Users\me", "go-build"]), r"C:\Users\me\go-build");
        assert_eq!(System::Unix.join(&["", ""]), "");
    }

    #[test]
    fn absolute_depends_on_the_system() {
        assert!(System::Unix.is_absolute("/x") && !System::Unix.is_absolute("~/x") && !System::Unix.is_absolute(r"C:\x"));
        assert!(
            System::Windows.is_absolute(r"C:\x") && System::Windows.is_absolute("D:/x") && System::Windows.is_absolute(r"\\host\share")
        );
        assert!(!System::Windows.is_absolute(r"\x") && !System::Windows.is_absolute("C:x") && !System::Windows.is_absolute("/x"));
    }
}

//! Absolute paths of this machine.

use crate::facts::go::paths::System;

/// The directory that a path is in; `None` at the top.
pub(super) fn parent(system: System, path: &str) -> Option<&str> {
    let separators: &[char] = if system == System::Windows { &['/', '\\'] } else { &['/'] };
    let path = path.trim_end_matches(separators);
    let (parent, name) = path.rsplit_once(separators)?;
    if name.is_empty() {
        None
    } else if parent.is_empty() || parent.ends_with(':') {
        path.get(..=parent.len())
    } else {
        Some(parent)
    }
}

/// A path and the directories above it, innermost first.
pub(super) fn upward(system: System, path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), move |path| parent(system, path).filter(|parent| parent.len() < path.len()))
}

/// Whether a cleaned path is a directory, or lies in it.
pub(super) fn is_within(system: System, path: &str, directory: &str) -> bool {
    relative(system, path, directory).is_some()
}

/// What is left of a cleaned path below a directory; empty if it is the directory itself.
pub(super) fn relative<'p>(system: System, path: &'p str, directory: &str) -> Option<&'p str> {
    let (start, rest) = path.split_at_checked(directory.len())?;
    let same = if system == System::Windows { start.eq_ignore_ascii_case(directory) } else { start == directory };
    let at_boundary = rest.is_empty() || rest.starts_with(['/', '\\']) || directory.ends_with(['/', '\\']);
    (same && at_boundary).then(|| rest.trim_start_matches(['/', '\\']))
}

/// A path as it is shown: with slashes.
pub(super) fn label(system: System, path: &str) -> String {
    if system == System::Windows { path.replace('\\', "/") } else { path.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn upward_ends_at_the_top() {
        assert_eq!(upward(System::Unix, "/a/b/").collect::<Vec<_>>(), ["/a/b/", "/a", "/"]);
        assert_eq!(upward(System::Windows, r"C:\a\b").collect::<Vec<_>>(), [r"C:\a\b", r"C:\a", r"C:\"]);
    }

    #[test]
    fn within_is_by_whole_names() {
        for (path, directory, expected) in
            [("/a/b", "/a", Some("b")), ("/ab", "/a", None), ("/a", "/a", Some("")), ("/a", "/", Some("a")), ("/", "/a", None)]
        {
            assert_eq!(relative(System::Unix, path, directory), expected, "{path} in {directory}");
        }
        assert!(is_within(System::Windows, r"c:\Go\src", r"C:\go"));
    }
}

//! Paths of Unix and of Windows, compared as texts: no file system is asked.

use super::Case;
use crate::policy::truth::Truth;

pub(super) fn absolute(case: &Case<'_>) -> Truth {
    match case.datum.as_text() {
        Some(path) => Truth::from(is_absolute(path)).agrees_with(case.yes()),
        None => Truth::False,
    }
}

pub(super) fn inside(case: &Case<'_>) -> Truth {
    case.texts(is_inside)
}

/// `/x`, `C:\x`, `C:/x`, `\\host\share`.
fn is_absolute(path: &str) -> bool {
    path.starts_with('/') || path.starts_with(r"\\") || drive(path).is_some_and(|rest| rest.starts_with(['/', '\\']))
}

/// What follows a drive letter.
fn drive(path: &str) -> Option<&str> {
    let (drive, rest) = path.split_at_checked(2)?;
    let mut chars = drive.chars();
    let is_drive = chars.next().is_some_and(|c| c.is_ascii_alphabetic()) && chars.next() == Some(':');
    is_drive.then_some(rest)
}

fn is_inside(path: &str, directory: &str) -> bool {
    if is_absolute(path) != is_absolute(directory) {
        return false;
    }
    let (path, directory) = (components(path), components(directory));
    // `..` that is left over leads out of any directory that we can name.
    path.starts_with(&directory) && path.get(directory.len()).is_none_or(|next| next != "..")
}

/// The names of a path, with `.` and `name/..` taken away. On Windows, where case does not count, in lower case.
fn components(path: &str) -> Vec<String> {
    let windows = drive(path).is_some() || path.contains('\\');
    let split: Vec<String> = match windows {
        true => path.to_lowercase().split(['/', '\\']).map(Into::into).collect(),
        false => path.split('/').map(Into::into).collect(),
    };
    let mut kept: Vec<String> = Vec::new();
    for name in split {
        match &*name {
            "" | "." => {}
            ".." if kept.last().is_some_and(|last| last != "..") => drop(kept.pop()),
            _ => kept.push(name),
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absolute_paths_of_both_worlds() {
        for path in ["/", "/a", r"C:\a", "c:/a", r"\\host\share"] {
            assert!(is_absolute(path), "{path}");
        }
        for path in ["", "a", "./a", "C:a", "~/a", "$HOME/a", r"\a", "é:"] {
            assert!(!is_absolute(path), "{path}");
        }
    }

    #[test]
    fn inside_goes_by_components() {
        for (path, directory, expected) in [
            ("/a/b", "/a", true),
            ("/a", "/a/", true),
            ("/ab", "/a", false),
            ("/a/../b", "/a", false),
            ("a/b", ".", true),
            ("../b", ".", false),
            (r"C:\Users\x\go", "c:/users", true),
            ("a", "/a", false),
        ] {
            assert_eq!(is_inside(path, directory), expected, "{path} {directory}");
        }
    }
}

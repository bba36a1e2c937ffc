//! Paths as a runner has them: with `/`, or on Windows with `\` and drive letters.

use std::sync::Arc;

use crate::facts::value::{Choice, Datum, Origin, OriginKind, Reason, Value};

/// Whether a path is absolute, in the manner of either system.
pub(crate) fn is_absolute(path: &str) -> bool {
    let drive = path.as_bytes().get(1) == Some(&b':') && path.as_bytes().first().is_some_and(u8::is_ascii_alphabetic);
    path.starts_with(['/', '\\']) || drive
}

/// `path` seen from `directory`, with dots resolved; slashes as in `directory`.
pub(crate) fn below(directory: &str, path: &str) -> String {
    let separator = if directory.contains('\\') { '\\' } else { '/' };
    let whole = if is_absolute(path) { path.to_owned() } else { format!("{directory}{separator}{path}") };
    clean(&whole, separator)
}

fn clean(path: &str, separator: char) -> String {
    let root = if path.starts_with(['/', '\\']) { 1 } else { 0 };
    let mut clean = String::with_capacity(path.len());
    clean.extend((root > 0).then_some(separator));
    for part in path.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => clean.truncate(clean.rfind(separator).unwrap_or(0).max(root)),
            name => {
                clean.extend((clean.len() > root).then_some(separator));
                clean.push_str(name);
            }
        }
    }
    clean
}

/// The part of a path below `directory`, with `/`; `None` if it is elsewhere.
pub(crate) fn relative_to(directory: &str, path: &str) -> Option<String> {
    let normal = |text: &str| text.replace('\\', "/");
    let (directory, path) = (normal(directory), normal(path));
    let rest = path.strip_prefix(&directory)?;
    if rest.is_empty() { Some(String::new()) } else { rest.strip_prefix('/').map(str::to_owned) }
}

/// A path as actions/cache takes it: `~` stays, everything else is relative to the workspace.
pub(crate) fn expanded(path: &str, workspace: &str) -> String {
    if path.starts_with(['~', '$', '%']) { path.to_owned() } else { below(workspace, path) }
}

/// Directories in front of a list such as PATH. If one is unknown, so is the list.
pub(crate) fn join_list(directories: &[Value], rest: &Value, separator: &str) -> Value {
    let origin =
        directories.first().and_then(Value::single).map_or_else(|| Origin::of(OriginKind::GithubPath), |choice| Arc::clone(&choice.origin));
    let mut texts: Vec<Arc<str>> = Vec::new();
    for directory in directories.iter().chain([rest]) {
        match directory.single() {
            Some(Choice { datum: Datum::Text(text), .. }) => texts.push(Arc::clone(text)),
            _ => return Value::unknown(directory.reason().cloned().unwrap_or_else(|| Reason::new("a directory of PATH"))),
        }
    }
    Value::text(texts.join(separator), origin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_joined_in_the_manner_of_the_system() {
        assert_eq!(below("/w/r", "./a/../b/"), "/w/r/b");
        assert_eq!(below("/w/r", "/x"), "/x");
        assert_eq!(below("D:\\a\\r", "x/y"), "D:\\a\\r\\x\\y");
        assert_eq!(below("D:\\a\\r", "C:/x"), "C:\\x");
        assert_eq!(relative_to("/w/r", "/w/r/b"), Some("b".into()));
        assert_eq!(relative_to("/w/r", "/w/rest"), None);
    }
}

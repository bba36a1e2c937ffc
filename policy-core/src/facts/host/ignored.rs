//! Whether git ignores a path, by the files that say so (<https://git-scm.com/docs/gitignore>), the user's own among them aside.

use ignore::gitignore::GitignoreBuilder;

use super::Host;

/// Files of patterns are short.
const LARGEST_FILE: u64 = 1 << 20;

/// Whether git ignores what is at `inside` below the root of a repository, as a directory. The innermost file that says anything counts.
pub(super) fn is_ignored(host: &Host<'_>, root: &str, inside: &str) -> bool {
    let mut verdict = None;
    for (directory, file) in pattern_files(host, root, inside) {
        let Ok(content) = host.machine.read(&file, 0..LARGEST_FILE) else { continue };
        let mut patterns = GitignoreBuilder::new(&directory);
        for line in String::from_utf8_lossy(&content).lines() {
            // A pattern that cannot be read matches nothing, as with git.
            let _ = patterns.add_line(None, line);
        }
        let Ok(patterns) = patterns.build() else { continue };
        let matched = patterns.matched_path_or_any_parents(host.system.join(&[root, inside]), true);
        verdict = if matched.is_none() { verdict } else { Some(matched.is_ignore()) };
    }
    verdict.unwrap_or(false)
}

/// The files, outermost first, each with the directory that its patterns are about.
fn pattern_files(host: &Host<'_>, root: &str, inside: &str) -> Vec<(String, String)> {
    let join = |parts: &[&str]| host.system.join(parts);
    let mut files = vec![(root.to_owned(), join(&[root, ".git/info/exclude"])), (root.to_owned(), join(&[root, ".gitignore"]))];
    let mut directory = root.to_owned();
    let mut names: Vec<&str> = inside.split(['/', '\\']).collect();
    names.pop();
    for name in names {
        directory = join(&[&directory, name]);
        files.push((directory.clone(), join(&[&directory, ".gitignore"])));
    }
    files
}

/// What is about to be committed or pushed, compared with what it starts from: plain data, for whoever knows git to fill in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// The files that differ, sorted by path. A file that a merge takes over unchanged from one of its sides does not.
    pub files: Vec<ChangedFile>,
    /// The commits between the two, oldest first; `None` if they are not known.
    pub commits: Option<Vec<Commit>>,
}

/// A file that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedFile {
    /// Its path now; for a deleted file, the path it had. With `/`, relative to the world's root.
    pub path: String,
    /// The path it had, if it was renamed.
    pub previous: Option<String>,
    /// What happened to it.
    pub status: FileStatus,
    /// Its size now, in bytes.
    pub size: u64,
    /// Whether git takes it for binary: there is a NUL among its first 8,000 bytes.
    pub binary: bool,
    /// Its changed lines; `None` for a binary file, and one too large to be compared.
    pub lines: Option<ChangedLines>,
    /// Whether [`Changes::commits`] hold the whole of it, and nothing is left to be committed.
    pub committed: bool,
}

/// What happened to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileStatus {
    /// It is new.
    Added,
    /// Its content, kind or mode is another.
    Modified,
    /// It has another path, and perhaps another content.
    Renamed,
    /// It is gone.
    Deleted,
}

/// Changed lines of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangedLines {
    /// Numbers, from 1, of the lines that are new or different, sorted.
    pub added: Vec<u32>,
    /// The lines that are gone or different, as they were, without line breaks.
    pub removed: Vec<String>,
}

/// A commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// Its name, in hexadecimal.
    pub id: String,
    /// First line of its message.
    pub subject: String,
    /// The kind of signature it carries. That it is valid is not said: nobody has checked it.
    pub signature: Option<SignatureKind>,
    /// Names and values of the trailers at the end of its message: `Reviewed-by`, `A. Person <a@example.com>`.
    pub trailers: Vec<(String, String)>,
    /// Paths of the files it changes, sorted; for a merge, those that are as in none of its parents.
    pub paths: Vec<String>,
}

/// How a commit is signed: the formats of git's `gpg.format`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SignatureKind {
    /// With OpenPGP.
    OpenPgp,
    /// With an SSH key.
    Ssh,
    /// With an X.509 certificate.
    X509,
}

impl Changes {
    /// The file that now has this path, or had it before it was deleted.
    pub fn file(&self, path: &str) -> Option<&ChangedFile> {
        let at = self.files.binary_search_by(|file| file.path.as_str().cmp(path)).ok()?;
        self.files.get(at)
    }
}

impl ChangedFile {
    /// Whether any of these lines (from 1, both included) is new or different. So is every line of a file that was not compared.
    pub fn touches(&self, first: u32, last: u32) -> bool {
        self.lines.as_ref().is_none_or(|lines| {
            let from = lines.added.partition_point(|line| *line < first);
            lines.added.get(from).is_some_and(|line| *line <= last)
        })
    }
}

impl FileStatus {
    /// All, in the order of their declaration.
    pub const ALL: [Self; 4] = [Self::Added, Self::Modified, Self::Renamed, Self::Deleted];

    /// As rules write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Modified => "modified",
            Self::Renamed => "renamed",
            Self::Deleted => "deleted",
        }
    }
}

impl SignatureKind {
    /// All, in alphabetical order.
    pub const ALL: [Self; 3] = [Self::OpenPgp, Self::Ssh, Self::X509];

    /// The kind of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// As git's `gpg.format` names it.
    pub fn name(self) -> &'static str {
        match self {
            Self::OpenPgp => "openpgp",
            Self::Ssh => "ssh",
            Self::X509 => "x509",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changed_lines_are_touched_and_all_of_a_file_that_was_not_compared() {
        let lines = Some(ChangedLines { added: vec![3, 4, 9], removed: Vec::new() });
        let mut file = ChangedFile {
            path: String::from("f"),
            previous: None,
            status: FileStatus::Modified,
            size: 0,
            binary: false,
            lines,
            committed: true,
        };
        for (first, last, expected) in [(1, 2, false), (1, 3, true), (4, 4, true), (5, 8, false), (8, 12, true), (10, 12, false)] {
            assert_eq!(file.touches(first, last), expected, "{first} to {last}");
        }
        file.lines = None;
        assert!(file.touches(1, 2));
    }
}

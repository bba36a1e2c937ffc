//! Which findings are reported of all that was judged: those of a change.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use policy_core::judge::{Finding, Report};
use policy_core::text::Location;
use policy_core::world::Changes;

use crate::exit::Failure;

/// The part of the repository that is asked about. What is read and judged does not depend on it.
pub(crate) struct Scope<'a> {
    /// What differs from the state before.
    pub(crate) changes: &'a Changes,
    /// Changed lines count, not all of a changed file.
    pub(crate) lines_only: bool,
    /// The files that a hook client names, if one is asking.
    pub(crate) listed: Option<Listed<'a>>,
}

/// The files that a hook client names.
pub(crate) struct Listed<'a> {
    pub(crate) files: &'a [String],
    /// Whether it asks on behalf of a commit or a push, so that git knows more than the list.
    pub(crate) for_git: bool,
}

/// How a finding stands to the change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Relation {
    /// It is about something that changed.
    Touched,
    /// It is about a changed file that the client has left out.
    LeftOut,
    /// It is about something else, which may still be wrong because of the change.
    Elsewhere,
}

/// What makes a finding the same before and after: rule, path now, symbolic place.
type Identity = (Arc<str>, String, String);

impl Scope<'_> {
    /// Leaves in the report what touches the change, and what was not found before: deleting a file can make another one wrong.
    /// `before` judges the states before the change; it is only asked if the answer matters.
    pub(crate) fn narrow(&self, report: &mut Report, before: impl FnOnce() -> Result<Vec<Report>, Failure>) -> Result<(), Failure> {
        let is_elsewhere = |finding: &Finding| self.relation(finding) == Relation::Elsewhere;
        let known = if report.findings.iter().any(is_elsewhere) { self.identities(&before()?) } else { BTreeSet::new() };
        report.retain(
            |finding| match self.relation(finding) {
                Relation::Touched => true,
                Relation::LeftOut => false,
                Relation::Elsewhere => !known.contains(&identity(finding, finding.location.path())),
            },
            |location| self.touches(location),
        );
        Ok(())
    }

    fn relation(&self, finding: &Finding) -> Relation {
        let mut locations = std::iter::once(&finding.location).chain(finding.related.iter().map(|related| &related.location));
        if locations.any(|location| self.touches(location)) {
            return Relation::Touched;
        }
        let path = finding.location.path();
        let left_out = self.listed.is_some() && is_listable(path) && self.changes.file(path).is_some() && !self.lines_only;
        if left_out { Relation::LeftOut } else { Relation::Elsewhere }
    }

    fn touches(&self, location: &Location) -> bool {
        let changed = self.changes.file(location.path());
        let in_lines = || changed.is_some_and(|file| file.touches(location.start().line, location.end().line));
        let asked_for = match &self.listed {
            None => changed.is_some(),
            // Git knows better than the client which files of a merge are as on neither side.
            Some(Listed { for_git: true, .. }) if changed.is_none() => false,
            Some(listed) => !is_listable(location.path()) || listed.files.iter().any(|file| file == location.path()),
        };
        asked_for && (!self.lines_only || in_lines())
    }

    /// A renamed file keeps its findings.
    fn identities(&self, before: &[Report]) -> BTreeSet<Identity> {
        let renamed: BTreeMap<&str, &str> =
            self.changes.files.iter().filter_map(|file| Some((file.previous.as_deref()?, file.path.as_str()))).collect();
        let path_now = |finding: &Finding| {
            let path = finding.location.path();
            renamed.get(path).map_or_else(|| path.to_owned(), |now| (*now).to_owned())
        };
        before.iter().flat_map(|report| &report.findings).map(|finding| identity(finding, &path_now(finding))).collect()
    }
}

fn identity(finding: &Finding, path: &str) -> Identity {
    (Arc::clone(&finding.rule), path.to_owned(), finding.route.clone())
}

/// Whether `.pre-commit-hooks.yaml` asks clients to name this file. A finding in any other one says nothing about their wishes.
fn is_listable(path: &str) -> bool {
    const NAMES: &[&str] = &[
        ".go-version",
        ".tool-versions",
        "GNUmakefile",
        "Makefile",
        "action.yaml",
        "action.yml",
        "go.env",
        "go.mod",
        "go.sum",
        "go.work",
        "go.work.sum",
        "makefile",
    ];
    let (directory, name) = path.rsplit_once('/').unwrap_or(("", path));
    let is_in = |wanted: &str| directory.strip_suffix(wanted).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'));
    let ends = |suffixes: &[&str]| suffixes.iter().any(|suffix| name.ends_with(suffix));
    NAMES.contains(&name)
        || ends(&[".sh", ".bash"])
        || (is_in(".github/workflows") && ends(&[".yml", ".yaml"]))
        || (is_in("vendor") && name == "modules.txt")
}

#[cfg(test)]
mod tests {
    use super::*;
    use policy_core::judge::{Related, Severity};
    use policy_core::text::Text;
    use policy_core::world::{ChangedFile, ChangedLines, FileStatus};

    fn changed(path: &str, added: &[u32]) -> ChangedFile {
        let lines = Some(ChangedLines { added: added.into(), removed: Vec::new() });
        let status = FileStatus::Modified;
        ChangedFile { path: path.into(), previous: None, status, size: 1, binary: false, lines, committed: true }
    }

    /// In a line of a file, at a symbolic place.
    fn finding(path: &str, line: u32, route: &str) -> Finding {
        let mut finding = Finding::new("rule", "policy", Severity::Error, "m", at(path, line));
        finding.route = route.into();
        finding
    }

    fn at(path: &str, line: u32) -> Location {
        let text = Text::file(path, "x\n".repeat(9));
        Location::new(&text, text.line_span(line).unwrap())
    }

    fn left(scope: &Scope<'_>, findings: Vec<Finding>, before: Vec<Finding>) -> Vec<String> {
        let report = |findings| {
            let mut report = Report::default();
            report.findings = findings;
            report
        };
        let mut now = report(findings);
        scope.narrow(&mut now, || Ok(vec![report(before)])).unwrap();
        now.findings.into_iter().map(|finding| finding.route).collect()
    }

    #[test]
    fn what_touches_a_changed_file_or_was_not_there_is_left() {
        let changes = Changes { files: vec![changed("a", &[2])], commits: None };
        let mut pointing = finding("c", 1, "points at a");
        pointing.related.push(Related { message: "m".into(), location: at("a", 5) });
        let all = vec![finding("a", 5, "in a"), finding("b", 1, "old"), finding("b", 1, "new"), pointing];
        let before = vec![finding("b", 7, "old")];
        let scope = Scope { changes: &changes, lines_only: false, listed: None };
        assert_eq!(left(&scope, all.clone(), before.clone()), ["in a", "new", "points at a"]);
        let known = [before, vec![finding("a", 5, "in a"), finding("c", 1, "points at a")]].concat();
        let lines = Scope { lines_only: true, ..scope };
        assert_eq!(left(&lines, [all, vec![finding("a", 2, "line")]].concat(), known), ["new", "line"]);
    }

    #[test]
    fn the_state_before_is_not_judged_in_vain() {
        let changes = Changes { files: vec![changed("a", &[1])], commits: None };
        let scope = Scope { changes: &changes, lines_only: false, listed: None };
        let mut report = Report::default();
        report.findings = vec![finding("a", 1, "in a")];
        scope.narrow(&mut report, || panic!("is not needed")).unwrap();
    }

    #[test]
    fn a_hook_client_has_the_last_word_on_the_files_it_names() {
        let changes =
            Changes { files: vec![changed("excluded.sh", &[1]), changed("listed.sh", &[1]), changed("z.go", &[1])], commits: None };
        let files = [String::from("listed.sh"), String::from("unchanged.sh")];
        let scope = |for_git| Scope { changes: &changes, lines_only: false, listed: Some(Listed { files: &files, for_git }) };
        let all = ["excluded.sh", "listed.sh", "unchanged.sh", "elsewhere.sh", "y.go", "z.go"].map(|path| finding(path, 1, path));
        let before = vec![finding("elsewhere.sh", 1, "elsewhere.sh"), finding("y.go", 1, "y.go")];
        let unchanged = vec![finding("unchanged.sh", 1, "unchanged.sh")];
        assert_eq!(left(&scope(true), all.to_vec(), [before.clone(), unchanged].concat()), ["listed.sh", "z.go"]);
        assert_eq!(left(&scope(false), all.to_vec(), before), ["listed.sh", "unchanged.sh", "y.go", "z.go"]);
    }

    #[test]
    fn the_files_asked_for_are_those_of_the_hooks() {
        let manifest = include_str!("../.pre-commit-hooks.yaml");
        let pattern = manifest.split_once("&files |\n").unwrap().1.split_once("stages:").unwrap().0;
        let pattern = regex::Regex::new(&pattern.lines().map(str::trim).collect::<Vec<_>>().join("\n")).unwrap();
        let directories =
            ["", ".github/workflows/", "a/.github/workflows/", "x.github/workflows/", ".github/workflows/a/", "vendor/", "b/vendor/"];
        let names = [
            "ci.yml",
            "ci.yaml",
            ".yml",
            "action.yml",
            "action.yaml",
            "xaction.yml",
            "go.mod",
            "go.sum",
            "go.work",
            "go.work.sum",
            "go.env",
            ".go-version",
            ".tool-versions",
            "Makefile",
            "makefile",
            "GNUmakefile",
            "a.mk",
            "a.sh",
            "a.bash",
            ".sh",
            "modules.txt",
            "main.go",
            "ash",
            "go.modx",
        ];
        for path in directories.iter().flat_map(|directory| names.map(|name| format!("{directory}{name}"))) {
            assert_eq!(is_listable(&path), pattern.is_match(&path), "{path}");
        }
    }

    #[test]
    fn a_renamed_file_keeps_its_findings() {
        let mut renamed = changed("new", &[]);
        renamed.previous = Some("old".into());
        let changes = Changes { files: vec![renamed], commits: None };
        let scope = Scope { changes: &changes, lines_only: true, listed: None };
        assert_eq!(left(&scope, vec![finding("new", 1, "same")], vec![finding("old", 3, "same")]), [""; 0]);
    }
}

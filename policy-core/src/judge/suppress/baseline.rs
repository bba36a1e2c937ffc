//! Findings that were there before: a file that records them by what they are, not by their lines.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

use super::{complaint, in_force, is_open};
use crate::judge::report::{Finding, Report};
use crate::policy::error::Problems;
use crate::policy::spot::{Spot, Table};
use crate::policy::{LoadError, LoadErrors};
use crate::syntax::yaml::{self, Limits};
use crate::text::{Location, Text};
use crate::world::{self, World};

/// Where a repository's baseline stands, relative to its root.
pub const BASELINE_FILE: &str = ".gopolicy-baseline.yaml";

/// Bytes and nodes that a baseline may have: some hundred thousand findings.
const LARGEST: u64 = 32 << 20;
const MOST_NODES: usize = 2_000_000;

const HEADER: &str = "\
# What gopolicy found when this was recorded. Only findings that are not listed here count.
# `gopolicy baseline` records anew.
version: 1
";

/// What names a finding while lines move: rule, path and symbolic place.
type Identity = (String, String, String);

/// Findings that are accepted because they were there before.
#[derive(Clone, Debug, Default)]
pub struct Baseline {
    entries: Vec<Entry>,
}

#[derive(Clone, Debug)]
struct Entry {
    identity: Identity,
    count: u32,
    location: Location,
}

impl Baseline {
    /// The baseline of the repository that `world` is, if it has one ([`BASELINE_FILE`]).
    ///
    /// # Errors
    /// Everything that is wrong with the file.
    pub fn load(world: &dyn World) -> Result<Option<Self>, LoadErrors> {
        if !world.is_file(BASELINE_FILE) {
            return Ok(None);
        }
        let text = world::load(world, BASELINE_FILE, LARGEST);
        let text = text.map_err(|problem| LoadError::new(None, format!("`{BASELINE_FILE}` {problem}")))?;
        Self::read(&text).map(Some)
    }

    fn read(text: &Arc<Text>) -> Result<Self, LoadErrors> {
        let document = yaml::parse(text, Limits { nodes: MOST_NODES, ..Limits::default() });
        let document = document.map_err(|error| LoadError::new(Some(Location::new(text, error.span)), error.message))?;
        let mut problems = Problems::default();
        let spot = Spot { text, node: &document.root };
        let list = spot.table("a baseline: `version`, `findings`", &["version", "findings"], &mut problems);
        let list = list.and_then(|table| table.required(spot, "findings", &mut problems));
        let entries = list.map(|list| list.items(&mut problems)).unwrap_or_default();
        let entries = entries.into_iter().filter_map(|entry| Entry::read(entry, &mut problems)).collect();
        problems.or(Self { entries })
    }

    /// The text of a baseline with these findings; those about suppressions are left out.
    pub fn text_of(findings: &[Finding]) -> String {
        let mut counts: BTreeMap<Identity, u32> = BTreeMap::new();
        for finding in findings.iter().filter(|finding| !complaint::is_one(finding)) {
            *counts.entry(identity(finding)).or_default() += 1;
        }
        let mut text = HEADER.to_owned();
        text.push_str(if counts.is_empty() { "findings: []\n" } else { "findings:\n" });
        for ((rule, path, place), count) in counts {
            let count = if count > 1 { format!(", count: {count}") } else { String::new() };
            let _ = writeln!(text, "  - {{ rule: {}, path: {}, place: {}{count} }}", quoted(&rule), quoted(&path), quoted(&place));
        }
        text
    }

    /// How many findings are recorded.
    pub fn len(&self) -> usize {
        self.entries.iter().map(|entry| entry.count as usize).sum()
    }

    /// Whether none is recorded.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What is left to be met.
    pub(super) fn open(&self) -> Open<'_> {
        let mut left: BTreeMap<&Identity, u32> = BTreeMap::new();
        for entry in &self.entries {
            *left.entry(&entry.identity).or_default() += entry.count;
        }
        Open { baseline: self, left }
    }
}

impl Entry {
    fn read(spot: Spot<'_>, problems: &mut Problems) -> Option<Self> {
        let table = spot.table("a finding: `rule`, `path`, `place`", &["rule", "path", "place", "count"], problems)?;
        let mut text = |key: &str| -> Option<String> { table.required(spot, key, problems)?.text(problems).map(str::to_owned) };
        let identity = (text("rule"), text("path"), text("place"));
        let count = read_count(table, problems);
        Some(Self { identity: (identity.0?, identity.1?, identity.2?), count: count?, location: spot.location() })
    }
}

fn read_count(table: Table<'_>, problems: &mut Problems) -> Option<u32> {
    let Some(spot) = table.get("count") else { return Some(1) };
    let count = spot.scalar().and_then(|count| count.content.parse().ok()).filter(|count| *count > 0);
    if count.is_none() {
        spot.expected::<()>("a number above 0", problems);
    }
    count
}

/// Recorded findings that have not been met yet.
pub(super) struct Open<'b> {
    baseline: &'b Baseline,
    left: BTreeMap<&'b Identity, u32>,
}

impl Open<'_> {
    /// Whether a finding is recorded, and not more often met than that.
    pub(super) fn meet(&mut self, finding: &Finding) -> bool {
        let left = self.left.get_mut(&identity(finding)).filter(|left| **left > 0);
        left.map(|left| *left -= 1).is_some()
    }

    /// A note for each recorded finding of a rule in force that is there no longer. One that may be there all the same, because
    /// something is not known, is left alone.
    pub(super) fn fixed(mut self, report: &Report) -> Vec<Finding> {
        let mut notes = Vec::new();
        for Entry { identity, location, .. } in &self.baseline.entries {
            let left = self.left.insert(identity, 0).unwrap_or_default();
            let (rule, path, _) = identity;
            let is_decided = in_force(report, rule).is_some() && !is_open(report, rule, |location| location.path() == path);
            if left > 0 && is_decided {
                notes.push(complaint::fixed(rule, path, left, location));
            }
        }
        notes
    }
}

fn identity(finding: &Finding) -> Identity {
    (finding.rule.to_string(), finding.location.path().to_owned(), finding.route.clone())
}

/// A YAML scalar: as it is if that is plain enough, else in double quotes.
fn quoted(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./".contains(&byte);
    if text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.bytes().all(is_plain) && !matches!(text, "null" | "Null" | "NULL") {
        return text.to_owned();
    }
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            ' '..='~' => quoted.push(c),
            c => drop(write!(quoted, "\\U{:08x}", u32::from(c))),
        }
    }
    quoted + "\""
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judge::Severity;
    use crate::text::Span;

    fn finding(rule: &str, path: &str, route: &str) -> Finding {
        let location = Location::new(&Text::file(path, ""), Span::default());
        Finding { route: route.to_owned(), ..Finding::new(rule, "p", Severity::Error, "m", location) }
    }

    fn read(content: &str) -> Result<Baseline, LoadErrors> {
        Baseline::read(&Text::file(BASELINE_FILE, content))
    }

    #[test]
    fn only_as_many_as_recorded_are_met() {
        let two = [finding("r", "f", "a.b"), finding("r", "f", "a.b"), finding("s", "f", "[\"x y\"]")];
        let text = Baseline::text_of(&two);
        assert!(
            text.ends_with("  - { rule: r, path: f, place: a.b, count: 2 }\n  - { rule: s, path: f, place: \"[\\\"x y\\\"]\" }\n"),
            "{text}"
        );
        let baseline = read(&text).unwrap();
        assert_eq!(baseline.len(), 3);
        let mut open = baseline.open();
        assert!(open.meet(&two[0]) && open.meet(&two[1]) && !open.meet(&two[0]));
        assert!(open.meet(&two[2]) && !open.meet(&finding("r", "g", "a.b")));
    }

    #[test]
    fn all_problems_are_reported_with_their_places() {
        let wrong = "version: 1\nfindings:\n  - { rule: r, path: f }\n  - { rule: r, path: f, place: '', count: 0, line: 3 }\n";
        let errors: Vec<String> = read(wrong).unwrap_err().iter().map(ToString::to_string).collect();
        let file = BASELINE_FILE;
        assert_eq!(
            errors,
            [
                format!("{file}:3:5: `place` is missing"),
                format!("{file}:4:43: expected a number above 0, found `0`"),
                format!("{file}:4:46: unknown key `line`; there are `rule`, `path`, `place`, `count`")
            ]
        );
        assert!(read("findings: [").is_err() && read("[]").is_err());
        assert!(read("version: 1\nfindings: []\n").unwrap().is_empty());
    }

    proptest::proptest! {
        #[test]
        fn what_is_written_is_read(rule in "(?s).{0,10}", path in "(?s).{0,20}", route in "(?s).{0,20}") {
            let finding = finding(&rule, &path, &route);
            let baseline = read(&Baseline::text_of(std::slice::from_ref(&finding))).unwrap();
            proptest::prop_assert!(baseline.open().meet(&finding));
        }
    }
}

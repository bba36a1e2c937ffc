//! Files as people and attackers write them: what is wrong is told, and the rest is judged in bounded time.

use std::time::{Duration, Instant};

use crate::policy::PolicySet;
use crate::world::MemoryWorld;

/// The findings on a repository of these files, each with its path, line and place.
fn findings(files: &[(&str, &[u8])]) -> Vec<String> {
    let world = files.iter().fold(MemoryWorld::new(), |world, (path, content)| world.with_file(*path, *content));
    let policies = PolicySet::builder().load(&[], &world).unwrap();
    let report = crate::lint(&world, &policies, &[".".to_owned()]);
    let shown = report
        .findings
        .iter()
        .map(|finding| format!("{}:{} [{}] {}", finding.location.path(), finding.location.start().line, finding.route, finding.message));
    shown.collect()
}

#[test]
fn every_problem_of_a_file_is_a_finding_at_its_place() {
    let found = findings(&[
        ("go.mod", b"module m\r\ngo v1.21\r\nrequire a.com/b 1.0.0\r\nrequire a.com/b v2.0.0\r\n"),
        ("bom/go.mod", b"\xEF\xBB\xBFmodule m\n"),
        ("empty/go.mod", b""),
        ("latin/go.mod", b"module m // \xE9\n"),
        ("go.work", b"use ./a ./b\n<<<<<<< HEAD\n"),
    ]);
    insta::assert_snapshot!(found.join("\n"));
}

/// Twenty thousand of everything, in every file at once, with every field worked out.
#[test]
#[expect(clippy::disallowed_methods, reason = "a test that measures time")]
fn large_files_are_judged_quickly() {
    const MANY: usize = 20_000;
    let lines = |line: &dyn Fn(usize) -> String| (0..MANY).map(line).collect::<String>();
    let requires = lines(&|index| format!("\ta.com/m{index} v1.{index}.0\n"));
    let replaces = lines(&|index| format!("\ta.com/m{index} v1.0.{index} => ./d{}\n", index % 7));
    let excludes = lines(&|index| format!("\ta.com/m{index} v1.{index}.0\n"));
    let module = format!("module m\ngo 1.22\nrequire (\n{requires})\nreplace (\n{replaces})\nexclude (\n{excludes})\n");
    let sums = lines(&|index| format!("a.com/m{index} v1.0.0 h1:x=\n"));
    let vendored = lines(&|index| format!("# a.com/m{index} v1.0.0 => ./x\n## explicit\na.com/m{index}\n"));
    let world = MemoryWorld::new().with_file("go.mod", module).with_file("go.sum", sums).with_file("vendor/modules.txt", vendored);
    let start = Instant::now();
    let report = crate::list_facts(&world, &[".".to_owned()]);
    assert_eq!(report.subjects.len(), 2);
    assert!(start.elapsed() < Duration::from_secs(30), "{:?}", start.elapsed());
}

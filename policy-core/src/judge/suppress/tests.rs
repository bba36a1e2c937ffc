//! Comments, exceptions and baselines on whole runs.

use std::sync::Arc;

use super::*;
use crate::engine::lint_except;
use crate::policy::PolicySetBuilder;
use crate::policy::config::{CONFIG_FILE, Config};
use crate::world::MemoryWorld;

const TEAM: &str = "
version: 1
policy: team
rules:
  no-sumdb-off: { severity: error, on: environment, forbid: { GOSUMDB: { equals: 'off' } }, message: 'GOSUMDB={GOSUMDB}' }
  no-flags: { severity: error, on: environment, forbid: { GOFLAGS: { equals: -v } }, message: 'GOFLAGS={GOFLAGS}' }
";

const WORKFLOW: &str = "\
on: push
jobs:
  test:
    strategy: { matrix: { os: [ubuntu-latest, windows-latest] } }
    runs-on: ${{ matrix.os }}
    env:
      GOSUMDB: off
    steps:
      - run: go test ./...
";

const CI: &str = ".github/workflows/ci.yml";

/// A run over a repository, with its configuration and baseline.
fn run_on(world: &MemoryWorld, paths: &[&str]) -> Report {
    let builder = PolicySetBuilder::default().builtin("team", TEAM);
    let (policies, Config { skip, exceptions, .. }) = builder.load_configured(&[], "team", world).unwrap();
    let baseline = Baseline::load(world).unwrap();
    let exemptions = Exemptions {
        skip: Some(&skip),
        exceptions: &exceptions,
        baseline: baseline.as_ref(),
        today: Date::parse("2026-11-21"),
        is_rule: Some(&|id| id == "rule-of-another-policy"),
    };
    let paths: Vec<String> = paths.iter().map(|path| (*path).to_owned()).collect();
    lint_except(world, &policies, &paths, &exemptions)
}

fn repository(files: &[(&str, &str)]) -> MemoryWorld {
    files.iter().fold(MemoryWorld::new(), |world, (path, content)| world.with_file(*path, *content))
}

/// `rule path:line` of each finding; `-rule path:line` of each that is suppressed.
fn told(report: &Report) -> Vec<String> {
    let place = |finding: &Finding| format!("{} {}:{}", finding.rule, finding.location.path(), finding.location.start().line);
    let suppressed = report.suppressed.iter().map(|suppressed| format!("-{}", place(&suppressed.finding)));
    assert_eq!(report.summary.suppressed, report.suppressed.len());
    assert_eq!(report.summary.errors + report.summary.warnings + report.summary.notes, report.findings.len());
    report.findings.iter().map(place).chain(suppressed).collect()
}

fn told_with_comment(comment: &str) -> Vec<String> {
    let workflow = WORKFLOW.replace("GOSUMDB: off", &format!("GOSUMDB: off # {comment}"));
    told(&run_on(&repository(&[(CI, &workflow)]), &["."]))
}

fn told_with_exception(exception: &str) -> Report {
    let config = format!("version: 1\nexceptions:\n  - {exception}\n");
    run_on(&repository(&[(CI, WORKFLOW), (CONFIG_FILE, &config)]), &["."])
}

const FOUND: &str = "no-sumdb-off .github/workflows/ci.yml:7";

#[test]
fn a_comment_suppresses_its_rule_and_keeps_its_reason() {
    assert_eq!(told_with_comment("gopolicy: ignore[no-sumdb-off] no mirror"), [format!("-{FOUND}")]);
    let workflow =
        WORKFLOW.replace("    env:\n", "    # gopolicy: ignore[no-sumdb-off, no-flags] no mirror\n    env:\n      GOFLAGS: -v\n");
    let report = run_on(&repository(&[(CI, &workflow)]), &["."]);
    assert_eq!(told(&report).len(), 2, "{report:?}");
    assert!(report.suppressed.iter().all(|one| one.by == SuppressedBy::Comment && one.reason == "no mirror"));
}

#[test]
fn a_comment_does_not_reach_beyond_its_node() {
    let workflow = WORKFLOW.replace("on: push\n", "# gopolicy: ignore[no-sumdb-off] no mirror\non: push\n");
    let report = run_on(&repository(&[(CI, &workflow)]), &["."]);
    assert_eq!(told(&report), ["suppression-unused .github/workflows/ci.yml:1", "no-sumdb-off .github/workflows/ci.yml:8"]);
}

#[test]
fn what_is_wrong_with_a_comment_is_found() {
    let at = |rule: &str| format!("{rule} .github/workflows/ci.yml:7");
    assert_eq!(told_with_comment("gopolicy: ignore[no-sumdb-off]"), [FOUND.to_owned(), at("suppression-without-reason")]);
    assert_eq!(told_with_comment("gopolicy: ignore[no-sumdb-of] why"), [FOUND.to_owned(), at("suppression-of-unknown-rule")]);
    assert_eq!(told_with_comment("gopolicy: ignore all of it"), [FOUND.to_owned(), at("suppression-of-unknown-rule")]);
    assert_eq!(told_with_comment("gopolicy: ignore[] why"), [FOUND.to_owned(), at("suppression-unreadable")]);
    assert_eq!(told_with_comment("gopolicy: ignore[no-sumdb-off, no-flags] why"), [at("suppression-unused"), format!("-{FOUND}")]);
    assert_eq!(told_with_comment("gopolicy: ignore[no-sumdb-off, rule-of-another-policy] why"), [format!("-{FOUND}")]);
}

#[test]
fn nothing_is_unused_when_only_a_part_was_judged_or_decided() {
    let comment = |value: &str| WORKFLOW.replace("GOSUMDB: off", &format!("GOSUMDB: {value} # gopolicy: ignore[no-sumdb-off] why"));
    let told = |workflow: &str, path| told(&run_on(&repository(&[(CI, workflow)]), &[path]));
    assert_eq!(told(&comment("x.example"), "."), ["suppression-unused .github/workflows/ci.yml:7"]);
    assert_eq!(told(&comment("x.example"), CI), [""; 0]);
    let undecided = WORKFLOW
        .replace("GOSUMDB: off", "GOSUMDB: ${{ vars.X }}")
        .replace("      - run", "      # gopolicy: ignore[no-sumdb-off] why\n      - run");
    assert_eq!(told(&undecided, "."), [""; 0]);
}

#[test]
fn an_exception_is_for_the_places_that_it_names() {
    let told = |exception: &str| told(&told_with_exception(exception));
    assert_eq!(told("{ rule: no-sumdb-off, reason: why }"), [format!("-{FOUND}")]);
    assert_eq!(told("{ rule: no-sumdb-off, reason: why, path: .github/**, job: test }"), [format!("-{FOUND}")]);
    let unused = "suppression-unused .gopolicy.yaml:3";
    for elsewhere in ["path: other.yml", "job: build", "leg: { os: macos-latest }", "leg: { go: ubuntu-latest }"] {
        assert_eq!(told(&format!("{{ rule: no-sumdb-off, reason: why, {elsewhere} }}")), [FOUND, unused], "{elsewhere}");
    }
}

#[test]
fn an_exception_that_may_be_about_the_machine_is_not_called_unused() {
    let told = |exception: &str| told(&told_with_exception(exception));
    assert_eq!(told("{ rule: no-flags, reason: why }"), [FOUND]);
    assert_eq!(told("{ rule: no-flags, reason: why, path: <environment> }"), [FOUND]);
    assert_eq!(told("{ rule: no-flags, reason: why, path: '**' }"), [FOUND, "suppression-unused .gopolicy.yaml:3"]);
}

#[test]
fn an_exception_for_a_leg_leaves_the_others() {
    let report = told_with_exception("{ rule: no-sumdb-off, reason: why, leg: { os: windows-latest } }");
    assert_eq!(told(&report), [FOUND]);
    let legs: Vec<&str> = report.findings[0].places.iter().map(|place| &*place.matrix[0].1).collect();
    assert_eq!(legs, ["ubuntu-latest"]);
}

#[test]
fn what_is_wrong_with_an_exception_is_found() {
    let told = |exception: &str| told(&told_with_exception(exception));
    let at = |rule: &str| format!("{rule} .gopolicy.yaml:3");
    assert_eq!(told("{ rule: no-sumdb-off }"), [FOUND.to_owned(), at("suppression-without-reason")]);
    assert_eq!(told("{ rule: no-sumdb, reason: why }"), [FOUND.to_owned(), at("suppression-of-unknown-rule")]);
    assert_eq!(told("{ rule: no-sumdb-off, reason: why, expires: 2026-11-20 }"), [FOUND.to_owned(), at("suppression-expired")]);
    assert_eq!(told("{ rule: no-sumdb-off, reason: why, expires: 2026-11-21 }"), [format!("-{FOUND}")]);
}

#[test]
fn what_is_wrong_with_an_exception_is_told_once_for_files_and_machine() {
    let report = told_with_exception("{ rule: no-sumdb-off, reason: why, expires: 2026-11-20 }");
    let both = report.clone().with(report.clone());
    assert_eq!(told(&both), told(&report));
    assert_eq!(both.rules.len(), report.rules.len());
}

#[test]
fn a_baseline_lets_only_new_findings_through_and_says_what_is_fixed() {
    let before = run_on(&repository(&[(CI, WORKFLOW)]), &["."]);
    let baseline = Baseline::text_of(&before.findings);
    let moved = WORKFLOW.replace("on: push\n", "on: push\n\n\n");
    let told = |workflow: &str| told(&run_on(&repository(&[(CI, workflow), (BASELINE_FILE, &baseline)]), &["."]));
    assert_eq!(told(&moved), ["-no-sumdb-off .github/workflows/ci.yml:9"]);
    let worse = WORKFLOW.replace("    env:\n", "    env:\n      GOFLAGS: -v\n");
    assert_eq!(told(&worse), ["no-flags .github/workflows/ci.yml:7", "-no-sumdb-off .github/workflows/ci.yml:8"]);
    assert_eq!(told(&WORKFLOW.replace("GOSUMDB: off", "A: b")), ["baseline-fixed .gopolicy-baseline.yaml:5"]);
}

#[test]
fn findings_about_suppressions_are_in_no_baseline() {
    let workflow = WORKFLOW.replace("GOSUMDB: off", "A: b # gopolicy: ignore[no-sumdb-off] why");
    let report = run_on(&repository(&[(CI, &workflow)]), &["."]);
    assert_eq!(told(&report), ["suppression-unused .github/workflows/ci.yml:7"]);
    assert!(Baseline::text_of(&report.findings).ends_with("findings: []\n"));
}

#[test]
fn nothing_is_reported_where_it_is_skipped() {
    let broken = "third_party/.github/workflows/x.yml";
    let files = |config: &'static str| repository(&[(CI, WORKFLOW), (broken, "a: ["), (CONFIG_FILE, config)]);
    let told = |config: &'static str| told(&run_on(&files(config), &[".", "third_party"]));
    assert_eq!(told("version: 1\nskip: [third_party/]\n"), [FOUND]);
    assert_eq!(told("version: 1\nskip: [third_party, '**/ci.yml']\n"), [""; 0]);
    assert_eq!(told("version: 1\nskip: ['*.yml']\n").len(), 2);
}

#[test]
fn comments_are_read_as_the_kind_of_file_writes_them() {
    for (path, content) in [
        ("go.mod", "module m // gopolicy:ignore r why\n"),
        ("a/go.work", "//gopolicy:ignore r why\ngo 1.22\n"),
        ("a/b.go", "//gopolicy:ignore r why\npackage b\n"),
        ("x.sh", "# gopolicy: ignore[r] why\n"),
        ("x.yaml", "# gopolicy: ignore[r] why\n"),
    ] {
        assert_eq!(comments_of(&Text::file(path, content)).len(), 1, "{path}");
    }
    assert!(comments_of(&Text::file("notes.txt", "# gopolicy: ignore[r] why\n")).is_empty());
}

#[test]
fn only_files_with_a_mark_are_remembered() {
    use crate::world::World;
    let world = repository(&[("a", "x gopolicy: y"), ("b", "gopolic")]);
    let marked = Marked::new(&world);
    for path in ["a", "a", "b"] {
        marked.read(path, 100).unwrap();
    }
    let texts: Vec<Arc<Text>> = marked.texts();
    assert_eq!(texts.iter().map(|text| text.path()).collect::<Vec<_>>(), ["a"]);
}

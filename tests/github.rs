//! What a job of GitHub Actions gets: annotations within its limits, and a page with everything.

use std::fs;

use crate::sandbox::{Ran, Sandbox};

/// The runner's limit on the page of a step.
const LARGEST_PAGE: usize = 1 << 20;

/// A repository with that many workflows, each of which has an error and a warning.
fn repository(workflows: usize) -> Sandbox {
    let sandbox = Sandbox::repository();
    for number in 0..workflows {
        let workflow = "on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    env:\n      GOSUMDB: off\n      GOFLAGS: -insecure\n    steps:\n      - run: go test ./...\n";
        sandbox.write(&format!(".github/workflows/w{number}.yml"), workflow);
    }
    sandbox
}

/// A run in a job of GitHub Actions: its output and its page.
fn in_job(sandbox: &Sandbox, arguments: &[&str]) -> (Ran, String) {
    let page = sandbox.path("summary.md");
    let output = sandbox.command(arguments).env("GITHUB_ACTIONS", "true").env("GITHUB_STEP_SUMMARY", &page).output().unwrap();
    (output.into(), fs::read_to_string(page).unwrap_or_default())
}

fn count(text: &str, start: &str) -> usize {
    text.lines().filter(|line| line.starts_with(start)).count()
}

#[test]
fn annotations_and_page_are_automatic() {
    let (ran, page) = in_job(&repository(1), &["lint", "--policy", "strict"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (Some(1), ""));
    assert!(ran.stdout.starts_with("::"), "{ran:?}");
    assert!(
        page.contains("<code>checksum-database-off</code>") && page.contains("<details><summary>.github/workflows/w0.yml › test</summary>"),
        "{page}"
    );
    assert!(page.contains("<code>GOSUMDB=off</code> job-env, line 6"), "{page}");
}

#[test]
fn an_explicit_format_is_kept_and_writes_no_page() {
    let (ran, page) = in_job(&repository(1), &["lint", "--format", "text"]);
    assert!(ran.stdout.starts_with("error[") && page.is_empty(), "{ran:?}");
}

#[test]
fn five_hundred_findings_stay_within_the_limits_and_are_all_in_the_page() {
    let (ran, page) = in_job(&repository(250), &["lint"]);
    let commands = ["::error ", "::warning ", "::notice "].map(|start| count(&ran.stdout, start));
    assert_eq!(commands, [10, 10, 1]);
    let found = ran.stdout.lines().last().unwrap();
    assert!(found.starts_with("250 errors, 250 warnings"), "{found}");
    assert_eq!((count(&page, "| error |"), count(&page, "| warning |")), (250, 250));
    let rest = format!("::notice title=gopolicy::{} more findings", 500 - 20);
    assert_eq!(count(&ran.stdout, &rest), 1, "{}", ran.stdout);
    assert_eq!(count(&ran.stdout, "error[") + count(&ran.stdout, "warning["), 480);
    assert!(page.len() < LARGEST_PAGE, "{}", page.len());
}

#[test]
fn the_page_is_cut_before_github_would_refuse_it() {
    let sandbox = repository(60);
    let earlier = LARGEST_PAGE - 20_000;
    fs::write(sandbox.path("summary.md"), "x".repeat(earlier)).unwrap();
    let (ran, page) = in_job(&sandbox, &["lint"]);
    assert_eq!(ran.status, Some(1));
    assert!((earlier + 15_000..LARGEST_PAGE).contains(&page.len()), "{}", page.len());
    assert!(page.contains(" more findings\n") && page.contains(" more jobs\n"));
}

#[test]
fn a_page_that_cannot_be_written_is_said() {
    let sandbox = repository(1);
    let output =
        sandbox.command(&["lint"]).env("GITHUB_ACTIONS", "true").env("GITHUB_STEP_SUMMARY", "no/such/directory/f").output().unwrap();
    let ran = Ran::from(output);
    assert_eq!(ran.status, Some(1));
    assert!(ran.stderr.starts_with("error: cannot write no/such/directory/f"), "{ran:?}");
}

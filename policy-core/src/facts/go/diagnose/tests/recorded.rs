//! The verdicts against what the real commands did: 120 settings, seven releases, five commands each.

#![expect(clippy::disallowed_methods, reason = "a test that reads recorded data")]

use serde_json::Value;

use super::*;

/// What every release did with each setting.
const RECORDED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/go-data/env-invalid-values.json");

const COMMANDS: [&str; 5] = ["env VAR", "env -json", "version", "list", "build"];

/// Not about a value: other variables, places that cannot be told from the text, or a text that stands for something else.
const SKIPPED: &[&str] = &[
    "GOCACHE unset", "XDG_CACHE_HOME=", "TMPDIR=", "GOCACHE=/proc/x", "GOCACHE=/etc/passwd", "GOPATH=GOROOT", "GOPATH=two entries", "GOROOT=another", "GOROOT=other",
];

#[test]
fn the_verdicts_agree_with_what_go_did() {
    let Ok(recorded) = std::fs::read_to_string(RECORDED) else {
        println!("skipped: shared data absent");
        return;
    };
    let recorded: Value = serde_json::from_str(&recorded).unwrap();
    let mut checked = 0;
    for (case, releases) in recorded["cases"].as_object().unwrap() {
        if SKIPPED.iter().any(|skipped| case.starts_with(skipped)) {
            continue;
        }
        for (release, runs) in releases.as_object().unwrap() {
            check(case, release.trim_start_matches("1.").parse().unwrap(), runs);
            checked += 1;
        }
    }
    assert!(checked > 7 * 110, "only {checked} were checked");
}

fn check(case: &str, minor: u32, runs: &Value) {
    let settings = settings(case);
    let value = |wanted: &str| settings.iter().find(|(name, _)| *name == wanted).map(|(_, value)| *value);
    let target = (Some(value("GOOS").unwrap_or("linux")), Some(value("GOARCH").unwrap_or("amd64")));
    let found: Vec<Diagnosis> = settings
        .iter()
        .map(|(name, value)| diagnose(&Setting { host: Some(("linux", "amd64")), target, ..Setting::new(name, value, VersionRange::minor(minor)) }))
        .collect();
    let failed: Vec<&Value> = COMMANDS.iter().map(|command| &runs[command]).filter(|run| run["rc"] != 0).collect();
    let told = format!("{case} in Go 1.{minor}: {found:?}; {failed:?}");
    assert!(found.iter().all(|found| found.cause.is_empty() || CAUSES.contains(&found.cause)), "{told}");
    if !failed.is_empty() {
        assert!(found.iter().any(|found| found.verdict != Verdict::Used), "Go fails. {told}");
    }
    for diagnosis in &found {
        if let Verdict::Rejected { message, by: By::Every | By::Building } = &diagnosis.verdict {
            let words = message.trim_start_matches("go: ");
            assert!(failed.iter().any(|run| run["err"].as_str().unwrap().replace("\n\t", " ").contains(words)), "Go does not say so. {told}");
        }
    }
}

/// `GOARCH=arm GOARM=4 (a remark)` as names and values.
fn settings(case: &str) -> Vec<(&str, &str)> {
    let case = case.split(" (").next().unwrap().trim_end_matches(" on amd64");
    let is_setting = |word: &str| word.split_once('=').is_some_and(|(name, _)| name.starts_with("GO") && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()));
    let words: Vec<&str> = case.split(' ').collect();
    let parts = if words.iter().all(|word| is_setting(word)) { words } else { vec![case] };
    parts.into_iter().filter_map(|part| part.split_once('=')).collect()
}

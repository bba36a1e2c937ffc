//! The verdicts against what the real commands did: 120 settings, seven releases, five commands each.

#![expect(clippy::disallowed_methods, reason = "a test that reads recorded data")]

use serde_json::Value;

use super::*;

/// What every release did with each setting.
const RECORDED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/go-data/env-invalid-values.json");

const COMMANDS: [&str; 5] = ["env VAR", "env -json", "version", "list", "build"];

/// Not about a value: other variables, places that cannot be told from the text, or a text that stands for something else.
const SKIPPED: &[&str] =
    &["GOCACHE unset", "GOCACHE=/proc/x", "GOCACHE=/etc/passwd", "GOPATH=GOROOT", "GOPATH=two entries", "GOROOT=another", "GOROOT=other"];

/// What was really set where the name of a case says something else.
const STAND_INS: &[((&str, &str), &str)] = &[
    (("GOEXPERIMENT", "unknown"), "nosuchexp"),
    (("GOOS", "unknown"), "beos"),
    (("GOPATH", "/a:relative"), "/a:rel"),
    (("GOPATH", "relative"), "rel/gopath"),
    (("GOROOT", "relative"), "rel/goroot"),
];

#[test]
fn the_verdicts_agree_with_what_go_did() {
    let Ok(recorded) = std::fs::read_to_string(RECORDED) else {
        println!("skipped: shared data absent");
        return;
    };
    let recorded: Value = serde_json::from_str(&recorded).unwrap();
    let (mut checked, mut wrong) = (0, Vec::new());
    for (case, releases) in recorded["cases"].as_object().unwrap() {
        if SKIPPED.iter().any(|skipped| case.starts_with(skipped)) {
            continue;
        }
        for (release, runs) in releases.as_object().unwrap() {
            wrong.extend(check(case, release.trim_start_matches("1.").parse().unwrap(), runs));
            checked += 1;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(checked > 7 * 110, "only {checked} were checked");
}

/// What every release's `go env -w` did.
const WRITTEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/go-data/env-w-cases.json");

#[test]
fn what_go_env_w_refused_is_refused() {
    let Ok(recorded) = std::fs::read_to_string(WRITTEN) else {
        println!("skipped: shared data absent");
        return;
    };
    let recorded: Value = serde_json::from_str(&recorded).unwrap();
    let mut wrong = Vec::new();
    for (case, releases) in recorded["cases"].as_object().unwrap() {
        let Some((name, value)) = case.split_once('=') else { continue };
        for (release, run) in releases.as_object().unwrap() {
            let minor: u32 = release.trim_start_matches("1.").parse().unwrap();
            if minor < OLDEST {
                continue;
            }
            let target = (Some("linux"), Some("amd64"));
            let found = diagnose(&Setting { via: Via::WriteCommand, target, ..Setting::new(name, value, VersionRange::minor(minor)) });
            let refused = match &found.verdict {
                Verdict::Rejected { message, by: By::Writing } => run["stderr"].as_str().unwrap().contains(message.as_str()),
                Verdict::NoSuchVariable { .. } => run["rc"] != 0,
                _ => false,
            };
            if refused != (run["rc"] != 0) {
                wrong.push(format!("{case} in Go {release}: {found:?}; {run}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is wrong with the verdicts on one case in one release.
fn check(case: &str, minor: u32, runs: &Value) -> Option<String> {
    let settings = settings(case);
    let value = |wanted: &str| settings.iter().find(|(name, _)| *name == wanted).map(|(_, value)| *value);
    let target = (Some(value("GOOS").unwrap_or("linux")), Some(value("GOARCH").unwrap_or("amd64")));
    let found: Vec<Diagnosis> = settings
        .iter()
        .map(|(name, value)| {
            diagnose(&Setting { host: Some(("linux", "amd64")), target, ..Setting::new(name, value, VersionRange::minor(minor)) })
        })
        .collect();
    let failed: Vec<&Value> = COMMANDS.iter().map(|command| &runs[command]).filter(|run| run["rc"] != 0).collect();
    let says = |words: &str| failed.iter().any(|run| run["err"].as_str().unwrap().replace("\n\t", " ").contains(words));
    let unsaid = found.iter().any(|found| match &found.verdict {
        Verdict::Rejected { message, by: By::Every | By::Building } => !says(message.trim_start_matches("go: ")),
        _ => false,
    });
    let unseen = !failed.is_empty() && found.iter().all(|found| found.verdict == Verdict::Used);
    let unlisted = found.iter().any(|found| !found.cause.is_empty() && !CAUSES.contains(&found.cause));
    (unsaid || unseen || unlisted).then(|| format!("{case} in Go 1.{minor}: {found:?}; {failed:?}"))
}

/// `GOARCH=arm GOARM=4 (a remark)` as names and values.
fn settings(case: &str) -> Vec<(&str, &str)> {
    let case = case.split(" (").next().unwrap().trim_end_matches(" on amd64");
    let is_setting = |word: &str| {
        word.split_once('=')
            .is_some_and(|(name, _)| name.starts_with("GO") && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()))
    };
    let words: Vec<&str> = case.split(' ').collect();
    let parts = if words.iter().all(|word| is_setting(word)) { words } else { vec![case] };
    let stands_for =
        |(name, value)| (name, STAND_INS.iter().find(|(stand_in, _)| *stand_in == (name, value)).map_or(value, |(_, value)| *value));
    parts.into_iter().filter_map(|part| part.split_once('=')).map(stands_for).collect()
}

//! The tables against what was recorded from the real releases.

#![expect(clippy::disallowed_methods, reason = "a test that reads recorded data")]

use std::collections::BTreeSet;

use serde_json::Value;

use super::variables::{Printed, all, lookup};
use super::{experiments, godebug, levels, ports};
use crate::facts::version::VersionRange;

/// One recorded table: what each release says; `None` if the recordings are not there.
fn releases(file: &str, key: &str) -> Option<Vec<(u32, Value)>> {
    let directory = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/go-data/");
    let Ok(text) = std::fs::read_to_string(format!("{directory}{file}")) else {
        println!("skipped: shared data absent");
        return None;
    };
    let table: Value = serde_json::from_str(&text).unwrap();
    let minor = |release: &str| release.trim_start_matches("1.").parse().unwrap();
    Some(table[key].as_object().unwrap().iter().map(|(release, said)| (minor(release), said.clone())).collect())
}

fn texts(list: &Value, key: Option<&str>) -> BTreeSet<String> {
    let text = |item: &Value| key.map_or(item, |key| &item[key]).as_str().unwrap().to_owned();
    list.as_array().unwrap().iter().map(text).collect()
}

#[test]
fn every_release_prints_and_reads_these_variables() {
    for (minor, said) in releases("go-env-names.json", "versions").unwrap_or_default() {
        let release = VersionRange::minor(minor);
        let is_printed = |printed: Printed| matches!(printed, Printed::Since(since) if minor >= since);
        let printed = all()
            .iter()
            .filter(|variable| variable.exists(release) == Some(true) && (is_printed(variable.printed) || variable.name == "GOAMD64"));
        let printed: BTreeSet<String> = printed.map(|variable| variable.name.to_owned()).collect();
        assert_eq!(printed, texts(&said["printed_by_go_env_json_linux_amd64"], None), "1.{minor}");
        for name in texts(&said["known_env"], None) {
            // Read behind GOEXPERIMENT=cacheprog before 1.24.
            let exists = lookup(&name).and_then(|variable| variable.exists(release));
            assert!(exists == Some(true) || name == "GOCACHEPROG", "{name} in 1.{minor}");
        }
    }
}

#[test]
fn every_release_has_these_godebug_settings() {
    for (minor, said) in releases("godebug-settings.json", "versions").unwrap_or_default() {
        let settings = texts(&said["settings"], Some("name"));
        for name in &settings {
            assert_eq!(godebug::known(name, VersionRange::minor(minor)), Some(true), "{name} in 1.{minor}");
        }
        for removed in said["removed"].as_array().unwrap() {
            let name = removed["name"].as_str().unwrap();
            for old in removed["forbidden_old_values"].as_array().into_iter().flatten() {
                assert_eq!(godebug::fatal(name, old.as_str().unwrap(), VersionRange::minor(minor)), Some(true), "{name} in 1.{minor}");
            }
        }
    }
}

#[test]
fn every_release_has_these_experiments() {
    let recorded = releases("goexperiment-names.json", "versions").unwrap_or_default();
    let known: BTreeSet<String> = recorded.iter().flat_map(|(_, said)| texts(&said["names"], None)).collect();
    for (minor, said) in &recorded {
        for name in &known {
            let expected = texts(&said["names"], None).contains(name);
            assert_eq!(experiments::accepts(name, VersionRange::minor(*minor)), Some(expected), "{name} in 1.{minor}");
        }
    }
}

#[test]
fn every_release_has_these_ports() {
    for (minor, said) in releases("dist-list.json", "versions").unwrap_or_default() {
        let release = VersionRange::minor(minor);
        let listed: Vec<&Value> = [&said["ports"], &said["broken_ports"]].into_iter().flat_map(|list| list.as_array().unwrap()).collect();
        for port in &listed {
            let (os, arch) = (port["GOOS"].as_str().unwrap(), port["GOARCH"].as_str().unwrap());
            assert_eq!(ports::supported(os, arch, release), Some(true), "{os}/{arch} in 1.{minor}");
            assert_eq!(ports::cgo_supported(os, arch, release), port["CgoSupported"].as_bool(), "{os}/{arch} in 1.{minor}");
        }
        assert_eq!(
            ports::all().filter(|port| ports::supported(port.os, port.arch, release) == Some(true)).count(),
            listed.len(),
            "1.{minor}"
        );
    }
}

#[test]
fn every_release_accepts_these_levels() {
    for (minor, said) in releases("arch-levels.json", "raw").unwrap_or_default() {
        for (name, values) in said.as_object().unwrap() {
            let level = levels::lookup(name).unwrap();
            for (value, run) in values.as_object().unwrap() {
                let accepts = level.accepts(value, VersionRange::minor(minor)) == Some(true);
                let failed = run["rc"].as_i64().unwrap_or_default() != 0;
                let reported = level.span.since <= minor && level.bad(minor) == levels::Bad::Fatal;
                assert!(accepts != failed || !reported, "{name}={value} in 1.{minor}: {run}");
            }
        }
    }
}

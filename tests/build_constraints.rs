//! Build constraints, judged by gopolicy and by the real `go vet`.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;

use crate::checkout::{fresh_directory, project, skip};
use crate::sandbox::Sandbox;

/// Rules on what go vet reports, or Go refuses.
const RULES: &[&str] = &[
    "constraint-lines-disagree",
    "constraint-misplaced",
    "constraint-unreadable",
    "plus-build-suspected",
    "plus-build-unreadable-term",
    "release-tag-never-set",
];

/// Heads of files. What stands behind the first declaration is not read, other than by go vet.
const HEADS: &[&str] = &[
    "//go:build linux\n\npackage p",
    "//go:build linux\npackage p",
    "// doc\n\n\t//go:build linux\npackage p",
    "\u{feff}//go:build linux\r\n\r\npackage p",
    "/* licence */\n//go:build linux\n\npackage p",
    "//go:build linux && (amd64 || !cgo)\n\npackage p",
    "//go:build windows\n\npackage p",
    "//go:build Linux || ignore\n\npackage p",
    "//go:build go1.18 && !go1.99\n\npackage p",
    "// go:build linux\n\npackage p",
    "//go:buildx linux\n\npackage p",
    "// +build linux\n\npackage p",
    "//+build linux,amd64 darwin\n\npackage p",
    "// +build linux\n// +build amd64\n\n// doc\npackage p",
    "// +build\n\npackage p",
    "// +build linux, ,amd64\n\npackage p",
    "//go:build linux && amd64\n// +build linux,amd64\n\npackage p",
    "//go:build (linux || darwin) && !cgo\n// +build linux darwin\n// +build !cgo\n\npackage p",
    "//go:build !(linux && cgo)\n// +build !linux !cgo\n\npackage p",
    "//go:build linux && amd64\n// +build linux\n// +build amd64\n\npackage p",
    "package p\n\nconst c = `\n// text\n`",
    "/*\n\t//go:build linux\n*/\npackage p",
    "/* //go:build linux */\npackage p",
    "// see +build linux\npackage p",
    "package p\n\n// see +build linux\n",
    // From here on there is something to report.
    "package p\n\n//go:build linux",
    "package p //go:build linux",
    "package p\n\n// +build linux\n",
    "/*\n//go:build linux\n*/\npackage p",
    "/*\n// +build linux\n*/\n\npackage p",
    "// +build linux\npackage p",
    "/* licence */\n\n// +build linux\n\npackage p",
    "//go:build linux\n// +build linux\npackage p",
    "//go:build linux\n// +build darwin\n\npackage p",
    "//go:build linux && amd64\n// +build linux amd64\n\npackage p",
    "//go:build (a && (b || c)) || d\n// +build a\n\npackage p",
    "// +build a-b\n\npackage p",
    "// +build !!linux\n\npackage p",
    "// +build linux && amd64\n\npackage p",
    "//go:build go1.21.3\n\npackage p",
    "//go:build !go121\n\npackage p",
    "// +build go1.x\n\npackage p",
    "// see +build linux\n\npackage p",
    "//+buildlinux\n\npackage p",
];

/// Heads of files that Go refuses: no other package is looked at beside them.
const REFUSED: &[&str] = &[
    "//go:build\n\npackage p",
    "//go:build linux,amd64\n\npackage p",
    "//go:build linux & amd64\n\npackage p",
    "//go:build !!linux\n\npackage p",
    "//go:build (linux\n\npackage p",
    "//go:build linux // only there\n\npackage p",
    "//go:build linux\n//go:build amd64\n\npackage p",
];

/// The directories of the heads that gopolicy finds fault with.
fn found(sandbox: &Sandbox) -> BTreeSet<String> {
    let ran = sandbox.run(&["lint", "--policy", "constraints", "--fail-on", "never", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let findings = report["findings"].as_array().unwrap().iter();
    let by_vet = findings.filter(|finding| RULES.contains(&finding["rule"].as_str().unwrap()));
    by_vet.map(|finding| directory(finding["location"]["path"].as_str().unwrap())).collect()
}

fn directory(path: &str) -> String {
    path.trim_start_matches("./").split('/').next().unwrap().to_owned()
}

/// The directories that go vet names in what it reports.
fn vetted(go: &PathBuf, sandbox: &Sandbox, packages: &str) -> BTreeSet<String> {
    let mut command = Command::new(go);
    command.args(["vet", "-buildtag", packages]).current_dir(sandbox.path(""));
    command.env("GOTOOLCHAIN", "local").env("GOFLAGS", "").env("GOPROXY", "off");
    command.env("GOCACHE", fresh_directory("vet").with_file_name("vet-cache"));
    let output = command.output().unwrap();
    let printed = String::from_utf8_lossy(&output.stderr).into_owned();
    let named = printed.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once("/x.go:"));
    named.map(|(directory, _)| directory.rsplit('/').next().unwrap().trim_start_matches("vet: ").to_owned()).collect()
}

fn with_heads(heads: &[&str]) -> Sandbox {
    let sandbox = Sandbox::repository();
    sandbox.write("go.mod", "module example.com/m\n\ngo 1.21\n");
    for (index, head) in heads.iter().enumerate() {
        sandbox.write(&format!("p{index:02}/x.go"), format!("{head}\n\nvar v int\n"));
        sandbox.write(&format!("p{index:02}/doc.go"), "package p\n");
    }
    sandbox
}

#[test]
fn go_vet_reports_the_same_files() {
    let sandbox = with_heads(HEADS);
    let found = found(&sandbox);
    assert_eq!(found.len(), 19, "{found:?}");
    // Tags that look like those of releases are looked at since 1.24.
    for release in ["1.24", "1.27"] {
        let go = project().join("target/go").join(release).join("go/bin/go");
        if !go.is_file() {
            skip(&format!("Go {release} is absent; scripts/setup-tests installs it"));
            continue;
        }
        let vetted = vetted(&go, &sandbox, "./...");
        let differing: Vec<&str> = found
            .symmetric_difference(&vetted)
            .map(|name| HEADS[name.trim_start_matches(|c: char| !c.is_ascii_digit()).parse::<usize>().unwrap()])
            .collect();
        assert!(differing.is_empty(), "Go {release}: {differing:#?}");
    }
}

#[test]
fn what_go_refuses_is_found() {
    let sandbox = with_heads(REFUSED);
    assert_eq!(found(&sandbox).len(), REFUSED.len());
    let go = project().join("target/go/1.27/go/bin/go");
    if !go.is_file() {
        return skip("Go 1.27 is absent; scripts/setup-tests installs it");
    }
    for (index, head) in REFUSED.iter().enumerate() {
        let package = format!("./p{index:02}");
        let status = Command::new(&go).args(["list", &package]).current_dir(sandbox.path("")).env("GOTOOLCHAIN", "local").output().unwrap();
        assert!(!status.status.success(), "{head}");
    }
}

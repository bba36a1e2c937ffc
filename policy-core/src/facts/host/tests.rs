//! Machines in memory, and what rules see of them.

use super::*;
use crate::facts::schema::find;
use crate::facts::value::Datum;
use crate::judge::mask;
use crate::syntax::build_info::sample;
use crate::trace::TraceValue;
use crate::world::machine::Platform;
use crate::world::{Entry, MemoryMachine};

const ME: u32 = 1000;

/// Go 1.24.1 in /opt/go, a home, a repository with a module.
fn machine() -> MemoryMachine {
    MemoryMachine::new(Platform { os: "linux", arch: "amd64" }, ME, "/home/me/project")
        .with_mount("/", "ext4")
        .with_variable("HOME", "/home/me")
        .with_variable("PATH", "/opt/go/bin:/usr/bin")
        .with("/home/me", Entry::directory(ME))
        .with("/home/me/project", Entry::directory(ME))
        .with("/home/me/project/.git", Entry::directory(ME))
        .with("/home/me/project/go.mod", Entry::file(ME, "module example.com/m\n\ngo 1.24.0\n"))
        .with("/opt/go/bin/go", Entry::program(0, sample::elf("go1.24.1", "")))
        .with("/opt/go/VERSION", Entry::file(0, "go1.24.1\ntime 2025-01-01T00:00:00Z\n"))
        .with("/opt/go/go.env", Entry::file(0, "GOPROXY=https://proxy.golang.org,direct\nGOSUMDB=sum.golang.org\nGOTOOLCHAIN=auto\n"))
        .with("/opt/go/pkg/tool/linux_amd64/compile", Entry::program(0, sample::elf("go1.24.1", "")))
}

fn written(machine: MemoryMachine, content: &str) -> MemoryMachine {
    machine.with("/home/me/.config/go/env", Entry::file(ME, content))
}

/// Fields of all subjects of a kind, as `name=value`, for those that `is_meant` accepts.
fn fields(machine: &MemoryMachine, kind: Kind, is_meant: &dyn Fn(&dyn Subject) -> bool, names: &[&str]) -> Vec<String> {
    let host = Host::examine(machine, false);
    let mut lines = Vec::new();
    host.visit(&|wanted| wanted == kind, &mut |subject| {
        if is_meant(subject) {
            let shown = names.iter().map(|name| format!("{name}={}", shown(subject, name)));
            lines.push(shown.collect::<Vec<_>>().join(" "));
        }
    });
    lines
}

fn shown(subject: &dyn Subject, name: &str) -> String {
    let (name, _) = find(subject.kind().fields(), name).unwrap();
    let value = subject.field(&name);
    match value.single().map(|choice| &choice.datum) {
        Some(Datum::Unset) => String::from("-"),
        Some(Datum::List(items)) => items.iter().filter_map(Value::as_text).map(|item| &**item).collect::<Vec<_>>().join(","),
        _ => match TraceValue::from(&value) {
            TraceValue::Known { value, .. } => value,
            TraceValue::OneOf { values, .. } => values.join("|"),
            TraceValue::Unknown { reason } => format!("?{reason}"),
        },
    }
}

fn environment(machine: &MemoryMachine, names: &[&str]) -> String {
    fields(machine, Kind::Environment, &|_| true, names).join("\n")
}

fn directory(machine: &MemoryMachine, variable: &str, names: &[&str]) -> String {
    fields(machine, Kind::GoPath, &|subject| shown(subject, "variable") == variable, names).join("\n")
}

fn settings(machine: &MemoryMachine, name: &str, names: &[&str]) -> Vec<String> {
    fields(machine, Kind::Setting, &|subject| shown(subject, "name") == name, names)
}

#[test]
fn the_go_on_path_is_found_with_its_tree() {
    let names =
        ["go.command", "go.installed", "goroot.installed", "goroot.version", "goroot.compiler-version", "goroot.tools", "go.answer"];
    assert_eq!(
        environment(&machine(), &names),
        "go.command=/opt/go/bin/go go.installed=1.24.1 goroot.installed=/opt/go goroot.version=1.24.1 goroot.compiler-version=1.24.1 goroot.tools=true go.answer=not-asked"
    );
    let none = machine().with_variable("PATH", "/usr/bin:relative/bin:");
    assert_eq!(environment(&none, &["go.command", "go.answer", "go.version"]), "go.command=- go.answer=absent go.version=-");
}

#[test]
fn a_tree_with_traces_of_another_release_is_told() {
    let mixed = machine()
        .with("/opt/go/src/runtime/internal/sys/x.go", Entry::file(0, ""))
        .with("/opt/go/src/internal/runtime/sys/x.go", Entry::file(0, ""))
        .with("/opt/go/pkg/tool/linux_amd64/compile", Entry::program(0, sample::elf("go1.23.9", "")));
    assert_eq!(
        environment(&mixed, &["goroot.leftovers", "goroot.compiler-version"]),
        "goroot.leftovers=runtime/internal/sys goroot.compiler-version=1.23.9"
    );
}

#[test]
fn a_newer_module_makes_go_switch_and_an_older_policy_stop() {
    let newer = machine().with("/home/me/project/go.mod", Entry::file(ME, "module m\ngo 1.25.3\n"));
    let names = ["go.version", "go.switches", "go.toolchain-present", "go.needed"];
    assert_eq!(environment(&newer, &names), "go.version=1.25.3 go.switches=true go.toolchain-present=false go.needed=-");
    let local = newer.clone().with_variable("GOTOOLCHAIN", "local");
    assert_eq!(environment(&local, &names), "go.version=- go.switches=false go.toolchain-present=- go.needed=1.25.3");
    let there = newer
        .with("/home/me/go/pkg/mod/golang.org/toolchain@v0.0.1-go1.25.3.linux-amd64/pkg/tool/linux_amd64/compile", Entry::program(ME, ""));
    let tree = "/home/me/go/pkg/mod/golang.org/toolchain@v0.0.1-go1.25.3.linux-amd64";
    assert_eq!(environment(&there, &["go.toolchain-present", "GOROOT"]), format!("go.toolchain-present=true GOROOT={tree}"));
    let no_modules = machine().with_variable("GO111MODULE", "off");
    assert_eq!(environment(&no_modules, &["go.version", "module.go"]), "go.version=1.24.1 module.go=-");
}

#[test]
fn the_nearest_module_files_count() {
    let below = MemoryMachine::new(Platform { os: "linux", arch: "amd64" }, ME, "/home/me/project/sub")
        .with("/home/me/project/go.mod", Entry::file(ME, "module example.com/m\ngo 1.24.0\n"))
        .with("/home/me/project/.git", Entry::directory(ME))
        .with("/home/me/go.work", Entry::file(ME, "go 1.25\n"));
    let names = ["module.file", "module.path", "module.go", "module.workspace", "module.workspace-file"];
    let expected =
        "module.file=go.mod module.path=example.com/m module.go=1.25 module.workspace=true module.workspace-file=/home/me/go.work";
    assert_eq!(environment(&below, &names), expected);
    let off = below.with_variable("GOWORK", "off");
    assert_eq!(environment(&off, &["module.go", "module.workspace"]), "module.go=1.24.0 module.workspace=-");
}

#[test]
fn settings_are_told_with_what_they_hide_and_what_hides_them() {
    let machine = written(machine().with_variable("GOFLAGS", "-v").with_variable("GOBIN", ""), "GOFLAGS=-x\nGOPROXY=direct\nGOPROXY=off\n");
    let names = ["set-by", "value", "effective", "overridden-by", "shadows", "default"];
    assert_eq!(
        settings(&machine, "GOFLAGS", &names),
        [
            "set-by=process value=-v effective=true overridden-by=- shadows=go-env-file default=-x",
            "set-by=go-env-file value=-x effective=false overridden-by=process shadows=- default=-v",
        ]
    );
    let proxy = "https://proxy.golang.org,direct";
    assert_eq!(
        settings(&machine, "GOPROXY", &names),
        [
            format!("set-by=go-env-file value=direct effective=false overridden-by=go-env-file shadows=goroot-file default={proxy}"),
            format!("set-by=go-env-file value=off effective=true overridden-by=- shadows=goroot-file default={proxy}"),
            format!("set-by=goroot-file value={proxy} effective=false overridden-by=go-env-file shadows=- default=off"),
        ]
    );
    assert_eq!(settings(&machine, "GOBIN", &["verdict", "cause", "effective"]), ["verdict=ignored cause=empty effective=true"]);
}

#[test]
fn lines_that_go_passes_over_are_told() {
    let machine = written(machine(), "export GOFLAGS=-x\n GOPROXY = off\n# GOSUMDB=off\nGOPRIVATE=a\n");
    for name in ["GOFLAGS", "GOPROXY"] {
        let told = settings(&machine, name, &["set-by", "cause", "effective"]);
        assert_eq!(told.first().map(String::as_str), Some("set-by=go-env-file cause=malformed-line effective=false"), "{name}");
    }
    assert!(settings(&machine, "GOSUMDB", &["set-by"]).iter().all(|line| line == "set-by=goroot-file"));
    assert_eq!(settings(&machine, "GOPRIVATE", &["effective"]), ["effective=true"]);
}

#[test]
fn the_file_of_settings_may_be_elsewhere_or_off() {
    let elsewhere = machine().with_variable("GOENV", "sub/env").with("/home/me/project/sub/env", Entry::file(ME, "GOFLAGS=-x\n"));
    assert_eq!(environment(&elsewhere, &["user-file", "GOFLAGS"]), "user-file=/home/me/project/sub/env GOFLAGS=-x");
    let off = written(machine(), "GOFLAGS=-x\n").with_variable("GOENV", "off");
    assert_eq!(environment(&off, &["user-file", "GOFLAGS"]), "user-file=- GOFLAGS=");
    assert!(settings(&off, "GOFLAGS", &["set-by"]).is_empty());
}

#[test]
fn a_directory_that_is_not_there_may_be_made_or_not() {
    let names = ["path", "exists", "creatable", "writable", "set-by"];
    assert_eq!(
        directory(&machine(), "GOCACHE", &names),
        "path=/home/me/.cache/go-build exists=false creatable=true writable=- set-by=default"
    );
    let denied = machine().with_variable("GOCACHE", "/opt/cache");
    assert_eq!(directory(&denied, "GOCACHE", &names[1..]), "exists=false creatable=false writable=- set-by=process");
    let in_a_file = machine().with_variable("GOCACHE", "/home/me/project/go.mod/x");
    assert_eq!(directory(&in_a_file, "GOCACHE", &["creatable"]), "creatable=false");
}

#[test]
fn owners_and_modes_are_told() {
    let mut entry = Entry::directory(1001);
    entry.status.mode = Some(0o2775);
    let shared = machine().with_variable("GOCACHE", "/srv/cache").with("/srv/cache", entry).with("/srv/cache/00", Entry::directory(1001));
    let names =
        ["owner", "mode", "group-writable", "world-writable", "setgid", "writable", "readable", "contents-owner", "contents-writable"];
    assert_eq!(
        directory(&shared, "GOCACHE", &names),
        "owner=other mode=2775 group-writable=true world-writable=false setgid=true writable=false readable=true contents-owner=other contents-writable=false"
    );
}

#[test]
fn file_systems_are_told_apart() {
    for (kind, network) in [("nfs4", true), ("cifs", true), ("fuse.sshfs", true), ("tmpfs", false), ("overlay", false)] {
        let mounted = machine().with_mount("/home/me/.cache", kind);
        assert_eq!(directory(&mounted, "GOCACHE", &["filesystem", "network"]), format!("filesystem={kind} network={network}"));
        assert_eq!(directory(&mounted, "GOMODCACHE", &["filesystem", "network"]), "filesystem=ext4 network=false");
    }
}

#[test]
fn directories_know_one_another_and_the_repository() {
    let odd = machine()
        .with_variable("GOPATH", "/home/me:/opt/path")
        .with_variable("GOTMPDIR", "/home/me/project")
        .with_variable("GOCACHE", "/home/me/project/.cache/go")
        .with_variable("GOMODCACHE", "/home/me/project/.cache/go")
        .with("/home/me/project/.gitignore", Entry::file(ME, "/.cache/\n"));
    let names = ["path", "holds-module", "contains"];
    assert_eq!(
        directory(&odd, "GOPATH", &names),
        "path=/home/me holds-module=true contains=GOCACHE,GOMODCACHE,GOBIN,GOTMPDIR\npath=/opt/path holds-module=false contains="
    );
    assert_eq!(directory(&odd, "GOTMPDIR", &["is-module-root", "ignored"]), "is-module-root=true ignored=-");
    assert_eq!(
        directory(&odd, "GOCACHE", &["inside-repository", "ignored", "shared-with"]),
        "inside-repository=true ignored=true shared-with=GOMODCACHE"
    );
}

#[test]
fn what_git_ignores_is_by_the_innermost_file() {
    let cache = |path: &str| machine().with_variable("GOCACHE", format!("/home/me/project/{path}"));
    let ignored = |machine: &MemoryMachine| directory(machine, "GOCACHE", &["ignored"]);
    assert_eq!(ignored(&cache("a/b")), "ignored=false");
    let outer = cache("a/b").with("/home/me/project/.gitignore", Entry::file(ME, "a/*\n"));
    assert_eq!(ignored(&outer), "ignored=true");
    assert_eq!(ignored(&outer.with("/home/me/project/a/.gitignore", Entry::file(ME, "!b\n"))), "ignored=false");
    assert_eq!(ignored(&cache("x").with("/home/me/project/.git/info/exclude", Entry::file(ME, "x\n"))), "ignored=true");
}

#[test]
fn relative_directories_are_no_places_but_that_of_temporary_files() {
    let relative = machine().with_variable("GOMODCACHE", "mod").with_variable("GOTMPDIR", "tmp").with_variable("GOBIN", "~/bin");
    assert_eq!(directory(&relative, "GOMODCACHE", &["path"]), "");
    assert_eq!(directory(&relative, "GOBIN", &["path"]), "");
    assert_eq!(directory(&relative, "GOTMPDIR", &["path", "exists"]), "path=/home/me/project/tmp exists=false");
    assert_eq!(directory(&machine(), "TMPDIR", &["path", "set-by"]), "path=/tmp set-by=default");
}

#[test]
fn tools_tell_who_built_them() {
    let lines = "path\texample.com/x/cmd\nmod\texample.com/x\tv1.2.3\th1:=\nbuild\tGOOS=linux\nbuild\tGOARCH=arm64\n";
    let tools = machine()
        .with_variable("PATH", "/opt/go/bin:/usr/bin:/home/me/go/bin")
        .with("/home/me/go/bin/old", Entry::program(ME, sample::elf("go1.21.5", lines)))
        .with("/home/me/go/bin/new", Entry::program(ME, sample::elf("go1.27.0-X:simd", "")))
        .with("/home/me/go/bin/script", Entry::program(ME, "#!/bin/sh\n"))
        .with("/usr/bin/old", Entry::program(0, ""));
    let names = ["name", "built-by", "releases-behind", "module", "module-version", "runs-here", "on-path", "shadowed-by", "experiments"];
    assert_eq!(
        fields(&tools, Kind::Tool, &|_| true, &names),
        [
            "name=new built-by=1.27.0 releases-behind=-3 module=- module-version=- runs-here=- on-path=true shadowed-by=- experiments=simd",
            "name=old built-by=1.21.5 releases-behind=3 module=example.com/x module-version=v1.2.3 runs-here=false on-path=false shadowed-by=/usr/bin/old experiments=",
        ]
    );
}

#[test]
fn what_go_says_counts_more_than_what_was_worked_out() {
    let values = r#"{"GOROOT": "/opt/go", "GOVERSION": "go1.24.1", "GOHOSTOS": "linux", "GOHOSTARCH": "amd64", "GOCACHE": "/patched"}"#;
    let output = crate::world::machine::GoOutput { success: true, stdout: values.into(), stderr: Vec::new() };
    let machine = machine().with_go(Ok(output));
    let host = Host::examine(&machine, true);
    assert_eq!(host.answer().word(), "answers");
    assert_eq!(host.text_of("GOCACHE").as_deref(), Some("/patched"));
    assert_eq!(host.text_of("GOMODCACHE").as_deref(), Some("/home/me/go/pkg/mod"));
}

#[test]
fn every_field_of_every_subject_can_be_asked_for() {
    let machine = written(machine(), "GOFLAGS=-x\n").with("/home/me/go/bin/x", Entry::program(ME, sample::elf("go1.24.1", "")));
    let mut kinds = std::collections::BTreeSet::new();
    Host::examine(&machine, false).visit(&|_| true, &mut |subject| {
        kinds.insert(subject.kind());
        for field in subject.kind().fields().iter().filter(|field| field.family().is_none()) {
            let value = shown(subject, field.name);
            assert_eq!(mask(&value), value);
        }
    });
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), [Kind::Environment, Kind::Setting, Kind::GoPath, Kind::Tool]);
}

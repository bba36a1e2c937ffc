//! The resolver against recorded expectations; [`against_go`] compares it with the real command.

#[cfg(target_os = "linux")]
mod against_go;

use super::*;
use crate::facts::version::GoVersion;

fn resolver(minor: u32, variables: &[(&str, &str)]) -> Resolver {
    let mut environment = Environment::empty(false);
    for (name, value) in variables {
        environment.set(name, Value::text(*value, Origin::of(OriginKind::JobEnv)));
    }
    let mut resolver = Resolver::new(environment, VersionRange::minor(minor));
    resolver.os = Some("linux".into());
    resolver.arch = Some("amd64".into());
    resolver
}

fn known(resolver: &Resolver, name: &str) -> String {
    let value = resolver.variable(name);
    value.as_text().unwrap_or_else(|| panic!("{name} is {value:?}")).to_string()
}

#[test]
fn defaults_follow_home_and_xdg() {
    let plain = resolver(24, &[("HOME", "/home/me")]);
    let expected = [
        ("GOPATH", "/home/me/go"),
        ("GOMODCACHE", "/home/me/go/pkg/mod"),
        ("GOCACHE", "/home/me/.cache/go-build"),
        ("GOENV", "/home/me/.config/go/env"),
        ("GOPROXY", "https://proxy.golang.org,direct"),
        ("GOBIN", ""),
        ("GOAMD64", "v1"),
        ("CC", "gcc"),
    ];
    for (name, value) in expected {
        assert_eq!(known(&plain, name), value, "{name}");
    }
    let origin = plain.variable("GOMODCACHE").single().unwrap().origin.clone();
    assert_eq!((origin.kind, origin.detail.as_deref()), (OriginKind::Default, Some("Go's default: $GOPATH/pkg/mod")));
    assert_eq!(known(&resolver(27, &[("HOME", "/home/me")]), "GOBIN"), "/home/me/go/bin");
    assert_eq!(known(&resolver(22, &[("XDG_CACHE_HOME", "rel")]), "GOCACHE"), "rel/go-build");
    assert_eq!(known(&resolver(24, &[("XDG_CACHE_HOME", "rel"), ("HOME", "/h")]), "GOCACHE"), "off");
}

#[test]
fn windows_and_macos_have_other_places() {
    let mut windows = resolver(
        24,
        &[("USERPROFILE", r"C:\Users\me"), ("LocalAppData", r"C:\Users\me\AppData\Local"), ("AppData", r"C:\Users\me\AppData\Roaming")],
    );
    windows.os = Some("windows".into());
    for (name, value) in [
        ("GOPATH", r"C:\Users\me\go"),
        ("GOMODCACHE", r"C:\Users\me\go\pkg\mod"),
        ("GOCACHE", r"C:\Users\me\AppData\Local\go-build"),
        ("GOENV", r"C:\Users\me\AppData\Roaming\go\env"),
        ("GOEXE", ".exe"),
    ] {
        assert_eq!(known(&windows, name), value, "{name}");
    }
    let mut mac = resolver(24, &[("HOME", "/Users/me"), ("XDG_CACHE_HOME", "/x")]);
    mac.os = Some("darwin".into());
    assert_eq!((known(&mac, "GOCACHE").as_str(), known(&mac, "CC").as_str()), ("/Users/me/Library/Caches/go-build", "clang"));
}

#[test]
fn an_empty_variable_counts_as_unset_and_the_files_follow() {
    let mut layered = resolver(24, &[("GOPROXY", ""), ("GOFLAGS", "-v"), ("HOME", "/h")]);
    layered.user_file.write("GOFLAGS", Value::text("-x", Origin::of(OriginKind::GoEnvFile)));
    layered.user_file.write("GOSUMDB", Value::text("", Origin::of(OriginKind::GoEnvFile)));
    assert_eq!(known(&layered, "GOPROXY"), "https://proxy.golang.org,direct");
    assert_eq!(known(&layered, "GOSUMDB"), "", "an empty line hides go.env");
    let flags = layered.variable("GOFLAGS");
    let overrode = flags.single().unwrap().origin.overrode.clone().unwrap();
    assert_eq!((overrode.0.as_text(), overrode.1.kind), (Some("-x"), OriginKind::GoEnvFile));
    layered.environment.set("GOENV", Value::text("off", Origin::of(OriginKind::StepEnv)));
    assert_eq!((known(&layered, "GOSUMDB").as_str(), known(&layered, "GOENV").as_str()), ("sum.golang.org", ""));
}

#[test]
fn what_depends_on_something_unknown_has_all_its_possibilities() {
    let mut open = resolver(24, &[("HOME", "/h")]);
    let texts = |value: &Value| value.choices().iter().map(|choice| choice.datum.as_text().unwrap_or("-").to_owned()).collect::<Vec<_>>();
    assert_eq!(open.variable("CGO_ENABLED").reason().map(Reason::as_str), Some("whether there is a C compiler"));
    open.go = VersionRange::at_least(GoVersion::release(26, 0));
    assert_eq!(texts(&open.variable("GOBIN")), ["/h/go/bin", ""]);
    open.environment.set("GOPATH", Value::unknown(Reason::new("secrets.X")));
    assert_eq!(open.variable("GOMODCACHE").reason().map(Reason::as_str), Some("secrets.X"));
    assert!(open.variable("GOVERSION").reason().is_some());
}

#[test]
fn cgo_is_off_when_cross_compiling_whatever_cc_says() {
    assert_eq!(known(&resolver(24, &[("GOARCH", "arm64"), ("CC", "aarch64-gcc")]), "CGO_ENABLED"), "0");
    assert_eq!(known(&resolver(24, &[("CC", "mycc")]), "CGO_ENABLED"), "1");
    assert_eq!(known(&resolver(24, &[("GOARCH", "arm64"), ("CGO_ENABLED", "1")]), "CGO_ENABLED"), "1");
    let mut written = resolver(24, &[("CGO_ENABLED", "true")]);
    written.c_compiler = Some(false);
    written.user_file.write("CC", Value::text("mycc", Origin::of(OriginKind::GoEnvFile)));
    assert_eq!(known(&written, "CGO_ENABLED"), "0");
}

#[test]
fn variables_of_other_releases_and_targets_are_not_resolved() {
    let old = resolver(22, &[("GOFIPS140", "latest"), ("GOARM64", "v8.0")]);
    assert_eq!(known(&old, "GOFIPS140"), "latest", "what the environment says");
    assert!(!old.names().any(|name| name == "GOFIPS140" || name == "GOARM64") && old.names().any(|name| name == "GOAMD64"));
    assert_eq!(old.names().count(), 40);
    assert_eq!(resolver(27, &[]).names().count(), 47);
    assert_eq!(old.variable("GOARM").single().map(|choice| &choice.datum), Some(&Datum::Unset));
}

#[test]
fn modules_follow_go111module_and_gowork() {
    let mut modules = resolver(24, &[]);
    modules.go_mod = unset();
    modules.go_work = Value::text("/w/go.work", Origin::of(OriginKind::Module));
    assert_eq!((known(&modules, "GOMOD").as_str(), known(&modules, "GOWORK").as_str()), ("/dev/null", "/w/go.work"));
    modules.environment.set("GO111MODULE", Value::text("auto", Origin::of(OriginKind::JobEnv)));
    modules.environment.set("GOWORK", Value::text("off", Origin::of(OriginKind::JobEnv)));
    assert_eq!((known(&modules, "GOMOD").as_str(), known(&modules, "GOWORK").as_str()), ("", "off"));
}

#[test]
fn a_go_mod_among_temporary_files_is_ignored() {
    let gomod = |temporary: &[(&str, &str)]| {
        let mut modules = resolver(24, temporary);
        modules.go_mod = Value::text("/scratch/go.mod", Origin::of(OriginKind::Module));
        known(&modules, "GOMOD")
    };
    assert_eq!(gomod(&[]), "/scratch/go.mod");
    assert_eq!(gomod(&[("TMPDIR", "/scratch/")]), "/dev/null");
    assert_eq!(gomod(&[("TMPDIR", "/scratch/below")]), "/scratch/go.mod");
}

#[test]
fn gopath_is_empty_where_the_environment_says_that_its_default_is_goroot() {
    assert_eq!(known(&resolver(24, &[("HOME", "/h"), ("GOROOT", "/h/go/")]), "GOPATH"), "");
    let mut found_out = resolver(24, &[("HOME", "/h")]);
    found_out.goroot = Value::text("/h/go", Origin::of(OriginKind::Default));
    assert_eq!(known(&found_out, "GOPATH"), "/h/go");
}

#[test]
fn the_default_goarm_is_printed_as_it_is_understood() {
    let goarm = |minor| known(&resolver(minor, &[("GOARCH", "arm")]), "GOARM");
    assert_eq!([21, 22, 23, 24].map(goarm), ["7", "7,hardfloat", "7,hardfloat", "7"]);
}

use super::*;

mod recorded;

use proptest::prelude::*;

fn verdict(name: &str, value: &str, minor: u32) -> (&'static str, &'static str) {
    let found = diagnose(&Setting::new(name, value, VersionRange::minor(minor)));
    (found.verdict.word(), found.cause)
}

#[test]
fn each_mistake_has_its_cause() {
    for (name, value, expected) in [
        ("GOFLAGS", "-mod=mod -v", ("used", "")),
        ("GOFLAGS", "mod=mod", ("rejected", "not-a-flag")),
        ("GOFLAGS", "-p 4", ("rejected", "not-a-flag")),
        ("GOFLAGS", "-ldflags=-s -w", ("harmful", "split-value")),
        ("GOFLAGS", "-ldflags='-s -w'", ("rejected", "quotes-inside")),
        ("GOFLAGS", "'-ldflags=-s -w'", ("used", "")),
        ("GOFLAGS", "-gcflags=-m -m", ("harmful", "split-value")),
        ("GOFLAGS", "-gcflags=all=-N -dwarf", ("rejected", "split-value")),
        ("GOFLAGS", "-tags=a b", ("rejected", "not-a-flag")),
        ("GOFLAGS", "-nosuch", ("rejected", "unknown-flag")),
        ("GOFLAGS", "-insecure", ("rejected", "removed-flag")),
        ("GOFLAGS", "-json", ("harmful", "go-env-flag")),
        ("GOFLAGS", "-race=maybe", ("rejected", "bad-value")),
        ("GOFLAGS", "-buildvcs=auto", ("used", "")),
        ("GOFLAGS", "-buildvcs=maybe", ("rejected", "bad-value")),
        ("GOFLAGS", "-v=x", ("rejected", "bad-value")),
        ("GOFLAGS", "-d -buildmode=bad", ("rejected", "bad-value")),
        ("GOFLAGS", "-d", ("ignored", "get-flag")),
        ("GOFLAGS", "-short=2", ("rejected", "bad-value")),
        ("GOFLAGS", "-buildmode=pie -p=4 -covermode=atomic", ("used", "")),
        ("GOFLAGS", "-mod", ("rejected", "flag-without-value")),
        ("GOFLAGS", "-modfile=tools.mod", ("conditional", "must-exist")),
        ("GOCACHE", "off", ("rejected", "disabled")),
        ("GOCACHE", "~/x", ("rejected", "literal-home")),
        ("GOCACHE", "$HOME/x", ("rejected", "unexpanded")),
        ("GOCACHE", "/x/$USER", ("harmful", "unexpanded")),
        ("GOCACHE", "/x", ("used", "")),
        ("GOMODCACHE", ".cache", ("rejected", "relative")),
        ("GOPATH", "/a:b", ("rejected", "relative")),
        ("GOPATH", "/a:/b:", ("used", "")),
        ("GOPATH", r"C:\go", ("used", "")),
        ("GOBIN", "bin", ("rejected", "relative")),
        ("GOTMPDIR", "/tmp/x", ("conditional", "must-exist")),
        ("GOTOOLCHAIN", "stable", ("rejected", "bad-value")),
        ("GOTOOLCHAIN", "go1.22", ("rejected", "language-version")),
        ("GOTOOLCHAIN", "go1.22.3+auto", ("conditional", "downloads")),
        ("GOTOOLCHAIN", "go1.22rc1", ("conditional", "downloads")),
        ("GOTOOLCHAIN", "1.22.3", ("rejected", "bad-value")),
        ("GOTOOLCHAIN", "local+path", ("used", "")),
        ("GOTOOLCHAIN", "auto+path", ("rejected", "bad-value")),
        ("GOPROXY", "https://a.example|direct", ("used", "")),
        ("GOPROXY", "goproxy.cn,direct", ("used", "")),
        ("GOPROXY", "direct,https://a.example", ("partly-ignored", "unreachable-entry")),
        ("GOPROXY", "http://a.example", ("harmful", "plain-http")),
        ("GOPROXY", "http://localhost:8080", ("used", "")),
        ("GOPROXY", "https://me:secret@a.example", ("harmful", "credentials-in-url")),
        ("GOPROXY", "DIRECT", ("rejected", "bad-value")),
        ("GOPROXY", "https://a.example direct", ("rejected", "bad-value")),
        ("GOPROXY", "https://token@a.example", ("harmful", "credentials-in-url")),
        ("GOPROXY", "file:/srv/proxy", ("rejected", "bad-value")),
        ("GOPROXY", "/srv/proxy", ("rejected", "bad-value")),
        ("GOPROXY", "file:///srv/proxy", ("used", "")),
        ("GOPROXY", " , ", ("rejected", "empty")),
        ("GOSUMDB", "off", ("used", "")),
        ("GOSUMDB", "direct", ("rejected", "bad-value")),
        ("GOSUMDB", "sum.golang.org https://mirror.example", ("used", "")),
        ("GOSUMDB", "a+12345678+Azzz=", ("used", "")),
        ("GOPRIVATE", "github.com/me/*,corp.example", ("used", "")),
        ("GOPRIVATE", "*", ("too-wide", "matches-all")),
        ("GOPRIVATE", "*/*", ("too-wide", "matches-all")),
        ("GOPRIVATE", "*.com", ("too-wide", "matches-all")),
        ("GOPRIVATE", "*.corp.example", ("used", "")),
        ("GOPRIVATE", "github.com", ("too-wide", "all-of-host")),
        ("GOPRIVATE", "a.example, b.example", ("partly-ignored", "blank-in-pattern")),
        ("GOPRIVATE", "https://a.example", ("ignored", "scheme-in-pattern")),
        ("GOPRIVATE", "GitHub.com/me", ("ignored", "upper-case")),
        ("GOPRIVATE", "a.example/...", ("ignored", "ellipsis")),
        ("GOINSECURE", "192.168.0.0/16", ("ignored", "cidr")),
        ("GONOSUMDB", "[", ("ignored", "bad-glob")),
        ("GONOPROXY", "none", ("used", "")),
        ("GOVCS", "public:git|hg,private:all", ("used", "")),
        ("GOVCS", "bogus", ("rejected", "bad-value")),
        ("GOTOOLCHAIN", "go${GO_VERSION}", ("rejected", "unexpanded")),
        ("GOPRIVATE", "github.com/$ORG", ("ignored", "unexpanded")),
        ("GOAUTH", "off;netrc", ("rejected", "bad-value")),
        ("GO111MODULE", "ON", ("rejected", "bad-value")),
        ("CGO_ENABLED", "true", ("ignored", "bad-value")),
        ("CGO_CFLAGS", "'-O2", ("rejected", "unterminated-quote")),
        ("GOOS", "Linux", ("rejected", "unknown-port")),
        ("GOEXPERIMENT", "rangefunc", ("rejected", "unknown-experiment")),
        ("GODEBUG", "nosuch=1,gctrace=1", ("partly-ignored", "unknown-setting")),
        ("GOMEMLIMIT", "1GB", ("rejected", "bad-value")),
        ("GOMEMLIMIT", "1GiB", ("used", "")),
        ("GOGC", "abc", ("ignored", "bad-value")),
        ("GOEXE", ".exe", ("computed", "computed")),
        ("GOROOT_FINAL", "/x", ("dead", "dead")),
        ("GONOSUMCHECK", "1", ("no-such-variable", "never-existed")),
        ("GOPROXIES", "x", ("no-such-variable", "misspelt")),
        ("GO_VERSION", "1.22", ("foreign", "foreign")),
        ("GOFLAGS", "", ("ignored", "empty")),
        ("XDG_CACHE_HOME", "~/.cache", ("rejected", "literal-home")),
        ("XDG_CACHE_HOME", "/cache", ("used", "")),
        ("TMPDIR", "/scratch", ("conditional", "must-exist")),
    ] {
        assert_eq!(verdict(name, value, 26), expected, "{name}={value}");
    }
}

#[test]
fn releases_that_differ_are_told_apart() {
    let range = VersionRange { low: VersionRange::minor(21).low, high: VersionRange::minor(24).high };
    let found = diagnose(&Setting::new("GOAMD64", "v9", range));
    assert_eq!((found.verdict, found.cause), (Verdict::Unknown, "depends-on-release"));
    assert!(found.reason.starts_with("Go 1.21 to 1.22: every go command fails: go: invalid GOAMD64"), "{}", found.reason);
    assert_eq!(verdict("GOFIPS140", "bogus", 22), ("ignored", "too-new"));
    assert_eq!((verdict("GODEBUG", "tls3des=1", 26), verdict("GODEBUG", "tls3des=1", 27)), (("used", ""), ("rejected", "fatal-setting")));
    assert_eq!(verdict("GOEXPERIMENT", "brandnew", 28), ("unknown", "depends-on-release"));
    assert_eq!((verdict("GOOS", "Linux", 28).1, verdict("GOOS", "brandnew", 28).1), ("unknown-port", "depends-on-release"));
    assert_eq!(verdict("GOFLAGS", "-brandnew", 28), ("unknown", "depends-on-release"));
    assert_eq!(verdict("GOCACHE", "off", 28), ("rejected", "disabled"));
}

#[test]
fn levels_in_files_are_checked_by_the_compiler_only() {
    let found = |name, value, minor, arch| {
        let target = (Some("linux"), Some(arch));
        let found = diagnose(&Setting { via: Via::UserFile, target, ..Setting::new(name, value, VersionRange::minor(minor)) });
        (found.verdict.word(), found.cause, matches!(found.verdict, Verdict::Rejected { by: By::Every, .. }))
    };
    assert_eq!(found("GOARM64", "v1", 24, "arm64"), ("rejected", "bad-value", false));
    assert_eq!(found("GOARM64", "v1", 24, "amd64"), ("ignored", "other-architecture", false));
    assert_eq!(found("GOAMD64", "v9", 24, "amd64"), ("ignored", "swallowed", false));
    assert_eq!(found("GOFIPS140", "bogus", 24, "amd64"), ("rejected", "bad-value", true));
}

#[test]
fn the_surroundings_count() {
    let plain = Setting::new("GOBIN", "/x", VersionRange::minor(24));
    let cross = Setting { host: Some(("linux", "amd64")), target: (Some("linux"), Some("arm64")), ..plain };
    assert_eq!((diagnose(&plain).verdict.word(), diagnose(&cross).cause), ("used", "cross-install"));
    let level = Setting { name: "GOAMD64", value: "v3", ..cross };
    assert_eq!(diagnose(&level).cause, "other-architecture");
    let pair = Setting { name: "GOOS", value: "darwin", target: (Some("darwin"), Some("386")), ..plain };
    assert_eq!(diagnose(&pair).cause, "unsupported-port");
}

#[test]
fn what_go_env_w_refuses_depends_on_the_release() {
    let write = |name, value, minor| {
        let found = diagnose(&Setting { via: Via::WriteCommand, ..Setting::new(name, value, VersionRange::minor(minor)) });
        match found.verdict {
            Verdict::Rejected { message, by: By::Writing } => message,
            verdict => verdict.word().to_owned(),
        }
    };
    assert_eq!(write("GOROOT", "/x", 26), "harmful");
    assert_eq!(write("GOROOT", "/x", 27), "go: GOROOT cannot be modified");
    assert_eq!(write("GODEBUG", "a=1", 22), "go: unknown go command variable GODEBUG");
    assert_eq!(write("GODEBUG", "a=1", 23), "go: GODEBUG can only be set using the OS environment");
    assert_eq!(write("GOTELEMETRY", "off", 23), "go: unknown go command variable GOTELEMETRY");
    assert_eq!(write("GOBUILDTIME", "1", 24), "go: unknown go command variable GOBUILDTIME");
    assert_eq!(write("GOFLAGS", "-v", 24), "used");
}

#[test]
fn every_cause_is_listed_in_order() {
    assert!(CAUSES.is_sorted_by(|left, right| left < right));
    let sources = [
        include_str!("mod.rs"),
        include_str!("build.rs"),
        include_str!("directories.rs"),
        include_str!("goflags.rs"),
        include_str!("patterns.rs"),
        include_str!("proxies.rs"),
        include_str!("runtime.rs"),
        include_str!("toolchain.rs"),
        include_str!("written.rs"),
        include_str!("verdict.rs"),
    ];
    let code: String = sources.iter().map(|source| source.split("pub const CAUSES").next().unwrap()).collect();
    for cause in CAUSES {
        assert!(code.contains(&format!("\"{cause}\"")), "{cause} is listed but never used");
    }
}

proptest! {
    #[test]
    fn any_value_of_any_variable_gets_a_verdict_with_a_listed_cause(
        index in 0..super::super::variables::all().len(),
        value in prop_oneof![".{0,40}", "[-a-z=' \"$%{}()~/:,;|*.@+\\[\\]]{0,40}"],
        via in prop_oneof![Just(Via::Environment), Just(Via::WriteCommand), Just(Via::UserFile)],
        minor in 18u32..30,
    ) {
        let name = super::super::variables::all()[index].name;
        let found = diagnose(&Setting { via, ..Setting::new(name, &value, VersionRange::minor(minor)) });
        prop_assert!(VERDICTS.contains(&found.verdict.word()));
        prop_assert!(found.cause.is_empty() || CAUSES.contains(&found.cause), "{}", found.cause);
        prop_assert_eq!(found.verdict == Verdict::Used, found.reason.is_empty());
    }
}

//! The resolver against the real command: random environments, every variable, every release that is installed.
//!
//! See [`crate::facts::go::installed`] for which those are.

#![expect(clippy::disallowed_methods, reason = "a test that runs the real command")]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use super::super::*;
use crate::facts::go::installed::{Toolchain, toolchains};
use crate::text::Text;

/// How many environments are drawn for each release.
const DRAWS: u64 = 8;

/// Not predictable: what the C compiler answers, and whether a gccgo is installed.
const NOT_COMPARED: &[&str] = &["GOGCCFLAGS", "GCCGO"];

/// Draws values without a library, so that a failing seed can be drawn again.
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }

    fn one_of<'a>(&mut self, options: &[&'a str]) -> &'a str {
        options[self.below(options.len())]
    }
}

/// What may be set, and to what; `$T` stands for the scratch directory.
const SETTINGS: &[(&str, &[&str])] = &[
    ("AR", &["", "myar"]),
    ("CC", &["", "cc", "'my cc' -m64", "clang"]),
    ("CXX", &["", "myc++"]),
    ("CGO_CFLAGS", &["", "  -O3   -g ", "'-DX=a b' -O2"]),
    ("CGO_CPPFLAGS", &["", "-I/x  -DY"]),
    ("CGO_ENABLED", &["", "0", "1", "2", "true"]),
    ("CGO_LDFLAGS", &["", "-L/x"]),
    ("GO111MODULE", &["", "on", "off", "auto"]),
    ("GOAMD64", &["", "v1", "v3"]),
    ("GOARCH", &["", "amd64", "arm64", "386", "mips", "wasm"]),
    ("GOARM64", &["", "v8.1"]),
    ("GOAUTH", &["", "off"]),
    ("GOBIN", &["", "$T/bin", "rel"]),
    ("GOCACHE", &["", "$T/cache", "off", "rel", "~/c"]),
    ("GODEBUG", &["", "http2client=0"]),
    ("GOENV", &["", "off", "$T/env"]),
    ("GOEXPERIMENT", &["", "none"]),
    ("GOFIPS140", &["", "latest"]),
    ("GOFLAGS", &["-v", "-v -tags=x"]),
    ("GOINSECURE", &["", "example.com"]),
    ("GOMODCACHE", &["", "$T/mod"]),
    ("GONOPROXY", &["", "a.example"]),
    ("GONOSUMDB", &["", "b.example"]),
    ("GOOS", &["", "linux", "darwin", "windows", "freebsd", "plan9"]),
    ("GOPACKAGESDRIVER", &["", "off"]),
    ("GOPATH", &["", "$T/gopath", "$T/one:$T/two"]),
    ("GOPRIVATE", &["", "c.example,d.example"]),
    ("GOPROXY", &["", "off", "direct"]),
    ("GOSUMDB", &["", "off"]),
    ("GOTMPDIR", &["", "$T"]),
    ("GOVCS", &["", "*:git"]),
    ("GOVERSION", &["", "go1.0"]),
    ("GOWORK", &["", "off", "auto", "$T/go.work"]),
    ("HOME", &["", "$T/home", "$T/home/"]),
    ("PKG_CONFIG", &["", "my-config --x"]),
    ("XDG_CACHE_HOME", &["", "$T/xdg-cache"]),
    ("XDG_CONFIG_HOME", &["", "$T/xdg-config"]),
];

/// What may stand in the file of `go env -w`.
const WRITTEN: &[(&str, &[&str])] = &[
    ("CC", &["fromfile"]),
    ("CGO_ENABLED", &["0", "1"]),
    ("GOBIN", &["$T/filebin"]),
    ("GOCACHE", &["$T/filecache"]),
    ("GOFLAGS", &["-x"]),
    ("GOPATH", &["$T/filepath"]),
    ("GOPRIVATE", &["file.example"]),
    ("GOPROXY", &["", "https://file.example"]),
    ("GOSUMDB", &["", "file"]),
    ("GOWORK", &["off"]),
];

/// Asking for these fails where building would, for instance without a cache: `needCostly` in `cmd/go/internal/envcmd/env.go`.
const COSTLY: &[&str] = &["CGO_CFLAGS", "CGO_CPPFLAGS", "CGO_CXXFLAGS", "CGO_FFLAGS", "CGO_LDFLAGS", "PKG_CONFIG"];

#[test]
fn the_resolver_agrees_with_go() {
    for toolchain in toolchains() {
        let compared: usize = (0..DRAWS).map(|seed| compare(&toolchain, seed)).sum();
        println!("go{}: {compared} values are equal", toolchain.version);
    }
}

/// The number of values that were compared, all of them equal.
fn compare(toolchain: &Toolchain, seed: u64) -> usize {
    let mut draw = Draw(seed);
    draw.below(7);
    let scratch = std::env::temp_dir().join(format!("gopolicy-resolver-{}-{}-{seed}", std::process::id(), toolchain.version));
    std::fs::create_dir_all(scratch.join("work")).unwrap();
    let inside = scratch.to_str().unwrap();
    let at = |text: &str| text.replace("$T", inside);
    let set = |draw: &mut Draw, table: &[(&str, &[&str])], every: usize| -> BTreeMap<String, String> {
        let mut chosen = BTreeMap::new();
        for (name, values) in table {
            if draw.below(every) == 0 {
                chosen.insert((*name).to_owned(), at(draw.one_of(values)));
            }
        }
        chosen
    };
    let mut variables = set(&mut draw, SETTINGS, 2);
    variables.entry("GOFLAGS".into()).or_insert_with(|| "-v".into());
    variables.insert("GOTOOLCHAIN".into(), "local".into());
    let with_compiler = draw.below(2) == 0;
    variables.insert("PATH".into(), path_of_tools(&scratch, with_compiler));
    let written = set(&mut draw, WRITTEN, 3);
    let resolver = resolver(toolchain, &variables, &written, with_compiler, &scratch);
    let names: Vec<&str> = resolver.names().filter(|name| !NOT_COMPARED.contains(name)).collect();
    let real = ask(toolchain, &variables, &names, &scratch.join("work"));
    for (name, real) in &real {
        let value = resolver.variable(name);
        // The one value that may depend on the working directory; here that is in no entry of GOPATH.
        let choice = if name == "GOBIN" { value.choices().first() } else { value.single() };
        let ours = choice.and_then(text).map(ToOwned::to_owned);
        assert_eq!(ours.as_ref(), Some(real), "{name} of go{} with seed {seed}: {variables:?}; written: {written:?}", toolchain.version);
    }
    // Since Go 1.23 a background process may still be writing telemetry counters there.
    let _ = std::fs::remove_dir_all(&scratch);
    real.len()
}

fn path_of_tools(scratch: &Path, with_compiler: bool) -> String {
    let bin = scratch.join("tools");
    std::fs::create_dir_all(&bin).unwrap();
    if with_compiler {
        for name in ["gcc", "clang"] {
            std::fs::write(bin.join(name), "#!/bin/sh\n").unwrap();
            #[cfg(unix)]
            std::fs::set_permissions(bin.join(name), std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
        }
    }
    bin.to_str().unwrap().to_owned()
}

fn resolver(
    toolchain: &Toolchain,
    variables: &BTreeMap<String, String>,
    written: &BTreeMap<String, String>,
    with_compiler: bool,
    scratch: &Path,
) -> Resolver {
    let mut environment = Environment::empty(false);
    for (name, value) in variables {
        environment.set(name, Value::text(value.as_str(), Origin::of(OriginKind::Process)));
    }
    let mut resolver = Resolver::new(environment, VersionRange::exact(toolchain.version));
    let text = |text: &str| Value::text(text, Origin::of(OriginKind::Process));
    resolver.os = Some("linux".into());
    resolver.arch = Some(if cfg!(target_arch = "aarch64") { "arm64".into() } else { "amd64".into() });
    resolver.goroot = text(toolchain.root.to_str().unwrap());
    let go_env = std::fs::read_to_string(toolchain.root.join("go.env")).unwrap_or_default();
    resolver.goroot_file = Layer::goroot_file(&Text::file("go.env", go_env));
    resolver.go_mod = unset();
    resolver.go_work = unset();
    resolver.c_compiler = Some(with_compiler);
    let file = resolver.variable("GOENV").as_text().unwrap().to_string();
    if !file.is_empty() {
        let content: String = written.iter().map(|(name, value)| format!("{name}={value}\n")).collect();
        assert!(Path::new(&file).starts_with(scratch), "{file}");
        std::fs::create_dir_all(Path::new(&file).parent().unwrap()).unwrap();
        std::fs::write(&file, &content).unwrap();
        resolver.user_file = Layer::user_file(&Text::file("env", content));
    }
    resolver
}

fn ask(toolchain: &Toolchain, variables: &BTreeMap<String, String>, names: &[&str], directory: &Path) -> BTreeMap<String, String> {
    let run = |names: &[&str]| {
        Command::new(&toolchain.go).arg("env").arg("-json").args(names).env_clear().envs(variables).current_dir(directory).output().unwrap()
    };
    let (costly, cheap): (Vec<&str>, Vec<&str>) = names.iter().partition(|name| COSTLY.contains(name));
    let output = run(&cheap);
    assert!(output.status.success(), "go{} with {variables:?}: {}", toolchain.version, String::from_utf8_lossy(&output.stderr));
    let mut answers: BTreeMap<String, String> = serde_json::from_slice(&output.stdout).unwrap();
    let output = run(&costly);
    if output.status.success() {
        let more: BTreeMap<String, String> = serde_json::from_slice(&output.stdout).unwrap();
        answers.extend(more);
    }
    answers
}

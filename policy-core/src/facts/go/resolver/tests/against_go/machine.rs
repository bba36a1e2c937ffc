//! A machine that is made up: variables, the files that Go reads them from, and a directory to run in.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use super::super::super::*;
use super::values::{DIRECTORIES, FATAL, FILES, LINES, ROOT_FILES, Row, SETTINGS};
use crate::facts::dice::Dice;
use crate::facts::go::diagnose::{Diagnosis, Setting, Via, diagnose};
use crate::facts::go::installed::Toolchain;
use crate::text::Text;

/// A directory with an installation of Go of its own, for one machine after the other.
pub(super) struct Scratch {
    base: PathBuf,
    goroot: PathBuf,
    version: crate::facts::version::GoVersion,
    other: PathBuf,
}

/// One machine. Its files are taken away when it is dropped.
pub(super) struct Machine<'s> {
    scratch: &'s Scratch,
    seed: u64,
    variables: BTreeMap<String, String>,
    user_file: Option<String>,
    root_file: Option<String>,
    telemetry_mode: Option<&'static str>,
    directory: PathBuf,
    with_compiler: bool,
    asks_everything: bool,
    made: Vec<PathBuf>,
}

/// What Go said.
pub(super) enum Answer {
    /// Variables and their values.
    Values(BTreeMap<String, String>),
    /// Nothing but a message.
    Failure(String),
}

/// Asking for these takes a C compiler and a build cache: `needCostly` in `cmd/go/internal/envcmd/env.go`.
const COSTLY: &[&str] = &["CGO_CFLAGS", "CGO_CPPFLAGS", "CGO_CXXFLAGS", "CGO_FFLAGS", "CGO_LDFLAGS", "GOGCCFLAGS", "PKG_CONFIG"];

const HOST_ARCH: &str = if cfg!(target_arch = "aarch64") { "arm64" } else { "amd64" };

impl Scratch {
    pub(super) fn new(toolchain: &Toolchain, other: &Toolchain, worker: usize) -> Self {
        let temporary = std::fs::canonicalize(std::env::temp_dir()).unwrap();
        let base = temporary.join(format!("gopolicy-resolver-{}-{}-{worker}", std::process::id(), toolchain.version));
        // In a home directory, so that the default GOPATH of that home is GOROOT itself.
        let goroot = base.join("rooted/go");
        std::fs::create_dir_all(goroot.join("bin")).unwrap();
        // A file that was just written cannot always be run: a process that is being started elsewhere may still have it open.
        let go = goroot.join("bin/go");
        std::fs::hard_link(&toolchain.go, &go).or_else(|_| std::fs::copy(&toolchain.go, &go).map(drop)).unwrap();
        for shared in ["pkg", "src", "lib", "VERSION"] {
            std::os::unix::fs::symlink(toolchain.root.join(shared), goroot.join(shared)).unwrap();
        }
        for (path, content) in FILES {
            put(&base.join(path), content);
        }
        for name in ["gcc", "clang"] {
            let file = base.join("compilers").join(name);
            put(&file, "#!/bin/sh\n");
            std::fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
        }
        Self { base, goroot, version: toolchain.version, other: other.root.clone() }
    }

    fn at(&self, text: &str) -> String {
        text.replace("$T", self.base.to_str().unwrap()).replace("$R", self.other.to_str().unwrap())
    }

    /// The machine of a seed.
    pub(super) fn machine(&self, seed: u64) -> Machine<'_> {
        let mut dice = Dice::new(seed);
        let density = [2, 3, 6, 20][dice.below(4)];
        let mut variables = self.drawn(&mut dice, SETTINGS, density);
        if dice.chance(8) {
            let (name, value) = dice.pick(FATAL).split_once('=').unwrap();
            variables.insert(name.to_owned(), self.at(value));
        }
        // Whatever go.mod names, nothing is downloaded and nothing else is run.
        variables.insert("GOTOOLCHAIN".into(), "local".into());
        let with_compiler = dice.chance(2);
        variables.insert("PATH".into(), self.at(if with_compiler { "$T/tools:$T/compilers" } else { "$T/tools" }));
        let mut lines = (0..dice.below(9)).map(|_| self.at(dice.pick(LINES)) + "\n").collect::<String>();
        if dice.chance(12) {
            lines += &(self.at(dice.pick(FATAL)) + "\n");
        }
        let mut machine = Machine {
            scratch: self,
            seed,
            variables,
            user_file: (!dice.chance(4)).then_some(lines),
            root_file: ROOT_FILES[dice.below(ROOT_FILES.len())].map(|text| self.at(text)),
            telemetry_mode: [Some("off"), Some("on 2026-01-01"), Some("local"), None][[0, 0, 0, 0, 0, 1, 2, 3][dice.below(8)]],
            directory: self.base.join(dice.pick(DIRECTORIES)),
            with_compiler,
            asks_everything: dice.chance(6),
            made: Vec::new(),
        };
        machine.write_files();
        machine
    }

    fn drawn(&self, dice: &mut Dice, table: &[Row], one_in: usize) -> BTreeMap<String, String> {
        let mut chosen = BTreeMap::new();
        for (name, values) in table {
            if dice.chance(one_in) {
                chosen.insert((*name).to_owned(), self.at(dice.pick(values)));
            }
        }
        if !chosen.contains_key("HOME") && !dice.chance(8) {
            chosen.insert("HOME".into(), self.at("$T/home"));
        }
        chosen
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // Since Go 1.23 a background process may still be writing telemetry counters there.
        let _ = std::fs::remove_dir_all(&self.base);
    }
}

impl Drop for Machine<'_> {
    fn drop(&mut self) {
        self.made.iter().for_each(|path| drop(std::fs::remove_file(path)));
    }
}

fn put(path: &Path, content: &str) {
    if path.to_str().unwrap().ends_with('/') {
        std::fs::create_dir_all(path).unwrap();
    } else {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }
}

impl Machine<'_> {
    /// Writes the files where they are looked for; what cannot be written is not there.
    fn write_files(&mut self) {
        let bare = self.bare_resolver();
        let mut write = |path: Value, content: &str| {
            let path = self.directory.join(&**path.as_text().unwrap());
            let written = path.starts_with(&self.scratch.base)
                && std::fs::create_dir_all(path.parent().unwrap()).is_ok()
                && std::fs::write(&path, content).is_ok();
            self.made.extend(written.then_some(path));
            written
        };
        self.user_file = self.user_file.take().filter(|content| write(bare.variable("GOENV"), content));
        self.telemetry_mode = self.telemetry_mode.take().filter(|mode| write(bare.config_file("go/telemetry/mode"), mode));
        let in_goroot = self.scratch.goroot.join("go.env");
        if let Some(content) = &self.root_file {
            std::fs::write(&in_goroot, content).unwrap();
            self.made.push(in_goroot);
        }
    }

    /// What is known without reading files.
    fn bare_resolver(&self) -> Resolver {
        let mut environment = Environment::empty(false);
        for (name, value) in &self.variables {
            environment.set(name, known(value));
        }
        Resolver {
            os: Some("linux".into()),
            arch: Some(HOST_ARCH.into()),
            goroot: known(self.scratch.goroot.to_str().unwrap()),
            c_compiler: Some(self.with_compiler),
            ..Resolver::new(environment, VersionRange::exact(self.scratch.version))
        }
    }

    pub(super) fn resolver(&self) -> Resolver {
        let mut resolver = self.bare_resolver();
        resolver.user_file =
            self.user_file.as_ref().map_or_else(Layer::empty, |content| Layer::user_file(&Text::file("env", content.as_str())));
        resolver.goroot_file = match self.root_file(&resolver) {
            Some(content) => Layer::goroot_file(&Text::file("go.env", content)),
            None => Layer::empty(),
        };
        resolver.telemetry_mode = match self.telemetry_mode {
            Some(mode) => known(mode.split(' ').next().unwrap_or_default()),
            None => unset(),
        };
        resolver.go_mod = self.upward("go.mod");
        resolver.go_work = self.upward("go.work");
        resolver
    }

    /// The `go.env` that counts is in the GOROOT of the user's file first (`initEnvCache` in `cmd/go/internal/cfg/cfg.go`).
    fn root_file(&self, resolver: &Resolver) -> Option<String> {
        let written = resolver.user_layer("GOROOT");
        let root = match written.as_text() {
            Some(root) if !root.is_empty() => root.to_string(),
            _ => resolver.variable("GOROOT").as_text()?.to_string(),
        };
        std::fs::read_to_string(self.directory.join(root).join("go.env")).ok()
    }

    fn upward(&self, name: &str) -> Value {
        let found = self.directory.ancestors().map(|directory| directory.join(name)).find(|path| path.is_file());
        found.map_or_else(unset, |path| known(path.to_str().unwrap()))
    }

    /// Every variable that is in force, and what was said of its value.
    pub(super) fn diagnoses(&self, resolver: &Resolver) -> Vec<(String, Diagnosis)> {
        let environment = self.variables.iter().filter(|(_, value)| !value.is_empty());
        let mut in_force: BTreeMap<String, (String, Via)> =
            environment.map(|(name, value)| (name.clone(), (value.clone(), Via::Environment))).collect();
        let from_files = resolver.user_file.iter().filter(|(name, _)| resolver.user_layer(name).as_text().is_some());
        for (name, value) in from_files.chain(resolver.goroot_file.iter()) {
            let value = value.as_text().unwrap().to_string();
            in_force.entry(name.to_string()).or_insert((value, Via::UserFile));
        }
        let (goos, goarch) = (resolver.variable("GOOS"), resolver.variable("GOARCH"));
        let diagnosed = |(name, (value, via)): (String, (String, Via))| {
            let found = diagnose(&Setting {
                name: &name,
                value: &value,
                via,
                go: VersionRange::exact(self.scratch.version),
                host: Some(("linux", HOST_ARCH)),
                target: (goos.as_text().map(|text| &**text), goarch.as_text().map(|text| &**text)),
            });
            (format!("{name}={value}"), found)
        };
        in_force.into_iter().map(diagnosed).collect()
    }

    /// Asks the real command: for all that is cheap, and sometimes for everything.
    pub(super) fn ask(&self, resolver: &Resolver) -> Answer {
        let cheap: Vec<&str> = resolver.names().filter(|name| !COSTLY.contains(name)).collect();
        let output = self.run(&cheap);
        if !output.status.success() {
            return Answer::Failure(String::from_utf8_lossy(&output.stderr).replace("\n\t", " "));
        }
        let mut answers: BTreeMap<String, String> = serde_json::from_slice(&output.stdout).unwrap();
        let everything = self.asks_everything.then(|| self.run(&[])).filter(|output| output.status.success());
        if let Some(output) = everything {
            answers = serde_json::from_slice(&output.stdout).unwrap();
            let names: Vec<&str> = resolver.names().collect();
            assert!(names.iter().copied().eq(answers.keys()), "{}", self.described("`go env` prints other variables"));
        }
        Answer::Values(answers)
    }

    fn run(&self, names: &[&str]) -> Output {
        let mut command = Command::new(self.scratch.goroot.join("bin/go"));
        command.args(["env", "-json"]).args(names).env_clear().envs(&self.variables).current_dir(&self.directory).stdin(Stdio::null());
        command.output().unwrap()
    }

    /// A sentence, with all that somebody needs to see why.
    pub(super) fn described(&self, sentence: &str) -> String {
        format!(
            "go{} with seed {} in {}: {sentence}\n  variables: {:?}\n  user file: {:?}\n  go.env: {:?}",
            self.scratch.version,
            self.seed,
            self.directory.display(),
            self.variables,
            self.user_file,
            self.root_file
        )
    }
}

fn known(text: &str) -> Value {
    Value::text(text, Origin::of(OriginKind::Process))
}

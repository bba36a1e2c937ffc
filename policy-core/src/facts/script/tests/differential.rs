//! Random scripts, run by the real bash with a `go` that records what it sees, and interpreted: whatever was recorded must be
//! among what the interpreter said. What the interpreter calls unknown is counted, what it gets wrong is a failure.
#![allow(clippy::disallowed_methods, reason = "this test runs the real shell in a temporary directory")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::generator::{DIRECTORIES, HIDDEN, MAYBE, NAMES, job};
use super::*;
use crate::facts::dice::{Dice, number};
use crate::facts::script::recognise::go_command;
use crate::facts::script::runner_files::Setting;
use crate::facts::value::{Datum, Origin, OriginKind, Reason};

type Variables = BTreeMap<String, String>;

/// What one `go` command really saw.
#[derive(Debug)]
struct Seen {
    argv: Vec<String>,
    cwd: String,
    env: Variables,
}

/// How often the interpreter knew.
#[derive(Default)]
struct Tally {
    known: usize,
    one_of: usize,
    unknown: usize,
    commands: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    Known,
    OneOf,
    Unknown,
}

fn verdict(value: &Value, real: Option<&str>) -> Option<Verdict> {
    let listed = value.choices().iter().any(|choice| match &choice.datum {
        Datum::Unset => real.is_none(),
        Datum::Text(text) => Some(&**text) == real,
        _ => false,
    });
    match (listed, value.reason()) {
        (true, _) if value.single().is_some() => Some(Verdict::Known),
        (true, _) => Some(Verdict::OneOf),
        (false, Some(_)) => Some(Verdict::Unknown),
        (false, None) => None,
    }
}

/// Whether arguments may be these words; the worst verdict.
fn matched(arguments: &[Argument], words: &[String]) -> Option<Verdict> {
    match (arguments.split_first(), words.split_first()) {
        (None, None) => Some(Verdict::Known),
        (None, Some(_)) => None,
        (Some((argument, rest)), _) if argument.several => {
            (0..=words.len()).find_map(|taken| matched(rest, &words[taken..])).map(|_| Verdict::Unknown)
        }
        (Some(_), None) => None,
        (Some((argument, rest)), Some((word, more))) => Some(verdict(&argument.value, Some(word))?.max(matched(rest, more)?)),
    }
}

/// The verdicts for one recorded command under one interpretation of it.
fn compared(invocation: &Invocation, seen: &Seen) -> Option<Vec<Verdict>> {
    let mut verdicts = vec![matched(&invocation.argv, &seen.argv)?, verdict(&invocation.cwd, Some(&seen.cwd))?];
    for name in NAMES.iter().chain(&["HIDDEN", "MAYBE", "OLDPWD", "PWD"]) {
        verdicts.push(verdict(invocation.env.get(name), seen.env.get(*name).map(String::as_str))?);
    }
    Some(verdicts)
}

struct Sandbox {
    root: PathBuf,
    records: PathBuf,
}

impl Sandbox {
    fn new(name: &str) -> Self {
        let base = fs::canonicalize(std::env::temp_dir()).unwrap().join(format!("gopolicy-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&base);
        let sandbox = Self { root: base.join("work"), records: base.join("records") };
        for directory in [&base.join("bin"), &base.join("home"), &sandbox.records, &sandbox.root] {
            fs::create_dir_all(directory).unwrap();
        }
        for directory in DIRECTORIES {
            fs::create_dir_all(sandbox.root.join(directory)).unwrap();
        }
        let records = sandbox.records.display();
        let go = format!(
            "#!/bin/sh\n{{ printf '%s\\0' \"$#\" \"$@\"; /bin/pwd -P; cat /proc/$$/environ; }} > {records}/$$\n[ \"$1\" != fail ]\n"
        );
        fs::write(base.join("bin/go"), go).unwrap();
        assert!(Command::new("chmod").arg("+x").arg(base.join("bin/go")).status().unwrap().success());
        sandbox
    }

    fn base(&self) -> &Path {
        self.root.parent().unwrap()
    }

    fn path(&self, name: &str) -> String {
        self.base().join(name).display().to_string()
    }

    /// Runs a script as a step does; whether it succeeded, and what its go commands saw.
    fn run(&self, script: &str, env: &Variables) -> (bool, Vec<Seen>) {
        for file in fs::read_dir(&self.records).unwrap() {
            fs::remove_file(file.unwrap().path()).unwrap();
        }
        for name in ["env", "path", "output"] {
            fs::write(self.base().join(name), "").unwrap();
        }
        fs::write(self.base().join("script.sh"), script).unwrap();
        let mut command = Command::new("bash");
        command.args(["--noprofile", "--norc", "-eo", "pipefail"]).arg(self.base().join("script.sh"));
        command.env_clear().envs(env).current_dir(&self.root).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let success = command.status().unwrap().success();
        let records = fs::read_dir(&self.records).unwrap();
        (success, records.map(|file| recorded(&fs::read(file.unwrap().path()).unwrap())).collect())
    }
}

fn recorded(bytes: &[u8]) -> Seen {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let (count, rest) = text.split_once('\0').unwrap();
    let mut parts = rest.splitn(count.parse::<usize>().unwrap() + 1, '\0');
    let words: Vec<String> = parts.by_ref().take(count.parse().unwrap()).map(str::to_owned).collect();
    let (cwd, environ) = parts.next().unwrap().split_once('\n').unwrap();
    let env = environ.split('\0').filter_map(|entry| entry.split_once('=')).map(|(name, value)| (name.to_owned(), value.to_owned()));
    Seen { argv: [vec!["go".to_owned()], words].concat(), cwd: cwd.to_owned(), env: env.collect() }
}

/// What the runner reads from `$GITHUB_ENV`, written down once more, line by line after the C# source; false if it stops with
/// an error.
fn runner_reads(content: &str) -> (Variables, bool) {
    let mut variables = Variables::new();
    let mut lines = content.split_inclusive('\n');
    while let Some(line) = lines.next() {
        let line = line.trim_end_matches('\n');
        let (equals, block) = (line.split_once('='), line.split_once("<<"));
        match (equals, block) {
            _ if line.is_empty() => {}
            (Some((name, value)), block) if block.is_none_or(|(before, _)| name.len() < before.len()) => {
                variables.insert(name.to_owned(), value.to_owned());
            }
            (_, Some((name, delimiter))) if !name.is_empty() && !delimiter.is_empty() => {
                let mut value = Vec::new();
                loop {
                    let Some(next) = lines.next() else { return (variables, false) };
                    if next.trim_end_matches('\n') == delimiter {
                        break;
                    }
                    if !next.ends_with('\n') {
                        return (variables, false);
                    }
                    value.push(next.trim_end_matches('\n'));
                }
                variables.insert(name.to_owned(), value.join("\n"));
            }
            _ => return (variables, false),
        }
    }
    (variables, true)
}

struct Run<'s> {
    sandbox: &'s Sandbox,
    seed: u64,
    tally: &'s mut Tally,
}

impl Run<'_> {
    /// Runs and interprets a job's steps one after the other.
    fn job(&mut self) {
        let mut dice = Dice::new(self.seed ^ 0xabcd);
        let mut real = self.start(dice.pick(HIDDEN), dice.pick(MAYBE));
        let mut said = self.told(&real);
        for script in job(self.seed) {
            said = self.step(&script, &mut real, said);
        }
    }

    fn start(&self, hidden: &str, maybe: &str) -> Variables {
        let path = format!("{}:/usr/local/bin:/usr/bin:/bin", self.sandbox.path("bin"));
        let root = self.sandbox.root.display().to_string();
        let pairs = [("PATH", path), ("HOME", self.sandbox.path("home")), ("ROOT", root), ("LC_ALL", "C.UTF-8".to_owned())];
        let files = [("GITHUB_ENV", "env"), ("GITHUB_PATH", "path"), ("GITHUB_OUTPUT", "output")]
            .map(|(name, file)| (name, self.sandbox.path(file)));
        let others = [("HIDDEN", hidden.to_owned()), ("MAYBE", maybe.to_owned()), ("CGO_ENABLED", "1".to_owned())];
        pairs.into_iter().chain(files).chain(others).map(|(name, value)| (name.to_owned(), value)).collect()
    }

    /// The same environment, as far as the interpreter is told.
    fn told(&self, real: &Variables) -> Environment {
        let mut env = Environment::empty(false);
        let origin = || Origin::of(OriginKind::JobEnv);
        for (name, value) in real {
            env.set(name, Value::text(value.as_str(), origin()));
        }
        env.set("HIDDEN", Value::unknown(Reason::new("secrets.HIDDEN")));
        env.set("MAYBE", MAYBE.iter().map(|text| Value::text(*text, origin())).reduce(Value::join).unwrap());
        env
    }

    fn step(&mut self, script: &str, real: &mut Variables, said: Environment) -> Environment {
        let (success, seen) = self.sandbox.run(script, real);
        let outcome = self.interpreted(script, said.clone());
        for seen in &seen {
            self.compare(script, &outcome, seen);
        }
        if success {
            self.certain_ones_ran(script, &outcome, &seen);
        }
        let end = if success { &outcome.success } else { &outcome.failure };
        let end = end.as_ref().unwrap_or_else(|| panic!("seed {}: ended with success {success}, which was ruled out\n{script}", self.seed));
        self.follow(script, end, real, said)
    }

    fn interpreted(&self, script: &str, env: Environment) -> Outcome {
        let read = Script::unread(crate::syntax::shell::parse(script));
        assert_eq!(read.parsed.error, None, "seed {}\n{script}", self.seed);
        let text = Text::file("ci.yml", script);
        let locate = |span| Location::new(&text, span);
        let files = RunnerPaths {
            env: self.sandbox.path("env").into(),
            path: self.sandbox.path("path").into(),
            output: self.sandbox.path("output").into(),
        };
        let options = Options { files, ..super::options() };
        let cwd = Value::text(self.sandbox.root.display().to_string(), Origin::of(OriginKind::Default));
        let process = Process { env, cwd, positional: Vec::new() };
        struct Nothing;
        impl Oracle for Nothing {
            fn output(&self, _: &[Value], _: &Process) -> Option<Value> {
                None
            }
        }
        interpret(&Source { script: &read, text: script, locate: &locate, holes: &[] }, process, &options, &Nothing)
    }

    fn compare(&mut self, script: &str, outcome: &Outcome, seen: &Seen) {
        let best = outcome
            .invocations
            .iter()
            .filter_map(|invocation| compared(invocation, seen))
            .min_by_key(|verdicts| verdicts.iter().filter(|verdict| **verdict == Verdict::Unknown).count());
        // A shell whose text is not known can run anything; the interpreter reports the shell itself.
        let opaque = |invocation: &Invocation| {
            matches!(invocation.argv.first().and_then(|first| first.value.as_text()).map(|name| &**name), Some("bash" | "sh"))
        };
        if best.is_none() && outcome.invocations.iter().any(opaque) {
            self.tally.unknown += 1;
            return;
        }
        let Some(verdicts) = best else {
            panic!("seed {}: nobody said that go sees {seen:#?}\nbut:\n{}\nin\n{script}", self.seed, all_shown(outcome));
        };
        self.tally.commands += 1;
        for verdict in verdicts {
            match verdict {
                Verdict::Known => self.tally.known += 1,
                Verdict::OneOf => self.tally.one_of += 1,
                Verdict::Unknown => self.tally.unknown += 1,
            }
        }
    }

    fn certain_ones_ran(&self, script: &str, outcome: &Outcome, seen: &[Seen]) {
        for invocation in outcome.invocations.iter().filter(|invocation| invocation.certain && go_command(&invocation.argv).is_some()) {
            let ran = seen.iter().any(|seen| compared(invocation, seen).is_some());
            assert!(ran, "seed {}: {invocation:#?}\nis called certain but did not run in\n{script}", self.seed);
        }
    }

    /// The environment of the next step, real and said.
    fn follow(&mut self, script: &str, end: &End, real: &mut Variables, mut said: Environment) -> Environment {
        let written = fs::read_to_string(self.sandbox.base().join("env")).unwrap();
        let (variables, readable) = runner_reads(&written);
        real.extend(variables);
        let errors = end.env_file.apply(&mut said);
        // What is unknown is taken to be well-formed and without line breaks, since the step fails otherwise: then it said nothing.
        let is_unclear = |setting: &Setting| match setting {
            Setting::Anything(_) => true,
            Setting::Set { value, .. } => value.reason().is_some(),
        };
        let unclear = end.env_file.alternatives().iter().flat_map(|(settings, _)| settings).any(is_unclear);
        assert!(
            readable || unclear || !errors.is_empty(),
            "seed {}: the runner refuses what was written by\n{script}\n{written}",
            self.seed
        );
        if !readable {
            return self.told(real);
        }
        for name in NAMES {
            let fits = verdict(said.get(name), real.get(*name).map(String::as_str));
            assert!(
                fits.is_some(),
                "seed {}: {name} is {:?} after\n{script}\nwhich wrote\n{written}\nbut was said to be {:?}",
                self.seed,
                real.get(*name),
                said.get(name)
            );
        }
        self.compare_paths(script, end);
        said
    }

    fn compare_paths(&mut self, script: &str, end: &End) {
        let written = fs::read_to_string(self.sandbox.base().join("path")).unwrap();
        let mut directories: Vec<&str> = Vec::new();
        for line in written.lines().filter(|line| !line.is_empty()) {
            directories.retain(|known| *known != line);
            directories.push(line);
        }
        let fits = end.path_file.alternatives().iter().any(|additions| {
            let same = additions.directories.len() == directories.len();
            additions.unknown.is_some()
                || same && additions.directories.iter().zip(&directories).all(|(value, real)| verdict(value, Some(real)).is_some())
        });
        assert!(fits, "seed {}: paths {directories:?} were not foreseen by\n{script}", self.seed);
    }
}

fn all_shown(outcome: &Outcome) -> String {
    let lines = outcome.invocations.iter().map(|invocation| {
        let env = NAMES.iter().map(|name| format!("{name}={} ", shown(invocation.env.get(name))));
        let argv = invocation.argv.iter().map(|argument| if argument.several { "*".to_owned() } else { shown(&argument.value) });
        format!("  [{}] {}{}\n", shown(&invocation.cwd), env.collect::<String>(), argv.collect::<Vec<_>>().join(" "))
    });
    lines.collect()
}

/// `GOPOLICY_SCRIPTS` sets how many jobs are tried, `GOPOLICY_SEED` the first seed.
#[test]
fn what_bash_does_is_among_what_was_said() {
    if Command::new("bash").arg("--version").stdout(Stdio::null()).status().is_err() || !Path::new("/proc/self/environ").exists() {
        println!("skipped: no bash, or no /proc");
        return;
    }
    let (first, count) = (number("GOPOLICY_SEED", 1), number("GOPOLICY_SCRIPTS", 300));
    let sandbox = Sandbox::new("differential");
    let mut tally = Tally::default();
    let mut scripts = 0;
    let mut seed = first;
    while scripts < count {
        scripts += job(seed).len() as u64;
        Run { sandbox: &sandbox, seed, tally: &mut tally }.job();
        seed += 1;
    }
    let _ = fs::remove_dir_all(sandbox.base());
    let Tally { known, one_of, unknown, commands, .. } = tally;
    let total = (known + one_of + unknown).max(1);
    println!(
        "{scripts} scripts, {commands} go commands, {total} facts: {known} known, {one_of} one of several, {unknown} unknown ({}%)",
        100 * unknown / total
    );
    assert!(commands as u64 > scripts, "the generator makes scripts that hardly run go");
    assert!(unknown * 3 < total, "too much is called unknown for the comparison to mean anything");
}

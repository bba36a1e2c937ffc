//! Whether bash takes the same texts for scripts. Texts that bash takes and we reject are defects; the reverse is printed:
//! we are more generous where bash depends on options (extended patterns) or is stricter than needed.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Stdio};

use super::random::Generator;
use crate::syntax::shell::{HOLE_END, HOLE_START, parse};

#[expect(clippy::disallowed_methods, reason = "the test compares with the real bash")]
pub(super) fn bash() -> Command {
    let mut command = Command::new("bash");
    command.env_clear().env("LC_ALL", "C.UTF-8").env("PATH", "/usr/bin:/bin").stdin(Stdio::null());
    command
}

pub(super) fn bash_is_absent() -> bool {
    let absent = bash().args(["-c", ":"]).output().is_err();
    if absent {
        println!("skipped: no bash");
    }
    absent
}

/// Whether bash finds no fault; what it finds in `[[ … ]]` does not reach its exit status.
fn bash_accepts(script: &str) -> bool {
    let output = bash().args(["-n", "-c", script]).output().unwrap();
    let messages = String::from_utf8_lossy(&output.stderr);
    output.status.success() && !messages.contains("syntax error") && !messages.contains("unexpected") && !messages.contains("expected")
}

/// A text as bash is to read it and as we are.
struct Pair {
    bash: String,
    ours: String,
}

#[derive(Default)]
struct Counts {
    both_accept: usize,
    both_reject: usize,
    only_we_accept: Vec<String>,
    only_bash_accepts: Vec<String>,
}

fn compare(pairs: impl IntoIterator<Item = Pair>) -> Counts {
    let mut counts = Counts::default();
    for Pair { bash, ours } in pairs {
        match (bash_accepts(&bash), parse(&ours).error) {
            (true, None) => counts.both_accept += 1,
            (false, Some(_)) => counts.both_reject += 1,
            (false, None) => counts.only_we_accept.push(bash),
            (true, Some(error)) => counts.only_bash_accepts.push(format!("{bash}\n=> {error:?}")),
        }
    }
    counts
}

fn report(counts: &Counts) {
    println!(
        "both accept {}, both reject {}, only we accept {}, only bash accepts {}",
        counts.both_accept,
        counts.both_reject,
        counts.only_we_accept.len(),
        counts.only_bash_accepts.len()
    );
    for script in counts.only_we_accept.iter().take(20) {
        println!("--- only we accept:\n{script}");
    }
}

#[test]
fn bash_accepts_no_random_script_that_we_reject() {
    if bash_is_absent() {
        return;
    }
    let scripts = (0..3000).filter_map(|seed| Generator::new(seed).script());
    let counts = compare(scripts.map(|script| Pair { bash: script.clone(), ours: script }));
    report(&counts);
    assert_eq!(counts.only_bash_accepts.join("\n----\n"), "");
    assert!(counts.both_accept > 500 && counts.both_reject > 100, "the generator makes scripts of both kinds");
}

#[test]
fn bash_accepts_no_public_script_that_we_reject() {
    let corpus = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/corpus"));
    if !corpus.is_dir() {
        println!("skipped: shared data absent");
        return;
    }
    if bash_is_absent() {
        return;
    }
    let mut texts = BTreeSet::new();
    collect(corpus, &mut texts);
    let pairs = texts
        .iter()
        .map(|text| Pair { bash: mask(text, |_| "HOLE".to_owned()), ours: mask(text, |index| format!("{HOLE_START}{index}{HOLE_END}")) });
    let mut counts = compare(pairs);
    counts.only_we_accept.retain(|text| !text.to_lowercase().contains("$env:"));
    report(&counts);
    assert_eq!(counts.only_bash_accepts.join("\n----\n"), "");
}

#[expect(clippy::disallowed_methods, reason = "the test reads a corpus")]
fn collect(directory: &Path, texts: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(directory).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, texts);
        }
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        let content = || std::fs::read_to_string(&path).unwrap_or_default();
        match extension {
            "yml" | "yaml" => texts.extend(run_texts(&content())),
            "sh" | "bash" => _ = texts.insert(content()),
            _ => {}
        }
    }
}

/// The texts of `run:` keys, good enough for a test: literal blocks and plain scalars of one line.
fn run_texts(yaml: &str) -> Vec<String> {
    let lines: Vec<&str> = yaml.lines().collect();
    let mut texts = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        let Some(column) = run_key(line) else { continue };
        let value = line.get(column + "run:".len()..).unwrap_or_default().trim();
        if value.starts_with('|') {
            texts.push(block(&lines[number + 1..], column));
        } else if !value.is_empty() && !value.starts_with(['>', '"', '\'', '&', '*']) {
            texts.push(value.split(" #").next().unwrap_or(value).to_owned());
        }
    }
    texts
}

/// The column of the key `run`.
fn run_key(line: &str) -> Option<usize> {
    let key = line.trim_start_matches([' ', '-']);
    key.starts_with("run:").then(|| line.len() - key.len())
}

fn block(lines: &[&str], column: usize) -> String {
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let width = lines.iter().find(|line| !line.trim().is_empty()).map_or(0, |line| indent(line));
    let inside = lines.iter().take_while(|line| line.trim().is_empty() || (indent(line) > column && indent(line) >= width));
    inside.map(|line| format!("{}\n", line.get(width..).unwrap_or_default())).collect()
}

fn mask(text: &str, hole: impl Fn(usize) -> String) -> String {
    let mut masked = String::new();
    for (index, piece) in text.split("${{").enumerate() {
        match piece.split_once("}}") {
            Some((_, after)) if index > 0 => masked += &(hole(index) + after),
            _ => masked += piece,
        }
    }
    masked
}

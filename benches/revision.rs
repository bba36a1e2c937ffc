//! A revision, straight from a bare clone, against its checkout: wall time from process start to exit.
//!
//! `cargo bench --bench revision [-- ROUNDS]`. The repository is large: the sources of the newest Go release that
//! `scripts/setup-tests` has brought, and the workflows and module files of `../shared/corpus` where those are present. The two take
//! turns, so that a busy moment of the machine hits both alike; the ratio is the median of those of all rounds.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark may stop, and prints")]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

const ROUNDS: usize = 9;

fn main() {
    let rounds = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(ROUNDS);
    let room = Path::new(env!("CARGO_TARGET_TMPDIR")).join("revision");
    let (checkout, bare) = (room.join("checkout"), room.join("bare"));
    if !bare.is_dir() {
        make(&checkout, &bare);
    }
    println!("{} files, {rounds} rounds", lines(&checkout, &["ls-files"]));
    println!("{:<28} {:>12} {:>12} {:>8}", "rules", "checkout ms", "--rev ms", "ratio");
    for area in [&[][..], &["--only", "workflows"]] {
        let times = times(&checkout, &bare, area, rounds);
        let on_disk = median(times.iter().map(|[on_disk, _]| *on_disk));
        let recorded = median(times.iter().map(|[_, recorded]| *recorded));
        let ratio = median(times.iter().map(|[on_disk, recorded]| recorded / on_disk));
        let name = if area.is_empty() { "all" } else { "about workflows" };
        println!("{name:<28} {on_disk:>12.1} {recorded:>12.1} {ratio:>8.2}");
    }
}

/// Milliseconds of both in each round, after one that does not count.
fn times(checkout: &Path, bare: &Path, arguments: &[&str], rounds: usize) -> Vec<[f64; 2]> {
    let recorded = [&["--rev", "HEAD"], arguments].concat();
    let round = |_| [judge(checkout, arguments), judge(bare, &recorded)];
    (0..=rounds).map(round).skip(1).collect()
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

fn judge(directory: &Path, arguments: &[&str]) -> f64 {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gopolicy"));
    command.args(["lint", "--quiet", "--fail-on", "never"]).args(arguments).current_dir(directory).stdout(Stdio::null());
    let start = Instant::now();
    let status = command.status().unwrap();
    let elapsed = start.elapsed();
    assert!(status.success(), "{arguments:?} in {}: {status}", directory.display());
    elapsed.as_secs_f64() * 1e3
}

fn make(checkout: &Path, bare: &Path) {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    std::fs::create_dir_all(checkout).unwrap();
    let sources = newest_go(&project.join("target/go"));
    for source in [sources, project.join("../shared/corpus")].iter().filter(|source| source.is_dir()) {
        let copied = Command::new("cp").arg("-rL").arg(source).arg(checkout).status().unwrap();
        assert!(copied.success(), "{}", source.display());
    }
    for arguments in [
        &["init", "--quiet"][..],
        &["add", "--all", "--force"],
        &["-c", "user.name=bench", "-c", "user.email=bench@example.com", "commit", "--quiet", "--message=all"],
        &["repack", "-a", "-d", "--quiet"],
        &["clone", "--quiet", "--bare", ".", bare.to_str().unwrap()],
    ] {
        assert!(Command::new("git").args(arguments).current_dir(checkout).status().unwrap().success(), "git {arguments:?}");
    }
}

fn newest_go(releases: &Path) -> PathBuf {
    let mut found: Vec<PathBuf> = std::fs::read_dir(releases).into_iter().flatten().map(|entry| entry.unwrap().path()).collect();
    found.sort();
    found.pop().unwrap_or_default().join("go/src")
}

fn lines(directory: &Path, arguments: &[&str]) -> usize {
    let output = Command::new("git").args(arguments).current_dir(directory).output().unwrap();
    output.stdout.iter().filter(|byte| **byte == b'\n').count()
}

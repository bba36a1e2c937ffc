//! What `gopolicy env` costs beside the `go env -json` that it replaces, in turns.
//!
//! `cargo bench --bench environment [-- ROUNDS]`. Every process is timed from start to exit, with its output thrown away.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark may stop, and prints")]

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const ROUNDS: usize = 50;

fn main() {
    let rounds = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(ROUNDS);
    let gopolicy = env!("CARGO_BIN_EXE_gopolicy");
    let commands: &[&[&str]] = &[&["go", "env", "-json"], &[gopolicy, "env"], &[gopolicy, "env", "--no-exec"]];
    let mut times: Vec<Vec<Duration>> = vec![Vec::new(); commands.len()];
    for _ in 0..rounds {
        for (command, times) in commands.iter().zip(&mut times) {
            times.push(time(command));
        }
    }
    println!("{rounds} rounds; median and fastest");
    for (command, times) in commands.iter().zip(&mut times) {
        times.sort();
        let shown = command.iter().map(|word| Path::new(word).file_name().unwrap().to_str().unwrap()).collect::<Vec<_>>().join(" ");
        println!("{shown:24} {:7.1} ms {:7.1} ms", milliseconds(times.get(rounds / 2)), milliseconds(times.first()));
    }
}

/// From start to exit. The directory holds no module, so that Go switches to no other toolchain.
fn time(command: &[&str]) -> Duration {
    let (program, arguments) = command.split_first().unwrap();
    let start = Instant::now();
    let mut process = Command::new(program);
    process.args(arguments).current_dir(std::env::temp_dir()).stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
    start.elapsed()
}

fn milliseconds(time: Option<&Duration>) -> f64 {
    time.map_or(0.0, Duration::as_secs_f64) * 1000.0
}

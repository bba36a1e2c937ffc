//! Wall time and peak memory of processes.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::tool::Tool;

/// Milliseconds of repeated runs, in ascending order.
pub(crate) struct Samples(Vec<f64>);

impl Samples {
    pub(crate) fn median(&self) -> f64 {
        self.percentile(50)
    }

    /// The smallest sample that `percent` of all samples do not exceed.
    pub(crate) fn percentile(&self, percent: usize) -> f64 {
        let rank = (self.0.len() * percent).div_ceil(100).max(1);
        self.0.get(rank - 1).copied().unwrap_or(f64::NAN)
    }
}

/// Times every tool `rounds` times, one after the other in each round, after one round that does not count.
pub(crate) fn time_in_turns(tools: &[Tool], paths: &[String], root: &Path, rounds: usize) -> Vec<Samples> {
    let mut times = vec![Vec::with_capacity(rounds); tools.len()];
    for round in 0..=rounds {
        for (tool, times) in tools.iter().zip(&mut times) {
            let elapsed = run_once(tool, paths, root);
            if round > 0 {
                times.push(elapsed);
            }
        }
    }
    times.into_iter().map(sorted).collect()
}

fn sorted(mut times: Vec<f64>) -> Samples {
    times.sort_by(f64::total_cmp);
    Samples(times)
}

fn run_once(tool: &Tool, paths: &[String], root: &Path) -> f64 {
    let mut command = tool.command(paths, root);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    let status = command.status().unwrap();
    let elapsed = start.elapsed();
    assert!(tool.did_its_work(status), "{}: {status}", tool.name);
    elapsed.as_secs_f64() * 1e3
}

/// The largest resident set, in bytes, as GNU time reports it; none without GNU time.
pub(crate) fn peak_memory(tool: &Tool, paths: &[String], root: &Path) -> Option<u64> {
    let report = Path::new(env!("CARGO_TARGET_TMPDIR")).join("peak-memory");
    let inner = tool.command(paths, root);
    let mut command = Command::new("/usr/bin/time");
    command.args(["-f", "%M", "-o"]).arg(&report).arg(inner.get_program()).args(inner.get_args()).current_dir(root);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().ok()?;
    // A status other than 0 puts a line of its own before the figure.
    let kibibytes: u64 = std::fs::read_to_string(report).ok()?.lines().last()?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}

//! Running a go command in bounded time, and reading a bounded part of what it prints.

use std::io::Read;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use super::system;
use crate::world::machine::{GoCommand, GoFailure, GoOutput};

/// More is not read; `go env` prints a few kilobytes.
const MOST_OUTPUT: u64 = 1 << 20;
/// How long is waited between two looks at a process that has closed its output.
const PAUSE: Duration = Duration::from_micros(200);

pub(super) fn run(command: &GoCommand, time_limit: Duration) -> Result<GoOutput, GoFailure> {
    let deadline = Instant::now() + time_limit;
    let mut child = started(command)?;
    let (stdout, stderr) = (reader(child.stdout.take()), reader(child.stderr.take()));
    let output = collected(&mut child, &stdout, &stderr, deadline);
    if output.is_none() {
        system::kill_all(&mut child);
        // It has been killed, so this ends.
        let _ = child.wait();
    }
    output.ok_or(GoFailure::TimedOut { seconds: time_limit.as_secs() })
}

fn started(command: &GoCommand) -> Result<Child, GoFailure> {
    let mut program = Command::new(&command.program);
    program.args(&command.arguments).env_clear().envs(&command.environment).current_dir(&command.directory);
    program.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    system::in_own_group(&mut program);
    program.spawn().map_err(|error| GoFailure::NotStarted(error.to_string()))
}

/// Reads a stream in a thread of its own. The thread of a stream that is never closed outlives the run.
fn reader(stream: Option<impl Read + Send + 'static>) -> Receiver<Vec<u8>> {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        // What was read before an error counts.
        let _ = stream.map(|stream| stream.take(MOST_OUTPUT).read_to_end(&mut bytes));
        // Nobody waits any more if the time is over.
        let _ = sender.send(bytes);
    });
    receiver
}

/// All output and the exit status; `None` if they are not there in time.
fn collected(child: &mut Child, stdout: &Receiver<Vec<u8>>, stderr: &Receiver<Vec<u8>>, deadline: Instant) -> Option<GoOutput> {
    let left = || deadline.saturating_duration_since(Instant::now());
    let stdout = stdout.recv_timeout(left()).ok()?;
    let stderr = stderr.recv_timeout(left()).ok()?;
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Some(GoOutput { success: status.success(), stdout, stderr }),
            Ok(None) if left().is_zero() => return None,
            Ok(None) => std::thread::sleep(PAUSE),
            Err(_) => return Some(GoOutput { success: false, stdout, stderr }),
        }
    }
}

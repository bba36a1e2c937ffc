//! A progress bar, for runs that people wait for.

use std::io::{self, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use policy_core::world::{Changes, Listed, ReadError, World};

/// Runs shorter than this show nothing.
const PATIENCE: Duration = Duration::from_secs(1);
const PERIOD: Duration = Duration::from_millis(100);
const WIDTH: usize = 24;

/// A world that counts which of its files have been read.
pub(crate) struct Counted<'w> {
    world: &'w dyn World,
    listed: AtomicUsize,
    read: AtomicUsize,
}

impl<'w> Counted<'w> {
    /// Nothing read yet.
    pub(crate) fn new(world: &'w dyn World) -> Self {
        Self { world, listed: AtomicUsize::new(0), read: AtomicUsize::new(0) }
    }

    /// `[####      ] 120 of 480 files`. Some files are read more than once, and some that are not listed: the end may come early.
    fn bar(&self) -> String {
        let listed = self.listed.load(Ordering::Relaxed);
        let read = self.read.load(Ordering::Relaxed).min(listed);
        let filled = (WIDTH * read).checked_div(listed).unwrap_or_default();
        format!("[{:WIDTH$}] {read} of {listed} files", "#".repeat(filled))
    }
}

impl World for Counted<'_> {
    fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
        self.read.fetch_add(1, Ordering::Relaxed);
        self.world.read(path, limit)
    }

    fn read_start(&self, path: &str, length: u64) -> Result<Vec<u8>, ReadError> {
        self.read.fetch_add(1, Ordering::Relaxed);
        self.world.read_start(path, length)
    }

    fn list(&self, path: &str, wanted: &(dyn Fn(&str) -> bool + Sync)) -> Vec<Listed> {
        let listed = self.world.list(path, wanted);
        self.listed.fetch_add(listed.len(), Ordering::Relaxed);
        listed
    }

    fn is_file(&self, path: &str) -> bool {
        self.world.is_file(path)
    }

    fn changes(&self) -> Option<&Changes> {
        self.world.changes()
    }
}

/// Does the work, and shows on `terminal` how far it is if it takes long. Without a terminal nothing is counted.
pub(crate) fn shown<T>(terminal: Option<impl Write + Send>, world: &dyn World, work: impl FnOnce(&dyn World) -> T) -> T {
    match terminal {
        Some(terminal) => drawn(terminal, PATIENCE, world, work),
        None => work(world),
    }
}

fn drawn<T>(terminal: impl Write + Send, patience: Duration, world: &dyn World, work: impl FnOnce(&dyn World) -> T) -> T {
    let counted = Counted::new(world);
    let (done, is_done) = mpsc::channel();
    thread::scope(|scope| {
        // A bar that cannot be drawn is no loss.
        let counted = &counted;
        scope.spawn(move || draw(terminal, patience, &is_done, counted));
        let result = work(counted);
        drop(done);
        result
    })
}

/// Draws until the other end of the channel is gone, and leaves an empty line behind.
fn draw(mut terminal: impl Write, patience: Duration, is_done: &Receiver<()>, counted: &Counted<'_>) -> io::Result<()> {
    let mut wait = patience;
    while is_done.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
        wait = PERIOD;
        write!(terminal, "\r\u{1b}[K{}", counted.bar())?;
        terminal.flush()?;
    }
    if wait == PERIOD { write!(terminal, "\r\u{1b}[K") } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use policy_core::world::MemoryWorld;

    fn terminal_after(work: Duration, patience: Duration) -> String {
        let world = MemoryWorld::new().with_file("a", "x").with_file("b", "x");
        let mut terminal = Vec::new();
        drawn(&mut terminal, patience, &world, |world| {
            world.list(".", &|_| true);
            world.read("a", 9).unwrap();
            thread::sleep(work);
        });
        String::from_utf8(terminal).unwrap()
    }

    #[test]
    fn a_long_run_is_drawn_and_wiped_away() {
        let terminal = terminal_after(Duration::from_millis(300), Duration::from_millis(20));
        assert!(terminal.starts_with("\r\u{1b}[K[############            ] 1 of 2 files\r"), "{terminal:?}");
        assert!(terminal.ends_with("\r\u{1b}[K"), "{terminal:?}");
    }

    #[test]
    fn a_short_run_leaves_no_trace() {
        assert_eq!(terminal_after(Duration::ZERO, Duration::from_secs(60)), "");
    }

    #[test]
    fn no_files_are_no_division_by_zero() {
        assert!(Counted::new(&MemoryWorld::new()).bar().ends_with("] 0 of 0 files"));
    }
}

//! Work on many files.

use rayon::prelude::*;

/// What `work` makes of each item, in their order. Several are worked on side by side; for one alone no threads are started.
pub(super) fn each<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync + Send) -> Vec<R> {
    if items.len() < 2 { items.iter().map(work).collect() } else { items.par_iter().map(work).collect() }
}

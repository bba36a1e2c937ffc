//! What scripts did in earlier legs of a matrix: where a leg starts one in the same way, it need not be followed again.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::rendered::Rendered;
use super::shell::Language;
use super::site::Surroundings;
use crate::facts::script::{Outcome, Process};
use crate::text::Location;

/// More ways to start a script are not remembered: legs that all differ gain nothing.
const MOST_RUNS: usize = 8;

/// Earlier runs, by the place of the script.
#[derive(Default)]
pub(crate) struct Followed {
    runs: BTreeMap<Location, Vec<Run>>,
}

/// All that a script's outcome hangs on, and the outcome.
pub(crate) struct Run {
    pub(crate) rendered: Arc<Rendered>,
    pub(crate) language: Language,
    pub(crate) start: Process,
    pub(crate) around: Arc<Surroundings>,
    /// Whether the script asked which Go there is: if not, that does not matter.
    pub(crate) asked_for_go: bool,
    pub(crate) outcome: Arc<Outcome>,
}

impl Followed {
    /// The outcome of a script that started here in the same way.
    pub(crate) fn find(
        &self,
        place: &Location,
        rendered: &Rendered,
        language: Language,
        start: &Process,
        around: &Surroundings,
    ) -> Option<Arc<Outcome>> {
        let same = |run: &&Run| {
            run.language == language
                && run.rendered.is_same(rendered)
                && run.around.is_alike(around, run.asked_for_go)
                && run.start.cwd.is_same(&start.cwd)
                && run.start.env.is_same(&start.env)
        };
        self.runs.get(place)?.iter().find(same).map(|run| Arc::clone(&run.outcome))
    }

    /// Remembers a run.
    pub(crate) fn add(&mut self, place: Location, run: Run) {
        let runs = self.runs.entry(place).or_default();
        if runs.len() < MOST_RUNS {
            runs.push(run);
        }
    }
}

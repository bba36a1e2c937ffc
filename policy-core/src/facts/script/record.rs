//! What a script runs, each command once however often paths and loops come by.

use std::collections::BTreeMap;

use super::{Argument, Invocation};
use crate::facts::environment::Environment;
use crate::text::Span;

/// More commands than this are not reported.
const MOST_INVOCATIONS: usize = 4096;

/// The commands so far.
#[derive(Default)]
pub(super) struct Record {
    invocations: Vec<Invocation>,
    /// Which of them stand at a span.
    places: BTreeMap<Span, Vec<usize>>,
    others: Vec<Environment>,
}

impl Record {
    /// A command is reached. False if there is no room for it.
    pub(super) fn add(&mut self, invocation: Invocation) -> bool {
        let here = self.places.entry(invocation.location.span).or_default();
        for index in here.iter() {
            if let Some(known) = self.invocations.get_mut(*index).filter(|known| is_same(known, &invocation)) {
                known.certain |= invocation.certain;
                return true;
            }
        }
        if self.invocations.len() >= MOST_INVOCATIONS {
            return false;
        }
        here.push(self.invocations.len());
        self.invocations.push(invocation);
        true
    }

    /// How many there are at a span.
    pub(super) fn known_at(&self, span: Span) -> usize {
        self.places.get(&span).map_or(0, Vec::len)
    }

    /// A command is reached of which only the environment matters. In a row they mostly share it.
    pub(super) fn add_other(&mut self, env: &Environment) {
        if !self.others.last().is_some_and(|last| last.is(env)) {
            self.others.push(env.clone());
        }
    }

    /// The commands, in the order in which they were first reached, and the environments of the others.
    pub(super) fn finish(self) -> (Vec<Invocation>, Vec<Environment>) {
        (self.invocations, self.others)
    }
}

fn is_same(a: &Invocation, b: &Invocation) -> bool {
    let same_word = |(a, b): (&Argument, &Argument)| a.several == b.several && a.value == b.value;
    let same_words = a.argv.len() == b.argv.len() && a.argv.iter().zip(&b.argv).all(same_word);
    same_words && a.background == b.background && a.cwd == b.cwd && a.location == b.location && a.within == b.within && a.env.same_names(&b.env)
}

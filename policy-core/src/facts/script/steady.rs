//! The part of a shell that few commands change.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::content::Content;
use super::items::Items;
use super::state::{Callees, RunnerFiles, Sink};
use crate::facts::value::Value;

/// Functions by name.
pub(super) type Functions<'a> = Arc<BTreeMap<String, Callees<'a>>>;

/// What copies of a state share until one of them changes it.
#[derive(Clone)]
pub(super) struct Steady<'a> {
    /// What `pushd` left, the newest last; `None` if paths disagree.
    pub(super) directories: Option<Vec<Value>>,
    /// `$0`
    pub(super) name: Value,
    pub(super) positional: Items,
    pub(super) functions: Functions<'a>,
    pub(super) sinks: BTreeMap<i32, Sink>,
    pub(super) stdin: Option<Content>,
    pub(super) captures: Vec<Content>,
    pub(super) files: RunnerFiles,
}

impl<'a> Steady<'a> {
    /// Either this or the other.
    pub(super) fn join(&self, other: &Self) -> Self {
        Self {
            directories: self.directories.clone().filter(|stack| other.directories.as_ref() == Some(stack)),
            positional: if self.positional == other.positional {
                self.positional.clone()
            } else {
                self.positional.clone().join(&other.positional)
            },
            name: self.name.clone().join(other.name.clone()),
            functions: join_functions(Arc::clone(&self.functions), &other.functions),
            sinks: if self.sinks == other.sinks { self.sinks.clone() } else { join_sinks(self.sinks.clone(), &other.sinks) },
            ..self.outlived(other)
        }
    }

    /// Whether this is the other one but for redirections.
    pub(super) fn is_redirected(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.functions, &other.functions)
            && self.files == other.files
            && self.captures == other.captures
            && self.positional == other.positional
            && self.name == other.name
            && self.directories == other.directories
    }

    /// What outlives the shell is joined.
    pub(super) fn outlived(&self, other: &Self) -> Self {
        Self {
            stdin: self.stdin.clone().zip(other.stdin.as_ref()).map(|(a, b)| a.join(b)),
            captures: self.captures.iter().zip(&other.captures).map(|(a, b)| a.clone().join(b)).collect(),
            files: self.files.clone().join(&other.files),
            ..self.clone()
        }
    }
}

fn join_sinks(mut a: BTreeMap<i32, Sink>, b: &BTreeMap<i32, Sink>) -> BTreeMap<i32, Sink> {
    let descriptors: Vec<i32> = a.keys().chain(b.keys()).copied().collect();
    for descriptor in descriptors {
        let pair = [a.get(&descriptor), b.get(&descriptor)].map(|sink| sink.copied().unwrap_or(Sink::Elsewhere));
        let joined = match pair {
            [x, y] if x == y => x,
            [Sink::Runner(file) | Sink::Perhaps(file), _] | [_, Sink::Runner(file) | Sink::Perhaps(file)] => Sink::Perhaps(file),
            [Sink::Capture(index), _] | [_, Sink::Capture(index)] => Sink::Capture(index),
            [Sink::Elsewhere, Sink::Elsewhere] => Sink::Elsewhere,
        };
        a.insert(descriptor, joined);
    }
    a
}

fn join_functions<'a>(mut a: Functions<'a>, b: &Functions<'a>) -> Functions<'a> {
    if Arc::ptr_eq(&a, b) {
        return a;
    }
    let table = Arc::make_mut(&mut a);
    for (name, callees) in table.iter_mut() {
        callees.perhaps_none |= !b.contains_key(name);
    }
    for (name, theirs) in b.iter() {
        let Some(mine) = table.get_mut(name) else {
            table.insert(name.clone(), Callees { perhaps_none: true, ..theirs.clone() });
            continue;
        };
        mine.perhaps_none |= theirs.perhaps_none;
        for function in &theirs.functions {
            if mine.functions.len() < super::items::MOST_ALTERNATIVES
                && !mine.functions.iter().any(|known| Arc::ptr_eq(&known.body, &function.body))
            {
                mine.functions.push(function.clone());
            }
        }
    }
    a
}

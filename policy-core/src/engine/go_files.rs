//! .go files: judged by their heads alone, in parallel.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::files;
use super::{Projects, fact_list};
use crate::facts::go_file::{self, GoFile, GoFileSubject};
use crate::facts::project::Project;
use crate::facts_report::FactsSubject;
use crate::judge::{Sink, judge};
use crate::policy::PolicySet;
use crate::world::World;

/// Files with findings, by path: they tell the symbolic places.
pub(super) type Heads = BTreeMap<String, GoFile>;

/// Judges the files.
pub(super) fn lint(world: &dyn World, policies: &PolicySet, projects: &Projects<'_>, paths: &[String]) -> (Sink, Heads) {
    let judged = paths.par_iter().filter_map(|path| {
        let mut sink = Sink::new();
        let file = match go_file::read(world, path) {
            Ok(file) => file?,
            Err(error) => {
                sink.add(files::unreadable(path, &format!("cannot be read: {error}")));
                return Some((sink, None));
            }
        };
        judge(policies, &GoFileSubject::new(&file, project_of(projects, path)?), &mut sink);
        let found = sink.has_findings();
        Some((sink, found.then_some(file)))
    });
    let (sinks, files): (Vec<Sink>, Vec<Option<GoFile>>) = judged.unzip();
    let heads = files.into_iter().flatten().map(|file| (file.text.path().to_owned(), file)).collect();
    (sinks.into_iter().fold(Sink::new(), Sink::merge), heads)
}

/// The subjects of the files, with all their fields.
pub(super) fn list(world: &dyn World, projects: &Projects<'_>, paths: &[String]) -> Vec<FactsSubject> {
    let subject = |path: &String| {
        let file = go_file::read(world, path).ok()??;
        Some(fact_list::subject(&GoFileSubject::new(&file, project_of(projects, path)?)))
    };
    paths.par_iter().filter_map(subject).collect()
}

/// The innermost repository that a file is in.
fn project_of<'p, 'w>(projects: &'p Projects<'w>, path: &str) -> Option<&'p Project<'w>> {
    let holding = projects.iter().filter(|(root, _)| path.starts_with(root.as_str()));
    holding.max_by_key(|(root, _)| root.len()).map(|(_, project)| project)
}

//! What the workflows tell about other files.

use std::collections::{BTreeMap, BTreeSet};

use super::files::{self, FileKind, Input};
use super::open::{self, Opened};
use super::parallel::each;
use super::repositories::Repositories;
use crate::facts::go_file::Coverage;
use crate::facts::module::{Neighbours, NeighboursByRoot};
use crate::facts::project::Project;
use crate::facts::schema::Kind;
use crate::facts::workflow::WorkflowSubject;
use crate::world::World;

/// What is known of all workflows.
#[derive(Default)]
pub(super) struct Ci {
    /// What the repositories hold beside each module.
    neighbours: NeighboursByRoot,
    /// What they build, by the root of the repository.
    coverage: BTreeMap<String, Coverage>,
}

impl Ci {
    /// What those workflows tell, and the other files.
    pub(super) fn of(repositories: &Repositories<'_>, inputs: &[Input], workflows: &[WorkflowSubject]) -> Self {
        let mut ci = Self::default();
        for input in inputs {
            let Some(project) = repositories.holding(input.path()) else { continue };
            ci.neighbours.add_file(project.root(), repositories.inside(input.path()));
        }
        for workflow in workflows {
            let root = Project::root_of(workflow.path());
            ci.neighbours.add_runs(root, workflow.runs());
            ci.coverage.entry(root.to_owned()).or_default().add(workflow.builds());
        }
        ci
    }

    /// What a repository holds beside its modules.
    pub(super) fn neighbours(&self, project: &Project<'_>) -> &Neighbours {
        self.neighbours.of(project.root())
    }

    /// What the workflows of a repository build.
    pub(super) fn coverage(&self, project: &Project<'_>) -> Option<&Coverage> {
        self.coverage.get(project.root())
    }

    /// With the builds of workflows that are not among the files to judge, but in the repositories of .go files that are; and what
    /// else may build those.
    pub(super) fn complete(mut self, world: &dyn World, repositories: &Repositories<'_>, inputs: &[Input]) -> Self {
        let given: BTreeSet<&str> = inputs.iter().map(Input::path).collect();
        let go_files = inputs.iter().filter(|input| input.is_go());
        let projects = go_files.filter_map(|input| repositories.holding(input.path()));
        let by_root: BTreeMap<&str, &Project<'_>> = projects.map(|project| (project.root(), project)).collect();
        for (root, project) in by_root {
            let directory = format!("{root}.github/workflows");
            let missing = files::find(world, &[directory], &|kind| kind == FileKind::Workflow);
            let missing: Vec<Input> = missing.into_iter().filter(|input| !given.contains(input.path())).collect();
            let workflows: Vec<WorkflowSubject> = each(&missing, |input| read(world, repositories, input)).into_iter().flatten().collect();
            let coverage = self.coverage.entry(root.to_owned()).or_default();
            workflows.iter().for_each(|workflow| coverage.add(workflow.builds()));
            coverage.add_other_services(project);
        }
        self
    }
}

/// A workflow that is not judged.
fn read(world: &dyn World, repositories: &Repositories<'_>, input: &Input) -> Option<WorkflowSubject> {
    let Opened::Workflow(workflow) = open::open(world, repositories, input) else { return None };
    let project = repositories.holding(input.path())?;
    Some(super::visit_workflow(&workflow, project, &|kind| kind == Kind::GoFile, &mut |_| {}))
}

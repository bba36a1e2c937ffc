//! What the processes of a step start with.

use std::sync::Arc;

use super::job::{Current, Frame, JobRun};
use super::paths;
use super::site::Surroundings;
use crate::facts::environment::Environment;
use crate::facts::script::Process;
use crate::facts::value::{Datum, Origin, OriginKind, Reason, Value};

/// The environment of a step's processes, and what it was made from: most steps of a job have the same.
pub(crate) struct LastProcess {
    variables: Environment,
    path: Vec<Value>,
    env: Environment,
}

impl JobRun<'_, '_> {
    /// What a process of the step starts with.
    pub(super) fn process(&self, current: &Current<'_>, frame: &Frame<'_>) -> Process {
        let cwd = self.working_directory(current, frame);
        Process { env: self.process_environment(&current.env), cwd, positional: Vec::new() }
    }

    /// The directory a step starts in: an absolute path.
    pub(crate) fn working_directory(&self, current: &Current<'_>, frame: &Frame<'_>) -> Value {
        let scope = self.scope(frame, &current.env);
        let named = current
            .step
            .get("working-directory")
            .or_else(|| frame.defaults.iter().find_map(|defaults| defaults.working_directory.as_ref()));
        let workspace = super::start::workspace(&self.runner, self.in_container);
        let Some(node) = named else { return Value::text(workspace, Origin::of(OriginKind::Runner)) };
        scope.text(node, OriginKind::Document).and_then(|choice| match &choice.datum {
            Datum::Text(text) => Value::text(paths::below(workspace, text), Arc::clone(&choice.origin)),
            _ => Value::unknown(Reason::new("working-directory")),
        })
    }

    /// What a process of the step sees: the base, the maps over it, the runner's own variables last (`ScriptHandler.cs`), and PATH.
    pub(crate) fn process_environment(&self, variables: &Environment) -> Environment {
        let mut last = self.last_process.borrow_mut();
        if let Some(last) = last.as_ref().filter(|last| last.variables.is(variables) && last.path == self.state.path) {
            return last.env.clone();
        }
        let env = self.put_together(variables);
        *last = Some(LastProcess { variables: variables.clone(), path: self.state.path.clone(), env: env.clone() });
        env
    }

    fn put_together(&self, variables: &Environment) -> Environment {
        let mut env = self.base.clone();
        env.overlay(variables);
        let laid_over = if variables.is_complete() { variables } else { &self.base };
        for (name, _) in laid_over.iter().filter(|(name, _)| is_runners(name) && self.base.names(name)) {
            env.set(name, self.base.get(name).clone());
        }
        if !self.state.path.is_empty() {
            let separator = if self.base.ignores_case() { ";" } else { ":" };
            let path = paths::join_list(&self.state.path, env.get("PATH"), separator);
            env.set("PATH", path);
        }
        env
    }

    /// What a step's commands have in common.
    pub(crate) fn surroundings(&self) -> Arc<Surroundings> {
        Arc::new(Surroundings {
            runner: Arc::clone(&self.runner),
            in_container: self.in_container,
            provision: Arc::clone(&self.state.provision),
        })
    }
}

/// Variables that the runner sets itself, whatever `env:` says.
fn is_runners(name: &str) -> bool {
    name.starts_with("GITHUB_") || name.starts_with("RUNNER_")
}

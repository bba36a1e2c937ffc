//! What actions/runner does around scripts, written down once more, line by line after the C# source, for the comparison.

use std::collections::BTreeMap;

use super::machine::{Machine, Seen};
use super::workflow::{Contexts, Defaults, Settings, Step, Variables, WORKSPACE, Workflow};

/// A step that was run.
pub(super) struct Ran {
    pub(super) index: usize,
    pub(super) success: bool,
    pub(super) script: String,
    pub(super) seen: Vec<Seen>,
}

/// A leg of a job under way.
pub(super) struct Runner<'a> {
    pub(super) machine: &'a mut Machine,
    pub(super) workflow: &'a Workflow,
    pub(super) leg: &'a Variables,
    env: Variables,
    prepended: Vec<String>,
    outputs: BTreeMap<String, Variables>,
}

impl<'a> Runner<'a> {
    pub(super) fn new(machine: &'a mut Machine, workflow: &'a Workflow, leg: &'a Variables) -> Self {
        Self { machine, workflow, leg, env: Variables::new(), prepended: Vec::new(), outputs: BTreeMap::new() }
    }

    /// Runs the steps, until one fails.
    pub(super) fn run(mut self) -> Vec<Ran> {
        for settings in [&self.workflow.env, &self.workflow.job_env] {
            let evaluated = self.evaluated(settings, &Variables::new());
            self.env.extend(evaluated);
        }
        let mut steps = Vec::new();
        for (index, step) in self.workflow.steps.iter().enumerate() {
            let Some((ran, goes_on)) = self.step(index, step) else { continue };
            steps.push(ran);
            if !goes_on {
                break;
            }
        }
        steps
    }

    fn contexts<'s>(&'s self, env: &'s Variables) -> Contexts<'s> {
        Contexts { env, matrix: self.leg, outputs: &self.outputs, hidden: self.workflow.hidden }
    }

    fn evaluated(&self, settings: &Settings, env: &Variables) -> Variables {
        settings.iter().map(|(name, value)| ((*name).to_owned(), value.rendered(&self.contexts(env)))).collect()
    }

    /// `StepsRunner.cs`, `ActionRunner.cs`, `ScriptHandler.cs`: also whether the job goes on. `None` if the step is skipped.
    fn step(&mut self, index: usize, step: &Step) -> Option<(Ran, bool)> {
        let mut env = self.env.clone();
        env.extend(self.evaluated(&step.env, &self.env));
        let contexts = self.contexts(&env);
        let holds = |(expression, value): &(super::workflow::Expression, String)| expression.value(&contexts) == *value;
        if !step.condition.as_ref().is_none_or(holds) {
            return None;
        }
        let script = step.run.rendered(&contexts);
        let levels = [&step.own, &self.workflow.job_defaults, &self.workflow.defaults];
        let directory = in_force(&levels, |defaults| defaults.directory.as_ref()).map(|directory| directory.rendered(&contexts));
        let directory = match directory {
            Some(absolute) if absolute.starts_with('/') => absolute,
            relative => format!("{WORKSPACE}/{}", relative.unwrap_or_default()),
        };
        let shell = command_line(in_force(&levels, |defaults| defaults.shell));
        let process = self.process(&env);
        let (success, seen) = self.machine.run(shell, &script, &directory, &process);
        let success = self.apply_files(step) && success;
        Some((Ran { index, success, script, seen }, success || step.continues_on_error))
    }

    /// The variables over those of the runner's own environment, the runner's own last, with `PrependPath` in front of PATH.
    fn process(&self, env: &Variables) -> Variables {
        let base = self.machine.base();
        let own = base.clone().into_iter().filter(|(name, _)| name.starts_with("GITHUB_") || name.starts_with("RUNNER_"));
        let mut process: Variables = base.clone().into_iter().chain(env.clone()).chain(own).collect();
        let path = self.prepended.iter().rev().cloned().chain(process.get("PATH").cloned());
        process.insert("PATH".to_owned(), path.collect::<Vec<_>>().join(":"));
        process
    }

    /// `FileCommandManager.cs`, after every step, failed or not; false if the step fails by what it wrote.
    fn apply_files(&mut self, step: &Step) -> bool {
        for line in self.machine.written("GITHUB_PATH").lines().filter(|line| !line.is_empty()) {
            self.prepended.retain(|known| known != line);
            self.prepended.push(line.to_owned());
        }
        let (variables, readable) = pairs(&self.machine.written("GITHUB_ENV"));
        self.env.extend(variables);
        let (outputs, outputs_readable) = pairs(&self.machine.written("GITHUB_OUTPUT"));
        self.outputs.insert(step.id.clone(), outputs.into_iter().collect());
        readable && outputs_readable
    }
}

fn in_force<'d, T>(levels: &[&'d Defaults], part: impl Fn(&'d Defaults) -> Option<T>) -> Option<T> {
    levels.iter().find_map(|defaults| part(defaults))
}

/// `ScriptHandlerHelpers.cs`
fn command_line(shell: Option<&str>) -> &str {
    match shell {
        None => "bash -e {0}",
        Some("bash") => "bash --noprofile --norc -e -o pipefail {0}",
        Some("sh") => "sh -e {0}",
        Some(other) => other,
    }
}

/// `EnvFileKeyValuePairs`: the pairs up to the first error, and whether there was none.
fn pairs(content: &str) -> (Vec<(String, String)>, bool) {
    let mut pairs = Vec::new();
    let mut lines = content.split_inclusive('\n');
    while let Some(line) = lines.next() {
        let line = line.trim_end_matches('\n');
        match (line.split_once('='), line.split_once("<<")) {
            _ if line.is_empty() => {}
            (Some((name, value)), block) if !name.is_empty() && block.is_none_or(|(before, _)| name.len() < before.len()) => {
                pairs.push((name.to_owned(), value.to_owned()));
            }
            (_, Some((name, delimiter))) if !name.is_empty() && !delimiter.is_empty() => match block(&mut lines, delimiter) {
                Some(value) => pairs.push((name.to_owned(), value)),
                None => return (pairs, false),
            },
            _ => return (pairs, false),
        }
    }
    (pairs, true)
}

/// The lines up to the delimiter.
fn block<'c>(lines: &mut impl Iterator<Item = &'c str>, delimiter: &str) -> Option<String> {
    let mut value = Vec::new();
    loop {
        let line = lines.next()?;
        if line.trim_end_matches('\n') == delimiter {
            return Some(value.join("\n"));
        }
        value.push(line.strip_suffix('\n')?);
    }
}

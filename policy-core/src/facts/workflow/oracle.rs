//! What the interpreter of scripts may ask about the world: the output of `go env`, and the repository's own scripts.

use std::cell::Cell;
use std::sync::Arc;

use super::site::Surroundings;
use super::{actions, paths, start};
use crate::facts::project::Project;
use crate::facts::script::{Dialect, Oracle, Process, ScriptFile};
use crate::facts::value::Value;
use crate::facts::workflow::state::Checkout;

/// Answers for the commands of one step.
pub(crate) struct SiteOracle<'a, 'w> {
    pub(crate) around: Arc<Surroundings>,
    pub(crate) project: &'a Project<'w>,
    /// Whether the answer to a question hung on which Go there is.
    pub(crate) asked_for_go: Cell<bool>,
}

impl Oracle for SiteOracle<'_, '_> {
    /// `go env NAME`; with several names the output has several lines, which nobody puts into a variable.
    fn output(&self, argv: &[Value], process: &Process) -> Option<Value> {
        let words: Option<Vec<&str>> = argv.iter().map(|word| word.as_text().map(|text| &**text)).collect();
        match words?.as_slice() {
            [go, "env", name] if go.rsplit(['/', '\\']).next() == Some("go") && !name.starts_with('-') => {
                self.asked_for_go.set(true);
                let found = self.around.find_modules(self.project, &process.cwd);
                let versions = self.around.provision.go.range();
                Some(self.around.resolver(process.env.clone(), &found, versions).variable(name))
            }
            _ => None,
        }
    }

    fn concerns(&self, name: Option<&str>) -> bool {
        name.is_some_and(actions::concerns)
    }

    fn script(&self, path: &str, shell: Dialect) -> Option<ScriptFile> {
        let Checkout::At(checkout) = &self.around.provision.checkout else { return None };
        let root = paths::below(start::workspace(&self.around.runner, self.around.in_container), checkout);
        let path = paths::relative_to(&root, path)?;
        let text = self.project.text(&path)?;
        let dialect = match interpreter(text.content()) {
            None => shell,
            Some("bash") => Dialect::Bash,
            Some("sh" | "dash" | "ash") => Dialect::Sh,
            Some(_) => return None,
        };
        let script = self.project.shell_script(&path, &text, &actions::concerns);
        Some(ScriptFile { text, script, dialect })
    }
}

/// The program that a first line `#!/usr/bin/env bash` names, without its directory.
fn interpreter(script: &str) -> Option<&str> {
    let line = script.lines().next()?.strip_prefix("#!")?;
    Some(line.split_whitespace().map(|word| word.rsplit('/').next().unwrap_or(word)).find(|word| *word != "env").unwrap_or_default())
}

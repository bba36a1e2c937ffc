//! Asking the go command for its environment, without harm.
//!
//! GOFLAGS is applied to `go env` too: `-w` in it writes the user's file, `-json` changes the output. The toolchain that a go.mod names
//! would be downloaded. Without names, `go env` makes a build cache and runs the C compiler. And since Go 1.23 every command counts
//! itself in the telemetry directory. So GOFLAGS, GOTOOLCHAIN, the names, the working directory and the telemetry directory are ours;
//! what the first two really are, the resolver tells.

use std::collections::BTreeMap;

use super::paths::upward;
use crate::facts::go::paths::System;
use crate::facts::go::variables::{self, Class, Printed};
use crate::world::Machine;
use crate::world::machine::{GoCommand, GoFailure, GoOutput};

/// Asking for these makes Go run the C compiler (`needCostly` in `cmd/go/internal/envcmd/env.go`).
const COSTLY: &[&str] = &["CGO_CFLAGS", "CGO_CPPFLAGS", "CGO_CXXFLAGS", "CGO_FFLAGS", "CGO_LDFLAGS", "GOGCCFLAGS", "PKG_CONFIG"];
/// What these are depends on what is changed for the question.
const CHANGED: &[&str] = &["GOENV", "GOFLAGS", "GOMOD", "GOTELEMETRY", "GOTELEMETRYDIR", "GOTOOLCHAIN", "GOWORK"];
/// No directory can be made there (`cmd/internal/telemetry/counter` takes it instead of the user's).
const NO_TELEMETRY: &str = if cfg!(windows) { "NUL\\telemetry" } else { "/dev/null/telemetry" };
/// Go's own words are quoted up to this many characters.
const LONGEST_PROBLEM: usize = 300;

/// What came of asking.
#[derive(Clone, Debug)]
pub(crate) enum Answer {
    /// The values of variables.
    Values(BTreeMap<String, String>),
    /// None, and why.
    None {
        /// In one word: a value of the field `go.answer`.
        word: &'static str,
        /// In Go's own words, or those of the system.
        problem: Option<String>,
    },
}

impl Answer {
    /// The field `go.answer`.
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Self::Values(_) => "answers",
            Self::None { word, .. } => word,
        }
    }

    /// The field `go.problem`.
    pub(crate) fn problem(&self) -> Option<&str> {
        match self {
            Self::None { problem, .. } => problem.as_deref(),
            Self::Values(_) => None,
        }
    }

    /// What go says of a variable.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        match self {
            Self::Values(values) => values.get(name).map(String::as_str),
            Self::None { .. } => None,
        }
    }

    pub(super) fn none(word: &'static str, problem: Option<String>) -> Self {
        Self::None { word, problem }
    }
}

/// Asks the go command at a path. `user_file` is the file of `go env -w` where the environment names it relative to the working directory.
pub(super) fn ask(machine: &dyn Machine, system: System, program: &str, user_file: Option<String>) -> Answer {
    let outcome = machine.run(&question(machine, system, program, user_file));
    match outcome {
        Ok(output) => understood(&output),
        Err(GoFailure::NotStarted(problem)) => Answer::none("no-program", Some(problem)),
        Err(failure @ GoFailure::TimedOut { .. }) => Answer::none("hangs", Some(failure.to_string())),
    }
}

fn question(machine: &dyn Machine, system: System, program: &str, user_file: Option<String>) -> GoCommand {
    let mut environment = machine.variables();
    let ours = [("GOFLAGS", "-v"), ("GOTOOLCHAIN", "local"), ("TEST_TELEMETRY_DIR", NO_TELEMETRY)];
    environment.extend(ours.map(|(name, value)| (name.to_owned(), value.to_owned())));
    environment.extend(user_file.map(|path| (String::from("GOENV"), path)));
    environment.remove("PWD");
    let wanted = variables::all().iter().filter(|variable| is_asked_for(variable)).map(|variable| variable.name.to_owned());
    let here = machine.working_directory();
    GoCommand {
        program: program.to_owned(),
        arguments: ["env", "-json"].into_iter().map(str::to_owned).chain(wanted).collect(),
        environment,
        directory: upward(system, &here).last().unwrap_or(&here).to_owned(),
    }
}

fn is_asked_for(variable: &variables::Variable) -> bool {
    let exists = !matches!(variable.class, Class::Dead | Class::Never | Class::Development | Class::Runtime);
    exists && variable.printed != Printed::Never && !COSTLY.contains(&variable.name) && !CHANGED.contains(&variable.name)
}

fn understood(output: &GoOutput) -> Answer {
    if !output.success {
        let words = if output.stderr.is_empty() { &output.stdout } else { &output.stderr };
        return Answer::none("fails", Some(first_words(words)));
    }
    match serde_json::from_slice::<BTreeMap<String, String>>(&output.stdout) {
        Ok(values) if values.get("GOROOT").is_some_and(|goroot| !goroot.is_empty()) => Answer::Values(values),
        Ok(_) => Answer::none("rubbish", Some(String::from("it does not name its GOROOT"))),
        Err(_) => Answer::none("rubbish", Some(first_words(&output.stdout))),
    }
}

/// The first line that says something.
fn first_words(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("nothing was printed");
    line.chars().take(LONGEST_PROBLEM).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(success: bool, stdout: &str, stderr: &str) -> (&'static str, Option<String>) {
        let answer = understood(&GoOutput { success, stdout: stdout.into(), stderr: stderr.into() });
        (answer.word(), answer.problem().map(str::to_owned))
    }

    #[test]
    fn an_answer_is_an_object_of_texts_that_names_goroot() {
        assert_eq!(of(true, r#"{"GOROOT": "/go", "GOOS": "linux"}"#, ""), ("answers", None));
        assert_eq!(of(true, r#"{"GOROOT": 1}"#, "").0, "rubbish");
        assert_eq!(of(true, "{}", ""), ("rubbish", Some("it does not name its GOROOT".into())));
        assert_eq!(of(true, "\n hello\n", ""), ("rubbish", Some("hello".into())));
        assert_eq!(of(false, "", "go: cannot find GOROOT directory: /x\n"), ("fails", Some("go: cannot find GOROOT directory: /x".into())));
        assert_eq!(of(false, "", ""), ("fails", Some("nothing was printed".into())));
    }

    #[test]
    fn nothing_costly_or_changed_is_asked_for() {
        let names: Vec<&str> = variables::all().iter().filter(|variable| is_asked_for(variable)).map(|variable| variable.name).collect();
        assert!(names.contains(&"GOCACHE") && names.contains(&"GOVERSION") && names.contains(&"GOAMD64"));
        assert!(!names.contains(&"GOFLAGS") && !names.contains(&"GOGCCFLAGS") && !names.contains(&"GONOSUMCHECK"));
    }
}

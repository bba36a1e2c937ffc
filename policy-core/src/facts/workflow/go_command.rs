//! A `go` invocation of a script.

use std::sync::Arc;

use crate::facts::go::flags;
use crate::facts::script::{Argument, Invocation};
use crate::facts::value::{Datum, Origin, OriginKind, Value};
use crate::facts::version::VersionRange;
use crate::text::Location;

/// A go command with its command line taken apart.
#[derive(Clone, Debug)]
pub(crate) struct GoCommand {
    pub(crate) argv: Vec<Argument>,
    pub(crate) location: Location,
    /// The command line as Go reads it.
    pub(crate) line: flags::Invocation,
    pub(crate) wrappers: Vec<Arc<str>>,
    pub(crate) background: bool,
    /// Whether another go command of the step runs at the same time.
    pub(crate) parallel: bool,
    pub(crate) status_ignored: bool,
    pub(crate) job_timeout: Value,
    pub(crate) step_timeout: Value,
}

/// What a command has to do with the module in whose directory it runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ModuleUse {
    /// It fails if Go is older than the `go` line asks for.
    Needed,
    /// It works with any Go, though Go may be switched for it: `go env`, `go version`, `go mod edit`.
    Optional,
    /// The module is not even looked for: `go install PACKAGE@VERSION`.
    Ignored,
}

/// Commands that do not load the module; measured with `go 1.99` in go.mod on the releases 1.21 to 1.27.
static MODULE_FREE: &[&str] =
    &["bug", "clean", "doc", "env", "help", "mod edit", "mod init", "telemetry", "tool", "version", "work edit", "work init", "work use"];

/// Timeouts around a command, as the workflow gives them.
pub(crate) struct Timeouts {
    pub(crate) job: Value,
    pub(crate) step: Value,
}

impl GoCommand {
    /// Takes an invocation apart.
    pub(crate) fn read(invocation: &Invocation, versions: VersionRange, timeouts: &Timeouts, parallel: bool) -> Self {
        let words: Vec<Option<Arc<str>>> = invocation.argv.iter().skip(1).map(|argument| argument.value.as_text().cloned()).collect();
        Self {
            argv: invocation.argv.clone(),
            location: invocation.location.clone(),
            line: flags::Invocation::read(&words, versions),
            wrappers: invocation.wrappers.clone(),
            background: invocation.background,
            parallel: parallel && invocation.background,
            status_ignored: invocation.ignored,
            job_timeout: timeouts.job.clone(),
            step_timeout: timeouts.step.clone(),
        }
    }

    /// What it has to do with the module in whose directory it runs.
    pub(crate) fn module_use(&self) -> ModuleUse {
        let subcommand = self.line.subcommand.as_deref();
        let versioned =
            || self.line.arguments.first().is_some_and(|package| package.as_deref().is_none_or(|package| package.contains('@')));
        match subcommand {
            Some("install" | "run") if versioned() => ModuleUse::Ignored,
            Some(name) if !MODULE_FREE.contains(&name) => ModuleUse::Needed,
            _ => ModuleUse::Optional,
        }
    }

    /// Where a flag stands: its first word, or the whole command.
    pub(crate) fn locate_flag(&self, name: &str) -> Location {
        let is_flag = |text: &str| text.trim_start_matches('-').split('=').next() == Some(name) && text.starts_with('-');
        self.locate(is_flag)
    }

    /// Where a word stands, or the whole command.
    pub(crate) fn locate(&self, is_wanted: impl Fn(&str) -> bool) -> Location {
        let found = self.argv.iter().find(|argument| text(argument).is_some_and(&is_wanted));
        found.map_or_else(|| self.location.clone(), |argument| argument.location.clone())
    }

    /// What `go env -w NAME=value` stores and `go env -u NAME` takes away.
    pub(crate) fn writes_go_env(&self) -> Vec<(Arc<str>, Value)> {
        if self.line.subcommand.as_deref() != Some("env") {
            return Vec::new();
        }
        let writes = self.line.flag("w").is_some();
        let removes = self.line.flag("u").is_some();
        let words = self.line.arguments.iter().flatten().filter_map(|word| self.written(word, writes, removes));
        let unknown = self.argv.iter().filter(|_| writes).filter_map(|argument| argument.assignment_in_pieces(OriginKind::GoEnvFile));
        words.chain(unknown.map(|(name, value)| (name.into(), value))).collect()
    }

    fn written(&self, word: &str, writes: bool, removes: bool) -> Option<(Arc<str>, Value)> {
        let origin = Origin::at(OriginKind::GoEnvFile, self.locate(|text| text == word));
        match word.split_once('=') {
            Some((name, value)) if writes => Some((name.into(), Value::text(value, origin))),
            None if removes => Some((word.into(), Value::unset(origin))),
            _ => None,
        }
    }
}

fn text(argument: &Argument) -> Option<&str> {
    match &argument.value.single()?.datum {
        Datum::Text(text) => Some(text),
        _ => None,
    }
}

/// A command line for people: words that are not known as `…`.
pub(crate) fn shown(invocation: &Invocation) -> Arc<str> {
    let words: Vec<String> = invocation.argv.iter().map(|argument| text(argument).map_or_else(|| "…".to_owned(), shown_word)).collect();
    words.join(" ").into()
}

fn shown_word(word: &str) -> String {
    let plain = !word.is_empty()
        && !word
            .contains(|c: char| c.is_whitespace() || matches!(c, '\'' | '"' | '$' | '`' | '\\' | '|' | '&' | ';' | '<' | '>' | '(' | ')'));
    if plain { word.to_owned() } else { format!("'{}'", word.replace('\'', "'\\''")) }
}

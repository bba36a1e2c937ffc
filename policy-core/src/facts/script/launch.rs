//! From a command line to the command that really starts: `sudo -E env A=1 timeout 5m go test` starts `go test`.

use std::collections::VecDeque;
use std::sync::Arc;

use super::directories::resolved;
use super::machine::unknown;
use super::values::{map_text, only_text};
use super::wrappers::{self, Effect, Wrapper};
use super::{Argument, Process};
use crate::facts::environment::Environment;
use crate::facts::value::{Origin, OriginKind, Reason, Value};

/// More wrappers than this are not taken away.
const MOST_WRAPPERS: usize = 16;
/// Variables that `sudo` sets itself.
const SUDO_SETS: &[&str] = &["HOME", "LOGNAME", "MAIL", "PATH", "SHELL", "SUDO_COMMAND", "SUDO_GID", "SUDO_UID", "SUDO_USER", "USER"];

/// A command about to start.
pub(super) struct Launch {
    pub(super) argv: Vec<Argument>,
    pub(super) env: Environment,
    pub(super) cwd: Value,
    /// What was taken away in front of it.
    pub(super) wrappers: Vec<Arc<str>>,
    /// Whether it is certain which words belong to the wrappers.
    pub(super) certain: bool,
}

impl Launch {
    /// The command, its wrappers taken away.
    pub(super) fn new(argv: Vec<Argument>, process: Process) -> Self {
        let mut launch = Self { argv, env: process.env, cwd: process.cwd, wrappers: Vec::new(), certain: true };
        while launch.wrappers.len() < MOST_WRAPPERS && unwrapped(&mut launch) {}
        launch
    }

    /// Its name as written, if it is known.
    pub(super) fn name(&self) -> Option<&str> {
        self.argv.first().filter(|first| !first.several).and_then(|first| only_text(&first.value))
    }

    /// Its name without directories.
    pub(super) fn base_name(&self) -> Option<&str> {
        self.name().map(|name| name.rsplit('/').next().unwrap_or(name))
    }

    /// Its arguments.
    pub(super) fn arguments(&self) -> &[Argument] {
        self.argv.get(1..).unwrap_or_default()
    }
}

/// Takes one wrapper away; false if there is none.
fn unwrapped(launch: &mut Launch) -> bool {
    let Some(name) = launch.base_name().map(str::to_owned) else { return false };
    if name == "env" {
        return EnvCommand::new(launch).applied(launch);
    }
    let Some(wrapper) = wrappers::find(&name) else { return false };
    let Some(start) = command_start(wrapper, launch.arguments()) else { return false };
    let (options, command) = launch.arguments().split_at_checked(start).unwrap_or_default();
    if command.is_empty() {
        return false;
    }
    let (options, command) = (options.to_vec(), command.to_vec());
    launch.env = match wrapper.effect {
        Effect::Keeps => launch.env.clone(),
        Effect::Resets => reset(&launch.env, &options),
        Effect::Changes => {
            let mut env = launch.env.clone();
            env.forget(&Reason::new(format!("`{name}` sets the environment")));
            env
        }
    };
    if wrapper.assigns {
        options.iter().filter_map(assignment).for_each(|(name, value)| launch.env.set(&name, value));
    }
    launch.argv = command;
    launch.certain &= options.iter().all(|option| !option.several);
    if wrapper.adds {
        let location = launch.argv.first().map(|first| first.location.clone());
        launch.argv.extend(location.map(|location| super::fields::several(Reason::new(format!("arguments added by `{name}`")), location)));
    }
    launch.wrappers.push(name.into());
    true
}

/// How many words in front of the command belong to the wrapper.
fn command_start(wrapper: &Wrapper, arguments: &[Argument]) -> Option<usize> {
    if let Some(mark) = wrapper.after {
        return arguments.iter().position(|argument| only_text(&argument.value) == Some(mark)).map(|at| at + 1);
    }
    let mut at = 0;
    while let Some(argument) = arguments.get(at) {
        let text = only_text(&argument.value).filter(|_| !argument.several);
        match text {
            Some("--") => {
                at += 1;
                break;
            }
            Some(text) if text.starts_with('-') && text.len() > 1 => at += 1 + usize::from(wrapper.valued.contains(&text)),
            _ if wrapper.assigns && assignment(argument).is_some() => at += 1,
            _ => break,
        }
    }
    // An unknown word may be options, so what follows may or may not be the command.
    let end = at + wrapper.operands;
    (end <= arguments.len()).then_some(end)
}

/// `NAME=value`
fn assignment(argument: &Argument) -> Option<(Arc<str>, Value)> {
    if let Some((name, value)) = argument.assignment_in_pieces(OriginKind::Prefix) {
        return Some((name.into(), value));
    }
    let names: Vec<&str> = argument
        .value
        .choices()
        .iter()
        .map(|choice| choice.datum.as_text()?.split_once('=').map(|(name, _)| name))
        .collect::<Option<_>>()?;
    let name = *names.first().filter(|_| argument.value.reason().is_none() && !argument.several)?;
    (super::declare::is_name(name) && names.iter().all(|other| *other == name)).then_some(())?;
    let origin = Origin::at(OriginKind::Prefix, argument.location.clone());
    Some((name.into(), map_text(&argument.value, &origin, "value", |text| text.split_once('=').map(|(_, value)| value.to_owned()))))
}

/// The environment behind `sudo`: the caller's variables are not passed on, unless `-E` or `--preserve-env` says so. PATH is set in any
/// case where there is a `secure_path` (sudoers(5)), as in GitHub's Linux images.
fn reset(env: &Environment, options: &[Argument]) -> Environment {
    let flags: Vec<&str> = options.iter().filter_map(|option| only_text(&option.value)).filter(|text| text.starts_with('-')).collect();
    let keeps_all = |flag: &&str| *flag == "--preserve-env" || !flag.starts_with("--") && flag.contains('E');
    if flags.iter().any(keeps_all) {
        let mut kept = env.clone();
        kept.set("PATH", unknown("`PATH` set by `sudo`"));
        return kept;
    }
    let mut fresh = Environment::empty(false);
    for name in SUDO_SETS {
        fresh.set(name, unknown(format!("`{name}` set by `sudo`")));
    }
    for name in flags.iter().filter_map(|flag| flag.strip_prefix("--preserve-env=")).flat_map(|names| names.split(',')) {
        fresh.set(name, env.get(name).clone());
    }
    fresh
}

/// `env [-i] [-u NAME] [-C DIR] [-S TEXT] [NAME=value…] command`, being read.
struct EnvCommand {
    rest: VecDeque<Argument>,
    env: Environment,
    cwd: Value,
    /// Whether an assignment was seen: options end there.
    assigned: bool,
    /// Whether it is certain where the command starts.
    certain: bool,
}

impl EnvCommand {
    fn new(launch: &Launch) -> Self {
        Self {
            rest: launch.arguments().iter().cloned().collect(),
            env: launch.env.clone(),
            cwd: launch.cwd.clone(),
            assigned: false,
            certain: true,
        }
    }

    /// Puts the command behind it in its place; false if there is none.
    fn applied(mut self, launch: &mut Launch) -> bool {
        while let Some(first) = self.rest.pop_front() {
            if !self.assigned && self.option(&first) {
                continue;
            }
            let Some((name, value)) = assignment(&first).or_else(|| any_name(&first)) else {
                self.rest.push_front(first);
                break;
            };
            self.env.set(&name, value);
            self.assigned = true;
            self.certain &= !first.several;
        }
        if self.rest.is_empty() {
            return false;
        }
        launch.argv = self.rest.into();
        launch.wrappers.push("env".into());
        (launch.env, launch.cwd) = (self.env, self.cwd);
        launch.certain &= self.certain;
        true
    }

    /// Reads an option; false if it is none.
    fn option(&mut self, word: &Argument) -> bool {
        let Some(text) = only_text(&word.value).filter(|text| !word.several && text.starts_with('-')) else { return false };
        let long = text.starts_with("--");
        let (option, attached) =
            if long { text.split_once('=').unwrap_or((text, "")) } else { text.split_at_checked(2).unwrap_or((text, "")) };
        match option {
            "-" | "-i" | "--ignore-environment" => self.env = Environment::empty(false),
            "-u" | "--unset" => {
                let name = self.operand(attached);
                match only_text(&name) {
                    Some(name) => self.env.unset(name, Origin::at(OriginKind::Prefix, word.location.clone())),
                    None => self.env.forget(&Reason::new("`env -u` of a name that is not known")),
                }
            }
            "-C" | "--chdir" => {
                let directory = self.operand(attached);
                self.cwd = resolved(&self.cwd, &directory);
            }
            "-S" | "--split-string" => {
                let text = self.operand(attached);
                for part in only_text(&text).unwrap_or_default().split_whitespace().rev() {
                    self.rest.push_front(Argument::new(Value::text(part, Origin::of(OriginKind::Script)), word.location.clone()));
                }
            }
            _ => {}
        }
        true
    }

    /// An option's value: attached to it, or the next word.
    fn operand(&mut self, attached: &str) -> Value {
        match attached {
            "" => self.rest.pop_front().map_or_else(|| unknown("missing argument of `env`"), |next| next.value),
            text => Value::text(text, Origin::of(OriginKind::Script)),
        }
    }
}

/// `env` takes every word with a `=` for an assignment, whatever the name.
fn any_name(word: &Argument) -> Option<(Arc<str>, Value)> {
    let (name, value) = only_text(&word.value).filter(|_| !word.several)?.split_once('=')?;
    Some((name.into(), Value::text(value, Origin::at(OriginKind::Prefix, word.location.clone()))))
}

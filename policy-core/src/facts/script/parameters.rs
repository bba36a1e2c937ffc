//! `$NAME` and `${NAME…}`: looking parameters up.

use std::sync::Arc;

use super::expand::{Alternatives, Bit};
use super::items::Items;
use super::machine::{Machine, unknown};
use super::state::{Code, State};
use super::values::{agreed, filtered, only_text};
use crate::facts::value::{Datum, Origin, OriginKind, Reason, Value};
use crate::syntax::shell::ast::{Operator, Parameter};

/// Variables that the shell sets by itself and that nobody can predict.
const SHELL_SET: &[&str] = &[
    "BASH",
    "BASHOPTS",
    "BASHPID",
    "BASH_ALIASES",
    "BASH_ARGC",
    "BASH_ARGV",
    "BASH_COMMAND",
    "BASH_LINENO",
    "BASH_REMATCH",
    "BASH_SOURCE",
    "BASH_SUBSHELL",
    "BASH_VERSINFO",
    "BASH_VERSION",
    "COLUMNS",
    "DIRSTACK",
    "EPOCHREALTIME",
    "EPOCHSECONDS",
    "EUID",
    "FUNCNAME",
    "GROUPS",
    "HOSTNAME",
    "HOSTTYPE",
    "LINENO",
    "LINES",
    "MACHTYPE",
    "OPTARG",
    "OPTIND",
    "OSTYPE",
    "PIPESTATUS",
    "PPID",
    "PS4",
    "RANDOM",
    "REPLY",
    "SECONDS",
    "SHELLOPTS",
    "SHLVL",
    "SRANDOM",
    "UID",
    "_",
];

/// How fields are separated if the script does not say.
pub(super) const USUAL_SEPARATORS: &str = " \t\n";

impl<'a> Machine<'a> {
    pub(super) fn parameter(&mut self, parameter: &Parameter, quoted: bool, state: &mut State<'a>) -> Alternatives {
        let listed = matches!(parameter.name.as_str(), "@" | "*") || matches!(parameter.subscript.as_deref(), Some("@" | "*"));
        if !listed {
            let value = self.scalar(parameter, state);
            return self.operated(parameter, value, quoted, state);
        }
        let items = self.all_items(parameter, state);
        if parameter.operator == Operator::Length {
            return vec![vec![Bit::expanded(counted(&items), quoted)]];
        }
        let joined = parameter.name == "*" || parameter.subscript.as_deref() == Some("*");
        self.listed(parameter, &items, joined, quoted, state)
    }

    /// The value of a parameter that is not a list.
    fn scalar(&mut self, parameter: &Parameter, state: &State<'a>) -> Value {
        let name = parameter.name.as_str();
        if let Some(subscript) = &parameter.subscript {
            return self.element(name, subscript, state);
        }
        if name.chars().all(|c| c.is_ascii_digit()) && name != "0" {
            return positional(name, state);
        }
        match name {
            "#" => counted(&state.positional),
            "?" => status(state.code),
            "0" => state.name.clone(),
            "$" | "!" | "-" => unknown(format!("shell parameter `${name}`")),
            _ => self.variable(name, state),
        }
    }

    /// The value of a variable, also of those that the shell itself sets.
    pub(super) fn variable(&self, name: &str, state: &State<'a>) -> Value {
        if matches!(name, "RANDOM" | "SECONDS" | "LINENO" | "BASHPID" | "_") {
            return unknown(format!("shell variable `{name}`"));
        }
        let value = state.variables.get(name);
        let untouched = !state.variables.touched(name);
        match name {
            _ if untouched && SHELL_SET.binary_search(&name).is_ok() => unknown(format!("shell variable `{name}`")),
            _ => value,
        }
    }

    /// What fields are split at: the usual separators also if `IFS` is unset.
    pub(super) fn separators(&self, state: &State<'a>) -> Value {
        self.variable("IFS", state).and_then(|choice| match choice.datum {
            Datum::Unset => Value::text(USUAL_SEPARATORS, Arc::clone(&choice.origin)),
            _ => Value::known(choice.datum.clone(), Arc::clone(&choice.origin)),
        })
    }

    fn element(&self, name: &str, subscript: &str, state: &State<'a>) -> Value {
        let variable = state.variables.variable(name);
        let Some(items) = variable.items else {
            return if subscript == "0" { self.variable(name, state) } else { unknown(format!("element of `{name}`")) };
        };
        match subscript.parse::<usize>() {
            Ok(index) => items.value(|list| list.get(index).cloned().unwrap_or_else(unset)),
            Err(_) => unknown(format!("element of `{name}`")),
        }
    }

    fn all_items(&self, parameter: &Parameter, state: &State<'a>) -> Items {
        if matches!(parameter.name.as_str(), "@" | "*") {
            return state.positional.clone();
        }
        let variable = state.variables.variable(&parameter.name);
        match variable.items {
            Some(items) => items,
            None => match agreed(&variable.value, |datum| Some(*datum == Datum::Unset)) {
                Some(true) if SHELL_SET.binary_search(&parameter.name.as_str()).is_err() => Items::known(Vec::new()),
                Some(false) => Items::known(vec![variable.value]),
                _ => Items::unknown(Reason::new(format!("elements of `{}`", parameter.name))),
            },
        }
    }

    /// The pieces of a list: each item a field.
    pub(super) fn list_bits(&self, items: &Items, joined: bool, quoted: bool, state: &State<'a>) -> Alternatives {
        let (alternatives, reason) = items.alternatives();
        let separator = if joined && quoted { self.first_separator(state) } else { None };
        let mut all: Alternatives = alternatives.iter().map(|list| separated(list, separator.as_ref(), quoted)).collect();
        if let Some(reason) = reason {
            all.push(vec![Bit::Spread(reason.clone())]);
        }
        all
    }

    fn first_separator(&self, state: &State<'a>) -> Option<Value> {
        let separators = self.separators(state);
        let Some(text) = only_text(&separators) else { return Some(unknown("separators in `IFS`")) };
        let first: String = text.chars().take(1).collect();
        Some(Value::text(first, Origin::of(OriginKind::Document)))
    }

    /// `set -u`: an unset variable ends the shell; where it may be set, the script goes on only if it is.
    pub(super) fn required(&mut self, value: Value, state: &State<'a>) -> Value {
        let surely_set = agreed(&value, |datum| Some(*datum != Datum::Unset)) == Some(true);
        if state.settings.nounset == Some(false) || surely_set {
            return value;
        }
        let set = filtered(&value, true, |datum| *datum != Datum::Unset);
        self.fail(set.is_none() && state.settings.nounset == Some(true));
        set.filter(|_| state.settings.nounset == Some(true)).unwrap_or(value)
    }
}

fn separated(list: &[Value], separator: Option<&Value>, quoted: bool) -> Vec<Bit> {
    let mut bits = Vec::new();
    for (index, item) in list.iter().enumerate() {
        match separator {
            _ if index == 0 => {}
            Some(separator) => bits.push(Bit::text(separator.clone(), true)),
            None => bits.push(Bit::Break),
        }
        bits.push(Bit::expanded(item.clone(), quoted));
    }
    if separator.is_some() && bits.is_empty() {
        bits.push(Bit::text(Value::text("", Origin::of(OriginKind::Document)), true));
    }
    bits
}

pub(super) fn unset() -> Value {
    Value::unset_by(OriginKind::Script)
}

fn positional(digits: &str, state: &State<'_>) -> Value {
    let index = digits.parse::<usize>().unwrap_or(usize::MAX).saturating_sub(1);
    state.positional.value(|list| list.get(index).cloned().unwrap_or_else(unset))
}

fn counted(items: &Items) -> Value {
    items.value(|list| Value::text(list.len().to_string(), Origin::of(OriginKind::Computed)))
}

fn status(code: Code) -> Value {
    match code {
        Code::Known(code) => Value::text(Arc::<str>::from(code.to_string()), Origin::of(OriginKind::Computed)),
        Code::Failure | Code::Unknown => unknown("exit status of a command"),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_table_is_sorted() {
        assert!(super::SHELL_SET.is_sorted());
    }
}

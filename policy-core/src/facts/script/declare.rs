//! `export`, `declare`, `typeset`, `local`, `readonly`, `unset`.

use super::Argument;
use super::ends::{Ends, Jumps};
use super::machine::{Machine, unknown};
use super::simple::Call;
use super::state::{Code, State};
use super::values::{assigned, concat, map_text, only_text, reason_of};
use super::variables::{Exported, Variable};
use crate::facts::value::{Datum, OriginKind, Reason, Value};
use crate::syntax::shell::ast::CommandKind;

/// Whether a text can name a variable.
pub(super) fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// What the options of a declaration ask for.
#[derive(Clone, Copy, Default)]
struct Wanted {
    exported: Option<Exported>,
    local: bool,
    array: bool,
    /// The value is changed when assigned (`-i`, `-l`, `-u`, `-n`), in ways that are not followed.
    changes: bool,
    functions: bool,
    prints: bool,
}

impl Wanted {
    fn option(mut self, letter: char, on: bool) -> Self {
        match letter {
            'x' => self.exported = Some(if on { Exported::Yes } else { Exported::No }),
            'g' => self.local = false,
            'a' | 'A' => self.array = on,
            'i' | 'l' | 'u' | 'n' => self.changes = on,
            'f' | 'F' => self.functions = true,
            'p' => self.prints = true,
            _ => {}
        }
        self
    }
}

impl<'a> Machine<'a> {
    /// `export`
    pub(super) fn export(&mut self, call: &Call<'_>, state: State<'a>, _: &mut Jumps<'a>) -> Ends<'a> {
        let (options, operands) = options(call.arguments());
        let mut wanted = Wanted { exported: Some(Exported::Yes), ..Wanted::default() };
        wanted.functions = options.contains(&('f', true));
        if options.contains(&('n', true)) {
            wanted.exported = Some(Exported::No);
        }
        self.declared(operands, wanted, call, state)
    }

    /// `readonly`
    pub(super) fn readonly(&mut self, call: &Call<'_>, state: State<'a>, _: &mut Jumps<'a>) -> Ends<'a> {
        let (options, operands) = options(call.arguments());
        let wanted = Wanted { functions: options.contains(&('f', true)), array: options.contains(&('a', true)), ..Wanted::default() };
        self.declared(operands, wanted, call, state)
    }

    /// `declare`, `typeset`, `local`
    pub(super) fn declare(&mut self, call: &Call<'_>, state: State<'a>, _: &mut Jumps<'a>) -> Ends<'a> {
        if call.name() == Some("local") && !state.variables.in_function() {
            return Ends::failed(state, Code::Known(1));
        }
        let (options, operands) = options(call.arguments());
        let start = Wanted { local: state.variables.in_function(), ..Wanted::default() };
        let wanted = options.into_iter().fold(start, |wanted, (letter, on)| wanted.option(letter, on));
        self.declared(operands, wanted, call, state)
    }

    fn declared(&mut self, operands: &[Argument], wanted: Wanted, call: &Call<'_>, mut state: State<'a>) -> Ends<'a> {
        if operands.is_empty() || wanted.prints {
            self.emit_anything(&mut state, || Reason::new("list of variables"));
            return Ends::ok(state);
        }
        if wanted.functions {
            return Ends::ok(state);
        }
        for operand in operands {
            self.declare_one(operand, wanted, call, &mut state);
        }
        Ends::ok(state)
    }

    fn declare_one(&mut self, operand: &Argument, wanted: Wanted, call: &Call<'_>, state: &mut State<'a>) {
        let Some((name, append, value)) = split(operand) else {
            state.variables.forget(&Reason::new(format!("`{}` of a name that is not known", call.name().unwrap_or("declare"))));
            return;
        };
        if !is_name(&name) {
            return;
        }
        if wanted.local {
            self.make_local(&name, value.is_some(), state);
        }
        match value {
            Some(value) if only_text(&value).is_some_and(|text| text.starts_with('(')) => self.declare_array(&name, append, &value, state),
            Some(value) => self.declare_value(&name, append, value, wanted, operand, state),
            None if wanted.array => {
                let before = state.variables.variable(&name).items;
                state.variables.assign_items(&name, before.unwrap_or_else(|| super::items::Items::known(Vec::new())));
            }
            None => {}
        }
        if let Some(exported) = wanted.exported {
            state.variables.export(&name, exported);
        }
    }

    fn declare_value(&mut self, name: &str, append: bool, value: Value, wanted: Wanted, operand: &Argument, state: &mut State<'a>) {
        let origin = crate::facts::value::Origin::at(OriginKind::Script, operand.location.clone());
        let value = match append {
            true => concat([&state.variables.get(name), &value], &origin),
            false => assigned(&value, &origin),
        };
        let value = if wanted.changes { unknown(format!("`{name}` declared with attributes")) } else { value };
        self.assign(state, name, value);
    }

    /// `local a=(…)`: the parser keeps such a word as text, so it is parsed here.
    fn declare_array(&mut self, name: &str, append: bool, value: &Value, state: &mut State<'a>) {
        let text = format!("{name}{}{}", if append { "+=" } else { "=" }, only_text(value).unwrap_or_default());
        let parsed = crate::syntax::shell::parse(&text);
        let assignment = parsed.list.items.first().and_then(|item| item.first.commands.first()).and_then(|command| match &command.kind {
            CommandKind::Simple { assignments, .. } => assignments.first(),
            _ => None,
        });
        match assignment {
            Some(assignment) => self.assignment(assignment, OriginKind::Script, state),
            None => state.variables.assign_items(name, super::items::Items::unknown(Reason::new(format!("elements of `{name}`")))),
        }
    }

    /// A local variable starts unset in bash, unless it was assigned in front of the function's call, and keeps its value in dash;
    /// either way it stays exported if the hidden one was (`make_local_variable` in bash's variables.c).
    fn make_local(&mut self, name: &str, has_value: bool, state: &mut State<'a>) {
        let already = state.variables.is_local(name);
        let lent = state.variables.is_lent(name);
        state.variables.localise(name, true);
        if already || has_value || lent == Some(true) || self.dialect == super::Dialect::Sh {
            return;
        }
        let Variable { value, exported, .. } = state.variables.variable(name);
        let unset = super::parameters::unset();
        let value = if lent.is_some() { unset } else { value.join(unset) };
        state.variables.put(name, Variable { value, exported, items: None });
    }

    /// `unset`
    pub(super) fn unset(&mut self, call: &Call<'_>, mut state: State<'a>, _: &mut Jumps<'a>) -> Ends<'a> {
        let (options, operands) = options(call.arguments());
        let functions = options.contains(&('f', true));
        let variables = options.contains(&('v', true));
        for operand in operands {
            let Some(name) = only_text(&operand.value).filter(|_| !operand.several) else {
                state.variables.forget(&reason_of(&operand.value));
                continue;
            };
            let set = state.variables.get(name).single().is_none_or(|choice| choice.datum != Datum::Unset);
            if functions || (!variables && !set) {
                std::sync::Arc::make_mut(&mut state.functions).remove(name);
            } else if let Some((array, _)) = name.split_once('[') {
                state.variables.doubt(array, &Reason::new(format!("elements of `{array}`")));
            } else {
                state.variables.unset(name, self.origin(OriginKind::Script, call.span));
            }
        }
        Ends::ok(state)
    }
}

/// Leading options, letter by letter, with whether they start with `-` (not `+`), and what follows them.
pub(super) fn options(arguments: &[Argument]) -> (Vec<(char, bool)>, &[Argument]) {
    let mut letters = Vec::new();
    let mut rest = arguments;
    while let Some((first, tail)) = rest.split_first() {
        let Some(text) = only_text(&first.value).filter(|_| !first.several) else { break };
        if text == "--" {
            return (letters, tail);
        }
        let Some(flags) = text.strip_prefix(['-', '+']).filter(|flags| !flags.is_empty()) else { break };
        letters.extend(flags.chars().map(|letter| (letter, text.starts_with('-'))));
        rest = tail;
    }
    (letters, rest)
}

/// `NAME`, `NAME=value` or `NAME+=value`; `None` if the name is not known.
fn split(operand: &Argument) -> Option<(String, bool, Option<Value>)> {
    if let Some((name, value)) = operand.assignment_in_pieces(OriginKind::Script) {
        return Some((name.trim_end_matches('+').to_owned(), name.ends_with('+'), Some(value)));
    }
    if operand.several {
        return None;
    }
    let names: Vec<(&str, bool)> = operand.value.choices().iter().map(|choice| cut(choice.datum.as_text().unwrap_or_default())).collect();
    let (name, has_value) = *names.first()?;
    if operand.value.reason().is_some() || names.iter().any(|other| *other != (name, has_value)) {
        return None;
    }
    let append = name.ends_with('+') && has_value;
    let value = has_value.then(|| {
        let origin = crate::facts::value::Origin::at(OriginKind::Script, operand.location.clone());
        map_text(&operand.value, &origin, "value", |text| text.split_once('=').map(|(_, value)| value.to_owned()))
    });
    Some((name.trim_end_matches('+').to_owned(), append, value))
}

fn cut(text: &str) -> (&str, bool) {
    text.split_once('=').map_or((text, false), |(name, _)| (name, true))
}

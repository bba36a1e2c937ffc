//! Simple commands: assignments, then a function, a builtin or an external command.

use super::ends::{Ends, Jump, Jumps};
use super::items::Items;
use super::machine::Machine;
use super::state::{Code, Function, State};
use super::values::{assigned, concat, only_text, reason_of};
use super::variables::Exported;
use super::{Argument, Dialect};
use crate::facts::value::{OriginKind, Reason, Value};
use crate::syntax::shell::ast::{AssignedValue, Assignment, Command, Part, Word};
use crate::text::Span;

/// Builtins whose arguments of the form `NAME=value` are not split (Bash Reference Manual, "Simple Command Expansion").
const DECLARATIONS: &[&str] = &["declare", "export", "local", "readonly", "typeset"];

/// A command with its words expanded.
pub(super) struct Call<'c> {
    pub(super) argv: &'c [Argument],
    pub(super) span: Span,
    /// Whether functions may be called: not behind `command` and `builtin`.
    pub(super) functions: bool,
}

impl Call<'_> {
    /// The command's name, if it is known.
    pub(super) fn name(&self) -> Option<&str> {
        self.argv.first().filter(|first| !first.several).and_then(|first| only_text(&first.value))
    }

    /// The arguments.
    pub(super) fn arguments(&self) -> &[Argument] {
        self.argv.get(1..).unwrap_or_default()
    }
}

impl<'a> Machine<'a> {
    /// Runs a simple command.
    pub(super) fn simple(
        &mut self,
        command: &Command,
        assignments: &[Assignment],
        words: &[Word],
        mut state: State<'a>,
        jumps: &mut Jumps<'a>,
    ) -> Ends<'a> {
        self.substituted = None;
        let alternatives = self.argv(words, &mut state);
        let Some(state) = self.survived(state, jumps) else { return Ends::none() };
        if let [argv] = alternatives.as_slice() {
            return self.run(command, assignments, argv, state, jumps);
        }
        let share = state.weight / alternatives.len().max(1) as u64;
        let mut weight = state.weight - share * alternatives.len().saturating_sub(1) as u64;
        let mut ends = Ends::none();
        for argv in alternatives {
            let state = state.clone().weighing(std::mem::replace(&mut weight, share));
            ends = ends.join(self.run(command, assignments, &argv, state, jumps));
        }
        ends
    }

    /// Too many steps: from here on nothing is followed.
    pub(super) fn exhausted(&mut self, state: State<'a>, span: Span, jumps: &mut Jumps<'a>) -> Ends<'a> {
        if let Some(state) = self.lost(state, span, "script too long to follow").united() {
            jumps.push(Jump::Exit, state.with(Code::Unknown));
        }
        Ends::none()
    }

    /// The words' fields; one alternative for each command name that is possible.
    fn argv(&mut self, words: &[Word], state: &mut State<'a>) -> Vec<Vec<Argument>> {
        let declares = words
            .first()
            .is_some_and(|word| matches!(word.parts.as_slice(), [Part::Literal(name)] if DECLARATIONS.contains(&name.as_str())));
        let all = if declares { self.declared_fields(words, state) } else { self.fields(words, state) };
        all.into_iter().flat_map(by_name).collect()
    }

    fn declared_fields(&mut self, words: &[Word], state: &mut State<'a>) -> Vec<Vec<Argument>> {
        let mut all = vec![Vec::new()];
        for word in words {
            let next = if assigns(word) { vec![self.unsplit(word, state)] } else { self.fields(std::slice::from_ref(word), state) };
            let room = all.len() * next.len() <= super::items::MOST_ALTERNATIVES;
            let next = if room {
                next
            } else {
                vec![vec![super::fields::several(Reason::new("too many possibilities"), self.frame.locate(word.span))]]
            };
            all = all.iter().flat_map(|head: &Vec<Argument>| next.iter().map(move |tail| [head.as_slice(), tail].concat())).collect();
        }
        all
    }

    fn run(
        &mut self,
        command: &Command,
        assignments: &[Assignment],
        argv: &[Argument],
        mut state: State<'a>,
        jumps: &mut Jumps<'a>,
    ) -> Ends<'a> {
        let before = (!command.redirects.is_empty()).then(|| state.clone());
        let call = Call { argv, span: command.span, functions: true };
        let died = self.redirect_for(&command.redirects, self.forks(&call, &state), &mut state);
        let Some(state) = self.survived(state, jumps) else { return Ends::none() };
        let keeps = call.name() == Some("exec") && argv.len() == 1;
        let mut ends = if died.as_ref().is_some_and(|died| died.surely) {
            Ends::none()
        } else if argv.is_empty() {
            self.only_assignments(assignments, state, jumps)
        } else {
            self.prefixed(&call, assignments, state, jumps)
        };
        if let Some(died) = died {
            ends.add_failure(died.state);
        }
        let Some(before) = before.filter(|_| !keeps) else { return ends };
        ends.map(|mut state| {
            state.end_redirections(&before);
            state
        })
    }

    /// Whether the command surely is an external one, for which bash forks before it redirects (`execute_disk_command` of
    /// `execute_cmd.c`); dash redirects first.
    fn forks(&self, call: &Call<'_>, state: &State<'a>) -> bool {
        let words = if call.name() == Some("command") { call.arguments() } else { call.argv };
        let name = words.first().filter(|word| !word.several).and_then(|word| only_text(&word.value));
        let external = |name| super::builtins::find(name).is_none() && !state.functions.contains_key(name);
        self.dialect == Dialect::Bash && name.is_some_and(external)
    }

    fn only_assignments(&mut self, assignments: &[Assignment], mut state: State<'a>, jumps: &mut Jumps<'a>) -> Ends<'a> {
        for assignment in assignments {
            self.assignment(assignment, OriginKind::Script, &mut state);
        }
        let Some(state) = self.survived(state, jumps) else { return Ends::none() };
        let code = self.substituted.unwrap_or(Code::Known(0));
        Ends::of_code(state.with(code))
    }

    /// `A=1 command`: the variables hold only while it runs.
    fn prefixed(&mut self, call: &Call<'_>, assignments: &[Assignment], mut state: State<'a>, jumps: &mut Jumps<'a>) -> Ends<'a> {
        if assignments.is_empty() {
            return self.call(call, state, jumps);
        }
        state.variables.enter(false);
        for assignment in assignments {
            state.variables.localise(&assignment.name, false);
            self.assignment(assignment, OriginKind::Prefix, &mut state);
            state.variables.lend(&assignment.name);
        }
        let Some(state) = self.survived(state, jumps) else { return Ends::none() };
        let leave = |mut state: State<'a>| {
            state.variables.leave();
            state
        };
        let mut inner = Jumps::default();
        let ends = self.call(call, state, &mut inner).map(leave);
        for (jump, state) in inner.into_all() {
            jumps.push(jump, leave(state));
        }
        ends
    }

    /// Runs whatever the command's name means.
    pub(super) fn call(&mut self, call: &Call<'_>, mut state: State<'a>, jumps: &mut Jumps<'a>) -> Ends<'a> {
        let Some(name) = call.name() else { return self.external(call, state, jumps) };
        let callees = state.functions.get(name).cloned().filter(|_| call.functions);
        let mut ends = Ends::none();
        if let Some(callees) = callees {
            let ways = callees.functions.len() + usize::from(callees.perhaps_none);
            state.weight /= ways.max(1) as u64;
            for function in &callees.functions {
                ends = ends.join(self.function(function, call, state.clone(), jumps));
            }
            if !callees.perhaps_none {
                return ends;
            }
        }
        let ways = match super::builtins::find(name) {
            Some(builtin) => builtin(self, call, state, jumps),
            None => self.external(call, state, jumps),
        };
        ends.join(ways)
    }

    /// Calls a function of the script.
    fn function(&mut self, function: &Function<'a>, call: &Call<'_>, mut state: State<'a>, jumps: &mut Jumps<'a>) -> Ends<'a> {
        let outer = std::mem::replace(&mut state.positional, items(call.arguments()));
        state.variables.enter(true);
        let mut inner = Jumps::default();
        let last_call = self.last_call.take();
        let is_last = last_call == Some(call.span);
        let ends = self.deeper(state, call.span, |machine, state| {
            machine.framed(function.frame.clone(), |machine| machine.function_body(&function.body, is_last, state, &mut inner))
        });
        self.last_call = last_call;
        let leave = |mut state: State<'a>| {
            state.variables.leave();
            state.positional = outer.clone();
            state
        };
        let mut ends = ends.map(leave);
        for (jump, state) in inner.into_all() {
            match jump {
                Jump::Return => ends = ends.join(Ends::of_code(leave(state))),
                other => jumps.push(other, leave(state)),
            }
        }
        ends
    }

    /// Performs one assignment.
    pub(super) fn assignment(&mut self, assignment: &Assignment, kind: OriginKind, state: &mut State<'a>) {
        let origin = self.origin(kind, assignment.span);
        let name = assignment.name.as_str();
        match &assignment.value {
            AssignedValue::Word(word) => {
                let value = self.text(word, state);
                let before = assignment.append.then(|| state.variables.get(name));
                let value = match before {
                    Some(before) => concat([&before, &value], &origin),
                    None => assigned(&value, &origin),
                };
                let value = self.affordable(value);
                self.assign(state, name, value);
            }
            AssignedValue::Array(words) => {
                let added = self.item_list(words, state);
                let variable = state.variables.variable(name);
                let before = variable.items.filter(|_| assignment.append);
                state.variables.assign_items(name, before.map_or(added.clone(), |before| before.followed_by(&added)));
            }
            AssignedValue::Element(word) => {
                self.text(word, state);
                state.variables.assign_items(name, Items::unknown(Reason::new(format!("elements of `{name}`"))));
            }
        }
    }

    fn item_list(&mut self, words: &[Word], state: &mut State<'a>) -> Items {
        let alternatives = self.fields(words, state);
        let lists = alternatives.iter().map(|fields| items(fields));
        lists.reduce(|all, next| all.join(&next)).unwrap_or_else(|| Items::known(Vec::new()))
    }

    /// Assigns a value to a variable, as the shell does.
    pub(super) fn assign(&self, state: &mut State<'a>, name: &str, value: Value) {
        let variable = state.variables.variable(name);
        match variable.items {
            Some(items) => {
                let first = |list: &[Value]| std::iter::once(value.clone()).chain(list.iter().skip(1).cloned()).collect();
                state.variables.assign_items(name, items.map(first));
            }
            None => state.variables.assign(name, value),
        }
        match state.settings.allexport {
            Some(false) => {}
            Some(true) => state.variables.export(name, Exported::Yes),
            None => {
                let exported = state.variables.variable(name).exported;
                state.variables.export(name, exported.join(Exported::Yes));
            }
        }
    }
}

/// Arguments as a list; one that stands for several makes its length unknown.
pub(super) fn items(arguments: &[Argument]) -> Items {
    match arguments.iter().find(|argument| argument.several) {
        Some(argument) => Items::unknown(reason_of(&argument.value)),
        None => Items::known(arguments.iter().map(|argument| argument.value.clone()).collect()),
    }
}

/// Whether a word starts like `NAME=`.
fn assigns(word: &Word) -> bool {
    let Some(Part::Literal(text)) = word.parts.first() else { return false };
    let Some((name, _)) = text.split_once('=') else { return false };
    let name = name.strip_suffix('+').unwrap_or(name);
    super::declare::is_name(name)
}

/// One alternative for each name the command may have.
fn by_name(argv: Vec<Argument>) -> Vec<Vec<Argument>> {
    let Some((first, rest)) = argv.split_first() else { return vec![argv] };
    if first.several || first.value.single().is_some() || first.value.choices().is_empty() {
        return vec![argv];
    }
    let known = first.value.choices().iter().map(|choice| Value::known(choice.datum.clone(), std::sync::Arc::clone(&choice.origin)));
    let unknown = first.value.reason().map(|reason| Value::unknown(reason.clone()));
    known.chain(unknown).map(|value| [&[Argument { value, ..first.clone() }], rest].concat()).collect()
}

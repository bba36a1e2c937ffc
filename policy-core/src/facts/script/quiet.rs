//! Where a script need not be followed any further: nothing that comes can be seen from outside.
//!
//! Most scripts end with commands that have nothing to do with Go, and a script that runs another hundred times may do so a
//! thousand times. Whether the rest of a script is quiet is told from its words ([`super::reach`]) and from what names mean at
//! that moment: which functions there are, and which scripts of the repository. It then may succeed or fail, as any command.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::bearing::parts;
use super::ends::{Ends, Jumps};
use super::machine::{COMPARISONS_A_STEP, Machine};
use super::reach::{Reach, Told};
use super::state::{Function, Sink, State};
use super::values::only_text;
use super::{ScriptFile, builtins, recognise};
use crate::facts::go::variables;
use crate::facts::script::directories::resolved;
use crate::facts::value::{Origin, OriginKind, Value};
use crate::syntax::shell::ast::{Command, CommandKind, Item, List};
use crate::text::Span;

/// More functions and scripts than this are not looked into.
const MOST_VISITED: usize = 100;

/// More items than this are not looked at for one question.
const MOST_SEEN: usize = 2_000;

/// So often a script is asked whether the rest of it is quiet.
const MOST_QUESTIONS: usize = 8;

impl<'a> Machine<'a> {
    /// The items behind which a script ends, up to where the rest of them is quiet.
    pub(super) fn last_items(&mut self, list: &List, reach: &[Arc<Reach>], state: State<'a>, jumps: &mut Jumps<'a>) -> Ends<'a> {
        let mut ends = Ends { ok: Some(state), ..Ends::none() };
        let loud = |reach: &Arc<Reach>| reach.is_loud() || reach.names_variable && self.is_outermost();
        let (mut questions, mut loud_until) = (0, reach.iter().rposition(loud).map_or(0, |last| last + 1));
        for (index, item) in list.items.iter().enumerate() {
            let Some(state) = ends.united() else { return Ends::none() };
            let rest = reach.get(index..).unwrap_or_default();
            if index >= loud_until && questions < MOST_QUESTIONS && !rest.is_empty() {
                questions += 1;
                match self.last_loud(rest, &state) {
                    Some(last) => loud_until = index + last + 1,
                    None => return self.left_out(rest, state),
                }
            }
            if rest.len() == 1 {
                self.last_call = lone_command(item);
            }
            ends = self.next(item, state, jumps);
        }
        ends
    }

    /// The body of a function. Where a script ends with the call, as many do with `main "$@"`, it ends with the body.
    pub(super) fn function_body(&mut self, body: &Command, is_last: bool, state: State<'a>, jumps: &mut Jumps<'a>) -> Ends<'a> {
        let list = match &body.kind {
            CommandKind::Group(list) if is_last && body.redirects.is_empty() => list,
            _ => return self.command(body, state, jumps),
        };
        let text = self.frame.text().get(..body.span.range().end).unwrap_or_default();
        let concerns = |name: &str| self.oracle.concerns(Some(name));
        let reach: Vec<_> = parts(list, text).map(|(item, text)| Arc::new(Reach::of_item(item, text, &concerns))).collect();
        self.last_items(list, &reach, state, jumps)
    }

    /// The last of the items from which something may come that can be seen from outside.
    fn last_loud(&mut self, rest: &[Arc<Reach>], state: &State<'a>) -> Option<usize> {
        if state.sinks.values().any(|sink| *sink != Sink::Elsewhere) {
            return Some(rest.len());
        }
        let mut survey = Survey::new(self, state);
        let loud = rest.iter().rposition(|reach| !survey.is_quiet(reach));
        let loud = loud.or_else(|| survey.puts_name_together().then(|| rest.iter().rposition(|reach| reach.is_dynamic).unwrap_or(0)));
        let looked_at = rest.len() + survey.visited.len();
        self.charge(looked_at, COMPARISONS_A_STEP);
        loud
    }

    /// The rest of a script that is quiet. Its programs have seen the environment as it is now.
    fn left_out(&mut self, rest: &[Arc<Reach>], state: State<'a>) -> Ends<'a> {
        let is_program = |name: &String| builtins::find(name).is_none();
        if rest.iter().any(|reach| reach.is_dynamic || !reach.scripts.is_empty() || reach.names.keys().any(is_program)) {
            self.record.add_other(state.variables.environment());
        }
        Ends::either(state)
    }
}

/// The command that an item consists of.
fn lone_command(item: &Item) -> Option<Span> {
    match item.first.commands.as_slice() {
        [command] if item.rest.is_empty() && !item.background => Some(command.span),
        _ => None,
    }
}

/// What some commands may lead to, with the functions and scripts that they call.
struct Survey<'m, 'a> {
    machine: &'m Machine<'a>,
    state: &'m State<'a>,
    /// Functions and scripts that were looked into.
    visited: BTreeSet<String>,
    /// What all commands may lead to, those of functions and scripts too.
    seen: Vec<Arc<Reach>>,
    /// Whether they change the directory.
    moves: bool,
    /// Whether a script is named by a path that hangs on the directory.
    is_relative: bool,
}

impl<'m, 'a> Survey<'m, 'a> {
    fn new(machine: &'m Machine<'a>, state: &'m State<'a>) -> Self {
        Self { machine, state, visited: BTreeSet::new(), seen: Vec::new(), moves: false, is_relative: false }
    }

    /// Whether nothing of concern comes from these commands, as long as no name is put together.
    fn is_quiet(&mut self, reach: &Arc<Reach>) -> bool {
        if self.seen.len() >= MOST_SEEN {
            return false;
        }
        self.seen.push(Arc::clone(reach));
        self.moves |= reach.moves;
        // The variables of a child end with it.
        let is_seen = reach.is_opaque || reach.names_variable && self.machine.is_outermost();
        !is_seen
            && reach.names.iter().all(|(name, called)| self.is_quiet_name(name, called.concerns))
            && reach.scripts.keys().all(|path| self.is_quiet_script(path) != Some(false))
            && !(self.moves && self.is_relative)
    }

    /// A function, a script or a program.
    fn is_quiet_name(&mut self, name: &str, concerns: bool) -> bool {
        if let Some(callees) = self.state.functions.get(name) {
            let mut bodies = callees.functions.iter();
            let bodies_are_quiet = self.visited.contains(name) || self.visit(name) && bodies.all(|body| self.is_quiet_function(body));
            if !bodies_are_quiet || !callees.perhaps_none {
                return bodies_are_quiet;
            }
        }
        let script = Some(name).filter(|name| name.contains('/') && !recognise::is_go(name)).and_then(|path| self.is_quiet_script(path));
        script.unwrap_or(!concerns)
    }

    fn is_quiet_function(&mut self, function: &Function<'a>) -> bool {
        let text = function.frame.source(function.body.span);
        let reach = function.reach.get_or_init(|| Arc::new(Reach::of_command(&function.body, text, &|name| self.concerns(name))));
        self.is_quiet(reach)
    }

    /// A script of the repository; `None` if it is none.
    fn is_quiet_script(&mut self, path: &str) -> Option<bool> {
        self.is_relative |= !path.starts_with('/');
        let file = self.script(path)?;
        let is_read = file.script.reach.len() == file.script.parsed.list.items.len();
        let mut items = file.script.reach.iter();
        Some(self.visited.contains(path) || is_read && self.visit(path) && items.all(|reach| self.is_quiet(reach)))
    }

    /// Looks into one more function or script; false if these are too many.
    fn visit(&mut self, name: &str) -> bool {
        self.visited.insert(name.to_owned());
        self.visited.len() <= MOST_VISITED
    }

    /// Whether a name that is put together when a command runs may be one of concern, or the path of a runner's file: one that
    /// stands in the commands, or that a variable or an expression of the workflow holds.
    fn puts_name_together(&self) -> bool {
        let variables = self.state.variables.texts().filter(|(name, _)| !is_usual(name)).map(|(_, text)| text);
        let holes = self.machine.frame.holes.iter().flat_map(Value::texts);
        let mut held = variables.chain(self.state.positional.texts()).chain(holes);
        if !self.seen.iter().any(|reach| reach.is_dynamic) {
            return held.any(|text| self.leads_to_runner(text));
        }
        let is_command = |text: &str| self.names_command(&Told::by_text(text, &|name| self.concerns(name)));
        self.told().into_iter().any(|told| self.names_command(told)) || held.any(|text| self.leads_to_runner(text) || is_command(text))
    }

    /// What functions, scripts and variables are told.
    fn told(&self) -> Vec<&Told> {
        let defined: BTreeSet<&String> = self.seen.iter().flat_map(|reach| &reach.functions).collect();
        let may_run = |name: &String| name.contains('/') || defined.contains(name) || self.state.functions.contains_key(name);
        let callees = self.seen.iter().flat_map(|reach| &reach.names).filter(|(name, called)| called.told.is_anything() && may_run(name));
        let others = self.seen.iter().flat_map(|reach| reach.scripts.values().chain([&reach.assigned]));
        callees.map(|(_, called)| &called.told).chain(others).collect()
    }

    fn names_command(&self, told: &Told) -> bool {
        told.concerns || !told.paths.is_empty() && (self.moves || told.paths.iter().any(|path| self.script(path).is_some()))
    }

    fn script(&self, path: &str) -> Option<ScriptFile> {
        let full = resolved(&self.state.cwd, &Value::text(path, Origin::of(OriginKind::Script)));
        self.machine.oracle.script(only_text(&full)?, self.machine.dialect)
    }

    fn concerns(&self, name: &str) -> bool {
        self.machine.oracle.concerns(Some(name))
    }

    fn leads_to_runner(&self, text: &str) -> bool {
        let paths = self.machine.paths;
        [&paths.env, &paths.path, &paths.output].iter().any(|path| text.contains(&***path))
    }
}

/// Variables that hold directories, and those whose names would stand in the commands.
fn is_usual(name: &str) -> bool {
    ["GITHUB_ENV", "GITHUB_OUTPUT", "GITHUB_PATH", "HOME", "OLDPWD", "PATH", "PWD"].contains(&name) || variables::lookup(name).is_some()
}

//! Control flow: lists, pipelines and compound commands.

use std::rc::Rc;
use std::sync::Arc;

use super::Dialect;
use super::conditions::and;
use super::content::Content;
use super::ends::{Ends, Jump, Jumps, either};
use super::machine::Machine;
use super::state::{Callees, Code, Function, Sink, State};
use crate::facts::value::{Reason, Value};
use crate::syntax::shell::ast::{CaseArm, Command, CommandKind, Connector, Item, List, Part, Pipeline, Word};

impl<'a> Machine<'a> {
    /// Commands one after another.
    pub(super) fn list(&mut self, list: &List, state: State<'a>, jumps: &mut Jumps<'a>) -> Ends<'a> {
        let mut ends = Ends { ok: Some(state), ..Ends::none() };
        for item in &list.items {
            let Some(state) = ends.united() else { return Ends::none() };
            ends = self.next(item, state, jumps);
        }
        ends
    }

    /// One of several items.
    pub(super) fn next(&mut self, item: &Item, state: State<'a>, jumps: &mut Jumps<'a>) -> Ends<'a> {
        let after = self.item(item, state, jumps);
        self.checked(after, jumps)
    }

    /// Under `set -e` a failure ends the shell. What then goes on has succeeded: it keeps the whole weight.
    fn checked(&self, mut ends: Ends<'a>, jumps: &mut Jumps<'a>) -> Ends<'a> {
        if self.guarded {
            return ends;
        }
        if let Some(failed) = ends.failed.as_ref().filter(|state| state.settings.errexit.is_none()) {
            jumps.push(Jump::Fail, failed.clone().weighing(0));
        }
        let Some(mut failed) = ends.failed.take_if(|state| state.settings.errexit == Some(true)) else { return ends };
        if let Some(ok) = &mut ends.ok {
            ok.weight = ok.weight.saturating_add(std::mem::take(&mut failed.weight));
        }
        jumps.push(Jump::Fail, failed);
        ends
    }

    fn item(&mut self, item: &Item, state: State<'a>, jumps: &mut Jumps<'a>) -> Ends<'a> {
        if item.background {
            return self.in_background(&state, |machine, child, inner| machine.chain(item, child, inner));
        }
        self.chain(item, state, jumps)
    }

    /// State changes are lost, and nobody knows when its output arrives.
    fn in_background(&mut self, state: &State<'a>, run: impl FnOnce(&mut Self, State<'a>, &mut Jumps<'a>) -> Ends<'a>) -> Ends<'a> {
        let before = std::mem::replace(&mut self.background, true);
        let after = self.subshell(state, run).united();
        self.background = before;
        let mut state = state.clone();
        if after.is_none_or(|after| after.files != state.files) {
            let reason = Reason::new("written by a background command");
            state.files.env.push_anything(reason.clone());
            state.files.path.push_anything(reason);
        }
        Ends::ok(state)
    }

    /// `a && b || c`
    fn chain(&mut self, item: &Item, state: State<'a>, jumps: &mut Jumps<'a>) -> Ends<'a> {
        let forgiven = |index: usize| item.rest.get(index).is_some_and(|(connector, pipeline)| forgiving(*connector, pipeline));
        let before = self.ignored;
        self.ignored |= forgiven(0);
        let guarded = self.guarded;
        self.guarded |= !item.rest.is_empty();
        let mut ends = self.pipeline(&item.first, state, jumps);
        for (index, (connector, pipeline)) in item.rest.iter().enumerate() {
            self.ignored = before || forgiven(index + 1);
            self.guarded = guarded || index + 1 < item.rest.len();
            ends = self.link(ends, *connector, pipeline, jumps);
        }
        (self.ignored, self.guarded) = (before, guarded);
        ends
    }

    fn link(&mut self, ends: Ends<'a>, connector: Connector, pipeline: &Pipeline, jumps: &mut Jumps<'a>) -> Ends<'a> {
        let (ok, failed) = ends.parted();
        let (taken, skipped) = match connector {
            Connector::And => (ok, Ends { excused: failed, ..Ends::none() }),
            Connector::Or => (failed, Ends { ok, ..Ends::none() }),
        };
        let Some(state) = taken else { return skipped };
        self.pipeline(pipeline, state, jumps).join(skipped)
    }

    fn pipeline(&mut self, pipeline: &Pipeline, state: State<'a>, jumps: &mut Jumps<'a>) -> Ends<'a> {
        if !pipeline.negated {
            return self.unnegated(pipeline, state, jumps);
        }
        let ends = self.guarded(|machine| machine.unnegated(pipeline, state, jumps));
        let (ok, failed) = ends.parted();
        let failed = failed.map(|state| state.with(Code::Known(0)));
        Ends { ok: failed, failed: None, excused: ok.map(|state| state.with(Code::Known(1))) }
    }

    fn unnegated(&mut self, pipeline: &Pipeline, state: State<'a>, jumps: &mut Jumps<'a>) -> Ends<'a> {
        match pipeline.commands.as_slice() {
            [] => Ends::ok(state),
            [command] => self.command(command, state, jumps),
            commands => self.piped(commands, state),
        }
    }

    /// Each command in a subshell that reads what the one before wrote.
    fn piped(&mut self, commands: &[Command], mut state: State<'a>) -> Ends<'a> {
        let pipefail = state.settings.pipefail;
        let stdin = state.stdin.clone();
        let (mut all, mut last) = (Some(true), None);
        for (index, command) in commands.iter().enumerate() {
            let (after, result, output) = self.stage(command, state, index + 1 == commands.len());
            all = and(all, result);
            last = result;
            state = after;
            state.stdin = output;
        }
        let success = match pipefail {
            Some(true) => all,
            Some(false) => last,
            None => all.filter(|all| last == Some(*all)),
        };
        state.stdin = stdin;
        Ends::of(state, success)
    }

    fn stage(&mut self, command: &Command, state: State<'a>, last: bool) -> (State<'a>, Option<bool>, Option<Content>) {
        if last {
            let (after, result) = self.lone(command, state);
            return (after, result, None);
        }
        let index = state.captures.len();
        let mut inner = state.clone();
        inner.captures.push(Content::default());
        inner.sinks.insert(1, Sink::Capture(index));
        let (mut after, result) = self.lone(command, inner);
        let output = after.captures.pop();
        after.sinks = state.sinks.clone();
        (after, result, output)
    }

    fn lone(&mut self, command: &Command, state: State<'a>) -> (State<'a>, Option<bool>) {
        let ends = self.subshell(&state, |machine, child, jumps| machine.command(command, child, jumps));
        let result = match (&ends.ok, &ends.failed) {
            (Some(_), None) => Some(true),
            (None, Some(_)) => Some(false),
            _ => None,
        };
        (ends.united().unwrap_or(state), result)
    }

    /// A command with its redirections.
    pub(super) fn command(&mut self, command: &Command, state: State<'a>, jumps: &mut Jumps<'a>) -> Ends<'a> {
        if !self.step(&state) {
            return self.exhausted(state, command.span, jumps);
        }
        if let CommandKind::Simple { assignments, words } = &command.kind {
            return self.simple(command, assignments, words, state, jumps);
        }
        self.deeper(state, command.span, |machine, state| {
            if command.redirects.is_empty() {
                return machine.compound(command, state, jumps);
            }
            machine.redirected(command, state, jumps)
        })
    }

    fn redirected(&mut self, command: &Command, mut state: State<'a>, jumps: &mut Jumps<'a>) -> Ends<'a> {
        let before = state.clone();
        let forks = self.dialect == Dialect::Bash && matches!(command.kind, CommandKind::Subshell(_));
        let died = self.redirect_for(&command.redirects, forks, &mut state);
        let Some(state) = self.survived(state, jumps) else { return Ends::none() };
        let restore = |mut state: State<'a>| {
            state.end_redirections(&before);
            state
        };
        let mut inner = Jumps::default();
        let surely = died.as_ref().is_some_and(|died| died.surely);
        let mut ends = if surely { Ends::none() } else { self.compound(command, state, &mut inner) };
        if let Some(died) = died {
            ends.add_failure(died.state);
        }
        for (jump, state) in inner.into_all() {
            jumps.push(jump, restore(state));
        }
        ends.map(restore)
    }

    fn compound(&mut self, command: &Command, state: State<'a>, jumps: &mut Jumps<'a>) -> Ends<'a> {
        match &command.kind {
            CommandKind::Simple { .. } => Ends::ok(state),
            CommandKind::Group(list) => self.list(list, state, jumps),
            CommandKind::Subshell(list) => self.subshell(&state, |machine, child, inner| machine.list(list, child, inner)),
            CommandKind::If { arms, otherwise } => self.branches(arms, otherwise.as_ref(), state, jumps),
            CommandKind::For { name, words, body } => self.for_loop(name, words.as_deref(), body, command.span, state, jumps),
            CommandKind::ArithmeticFor { body } => self.arithmetic_loop(body, command.span, state, jumps),
            CommandKind::While { until, condition, body } => self.while_loop(*until, condition, body, state, jumps),
            CommandKind::Case { word, arms } => self.case(word, arms, state, jumps),
            CommandKind::Function { name, body } => Ends::ok(self.define(name, body, state)),
            CommandKind::Arithmetic => self.arithmetic_command(command.span, state),
            CommandKind::Test(test) => self.conditional(test, state, jumps),
            CommandKind::Coprocess(body) => self.in_background(&state, |machine, child, inner| machine.command(body, child, inner)),
        }
    }

    fn branches(&mut self, arms: &[(List, List)], otherwise: Option<&List>, state: State<'a>, jumps: &mut Jumps<'a>) -> Ends<'a> {
        let mut open = Some(state);
        let mut ends = Ends::none();
        for (condition, body) in arms {
            let Some(state) = open else { break };
            let (taken, rest) = self.guarded(|machine| machine.list(condition, state, jumps)).parted();
            if let Some(state) = taken {
                ends = ends.join(self.list(body, state, jumps));
            }
            open = rest;
        }
        match (open, otherwise) {
            (Some(state), Some(body)) => ends.join(self.list(body, state, jumps)),
            (Some(state), None) => ends.join(Ends::ok(state)),
            (None, _) => ends,
        }
    }

    fn case(&mut self, word: &Word, arms: &[CaseArm], mut state: State<'a>, jumps: &mut Jumps<'a>) -> Ends<'a> {
        let subject = self.text(word, &mut state);
        let Some(state) = self.survived(state, jumps) else { return Ends::none() };
        let mut open = Some(state);
        let mut fell = None;
        let mut ends = Ends::none();
        for arm in arms {
            let (taken, rest) = self.arm(&subject, arm, open, fell.take());
            open = rest;
            let Some(state) = taken else { continue };
            let after = self.list(&arm.body, state, jumps);
            if arm.falls_through {
                fell = after.united();
            } else {
                ends = ends.join(after);
            }
        }
        let none_matched = open.map(|state| state.with(Code::Known(0)));
        either(none_matched, fell).map_or(Ends::none(), |state| Ends::of_code(state).excused()).join(ends)
    }

    /// Which paths enter an arm, and which go on to the next. After `;&` an arm runs whatever its pattern, after `;;&` only if it
    /// matches; the tree does not tell them apart.
    fn arm(
        &mut self,
        subject: &Value,
        arm: &CaseArm,
        open: Option<State<'a>>,
        fell: Option<State<'a>>,
    ) -> (Option<State<'a>>, Option<State<'a>>) {
        let mut halves = |state: Option<State<'a>>, otherwise: Option<bool>| {
            let Some(mut state) = state else { return (None, None) };
            match self.any_pattern(subject, &arm.patterns, &mut state) {
                Some(true) => (Some(state), None),
                answer if answer.and(otherwise) == Some(false) => (None, Some(state)),
                _ => {
                    let (taken, rest) = state.parted();
                    (Some(taken), Some(rest))
                }
            }
        };
        let (entered, passed) = halves(open, Some(false));
        let (fallen, left) = halves(fell, None);
        (either(entered, fallen), either(passed, left))
    }

    fn define(&mut self, name: &str, body: &Arc<Command>, mut state: State<'a>) -> State<'a> {
        let function = Function { body: Arc::clone(body), frame: self.frame.clone(), reach: Rc::default() };
        let callees = Callees { functions: vec![function], perhaps_none: false };
        Arc::make_mut(&mut state.functions).insert(name.to_owned(), callees);
        state
    }
}

/// Whether what follows makes failure harmless: `|| true`, `|| :`.
fn forgiving(connector: Connector, pipeline: &Pipeline) -> bool {
    let [Command { kind: CommandKind::Simple { words, .. }, .. }] = pipeline.commands.as_slice() else { return false };
    let [Word { parts, .. }] = words.as_slice() else { return false };
    connector == Connector::Or && matches!(parts.as_slice(), [Part::Literal(name)] if name == "true" || name == ":")
}

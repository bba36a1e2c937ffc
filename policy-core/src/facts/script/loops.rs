//! Loops: unrolled where the rounds are known, otherwise any number of rounds.

use super::Argument;
use super::ends::{Ends, Jump, Jumps, either};
use super::machine::{Machine, unknown};
use super::state::{Code, State};
use crate::facts::value::{OriginKind, Reason, Value};
use crate::syntax::shell::ast::List;
use crate::syntax::shell::ast::Word;
use crate::text::Span;

/// Loops of more known rounds are not unrolled; nor are any after many steps (`Machine::is_patient`).
const MOST_ROUNDS: usize = 32;
/// Rounds of a loop that may end at any time; what still changes after all but one of them counts as unknown.
const OPEN_ROUNDS: usize = 3;
/// As many where there is no time for more.
const HASTY_ROUNDS: usize = 2;

/// What decides whether a loop goes on: the path into the body, and the path out.
type Gate<'g, 'a> = &'g mut dyn FnMut(&mut Machine<'a>, State<'a>, &mut Jumps<'a>) -> (Option<State<'a>>, Option<State<'a>>);

impl<'a> Machine<'a> {
    /// `for name in words`
    pub(super) fn for_loop(
        &mut self,
        name: &str,
        words: Option<&[Word]>,
        body: &List,
        span: Span,
        mut state: State<'a>,
        jumps: &mut Jumps<'a>,
    ) -> Ends<'a> {
        let alternatives = match words {
            Some(words) => self.fields(words, &mut state),
            None => self.positional_fields(&state, span),
        };
        let Some(state) = self.survived(state, jumps) else { return Ends::none() };
        let share = state.weight / alternatives.len().max(1) as u64;
        let mut first = state.weight - share * (alternatives.len().saturating_sub(1)) as u64;
        let mut after = None;
        for fields in alternatives {
            let state = state.clone().weighing(std::mem::replace(&mut first, share));
            after = either(after, self.each(name, &fields, body, span, state, jumps));
        }
        after.map_or_else(Ends::none, |state| Ends::of_code(state).excused())
    }

    fn each(
        &mut self,
        name: &str,
        fields: &[Argument],
        body: &List,
        span: Span,
        state: State<'a>,
        jumps: &mut Jumps<'a>,
    ) -> Option<State<'a>> {
        // The first round begins with the status before the loop; without a round it is 0.
        let some = fields.first().is_some_and(|field| !field.several);
        let state = if some { state } else { state.with(Code::Known(0)) };
        if fields.len() > MOST_ROUNDS || fields.len() > 1 && !self.is_patient() {
            let any = fields.iter().map(|field| field.value.clone()).reduce(Value::join).unwrap_or_else(|| unknown("nothing"));
            return self.rounds(name, &any, body, span, state, jumps).united();
        }
        let mut leave = None;
        let mut next = Some(state);
        for field in fields {
            let Some(mut state) = next else { break };
            if field.several {
                let ways = self.rounds(name, &field.value, body, span, state, jumps);
                leave = either(leave, ways.broken);
                next = ways.out;
                continue;
            }
            self.assign_loop_variable(name, &field.value, span, &mut state);
            next = self.round(body, state, jumps, &mut leave);
        }
        either(leave, next)
    }

    fn assign_loop_variable(&self, name: &str, value: &Value, span: Span, state: &mut State<'a>) {
        let value = super::values::assigned(value, &self.origin(OriginKind::Script, span));
        self.assign(state, name, value);
    }

    /// Any number of rounds with the same value.
    fn rounds(&mut self, name: &str, value: &Value, body: &List, span: Span, state: State<'a>, jumps: &mut Jumps<'a>) -> Ways<'a> {
        let mut gate = |machine: &mut Self, state: State<'a>, _: &mut Jumps<'a>| {
            let (mut inside, outside) = state.parted();
            machine.assign_loop_variable(name, value, span, &mut inside);
            (Some(inside), Some(outside))
        };
        self.repeat(&mut gate, body, state, jumps)
    }

    /// `while` and `until`
    pub(super) fn while_loop(&mut self, until: bool, condition: &List, body: &List, state: State<'a>, jumps: &mut Jumps<'a>) -> Ends<'a> {
        let mut gate = |machine: &mut Self, state: State<'a>, jumps: &mut Jumps<'a>| {
            let (ok, failed) = machine.guarded(|machine| machine.list(condition, state, jumps)).parted();
            if until { (failed, ok) } else { (ok, failed) }
        };
        let after = self.repeat(&mut gate, body, state, jumps).united();
        after.map_or_else(Ends::none, |state| Ends::either(state).excused())
    }

    /// `for ((…))`: its variables are not followed.
    pub(super) fn arithmetic_loop(&mut self, body: &List, span: Span, mut state: State<'a>, jumps: &mut Jumps<'a>) -> Ends<'a> {
        let head = self.frame.source(span).split("))").next().unwrap_or_default().to_owned();
        self.doubt_names(&head, &mut state);
        let mut gate = |_: &mut Self, state: State<'a>, _: &mut Jumps<'a>| {
            let (inside, outside) = state.parted();
            (Some(inside), Some(outside))
        };
        let after = self.repeat(&mut gate, body, state, jumps).united();
        after.map_or_else(Ends::none, |state| Ends::either(state).excused())
    }

    fn repeat(&mut self, gate: Gate<'_, 'a>, body: &List, state: State<'a>, jumps: &mut Jumps<'a>) -> Ways<'a> {
        let (weight, deliberate) = (state.weight, jumps.deliberate);
        let mut ways = Ways { out: None, broken: None };
        let mut head = state;
        let most = if self.is_patient() { OPEN_ROUNDS } else { HASTY_ROUNDS };
        let mut open_rounds = 0;
        for round in 0.. {
            let (inside, outside) = gate(self, head.clone(), jumps);
            ways.out = either(ways.out, outside);
            let Some(inside) = inside else { break };
            let Some(next) = self.round(body, inside, jumps, &mut ways.broken) else { break };
            if ways.out.is_none() && ways.broken.is_none() && round < MOST_ROUNDS && self.is_patient() {
                head = next;
                continue;
            }
            open_rounds += 1;
            let changed = head.differences(&next);
            if changed.is_nothing() || open_rounds == most {
                ways.out = either(ways.out, Some(next));
                break;
            }
            // Later rounds stand for any number of them: never certain.
            head = head.join(next).weighing(0);
            if open_rounds + 1 == most {
                changed.doubt(&mut head);
            }
        }
        let escaped = jumps.deliberate != deliberate;
        ways.weighing(if escaped { weight / 2 } else { weight })
    }

    /// One round: the path to the next one; `break` adds to `leave`.
    fn round(&mut self, body: &List, state: State<'a>, jumps: &mut Jumps<'a>, leave: &mut Option<State<'a>>) -> Option<State<'a>> {
        let mut inner = Jumps::default();
        let mut next = self.list(body, state, &mut inner).united();
        for (jump, state) in inner.into_all() {
            match jump {
                Jump::Break(0 | 1) => *leave = either(leave.take(), Some(state.with(Code::Known(0)))),
                Jump::Continue(0 | 1) => next = either(next, Some(state.with(Code::Known(0)))),
                Jump::Break(levels) => jumps.push(Jump::Break(levels - 1), state),
                Jump::Continue(levels) => jumps.push(Jump::Continue(levels - 1), state),
                Jump::Exit | Jump::Fail | Jump::Return => jumps.push(jump, state),
            }
        }
        next
    }
}

/// The paths out of a loop: at its head, and by `break`.
struct Ways<'a> {
    out: Option<State<'a>>,
    broken: Option<State<'a>>,
}

impl<'a> Ways<'a> {
    /// The same ways, with that weight in all.
    fn weighing(self, weight: u64) -> Self {
        let broken = if self.out.is_some() && self.broken.is_some() { weight / 2 } else { weight };
        let out = if self.broken.is_some() { weight - broken.min(weight / 2) } else { weight };
        let with = |state: Option<State<'a>>, weight| state.map(|state| state.weighing(weight));
        Self { out: with(self.out, out), broken: with(self.broken, broken) }
    }

    fn united(self) -> Option<State<'a>> {
        either(self.out, self.broken)
    }
}

/// What a round of a loop changed.
struct Changes {
    variables: Vec<std::sync::Arc<str>>,
    cwd: bool,
    positional: bool,
}

impl Changes {
    fn is_nothing(&self) -> bool {
        self.variables.is_empty() && !self.cwd && !self.positional
    }

    fn doubt(&self, state: &mut State<'_>) {
        let reason = Reason::new("changed in a loop");
        for name in &self.variables {
            state.variables.doubt(name, &reason);
        }
        if self.cwd {
            state.cwd = state.cwd.clone().or_unknown(reason.clone());
        }
        if self.positional {
            state.positional = state.positional.clone().or_unknown(reason);
        }
    }
}

impl State<'_> {
    fn differences(&self, other: &Self) -> Changes {
        Changes {
            variables: self.variables.differences(&other.variables),
            cwd: self.cwd != other.cwd,
            positional: self.positional != other.positional,
        }
    }
}

//! How commands end, and how paths leave the usual order.

use super::state::{Code, State};

/// How a command can end. A path of which it is not known whether it succeeded stands in two of these, each with half its weight.
pub(super) struct Ends<'a> {
    /// Status 0.
    pub(super) ok: Option<State<'a>>,
    /// Another status.
    pub(super) failed: Option<State<'a>>,
    /// Another status, where `set -e` does not apply: a condition failed, or what was negated succeeded.
    pub(super) excused: Option<State<'a>>,
}

impl<'a> Ends<'a> {
    /// The path stopped: nothing comes after.
    pub(super) fn none() -> Self {
        Self { ok: None, failed: None, excused: None }
    }

    /// Success.
    pub(super) fn ok(state: State<'a>) -> Self {
        Self { ok: Some(state.with(Code::Known(0))), ..Self::none() }
    }

    /// Failure.
    pub(super) fn failed(state: State<'a>, code: Code) -> Self {
        Self { failed: Some(state.with(code)), ..Self::none() }
    }

    /// Not known which.
    pub(super) fn either(state: State<'a>) -> Self {
        let (ok, failed) = state.parted();
        Self { ok: Some(ok.with(Code::Known(0))), failed: Some(failed.with(Code::Failure)), excused: None }
    }

    /// As the answer says.
    pub(super) fn of(state: State<'a>, success: Option<bool>) -> Self {
        match success {
            Some(true) => Self::ok(state),
            Some(false) => Self::failed(state, Code::Known(1)),
            None => Self::either(state),
        }
    }

    /// As the state's own code says.
    pub(super) fn of_code(state: State<'a>) -> Self {
        match state.code {
            Code::Known(0) => Self::ok(state),
            Code::Unknown => Self::either(state),
            code => Self::failed(state, code),
        }
    }

    /// All ends as one path.
    pub(super) fn united(self) -> Option<State<'a>> {
        [self.ok, self.failed, self.excused].into_iter().flatten().reduce(State::join)
    }

    /// The failures as one path, and success.
    pub(super) fn parted(self) -> (Option<State<'a>>, Option<State<'a>>) {
        (self.ok, either(self.failed, self.excused))
    }

    /// Either these ends or those.
    pub(super) fn join(self, other: Self) -> Self {
        Self { ok: either(self.ok, other.ok), failed: either(self.failed, other.failed), excused: either(self.excused, other.excused) }
    }

    /// Another way to fail.
    pub(super) fn add_failure(&mut self, state: State<'a>) {
        self.failed = either(self.failed.take(), Some(state));
    }

    /// Failures are no reason to stop.
    pub(super) fn excused(self) -> Self {
        Self { ok: self.ok, failed: None, excused: either(self.failed, self.excused) }
    }

    /// Changes every end.
    pub(super) fn map(self, mut change: impl FnMut(State<'a>) -> State<'a>) -> Self {
        Self { ok: self.ok.map(&mut change), failed: self.failed.map(&mut change), excused: self.excused.map(&mut change) }
    }
}

/// Either path, as far as they exist.
pub(super) fn either<'a>(a: Option<State<'a>>, b: Option<State<'a>>) -> Option<State<'a>> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.join(b)),
        (a, b) => a.or(b),
    }
}

/// Where a path leaves the usual order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Jump {
    /// `exit`
    Exit,
    /// A command failed under `set -e`.
    Fail,
    /// `return`
    Return,
    /// `break n`
    Break(u32),
    /// `continue n`
    Continue(u32),
}

/// The paths that left, one for each kind of jump.
#[derive(Default)]
pub(super) struct Jumps<'a> {
    taken: Vec<(Jump, State<'a>)>,
    /// How many left deliberately (not by a failure).
    pub(super) deliberate: usize,
}

impl<'a> Jumps<'a> {
    /// A path leaves.
    pub(super) fn push(&mut self, jump: Jump, state: State<'a>) {
        self.deliberate += usize::from(jump != Jump::Fail);
        match self.taken.iter().position(|(known, _)| *known == jump) {
            Some(at) => {
                let (_, before) = self.taken.swap_remove(at);
                let both = if jump == Jump::Fail { before.outlived(&state) } else { before.join(state) };
                self.taken.push((jump, both));
            }
            None => self.taken.push((jump, state)),
        }
    }

    /// Takes out the paths that left this way.
    pub(super) fn take(&mut self, jump: Jump) -> Option<State<'a>> {
        let at = self.taken.iter().position(|(known, _)| *known == jump)?;
        Some(self.taken.swap_remove(at).1)
    }

    /// All paths, in no particular order.
    pub(super) fn into_all(self) -> Vec<(Jump, State<'a>)> {
        self.taken
    }
}

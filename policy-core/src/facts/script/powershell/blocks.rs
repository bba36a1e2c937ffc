//! Statements: which blocks run, and what is left where paths meet.

use super::{Machine, Stream};
use crate::facts::script::session::{Session, whole};
use crate::facts::script::values::only_text;
use crate::facts::value::{Reason, Value};
use crate::syntax::powershell::ast::{Block, Chain, Jump, Statement, StatementKind, Variable};

impl<'a> Machine<'a> {
    /// Runs statements; `None` if none of the paths comes to the end.
    pub(super) fn block(&mut self, block: &'a [Statement], session: Session) -> Option<Session> {
        block.iter().try_fold(session, |session, statement| self.statement(statement, session))
    }

    fn statement(&mut self, statement: &'a Statement, mut session: Session) -> Option<Session> {
        if !self.recorder.may_go_on() {
            session.forget(&Reason::new("a script too long to follow"));
            return Some(session);
        }
        match &statement.kind {
            StatementKind::Chain(chain) => Some(self.chain(chain, session)),
            StatementKind::Assignment { target, operator, value } => {
                let stream = self.captured(value, &mut session);
                self.assign(statement.span, target.as_ref(), *operator, stream, &mut session);
                Some(session)
            }
            StatementKind::If { arms, otherwise } => self.conditional(arms, otherwise.as_ref(), session),
            StatementKind::Loop { variable, header, body, at_least_once } => {
                let session = self.block(header, session)?;
                self.repeat(variable.as_ref(), body, *at_least_once, session)
            }
            StatementKind::Switch { subject, arms } => {
                let session = self.block(subject, session)?;
                self.branches(arms.iter(), true, session)
            }
            StatementKind::Try { body, handlers, last } => self.attempt(body, handlers, last.as_ref(), session),
            StatementKind::Function { name, body } => {
                self.functions.insert(name, body);
                Some(session)
            }
            StatementKind::Parameters(names) => {
                let unknown = |name: &String| (name.clone(), Value::unknown(Reason::new(format!("parameter `${name}`"))));
                session.variables.extend(names.iter().map(unknown));
                Some(session)
            }
            StatementKind::Jump { kind, value } => self.jump(*kind, value, session),
            StatementKind::Unknown => {
                self.not_understood(self.setting.source(statement.span), &mut session);
                Some(session)
            }
        }
    }

    /// Something of which only the text is known.
    pub(super) fn not_understood(&mut self, text: &str, session: &mut Session) {
        let reason = Reason::new("a PowerShell statement that is not followed");
        session.anything_written(self.setting.mentioned(text), &reason);
        let lower = text.to_ascii_lowercase();
        if lower.contains("env:") || lower.contains("environmentvariable") {
            session.env.forget(&reason);
        }
    }

    /// What a statement gives when its value is used.
    pub(super) fn captured(&mut self, statement: &'a Statement, session: &mut Session) -> Stream {
        match &statement.kind {
            StatementKind::Chain(chain) if chain.rest.is_empty() => self.pipeline(&chain.first, chain.background, session),
            StatementKind::Assignment { target, operator, value } => {
                let stream = self.captured(value, session);
                self.assign(statement.span, target.as_ref(), *operator, stream.clone(), session);
                stream
            }
            _ => {
                if let Some(after) = self.statement(statement, session.clone()) {
                    *session = after;
                }
                Stream::unknown("output of several PowerShell statements")
            }
        }
    }

    /// What `$( … )` gives.
    pub(super) fn captured_block(&mut self, block: &'a [Statement], session: &mut Session) -> Stream {
        let mut all = Stream::default();
        for statement in block {
            all.extend(self.captured(statement, session));
        }
        all
    }

    /// `a && b || c`: what stands behind a connector may run or not.
    fn chain(&mut self, chain: &'a Chain, mut session: Session) -> Session {
        self.pipeline(&chain.first, chain.background, &mut session);
        let certain = session.certain;
        let mut all = session.clone();
        for (_, pipeline) in &chain.rest {
            session.certain = false;
            self.pipeline(pipeline, chain.background, &mut session);
            all = all.join(session.clone());
        }
        all.certain = certain;
        all
    }

    fn conditional(&mut self, arms: &'a [(Block, Block)], otherwise: Option<&'a Block>, mut session: Session) -> Option<Session> {
        for (condition, _) in arms {
            session = self.block(condition, session)?;
        }
        let bodies = arms.iter().map(|(_, body)| body).chain(otherwise);
        self.branches(bodies, otherwise.is_none(), session)
    }

    /// One of several blocks runs, or perhaps none.
    fn branches(&mut self, bodies: impl Iterator<Item = &'a Block>, perhaps_none: bool, session: Session) -> Option<Session> {
        let left = self.recorder.left();
        let mut joined = perhaps_none.then(|| session.clone());
        for body in bodies {
            let after = self.block(body, Session { certain: false, ..session.clone() });
            joined = either(joined, after);
        }
        let certain = session.certain && self.recorder.left() == left;
        joined.map(|joined| Session { certain, ..joined })
    }

    /// A body that runs any number of times. It is first tried, to see what it changes.
    pub(super) fn repeat(
        &mut self,
        variable: Option<&Variable>,
        body: &'a [Statement],
        once: bool,
        mut session: Session,
    ) -> Option<Session> {
        if let Some(variable) = variable {
            session
                .variables
                .insert(variable.name.to_lowercase(), Value::unknown(Reason::new(format!("loop variable `${}`", variable.name))));
        }
        self.recorder.muted += 1;
        let left = self.recorder.left();
        let tried = self.block(body, Session { certain: false, ..session.clone() });
        self.recorder.muted -= 1;
        let widened = match &tried {
            Some(tried) => session.clone().widened(tried, &Reason::new("what a loop leaves behind")),
            None => session.clone(),
        };
        let after = self.block(body, Session { certain: session.certain && once, ..widened });
        let certain = session.certain && self.recorder.left() == left;
        let joined = if once { after } else { either(Some(session), after) };
        joined.map(|joined| Session { certain, ..joined })
    }

    /// The body may stop anywhere when there is a handler.
    fn attempt(&mut self, body: &'a Block, handlers: &'a [Block], last: Option<&'a Block>, session: Session) -> Option<Session> {
        let certain = session.certain;
        let caught = !handlers.is_empty();
        let tried = self.block(body, Session { certain: certain && !caught, ..session.clone() });
        let mut joined = tried.clone();
        let broken = match tried {
            Some(tried) => session.join(tried),
            None => session,
        };
        for handler in handlers {
            joined = either(joined, self.block(handler, Session { certain: false, ..broken.clone() }));
        }
        let joined = Session { certain, ..joined? };
        match last {
            Some(last) => self.block(last, joined),
            None => Some(joined),
        }
    }

    /// `exit 0` ends the script with success, `exit 1` and `throw` with a failure. `return` outside of a function is `exit 0`;
    /// `break` and `continue` are taken not to happen.
    fn jump(&mut self, kind: Jump, value: &'a Block, mut session: Session) -> Option<Session> {
        let given = self.captured_block(value, &mut session);
        match kind {
            Jump::Loop => Some(session),
            Jump::Throw => None,
            Jump::Return if self.calls > 0 => Some(session),
            Jump::Return => self.succeed(session),
            Jump::Exit => match given.items.as_slice() {
                [(code, _)] if only_text(&whole(code)).is_some_and(|code| !code.is_empty() && code != "0") => None,
                _ => self.succeed(session),
            },
        }
    }

    fn succeed(&mut self, session: Session) -> Option<Session> {
        self.recorder.leave(session);
        None
    }
}

/// Either path, as far as they exist.
fn either(a: Option<Session>, b: Option<Session>) -> Option<Session> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.join(b)),
        (a, b) => a.or(b),
    }
}

//! Which commands run, and where their output goes.

use super::{Machine, Output, Sink};
use crate::facts::script::session::{Session, write_lines};
use crate::facts::script::values::concat;
use crate::facts::value::{Origin, OriginKind, Reason, Value};
use crate::syntax::cmd::{Command, Connector, Kind, Node, Piece, Redirect};
use crate::text::Span;

impl Machine<'_> {
    /// Runs a node; `None` if the script ends in it.
    pub(super) fn node(&mut self, node: &Node, session: Session) -> Option<Session> {
        match &node.kind {
            Kind::Command(command) => self.command(command, node.span, session, false),
            Kind::Block(nodes, redirects) => self.block(nodes, redirects, session),
            Kind::Chain(first, rest) => self.chain(first, rest, session),
            Kind::If(then, otherwise) => self.conditional(then, otherwise.as_deref(), session),
            Kind::For(body) => self.repeat(body, session),
            Kind::Nothing => Some(session),
        }
    }

    fn command(&mut self, command: &Command, span: Span, mut session: Session, background: bool) -> Option<Session> {
        if command.words.is_empty() || !self.recorder.may_go_on() {
            return Some(session);
        }
        let sink = self.sink(&command.redirects).or_else(|| self.sinks.last().cloned());
        let (output, after) = self.run(command, span, session, background);
        session = after?;
        self.put(sink, &output, &mut session);
        Some(session)
    }

    /// Where the output goes.
    fn sink(&self, redirects: &[Redirect]) -> Option<Sink> {
        let target = redirects.iter().rev().find(|redirect| redirect.handle == 1)?;
        let path = self.value(&target.target.as_ref()?.pieces);
        Some(Sink { path, append: target.append })
    }

    fn put(&self, sink: Option<Sink>, output: &Result<Output, Reason>, session: &mut Session) {
        let Some((sink, (file, certain))) = sink.and_then(|sink| self.setting.runner_file(&sink.path).map(|file| (sink, file))) else {
            return;
        };
        let content = session.files.get_mut(file);
        match output {
            Ok(lines) if certain => write_lines(content, sink.append, &lines.iter().cloned().collect::<Vec<_>>(), "\n"),
            Ok(_) => content.push_anything(Reason::new("which file is written")),
            Err(reason) => content.push_anything(reason.clone()),
        }
    }

    fn block(&mut self, nodes: &[Node], redirects: &[Redirect], mut session: Session) -> Option<Session> {
        let sink = self.sink(redirects);
        if let Some(sink) = &sink {
            // `>` empties the file before anything is written.
            if !sink.append {
                self.put(Some(sink.clone()), &Ok(None), &mut session);
            }
            self.sinks.push(Sink { append: true, ..sink.clone() });
        }
        let after = nodes.iter().try_fold(session, |session, node| self.node(node, session));
        if sink.is_some() {
            self.sinks.pop();
        }
        after
    }

    /// What stands behind `&&` and `||` may run or not.
    fn chain(&mut self, first: &Node, rest: &[(Connector, Node)], session: Session) -> Option<Session> {
        let certain = session.certain;
        let mut session = self.node(first, session)?;
        let mut skipped: Option<Session> = None;
        for (connector, node) in rest {
            match connector {
                Connector::Then => {
                    session = join(skipped.take(), session);
                    session.certain = certain;
                }
                Connector::And | Connector::Or => {
                    skipped = Some(join(skipped, session.clone()));
                    session.certain = false;
                }
                Connector::Pipe => {}
            }
            match self.node(node, session.clone()) {
                Some(after) => session = after,
                None => return skipped,
            }
        }
        let mut session = join(skipped, session);
        session.certain = certain;
        Some(session)
    }

    fn conditional(&mut self, then: &Node, otherwise: Option<&Node>, session: Session) -> Option<Session> {
        let left = self.recorder.left();
        let branch = || Session { certain: false, ..session.clone() };
        let first = self.node(then, branch());
        let second = match otherwise {
            Some(otherwise) => self.node(otherwise, branch()),
            None => Some(session.clone()),
        };
        let certain = session.certain && self.recorder.left() == left;
        let joined = match (first, second) {
            (Some(a), Some(b)) => a.join(b),
            (a, b) => a.or(b)?,
        };
        Some(Session { certain, ..joined })
    }

    /// The body runs any number of times. What it sets is not seen by `%NAME%` in it.
    fn repeat(&mut self, body: &Node, session: Session) -> Option<Session> {
        self.recorder.muted += 1;
        let tried = self.node(body, Session { certain: false, ..session.clone() });
        self.recorder.muted -= 1;
        let reason = Reason::new("what a loop leaves behind");
        let widened = tried.map_or_else(|| session.clone(), |tried| session.clone().widened(&tried, &reason));
        let certain = session.certain;
        let joined = match self.node(body, Session { certain: false, ..widened }) {
            Some(after) => session.join(after),
            None => session,
        };
        Some(Session { certain, ..joined })
    }

    /// The text of pieces, as they were when the line was read.
    pub(super) fn value(&self, pieces: &[Piece]) -> Value {
        let values: Vec<Value> = pieces.iter().map(|piece| self.piece(piece)).collect();
        match values.as_slice() {
            [] => Value::text("", Origin::of(OriginKind::Document)),
            values => concat(values, &Origin::of(OriginKind::Computed)),
        }
    }

    /// In a script, a variable that is not set is replaced by nothing.
    pub(super) fn piece(&self, piece: &Piece) -> Value {
        match piece {
            Piece::Literal(text) => Value::text(text.as_str(), Origin::of(OriginKind::Document)),
            Piece::Variable(name) if is_dynamic(name) => Value::unknown(Reason::new(format!("%{name}%"))),
            Piece::Variable(name) => self.read.get(name).clone(),
            Piece::Hole(index) => self.setting.hole(*index),
            Piece::Unknown => Value::unknown(Reason::new("an expansion of cmd")),
        }
    }
}

/// Variables that cmd makes up (`set /?`).
fn is_dynamic(name: &str) -> bool {
    ["cd", "date", "time", "random", "errorlevel", "cmdextversion", "cmdcmdline"].iter().any(|known| name.eq_ignore_ascii_case(known))
}

fn join(a: Option<Session>, b: Session) -> Session {
    match a {
        Some(a) => a.join(b),
        None => b,
    }
}

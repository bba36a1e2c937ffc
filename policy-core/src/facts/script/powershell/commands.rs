//! Pipelines, and which command a name stands for.

use super::evaluate::joined;
use super::{DEEPEST_CALL, Machine, Stream};
use crate::facts::script::Process;
use crate::facts::script::session::{Manner, Session};
use crate::facts::script::values::only_text;
use crate::facts::value::{Reason, Value};
use crate::syntax::powershell::ast::{CallOperator, Element, ElementKind, Expression, ExpressionKind, Statement};
use crate::text::{Location, Span};

/// A command about to run.
pub(super) struct Call<'a> {
    /// Its name in lower case, aliases resolved.
    pub(super) name: String,
    /// The name and the arguments.
    pub(super) words: &'a [Expression],
    /// Without redirections.
    pub(super) span: Span,
    /// What comes down the pipeline.
    pub(super) input: Option<Stream>,
    pub(super) background: bool,
}

impl<'a> Call<'a> {
    pub(super) fn arguments(&self) -> &'a [Expression] {
        self.words.get(1..).unwrap_or_default()
    }
}

impl<'a> Machine<'a> {
    /// What comes out of a pipeline and has not gone into a file.
    pub(super) fn pipeline(&mut self, elements: &'a [Element], background: bool, session: &mut Session) -> Stream {
        let mut stream = None;
        for element in elements {
            let output = self.element(element, stream.take(), background, session);
            stream = Some(self.redirected(element, output, session));
        }
        stream.unwrap_or_default()
    }

    fn element(&mut self, element: &'a Element, input: Option<Stream>, background: bool, session: &mut Session) -> Stream {
        match &element.kind {
            ElementKind::Expression(expression) => self.stream(expression, session),
            ElementKind::Command { call, words } => {
                if !self.recorder.may_go_on() {
                    return Stream::unknown("a script too long to follow");
                }
                self.command(*call, words, input, background, session)
            }
        }
    }

    fn command(
        &mut self,
        operator: Option<CallOperator>,
        words: &'a [Expression],
        input: Option<Stream>,
        background: bool,
        session: &mut Session,
    ) -> Stream {
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return Stream::default() };
        if let ExpressionKind::ScriptBlock(block) = &first.kind {
            return self.call_block(block, operator.is_some(), session);
        }
        let value = self.value(first, session);
        let Some(written) = only_text(&value) else {
            let reason = Reason::new("a command whose name is not known");
            self.recorder_invoke(words, background, session);
            session.anything_written(self.setting.mentioned(self.setting.source(first.span.to(last.span))), &reason);
            return Stream { items: Vec::new(), open: Some(reason) };
        };
        let lower = written.to_lowercase();
        let name = super::cmdlets::resolved(&lower).to_owned();
        let call = Call { name, words, span: first.span.to(last.span), input, background };
        if let Some(body) = self.functions.get(lower.as_str()).copied() {
            return self.call_function(body, &call, session);
        }
        if operator == Some(CallOperator::Dot) || lower.ends_with(".ps1") || lower.ends_with(".psm1") {
            return self.run_script(&call, session);
        }
        self.cmdlet(&call, session).unwrap_or_else(|| self.external(&call, session))
    }

    fn call_block(&mut self, block: &'a [Statement], runs: bool, session: &mut Session) -> Stream {
        if runs { self.captured_block(block, session) } else { Stream::unknown("a script block") }
    }

    /// A function of the script: its own variables are its own, the environment is everybody's.
    fn call_function(&mut self, body: &'a [Statement], call: &Call<'a>, session: &mut Session) -> Stream {
        for word in call.arguments() {
            self.stream(word, session);
        }
        if self.calls >= DEEPEST_CALL {
            session.forget(&Reason::new("functions that call each other too deeply"));
            return Stream::unknown("output of a function");
        }
        self.calls += 1;
        let variables = session.variables.clone();
        if let Some(after) = self.block(body, session.clone()) {
            *session = after;
        }
        self.calls -= 1;
        session.variables = variables;
        Stream::unknown(format!("output of function `{}`", call.name))
    }

    /// Another PowerShell script runs in the same process.
    fn run_script(&mut self, call: &Call<'a>, session: &mut Session) -> Stream {
        let reason = Reason::new(format!("what `{}` does", call.name));
        self.evaluate_all(call, session);
        session.forget(&reason);
        self.anything_mentioned(call, &[], &reason, session);
        Stream { items: Vec::new(), open: Some(reason) }
    }

    pub(super) fn evaluate_all(&mut self, call: &Call<'a>, session: &mut Session) -> Vec<Value> {
        call.arguments().iter().map(|word| self.value(word, session)).collect()
    }

    /// A native program.
    fn external(&mut self, call: &Call<'a>, session: &mut Session) -> Stream {
        let argv = self.recorder_invoke(call.words, call.background, session);
        let reason = Reason::new(format!("what `{}` writes", call.name));
        self.anything_mentioned(call, &argv, &reason, session);
        let process = Process { env: session.env.clone(), cwd: session.cwd.clone(), positional: Vec::new() };
        match self.setting.oracle.output(&argv, &process) {
            Some(value) => Stream::one(value, (self.setting.locate)(call.span)),
            None => Stream::unknown(format!("output of `{}`", call.name)),
        }
    }

    /// Anything may be written to a file of the runner that a command speaks of and that is not known to leave it alone.
    pub(super) fn anything_mentioned(&mut self, call: &Call<'a>, values: &[Value], reason: &Reason, session: &mut Session) {
        let texts = values.iter().flat_map(|value| value.choices()).filter_map(|choice| choice.datum.as_text());
        let mentioned = texts.chain([self.setting.source(call.span)]).flat_map(|text| self.setting.mentioned(text)).collect::<Vec<_>>();
        session.anything_written(mentioned, reason);
    }

    /// Notes a native command, and gives the values of its words.
    fn recorder_invoke(&mut self, words: &'a [Expression], background: bool, session: &mut Session) -> Vec<Value> {
        let argv: Vec<_> = words.iter().flat_map(|word| self.native(word, session)).collect();
        let values = argv.iter().map(|argument| argument.value.clone()).collect();
        let span = words.iter().map(|word| word.span).reduce(Span::to).unwrap_or_default();
        self.recorder.invoke(session, argv, (self.setting.locate)(span), Manner { background });
        values
    }

    /// A block that may run any number of times, such as that of `ForEach-Object`.
    pub(super) fn perhaps(&mut self, block: &'a [Statement], session: &mut Session) {
        if let Some(after) = self.repeat(None, block, false, session.clone()) {
            *session = after;
        }
    }

    /// Output goes where the redirections lead.
    fn redirected(&mut self, element: &'a Element, mut output: Stream, session: &mut Session) -> Stream {
        for redirect in &element.redirects {
            let Some(target) = &redirect.target else { continue };
            let path = self.value(target, session);
            let location: Location = (self.setting.locate)(element.span);
            let written = if redirect.stream.is_none_or(|stream| stream == 1) { std::mem::take(&mut output) } else { Stream::default() };
            self.write(&path, redirect.append, &written, "\n", false, &location, session);
        }
        output
    }

    /// The text of one word.
    pub(super) fn word(&mut self, word: &'a Expression, session: &mut Session) -> Value {
        let stream = self.stream(word, session);
        joined(&stream)
    }
}

//! Redirections: which of them lead to the runner's files, and what commands read.

use super::content::Content;
use super::expand::Bit;
use super::machine::{Machine, PIECES_A_STEP};
use super::state::{Code, RunnerFile, Sink, State};
use super::values::only_text;
use crate::facts::value::{Origin, OriginKind, Reason, Value};
use crate::syntax::shell::ast::{Redirect, RedirectKind, Word};
use crate::text::{Location, Span};

/// Both outputs: `&>`.
const BOTH: i32 = -1;

/// The way on after a child that ended before it came to its command.
pub(super) struct Died<'a> {
    pub(super) state: State<'a>,
    /// Whether there is no other way.
    pub(super) surely: bool,
}

impl<'a> Machine<'a> {
    /// Redirects in order of appearance.
    pub(super) fn redirect(&mut self, redirects: &[Redirect], state: &mut State<'a>) {
        for redirect in redirects {
            if self.fatal == Some(true) {
                return;
            }
            match &redirect.kind {
                RedirectKind::Read(word) => {
                    let target = self.text(word, state);
                    state.stdin = self.runner_file(&target).and_then(|(file, certain)| certain.then(|| state.files.get(file).clone()));
                }
                RedirectKind::Write(word) => self.open(redirect, word, true, state),
                RedirectKind::Append(word) | RedirectKind::ReadWrite(word) => self.open(redirect, word, false, state),
                RedirectKind::Duplicate(word) => self.duplicate(redirect, word, state),
                RedirectKind::HereDocument(word) => {
                    let body = self.here_document(word, state);
                    if redirect.descriptor.is_none_or(|descriptor| descriptor == 0) {
                        state.stdin = Some(body);
                    }
                }
                RedirectKind::HereString(word) => {
                    let text = self.text(word, state);
                    state.stdin = Some(line(&text, &self.frame.locate(word.span)));
                }
            }
        }
    }

    /// Redirects a command. Of one for which the shell `forks` first, what is assigned on the way is lost, and an expansion that
    /// fails ends the child alone.
    pub(super) fn redirect_for(&mut self, redirects: &[Redirect], forks: bool, state: &mut State<'a>) -> Option<Died<'a>> {
        if redirects.is_empty() {
            return None;
        }
        let variables = forks.then(|| state.variables.clone());
        self.redirect(redirects, state);
        state.variables = variables?;
        match self.fatal.replace(false) {
            Some(false) => None,
            Some(true) => Some(Died { state: state.clone().with(Code::Known(127)), surely: true }),
            None => {
                let (lives, dies) = state.clone().parted();
                *state = lives;
                Some(Died { state: dies.with(Code::Known(127)), surely: false })
            }
        }
    }

    fn open(&mut self, redirect: &Redirect, word: &Word, truncate: bool, state: &mut State<'a>) {
        let target = self.text(word, state);
        let sink = self.sink_of(&target, state);
        match sink {
            Sink::Runner(file) if truncate => *state.files.get_mut(file) = Content::default(),
            Sink::Perhaps(file) if truncate => {
                let emptied = std::mem::take(state.files.get_mut(file)).join(&Content::default());
                *state.files.get_mut(file) = emptied;
            }
            _ => {}
        }
        set_sink(state, redirect.descriptor.unwrap_or(1), sink);
    }

    fn sink_of(&self, target: &Value, state: &State<'a>) -> Sink {
        match only_text(target) {
            Some("/dev/stdout" | "/dev/fd/1") => state.sink(1),
            Some("/dev/stderr" | "/dev/fd/2") => state.sink(2),
            _ => match self.runner_file(target) {
                Some((file, true)) => Sink::Runner(file),
                Some((file, false)) => Sink::Perhaps(file),
                None => Sink::Elsewhere,
            },
        }
    }

    /// The runner's file that a path means, and whether it surely does.
    pub(super) fn runner_file(&self, path: &Value) -> Option<(RunnerFile, bool)> {
        let files = [(&self.paths.env, RunnerFile::Env), (&self.paths.path, RunnerFile::Path), (&self.paths.output, RunnerFile::Output)];
        let named =
            |value: &Value| value.choices().iter().find_map(|choice| files.iter().find(|(path, _)| choice.datum.as_text() == Some(path)));
        named(path).map(|(_, file)| (*file, path.single().is_some()))
    }

    fn duplicate(&mut self, redirect: &Redirect, word: &Word, state: &mut State<'a>) {
        let target = self.text(word, state);
        let input = self.frame.source(redirect.span).trim_start_matches(|c: char| c.is_ascii_digit()).starts_with('<');
        let descriptor = redirect.descriptor.unwrap_or(if input { 0 } else { 1 });
        match only_text(&target).map(|text| (text, text.trim_end_matches('-').parse::<i32>())) {
            Some((_, Ok(from))) => set_sink(state, descriptor, state.sink(from)),
            Some(("-", _)) => set_sink(state, descriptor, Sink::Elsewhere),
            _ if redirect.descriptor.is_none() && !input => {
                self.open(&Redirect { descriptor: Some(BOTH), ..redirect.clone() }, word, true, state)
            }
            _ => {}
        }
    }

    /// The body of a here-document, each line at its own place.
    fn here_document(&mut self, word: &Word, state: &mut State<'a>) -> Content {
        let alternatives = self.bits(&word.parts, true, state);
        let bodies = alternatives.iter().map(|bits| self.body(bits, word.span));
        bodies.reduce(|all, next| all.join(&next)).unwrap_or_default()
    }

    fn body(&self, bits: &[Bit], span: Span) -> Content {
        let mut content = Content::default();
        let mut finder = LineFinder { source: self.frame.source(span), at: 0, span, last: span };
        for bit in bits {
            match bit {
                Bit::Text { value, .. } => match only_text(value) {
                    Some(text) => {
                        for line in text.split_inclusive('\n') {
                            let location = self.frame.locate(finder.find(line));
                            content.push_text(&Value::text(line, Origin::of(OriginKind::Document)), &location);
                        }
                    }
                    None => content.push_text(value, &self.frame.locate(finder.last)),
                },
                Bit::Break => content.push_text(&Value::text(" ", Origin::of(OriginKind::Document)), &self.frame.locate(finder.last)),
                Bit::Spread(reason) => content.push_text(&Value::unknown(reason.clone()), &self.frame.locate(finder.last)),
            }
        }
        content
    }

    /// What standard input holds, if that is known. It is read only once.
    pub(super) fn take_stdin(&mut self, state: &mut State<'a>) -> Content {
        self.charge(state.stdin.as_ref().map_or(0, Content::size), PIECES_A_STEP);
        state.stdin.take().unwrap_or_else(|| {
            let mut content = Content::default();
            content.push_anything(Reason::new("input of a command"));
            content
        })
    }
}

fn set_sink(state: &mut State<'_>, descriptor: i32, sink: Sink) {
    if descriptor != BOTH && state.sink(descriptor) == sink {
        return;
    }
    match descriptor {
        BOTH => {
            state.sinks.insert(1, sink);
            state.sinks.insert(2, sink);
        }
        ..=0 => {}
        // File descriptors beyond those that people write are not kept: memory stays bounded.
        1..=255 => {
            state.sinks.insert(descriptor, sink);
        }
        _ => {}
    }
}

fn line(text: &Value, location: &Location) -> Content {
    let mut content = Content::default();
    content.push_text(text, location);
    content.push_text(&Value::text("\n", Origin::of(OriginKind::Document)), location);
    content
}

/// Finds the lines of a here-document in the source, which may be indented there.
struct LineFinder<'s> {
    source: &'s str,
    at: usize,
    span: Span,
    last: Span,
}

impl LineFinder<'_> {
    fn find(&mut self, line: &str) -> Span {
        let wanted = line.trim();
        let rest = self.source.get(self.at..).unwrap_or_default();
        if let Some(found) = rest.find(wanted).filter(|_| !wanted.is_empty()) {
            let start = self.span.start as usize + self.at + found;
            self.at += found + wanted.len();
            self.last = Span::new(start, start + wanted.len());
        }
        self.last
    }
}

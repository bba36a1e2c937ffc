//! cmd's own commands, and programs.

use super::{Machine, Output};
use crate::facts::script::Argument;
use crate::facts::script::Process;
use crate::facts::script::session::{Line, Manner, Session};
use crate::facts::script::values::{assigned, concat, only_text, reason_of};
use crate::facts::value::{Origin, OriginKind, Reason, Value};
use crate::syntax::cmd::{Command, Piece, Word};
use crate::text::Span;

/// What a command gives: its output, or why that is not known; and the state after it, unless the script ends.
type Ran = (Result<Output, Reason>, Option<Session>);

/// Commands of cmd that change nothing of interest and whose output nobody needs.
static HARMLESS: &[&str] = &[
    "assoc", "break", "cls", "color", "copy", "date", "del", "dir", "erase", "ftype", "md", "mkdir", "mklink", "move", "path", "pause",
    "prompt", "rd", "ren", "rename", "rmdir", "shift", "time", "title", "type", "ver", "verify", "vol",
];

impl Machine<'_> {
    pub(super) fn run(&mut self, command: &Command, span: Span, mut session: Session, background: bool) -> Ran {
        let Some((first, arguments)) = command.words.split_first() else { return (Ok(None), Some(session)) };
        let name = self.value(&first.pieces);
        let name = only_text(&name).unwrap_or_default().to_ascii_lowercase();
        match name.as_str() {
            "echo" | "echo." | "echo:" => return (Ok(Some((self.echoed(command), (self.setting.locate)(span)))), Some(session)),
            "set" => self.set(command, span, &mut session),
            "cd" | "chdir" | "pushd" | "popd" => self.directory(&name, arguments, &mut session),
            "setlocal" => self.saved.push((session.env.clone(), session.cwd.clone())),
            "endlocal" => {
                if let Some((env, cwd)) = self.saved.pop() {
                    (session.env, session.cwd) = (env, cwd);
                }
            }
            "exit" => return self.exit(arguments, session),
            "goto" => return self.elsewhere("goto", session),
            "call" => return self.call(command, arguments, span, session),
            "start" => return self.start(arguments, span, session),
            _ if is_script(&name) => return self.elsewhere(&name, session),
            _ if HARMLESS.contains(&name.as_str()) => return self.unfollowed(&name, span, Vec::new(), session),
            _ => return self.external(&name, &command.words, span, session, background),
        }
        (Ok(None), Some(session))
    }

    /// Everything behind the one character that follows the name, blanks at the end included.
    fn echoed(&self, command: &Command) -> Line {
        let mut tail = command.tail.clone();
        if let Some(Piece::Literal(text)) = tail.first_mut() {
            *text = text.chars().skip(1).collect();
        }
        tail.iter().map(|piece| self.piece(piece)).collect()
    }

    /// `set NAME=value`, `set "NAME=value"`; the value has the blanks at the end of the line.
    fn set(&mut self, command: &Command, span: Span, session: &mut Session) {
        let mut tail = trimmed(&command.tail);
        if let Some(Piece::Literal(text)) = tail.first().cloned()
            && let Some(rest) = text.strip_prefix('"')
        {
            tail = without_last_quote(rest, &tail);
        }
        let computed = matches!(tail.first(), Some(Piece::Literal(text)) if text.starts_with('/'));
        let Some((name, value)) = assignment(&tail) else {
            if !matches!(tail.as_slice(), [] | [Piece::Literal(_)]) || computed {
                session.env.forget(&Reason::new("a variable whose name is not known"));
            }
            return;
        };
        let origin = self.setting.origin(span);
        if computed {
            let name = name.rsplit([' ', '"']).next().unwrap_or_default().trim_end_matches(['+', '-', '*', '/', '%', '&', '|', '^']);
            return session.env.set(name, Value::unknown(Reason::new("what `set` asks for or computes")));
        }
        let value = self.value(&value).and_then(|choice| match choice.datum.as_text() {
            Some("") => Value::unset(std::sync::Arc::clone(&origin)),
            _ => assigned(&Value::known(choice.datum.clone(), std::sync::Arc::clone(&choice.origin)), &origin),
        });
        session.env.set(name, value);
    }

    fn directory(&mut self, name: &str, arguments: &[Word], session: &mut Session) {
        let words = arguments
            .iter()
            .map(|word| self.value(&word.pieces))
            .filter(|word| only_text(word).is_none_or(|text| !text.eq_ignore_ascii_case("/d")));
        let blank = Value::text(" ", Origin::of(OriginKind::Computed));
        let words: Vec<Value> = words.collect();
        let target = words.split_first().map(|(first, rest)| {
            concat(std::iter::once(first).chain(rest.iter().flat_map(|word| [&blank, word])), &Origin::of(OriginKind::Computed))
        });
        match (name, target) {
            ("popd", _) => session.cwd = session.directories.pop().unwrap_or_else(|| Value::unknown(Reason::new("directory stack"))),
            (_, Some(target)) => {
                if name == "pushd" {
                    session.directories.push(session.cwd.clone());
                }
                session.change_directory(&target);
            }
            (_, None) => {}
        }
    }

    /// `exit /b 0`
    fn exit(&mut self, arguments: &[Word], session: Session) -> Ran {
        let words: Vec<Value> = arguments.iter().map(|word| self.value(&word.pieces)).collect();
        let code = words.iter().filter_map(only_text).find(|word| !word.starts_with('/'));
        let fails = code.is_some_and(|code| code.parse::<i64>().is_ok_and(|code| code != 0));
        if !fails {
            self.recorder.leave(session);
        }
        (Ok(None), None)
    }

    /// The script goes on somewhere else, or another one runs in its place.
    fn elsewhere(&mut self, name: &str, mut session: Session) -> Ran {
        let reason = Reason::new(format!("what `{name}` does"));
        session.forget(&reason);
        session.certain = false;
        (Err(reason), Some(session))
    }

    /// `call :label`, `call other.bat`, `call program`
    fn call(&mut self, command: &Command, arguments: &[Word], span: Span, mut session: Session) -> Ran {
        let name = arguments.first().map(|word| self.value(&word.pieces));
        let name = name.as_ref().and_then(only_text).unwrap_or_default().to_ascii_lowercase();
        let known = name.rsplit(['/', '\\']).next().is_some_and(|base| matches!(base, "go" | "go.exe" | "echo" | "set" | "cd"));
        if known {
            let inner = Command { words: arguments.to_vec(), tail: behind_name(&command.tail, &name), redirects: Vec::new() };
            return self.run(&inner, span, session, false);
        }
        // Without an ending, it is another script as likely as a program.
        let reason = Reason::new(format!("what `call {name}` does"));
        let (output, _) = self.external(&name, arguments, span, session.clone(), false);
        session.forget(&reason);
        let mentioned = self.setting.mentioned(self.setting.source(span));
        session.anything_written(mentioned, &reason);
        (output, Some(session))
    }

    /// `start ["title"] [/options] program`
    fn start(&mut self, arguments: &[Word], span: Span, session: Session) -> Ran {
        let quoted = |word: &Word| self.setting.source(word.span).starts_with('"');
        let is_option = |word: &Word| matches!(word.pieces.first(), Some(Piece::Literal(text)) if text.starts_with('/'));
        let program = arguments.iter().skip_while(|word| quoted(word) || is_option(word)).cloned().collect::<Vec<_>>();
        let waits = arguments.iter().any(|word| self.setting.source(word.span).eq_ignore_ascii_case("/wait"));
        self.external("start", &program, span, session, !waits)
    }

    /// The arguments that a word becomes: expansions happen before words are told apart.
    fn arguments(&self, word: &Word) -> Vec<Argument> {
        let location = (self.setting.locate)(word.span);
        let value = self.value(&word.pieces);
        let quoted = self.setting.source(word.span).contains('"');
        let expands = word.pieces.iter().any(|piece| matches!(piece, Piece::Variable(_) | Piece::Hole(_)));
        if quoted || !expands {
            return vec![Argument::new(value, location)];
        }
        match only_text(&value) {
            Some(text) => {
                let part = |part: &str| Argument::new(Value::text(part, Origin::of(OriginKind::Computed)), location.clone());
                text.split_whitespace().map(part).collect()
            }
            None => vec![Argument { several: true, ..Argument::new(Value::unknown(reason_of(&value)), location) }],
        }
    }

    /// A program.
    fn external(&mut self, name: &str, words: &[Word], span: Span, session: Session, background: bool) -> Ran {
        let argv: Vec<Argument> = words.iter().flat_map(|word| self.arguments(word)).collect();
        let values: Vec<Value> = argv.iter().map(|argument| argument.value.clone()).collect();
        let whole = words.iter().map(|word| word.span).reduce(Span::to).unwrap_or(span);
        if !argv.is_empty() {
            self.recorder.invoke(&session, argv, (self.setting.locate)(whole), Manner { background });
        }
        let process = Process { env: session.env.clone(), cwd: session.cwd.clone(), positional: Vec::new() };
        match self.setting.oracle.output(&values, &process) {
            Some(output) => (Ok(Some((vec![output], (self.setting.locate)(whole)))), Some(session)),
            None => self.unfollowed(name, whole, values, session),
        }
    }

    /// Something that may write to any file it speaks of.
    fn unfollowed(&self, name: &str, span: Span, values: Vec<Value>, mut session: Session) -> Ran {
        let reason = Reason::new(format!("what `{name}` writes"));
        let texts = values.iter().flat_map(|value| value.choices()).filter_map(|choice| choice.datum.as_text());
        let source = self.setting.source(span).split('>').next().unwrap_or_default();
        let mentioned: Vec<_> = texts.chain([source]).flat_map(|text| self.setting.mentioned(text)).collect();
        session.anything_written(mentioned, &reason);
        (Err(reason), Some(session))
    }
}

fn is_script(name: &str) -> bool {
    name.ends_with(".bat") || name.ends_with(".cmd") || name == "refreshenv"
}

/// Without the blanks in front.
fn trimmed(pieces: &[Piece]) -> Vec<Piece> {
    let mut pieces = pieces.to_vec();
    if let Some(Piece::Literal(text)) = pieces.first_mut() {
        *text = text.trim_start().to_owned();
    }
    pieces.retain(|piece| !matches!(piece, Piece::Literal(text) if text.is_empty()));
    pieces
}

/// `"NAME=value" ignored`: without the first quote and everything from the last one on.
fn without_last_quote(first: &str, pieces: &[Piece]) -> Vec<Piece> {
    let mut kept: Vec<Piece> = std::iter::once(Piece::Literal(first.to_owned())).chain(pieces.iter().skip(1).cloned()).collect();
    let quoted = |piece: &Piece| matches!(piece, Piece::Literal(text) if text.contains('"'));
    if let Some(last) = kept.iter().rposition(quoted) {
        kept.truncate(last + 1);
        if let Some(Piece::Literal(text)) = kept.last_mut() {
            text.truncate(text.rfind('"').unwrap_or_default());
        }
    }
    kept
}

/// Name and value, if the name is written out.
fn assignment(pieces: &[Piece]) -> Option<(&str, Vec<Piece>)> {
    let (Piece::Literal(first), rest) = pieces.split_first()? else { return None };
    let (name, value) = first.split_once('=')?;
    let value = Some(value).filter(|value| !value.is_empty()).map(|value| Piece::Literal(value.to_owned()));
    Some((name, value.into_iter().chain(rest.iter().cloned()).collect()))
}

/// What stands behind the name in the text behind `call`.
fn behind_name(tail: &[Piece], name: &str) -> Vec<Piece> {
    let mut tail = trimmed(tail);
    if let Some(Piece::Literal(text)) = tail.first_mut() {
        *text = text.get(name.len()..).unwrap_or_default().to_owned();
    }
    tail
}

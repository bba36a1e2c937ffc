//! Expansion of words into pieces that still know whether they were quoted.

use super::ends::Ends;
use super::items::MOST_ALTERNATIVES;
use super::machine::{Machine, unknown};
use super::state::{Sink, State};
use super::values::{concat, only_text};
use crate::facts::value::{Origin, OriginKind, Reason, Value};
use crate::syntax::shell::ast::{List, Part, Word};

/// A piece of an expanded word.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Bit {
    /// A text.
    Text {
        value: Value,
        /// It stands for itself: no patterns in it.
        quoted: bool,
        /// It came from an unquoted expansion, so it is split into fields.
        splits: bool,
    },
    /// Here a field ends: between the items of `"$@"`.
    Break,
    /// Any number of fields.
    Spread(Reason),
}

/// What a word may expand to, after branches.
pub(super) type Alternatives = Vec<Vec<Bit>>;

impl Bit {
    pub(super) fn text(value: Value, quoted: bool) -> Self {
        Self::Text { value, quoted, splits: false }
    }

    /// The result of an expansion.
    pub(super) fn expanded(value: Value, quoted: bool) -> Self {
        Self::Text { value, quoted, splits: !quoted }
    }
}

/// Every combination of what two stretches may expand to.
pub(super) fn combined(mut heads: Alternatives, mut tails: Alternatives) -> Alternatives {
    if let ([head], [tail]) = (heads.as_mut_slice(), tails.as_mut_slice()) {
        head.append(tail);
        return heads;
    }
    if heads.len() * tails.len() > MOST_ALTERNATIVES {
        return vec![vec![Bit::Spread(Reason::new("too many possibilities"))]];
    }
    heads.iter().flat_map(|head| tails.iter().map(move |tail| [head.as_slice(), tail].concat())).collect()
}

/// A word's pieces as one text: where no fields are split.
pub(super) fn flat(bits: &[Bit], origin: &std::sync::Arc<Origin>) -> Value {
    let space = Value::text(" ", Origin::of(OriginKind::Document));
    let values: Vec<Value> = bits
        .iter()
        .map(|bit| match bit {
            Bit::Text { value, .. } => value.clone(),
            Bit::Break => space.clone(),
            Bit::Spread(reason) => Value::unknown(reason.clone()),
        })
        .collect();
    concat(&values, origin)
}

impl<'a> Machine<'a> {
    /// A word as one text, as in assignments and redirections.
    pub(super) fn text(&mut self, word: &Word, state: &mut State<'a>) -> Value {
        let origin = self.origin(OriginKind::Document, word.span);
        if let [Part::Literal(text) | Part::Quoted(text)] = word.parts.as_slice() {
            return Value::text(text.as_str(), origin);
        }
        let alternatives = self.bits(&word.parts, false, state);
        let value = alternatives.iter().map(|bits| flat(bits, &origin)).reduce(Value::join);
        self.affordable(value.unwrap_or_else(|| unknown("no possibility")))
    }

    /// The value, unless too much text has been put together already.
    pub(super) fn affordable(&mut self, value: Value) -> Value {
        let bytes = value.choices().iter().filter_map(|choice| choice.datum.as_text()).map(str::len).sum();
        if self.afford(bytes) { value } else { unknown("too much text to follow") }
    }

    /// Expands the parts of a word.
    pub(super) fn bits(&mut self, parts: &[Part], quoted: bool, state: &mut State<'a>) -> Alternatives {
        let mut all = vec![Vec::new()];
        for part in parts {
            let next = self.part(part, quoted, state);
            all = combined(all, next);
        }
        all
    }

    fn part(&mut self, part: &Part, quoted: bool, state: &mut State<'a>) -> Alternatives {
        let document = || Origin::of(OriginKind::Document);
        let bit = match part {
            Part::Literal(text) => Bit::text(Value::text(text.as_str(), document()), quoted),
            Part::Quoted(text) => Bit::text(Value::text(text.as_str(), document()), true),
            Part::DoubleQuoted(parts) if parts.is_empty() => Bit::text(Value::text("", document()), true),
            Part::DoubleQuoted(parts) => return self.bits(parts, true, state),
            Part::Parameter(parameter) => return self.parameter(parameter, quoted, state),
            Part::Command(list) => Bit::expanded(self.substitution(list, state), quoted),
            Part::Arithmetic(text) => Bit::expanded(self.arithmetic(text, state), quoted),
            Part::Process(list) => {
                self.process_substitution(list, state);
                Bit::text(unknown("name of a pipe"), true)
            }
            Part::Tilde(user) => Bit::text(self.tilde(user, state), true),
            Part::Hole(index) => Bit::expanded(self.frame.holes.get(*index).cloned().unwrap_or_else(|| unknown("expression")), quoted),
        };
        vec![vec![bit]]
    }

    fn tilde(&self, user: &str, state: &State<'a>) -> Value {
        let name = match user {
            "" => "HOME",
            "+" => "PWD",
            "-" => "OLDPWD",
            _ => return unknown(format!("home directory of `{user}`")),
        };
        state.variables.get(name)
    }

    /// `$( … )`: runs it, and takes what it prints.
    fn substitution(&mut self, list: &List, state: &mut State<'a>) -> Value {
        let index = state.captures.len();
        let mut inner = state.clone();
        inner.captures.push(super::content::Content::default());
        inner.sinks.insert(1, Sink::Capture(index));
        // bash clears -e in command substitutions, unless in POSIX mode (Bash Reference Manual, "Command Execution Environment").
        if self.dialect == super::Dialect::Bash {
            inner.settings.errexit = Some(false);
        }
        let ends = self.apart(list, inner);
        self.after_substitution(ends, state)
    }

    /// Runs commands in the middle of an expansion: what failed in the expansion so far does not concern them.
    fn apart(&mut self, list: &List, state: State<'a>) -> Ends<'a> {
        let failed = self.fatal.replace(false);
        let ends = self.deeper(state, crate::text::Span::default(), |machine, state| {
            machine.subshell(&state, |machine, child, jumps| machine.list(list, child, jumps))
        });
        self.fatal = failed;
        ends
    }

    fn after_substitution(&mut self, ends: Ends<'a>, state: &mut State<'a>) -> Value {
        self.substituted = match (&ends.ok, &ends.failed) {
            (Some(_), None) => Some(super::state::Code::Known(0)),
            (None, Some(failed)) => Some(failed.code),
            _ => Some(super::state::Code::Unknown),
        };
        let Some(mut after) = ends.united() else { return unknown("output of a command that does not end") };
        let output = after.captures.pop().unwrap_or_default();
        state.take_written(&after);
        let value = output.substituted();
        self.affordable(value)
    }

    fn process_substitution(&mut self, list: &List, state: &mut State<'a>) {
        let mut inner = state.clone();
        inner.sinks.insert(1, Sink::Elsewhere);
        inner.drain_stdin();
        let ends = self.apart(list, inner);
        if let Some(after) = ends.united() {
            state.take_written(&after);
        }
    }

    /// A word as a pattern: quoted characters stand for themselves. `None` if it is not known.
    pub(super) fn pattern(&mut self, word: &Word, state: &mut State<'a>) -> Option<super::pattern::Pattern> {
        let alternatives = self.bits(&word.parts, false, state);
        let [bits] = alternatives.as_slice() else { return None };
        let mut characters = Vec::new();
        for bit in bits {
            let Bit::Text { value, quoted, .. } = bit else { return None };
            characters.extend(only_text(value)?.chars().map(|c| (c, !quoted)));
        }
        super::pattern::Pattern::compile(&characters)
    }

    /// Whether a text matches one of several patterns.
    pub(super) fn any_pattern(&mut self, subject: &Value, patterns: &[Word], state: &mut State<'a>) -> Option<bool> {
        let mut result = Some(false);
        for word in patterns {
            let answer = self.pattern(word, state).and_then(|pattern| super::pattern::matches_value(&pattern, subject));
            result = match (result, answer) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (Some(false), answer) => answer,
                (None, _) => None,
            };
        }
        result
    }
}

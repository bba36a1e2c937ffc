//! From pieces to fields: brace expansion, field splitting, and patterns that stand for file names.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::Argument;
use super::expand::{Bit, combined, flat};
use super::items::MOST_ALTERNATIVES;
use super::machine::Machine;
use super::parameters::USUAL_SEPARATORS;
use super::state::State;
use super::values::{LONGEST_TEXT, all_texts, concat, only_text};
use crate::facts::value::{Origin, OriginKind, Reason, Value};
use crate::syntax::shell::ast::{Part, Word};
use crate::text::{Location, Span};

/// More fields than this are not followed one by one.
const MOST_FIELDS: usize = 4096;

impl<'a> Machine<'a> {
    /// The fields of some words, in every combination that branches left open.
    pub(super) fn fields(&mut self, words: &[Word], state: &mut State<'a>) -> Vec<Vec<Argument>> {
        let mut all: Vec<Vec<Argument>> = vec![Vec::new()];
        for word in words {
            let next = self.word_fields(word, state);
            let next = if all.len() * next.len() > MOST_ALTERNATIVES { vec![vec![self.any_fields(word.span)]] } else { next };
            all = each_followed_by(all, next);
            if all.iter().any(|fields| fields.len() > MOST_FIELDS) {
                return vec![vec![self.any_fields(word.span)]];
            }
        }
        all
    }

    fn any_fields(&self, span: Span) -> Argument {
        several(Reason::new("too many possibilities"), self.frame.locate(span))
    }

    /// The fields of one word.
    fn word_fields(&mut self, word: &Word, state: &mut State<'a>) -> Vec<Vec<Argument>> {
        let location = self.frame.locate(word.span);
        if let Some(text) = plain(&word.parts) {
            let value = Value::text(text, Origin::at(OriginKind::Document, location.clone()));
            return vec![vec![Argument::new(self.affordable(value), location)]];
        }
        let mut all = vec![Vec::new()];
        for parts in self.braces(word) {
            let alternatives = self.bits(&parts, false, state);
            let fields: Vec<Vec<Argument>> = alternatives.iter().flat_map(|bits| self.split(bits, &location, state)).collect();
            if all.len() * fields.len() > MOST_ALTERNATIVES {
                return vec![vec![several(Reason::new("too many possibilities"), location)]];
            }
            all = each_followed_by(all, fields);
        }
        all
    }

    /// The fields of a word that is not split: `export A=$B`. Braces are expanded even there.
    pub(super) fn unsplit(&mut self, word: &Word, state: &mut State<'a>) -> Vec<Argument> {
        self.braces(word).iter().map(|parts| self.unsplit_parts(parts, word.span, state)).collect()
    }

    /// The words that a word with braces stands for. Only bash has them.
    fn braces<'w>(&self, word: &'w Word) -> Vec<Cow<'w, [Part]>> {
        match self.dialect {
            super::Dialect::Bash => super::braces::expanded(&word.parts),
            super::Dialect::Sh => vec![Cow::Borrowed(&word.parts)],
        }
    }

    fn unsplit_parts(&mut self, parts: &[Part], span: Span, state: &mut State<'a>) -> Argument {
        let location = self.frame.locate(span);
        let origin = Origin::at(OriginKind::Document, location.clone());
        let alternatives = self.bits(parts, false, state);
        let value = alternatives.iter().map(|bits| flat(bits, &origin)).reduce(Value::join);
        let value = value.unwrap_or_else(|| super::machine::unknown("no possibility"));
        let pieces = if value.reason().is_some() { common_pieces(&alternatives, &origin) } else { Vec::new() };
        Argument { value: self.affordable(value), location, several: false, pieces }
    }

    /// `"$@"` of a `for` without words.
    pub(super) fn positional_fields(&mut self, state: &State<'a>, span: Span) -> Vec<Vec<Argument>> {
        let location = self.frame.locate(span);
        let alternatives = self.list_bits(&state.positional, false, true, state);
        alternatives.iter().flat_map(|bits| self.split(bits, &location, state)).collect()
    }

    /// Splits at every text that IFS may be. If it may also be something unknown, that is left aside: otherwise no word behind
    /// an `eval` could be split.
    fn split(&mut self, bits: &[Bit], location: &Location, state: &State<'a>) -> Vec<Vec<Argument>> {
        if let Some(values) = whole(bits) {
            return vec![vec![self.field(values, location)]];
        }
        let separators = self.separators(state);
        let possible: BTreeSet<&str> = separators.choices().iter().filter_map(|choice| choice.datum.as_text()).collect();
        if possible.is_empty() {
            return self.split_at(bits, None, location, state);
        }
        let matters = possible.len() > 1 && bits.iter().any(|bit| !possible.iter().all(|separators| stays_whole(bit, separators)));
        let distinct = possible.iter().take(if matters { usize::MAX } else { 1 });
        distinct.flat_map(|separators| self.split_at(bits, Some(separators), location, state)).collect()
    }

    /// The fields, if the separators are these; `None` if they are not known.
    fn split_at(&mut self, bits: &[Bit], separators: Option<&str>, location: &Location, state: &State<'a>) -> Vec<Vec<Argument>> {
        let forks = forked(bits, separators.unwrap_or(USUAL_SEPARATORS));
        let globs = !state.settings.noglob;
        forks.iter().map(|bits| self.drafts(bits, separators, globs, location)).collect()
    }

    fn drafts(&mut self, bits: &[Bit], separators: Option<&str>, globs: bool, location: &Location) -> Vec<Argument> {
        let mut drafts = Drafts { done: Vec::new(), open: Draft::default() };
        for bit in bits {
            match bit {
                Bit::Break => drafts.close(),
                Bit::Spread(reason) => drafts.open.several = Some(reason.clone()),
                Bit::Text { value, quoted, splits: false } => drafts.add(value.clone(), *quoted),
                Bit::Text { value, splits: true, .. } => match (separators, only_text(value)) {
                    (Some(separators), Some(text)) => drafts.scatter(text, separators),
                    _ => drafts.open.several = Some(Reason::new("fields split at unknown separators")),
                },
            }
        }
        drafts.close();
        drafts.done.into_iter().map(|draft| self.finished(draft, globs, location)).collect()
    }

    fn finished(&mut self, draft: Draft, globs: bool, location: &Location) -> Argument {
        if let Some(reason) = draft.several {
            let unknown = Value::unknown(reason.clone());
            return Argument { pieces: draft.values.into_iter().chain([unknown]).collect(), ..several(reason, location.clone()) };
        }
        let field = self.field(draft.values, location);
        if globs && draft.is_pattern && !is_assignment(&field.value) {
            return several(Reason::new(format!("files that match `{}`", only_text(&field.value).unwrap_or("…"))), location.clone());
        }
        field
    }

    /// Pieces as one field.
    fn field(&mut self, values: Vec<Value>, location: &Location) -> Argument {
        let value = concat(&values, &Origin::at(OriginKind::Document, location.clone()));
        let pieces = if value.reason().is_some() { values } else { Vec::new() };
        Argument { value: self.affordable(value), location: location.clone(), several: false, pieces }
    }

    /// Words as one text: `eval` and `${NAME:-a b}` in quotes.
    pub(super) fn spaced(arguments: &[Argument]) -> Value {
        let mut bits = Vec::new();
        for (index, argument) in arguments.iter().enumerate() {
            if index > 0 {
                bits.push(Bit::Break);
            }
            bits.push(if argument.several {
                Bit::Spread(super::values::reason_of(&argument.value))
            } else {
                Bit::text(argument.value.clone(), true)
            });
        }
        flat(&bits, &Origin::of(OriginKind::Computed))
    }
}

/// The text of a word that is one field, and the same wherever it stands.
fn plain(parts: &[Part]) -> Option<&str> {
    let is_pattern = |text: &str| text.contains(['*', '?', '{']) || text.contains('[') && text.contains(']');
    let text = match parts {
        [Part::Quoted(text)] => text,
        [Part::Literal(text)] if !text.is_empty() && !is_pattern(text) => text,
        _ => return None,
    };
    Some(text.as_str()).filter(|text| text.len() <= LONGEST_TEXT)
}

/// The pieces of a word that is surely one field: nothing in it is split or matched with file names.
fn whole(bits: &[Bit]) -> Option<Vec<Value>> {
    let mut present = false;
    let piece = |bit: &Bit| match bit {
        Bit::Text { value, quoted: true, splits: false } => {
            present = true;
            Some(value.clone())
        }
        Bit::Text { value, quoted: false, splits: false } => {
            let text = only_text(value).filter(|text| !text.contains(['*', '?', '[']))?;
            present |= !text.is_empty();
            Some(value.clone())
        }
        _ => None,
    };
    let values: Option<Vec<Value>> = bits.iter().map(piece).collect();
    values.filter(|_| present)
}

/// The pieces of a word that is not known; of several possibilities, how they all begin, and the rest of each.
fn common_pieces(alternatives: &[Vec<Bit>], origin: &Arc<Origin>) -> Vec<Value> {
    let (start, others) = match alternatives {
        [bits] => return text_values(bits),
        [first, others @ ..] => (first.first(), others),
        [] => (None, &[][..]),
    };
    let Some(start) = start.filter(|start| others.iter().all(|bits| bits.first() == Some(*start))) else { return Vec::new() };
    let rests = alternatives.iter().map(|bits| flat(bits.get(1..).unwrap_or_default(), origin)).reduce(Value::join);
    [flat(std::slice::from_ref(start), origin)].into_iter().chain(rests).collect()
}

/// Every list with every tail behind it.
fn each_followed_by(mut all: Vec<Vec<Argument>>, mut tails: Vec<Vec<Argument>>) -> Vec<Vec<Argument>> {
    if let ([head], [tail]) = (all.as_mut_slice(), tails.as_mut_slice()) {
        head.append(tail);
        return all;
    }
    all.iter().flat_map(|head| tails.iter().map(move |tail| [head.as_slice(), tail].concat())).collect()
}

/// Whether a word with `*` in it is `NAME=…`: there are no files of such names, so the word stays as it is.
fn is_assignment(word: &Value) -> bool {
    only_text(word).and_then(|word| word.split_once('=')).is_some_and(|(name, _)| super::declare::is_name(name))
}

/// An argument that stands for any number of them.
pub(super) fn several(reason: Reason, location: Location) -> Argument {
    Argument { several: true, ..Argument::new(Value::unknown(reason), location) }
}

fn text_values(bits: &[Bit]) -> Vec<Value> {
    let value = |bit: &Bit| match bit {
        Bit::Text { value, .. } => value.clone(),
        Bit::Break => Value::text(" ", Origin::of(OriginKind::Document)),
        Bit::Spread(reason) => Value::unknown(reason.clone()),
    };
    bits.iter().map(value).collect()
}

impl Argument {
    /// Name and value of a word that is not known as a whole but starts with a literal `NAME=`; the name may end in `+`.
    pub(crate) fn assignment_in_pieces(&self, kind: OriginKind) -> Option<(String, Value)> {
        let (first, rest) = self.pieces.split_first()?;
        let (name, start) = only_text(first)?.split_once('=')?;
        super::declare::is_name(name.strip_suffix('+').unwrap_or(name)).then_some(())?;
        let origin = Origin::at(kind, self.location.clone());
        let start = Value::text(start, std::sync::Arc::clone(&origin));
        Some((name.to_owned(), concat(std::iter::once(&start).chain(rest), &origin)))
    }

    /// The pieces, or the whole.
    pub(super) fn parts(&self) -> &[Value] {
        if self.pieces.is_empty() { std::slice::from_ref(&self.value) } else { &self.pieces }
    }
}

/// Makes every piece that is split have one possibility, or be such that splitting does not matter.
fn forked(bits: &[Bit], separators: &str) -> Vec<Vec<Bit>> {
    let mut all = vec![Vec::new()];
    for bit in bits {
        let next: Vec<Vec<Bit>> = match bit {
            Bit::Text { value, splits: true, .. } => choices(value, separators),
            other => vec![vec![other.clone()]],
        };
        all = combined(all, next);
    }
    all
}

fn choices(value: &Value, separators: &str) -> Vec<Vec<Bit>> {
    if all_texts(value).is_some_and(|texts| texts.len() > 1 && texts.iter().all(|text| is_plain(text, separators))) {
        return vec![vec![Bit::text(value.clone(), true)]];
    }
    let single = |choice: &crate::facts::value::Choice| Value::known(choice.datum.clone(), std::sync::Arc::clone(&choice.origin));
    let mut all: Vec<Vec<Bit>> = value.choices().iter().map(|choice| vec![Bit::expanded(single(choice), false)]).collect();
    if let Some(reason) = value.reason() {
        all.push(vec![Bit::Spread(reason.clone())]);
    }
    all
}

/// Whether splitting at these separators leaves a piece as it is.
fn stays_whole(bit: &Bit, separators: &str) -> bool {
    match bit {
        Bit::Text { value, splits: true, .. } => {
            all_texts(value).is_some_and(|texts| texts.iter().all(|text| !text.contains(|c| separators.contains(c))))
        }
        _ => true,
    }
}

/// Splitting leaves it as one field, and it matches no files.
fn is_plain(text: &str, separators: &str) -> bool {
    !text.is_empty() && !text.contains(|c| separators.contains(c) || "*?[\\".contains(c))
}

/// A field that is being put together.
#[derive(Default)]
struct Draft {
    values: Vec<Value>,
    present: bool,
    bracket: bool,
    is_pattern: bool,
    several: Option<Reason>,
}

struct Drafts {
    done: Vec<Draft>,
    open: Draft,
}

impl Drafts {
    fn close(&mut self) {
        let draft = std::mem::take(&mut self.open);
        if draft.present || draft.several.is_some() {
            self.done.push(draft);
        }
    }

    fn add(&mut self, value: Value, quoted: bool) {
        let draft = &mut self.open;
        let text = only_text(&value);
        draft.present |= quoted || text != Some("");
        if let Some(text) = text.filter(|_| !quoted) {
            draft.is_pattern |= text.contains(['*', '?']) || (draft.bracket || text.contains('[')) && text.contains(']');
            draft.bracket |= text.contains('[');
        }
        draft.values.push(value);
    }

    /// Field splitting (POSIX.1-2024, Shell Command Language, 2.6.5).
    fn scatter(&mut self, text: &str, separators: &str) {
        let is_blank = |c: char| separators.contains(c) && " \t\n".contains(c);
        let mut rest = text;
        while !rest.is_empty() {
            let end = rest.find(|c| separators.contains(c)).unwrap_or(rest.len());
            let (field, tail) = rest.split_at_checked(end).unwrap_or((rest, ""));
            if !field.is_empty() {
                self.add(Value::text(field, Origin::of(OriginKind::Computed)), false);
            }
            let after_blanks = tail.trim_start_matches(is_blank);
            let mark = after_blanks.chars().next().filter(|c| separators.contains(*c));
            if mark.is_some() {
                self.open.present = true;
            }
            if !tail.is_empty() {
                self.close();
            }
            rest = after_blanks.strip_prefix(|c| Some(c) == mark).unwrap_or(after_blanks).trim_start_matches(is_blank);
        }
    }
}

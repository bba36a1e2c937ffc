//! What `${NAME…}` does with a value.

use super::expand::{Alternatives, Bit};
use super::items::Items;
use super::machine::{Machine, unknown};
use super::pattern::Pattern;
use super::state::State;
use super::values::{agreed, filtered, map_text, only_text};
use crate::facts::value::{Datum, Origin, OriginKind, Reason, Value};
use crate::syntax::shell::ast::{Operator, Parameter, Word};

/// Replacing costs the square of the text's length; longer ones are not tried.
const LONGEST_REPLACED: usize = 4096;

impl<'a> Machine<'a> {
    /// The pieces of `${NAME…}`, given the value of `NAME`.
    pub(super) fn operated(&mut self, parameter: &Parameter, value: Value, quoted: bool, state: &mut State<'a>) -> Alternatives {
        match &parameter.operator {
            Operator::Default { colon, word } => self.default(value, *colon, word, quoted, state),
            Operator::Assign { colon, word } => self.assign_default(parameter, value, *colon, word, quoted, state),
            Operator::Alternative { colon, word } => self.alternative(&value, *colon, word, quoted, state),
            Operator::Error { colon, .. } => {
                let present = filtered(&value, true, |datum| !missing(datum, *colon));
                if agreed(&value, |datum| Some(missing(datum, *colon))) != Some(false) {
                    self.fail(present.is_none());
                }
                vec![vec![Bit::expanded(present.unwrap_or(value), quoted)]]
            }
            operator => {
                let value = evident(self.required(value, state));
                let changed = self.changed(operator, &value, parameter, state);
                vec![vec![Bit::expanded(changed, quoted)]]
            }
        }
    }

    /// `${NAME:-word}`
    fn default(&mut self, value: Value, colon: bool, word: &Word, quoted: bool, state: &mut State<'a>) -> Alternatives {
        let present = filtered(&value, true, |datum| !missing(datum, colon));
        let mut all = Vec::new();
        if agreed(&value, |datum| Some(missing(datum, colon))) != Some(false) {
            all = self.operand(word, quoted, state);
        }
        if let Some(present) = present {
            all.insert(0, vec![Bit::expanded(present, quoted)]);
        }
        all
    }

    /// `${NAME:=word}`
    fn assign_default(
        &mut self,
        parameter: &Parameter,
        value: Value,
        colon: bool,
        word: &Word,
        quoted: bool,
        state: &mut State<'a>,
    ) -> Alternatives {
        let present = filtered(&value, true, |datum| !missing(datum, colon));
        if agreed(&value, |datum| Some(missing(datum, colon))) == Some(false) {
            return vec![vec![Bit::expanded(value, quoted)]];
        }
        let word = self.text(word, state);
        let word = super::values::assigned(&word, &self.origin(OriginKind::Script, parameter.span));
        let result = present.map_or(word.clone(), |present| present.join(word));
        self.assign(state, &parameter.name, result.clone());
        vec![vec![Bit::expanded(result, quoted)]]
    }

    /// `${NAME:+word}`
    fn alternative(&mut self, value: &Value, colon: bool, word: &Word, quoted: bool, state: &mut State<'a>) -> Alternatives {
        let answer = agreed(value, |datum| Some(missing(datum, colon)));
        let mut all = if answer == Some(true) { Vec::new() } else { self.operand(word, quoted, state) };
        if answer != Some(false) {
            all.push(vec![Bit::expanded(empty(), quoted)]);
        }
        all
    }

    /// The word of an operator: outside quotes, its unquoted text is split like an expansion's.
    fn operand(&mut self, word: &Word, quoted: bool, state: &mut State<'a>) -> Alternatives {
        let mut all = self.bits(&word.parts, quoted, state);
        for bit in all.iter_mut().flatten() {
            if let Bit::Text { quoted: false, splits, .. } = bit {
                *splits = true;
            }
        }
        for bits in all.iter_mut().filter(|bits| bits.is_empty()) {
            bits.push(Bit::expanded(empty(), quoted));
        }
        all
    }

    /// Operators that compute a text from a text.
    fn changed(&mut self, operator: &Operator, value: &Value, parameter: &Parameter, state: &mut State<'a>) -> Value {
        let origin = Origin::of(OriginKind::Computed);
        match operator {
            Operator::None => value.clone(),
            Operator::Length => map_text(value, &origin, "length of a text", |text| text.is_ascii().then(|| text.len().to_string())),
            Operator::Indirect => self.indirect(value, state),
            Operator::Remove { prefix, longest, pattern } => match self.pattern(pattern, state) {
                Some(pattern) => map_text(value, &origin, "part of a text", |text| removed(text, &pattern, *prefix, *longest)),
                None => unknown("part of a text"),
            },
            Operator::Replace { all, anchor, pattern, replacement } => {
                let replacement = self.replacement(replacement, state);
                match (self.pattern(pattern, state), replacement) {
                    (Some(pattern), Some(new)) => {
                        map_text(value, &origin, "part of a text", |text| replaced(text, &pattern, &new, *all, *anchor))
                    }
                    _ => unknown("text with replacements"),
                }
            }
            Operator::Substring(range) => self.substring(value, range, state),
            Operator::Case { upper, all } => {
                map_text(value, &origin, "text in another case", |text| text.is_ascii().then(|| cased(text, *upper, *all)))
            }
            _ => unknown(format!("`${{{}…}}`", parameter.name)),
        }
    }

    /// The replacing text. An unquoted `&` would stand for the match (`shopt -s patsub_replacement`, on since bash 5.2): not followed.
    fn replacement(&mut self, word: &Word, state: &mut State<'a>) -> Option<String> {
        let value = self.text(word, state);
        only_text(&value).filter(|text| !text.contains('&')).map(str::to_owned)
    }

    fn indirect(&self, name: &Value, state: &State<'a>) -> Value {
        match only_text(name) {
            Some(name)
                if !name.is_empty()
                    && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
                    && !name.starts_with(|c: char| c.is_ascii_digit()) =>
            {
                self.variable(name, state)
            }
            _ => unknown("indirect expansion"),
        }
    }

    fn substring(&mut self, value: &Value, range: &str, state: &mut State<'a>) -> Value {
        let Some((offset, length)) = self.range(range, state) else { return unknown("part of a text") };
        map_text(value, &Origin::of(OriginKind::Computed), "part of a text", |text| {
            let characters: Vec<char> = text.is_ascii().then(|| text.chars().collect())?;
            Some(sliced(&characters, offset, length)?.iter().collect())
        })
    }

    /// `offset:length`
    fn range(&mut self, range: &str, state: &mut State<'a>) -> Option<(i64, Option<i64>)> {
        let (offset, length) = range.split_once(':').map_or((range, None), |(offset, length)| (offset, Some(length)));
        let mut number = |text: &str| only_text(&self.arithmetic(text, state))?.parse::<i64>().ok();
        let offset = number(offset)?;
        match length {
            Some(length) => Some((offset, Some(number(length)?))),
            None => Some((offset, None)),
        }
    }

    /// The pieces of `${NAME[@]…}` and `$@`.
    pub(super) fn listed(
        &mut self,
        parameter: &Parameter,
        items: &Items,
        joined: bool,
        quoted: bool,
        state: &mut State<'a>,
    ) -> Alternatives {
        match &parameter.operator {
            Operator::None => self.list_bits(items, joined, quoted, state),
            Operator::Substring(range) => match self.range(range, state) {
                Some((offset, length)) => self.sublist(parameter, items, (offset, length), joined, quoted, state),
                None => spread("part of a list"),
            },
            Operator::Remove { .. } | Operator::Replace { .. } | Operator::Case { .. } => {
                let (alternatives, reason) = items.alternatives();
                let [list] = alternatives else { return spread("changed list") };
                let changed: Vec<Value> = list.iter().map(|item| self.changed(&parameter.operator, item, parameter, state)).collect();
                let changed =
                    reason.map_or_else(|| Items::known(changed.clone()), |reason| Items::known(changed.clone()).or_unknown(reason.clone()));
                self.list_bits(&changed, joined, quoted, state)
            }
            Operator::Default { word, .. } => self.list_or(items, Some(word), joined, quoted, state),
            Operator::Alternative { word, .. } => {
                let (alternatives, reason) = items.alternatives();
                match (alternatives, reason) {
                    ([list], None) if list.is_empty() => vec![Vec::new()],
                    ([_], None) => self.operand(word, quoted, state),
                    _ => {
                        let mut all = self.operand(word, quoted, state);
                        all.push(Vec::new());
                        all
                    }
                }
            }
            _ => spread("list"),
        }
    }

    /// `${@:2}`, `${NAME[@]:1:3}`
    fn sublist(
        &self,
        parameter: &Parameter,
        items: &Items,
        range: (i64, Option<i64>),
        joined: bool,
        quoted: bool,
        state: &State<'a>,
    ) -> Alternatives {
        let (offset, length) = range;
        let (Ok(first), Ok(count)) = (usize::try_from(offset), length.map_or(Ok(usize::MAX), usize::try_from)) else {
            return spread("part of a list");
        };
        // Positional parameters count from `$0`, which nobody knows.
        let skipped = if parameter.subscript.is_some() { Some(first) } else { first.checked_sub(1) };
        let Some(skipped) = skipped else { return spread("arguments with `$0`") };
        let part = items.map(|list| list.iter().skip(skipped).take(count).cloned().collect());
        self.list_bits(&part, joined, quoted, state)
    }

    fn list_or(&mut self, items: &Items, word: Option<&Word>, joined: bool, quoted: bool, state: &mut State<'a>) -> Alternatives {
        let (alternatives, _) = items.alternatives();
        let mut all = self.list_bits(items, joined, quoted, state);
        if let Some(word) = word.filter(|_| alternatives.iter().any(Vec::is_empty)) {
            all.retain(|bits| !bits.is_empty());
            all.extend(self.operand(word, quoted, state));
        }
        all
    }
}

fn spread(why: &str) -> Alternatives {
    vec![vec![Bit::Spread(Reason::new(why))]]
}

fn empty() -> Value {
    Value::text("", Origin::of(OriginKind::Document))
}

/// Whether `:-` and friends act: unset, or with a colon also empty.
fn missing(datum: &Datum, colon: bool) -> bool {
    match datum {
        Datum::Unset => true,
        Datum::Text(text) => colon && text.is_empty(),
        _ => false,
    }
}

fn removed(text: &str, pattern: &Pattern, prefix: bool, longest: bool) -> Option<String> {
    let mut characters: Vec<char> = text.chars().collect();
    if !prefix {
        characters.reverse();
    }
    let pattern = if prefix { pattern.clone() } else { pattern.reversed() };
    let lengths = pattern.prefixes(&characters)?;
    let cut = if longest { lengths.last() } else { lengths.first() }.copied().unwrap_or(0);
    let mut rest: Vec<char> = characters.split_at_checked(cut)?.1.to_vec();
    if !prefix {
        rest.reverse();
    }
    Some(rest.into_iter().collect())
}

fn replaced(text: &str, pattern: &Pattern, new: &str, all: bool, anchor: Option<char>) -> Option<String> {
    let characters: Vec<char> = text.chars().collect();
    if characters.len() > LONGEST_REPLACED {
        return None;
    }
    match anchor {
        Some('#') => {
            let length = pattern.prefixes(&characters)?.last().copied();
            Some(length.map_or_else(|| text.to_owned(), |length| [new, &string(characters.get(length..))].concat()))
        }
        Some(_) => {
            let backwards: Vec<char> = characters.iter().rev().copied().collect();
            let length = pattern.reversed().prefixes(&backwards)?.last().copied();
            Some(length.map_or_else(|| text.to_owned(), |length| [&string(characters.get(..characters.len() - length)), new].concat()))
        }
        None => scanned(&characters, pattern, new, all),
    }
}

/// Replaces the leftmost longest match, or all of them. Empty matches are not replaced.
fn scanned(characters: &[char], pattern: &Pattern, new: &str, all: bool) -> Option<String> {
    let mut result = String::new();
    let mut rest = characters;
    let mut open = true;
    while let Some((first, tail)) = rest.split_first() {
        let length = if open { pattern.prefixes(rest)?.last().copied().unwrap_or(0) } else { 0 };
        if length == 0 {
            result.push(*first);
            rest = tail;
        } else {
            result.push_str(new);
            rest = rest.get(length..).unwrap_or_default();
            open = all;
        }
    }
    Some(result)
}

fn string(characters: Option<&[char]>) -> String {
    characters.unwrap_or_default().iter().collect()
}

/// `offset` may count from the end, and so may `length`.
fn sliced(characters: &[char], offset: i64, length: Option<i64>) -> Option<&[char]> {
    let total = i64::try_from(characters.len()).ok()?;
    let start = if offset < 0 { offset + total } else { offset };
    if !(0..=total).contains(&start) {
        return Some(&[]);
    }
    let end = match length {
        None => total,
        Some(length) if length < 0 => total + length,
        Some(length) => start.saturating_add(length).min(total),
    };
    characters.get(usize::try_from(start).ok()?..usize::try_from(end).ok()?)
}

fn cased(text: &str, upper: bool, all: bool) -> String {
    let change = |text: &str| if upper { text.to_ascii_uppercase() } else { text.to_ascii_lowercase() };
    match text.split_at_checked(1) {
        Some((first, rest)) if !all => [change(first).as_str(), rest].concat(),
        _ => change(text),
    }
}

/// Where something unknown may have set a variable, nothing speaks for its being unset: it is just unknown.
fn evident(value: Value) -> Value {
    let known = value.choices().iter().any(|choice| choice.datum != Datum::Unset);
    match value.reason() {
        Some(reason) if !known => Value::unknown(reason.clone()),
        _ => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(text: &str) -> Pattern {
        Pattern::compile(&text.chars().map(|c| (c, true)).collect::<Vec<_>>()).unwrap()
    }

    #[test]
    fn the_shortest_and_the_longest_are_removed() {
        assert_eq!(removed("a.b.c", &pattern("*."), true, false).unwrap(), "b.c");
        assert_eq!(removed("a.b.c", &pattern("*."), true, true).unwrap(), "c");
        assert_eq!(removed("a.b.c", &pattern(".*"), false, false).unwrap(), "a.b");
        assert_eq!(removed("a.b.c", &pattern(".*"), false, true).unwrap(), "a");
        assert_eq!(removed("a", &pattern("x"), false, true).unwrap(), "a");
    }

    #[test]
    fn replacing_takes_the_leftmost_longest_match() {
        assert_eq!(replaced("a-b-c", &pattern("-"), "+", false, None).unwrap(), "a+b-c");
        assert_eq!(replaced("a-b-c", &pattern("-"), "+", true, None).unwrap(), "a+b+c");
        assert_eq!(replaced("aab", &pattern("a*"), "x", true, None).unwrap(), "x");
        assert_eq!(replaced("ab", &pattern("b"), "x", false, Some('%')).unwrap(), "ax");
        assert_eq!(replaced("ab", &pattern(""), "x", false, Some('#')).unwrap(), "xab");
    }

    #[test]
    fn substrings_count_from_either_end() {
        let text: Vec<char> = "abcdef".chars().collect();
        let cut = |offset, length| string(sliced(&text, offset, length));
        assert_eq!(cut(2, None), "cdef");
        assert_eq!(cut(-2, None), "ef");
        assert_eq!(cut(1, Some(2)), "bc");
        assert_eq!(cut(1, Some(-1)), "bcde");
        assert_eq!(cut(9, None), "");
    }
}

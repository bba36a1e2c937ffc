//! Brace expansion: `a{b,c}d`, `{1..3}`. It comes before all other expansions and looks only at unquoted literal text.

use std::borrow::Cow;

use crate::syntax::shell::ast::Part;

/// More words than this are not made from one.
const MOST_WORDS: usize = 64;
/// Longer or deeper words are left as they are.
const LONGEST: usize = 4096;
const DEEPEST: usize = 8;

#[derive(Clone)]
enum Atom<'p> {
    Char(char),
    Part(&'p Part),
}

/// The words that one word stands for.
pub(super) fn expanded(parts: &[Part]) -> Vec<Cow<'_, [Part]>> {
    let has_brace = parts.iter().any(|part| matches!(part, Part::Literal(text) if text.contains('{')));
    if !has_brace {
        return vec![Cow::Borrowed(parts)];
    }
    let atoms: Vec<Atom<'_>> = parts.iter().flat_map(atoms).collect();
    if atoms.len() > LONGEST {
        return vec![Cow::Borrowed(parts)];
    }
    let words = expand(&atoms, DEEPEST);
    if words.len() > MOST_WORDS { vec![Cow::Borrowed(parts)] } else { words.iter().map(|atoms| Cow::Owned(regrouped(atoms))).collect() }
}

fn atoms(part: &Part) -> Vec<Atom<'_>> {
    match part {
        Part::Literal(text) => text.chars().map(Atom::Char).collect(),
        other => vec![Atom::Part(other)],
    }
}

fn regrouped(atoms: &[Atom<'_>]) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for atom in atoms {
        match (atom, parts.last_mut()) {
            (Atom::Char(c), Some(Part::Literal(text))) => text.push(*c),
            (Atom::Char(c), _) => parts.push(Part::Literal(c.to_string())),
            (Atom::Part(part), _) => parts.push((*part).clone()),
        }
    }
    parts
}

fn is(atom: &Atom<'_>, expected: char) -> bool {
    matches!(atom, Atom::Char(c) if *c == expected)
}

fn expand<'p>(atoms: &[Atom<'p>], depth: usize) -> Vec<Vec<Atom<'p>>> {
    let opens = atoms.iter().enumerate().filter(|(_, atom)| is(atom, '{')).map(|(at, _)| at);
    let found = opens.filter_map(|open| Some((open, group(atoms, open)?))).next();
    let Some((open, (close, choices))) = found.filter(|_| depth > 0) else { return vec![atoms.to_vec()] };
    let head = atoms.get(..open).unwrap_or_default();
    let tails = expand(atoms.get(close + 1..).unwrap_or_default(), depth);
    let middles: Vec<Vec<Atom<'p>>> = choices.iter().flat_map(|choice| expand(choice, depth - 1)).take(MOST_WORDS + 1).collect();
    let words = middles.iter().flat_map(|middle| tails.iter().map(move |tail| [head, middle, tail].concat()));
    words.take(MOST_WORDS + 1).collect()
}

/// The end of the group that opens at `open`, and its choices; `None` if it is no group.
fn group<'p>(atoms: &[Atom<'p>], open: usize) -> Option<(usize, Vec<Vec<Atom<'p>>>)> {
    let mut level = 0_usize;
    let mut choices = vec![Vec::new()];
    for (at, atom) in atoms.iter().enumerate().skip(open + 1) {
        if is(atom, '}') && level == 0 {
            let found = if choices.len() > 1 { Some(choices) } else { sequence(choices.first()?) };
            return found.map(|choices| (at, choices));
        }
        if is(atom, ',') && level == 0 {
            choices.push(Vec::new());
            continue;
        }
        level = if is(atom, '{') { level + 1 } else { level - usize::from(is(atom, '}')) };
        choices.last_mut()?.push(atom.clone());
    }
    None
}

/// `1..3`, `a..c`
fn sequence<'p>(atoms: &[Atom<'p>]) -> Option<Vec<Vec<Atom<'p>>>> {
    let text: Option<String> = atoms.iter().map(|atom| if let Atom::Char(c) = atom { Some(*c) } else { None }).collect();
    let text = text?;
    let (from, to) = text.split_once("..")?;
    let words: Vec<String> = match (from.parse::<i32>(), to.parse::<i32>()) {
        (Ok(from), Ok(to)) if plain(&text) => between(from, to).map(|number| number.to_string()).collect(),
        _ => {
            let (Ok(from), Ok(to)) = (from.parse::<char>(), to.parse::<char>()) else { return None };
            let both = from.is_ascii_alphabetic() && to.is_ascii_alphabetic();
            both.then(|| between(from as i32, to as i32).filter_map(|c| char::from_u32(c.try_into().ok()?)).map(String::from).collect())?
        }
    };
    Some(words.iter().map(|word| word.chars().map(Atom::Char).collect()).collect())
}

/// Padded numbers (`01..10`) are not followed.
fn plain(text: &str) -> bool {
    text.split("..").all(|number| number == "0" || !number.trim_start_matches(['-', '+']).starts_with('0'))
}

fn between(from: i32, to: i32) -> Box<dyn Iterator<Item = i32>> {
    if from <= to { Box::new((from..=to).take(MOST_WORDS + 1)) } else { Box::new((to..=from).rev().take(MOST_WORDS + 1)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_expand_as_in_bash() {
        let words = |text: &str| -> Vec<String> {
            let literal = [Part::Literal(text.to_owned())];
            let parts = expanded(&literal);
            parts
                .iter()
                .map(|parts| parts.iter().map(|part| if let Part::Literal(text) = part { text.as_str() } else { "?" }).collect())
                .collect()
        };
        assert_eq!(words("a{b,c}d"), ["abd", "acd"]);
        assert_eq!(words("{a,b{c,d}}"), ["a", "bc", "bd"]);
        assert_eq!(words("{a}{1..3}"), ["{a}1", "{a}2", "{a}3"]);
        assert_eq!(words("{c..a}"), ["c", "b", "a"]);
        assert_eq!(words("{a,b"), ["{a,b"]);
        assert_eq!(words("{}"), ["{}"]);
        assert_eq!(words("{{a,b}"), ["{a", "{b"]);
    }
}

//! `[`, `test` and `[[`: answered where the operands are known.

use super::ends::{Ends, Jumps};
use super::machine::Machine;
use super::simple::Call;
use super::state::State;
use super::values::{agreed, all_texts, only_text, text_of};
use super::{Argument, Dialect};
use crate::facts::value::{Datum, Value};
use crate::syntax::shell::ast::Test;

impl<'a> Machine<'a> {
    /// `test` and `[`
    pub(super) fn test(&mut self, call: &Call<'_>, state: State<'a>, _: &mut Jumps<'a>) -> Ends<'a> {
        let mut arguments = call.arguments();
        if call.name() == Some("[") {
            match arguments.split_last() {
                Some((last, rest)) if only_text(&last.value) == Some("]") && !last.several => arguments = rest,
                _ => return Ends::either(state),
            }
        }
        let answer = self.tested(arguments, &state);
        Ends::of(state, answer)
    }

    /// Decided by the number of arguments (POSIX.1-2024, `test`, OPERANDS).
    fn tested(&self, arguments: &[Argument], state: &State<'a>) -> Option<bool> {
        if arguments.iter().any(|argument| argument.several) {
            return None;
        }
        let is = |argument: &Argument, text: &str| only_text(&argument.value) == Some(text);
        match arguments {
            [] => Some(false),
            [word] => non_empty(&word.value),
            [not, word] if is(not, "!") => non_empty(&word.value).map(|answer| !answer),
            [operator, word] => self.unary(only_text(&operator.value)?, &word.value, state),
            [a, operator, b] if is_binary(&operator.value) => binary(&a.value, only_text(&operator.value)?, &b.value),
            [not, rest @ ..] if is(not, "!") && rest.len() < 4 => self.tested(rest, state).map(|answer| !answer),
            [open, inner @ .., close] if is(open, "(") && is(close, ")") && inner.len() < 3 => self.tested(inner, state),
            _ => self.combined(arguments, state),
        }
    }

    /// `a -o b`, `a -a b`: `-a` binds tighter.
    fn combined(&self, arguments: &[Argument], state: &State<'a>) -> Option<bool> {
        if arguments.iter().any(|argument| matches!(only_text(&argument.value), Some("(" | ")" | "!"))) {
            return None;
        }
        let split = |operator: &str| {
            arguments.iter().position(|argument| only_text(&argument.value) == Some(operator)).and_then(|at| arguments.split_at_checked(at))
        };
        if let Some((left, [_, right @ ..])) = split("-o") {
            return or(self.tested(left, state), self.tested(right, state));
        }
        let (left, right) = split("-a")?;
        and(self.tested(left, state), self.tested(right.get(1..)?, state))
    }

    fn unary(&self, operator: &str, operand: &Value, state: &State<'a>) -> Option<bool> {
        match operator {
            "-n" => non_empty(operand),
            "-z" => non_empty(operand).map(|answer| !answer),
            "-v" => {
                let variable = state.variables.variable(only_text(operand).filter(|name| super::declare::is_name(name))?);
                variable.items.is_none().then_some(())?;
                agreed(&variable.value, |datum| Some(*datum != Datum::Unset))
            }
            // No file has an empty name.
            "-e" | "-f" | "-d" | "-s" | "-r" | "-w" | "-x" | "-L" | "-h" if only_text(operand) == Some("") => Some(false),
            _ => None,
        }
    }

    /// `[[ … ]]`
    pub(super) fn conditional(&mut self, test: &Test, mut state: State<'a>, jumps: &mut Jumps<'a>) -> Ends<'a> {
        // dash looks for a command of that name, other shells called `sh` know it.
        let answer = self.judged(test, &mut state).filter(|_| self.dialect == Dialect::Bash);
        self.survived(state, jumps).map_or_else(Ends::none, |state| Ends::of(state, answer))
    }

    fn judged(&mut self, test: &Test, state: &mut State<'a>) -> Option<bool> {
        match test {
            Test::Word(word) => non_empty(&self.text(word, state)),
            Test::Unary(operator, word) => {
                let value = self.text(word, state);
                self.unary(operator, &value, state)
            }
            Test::Binary(left, operator, right) => {
                let left = self.text(left, state);
                match operator.as_str() {
                    "=" | "==" => self.pattern(right, state).and_then(|pattern| super::pattern::matches_value(&pattern, &left)),
                    "!=" => {
                        self.pattern(right, state).and_then(|pattern| super::pattern::matches_value(&pattern, &left)).map(|answer| !answer)
                    }
                    "=~" => None,
                    operator => {
                        let right = self.text(right, state);
                        binary(&left, operator, &right)
                    }
                }
            }
            Test::Not(inner) => self.judged(inner, state).map(|answer| !answer),
            Test::And(left, right) => match self.judged(left, state) {
                Some(false) => Some(false),
                answer => and(answer, self.judged(right, state)),
            },
            Test::Or(left, right) => match self.judged(left, state) {
                Some(true) => Some(true),
                answer => or(answer, self.judged(right, state)),
            },
        }
    }
}

/// Conjunction of Kleene's logic.
pub(super) fn and(a: Option<bool>, b: Option<bool>) -> Option<bool> {
    match (a, b) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

/// Disjunction of Kleene's logic.
pub(super) fn or(a: Option<bool>, b: Option<bool>) -> Option<bool> {
    and(a.map(|a| !a), b.map(|b| !b)).map(|answer| !answer)
}

fn non_empty(value: &Value) -> Option<bool> {
    agreed(value, |datum| Some(!text_of(datum)?.is_empty()))
}

fn is_binary(operator: &Value) -> bool {
    let known = ["=", "==", "!=", "<", ">", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef"];
    only_text(operator).is_some_and(|operator| known.contains(&operator))
}

/// Compares every combination.
fn binary(left: &Value, operator: &str, right: &Value) -> Option<bool> {
    let (left, right) = (all_texts(left)?, all_texts(right)?);
    let mut answers = left.iter().flat_map(|left| right.iter().map(move |right| compared(left, operator, right)));
    let first = answers.next()??;
    answers.all(|answer| answer == Some(first)).then_some(first)
}

fn compared(left: &str, operator: &str, right: &str) -> Option<bool> {
    let numbers = || Some((left.trim().parse::<i64>().ok()?, right.trim().parse::<i64>().ok()?));
    match operator {
        "=" | "==" => Some(left == right),
        "!=" => Some(left != right),
        "-eq" => numbers().map(|(left, right)| left == right),
        "-ne" => numbers().map(|(left, right)| left != right),
        "-lt" => numbers().map(|(left, right)| left < right),
        "-le" => numbers().map(|(left, right)| left <= right),
        "-gt" => numbers().map(|(left, right)| left > right),
        "-ge" => numbers().map(|(left, right)| left >= right),
        // `<` and `>` follow the locale; files are not known.
        _ => None,
    }
}

//! `cd`, `pushd`, `popd`, `pwd`. Links are not known, so `..` is taken away textually, as the shell does without `-P`.

use super::Argument;
use super::declare::options;
use super::ends::{Ends, Jumps};
use super::machine::{Machine, unknown};
use super::simple::Call;
use super::state::{Code, State};
use super::values::{filtered, map_text, only_text, text_of};
use super::variables::Exported;
use crate::facts::value::{Datum, OriginKind, Value};
use crate::text::Span;

/// More directories than this are not kept.
const DEEPEST_STACK: usize = 64;

impl<'a> Machine<'a> {
    /// `cd`
    pub(super) fn cd(&mut self, call: &Call<'_>, state: State<'a>, _: &mut Jumps<'a>) -> Ends<'a> {
        let (_, operands) = directory_options(call.arguments());
        let target = match operands {
            [] => state.variables.get("HOME"),
            [one] if only_text(&one.value) == Some("-") => state.variables.get("OLDPWD"),
            [one] => one.value.clone(),
            _ => return Ends::failed(state, Code::Known(1)),
        };
        match filtered(&target, true, |datum| *datum != Datum::Unset) {
            Some(target) => self.change_directory(&target, call.span, state),
            None => Ends::failed(state, Code::Known(1)),
        }
    }

    /// `pushd`
    pub(super) fn pushd(&mut self, call: &Call<'_>, mut state: State<'a>, _: &mut Jumps<'a>) -> Ends<'a> {
        let operand = call.arguments().first().map(|argument| argument.value.clone());
        let plain = operand.as_ref().and_then(|value| only_text(value)).is_none_or(|text| !text.starts_with(['+', '-']));
        let Some(target) = operand.filter(|_| plain) else {
            state.directories = None;
            return self.change_directory(&unknown("directory stack"), call.span, state);
        };
        let here = state.cwd.clone();
        let mut ends = self.change_directory(&target, call.span, state);
        if let Some(stack) = ends.ok.as_mut().and_then(|state| state.directories.as_mut()).filter(|stack| stack.len() < DEEPEST_STACK) {
            stack.push(here);
        }
        ends
    }

    /// `popd`
    pub(super) fn popd(&mut self, call: &Call<'_>, mut state: State<'a>, _: &mut Jumps<'a>) -> Ends<'a> {
        let target = match &mut state.directories {
            Some(stack) if call.arguments().is_empty() => match stack.pop() {
                Some(target) => target,
                None => return Ends::failed(state, Code::Known(1)),
            },
            _ => {
                state.directories = None;
                unknown("directory stack")
            }
        };
        self.change_directory(&target, call.span, state)
    }

    /// `pwd`
    pub(super) fn pwd(&mut self, call: &Call<'_>, mut state: State<'a>, _: &mut Jumps<'a>) -> Ends<'a> {
        let cwd = state.cwd.clone();
        self.emit_line(&mut state, &cwd, call.span);
        Ends::ok(state)
    }

    fn change_directory(&mut self, target: &Value, span: Span, state: State<'a>) -> Ends<'a> {
        let old = state.cwd.clone();
        let new = resolved(&old, target);
        let certain = only_text(target).is_some_and(|target| target.is_empty() || target == ".");
        let mut ends = if certain { Ends::ok(state) } else { Ends::either(state) };
        if let Some(state) = &mut ends.ok {
            let origin = self.origin(OriginKind::Script, span);
            let visible = |value: &Value| super::values::assigned(value, &origin);
            state.variables.assign("OLDPWD", visible(&old));
            state.variables.export("OLDPWD", Exported::Yes);
            state.variables.assign("PWD", visible(&new));
            state.cwd = new;
        }
        ends
    }
}

fn directory_options(arguments: &[Argument]) -> (Vec<(char, bool)>, &[Argument]) {
    match arguments {
        [one] if only_text(&one.value) == Some("-") => (Vec::new(), arguments),
        _ => options(arguments),
    }
}

/// `target` seen from `base`, in every combination.
pub(super) fn resolved(base: &Value, target: &Value) -> Value {
    target.and_then(|choice| {
        let Some(target) = text_of(&choice.datum) else { return unknown("directory") };
        if is_absolute(target) {
            return Value::text(joined("", target), std::sync::Arc::clone(&choice.origin));
        }
        map_text(base, &choice.origin, "directory", |base| Some(joined(base, target)))
    })
}

pub(super) fn is_absolute(path: &str) -> bool {
    let mut characters = path.chars();
    match (characters.next(), characters.next()) {
        (Some('/' | '\\'), _) => true,
        (Some(drive), Some(':')) => drive.is_ascii_alphabetic(),
        _ => false,
    }
}

/// `base/target` without `.`, `..` and doubled slashes.
pub(super) fn joined(base: &str, target: &str) -> String {
    let whole = if base.is_empty() || is_absolute(target) { target.to_owned() } else { format!("{base}/{target}") };
    if whole.contains('\\') || !whole.starts_with('/') {
        return whole;
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in whole.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            name => parts.push(name),
        }
    }
    format!("/{}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn paths_are_joined_as_cd_does() {
        for (base, target, expected) in [("/a/b", "c", "/a/b/c"), ("/a/b", "../c/.", "/a/c"), ("/a", "/x//y/..", "/x"), ("/", "..", "/")] {
            assert_eq!(super::joined(base, target), expected, "{base} {target}");
        }
    }
}

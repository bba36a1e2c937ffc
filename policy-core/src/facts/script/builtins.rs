//! The shell's builtins: the table, and those that are too small for a file of their own.

use std::sync::Arc;

use super::Argument;
use super::declare::{is_name, options};
use super::ends::{Ends, Jump, Jumps};
use super::items::Items;
use super::machine::{Machine, unknown};
use super::simple::{Call, items};
use super::state::{Code, Frame, Place, State};
use super::values::{only_text, reason_of};
use crate::facts::value::{Datum, Reason, Value};
use crate::syntax::shell;

/// Runs a builtin.
pub(super) type Builtin = for<'m, 'a> fn(&'m mut Machine<'a>, &Call<'_>, State<'a>, &mut Jumps<'a>) -> Ends<'a>;

/// Each builtin and what it does. Those that change nothing that matters share an entry.
const BUILTINS: &[(&str, Builtin)] = &[
    (".", |m, c, s, j| m.source(c, s, j)),
    (":", |_, _, s, _| Ends::ok(s)),
    ("[", |m, c, s, j| m.test(c, s, j)),
    ("alias", |_, _, s, _| Ends::ok(s)),
    ("bg", |_, _, s, _| Ends::either(s)),
    ("break", |_, c, s, j| jump(c, s, j, Jump::Break)),
    ("builtin", |m, c, s, j| m.without_functions(c, s, j)),
    ("cd", |m, c, s, j| m.cd(c, s, j)),
    ("command", |m, c, s, j| m.command_builtin(c, s, j)),
    ("continue", |_, c, s, j| jump(c, s, j, Jump::Continue)),
    ("declare", |m, c, s, j| m.declare(c, s, j)),
    ("dirs", |m, _, s, _| m.lister(s)),
    ("disown", |_, _, s, _| Ends::either(s)),
    ("echo", |m, c, s, j| m.echo(c, s, j)),
    ("enable", |_, _, s, _| Ends::either(s)),
    ("eval", |m, c, s, j| m.eval(c, s, j)),
    ("exec", |m, c, s, j| m.exec(c, s, j)),
    ("exit", |_, c, s, j| leave(c, s, j, Jump::Exit)),
    ("export", |m, c, s, j| m.export(c, s, j)),
    ("false", |_, _, s, _| Ends::failed(s, Code::Known(1))),
    ("fg", |_, _, s, _| Ends::either(s)),
    ("getopts", |m, c, s, _| m.getopts(c, s)),
    ("hash", |_, _, s, _| Ends::either(s)),
    ("help", |m, _, s, _| m.lister(s)),
    ("history", |m, _, s, _| m.lister(s)),
    ("jobs", |m, _, s, _| m.lister(s)),
    ("kill", |_, _, s, _| Ends::either(s)),
    ("let", |m, c, s, _| m.let_builtin(c, s)),
    ("local", |m, c, s, j| m.declare(c, s, j)),
    ("mapfile", |m, c, s, _| m.mapfile(c, s)),
    ("popd", |m, c, s, j| m.popd(c, s, j)),
    ("printf", |m, c, s, j| m.printf(c, s, j)),
    ("pushd", |m, c, s, j| m.pushd(c, s, j)),
    ("pwd", |m, c, s, j| m.pwd(c, s, j)),
    ("read", |m, c, s, _| m.read(c, s)),
    ("readarray", |m, c, s, _| m.mapfile(c, s)),
    ("readonly", |m, c, s, j| m.readonly(c, s, j)),
    ("return", |_, c, s, j| leave(c, s, j, Jump::Return)),
    ("set", |m, c, s, _| m.set(c, s)),
    ("shift", |_, c, s, _| shift(c, s)),
    ("shopt", |_, _, s, _| Ends::ok(s)),
    ("source", |m, c, s, j| m.source(c, s, j)),
    ("test", |m, c, s, j| m.test(c, s, j)),
    ("times", |m, _, s, _| m.lister(s)),
    ("trap", |_, _, s, _| Ends::ok(s)),
    ("true", |_, _, s, _| Ends::ok(s)),
    ("type", |m, _, s, _| m.lister(s)),
    ("typeset", |m, c, s, j| m.declare(c, s, j)),
    ("ulimit", |m, _, s, _| m.lister(s)),
    ("umask", |m, _, s, _| m.lister(s)),
    ("unalias", |_, _, s, _| Ends::either(s)),
    ("unset", |m, c, s, j| m.unset(c, s, j)),
    ("wait", |_, _, s, _| Ends::either(s)),
];

/// The builtin of that name.
pub(super) fn find(name: &str) -> Option<Builtin> {
    let at = BUILTINS.binary_search_by_key(&name, |(name, _)| name).ok()?;
    BUILTINS.get(at).map(|(_, builtin)| *builtin)
}

/// `exit n`, `return n`
fn leave<'a>(call: &Call<'_>, state: State<'a>, jumps: &mut Jumps<'a>, jump: Jump) -> Ends<'a> {
    let code = match call.arguments().first() {
        None => state.code,
        Some(argument) => match only_text(&argument.value).and_then(|text| text.parse::<i64>().ok()) {
            Some(number) => Code::Known((number & 0xff) as u8),
            None => Code::Unknown,
        },
    };
    jumps.push(jump, state.with(code));
    Ends::none()
}

/// `break n`, `continue n`
fn jump<'a>(call: &Call<'_>, state: State<'a>, jumps: &mut Jumps<'a>, jump: fn(u32) -> Jump) -> Ends<'a> {
    let levels = call.arguments().first().and_then(|argument| only_text(&argument.value)?.parse().ok());
    jumps.push(jump(levels.unwrap_or(1)), state.with(Code::Known(0)));
    Ends::none()
}

fn shift<'a>(call: &Call<'_>, mut state: State<'a>) -> Ends<'a> {
    let count = match call.arguments().first() {
        None => Some(1),
        Some(argument) => only_text(&argument.value).and_then(|text| text.parse::<usize>().ok()),
    };
    let Some(count) = count else {
        state.positional = Items::unknown(Reason::new("arguments after `shift`"));
        return Ends::either(state);
    };
    let lengths = state.positional.alternatives();
    let enough = match lengths {
        (lists, None) if lists.iter().all(|list| list.len() >= count) => Some(true),
        (lists, None) if lists.iter().all(|list| list.len() < count) => Some(false),
        _ => None,
    };
    state.positional =
        state.positional.map(|list| if list.len() >= count { list.iter().skip(count).cloned().collect() } else { list.to_vec() });
    Ends::of(state, enough)
}

impl<'a> Machine<'a> {
    fn lister(&mut self, mut state: State<'a>) -> Ends<'a> {
        self.emit_anything(&mut state, || Reason::new("output of a builtin"));
        Ends::either(state)
    }

    /// `builtin name …`
    fn without_functions(&mut self, call: &Call<'_>, state: State<'a>, jumps: &mut Jumps<'a>) -> Ends<'a> {
        if call.arguments().is_empty() {
            return Ends::ok(state);
        }
        self.call(&Call { argv: call.arguments(), span: call.span, functions: false }, state, jumps)
    }

    /// `command name …`; with `-v` or `-V` it only tells what the name means.
    fn command_builtin(&mut self, call: &Call<'_>, state: State<'a>, jumps: &mut Jumps<'a>) -> Ends<'a> {
        let (letters, operands) = leading_options(call.arguments());
        if letters.contains(['v', 'V']) {
            return self.lister(state);
        }
        self.without_functions(&Call { argv: &[call.argv.get(..1).unwrap_or_default(), operands].concat(), ..*call }, state, jumps)
    }

    /// `eval`: a known text is run, an unknown one may do anything.
    fn eval(&mut self, call: &Call<'_>, mut state: State<'a>, jumps: &mut Jumps<'a>) -> Ends<'a> {
        let text = Self::spaced(call.arguments());
        let Some(text) = only_text(&text).map(str::to_owned) else {
            state.forget(&Reason::new(format!("`eval` of {}", reason_of(&text))));
            return Ends::either(state);
        };
        let location = self.frame.locate(call.span);
        let parsed = shell::parse(&text);
        let frame = Frame::new(text, Place::Fixed(location), Arc::default());
        self.deeper(state, call.span, |machine, state| {
            machine.framed(frame, |machine| {
                let ends = machine.list(&parsed.list, state, jumps);
                if parsed.error.is_none() {
                    ends
                } else {
                    ends.united().map_or_else(Ends::none, |state| Ends::failed(state, Code::Known(2)))
                }
            })
        })
    }

    /// `source file`
    fn source(&mut self, call: &Call<'_>, mut state: State<'a>, jumps: &mut Jumps<'a>) -> Ends<'a> {
        let Some((file, arguments)) = call.arguments().split_first() else { return Ends::failed(state, Code::Known(2)) };
        let path = super::directories::resolved(&state.cwd, &file.value);
        let found = only_text(&path).filter(|_| !file.several).and_then(|path| self.oracle.script(path, self.dialect));
        let Some(found) = found else {
            let name = only_text(&file.value).unwrap_or("…").to_owned();
            state.forget(&Reason::new(format!("`source {name}`")));
            return Ends::either(state);
        };
        let script = Arc::clone(&found.script);
        let frame = Frame::of_file(&found.text);
        let outer = state.positional.clone();
        if !arguments.is_empty() {
            state.positional = items(arguments);
        }
        let mut inner = Jumps::default();
        let within = self.frame.locate(call.span);
        let ends = self.deeper(state, call.span, |machine, state| {
            machine.within.push(within);
            let ends = machine.framed(frame, |machine| machine.list(&script.parsed.list, state, &mut inner));
            machine.within.pop();
            ends
        });
        let returned = inner.take(Jump::Return).map_or_else(Ends::none, Ends::of_code);
        for (jump, state) in inner.into_all() {
            jumps.push(jump, state);
        }
        let restore = !arguments.is_empty();
        ends.join(returned).map(|mut state| {
            if restore {
                state.positional = outer.clone();
            }
            state
        })
    }

    /// `exec command`; without one, the caller keeps the redirections.
    fn exec(&mut self, call: &Call<'_>, state: State<'a>, jumps: &mut Jumps<'a>) -> Ends<'a> {
        if call.arguments().is_empty() {
            return Ends::ok(state);
        }
        let (_, operands) = leading_options(call.arguments());
        let ends = self.external(&Call { argv: operands, span: call.span, functions: false }, state, jumps);
        for state in [ends.ok, ends.failed, ends.excused].into_iter().flatten() {
            jumps.push(Jump::Exit, state);
        }
        Ends::none()
    }

    /// `set`
    fn set(&mut self, call: &Call<'_>, mut state: State<'a>) -> Ends<'a> {
        let mut rest = call.arguments();
        while let Some((first, tail)) = rest.split_first() {
            let Some(text) = only_text(&first.value).filter(|_| !first.several) else {
                state.positional = items(rest);
                return Ends::ok(state);
            };
            let Some(letters) = text.strip_prefix(['-', '+']) else { break };
            rest = tail;
            if text == "--" || text == "-" {
                if text == "--" || !rest.is_empty() {
                    state.positional = items(rest);
                }
                return Ends::ok(state);
            }
            let on = text.starts_with('-');
            for letter in letters.chars() {
                if letter != 'o' {
                    set_letter(&mut state, letter, on);
                } else if let Some((name, tail)) = rest.split_first() {
                    set_name(&mut state, only_text(&name.value).unwrap_or_default(), on);
                    rest = tail;
                }
            }
        }
        if !rest.is_empty() {
            state.positional = items(rest);
        }
        Ends::ok(state)
    }

    /// `read`: what it reads is not followed.
    fn read(&mut self, call: &Call<'_>, mut state: State<'a>) -> Ends<'a> {
        state.stdin = None;
        let mut rest = call.arguments();
        let mut names = Vec::new();
        while let Some((first, tail)) = rest.split_first() {
            rest = tail;
            let Some(text) = only_text(&first.value).filter(|_| !first.several) else {
                state.variables.forget(&Reason::new("`read` into a name that is not known"));
                continue;
            };
            let Some(flags) = text.strip_prefix('-') else {
                names.push(text.to_owned());
                continue;
            };
            let valued = flags.ends_with(['d', 'i', 'n', 'N', 'p', 't', 'u', 'a']);
            let Some((value, tail)) = rest.split_first().filter(|_| valued) else { continue };
            rest = tail;
            names.extend(only_text(&value.value).filter(|_| flags.ends_with('a')).map(str::to_owned));
        }
        if names.is_empty() {
            names.push("REPLY".to_owned());
        }
        for name in names.iter().filter(|name| is_name(name)) {
            self.unpredict(&mut state, name, "line read from input");
        }
        Ends::either(state)
    }

    /// `mapfile`, `readarray`
    fn mapfile(&mut self, call: &Call<'_>, mut state: State<'a>) -> Ends<'a> {
        state.stdin = None;
        let name = call
            .arguments()
            .last()
            .and_then(|argument| only_text(&argument.value))
            .filter(|name| is_name(name))
            .unwrap_or("MAPFILE")
            .to_owned();
        state.variables.assign_items(&name, Items::unknown(Reason::new("lines read from input")));
        Ends::either(state)
    }

    fn getopts(&mut self, call: &Call<'_>, mut state: State<'a>) -> Ends<'a> {
        let name = call.arguments().get(1).and_then(|argument| only_text(&argument.value)).unwrap_or_default();
        for name in [name, "OPTARG", "OPTIND"].into_iter().filter(|name| is_name(name)) {
            self.unpredict(&mut state, name, "option found by `getopts`");
        }
        Ends::either(state)
    }

    fn let_builtin(&mut self, call: &Call<'_>, mut state: State<'a>) -> Ends<'a> {
        let text = Self::spaced(call.arguments());
        match only_text(&text) {
            Some(text) => self.doubt_names(text, &mut state),
            None => state.variables.forget(&reason_of(&text)),
        }
        Ends::either(state)
    }

    /// The variable is set to something unknown; an array becomes an unknown array.
    fn unpredict(&self, state: &mut State<'a>, name: &str, reason: &str) {
        match state.variables.variable(name).items {
            Some(_) => state.variables.assign_items(name, Items::unknown(Reason::new(reason))),
            None => self.assign(state, name, unknown(reason)),
        }
    }

    /// Whether a variable is surely set to something (used by `printenv`).
    pub(super) fn set_in(environment: &crate::facts::environment::Environment, name: &str) -> Option<Value> {
        let value = environment.get(name);
        value.choices().iter().all(|choice| choice.datum != Datum::Unset).then(|| value.clone())
    }
}

/// Options in front of a command's name: those of `command` and `exec`. Only `exec -a` takes a value.
fn leading_options(arguments: &[Argument]) -> (String, &[Argument]) {
    let mut letters = String::new();
    let mut rest = arguments;
    while let Some((first, tail)) = rest.split_first() {
        let Some(flags) = only_text(&first.value).filter(|_| !first.several).and_then(|text| text.strip_prefix('-')) else { break };
        rest = tail;
        if flags == "-" {
            break;
        }
        letters.push_str(flags);
        if flags.ends_with('a') {
            rest = rest.get(1..).unwrap_or_default();
        }
    }
    (letters, rest)
}

fn set_letter(state: &mut State<'_>, letter: char, on: bool) {
    match letter {
        'a' => state.settings.allexport = Some(on),
        'e' => state.settings.errexit = Some(on),
        'f' => state.settings.noglob = on,
        'u' => state.settings.nounset = Some(on),
        _ => {}
    }
}

fn set_name(state: &mut State<'_>, name: &str, on: bool) {
    match name {
        "allexport" => state.settings.allexport = Some(on),
        "errexit" => state.settings.errexit = Some(on),
        "noglob" => state.settings.noglob = on,
        "nounset" => state.settings.nounset = Some(on),
        "pipefail" => state.settings.pipefail = Some(on),
        _ => {}
    }
}

/// The letters that `set`-like options of a shell's command line turn on.
pub(super) fn apply_options(state: &mut State<'_>, arguments: &[Argument]) {
    for (letter, on) in options(arguments).0 {
        set_letter(state, letter, on);
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_table_is_sorted() {
        assert!(super::BUILTINS.is_sorted_by_key(|(name, _)| *name));
    }
}

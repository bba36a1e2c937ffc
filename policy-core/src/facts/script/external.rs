//! External commands: what they are told, and the little that is known of what they do.

use std::sync::Arc;

use super::directories::resolved;
use super::ends::{Ends, Jumps};
use super::launch::Launch;
use super::machine::{COMPARISONS_A_STEP, Machine, unknown};
use super::simple::Call;
use super::state::{Frame, Place, RunnerFile, Settings, State};
use super::values::{all_texts, map_text, only_text};
use super::{Argument, Dialect, Invocation, Process, Script, recognise};
use crate::facts::value::{Origin, OriginKind, Reason, Value};
use crate::syntax::shell::{self, HOLE_END, HOLE_START};

/// A text that a new shell runs.
struct Nested<'a> {
    frame: Frame<'a>,
    script: Arc<Script>,
    dialect: Dialect,
}

impl<'a> Machine<'a> {
    /// Starts an external command.
    pub(super) fn external(&mut self, call: &Call<'_>, mut state: State<'a>, _: &mut Jumps<'a>) -> Ends<'a> {
        let process = state.process();
        let launch = Launch::new(call.argv.to_vec(), process);
        if let Some(ends) = self.nested(&launch, call, &state) {
            return ends;
        }
        self.record(&launch, call, &state);
        if let Some(ends) = self.understood(&launch, call, &mut state) {
            return ends;
        }
        self.touch_files(&launch, &mut state);
        self.emit_anything(&mut state, || Reason::new(format!("output of `{}`", described(&launch.argv))));
        state.drain_stdin();
        Ends::either(state)
    }

    fn record(&mut self, launch: &Launch, call: &Call<'_>, state: &State<'a>) {
        if !self.oracle.concerns(launch.name()) {
            self.record.add_other(&launch.env);
            return;
        }
        let invocation = Invocation {
            argv: launch.argv.clone(),
            env: launch.env.clone(),
            cwd: launch.cwd.clone(),
            location: self.frame.locate(call.span),
            within: self.within.clone(),
            wrappers: launch.wrappers.clone(),
            background: self.background,
            certain: launch.certain && state.weight == super::state::WHOLE,
            ignored: self.ignored,
        };
        self.charge(self.record.known_at(invocation.location.span), COMPARISONS_A_STEP);
        if !self.record.add(invocation) {
            self.problem(call.span, "more commands than are followed");
        }
    }

    /// Shells that run a text, and scripts that can be read.
    fn nested(&mut self, launch: &Launch, call: &Call<'_>, state: &State<'a>) -> Option<Ends<'a>> {
        let dialect = match launch.base_name()? {
            "bash" => Dialect::Bash,
            "sh" | "dash" => Dialect::Sh,
            // A script that is called `go` stands for it: projects keep one as `tool/go` that fetches the release they want.
            _ if recognise::go_command(&launch.argv).is_some() => return None,
            _ => return self.script_file(launch.name()?, launch, 1, None, call, state),
        };
        let start = launch
            .arguments()
            .iter()
            .take_while(|argument| only_text(&argument.value).is_some_and(|text| text.starts_with(['-', '+'])))
            .count();
        let operands_at = start + usize::from(pipefail_option(launch.arguments()));
        let is_text = |argument: &Argument| {
            only_text(&argument.value).is_some_and(|text| text.starts_with('-') && !text.starts_with("--") && text.contains('c'))
        };
        if !launch.arguments().iter().take(start).any(is_text) {
            let file = only_text(&launch.arguments().get(operands_at)?.value)?.to_owned();
            return self.script_file(&file, launch, operands_at + 2, Some(dialect), call, state);
        }
        let text = launch.arguments().get(operands_at).filter(|text| !text.several)?;
        let texts = texts_of(text)?;
        let share = state.weight / texts.len().max(1) as u64;
        let mut ends = Ends::none();
        for (content, holes) in texts {
            let frame = Frame::new(content, Place::Fixed(text.location.clone()), holes);
            let state = state.clone().weighing(share);
            let nested = Nested { script: Arc::new(Script::unread(shell::parse(frame.text()))), frame, dialect };
            ends = ends.join(self.child(nested, launch, operands_at + 3, call, &state));
        }
        Some(ends)
    }

    /// A script of the repository: `at` is where its arguments start in the command line.
    fn script_file(
        &mut self,
        name: &str,
        launch: &Launch,
        at: usize,
        dialect: Option<Dialect>,
        call: &Call<'_>,
        state: &State<'a>,
    ) -> Option<Ends<'a>> {
        if dialect.is_none() && !name.contains('/') {
            return None;
        }
        let path = resolved(&launch.cwd, &Value::text(name, Origin::of(OriginKind::Script)));
        let file = self.oracle.script(only_text(&path)?, dialect.unwrap_or(self.dialect))?;
        let frame = Frame::of_file(&file.text);
        self.within.push(self.frame.locate(call.span));
        let nested = Nested { frame, script: Arc::clone(&file.script), dialect: dialect.unwrap_or(file.dialect) };
        let ends = self.child(nested, launch, at, call, state);
        self.within.pop();
        Some(ends)
    }

    /// Runs a text in a new shell.
    fn child(&mut self, nested: Nested<'a>, launch: &Launch, at: usize, call: &Call<'_>, state: &State<'a>) -> Ends<'a> {
        let Nested { frame, script, dialect } = nested;
        let positional = launch.argv.get(at..).unwrap_or_default();
        let process = Process { env: launch.env.clone(), cwd: launch.cwd.clone(), positional: Vec::new() };
        let settings =
            Settings { errexit: Some(false), nounset: Some(false), pipefail: Some(false), noglob: false, allexport: Some(false) };
        let mut child = State::fresh(process, settings);
        child.positional = super::simple::items(positional);
        child.name = launch.argv.get(at.saturating_sub(1)).map_or_else(|| unknown("name of the shell"), |argument| argument.value.clone());
        super::builtins::apply_options(&mut child, launch.arguments());
        child.settings.pipefail = Some(pipefail_option(launch.arguments()));
        if launch.name().is_some_and(|name| !matches!(name, "bash" | "sh" | "dash")) {
            let asks = frame.text().lines().next().is_some_and(|line| line.starts_with("#!") && line.contains(" -e"));
            child.settings.errexit = child.settings.errexit.map(|errexit| errexit || asks);
        }
        let outer = (self.dialect, std::mem::take(&mut self.guarded));
        self.dialect = dialect;
        child.sinks = state.sinks.clone();
        child.stdin = state.stdin.clone();
        child.captures = state.captures.clone();
        child.files = state.files.clone();
        child.weight = state.weight;
        let ends = self.deeper(child, call.span, |machine, child| machine.framed(frame, |machine| machine.script(&script, child)));
        (self.dialect, self.guarded) = outer;
        ends.map(|child| {
            let mut after = state.after_child(child);
            after.drain_stdin();
            after
        })
    }

    /// Commands whose output is known.
    fn understood(&mut self, launch: &Launch, call: &Call<'_>, state: &mut State<'a>) -> Option<Ends<'a>> {
        if let Some(output) = self.output_of(launch) {
            self.emit_line(state, &output, call.span);
            return Some(Ends::either(state.clone()));
        }
        match (launch.base_name()?, launch.arguments()) {
            ("cat", files) => Some(self.cat(files, state)),
            ("tee", files) => Some(self.tee(files, state)),
            ("dirname", [path]) => Some(self.path_part(path, directory_name, call, state)),
            ("basename", [path]) => Some(self.path_part(path, base_name, call, state)),
            ("printenv", [name]) => {
                let value = Self::set_in(&launch.env, only_text(&name.value)?)?;
                self.emit_line(state, &value, call.span);
                Some(Ends::ok(state.clone()))
            }
            ("sleep" | "mkdir" | "rm" | "chmod" | "touch", arguments) if !self.names_file(arguments) => Some(Ends::either(state.clone())),
            _ => None,
        }
    }

    /// What the world outside knows of a command's output.
    fn output_of(&self, launch: &Launch) -> Option<Value> {
        if !recognise::is_go(launch.name()?) || launch.argv.iter().any(|argument| argument.several) {
            return None;
        }
        let process = Process { env: launch.env.clone(), cwd: launch.cwd.clone(), positional: Vec::new() };
        let values: Vec<Value> = launch.argv.iter().map(|argument| argument.value.clone()).collect();
        self.oracle.output(&values, &process)
    }

    fn path_part(&mut self, path: &Argument, part: fn(&str) -> String, call: &Call<'_>, state: &mut State<'a>) -> Ends<'a> {
        let value = map_text(&path.value, &Origin::of(OriginKind::Computed), "part of a path", |text| Some(part(text)));
        self.emit_line(state, &value, call.span);
        Ends::ok(state.clone())
    }

    fn cat(&mut self, files: &[Argument], state: &mut State<'a>) -> Ends<'a> {
        if files.is_empty() {
            let input = self.take_stdin(state);
            self.emit(state, &input);
            return Ends::ok(state.clone());
        }
        for file in files {
            match (self.runner_file(&file.value), only_text(&file.value)) {
                (_, Some("-")) => {
                    let input = self.take_stdin(state);
                    self.emit(state, &input);
                }
                (Some((file, true)), _) => {
                    let content = state.files.get(file).clone();
                    self.emit(state, &content);
                }
                (_, name) => self.emit_anything(state, || Reason::new(format!("content of `{}`", name.unwrap_or("…")))),
            }
        }
        Ends::either(state.clone())
    }

    fn tee(&mut self, files: &[Argument], state: &mut State<'a>) -> Ends<'a> {
        let input = self.take_stdin(state);
        let appends = files.iter().any(|file| matches!(only_text(&file.value), Some("-a" | "--append" | "-ai" | "-ia")));
        for argument in files {
            match self.runner_file(&argument.value) {
                Some((file, true)) if appends => state.files.get_mut(file).extend(&input),
                Some((file, true)) => *state.files.get_mut(file) = input.clone(),
                Some((file, false)) => state.files.get_mut(file).push_anything(Reason::new("`tee` to one of several files")),
                None => {}
            }
        }
        self.emit(state, &input);
        Ends::either(state.clone())
    }

    fn names_file(&self, arguments: &[Argument]) -> bool {
        arguments.iter().any(|argument| self.runner_file(&argument.value).is_some())
    }

    /// A command that is given one of the runner's files may write anything into it.
    fn touch_files(&mut self, launch: &Launch, state: &mut State<'a>) {
        const READERS: &[&str] =
            &["grep", "wc", "ls", "head", "tail", "stat", "file", "test", "sort", "diff", "cksum", "md5sum", "sha256sum"];
        if launch.base_name().is_some_and(|name| READERS.contains(&name)) {
            return;
        }
        let paths = [
            (Arc::clone(&self.paths.env), RunnerFile::Env),
            (Arc::clone(&self.paths.path), RunnerFile::Path),
            (Arc::clone(&self.paths.output), RunnerFile::Output),
        ];
        for (path, file) in paths {
            let mentions = |argument: &Argument| {
                argument.value.choices().iter().any(|choice| choice.datum.as_text().is_some_and(|text| text.contains(&*path)))
            };
            if launch.arguments().iter().any(mentions) {
                state.files.get_mut(file).push_anything(Reason::new(format!("written by `{}`", described(&launch.argv))));
            }
        }
    }
}

/// A text of commands, with what its holes stand for.
type Commands = (String, Arc<[Value]>);

/// What `-c` runs: each text that it may be, or else one in which the pieces that are not known are holes.
fn texts_of(argument: &Argument) -> Option<Vec<Commands>> {
    if let Some(texts) = all_texts(&argument.value) {
        return Some(texts.into_iter().map(|text| (text.to_owned(), Arc::default())).collect());
    }
    only_text(argument.pieces.first()?)?;
    let mut text = String::new();
    let mut holes = Vec::new();
    for piece in &argument.pieces {
        match only_text(piece) {
            Some(known) => text.push_str(known),
            None => {
                text.push_str(&format!("{HOLE_START}{}{HOLE_END}", holes.len()));
                holes.push(piece.clone());
            }
        }
    }
    Some(vec![(text, holes.into())])
}

/// A command in a few words.
fn described(argv: &[Argument]) -> String {
    let words: Vec<&str> = argv.iter().take(3).map(|argument| only_text(&argument.value).unwrap_or("…")).collect();
    let more = if argv.len() > 3 { " …" } else { "" };
    let text: String = words.join(" ").chars().take(60).collect();
    format!("{text}{more}")
}

fn pipefail_option(arguments: &[Argument]) -> bool {
    arguments.windows(2).any(|pair| matches!(pair, [flag, name] if only_text(&name.value) == Some("pipefail") && only_text(&flag.value).is_some_and(|flag| flag.starts_with('-') && flag.ends_with('o'))))
}

fn directory_name(path: &str) -> String {
    let trimmed = path.trim_end_matches('/');
    match trimmed.rsplit_once('/') {
        _ if trimmed.is_empty() => if path.is_empty() { "." } else { "/" }.to_owned(),
        Some((head, _)) if head.trim_end_matches('/').is_empty() => "/".to_owned(),
        Some((head, _)) => head.trim_end_matches('/').to_owned(),
        None => ".".to_owned(),
    }
}

fn base_name(path: &str) -> String {
    let trimmed = path.trim_end_matches('/');
    match trimmed.rsplit_once('/') {
        _ if trimmed.is_empty() => if path.is_empty() { "" } else { "/" }.to_owned(),
        Some((_, tail)) => tail.to_owned(),
        None => trimmed.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn parts_of_paths_are_those_of_coreutils() {
        for (path, directory, base) in
            [("/a/b/", "/a", "b"), ("a", ".", "a"), ("/", "/", "/"), ("//a", "/", "a"), ("a//b", "a", "b"), ("", ".", "")]
        {
            assert_eq!((super::directory_name(path).as_str(), super::base_name(path).as_str()), (directory, base), "{path}");
        }
    }
}

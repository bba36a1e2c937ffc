//! Tests of the interpreter: scripts and what `go` would see, and a comparison with the real bash.

mod differential;
mod effort;
mod files;
pub(crate) mod generator;
mod quiet;
mod sees;

use super::*;
use crate::facts::value::{Datum, Origin, OriginKind, Reason};
use crate::syntax::shell::{HOLE_END, HOLE_START, parse};

/// Knows what `go env` prints for a few names.
pub(super) struct Answers;

impl Oracle for Answers {
    fn output(&self, argv: &[Value], _: &Process) -> Option<Value> {
        let words: Vec<&str> = argv.iter().map(|value| value.as_text().map(|text| &**text)).collect::<Option<_>>()?;
        match words.as_slice() {
            ["go", "env", "GOPATH"] => Some(Value::text("/home/me/go", Origin::of(OriginKind::Default))),
            _ => None,
        }
    }

    fn script(&self, path: &str, _: Dialect) -> Option<ScriptFile> {
        let text = match path {
            "/work/build.sh" => "#!/bin/bash -e\ncd sub\nexport CGO_ENABLED=0\ngo build \"$@\"\n",
            "/work/tool/go" => "#!/bin/sh\nexec real-go \"$@\"\n",
            "/work/env.sh" => "export GOFLAGS=-mod=mod\nreturn 0\nexport GOFLAGS=dead\n",
            _ => return None,
        };
        Some(ScriptFile {
            text: Text::file(path.trim_start_matches('/'), text),
            script: Arc::new(Script::unread(parse(text))),
            dialect: Dialect::Bash,
        })
    }
}

pub(super) fn options() -> Options {
    Options { errexit: true, nounset: false, pipefail: true, dialect: Dialect::Bash, files: RunnerPaths::default() }
}

/// The environment of a step: a few variables, `HIDDEN` unknown, everything else unset.
pub(super) fn process(variables: &[(&str, &str)]) -> Process {
    let mut env = Environment::empty(false);
    let files = RunnerPaths::default();
    let runner = [("GITHUB_ENV", &*files.env), ("GITHUB_PATH", &*files.path), ("GITHUB_OUTPUT", &*files.output), ("HOME", "/home/me")];
    for (name, value) in runner.iter().chain(variables) {
        env.set(name, Value::text(*value, Origin::of(OriginKind::JobEnv)));
    }
    env.set("HIDDEN", Value::unknown(Reason::new("secrets.HIDDEN")));
    Process { env, cwd: Value::text("/work", Origin::of(OriginKind::Default)), positional: Vec::new() }
}

/// Interprets a script; `⟨0⟩` is a hole that nothing is known of.
pub(super) fn interpreted(script: &str, process: Process, options: &Options) -> Outcome {
    let script = script.replace('⟨', &HOLE_START.to_string()).replace('⟩', &HOLE_END.to_string());
    let read = Script::unread(parse(&script));
    assert_eq!(read.parsed.error, None, "{script}");
    let text = Text::file("ci.yml", script.as_str());
    let locate = |span| Location::new(&text, span);
    let holes = [Value::unknown(Reason::new("inputs.flags"))];
    interpret(&Source { script: &read, text: &script, locate: &locate, holes: &holes }, process, options, &Answers)
}

/// A value in a few characters: `a|b`, `?` for what is unknown, `-` for unset.
pub(super) fn shown(value: &Value) -> String {
    let mut parts: Vec<String> = value
        .choices()
        .iter()
        .map(|choice| match &choice.datum {
            Datum::Unset => "-".to_owned(),
            Datum::Text(text) => format!("{:?}", &**text).trim_matches('"').to_owned(),
            other => format!("{other:?}"),
        })
        .collect();
    parts.sort();
    parts.extend(value.reason().map(|_| "?".to_owned()));
    parts.join("|")
}

/// Go invocations, one a line: `cwd: ENV=… go arguments`, with the variables that matter here.
pub(super) fn seen(outcome: &Outcome) -> String {
    let lines = outcome.invocations.iter().filter(|invocation| recognise::go_command(&invocation.argv).is_some()).map(|invocation| {
        let cwd = Some(shown(&invocation.cwd)).filter(|cwd| cwd != "/work").map(|cwd| format!("[{cwd}] "));
        let names = ["GOFLAGS", "CGO_ENABLED", "GOOS", "X", "Y"];
        let set = names
            .iter()
            .filter(|name| shown(invocation.env.get(name)) != "-")
            .map(|name| format!("{name}={} ", shown(invocation.env.get(name))));
        let argv = invocation.argv.iter().map(|argument| if argument.several { "*".to_owned() } else { shown(&argument.value) });
        let marks = [(invocation.background, " &"), (!invocation.certain, " ~"), (invocation.ignored, " !")];
        let marks = marks.iter().filter(|(on, _)| *on).map(|(_, mark)| *mark);
        let wrappers = invocation.wrappers.iter().map(|wrapper| format!("<{wrapper}> "));
        cwd.into_iter()
            .chain(set)
            .chain(wrappers)
            .chain([argv.collect::<Vec<_>>().join(" ")])
            .chain(marks.map(str::to_owned))
            .collect::<String>()
    });
    lines.collect::<Vec<_>>().join("\n")
}

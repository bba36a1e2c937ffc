//! cmd scripts, and what the `go` commands in them see.

use super::interpret;
use crate::facts::environment::Environment;
use crate::facts::script::session::Setting;
use crate::facts::script::tests::{Answers, process, seen, shown};
use crate::facts::script::{Outcome, RunnerPaths};
use crate::facts::value::{Reason, Value};
use crate::syntax::cmd::parse;
use crate::syntax::shell::{HOLE_END, HOLE_START};
use crate::text::{Location, Text};

fn interpreted(script: &str) -> Outcome {
    let script = script.replace('⟨', &HOLE_START.to_string()).replace('⟩', &HOLE_END.to_string());
    let text = Text::file("ci.yml", script.as_str());
    let locate = |span| Location::new(&text, span);
    let holes = [Value::unknown(Reason::new("inputs.flags"))];
    let files = RunnerPaths::default();
    let setting = Setting { text: &script, locate: &locate, holes: &holes, files: &files, oracle: &Answers };
    interpret(&parse(&script), &setting, process(&[]))
}

#[track_caller]
fn check(script: &str, expected: &str) {
    assert_eq!(seen(&interpreted(script)), expected, "\n{script}");
}

/// What the next step has as `X` and `Y`.
#[track_caller]
fn check_next(script: &str, expected: &str) {
    let mut env = Environment::empty(true);
    let errors = interpreted(script).success.unwrap().env_file.apply(&mut env);
    let shown = ["X", "Y"].map(|name| format!("{name}={:?}", shown(env.get(name))));
    assert_eq!(format!("{} {}", shown.join(" "), if errors.is_empty() { "" } else { "error" }).trim_end(), expected, "\n{script}");
}

#[test]
fn set_changes_the_environment() {
    check("set X=1\ngo test ./...", "X=1 go test ./...");
    check("@echo off\nset \"X=a b\" ignored\ngo a", "X=a b go a");
    check("set X=1 & go a", "X=1  go a");
    check("set X=1\nset X=\ngo a", "go a");
    check("set X=a\nset X=%X%;b\ngo a %X%", "X=a;b go a a;b");
    check("SET X=%HIDDEN%\ngo a", "X=? go a");
    check("set X=⟨0⟩\ngo a", "X=? go a");
    check("set /p X=name?\ngo a", "X=? go a");
    check("set X=1&& go a", "X=1 go a ~");
    check("setlocal\nset X=1\ngo a\nendlocal\ngo b", "X=1 go a\ngo b");
    check("(\nset X=1\ngo a %X%\n)\ngo b %X%", "X=1 go a\nX=1 go b 1");
    check("if exist x ( set X=1 ) else set X=2\ngo a", "X=1 |2 go a");
    check("if \"%X%\"==\"a b\" set X=1\ngo a", "X=-|1 go a");
    check("if not defined X (go a) else (go b)\ngo c", "go a ~\ngo b ~\ngo c");
    check("for %%i in (a b) do go test %%i\ngo x", "go test ? ~\ngo x");
    check("call vcvars.bat\ngo a", "[/work|?] GOFLAGS=-|? CGO_ENABLED=-|? GOOS=-|? X=-|? Y=-|? go a");
}

#[test]
fn words_directories_and_ends() {
    check("cd sub\ngo a\ncd /d ..\ngo b\npushd x y\ngo c\npopd\ngo d", "[/work/sub] go a\ngo b\n[/work/x y] go c\ngo d");
    check("go build -ldflags=\"-s -w\" -o \"a b.exe\" ^\n  ./cmd", "go build -ldflags=-s -w -o a b.exe ./cmd");
    check("go a | find \"x\" & go b 2>nul >out.txt\ngo.exe c > nul", "go a\ngo b\ngo.exe c");
    check("rem go a\n:: go b\n:label\ngo c\nexit /b 0\ngo d", "go c");
    check("if errorlevel 1 exit /b 1\ngo a", "go a");
    check("if errorlevel 1 exit /b 0\ngo a", "go a ~");
    check("call go a\nstart /b go b", "go a\ngo b &");
    check("go a 100%% \"%NOPE%\"", "go a 100% ");
}

#[test]
fn the_runner_gets_what_echo_writes() {
    check_next("echo X=1>>%GITHUB_ENV%", "X=\"\" Y=\"-\"");
    check_next("echo X=1 >> %GITHUB_ENV%", "X=\"1 \" Y=\"-\"");
    check_next("echo X=a>> \"%GITHUB_ENV%\"\n>>%GITHUB_ENV% echo Y=b", "X=\"a\" Y=\"b\"");
    check_next("(\necho X=a\necho Y=b\n) >> %GITHUB_ENV%", "X=\"a\" Y=\"b\"");
    check_next("(echo X=a& echo Y=b) >> %GITHUB_ENV%", "X=\"a\" Y=\"b\"");
    check_next("echo X=a>>%GITHUB_ENV%\necho Y=b>%GITHUB_ENV%", "X=\"-\" Y=\"b\"");
    check_next("if exist x echo X=a>>%GITHUB_ENV%", "X=\"-|a\" Y=\"-\"");
    check_next("echo X=%HIDDEN%>>%GITHUB_ENV%", "X=\"?\" Y=\"-\"");
    check_next("type vars.txt >> %GITHUB_ENV%", "X=\"-|?\" Y=\"-|?\"");
    check_next("python tool.py %GITHUB_ENV%", "X=\"-|?\" Y=\"-|?\"");
    check_next("echo %GITHUB_ENV%\nset X=1", "X=\"-\" Y=\"-\"");
}

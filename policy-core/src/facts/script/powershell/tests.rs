//! Scripts, and what the `go` commands in them see.

use crate::facts::script::session::Setting;
use crate::facts::script::tests::{Answers, process, seen};
use crate::facts::script::{Outcome, RunnerPaths};
use crate::facts::value::{Reason, Value};
use crate::syntax::powershell::parse;
use crate::syntax::shell::{HOLE_END, HOLE_START};
use crate::text::{Location, Text};

use super::{Edition, interpret};

fn interpreted(script: &str, edition: Edition) -> Outcome {
    let script = script.replace('⟨', &HOLE_START.to_string()).replace('⟩', &HOLE_END.to_string());
    let parsed = parse(&script);
    assert_eq!(parsed.unknown, [], "{script}");
    let text = Text::file("ci.yml", script.as_str());
    let locate = |span| Location::new(&text, span);
    let holes = [Value::unknown(Reason::new("inputs.flags"))];
    let files = RunnerPaths::default();
    let setting = Setting { text: &script, locate: &locate, holes: &holes, files: &files, oracle: &Answers };
    interpret(&parsed.block, &setting, edition, process(&[]))
}

#[track_caller]
fn check(script: &str, expected: &str) {
    assert_eq!(seen(&interpreted(script, Edition::Core)), expected, "\n{script}");
}

#[test]
fn the_environment_is_the_process_own() {
    check("$env:X = 'a'; go test ./...", "X=a go test ./...");
    check("$Env:X=\"a b\"\n${env:Y} = $env:X + '-c'\ngo test", "X=a b Y=a b-c go test");
    check("$x = 'v1'; $env:X = \"$x-$($x)`t\"; go a $x", "X=v1-v1\\t go a v1");
    check("$env:X = '1'; $env:X += ';2'; Remove-Item Env:\\Y; go a", "X=1;2 go a");
    check("$env:X = '1'; Remove-Item Env:X; go a", "go a");
    check("Set-Item -Path env:X -Value y; Set-Item env:Y z; go a", "X=y Y=z go a");
    check("New-Item -Path Env: -Name X -Value y; go a", "X=y go a");
    check("[Environment]::SetEnvironmentVariable('X', 'y'); go a", "X=y go a");
    check("[System.Environment]::SetEnvironmentVariable(\"X\", \"y\", [System.EnvironmentVariableTarget]::Process); go a", "X=y go a");
    check("[Environment]::SetEnvironmentVariable('X', 'y', 'Machine'); go a", "go a");
    check("$env:X = $null; $env:Y = $env:HIDDEN; go a", "Y=? go a");
    check("$env:X = ''; go a", "X=-| go a");
    check("$env:X = (Get-Date).Year; go a", "X=? go a");
}

//! Scripts, and what the `go` commands in them see.

use crate::facts::environment::Environment;
use crate::facts::script::session::Setting;
use crate::facts::script::tests::{Answers, process, seen, shown};
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
    check("$env:X = ''; go a", "X=|- go a");
    check("$env:X = (Get-Date).Year; go a", "X=? go a");
}

#[test]
fn words_reach_programs_as_powershell_cuts_them() {
    check("go test -v ./... 'a b' \"c $env:X\" d`-e", "go test -v ./... a b c  d-e");
    check("go build -ldflags=\"-s -w\" -o bin\\x.exe `\n  ./cmd # comment", "go build -ldflags=-s -w -o bin\\\\x.exe ./cmd");
    check("go test -coverprofile=c.out -coverprofile c.out", "go test * -coverprofile c.out");
    assert_eq!(seen(&interpreted("go test -coverprofile=c.out", Edition::Windows)), "go test -coverprofile=c .out");
    check("go test \"-coverprofile=c.out\" --x=c.out -mod=mod", "go test -coverprofile=c.out --x=c.out -mod=mod");
    check("go build -tags a,b", "go build -tags a,b");
    check(
        "& go version; & \"go\" env; .\\go.exe a; & 'C:\\go\\bin\\go.exe' b",
        "go version\ngo env\n.\\\\go.exe a\nC:\\\\go\\\\bin\\\\go.exe b",
    );
    check("go test @args; go a ⟨0⟩ \"⟨0⟩\"", "go test *\ngo a * ?");
    check("go a $(go env GOPATH) x", "go env GOPATH\ngo a /home/me/go x");
    check("$p = go env GOPATH\n$env:X = \"$p/bin\"\ngo a", "go env GOPATH\nX=/home/me/go/bin go a");
    check("go test ./... | Tee-Object out.txt; go list 2>&1 | Out-Null", "go test ./...\ngo list");
    check("go test --% -a b", "go test -a b");
    check("<# go a #>\n# go b\ngo c", "go c");
}

#[test]
fn directories_and_branches() {
    check("cd sub; go a; Set-Location ..; go b; Push-Location x; go c; Pop-Location; go d", "[/work/sub] go a\ngo b\n[/work/x] go c\ngo d");
    check("if ($IsWindows) { $env:X = '1' } else { $env:X = '2' }\ngo a", "X=1|2 go a");
    check("if ($a -eq 1) { $env:X = '1' }\ngo a", "X=-|1 go a");
    check("if ($a -eq 1) { exit 1 }\ngo a\nif ($b) { exit 0 }\ngo b", "go a\ngo b ~");
    check("foreach ($d in Get-ChildItem) { Push-Location $d; go test; Pop-Location }\ngo x", "[?] go test ~\ngo x");
    check("1..3 | ForEach-Object { $env:X = '1'; go test }\ngo x", "X=1 go test ~\nX=-|1 go x");
    check("try { $env:X = '1'; go a } catch { go b } finally { go c }", "X=1 go a ~\nX=-|1 go b ~\nX=-|1 go c");
    check("switch ($x) { 'a' { $env:X = '1' } default { go b } }\ngo c", "go b ~\nX=-|1 go c");
    check("function f { param($n) $env:X = '1'; go $n }\ngo a\nf x\ngo b", "go a\nX=1 go ?\nX=1 go b");
    check("go a && go b || go c\ngo d", "go a\ngo b ~\ngo c ~\ngo d");
    check("go a &\ngo b", "go a &\ngo b");
    check("while ($true) { go a; break }", "go a ~");
    check("throw 'x'\ngo a", "");
    check("./vars.ps1\ngo a", "[/work|?] GOFLAGS=-|? CGO_ENABLED=-|? GOOS=-|? X=-|? Y=-|? go a");
    check("iex $x; go a", "[/work|?] GOFLAGS=-|? CGO_ENABLED=-|? GOOS=-|? X=-|? Y=-|? go a");
}

/// What the next step has as `X` and `Y`.
#[track_caller]
fn check_next(script: &str, expected: &str) {
    let mut env = Environment::empty(true);
    let errors = interpreted(script, Edition::Core).success.unwrap().env_file.apply(&mut env);
    assert_eq!(errors, [], "{script}");
    let shown = ["X", "Y"].map(|name| format!("{name}={}", shown(env.get(name))));
    assert_eq!(shown.join(" "), expected, "\n{script}");
}

#[test]
fn the_runner_gets_what_is_written() {
    check_next("echo \"X=a b\" >> $env:GITHUB_ENV", "X=a b Y=-");
    check_next("\"X=a\" | Out-File -FilePath $env:GITHUB_ENV -Append", "X=a Y=-");
    check_next("echo \"X=$env:HIDDEN\" | Out-File -FilePath $Env:GITHUB_ENV -Encoding utf8 -Append", "X=? Y=-");
    check_next("Write-Output 'X=a' 'Y=b' | Out-File $env:GITHUB_ENV -Append", "X=a Y=b");
    check_next("Add-Content $env:GITHUB_ENV \"X=a\"; Add-Content -Path $env:GITHUB_ENV -Value 'Y=b'", "X=a Y=b");
    check_next("\"X=a\", \"Y=b\" >> \"$env:GITHUB_ENV\"", "X=a Y=b");
    check_next("@\"\nX=a\nY<<E\n1\n2\nE\n\"@ >> $env:GITHUB_ENV", "X=a Y=1\\n2");
    check_next("\"X=a\" >> $env:GITHUB_ENV; \"Y=b\" > $env:GITHUB_ENV", "X=- Y=b");
    check_next("[System.IO.File]::AppendAllText($env:GITHUB_ENV, \"X=a`n\")", "X=a Y=-");
    check_next("$v = '1'; if ($x) { $v = '2' }; \"X=$v\" >> $env:GITHUB_ENV", "X=1|2 Y=-");
    check_next("if ($x) { \"X=a\" >> $env:GITHUB_ENV }", "X=-|a Y=-");
    check_next("$f = $env:GITHUB_ENV; \"X=$(go env GOPATH)\" >> $f", "X=/home/me/go Y=-");
    check_next("Write-Host \"X=a\" >> $env:GITHUB_ENV", "X=- Y=-");
    check_next("Get-Content vars.txt >> $env:GITHUB_ENV", "X=-|? Y=-|?");
    check_next("Get-Content vars.txt | % { $_ >> $env:GITHUB_ENV }", "X=-|? Y=-|?");
    check_next("python x.py --env-file $env:GITHUB_ENV", "X=-|? Y=-|?");
    check_next("bash -c 'echo X=1 >> $GITHUB_ENV'", "X=-|? Y=-|?");
    check_next("Write-Host $env:GITHUB_ENV; Test-Path $env:GITHUB_ENV; $env:X = '1'", "X=- Y=-");
}

#[test]
fn windows_powershell_writes_another_encoding() {
    let next = |script: &str| {
        let mut env = Environment::empty(true);
        interpreted(script, Edition::Windows).success.unwrap().env_file.apply(&mut env);
        shown(env.get("X"))
    };
    assert_eq!(next("'X=a' >> $env:GITHUB_ENV"), "-|?");
    assert_eq!(next("'X=a' | Out-File $env:GITHUB_ENV -Append -Encoding utf8"), "a");
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 500, failure_persistence: None, ..Default::default() })]

    /// What cannot be followed takes nothing away from what was seen before it.
    #[test]
    fn whatever_follows_is_no_crash(rest in crate::syntax::powershell::tests::pieces()) {
        let script = format!("$env:X = 'a'; go a;\n{rest}");
        let text = Text::file("ci.yml", script.as_str());
        let locate = |span| Location::new(&text, span);
        let files = RunnerPaths::default();
        let setting = Setting { text: &script, locate: &locate, holes: &[], files: &files, oracle: &Answers };
        let outcome = interpret(&parse(&script).block, &setting, Edition::Core, process(&[]));
        let seen = seen(&outcome);
        proptest::prop_assert!(seen.starts_with("X=a go a"), "{seen}");
        let script = format!("set X=a\ngo a\n{rest}");
        let setting = Setting { text: &script, ..setting };
        let locate = |_| Location::new(&text, crate::text::Span::default());
        let setting = Setting { locate: &locate, ..setting };
        crate::facts::script::batch::interpret(&crate::syntax::cmd::parse(&script), &setting, process(&[]));
    }
}

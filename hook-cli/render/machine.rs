//! The environment of this machine for people.

use std::io::{self, Write};

use policy_core::facts::value::OriginKind;
use policy_core::judge::{Finding, Severity};
use policy_core::machine_report::{GoReport, MachineReport};
use policy_core::trace::{TraceOrigin, TraceValue};

use super::escape::{sentence, visible};
use super::trace::Row;
use super::{View, severity_word};

/// Variables that belong together. What is in none of the groups is about builds.
struct Group {
    title: &'static str,
    names: &'static [&'static str],
    /// These are shown even if nobody set them.
    main: &'static [&'static str],
}

#[rustfmt::skip]
static GROUPS: &[Group] = &[
    Group {
        title: "Toolchain",
        names: &["GOENV", "GOHOSTARCH", "GOHOSTOS", "GOROOT", "GOTELEMETRY", "GOTELEMETRYDIR", "GOTOOLCHAIN", "GOTOOLDIR", "GOVERSION"],
        main: &["GOENV", "GOROOT", "GOTOOLCHAIN"],
    },
    Group {
        title: "Modules",
        names: &["GO111MODULE", "GOAUTH", "GOINSECURE", "GOMOD", "GONOPROXY", "GONOSUMDB", "GOPRIVATE", "GOPROXY", "GOSUMDB", "GOVCS", "GOWORK"],
        main: &["GOMOD", "GOPROXY", "GOSUMDB"],
    },
    Group {
        title: "Directories",
        names: &["GOBIN", "GOCACHE", "GOCACHEPROG", "GOMODCACHE", "GOPATH", "GOTMPDIR"],
        main: &["GOCACHE", "GOMODCACHE", "GOPATH"],
    },
    Group { title: "Build", names: &[], main: &["CC", "CGO_ENABLED", "GOARCH", "GOFLAGS", "GOOS"] },
];

/// Writes which Go there is, then each group: verdict, name, value, what set it. Variables that nobody set are left out unless they matter
/// or everything is asked for.
pub(super) fn environment(machine: &MachineReport, findings: &[Finding], view: View, out: &mut dyn Write) -> io::Result<()> {
    for line in go_lines(machine) {
        writeln!(out, "{line}")?;
    }
    for group in GROUPS {
        let rows: Vec<(String, Row)> = machine
            .environment
            .iter()
            .filter(|(name, value)| group.holds(name) && (view.verbose || group.shows(name, value)))
            .map(|(name, value)| (verdict(name, value, findings), row(name, value)))
            .collect();
        if !rows.is_empty() {
            writeln!(out, "\n{}", group.title)?;
            write_rows(&rows, out)?;
        }
    }
    writeln!(out)
}

/// `go 1.26.8 is /usr/local/go/bin/go (linux/amd64)`, and what is out of the ordinary.
fn go_lines(machine: &MachineReport) -> Vec<String> {
    let go = &machine.go;
    let command = go.command.as_deref().map_or_else(|| String::from("not found"), visible);
    let installed = go.installed.as_deref().map_or_else(String::new, |release| format!(" {}", visible(release)));
    let mut lines = vec![format!("go{installed} is {command} ({})", visible(&machine.platform))];
    lines.extend(no_answer(go));
    if go.is_wrapper && go.answer == "answers" {
        lines.push(String::from("it is a wrapper, asked outside the repository: it may choose another Go here"));
    }
    match (&go.runs, &go.needs) {
        (Some(runs), _) if go.installed.as_ref().is_some_and(|installed| installed != runs) => {
            let first = if go.present == Some(false) { " after it has been downloaded" } else { "" };
            lines.push(format!("go {} does the work{first}: the module asks for it, and Go switches", visible(runs)));
        }
        (None, Some(needs)) => lines.push(format!("the module needs go {}, and Go may not switch", visible(needs))),
        _ => {}
    }
    lines
}

fn no_answer(go: &GoReport) -> Option<String> {
    let problem = go.problem.as_deref().map_or_else(String::new, |problem| format!(": {}", sentence(problem)));
    let what = match go.answer {
        "answers" | "not-asked" => return None,
        "absent" => "there is no go command",
        "no-program" => "go cannot be run",
        "hangs" => "go does not answer",
        "fails" => "go env fails",
        _ => "go env prints something else",
    };
    Some(format!("{what}{problem}; what follows is worked out from variables and files"))
}

impl Group {
    fn holds(&self, name: &str) -> bool {
        if self.names.is_empty() { !GROUPS.iter().any(|group| group.names.contains(&name)) } else { self.names.contains(&name) }
    }

    fn shows(&self, name: &str, value: &TraceValue) -> bool {
        self.main.contains(&name) || !value.is_default() && !matches!(value, TraceValue::Unknown { .. })
    }
}

/// A variable with where its value comes from, in words.
fn row(name: &str, value: &TraceValue) -> Row {
    let row = Row::new(name, value, "");
    match value {
        TraceValue::Known { origin, .. } => Row { origin: origin_words(origin), ..row },
        _ => row,
    }
}

/// `environment`, `go env -w (/home/me/.config/go/env:3)`, `Go's default`
fn origin_words(origin: &TraceOrigin) -> String {
    let place = match (&origin.path, origin.line) {
        (Some(path), Some(line)) => format!("{}:{line}", visible(path)),
        _ => String::new(),
    };
    match origin.kind {
        OriginKind::Process => String::from("environment"),
        OriginKind::GoEnvFile => format!("go env -w ({place})"),
        OriginKind::Default => origin.detail.as_deref().map_or_else(|| String::from("Go's default"), sentence),
        _ if place.is_empty() => super::trace::origin_words(origin),
        _ => place,
    }
}

/// The worst that was found about a variable.
fn verdict(name: &str, value: &TraceValue, findings: &[Finding]) -> String {
    let about = findings.iter().filter(|finding| finding.route == name);
    let worst = about.map(|finding| finding.severity).max();
    let unknown = matches!(value, TraceValue::Unknown { .. });
    String::from(worst.map_or(if unknown { "?" } else { "ok" }, |severity: Severity| severity_word(severity)))
}

/// Values are padded to at most this many characters.
const WIDEST: usize = 40;

fn write_rows(rows: &[(String, Row)], out: &mut dyn Write) -> io::Result<()> {
    let widest = |cell: fn(&Row) -> &str| rows.iter().map(|(_, row)| cell(row).chars().count().min(WIDEST)).max().unwrap_or(0);
    let (names, values) = (widest(|row| &row.name), widest(|row| &row.value));
    for (verdict, Row { name, value, origin }) in rows {
        let line = format!("  {verdict:7}  {name:names$} = {value:values$}   {origin}");
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::fixture;
    use policy_core::world::machine::Platform;
    use policy_core::world::{Entry, MemoryMachine};

    fn text_of(machine: &MemoryMachine, view: View) -> String {
        let report = policy_core::describe_machine(machine, false);
        let mut finding = fixture::finding("cache-off", "m", "c", (0, 1));
        finding.route = String::from("GOCACHE");
        let mut out = Vec::new();
        environment(&report, &[finding], view, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn machine() -> MemoryMachine {
        MemoryMachine::new(Platform { os: "linux", arch: "amd64" }, 1000, "/home/me/project")
            .with_variable("HOME", "/home/me")
            .with_variable("PATH", "/opt/go/bin")
            .with_variable("GOCACHE", "relative\u{1b}[2J")
            .with_variable("GOPROXY", "https://me:secret@proxy.example,direct")
            .with("/home/me/.config/go/env", Entry::file(1000, "GOFLAGS=-mod=mod\n"))
            .with("/home/me/project/go.mod", Entry::file(1000, "module m\ngo 1.25.0\n"))
            .with("/opt/go/bin/go", Entry::program(0, ""))
            .with("/opt/go/VERSION", Entry::file(0, "go1.24.1\n"))
            .with("/opt/go/go.env", Entry::file(0, "GOTOOLCHAIN=auto\n"))
            .with("/opt/go/pkg/tool/linux_amd64/compile", Entry::program(0, ""))
    }

    #[test]
    fn is_grouped_with_values_origins_and_verdicts() {
        insta::assert_snapshot!(text_of(&machine(), View::default()));
    }

    #[test]
    fn shows_everything_when_asked_and_acts_on_nothing() {
        let text = text_of(&machine(), View { verbose: true, ..View::default() });
        assert!(text.contains("GOSUMDB") && text.contains("GOAMD64"), "{text}");
        assert!(!text.contains("secret") && !text.chars().any(|c| c.is_control() && c != '\n'), "{text}");
    }

    #[test]
    fn a_machine_without_go_is_shown_too() {
        let machine = MemoryMachine::new(Platform { os: "linux", arch: "amd64" }, 1, "/").with_variable("HOME", "/root");
        let text = text_of(&machine, View::default());
        assert!(text.starts_with("go is not found (linux/amd64)\nthere is no go command: no directory of PATH holds"), "{text}");
        assert!(text.contains("GOPATH     = /root/go"), "{text}");
    }
}

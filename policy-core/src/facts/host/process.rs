//! The environment of this process, as a text that findings can point into.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::facts::environment::Environment;
use crate::facts::go::{names, variables};
use crate::facts::value::{Origin, OriginKind, Value};
use crate::text::{Location, Span, Text};
use crate::world::Machine;

/// What the text of the process environment is called.
pub(super) const ENVIRONMENT: &str = "<environment>";

/// Variables of the system that Go finds programs and directories by; they are shown as Go's own are.
const OF_SYSTEM: &[&str] =
    &["AppData", "HOME", "LocalAppData", "PATH", "TEMP", "TMP", "TMPDIR", "USERPROFILE", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"];

/// The environment of this process; every variable that is shown knows its place in the text.
///
/// Of variables that are neither Go's nor one of those that Go finds its directories by, nothing is shown: they may hold secrets. Of
/// names that look like a slip of one of Go's, only the name.
pub(super) fn read(machine: &dyn Machine) -> Environment {
    let all = machine.variables();
    let ignores_case = machine.platform().os == "windows";
    let lines: Vec<Line> = all.iter().filter_map(|(name, value)| Line::of(name, value, ignores_case)).collect();
    let text = Text::synthetic(ENVIRONMENT, lines.iter().map(|line| format!("{}\n", line.text)).collect::<String>());
    let mut places: BTreeMap<&str, Location> = BTreeMap::new();
    let mut start = 0;
    for line in &lines {
        let end = start + line.text.len();
        places.insert(line.name, Location::new(&text, Span::new(start + line.value_at, end)));
        start = end + 1;
    }
    let mut environment = Environment::empty(ignores_case);
    for (name, value) in &all {
        let location = places.remove(name.as_str());
        let origin = Origin { kind: OriginKind::Process, location, detail: None, overrode: None };
        environment.set(name, Value::text(value.as_str(), Arc::new(origin)));
    }
    environment
}

struct Line<'a> {
    name: &'a str,
    text: String,
    /// Where the value starts in the text; 0 if it is not shown, or empty.
    value_at: usize,
}

impl<'a> Line<'a> {
    fn of(name: &'a str, value: &'a str, ignores_case: bool) -> Option<Self> {
        let is = |known: &&str| if ignores_case { known.eq_ignore_ascii_case(name) } else { *known == name };
        if variables::lookup(name).is_some() || OF_SYSTEM.iter().any(is) {
            let value_at = if value.is_empty() { 0 } else { name.len() + 1 };
            Some(Self { name, text: format!("{name}={}", on_one_line(value)), value_at })
        } else {
            names::nearest(name).map(|_| Self { name, text: name.to_owned(), value_at: 0 })
        }
    }
}

/// Line breaks would make one variable look like several.
fn on_one_line(value: &str) -> String {
    value.replace(['\n', '\r'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::MemoryMachine;
    use crate::world::machine::Platform;

    #[test]
    fn shows_what_go_reads_and_of_slips_the_name() {
        let machine = MemoryMachine::new(Platform { os: "linux", arch: "amd64" }, 1, "/")
            .with_variable("GOFLAGS", "-v\n-x")
            .with_variable("GOPROXYS", "https://token@host")
            .with_variable("AWS_SECRET_ACCESS_KEY", "secret")
            .with_variable("HOME", "");
        let environment = read(&machine);
        let location = environment.get("GOFLAGS").single().unwrap().origin.location.clone().unwrap();
        assert_eq!(location.text.content(), "GOFLAGS=-v -x\nGOPROXYS\nHOME=\n");
        assert_eq!(location.source(), "-v -x");
        assert_eq!(environment.get("HOME").single().unwrap().origin.location.as_ref().unwrap().source(), "HOME=");
        assert!(environment.get("AWS_SECRET_ACCESS_KEY").single().unwrap().origin.location.is_none());
    }
}

//! Whether a script can have any bearing on Go, as far as its words tell. Most scripts of a workflow have none, and need not be followed.

use std::sync::Arc;

use super::wrappers;
use crate::facts::go::variables;
use crate::syntax::shell::ast::{Part, Word};
use crate::syntax::shell::{Parsed, any_command, parse};

/// Commands that run a text or a file, which may be anything.
const RUNNERS: &[&str] = &[".", "bash", "dash", "eval", "sh", "source"];
/// Builtins that run the command behind them.
const PREFIXES: &[&str] = &["builtin", "command", "env", "exec"];
/// The names of the runner's files begin with these; [`super::RunnerPaths`] are the paths that stand for them.
const RUNNER_FILES: &[&str] = &["GITHUB_ENV", "GITHUB_PATH", "GITHUB_OUTPUT", "<github-"];

/// A question about the name of a command.
pub(crate) type Concerns<'c> = &'c dyn Fn(&str) -> bool;

/// A script that was read once, however often it runs.
#[derive(Debug)]
pub(crate) struct Script {
    /// Its tree.
    pub(crate) parsed: Arc<Parsed>,
    /// Whether it may run a command of concern, names a variable of Go or a file of the runner, or may run something that does
    /// not stand in it. If not, it leaves nothing behind that Go could see.
    pub(crate) has_bearing: bool,
}

impl Script {
    /// Reads a text; `concerns` tells which commands are of concern.
    pub(crate) fn read(text: &str, concerns: Concerns<'_>) -> Self {
        let parsed = parse(text);
        let has_bearing = RUNNER_FILES.iter().any(|name| text.contains(name))
            || names_variable(text)
            || any_command(&parsed.list, &|words| may_concern(words, concerns));
        Self { parsed: Arc::new(parsed), has_bearing }
    }
}

fn names_variable(text: &str) -> bool {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    words.filter(|word| word.starts_with(|c: char| c.is_ascii_uppercase())).any(|word| variables::lookup(word).is_some())
}

fn may_concern(words: &[Word], concerns: Concerns<'_>) -> bool {
    let Some((first, rest)) = words.split_first() else { return false };
    let Some(name) = plain(first) else { return true };
    if RUNNERS.contains(&&*name) || is_path(&name) || concerns(&name) {
        return true;
    }
    let runs_another = PREFIXES.contains(&&*name) || wrappers::find(&name).is_some();
    runs_another && rest.iter().any(|word| plain(word).is_none_or(|text| may_name_command(&text, concerns)))
}

/// Whether a word behind a wrapper may be a command of concern.
fn may_name_command(text: &str, concerns: Concerns<'_>) -> bool {
    RUNNERS.contains(&text) || is_path(text) || concerns(text) || text.split_whitespace().count() > 1
}

/// Whether a name may lead to a script of the repository. Directories of the system hold none.
fn is_path(name: &str) -> bool {
    let of_system = ["/bin/", "/etc/", "/opt/", "/usr/", "/var/", "/dev/", "/tmp/", "/mnt/"];
    name.contains('/') && !name.starts_with('-') && !of_system.iter().any(|directory| name.starts_with(directory))
}

/// The text of a word in which nothing is expanded.
pub(crate) fn plain(word: &Word) -> Option<String> {
    word.parts.iter().map(plain_part).collect()
}

fn plain_part(part: &Part) -> Option<String> {
    match part {
        Part::Literal(text) if text.contains(['{', '*', '?', '[']) && text != "[" => None,
        Part::Literal(text) | Part::Quoted(text) => Some(text.clone()),
        Part::DoubleQuoted(parts) => parts.iter().map(plain_part).collect(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn has_bearing(script: &str) -> bool {
        Script::read(script, &|name| name.rsplit('/').next() == Some("go")).has_bearing
    }

    #[test]
    fn what_may_reach_go_is_followed() {
        for script in [
            "go test",
            "a && \"go\" test",
            "sudo -E env A=1 go test",
            "xargs go vet",
            "/usr/local/go/bin/go build",
            "$TOOL build",
            "timeout 5m \"$@\"",
            "./build.sh",
            "bash build.sh",
            ". ./env",
            "eval \"$X\"",
            "sudo ./build.sh",
            "env -S \"go test\"",
            "export GOFLAGS=-mod=mod",
            "echo A=1 >> $GITHUB_ENV",
            "echo \"A=$(go env GOPATH)\"",
        ] {
            assert!(has_bearing(script), "{script}");
        }
    }

    #[test]
    fn what_cannot_is_not() {
        for script in [
            "echo go; [ -n \"$X\" ] && exit 1",
            "sudo apt-get install -y gcc",
            "sudo mkdir -p /mnt/cache",
            "docker run --rm golang go test",
            "X=$(git describe); curl -sSf \"https://example.com/$X\" | tar xz",
            "for x in *.go; do gofmt -l \"$x\"; done",
        ] {
            assert!(!has_bearing(script), "{script}");
        }
    }
}

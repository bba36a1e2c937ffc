//! Whether a script can have any bearing on Go, as far as its words tell. Most scripts of a workflow have none, and need not be followed.

use std::sync::Arc;

use super::reach::{Concerns, Reach};
use crate::syntax::shell::ast::{Item, List};
use crate::syntax::shell::{Parsed, parse};

/// A script that was read once, however often it runs.
#[derive(Debug)]
pub(crate) struct Script {
    /// Its tree.
    pub(crate) parsed: Arc<Parsed>,
    /// Whether it may run a command of concern, names a variable of Go or a file of the runner, or may run something that does
    /// not stand in it. If not, it leaves nothing behind that Go could see.
    pub(crate) has_bearing: bool,
    /// What its items may lead to, in order; of those that are missing nothing is known.
    pub(super) reach: Vec<Arc<Reach>>,
}

impl Script {
    /// Reads a text; `concerns` tells which commands are of concern.
    pub(crate) fn read(text: &str, concerns: Concerns<'_>) -> Self {
        let script = Self::unread(parse(text));
        let reach: Vec<_> = parts(&script.parsed.list, text).map(|(item, text)| Arc::new(Reach::of_item(item, text, concerns))).collect();
        let has_bearing = reach.iter().any(|reach| reach.may_matter());
        Self { has_bearing, reach, ..script }
    }

    /// A script that is to be followed to its end.
    pub(crate) fn unread(parsed: Parsed) -> Self {
        Self { parsed: Arc::new(parsed), has_bearing: true, reach: Vec::new() }
    }
}

/// The items of a list, each with its characters up to the next: here-documents stand behind the commands that they belong to.
pub(super) fn parts<'t>(list: &'t List, text: &'t str) -> impl Iterator<Item = (&'t Item, &'t str)> {
    let start = |item: &Item| item.first.commands.first().map_or(0, |command| command.span.range().start);
    let ends = list.items.iter().skip(1).map(start).chain([text.len()]);
    let mut from = list.items.first().map_or(0, start);
    list.items.iter().zip(ends).map(move |(item, end)| {
        let part = text.get(from..end).unwrap_or(text);
        from = end;
        (item, part)
    })
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

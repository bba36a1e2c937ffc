//! Which commands are Go.

use super::Argument;
use super::values::only_text;
use crate::facts::version::GoVersion;

/// A way to call the `go` command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum GoCommand {
    /// `go`, found on `PATH`.
    OnPath,
    /// `/usr/local/go/bin/go`, `./tool/go`: the path as written.
    AtPath(String),
    /// `gotip` of golang.org/dl.
    Tip,
    /// `go1.22.3` of golang.org/dl.
    Release(GoVersion),
}

/// Which Go command a command line calls; `None` if it is another command, or not known.
pub(crate) fn go_command(argv: &[Argument]) -> Option<GoCommand> {
    let first = argv.first().filter(|first| !first.several)?;
    named(only_text(&first.value)?)
}

/// Whether a command of that name is Go.
pub(crate) fn is_go(name: &str) -> bool {
    named(name).is_some()
}

fn named(name: &str) -> Option<GoCommand> {
    let base = name.rsplit(['/', '\\']).next()?;
    let base = base.strip_suffix(".exe").unwrap_or(base);
    match base {
        "go" if name.contains(['/', '\\']) => Some(GoCommand::AtPath(name.to_owned())),
        "go" => Some(GoCommand::OnPath),
        "gotip" => Some(GoCommand::Tip),
        _ => GoVersion::parse(base.strip_prefix("go")?).filter(|_| !base.contains(['-', ' '])).map(GoCommand::Release),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_go_are_recognised() {
        assert_eq!(named("go"), Some(GoCommand::OnPath));
        assert_eq!(named("go.exe"), Some(GoCommand::OnPath));
        assert_eq!(named("./tool/go"), Some(GoCommand::AtPath("./tool/go".to_owned())));
        assert_eq!(named("C:\\go\\bin\\go.exe"), Some(GoCommand::AtPath("C:\\go\\bin\\go.exe".to_owned())));
        assert_eq!(named("gotip"), Some(GoCommand::Tip));
        assert_eq!(named("go1.22.3"), GoVersion::parse("1.22.3").map(GoCommand::Release));
        for other in ["gofmt", "got", "golangci-lint", "go-task", "mango", "go/", "go1.x", "GO"] {
            assert_eq!(named(other), None, "{other}");
        }
    }
}

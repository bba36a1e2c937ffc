//! Programs of a script that may compile Go code in ways that cannot be seen: `make`, `docker`, a script, anything unheard of.

use std::cell::RefCell;

use super::actions;
use crate::facts::script::{Invocation, plain, runs_another};
use crate::syntax::shell::any_command;
use crate::syntax::shell::ast::{List, Word};

/// Programs and builtins that compile nothing, in alphabetical order.
static HARMLESS: &[&str] = &[
    ":",
    "[",
    "alias",
    "apk",
    "apt",
    "apt-get",
    "awk",
    "aws",
    "az",
    "base64",
    "basename",
    "brew",
    "bzip2",
    "cat",
    "cd",
    "chmod",
    "choco",
    "chown",
    "codecov",
    "comm",
    "cp",
    "curl",
    "cut",
    "date",
    "declare",
    "df",
    "diff",
    "dirname",
    "dnf",
    "du",
    "echo",
    "exit",
    "export",
    "expr",
    "false",
    "file",
    "gcloud",
    "gcov",
    "gh",
    "git",
    "gofmt",
    "gofumpt",
    "goimports",
    "goveralls",
    "gpg",
    "grep",
    "gunzip",
    "gzip",
    "head",
    "hostname",
    "id",
    "jq",
    "kill",
    "ln",
    "local",
    "ls",
    "md5sum",
    "misspell",
    "mkdir",
    "mktemp",
    "mv",
    "openssl",
    "pip",
    "pip3",
    "pipx",
    "popd",
    "printenv",
    "printf",
    "ps",
    "pushd",
    "pwd",
    "read",
    "readlink",
    "readonly",
    "realpath",
    "return",
    "rm",
    "rmdir",
    "rsync",
    "scp",
    "sed",
    "seq",
    "set",
    "sha256sum",
    "shasum",
    "shellcheck",
    "shellfmt",
    "shift",
    "shopt",
    "sleep",
    "sort",
    "stat",
    "sudo",
    "systemctl",
    "tail",
    "tar",
    "tee",
    "test",
    "touch",
    "tr",
    "trap",
    "true",
    "type",
    "umask",
    "uname",
    "uniq",
    "unset",
    "unzip",
    "wait",
    "wc",
    "wget",
    "which",
    "whoami",
    "xz",
    "yamllint",
    "yq",
    "yum",
    "zip",
];

/// The first command of a shell script that may compile something. Functions of the script itself are looked into.
pub(super) fn in_shell(list: &List, text: &str) -> Option<String> {
    let found = RefCell::new(None);
    any_command(list, &|words| {
        let unseen = unseen(words, text);
        let is_found = unseen.is_some();
        *found.borrow_mut() = unseen;
        is_found
    });
    found.into_inner()
}

/// The first command that may compile something, of all that a script for another shell runs.
pub(super) fn in_invocations(invocations: &[Invocation]) -> Option<String> {
    let name = |invocation: &Invocation| invocation.argv.first().and_then(|first| first.value.as_text().cloned());
    let names = invocations.iter().map(|invocation| name(invocation).map_or_else(|| String::from("a command"), |name| name.to_lowercase()));
    names.map(|name| name.trim_end_matches(".exe").to_owned()).find(|name| !is_harmless(name) && !name.contains('-'))
}

fn unseen(words: &[Word], text: &str) -> Option<String> {
    let mut rest = words.iter().map(plain);
    let name = match rest.next()? {
        Some(name) => name,
        None => return Some(String::from("a command whose name is not known")),
    };
    if runs_another(&name) {
        let runs_harmless = rest.any(|word| word.is_some_and(|word| is_harmless(&word)));
        return (!runs_harmless && words.len() > 1).then(|| name.into_owned());
    }
    let defined =
        || text.contains(&format!("{name}()")) || text.contains(&format!("{name} ()")) || text.contains(&format!("function {name}"));
    (!is_harmless(&name) && !defined()).then(|| name.into_owned())
}

/// `go` is seen elsewhere, and so are checkers, which compile for the machine they run on.
fn is_harmless(name: &str) -> bool {
    let name = ["/bin/", "/usr/bin/"].iter().find_map(|directory| name.strip_prefix(directory)).unwrap_or(name);
    name == "go" || HARMLESS.binary_search(&name).is_ok() || actions::only_checks(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::shell::parse;

    fn found(script: &str) -> Option<String> {
        in_shell(&parse(script).list, script)
    }

    #[test]
    fn what_may_compile_is_found_wherever_it_stands() {
        for (script, expected) in [
            ("go test ./... && echo done", None),
            ("sudo apt-get install -y gcc\ngo vet ./...", None),
            ("files=$(git ls-files | grep x) || true", None),
            ("check() { go vet \"$1\"; }\ncheck ./...", None),
            ("timeout 5m go test", None),
            ("golangci-lint run", None),
            ("make test", Some("make")),
            ("if true; then ./build.sh; fi", Some("./build.sh")),
            ("sudo make install", Some("sudo")),
            ("$TOOL build", Some("a command whose name is not known")),
            ("echo $(docker build .)", Some("docker")),
        ] {
            assert_eq!(found(script).as_deref(), expected, "{script}");
        }
    }

    #[test]
    fn the_table_is_sorted() {
        assert!(HARMLESS.is_sorted());
    }
}

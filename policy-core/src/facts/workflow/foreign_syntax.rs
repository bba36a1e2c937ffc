//! Statements in the language of another shell, which set no variable where they stand.
//!
//! Only what has that form as a whole counts: not `set -e`, not a text that is passed to another program.

use crate::syntax::cmd::{self, Node};
use crate::syntax::powershell::ast::Part as PowerShellPart;
use crate::syntax::powershell::ast::{Block, Element, ElementKind, Expression, ExpressionKind, Statement, StatementKind};
use crate::syntax::shell::ast::{Command, CommandKind, List, Operator, Part, Word};
use crate::text::Span;

/// `$env:X = y` and `set X=y` in a POSIX shell: the second sets `$1`.
pub(super) fn in_shell(list: &List) -> Option<Span> {
    let pipelines = list.items.iter().flat_map(|item| std::iter::once(&item.first).chain(item.rest.iter().map(|(_, pipeline)| pipeline)));
    pipelines.flat_map(|pipeline| &pipeline.commands).find_map(in_shell_command)
}

fn in_shell_command(command: &Command) -> Option<Span> {
    match &command.kind {
        CommandKind::Simple { assignments, words } => (assignments.is_empty() && is_foreign_to_shell(words)).then_some(command.span),
        CommandKind::Group(list)
        | CommandKind::Subshell(list)
        | CommandKind::For { body: list, .. }
        | CommandKind::ArithmeticFor { body: list } => in_shell(list),
        CommandKind::If { arms, otherwise } => {
            arms.iter().flat_map(|(condition, body)| [condition, body]).chain(otherwise).find_map(in_shell)
        }
        CommandKind::While { condition, body, .. } => in_shell(condition).or_else(|| in_shell(body)),
        CommandKind::Case { arms, .. } => arms.iter().find_map(|arm| in_shell(&arm.body)),
        CommandKind::Function { body, .. } => in_shell_command(body),
        CommandKind::Arithmetic | CommandKind::Test(_) | CommandKind::Coprocess(_) => None,
    }
}

fn is_foreign_to_shell(words: &[Word]) -> bool {
    let Some((first, rest)) = words.split_first() else { return false };
    match (first.parts.as_slice(), rest) {
        ([Part::Literal(set)], [only]) if set == "set" => matches!(only.parts.first(), Some(Part::Literal(text)) if assigns(text)),
        ([Part::Parameter(parameter), Part::Literal(name), ..], rest)
            if parameter.name == "env" && parameter.operator == Operator::None =>
        {
            let operator =
                || matches!(rest.first().and_then(|word| word.parts.first()), Some(Part::Literal(text)) if is_assignment_operator(text));
            name.strip_prefix(':').is_some_and(|name| assigns(name) || is_name(name) && operator())
        }
        _ => false,
    }
}

/// `export X=y`, `X=y command` and `set X=y` in PowerShell: the last sets a variable of PowerShell, and the others are no commands.
pub(super) fn in_powershell(block: &Block) -> Option<Span> {
    let defines =
        |name: &str| block.iter().any(|statement| matches!(&statement.kind, StatementKind::Function { name: known, .. } if known == name));
    let span = block.iter().find_map(in_statement)?;
    (!defines("export") && !defines("set")).then_some(span)
}

fn in_statement(statement: &Statement) -> Option<Span> {
    match &statement.kind {
        StatementKind::Chain(chain) => {
            let pipelines = std::iter::once(&chain.first).chain(chain.rest.iter().map(|(_, pipeline)| pipeline));
            pipelines.flatten().find(|element| is_foreign_to_powershell(element)).map(|element| element.span)
        }
        StatementKind::If { arms, otherwise } => arms.iter().map(|(_, body)| body).chain(otherwise).find_map(in_powershell),
        StatementKind::Loop { body, .. } | StatementKind::Function { body, .. } => in_powershell(body),
        StatementKind::Switch { arms, .. } => arms.iter().find_map(in_powershell),
        StatementKind::Try { body, handlers, last } => std::iter::once(body).chain(handlers).chain(last).find_map(in_powershell),
        StatementKind::Assignment { .. } | StatementKind::Parameters(_) | StatementKind::Jump { .. } | StatementKind::Unknown => None,
    }
}

fn is_foreign_to_powershell(element: &Element) -> bool {
    let ElementKind::Command { call: None, words } = &element.kind else { return false };
    let starts = |word: Option<&Expression>| word.and_then(leading_text).is_some_and(assigns);
    match words.first() {
        Some(first) if is_bare(first) => match leading_text(first) {
            Some("export") => starts(words.get(1)),
            Some("set") => words.len() == 2 && starts(words.get(1)),
            Some(text) => assigns(text),
            None => false,
        },
        _ => false,
    }
}

fn is_bare(word: &Expression) -> bool {
    matches!(word.kind, ExpressionKind::Text { bare: true, .. })
}

/// The characters that a word starts with.
fn leading_text(word: &Expression) -> Option<&str> {
    match &word.kind {
        ExpressionKind::Text { parts, .. } => match parts.first()? {
            PowerShellPart::Literal(text) => Some(text),
            _ => None,
        },
        _ => None,
    }
}

/// `export X=y`, `X=y command` and `$env:X = y` in cmd: none of them is a command.
pub(super) fn in_cmd(nodes: &[Node]) -> Option<Span> {
    nodes.iter().find_map(in_cmd_node)
}

fn in_cmd_node(node: &Node) -> Option<Span> {
    match &node.kind {
        cmd::Kind::Command(command) => is_foreign_to_cmd(&command.words).then_some(node.span),
        cmd::Kind::Block(nodes, _) => in_cmd(nodes),
        cmd::Kind::Chain(first, rest) => std::iter::once(&**first).chain(rest.iter().map(|(_, node)| node)).find_map(in_cmd_node),
        cmd::Kind::If(then, otherwise) => in_cmd_node(then).or_else(|| in_cmd_node(otherwise.as_deref()?)),
        cmd::Kind::For(body) => in_cmd_node(body),
        cmd::Kind::Nothing => None,
    }
}

fn is_foreign_to_cmd(words: &[cmd::Word]) -> bool {
    let text = |index: usize| match words.get(index)?.pieces.first()? {
        cmd::Piece::Literal(text) => Some(text.as_str()),
        _ => None,
    };
    match text(0) {
        Some("export") => text(1).is_some_and(assigns),
        Some(first) => match first.strip_prefix("$env:") {
            Some(name) => assigns(name) || is_name(name) && text(1).is_some_and(is_assignment_operator),
            None => assigns(first),
        },
        None => false,
    }
}

/// Whether a text starts with `NAME=` or `NAME+=`.
fn assigns(text: &str) -> bool {
    text.split_once('=').is_some_and(|(name, _)| is_name(name.strip_suffix('+').unwrap_or(name)))
}

fn is_name(text: &str) -> bool {
    !text.starts_with(|c: char| c.is_ascii_digit()) && !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

fn is_assignment_operator(text: &str) -> bool {
    text.starts_with('=') && !text.starts_with("==") || text.starts_with("+=")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::{powershell, shell};

    #[track_caller]
    fn check(find: impl Fn(&str) -> Option<Span>, foreign: &[(&str, &str)], native: &[&str]) {
        for (script, expected) in foreign {
            let span = find(script).unwrap_or_else(|| panic!("{script}"));
            assert_eq!(script.get(span.range()), Some(*expected), "{script}");
        }
        for script in native {
            assert_eq!(find(script), None, "{script}");
        }
    }

    #[test]
    fn statements_of_other_shells_are_told_from_those_of_this_one() {
        check(
            |script| in_shell(&shell::parse(script).list),
            &[
                ("go a\n$env:CGO_ENABLED = '0'\ngo b", "$env:CGO_ENABLED = '0'"),
                ("if x; then $env:X=1; fi", "$env:X=1"),
                ("$env:PATH += \";x\"", "$env:PATH += \";x\""),
                ("set GOFLAGS=-mod=mod && go build", "set GOFLAGS=-mod=mod"),
            ],
            &[
                "set -e",
                "set +x",
                "set -- a=b",
                "set a b",
                "set -o pipefail",
                "set X=1 Y=2",
                "echo $env:X = 1",
                "X=1 go build",
                "export X=1",
                "pwsh -c '$env:X = 1'",
                "cat <<E\n$env:X = 1\nset X=1\nE",
                "$env",
                "$env:X",
                "set \"$X\"",
            ],
        );
        check(
            |script| in_powershell(&powershell::parse(script).block),
            &[
                ("export X=1\ngo a", "export X=1"),
                ("if ($x) { CGO_ENABLED=0 go build ./... }", "CGO_ENABLED=0 go build ./..."),
                ("set GOFLAGS=-mod=mod; go build", "set GOFLAGS=-mod=mod"),
                ("export X=\"$Y\"", "export X=\"$Y\""),
            ],
            &[
                "$env:X = 'y'",
                "set X y",
                "set -Name X -Value y",
                "bash -c 'export X=1'",
                "$x = @'\nexport X=1\n'@\ngo a",
                "echo X=1",
                "go X=1",
                "function export($a) { $env:X = $a }\nexport X=1",
                "& export X=1",
                "Write-Host 'set X=1'",
            ],
        );
        check(
            |script| in_cmd(&cmd::parse(script)),
            &[
                ("@echo off\nexport X=1", "export X=1"),
                ("$env:X = 'y'", "$env:X = 'y'"),
                ("if exist x (\nCGO_ENABLED=0 go build\n)", "CGO_ENABLED=0 go build"),
            ],
            &["set X=1", "set \"X=1\"", "echo X=1 >> %GITHUB_ENV%", "rem export X=1", "bash -c \"export X=1\"", "go build -ldflags=-s"],
        );
    }
}

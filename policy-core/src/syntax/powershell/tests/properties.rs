//! What holds for any text, read as PowerShell or as cmd.

use proptest::prelude::*;

use crate::syntax::powershell::ast::{Block, ElementKind, Expression, ExpressionKind, Part, Pipeline, StatementKind};
use crate::syntax::{cmd, powershell};
use crate::text::Span;

pub(crate) fn pieces() -> impl Strategy<Value = String> {
    let pieces = [
        "a",
        "go test",
        "=",
        "+=",
        " ",
        "\n",
        "\r\n",
        ";",
        "&",
        "&&",
        "||",
        "|",
        "<",
        ">",
        ">>",
        "2>&1",
        "(",
        ")",
        "{",
        "}",
        "[",
        "]",
        "@(",
        "@{",
        "@\"\n",
        "\n\"@",
        "@'\n",
        "\n'@",
        "$",
        "$x",
        "$env:X",
        "${env:X}",
        "$(",
        "`",
        "`\n",
        "\"",
        "'",
        "#",
        "<#",
        "#>",
        "%",
        "%X%",
        "%%i",
        "!",
        ",",
        ".",
        "::",
        "-",
        "-x",
        "-eq",
        "if ",
        "if (",
        "else ",
        "foreach ($x in ",
        "while (",
        "do {",
        "switch (",
        "try {",
        "catch {",
        "function f ",
        "param(",
        "exit ",
        "[Environment]::SetX(",
        "set ",
        "echo ",
        "for ",
        " do ",
        "^",
        "^\n",
        ">>%GITHUB_ENV%",
        "rem ",
        ":",
        "\u{F8F0}1\u{F8F1}",
        "\u{F8F0}",
        "é",
        "\0",
        "\\\"",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..40).prop_map(|pieces| pieces.concat())
}

fn check_span(source: &str, span: Span, within: Span) {
    assert!(within.contains(span) && source.get(span.range()).is_some(), "{span:?} in {within:?} of {source:?}");
}

fn check_block(source: &str, block: &Block, within: Span) {
    for statement in block {
        check_span(source, statement.span, within);
        match &statement.kind {
            StatementKind::Chain(chain) => {
                let pipelines = std::iter::once(&chain.first).chain(chain.rest.iter().map(|(_, pipeline)| pipeline));
                pipelines.for_each(|pipeline| check_pipeline(source, pipeline, statement.span));
            }
            StatementKind::Assignment { value, .. } => check_span(source, value.span, statement.span),
            StatementKind::Loop { header, body, .. } => {
                [header, body].into_iter().for_each(|block| check_block(source, block, statement.span))
            }
            StatementKind::Function { body, .. } => check_block(source, body, statement.span),
            _ => {}
        }
    }
}

fn check_pipeline(source: &str, pipeline: &Pipeline, within: Span) {
    for element in pipeline {
        check_span(source, element.span, within);
        element.redirects.iter().for_each(|redirect| check_span(source, redirect.span, element.span));
        match &element.kind {
            ElementKind::Command { words, .. } => words.iter().for_each(|word| check_expression(source, word, element.span)),
            ElementKind::Expression(expression) => check_expression(source, expression, element.span),
        }
    }
}

fn check_expression(source: &str, expression: &Expression, within: Span) {
    check_span(source, expression.span, within);
    match &expression.kind {
        ExpressionKind::Array(inside) | ExpressionKind::Sum(inside) | ExpressionKind::Other(inside) => {
            inside.iter().for_each(|inside| check_expression(source, inside, expression.span));
        }
        ExpressionKind::Parenthesised(block) | ExpressionKind::ScriptBlock(block) => check_block(source, block, expression.span),
        ExpressionKind::Text { parts, .. } => {
            for part in parts {
                if let Part::Statements(block) = part {
                    check_block(source, block, expression.span);
                }
            }
        }
        ExpressionKind::StaticCall { .. } | ExpressionKind::Splat => {}
    }
}

fn check_nodes(source: &str, nodes: &[cmd::Node], within: Span) {
    for node in nodes {
        check_span(source, node.span, within);
        match &node.kind {
            cmd::Kind::Command(command) => command.words.iter().for_each(|word| check_span(source, word.span, within)),
            cmd::Kind::Block(nodes, _) => check_nodes(source, nodes, node.span),
            _ => {}
        }
    }
}

pub(super) fn check(source: &str) {
    let whole = Span::new(0, source.len());
    let parsed = powershell::parse(source);
    check_block(source, &parsed.block, whole);
    parsed.unknown.iter().for_each(|span| check_span(source, *span, whole));
    check_nodes(source, &cmd::parse(source), whole);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn scripts_of_any_pieces_have_spans_inside(source in pieces()) {
        check(&source);
    }

    #[test]
    fn any_text_has_spans_inside(source in any::<String>()) {
        check(&source);
    }

    #[test]
    fn a_plain_command_line_survives_whatever_follows_it(rest in pieces()) {
        let source = format!("go build ./...\n\ngo x\n{rest}");
        prop_assert_eq!(powershell::parse(&source).block[0].span, Span::new(0, 14));
        prop_assert_eq!(cmd::parse(&source)[0].span, Span::new(0, 14));
    }
}

#[test]
fn hostile_nesting_is_no_crash() {
    std::thread::Builder::new().stack_size(1 << 20).spawn(nest_deeply).unwrap().join().unwrap();
}

fn nest_deeply() {
    for opening in [
        "(", "{", "$(", "\"$(", "@(", "if (", "if (a) {", "a (", "a {", "[a]::b(", "$a[", "$a.b(", "try {", "return ", "$a = ", "!",
        "a | ", "a && ", "& ", "a, ",
    ] {
        powershell::parse(&opening.repeat(20_000));
    }
    for opening in ["(", "if a==b ", "for a in (b) do ", "a & ", "a | ", "else ", "@"] {
        cmd::parse(&opening.repeat(20_000));
    }
}

//! What holds for any text.

use std::fmt::Write as _;

use proptest::prelude::*;

use crate::syntax::shell::ast::{Command, CommandKind, List};
use crate::syntax::shell::parse;
use crate::text::Span;

/// Texts made of the pieces that mean something to a shell.
fn shellish() -> impl Strategy<Value = String> {
    let pieces = [
        "a",
        "=",
        " ",
        "\n",
        "\t",
        ";",
        ";;",
        "&",
        "|",
        "<",
        ">",
        "<<E",
        "<<-'E'",
        "\nE\n",
        "(",
        ")",
        "{",
        "}",
        "[",
        "]",
        "[[ ",
        " ]]",
        "((",
        "))",
        "$",
        "${",
        "$(",
        "$((",
        "$'",
        "`",
        "\\",
        "\"",
        "'",
        "#",
        "%",
        "/",
        ":",
        "-",
        "!",
        "~",
        "*",
        "@(",
        "if ",
        "then ",
        "fi",
        "for x in ",
        "do ",
        "done",
        "case ",
        " in ",
        "esac",
        "while ",
        "function ",
        "coproc ",
        "time ",
        "x() ",
        "\u{F8F0}1\u{F8F1}",
        "\u{F8F0}",
        "é",
        "\0",
        "\r\n",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..40).prop_map(|pieces| pieces.concat())
}

fn check_list(source: &str, list: &List, within: Span) {
    let mut end = within.start;
    for item in &list.items {
        for pipeline in std::iter::once(&item.first).chain(item.rest.iter().map(|(_, pipeline)| pipeline)) {
            for command in &pipeline.commands {
                assert!(within.contains(command.span) && end <= command.span.start, "{:?} in {within:?} after {end}", command.span);
                end = command.span.end;
                check_command(source, command);
            }
        }
    }
}

fn check_command(source: &str, command: &Command) {
    assert!(source.get(command.span.range()).is_some(), "{:?} is on character boundaries", command.span);
    match &command.kind {
        CommandKind::Simple { assignments, words } => {
            let mut spans: Vec<Span> = assignments.iter().map(|each| each.span).chain(words.iter().map(|word| word.span)).collect();
            assert!(spans.is_sorted_by_key(|span| span.start) && spans.windows(2).all(|pair| pair[0].end <= pair[1].start));
            // The redirection that `|&` stands for lies behind its command.
            spans.extend(command.redirects.iter().map(|redirect| redirect.span).filter(|span| source.get(span.range()) != Some("|&")));
            assert!(spans.iter().all(|span| command.span.contains(*span)));
            assert!(spans.iter().all(|span| source.get(span.range()).is_some_and(|text| !text.is_empty())));
        }
        CommandKind::Group(list) | CommandKind::Subshell(list) => check_list(source, list, command.span),
        CommandKind::For { body, .. } | CommandKind::ArithmeticFor { body } => check_list(source, body, command.span),
        CommandKind::If { arms, .. } => arms.iter().for_each(|(condition, body)| {
            check_list(source, condition, command.span);
            check_list(source, body, command.span);
        }),
        CommandKind::Function { body, .. } => check_command(source, body),
        _ => {}
    }
}

fn check(source: &str) {
    let parsed = parse(source);
    check_list(source, &parsed.list, Span::new(0, source.len()));
    if let Some((span, message)) = parsed.error {
        assert!(source.get(span.range()).is_some() && !message.starts_with(char::is_uppercase), "{span:?} {message}");
    } else if !source.ends_with('\\') {
        assert!(parse(&format!("{source}\n")).error.is_none(), "a line break at the end is harmless");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_shellish_text_gives_ordered_spans(source in shellish()) {
        check(&source);
    }

    #[test]
    fn any_text_gives_ordered_spans(source in any::<String>()) {
        check(&source);
    }

    #[test]
    fn a_plain_command_line_survives_whatever_follows_it(rest in shellish()) {
        let parsed = parse(&format!("go build ./...\n\n{rest}"));
        prop_assert_eq!(parsed.list.items[0].first.commands[0].span, Span::new(0, 14));
    }
}

#[test]
fn spans_inside_backquotes_and_here_documents_lead_to_the_script() {
    for source in [
        "x `a \\`b\\$c\\` MARK` y",
        "cat <<-E\n\ta\n\t\t$(MARK)\n\tE\n",
        "`cat <<-E\n\\\\\\\\\n\t\\`MARK\\`\n\tE\n`",
        "\"`\\\"a\\\" MARK`\"",
    ] {
        let at = source.find("MARK").unwrap();
        let tree = format!("{:?}", parse(source).list);
        let span = format!("{:?}", Span::new(at, at + 4));
        assert!(tree.contains(&format!("Word {{ parts: [Literal(\"MARK\")], span: {span}")), "{source}: {tree}");
    }
}

#[test]
fn hostile_nesting_is_an_error_and_not_a_crash() {
    // Half of what a thread has by default, so that callers may need some as well.
    std::thread::Builder::new().stack_size(1 << 20).spawn(nest_deeply).unwrap().join().unwrap();
}

fn nest_deeply() {
    let openings = [
        "(",
        "{ ",
        "$(",
        "\"$(",
        "${a:-",
        "\"${a:-",
        "if ",
        "`",
        "((",
        "[[ ( ",
        "[[ ! ",
        "a() ",
        "coproc ",
        "<(",
        "case a in b) ",
        "@(",
        "$((",
        "a[",
        "! ",
        "\u{F8F0}",
    ];
    for opening in openings {
        parse(&opening.repeat(50_000));
        parse(&format!("a {}", opening.repeat(50_000)));
    }
    let mut escaped = "a".to_owned();
    for _ in 0..12 {
        escaped = format!("`{}`", escaped.replace('\\', "\\\\").replace('`', "\\`"));
    }
    assert!(parse(&escaped).error.is_none());
    let (_, message) = parse(&"(".repeat(1000)).error.unwrap();
    assert_eq!(message, "nested deeper than 100 levels");
}

#[test]
fn long_lists_need_no_stack() {
    for repeated in ["a && ", "a | ", "a; ", "a\n", "$(a)", "! ", "A=1 ", "'a'", "cat <<E\nE\n"] {
        let parsed = parse(&format!("{}a", repeated.repeat(100_000)));
        assert!(parsed.error.is_none(), "{repeated}");
    }
    assert!(parse(&format!("[[ {} a ]]", "a && ! b || ".repeat(50_000))).error.is_none());
}

#[expect(clippy::disallowed_methods, reason = "measures the time taken")]
#[test]
fn the_time_is_linear() {
    let mut script = String::new();
    for number in 0.. {
        if script.len() > 1 << 20 {
            break;
        }
        let block =
            "if [[ -n \"$A\" && $B == c* ]]; then\n  export GOFLAGS=\"-mod=mod ${C:-d}\" # comment\n  go test ./... | tee 'log' >&2\nfi\n";
        write!(script, "{block}cat >>\"$GITHUB_ENV\" <<EOF\nA={number} $(go env GOPATH)\nEOF\n").unwrap();
    }
    let start = std::time::Instant::now();
    assert!(parse(&script).error.is_none());
    let taken = start.elapsed();
    println!("{taken:?} for {} bytes", script.len());
    // About one second without optimisation; quadratic time would be minutes. The machine may be busy with other tests.
    assert!(taken.as_secs() < 15, "{taken:?}");
}

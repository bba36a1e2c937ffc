//! What words stand for, compared with bash: quoting, escapes, defaults of unset parameters and here-documents.

use std::fmt::Write as _;

use super::bash::{bash, bash_is_absent};
use super::random::Generator;
use crate::syntax::shell::ast::{CommandKind, Operator, Part, RedirectKind, Word};
use crate::syntax::shell::parse;

const PIECES: [&str; 40] = [
    "a",
    "'b c'",
    "''",
    "\"d e\"",
    "\"\"",
    "\\ ",
    "\\\\",
    "\\'",
    "\\a",
    "\\\"",
    "\"\\x \\\\ \\\" \\` \\$\"",
    "\"'\"",
    "\"f\\\ng\"",
    "h\\\ni",
    "'j\\\nk'",
    "\"l\nm\"",
    "$'\\t\\x41\\101\\u00e9\\\\\\'\\q'",
    "$'$a\"'",
    "$\"n o\"",
    "$.",
    "\"$\"",
    "\"a$ b\"",
    "=",
    "#",
    "é",
    "{",
    "}",
    "${u:-p}",
    "${u-'q r'}",
    "${u:-\"s 't'\"}",
    "${u:-\\}\\a}",
    "\"${u:-v w}\"",
    "\"${u:-'x'}\"",
    "\"${u:-\"y z\"}\"",
    "\"${u:-\\}\\a\\\\\\\"}\"",
    "${u:-${u:-\"1\"'2'}}",
    "\"${u:-${u:-\"3\"'4'}}\"",
    "${u}",
    "$u.",
    "~x~",
];

/// The value of a word whose parameters are all unset; for bash `IFS` is empty, so nothing is split.
fn value(word: &Word) -> String {
    parts_value(&word.parts)
}

fn parts_value(parts: &[Part]) -> String {
    parts.iter().map(part_value).collect()
}

fn part_value(part: &Part) -> String {
    match part {
        Part::Literal(text) | Part::Quoted(text) => text.clone(),
        Part::DoubleQuoted(parts) => parts_value(parts),
        Part::Parameter(parameter) => match &parameter.operator {
            Operator::Default { word, .. } => value(word),
            _ => String::new(),
        },
        other => panic!("no value: {other:?}"),
    }
}

fn words(seeds: std::ops::Range<u64>) -> Vec<String> {
    let word = |seed| {
        let mut generator = Generator::new(seed);
        (0..4).map(|_| generator.pick(&PIECES)).collect::<String>()
    };
    // A word that starts with `#` is a comment, and `~` counts at the start.
    seeds.map(|seed| format!("w{}", word(seed))).collect()
}

/// What a script prints, cut at NUL.
fn output(script: &str) -> Vec<String> {
    let output = bash().args(["-c", script]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    text.split_terminator('\0').map(str::to_owned).collect()
}

#[test]
fn words_have_the_values_that_bash_gives_them() {
    if bash_is_absent() {
        return;
    }
    let words = words(0..1500);
    let mut script = "IFS=; set -f\n".to_owned();
    for word in &words {
        writeln!(script, "printf '%s\\0' {word}").unwrap();
    }
    let expected = output(&script);
    assert_eq!(expected.len(), words.len());
    for (word, expected) in words.iter().zip(expected) {
        let parsed = parse(&format!("a {word}\n"));
        let CommandKind::Simple { words, .. } = &parsed.list.items[0].first.commands[0].kind else { panic!("{word}") };
        assert_eq!(value(&words[1]), expected, "{word}");
    }
}

#[test]
fn here_documents_have_the_values_that_bash_gives_them() {
    if bash_is_absent() {
        return;
    }
    let bodies: Vec<String> = words(5000..5400);
    for operator in ["<<E", "<<-E", "<<'E'", "<<-\\E"] {
        let documents: Vec<String> = bodies.iter().map(|body| format!("{operator}\n\t{body}\n\\\n\t\tb\\\\\nE\n")).collect();
        let script: String = documents.iter().map(|document| format!("cat {document}printf '\\0'\n")).collect();
        let expected = output(&script);
        assert_eq!(expected.len(), documents.len());
        for (document, expected) in documents.iter().zip(expected) {
            let parsed = parse(&format!("cat {document}"));
            let RedirectKind::HereDocument(body) = &parsed.list.items[0].first.commands[0].redirects[0].kind else { panic!("{document}") };
            assert_eq!(value(body), expected, "{document}");
        }
    }
}

#![expect(clippy::disallowed_methods, reason = "these tests are about time")]

use std::time::{Duration, Instant};

use super::*;

/// Makes a text of about the given size.
type Shape = fn(usize) -> String;

const MEBIBYTE: usize = 1 << 20;

fn repeat_to(size: usize, line: &str) -> String {
    line.repeat(size.div_ceil(line.len()))
}

fn time(content: &str) -> (Duration, Result<Document, YamlError>) {
    let text = Text::file("f", content);
    let start = Instant::now();
    let result = parse(&text, Limits { nodes: usize::MAX, ..Limits::default() });
    (start.elapsed(), result)
}

/// 16 times the text takes 16 times as long, a quadratic parser 256 times; the bound leaves room for a busy machine.
#[test]
fn time_grows_with_the_text_only() {
    let shapes: [(&str, Shape); 9] = [
        ("items", |size| repeat_to(size, "- word\n")),
        ("keys", |size| (0..size / 12).map(|n| format!("k{n:07}: v\n")).collect()),
        ("comments", |size| repeat_to(size, "# comment\n")),
        ("one script", |size| format!("a: |\n{}", repeat_to(size, "  go test ./...\n"))),
        ("one folded text", |size| format!("a: >\n{}", repeat_to(size, "  go test\n\n"))),
        ("escapes", |size| format!("a: \"{}\"", repeat_to(size, "\\n"))),
        ("one line", |size| format!("a: {}", repeat_to(size, "word "))),
        ("flow", |size| format!("a: [{}]", repeat_to(size, "{a: 1}, "))),
        ("blank lines", |size| format!("a: |+\n{}b: 1", "\n".repeat(size))),
    ];
    for (name, shape) in shapes {
        let part = (0..3).map(|_| time(&shape(MEBIBYTE / 16)).0).min().unwrap();
        let (whole, result) = time(&shape(MEBIBYTE));
        assert!(result.is_ok(), "{name}: {result:?}");
        assert!(whole < part * 100, "{name}: {part:?} for a sixteenth, {whole:?} for the whole");
    }
}

#[test]
fn a_long_line_is_one_scalar() {
    let line = "word ".repeat(1000);
    assert_eq!(document(&format!("- {line}")).root.items()[0].as_str(), Some(line.trim_end()));
}

#[test]
fn repeated_aliases_are_refused_before_they_cost_anything() {
    let many = format!("a: &x [1, 2]\nb: [{}]", "*x, ".repeat(50_000));
    let doubling: String = (1..40).map(|n| format!("k{n}: &x{n} [*x{}, *x{}]\n", n - 1, n - 1)).collect();
    for content in [many, format!("k0: &x0 [1]\n{doubling}")] {
        let start = Instant::now();
        let error = parse_str(&content).unwrap_err();
        assert!(error.message.contains("more than 50000 YAML nodes"), "{error}");
        assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
    }
}

use super::*;

/// Message, what is underlined, and what is underlined beside it.
fn complaint(content: &str) -> (String, String, Option<String>) {
    let text = Text::file("test.yml", content);
    let error = parse(&text, Limits::default()).expect_err(content);
    let related = error.related.as_ref().map(|(span, _)| text.slice(*span).to_owned());
    (error.message, text.slice(error.span).to_owned(), related)
}

#[test]
fn errors_say_what_is_wrong_and_underline_it() {
    let cases = [
        ("env: 1\non: 2\nenv: 3", "mapping key `env` is given twice", "env"),
        ("a: 1\n\"a\": 2", "mapping key `a` is given twice", "\"a\""),
        ("a: 1\n---\nb: 2", "a second YAML document starts here; only one is allowed", "---"),
        ("a: *x", "no anchor `&x` stands before the alias `*x`", "*x"),
        ("a: &x [*x]", "the alias `*x` stands inside the node that it repeats", "*x"),
        (
            "a: &x {b: 1}\n<<: *x",
            "the merge key `<<` is not supported by GitHub Actions; repeat the entries, or use an alias for the whole mapping",
            "<<",
        ),
        ("a: {{ b }}", "a mapping key must be a scalar, and this is a mapping; if it is meant as text, quote it", "{ b }"),
        ("a: !x b", "tag `!x` is not supported; scalars may have `!!str`, `!!null`, `!!bool`, `!!int` and `!!float`", "b"),
        ("a: !!int '1'", "tag `!!int` is not allowed on a quoted or block scalar", "'1'"),
        ("a: !!int b", "`b` is not a value of type `!!int`", "b"),
        ("a: 0x1FFFFFFFF", "the number `0x1FFFFFFFF` does not fit 32 bits; if it is meant as text, quote it", "0x1FFFFFFFF"),
        ("a: b: c", "a `:` is not allowed here; either the indentation is wrong, or it belongs to a text that needs quotes", ":"),
        ("a:\n\tb: c", "a tab is not allowed as indentation; use spaces", "\t"),
        ("a: \"b", "a quoted text is not closed", "\""),
        ("a: 'b' c", "unexpected text after the closing quote", "c"),
        ("a: \"\\q\"", "unknown escape sequence; in single quotes `\\` stands for itself", "\""),
        ("a: @b", "a plain text must not start with `@`; quote it", "@"),
        ("a: [1, 2", "`[` is not closed", "["),
        ("a: [1, 2}", "`[` is closed by `}`", "["),
        ("a: 1\n  b: 2", "a `:` is not allowed here; either the indentation is wrong, or it belongs to a text that needs quotes", ":"),
        ("on: push\njobs\n  t: 1", "expected `:` after this mapping key", "j"),
        ("a: - b", "a `-` item is not allowed here", "-"),
        ("a:\n  b: 1\n c: 2", "this line does not fit the indentation of the lines before it", "c"),
        ("a: 1\n\0b: 2", "the character `\\u{0}` is not allowed here", "\0"),
    ];
    for (content, message, underlined) in cases {
        let (said, at, _) = complaint(content);
        assert_eq!((said.as_str(), at.as_str()), (message, underlined), "{content:?}");
    }
}

#[test]
fn related_places_explain() {
    assert_eq!(complaint("'a': 1\na: 2").2.as_deref(), Some("'a'"));
    assert_eq!(complaint("a: &x [*x]").2.as_deref(), Some("&x"));
}

#[test]
fn deep_nesting_is_refused_not_followed() {
    for content in ["[".repeat(100_000), "- ".repeat(100_000), "{a: ".repeat(10_000)] {
        let message = complaint(&content).0;
        assert!(message.contains("nested"), "{message}");
    }
}

#[test]
fn long_names_are_cut() {
    let key = "k".repeat(500);
    let message = complaint(&format!("{key}: 1\n{key}: 2")).0;
    assert!(message.len() < 120, "{message}");
}

use super::*;

#[test]
fn spans_are_exactly_the_characters_of_a_node() {
    let cases = [
        ("a: plain  # c", "plain"),
        ("a: é ü", "é ü"),
        ("a: 'it''s'", "'it''s'"),
        ("a: \"x\\n\"  ", "\"x\\n\""),
        ("a: two\n  lines  \nb: 1", "two\n  lines"),
        ("a: &anchor !!str v", "v"),
        ("a: |\n  x\n  y\nb: 1", "|\n  x\n  y"),
        ("a: |2- # c | d\n    x\n\n\n# end\nb: 1", "|2- # c | d\n    x"),
        ("a: # | no\n  &x|y !!str >+\n  x\n\n", ">+\n  x"),
        ("a: |+\n\n\nb: 1", "|+"),
        ("b: |\n\na: |\n  x\n", "|\n  x"),
        ("a: |\r\n  x\r\n", "|\r\n  x"),
        ("a: [1, {b: c}, ] # d", "[1, {b: c}, ]"),
        ("a: {\n}", "{\n}"),
        ("a:\n  - 1\n  - b: 2\n    c:\n\nd: 1", "1\n  - b: 2\n    c:"),
        ("\u{FEFF}a:\r\n  b: 1\r\n  c:", "b: 1\r\n  c:"),
    ];
    for (content, expected) in cases {
        let document = document(content);
        check_spans(&document);
        assert_eq!(document.text.slice(document.root.get("a").unwrap().span), expected, "{content:?}");
    }
}

#[test]
fn a_block_scalar_may_be_the_whole_text() {
    for (content, expected) in [("|\n x\n", "|\n x"), ("|\n|", "|\n|"), ("# >\n--- >-\n x", ">-\n x")] {
        let document = document(content);
        check_spans(&document);
        assert_eq!(document.text.slice(document.root.span), expected, "{content:?}");
    }
}

#[test]
fn a_value_left_out_stands_behind_its_colon() {
    for (content, at) in [
        ("a:\nb: 1", 2),
        ("a :\n", 3),
        ("a: # c\n", 2),
        ("a: &x\n", 5),
        ("{a: }", 3),
        ("{a}", 2),
        ("\"a\":", 4),
        ("? a\n? b", 3),
        ("? a # c\n\n: # d\n", 10),
    ] {
        let document = document(content);
        assert_eq!(document.root.get("a").unwrap().span, Span::new(at, at), "{content:?}");
    }
    assert_eq!(document("\u{FEFF}# c").root.span, Span::new(3, 3));
}

/// The source of each word of the content, and of the whole content.
fn located(content: &str) -> (Vec<String>, String) {
    let document = document(content);
    check_spans(&document);
    let scalar = document.root.get("a").unwrap().scalar().unwrap();
    let words = scalar.content.split([' ', '\n']).map(|word| {
        let start = word.as_ptr() as usize - scalar.content.as_ptr() as usize;
        document.text.slice(scalar.locate(start..start + word.len())).to_owned()
    });
    (words.filter(|word| !word.is_empty()).collect(), document.text.slice(scalar.locate(0..scalar.content.len())).to_owned())
}

#[test]
fn every_part_of_a_content_is_located() {
    let cases: [(&str, &[&str], &str); 14] = [
        ("a: go test", &["go", "test"], "go test"),
        ("a: 'it''s so'", &["it''s", "so"], "it''s so"),
        (
            "a: \"x\\ty \\u00e9\\x41 \\ud83d\\ude00 z\"",
            &["x\\ty", "\\u00e9\\x41", "\\ud83d\\ude00", "z"],
            "x\\ty \\u00e9\\x41 \\ud83d\\ude00 z",
        ),
        ("a: one\n  two  \n\n  three", &["one", "two", "three"], "one\n  two  \n\n  three"),
        ("a: 'one \n  two\n\n   '", &["one", "two"], "one \n  two\n\n"),
        (
            "a: \"one \\\n  two\\\n  \\ three\\\n\n  \\\n four \"",
            &["one", "two", "three", "four"],
            "one \\\n  two\\\n  \\ three\\\n\n  \\\n four ",
        ),
        ("a: \"\n  one\n  \"", &["one"], "\n  one\n"),
        ("a: |\n  one\n\n    two\n  three\n", &["one", "two", "three"], "one\n\n    two\n  three"),
        ("a: |1\n   one\n  two\n", &["one", "two"], "  one\n  two"),
        (
            "a: >-\n\n  one\n  two\n\n  three\n    four\n  five\n \n",
            &["one", "two", "three", "four", "five"],
            "\n  one\n  two\n\n  three\n    four\n  five",
        ),
        ("a: >\n  one\n     \n  two", &["one", "two"], "one\n     \n  two"),
        ("a: |\r\n  one\r\n\r\n  two\r\n", &["one", "two"], "one\r\n\r\n  two"),
        ("a: >\r\n  one\r\n  two\r\n\r\n  three\r\n", &["one", "two", "three"], "one\r\n  two\r\n\r\n  three"),
        ("a: |\n  é one\n  ü two", &["é", "one", "ü", "two"], "é one\n  ü two"),
    ];
    for (content, words, whole) in cases {
        let (found, all) = located(content);
        assert_eq!((found.iter().map(String::as_str).collect::<Vec<_>>().as_slice(), all.as_str()), (words, whole), "{content:?}");
    }
}

#[test]
fn ranges_end_before_indentation_and_cover_escapes_whole() {
    let document = document("a: |\n  x\n  y\nb: \"p\\nq\"");
    let slice = |key: &str, range| document.text.slice(document.root.get(key).unwrap().scalar().unwrap().locate(range)).to_owned();
    assert_eq!(slice("a", 0..2), "x\n");
    assert_eq!(slice("a", 2..3), "y");
    assert_eq!(slice("a", 1..3), "\n  y");
    assert_eq!(slice("b", 1..2), "\\n");
    assert_eq!(slice("b", 0..1), "p");
}

#[test]
fn ranges_that_do_not_fit_give_the_whole_scalar() {
    let document = document("a: 'x'");
    let scalar = document.root.get("a").unwrap().scalar().unwrap();
    for range in [0..2, 5..9, usize::MAX..usize::MAX] {
        assert_eq!(scalar.locate(range), scalar.span);
    }
    #[expect(clippy::reversed_empty_ranges, reason = "a range that is wrong on purpose")]
    let reversed = 1..0;
    assert_eq!(scalar.locate(reversed), scalar.span);
    assert_eq!(scalar.locate(1..1), Span::new(5, 5));
}

//! The two notations of a condition.

use crate::syntax::build_constraint::line::{ConstraintLine, Notation, Placement};
use crate::text::Text;

/// The condition of a line as Go prints it, or why Go cannot read it and the characters that are to blame.
fn read(line: &str) -> String {
    let text = Text::file("x.go", line);
    match ConstraintLine::parse(line, 0, Placement::Read).unwrap().condition {
        Ok(expression) => expression.to_string(),
        Err(error) => format!("{} <{}>", error.kind, text.slice(error.span)),
    }
}

#[test]
fn conditions_are_printed_as_go_prints_them() {
    for (line, printed) in [
        ("//go:build linux", "linux"),
        ("//go:build\tlinux&&amd64||!cgo", "(linux && amd64) || !cgo"),
        ("//go:build a && (b && c)", "a && b && c"),
        ("//go:build ((a)) || (b || (c && d))", "a || b || (c && d)"),
        ("//go:build !(a || b) && !(c)", "!(a || b) && !c"),
        ("//go:build été && go1.21 && 386 && _x", "été && go1.21 && 386 && _x"),
        ("// +build linux,amd64 !cgo", "(linux && amd64) || !cgo"),
        ("//+build a", "a"),
        ("// +build a b,!c", "a || (b && !c)"),
        ("// +build !!a ! a-b ,", "ignore || ignore || ignore || (ignore && ignore)"),
        ("// +build", "ignore"),
    ] {
        assert_eq!(read(line), printed, "{line}");
    }
}

#[test]
fn malformed_conditions_are_told_in_the_words_of_go() {
    for (line, said) in [
        ("//go:build", "unexpected end of expression <>"),
        ("//go:build linux,amd64", "invalid syntax at , <,>"),
        ("//go:build linux & amd64", "invalid syntax at & <&>"),
        ("//go:build linux amd64", "unexpected token amd64 <amd64>"),
        ("//go:build !!linux", "double negation not allowed <!>"),
        ("//go:build (linux", "missing close paren <(>"),
        ("//go:build (", "missing close paren <>"),
        ("//go:build linux && || x", "unexpected token || <||>"),
        ("//go:build linux // only there", "invalid syntax at / </>"),
        ("//go:build )", "unexpected token ) <)>"),
    ] {
        assert_eq!(read(line), said, "{line}");
    }
}

#[test]
fn conditions_have_the_limits_that_go_has() {
    let go_build = |operands: usize| read(&format!("//go:build {}", vec!["x"; operands].join(" && ")));
    assert!(go_build(1000).starts_with("x && x"));
    assert!(go_build(1001).starts_with("build expression too large"));
    assert_eq!(read(&format!("//go:build {}x{}", "(".repeat(999), ")".repeat(999))), "x");
    assert!(read(&format!("//go:build {}", "(".repeat(100_000))).starts_with("build expression too large"));
    let plus_build = |terms: usize| read(&format!("// +build {}", vec!["x"; terms].join(",")));
    assert!(plus_build(101).starts_with("x && x"));
    assert!(plus_build(102).starts_with("expression too complex"));
}

#[test]
fn only_whole_keywords_make_a_constraint() {
    let notation = |line: &str| ConstraintLine::parse(line, 0, Placement::Read).map(|line| line.notation);
    assert_eq!(notation("//go:build x"), Some(Notation::GoBuild));
    assert_eq!(notation("//   +build x"), Some(Notation::PlusBuild));
    assert_eq!(notation("// go:build x"), Some(Notation::Spaced));
    for line in ["// see +build x", "//+buildx"] {
        assert_eq!(notation(line), Some(Notation::Suspected), "{line}");
    }
    for line in ["//go:buildx y", "// go:build lines come first", "// see //go:build x", "go:build x", "//go:generate x"] {
        assert_eq!(notation(line), None, "{line}");
    }
}

#[test]
fn tags_know_where_they_stand() {
    let line = "// +build a,!b c";
    let text = Text::file("x.go", line);
    let expression = ConstraintLine::parse(line, 0, Placement::Read).unwrap().condition.unwrap();
    assert!(expression.tags().iter().all(|tag| text.slice(tag.span) == &*tag.name));
    let mut negated = Vec::new();
    expression.visit(false, &mut |tag, not| negated.extend(not.then_some(&*tag.name)));
    assert_eq!(negated, ["b"]);
}

#[test]
fn what_is_unknown_leaves_only_that_open_which_depends_on_it() {
    let expression = ConstraintLine::parse("//go:build (a && b) || !c", 0, Placement::Read).unwrap().condition.unwrap();
    let holds = |a, b, c| {
        expression.evaluate(&|tag| match tag {
            "a" => a,
            "b" => b,
            _ => c,
        })
    };
    assert_eq!(holds(None, Some(false), Some(true)), Some(false));
    assert_eq!(holds(None, None, Some(false)), Some(true));
    assert_eq!(holds(None, Some(true), Some(true)), None);
}

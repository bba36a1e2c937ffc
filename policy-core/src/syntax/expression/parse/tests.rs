use proptest::prelude::*;

use super::*;
use crate::syntax::expression::Template;

fn printed(source: &str) -> String {
    parse(source, Scope::ANY).unwrap().to_string()
}

#[test]
fn operators_bind_as_in_the_runner() {
    let table = [
        ("", "null"),
        ("!a == b", "(!a == b)"),
        ("a == b < c", "(a == (b < c))"),
        ("a < b == c", "((a < b) == c)"),
        ("a || b && c || d", "(a || (b && c) || d)"),
        ("a && (b && c)", "(a && b && c)"),
        ("!a.b[0].c", "!a.b[0].c"),
        ("!!a", "!!a"),
        ("(a || b).c", "(a || b).c"),
        ("a.*.b", "a.*.b"),
        ("a[*]['b c']", "a.*['b c']"),
        ("a.true.null", "a.true.null"),
        ("FORMAT ( 'it''s' , fromjson(b)[1] )", "format('it''s', fromJSON(b)[1])"),
        ("f.x || success()", "(f.x || success())"),
        ("a[b[c]].d", "a[b[c]].d"),
        ("a[* == 1]", "a[(* == 1)]"),
        (".5 + 1", ""),
    ];
    for (source, expected) in table {
        match expected {
            "" if !source.is_empty() => assert!(parse(source, Scope::ANY).is_err(), "{source}"),
            _ => assert_eq!(printed(source), expected, "{source}"),
        }
    }
}

#[test]
fn spans_cover_the_source_of_each_node() {
    let source = " (a == 'x') && !contains( b.c , 'é' ) ";
    let expr = parse(source, Scope::ANY).unwrap();
    let under = |expr: &Expr| source.get(expr.span.range()).unwrap().to_owned();
    assert_eq!(under(&expr), "(a == 'x') && !contains( b.c , 'é' )");
    let parts: Vec<String> = expr.children().into_iter().map(under).collect();
    assert_eq!(parts, ["(a == 'x')", "!contains( b.c , 'é' )"]);
}

#[test]
fn names_must_be_in_scope() {
    let scope = Scope { contexts: Some(&["github"]), functions: &[Function::HashFiles] };
    assert!(parse("GitHub.sha == hashfiles('x')", scope).is_ok());
    assert_eq!(parse("env.X", scope).unwrap_err().kind, ExpressionErrorKind::UnrecognizedContext("env".into()));
    assert_eq!(parse("success()", scope).unwrap_err().kind, ExpressionErrorKind::UnrecognizedFunction("success".into()));
}

#[test]
fn length_is_counted_in_utf16_units() {
    let kind = |source: &str| parse(source, Scope::ANY).map(|_| ()).map_err(|error| error.kind);
    assert_eq!(kind(&format!("'{}'", "é".repeat(20_998))), Ok(()));
    assert_eq!(kind(&format!("'{}'", "é".repeat(20_999))), Err(ExpressionErrorKind::TooLong));
    assert_eq!(kind(&format!("'{}'", "😊".repeat(10_500))), Err(ExpressionErrorKind::TooLong));
}

#[test]
fn brackets_nest_without_deepening_the_tree() {
    let nested = |count: usize| format!("{}a{}", "(".repeat(count), ")".repeat(count));
    assert_eq!(printed(&nested(10_000)), "a");
    let deep = "!".repeat(20_000) + "a";
    assert_eq!(parse(&deep, Scope::ANY).unwrap_err().kind, ExpressionErrorKind::TooDeep);
    let worse = deep + " b";
    assert_eq!(parse(&worse, Scope::ANY).unwrap_err().kind, ExpressionErrorKind::UnexpectedSymbol("b".into()), "other errors come first");
}

fn node(kind: ExprKind) -> Expr {
    Expr { kind, span: Span::default() }
}

fn leaf() -> impl Strategy<Value = ExprKind> {
    prop_oneof![
        Just(ExprKind::Null),
        any::<bool>().prop_map(ExprKind::Bool),
        any::<f64>().prop_filter("NaN is not equal to itself", |value| !value.is_nan()).prop_map(ExprKind::Number),
        ".{0,6}".prop_map(|text| ExprKind::String(text.into())),
        "[a-z_][a-z0-9_-]{0,4}"
            .prop_filter("a keyword is no context", |name| !matches!(&**name, "null" | "true" | "false"))
            .prop_map(|name| ExprKind::Context(name.into())),
    ]
}

fn tree() -> impl Strategy<Value = Expr> {
    leaf().prop_map(node).prop_recursive(6, 40, 4, |inner| {
        let pair = (inner.clone(), inner.clone()).prop_map(|(left, right)| (Box::new(left), Box::new(right)));
        let is_and = |expr: &Expr| matches!(expr.kind, ExprKind::And(_));
        let is_or = |expr: &Expr| matches!(expr.kind, ExprKind::Or(_));
        prop_oneof![
            pair.clone().prop_map(|(of, by)| node(ExprKind::Index(of, by))),
            inner.clone().prop_map(|of| node(ExprKind::Index(Box::new(of), Box::new(node(ExprKind::Wildcard))))),
            pair.prop_map(|(left, right)| node(ExprKind::Compare(Binary::LessOrEqual, left, right))),
            inner.clone().prop_map(|of| node(ExprKind::Not(Box::new(of)))),
            prop::collection::vec(inner.clone().prop_filter("flattened", move |expr| !is_and(expr)), 2..4)
                .prop_map(|list| node(ExprKind::And(list))),
            prop::collection::vec(inner.clone().prop_filter("flattened", move |expr| !is_or(expr)), 2..4)
                .prop_map(|list| node(ExprKind::Or(list))),
            prop::collection::vec(inner, 1..4).prop_map(|list| node(ExprKind::Call(Function::Format, list))),
        ]
    })
}

proptest! {
    #[test]
    fn printing_and_parsing_gives_the_same_tree(expr in tree()) {
        let text = expr.to_string();
        let again = parse(&text, Scope::ANY).unwrap();
        prop_assert_eq!(&again, &expr, "{}", text);
        prop_assert!(again.depth() <= MAX_DEPTH);
    }

    #[test]
    fn no_text_breaks_the_parser(text in "(\\$\\{\\{|\\}\\}|[a('\\[\\].*,!=<>&| 0x\\-+é😊)]){0,40}") {
        for result in [parse(&text, Scope::ANY).map(|expr| expr.span), Template::parse(&text, Scope::ANY).map(|_| Span::default())] {
            let span = result.unwrap_or_else(|error| error.span);
            prop_assert!(text.get(span.range()).is_some(), "spans fit the text");
        }
    }

    #[test]
    fn parts_cover_the_text(text in "(\\$\\{\\{ a \\}\\}|[a$é{} ]){0,20}") {
        if let Ok(template) = Template::parse(&text, Scope::ANY) {
            let joined: String = template.parts().iter().map(|part| text.get(part.span().range()).unwrap()).collect();
            prop_assert_eq!(joined, text);
        }
    }
}

//! What holds for any text.

use proptest::prelude::*;

use crate::syntax::build_constraint::line::{ConstraintLine, Placement};
use crate::syntax::build_constraint::{Expression, read};
use crate::text::{Span, Text};

/// Texts made of the pieces that mean something in the head of a file.
fn head_like() -> impl Strategy<Value = String> {
    let pieces = [
        "//",
        "/*",
        "*/",
        "\n",
        "\n\n",
        "\r\n",
        " ",
        "\t",
        "go:build ",
        "+build ",
        "//go:build x\n",
        "// +build y\n",
        "package ",
        "p",
        ";",
        "x",
        "é",
        "(",
        ")",
        "!",
        "&&",
        "||",
        ",",
        "\u{feff}",
        "\u{a0}",
        "import \"x\"",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..40).prop_map(|pieces| pieces.concat())
}

fn conditions() -> impl Strategy<Value = Expression> {
    let tag = "[a-z0-9_.]{1,4}".prop_map(|name| Expression::tag(&name, Span::default()));
    tag.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            inner.clone().prop_filter("no double negation", |inner| !matches!(inner, Expression::Not(_))).prop_map(Expression::negated),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Expression::all),
            prop::collection::vec(inner, 2..4).prop_map(Expression::any),
        ]
    })
}

fn without_spans(expression: &Expression) -> String {
    format!("{expression:?}").split("span: ").map(|part| part.split_once('}').map_or(part, |(_, rest)| rest)).collect()
}

proptest! {
    #[test]
    fn any_text_has_a_head_with_spans_in_it(source in prop_oneof![head_like(), any::<String>()]) {
        let header = read(&source);
        for line in &header.lines {
            let text = source.get(line.span.range()).unwrap();
            prop_assert!(text.starts_with("//") && !text.contains('\n'));
            let blamed: Vec<Span> = match &line.condition {
                Ok(expression) => expression.tags().iter().map(|tag| tag.span).collect(),
                Err(error) => vec![error.span],
            };
            prop_assert!(blamed.iter().all(|span| line.span.contains(*span) && source.get(span.range()).is_some()), "{:?}", line);
        }
        prop_assert!(header.lines.is_sorted_by_key(|line| line.span.start));
    }

    /// A longer prefix of a file tells nothing else once a shorter one has told all.
    #[test]
    fn what_follows_a_complete_head_does_not_matter(source in head_like(), more in head_like()) {
        let header = read(&source);
        if header.complete {
            prop_assert_eq!(read(&(source + &more)), header);
        }
    }

    #[test]
    fn what_is_printed_is_read_again_as_the_same(expression in conditions()) {
        let line = format!("//go:build {expression}");
        let text = Text::file("x.go", line.as_str());
        let again = ConstraintLine::parse(&line, 0, Placement::Read).unwrap().condition.unwrap();
        prop_assert_eq!(without_spans(&again), without_spans(&expression));
        prop_assert!(again.tags().iter().all(|tag| text.slice(tag.span) == &*tag.name));
    }
}

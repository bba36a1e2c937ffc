//! Whether `//go:build` and the `// +build` lines beside it say the same, as go vet compares them.
//!
//! `go test` runs that check too and fails with it. What counts is the form: the `// +build` lines must be those that gofmt would
//! write. Source: `finish` of go vet's buildtag, `PlusBuildLines` of `go/build/constraint`.

use crate::syntax::build_constraint::Expression;

/// The condition of the `// +build` lines that gofmt writes for a `//go:build`; `None` if it takes more than they can say.
pub(crate) fn plus_build_form(go_build: &Expression) -> Option<Expression> {
    let plain = push_negations(go_build, false);
    let mut lines = split_all(&plain).iter().map(options).collect::<Option<Vec<_>>>()?;
    if lines.iter().all(|options| options.len() == 1) {
        lines = vec![vec![lines.into_iter().flatten().flatten().collect()]];
    }
    let line = |options: Vec<Vec<Expression>>| Expression::any(options.into_iter().map(Expression::all).collect());
    Some(Expression::all(lines.into_iter().map(line).collect()))
}

/// The options of a `// +build` line, each a list of tags.
fn options(line: &Expression) -> Option<Vec<Vec<Expression>>> {
    let is_literal = |part: &Expression| match part {
        Expression::Tag(_) => true,
        Expression::Not(inner) => matches!(**inner, Expression::Tag(_)),
        Expression::And(_) | Expression::Or(_) => false,
    };
    let option = |option: &Expression| Some(split_all(option)).filter(|terms| terms.iter().all(is_literal));
    match line {
        Expression::Or(parts) => parts.iter().map(option).collect(),
        other => Some(vec![option(other)?]),
    }
}

fn split_all(condition: &Expression) -> Vec<Expression> {
    match condition {
        Expression::And(parts) => parts.clone(),
        other => vec![other.clone()],
    }
}

/// `!(a && b)` is `!a || !b`.
fn push_negations(condition: &Expression, negated: bool) -> Expression {
    let pushed = |parts: &[Expression]| parts.iter().map(|part| push_negations(part, negated)).collect();
    match (condition, negated) {
        (Expression::Tag(_), false) => condition.clone(),
        (Expression::Tag(_), true) => condition.clone().negated(),
        (Expression::Not(inner), _) => push_negations(inner, !negated),
        (Expression::And(parts), false) | (Expression::Or(parts), true) => Expression::all(pushed(parts)),
        (Expression::Or(parts), false) | (Expression::And(parts), true) => Expression::any(pushed(parts)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::build_constraint::condition;

    #[test]
    fn lines_of_the_old_notation_are_those_of_gofmt() {
        for (go_build, lines) in [
            ("linux && amd64", Some("linux && amd64")),
            ("!(linux || darwin)", Some("!linux && !darwin")),
            ("(a || b) && c", Some("(a || b) && c")),
            ("(a && !b) || c", Some("(a && !b) || c")),
            ("a && (b || (c && d))", Some("a && (b || (c && d))")),
            ("(a && (b || c)) || d", None),
        ] {
            assert_eq!(plus_build_form(&condition(go_build)).map(|form| form.to_string()).as_deref(), lines, "{go_build}");
        }
    }
}

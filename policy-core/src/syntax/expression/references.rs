use super::Function;
use super::ast::{Expr, ExprKind, is_word};
use crate::text::Span;

/// Something outside the expression that its value depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reference {
    /// The context path in lower case, as far as it is fixed: `steps.go.outputs.go-version`, `needs.*.result`. Or the call as it is
    /// normally written: `hashFiles('**/go.sum')`.
    pub text: String,
    /// The function, if it is a call.
    pub function: Option<Function>,
    /// Where it stands.
    pub span: Span,
}

/// Every context path and every call in an expression, in order, the arguments of calls and computed indices included.
pub(crate) fn references(expr: &Expr) -> Vec<Reference> {
    let mut found = Vec::new();
    collect(expr, &mut found);
    found
}

fn collect(expr: &Expr, found: &mut Vec<Reference>) {
    if let Some(text) = path(expr) {
        return found.push(Reference { text, function: None, span: expr.span });
    }
    if let ExprKind::Call(function, _) = expr.kind {
        found.push(Reference { text: expr.to_string(), function: Some(function), span: expr.span });
    }
    expr.children().into_iter().for_each(|child| collect(child, found));
}

/// The path, if every step of it is fixed.
fn path(expr: &Expr) -> Option<String> {
    match &expr.kind {
        ExprKind::Context(name) => Some(name.to_ascii_lowercase()),
        ExprKind::Index(of, by) => match &by.kind {
            ExprKind::String(name) if is_word(name) => Some(format!("{}.{}", path(of)?, name.to_ascii_lowercase())),
            ExprKind::String(_) | ExprKind::Number(_) => Some(format!("{}[{by}]", path(of)?)),
            ExprKind::Wildcard => Some(format!("{}.*", path(of)?)),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Scope, parse};
    use super::*;

    #[test]
    fn references_are_paths_and_calls() {
        let source = "format('{0}-{1}', runner.OS, hashFiles('**/go.sum')) == steps.go['outputs'].go-version || matrix[inputs.x].y || needs.*.result";
        let found = references(&parse(source, Scope::ANY).unwrap());
        let texts: Vec<&str> = found.iter().map(|reference| reference.text.as_str()).collect();
        let expected = [
            "format('{0}-{1}', runner.OS, hashFiles('**/go.sum'))",
            "runner.os",
            "hashFiles('**/go.sum')",
            "steps.go.outputs.go-version",
            "matrix",
            "inputs.x",
            "needs.*.result",
        ];
        assert_eq!(texts, expected);
        assert_eq!(source.get(found[3].span.range()), Some("steps.go['outputs'].go-version"));
        assert_eq!(found[2].function, Some(Function::HashFiles));
    }
}

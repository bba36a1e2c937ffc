//! A text with expressions in it, as the runner's `TemplateReader.ParseScalar` splits it.

use super::parse::{is_longer, parse_at};
use super::{Expr, ExpressionError, ExpressionErrorKind, MAX_DEPTH, MAX_LENGTH, Scope};
use crate::text::Span;

const OPEN: &str = "${{";

/// A text split into literal parts and expressions.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Template {
    parts: Vec<Part>,
    directive: bool,
}

/// A part of a template.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Part {
    /// Text that stands for itself; never empty.
    Text(String, Span),
    /// An expression; the span includes `${{` and `}}`.
    Expression(Expr, Span),
}

impl Part {
    /// Where the part stands in the text.
    pub(crate) fn span(&self) -> Span {
        match self {
            Self::Text(_, span) | Self::Expression(_, span) => *span,
        }
    }
}

impl Template {
    /// Splits a text and parses the expressions in it.
    ///
    /// # Errors
    /// The first thing that is wrong, with its span in `text`. One bad expression makes the runner reject the whole text, and so does a
    /// mixture of text and expressions longer than 21,000 characters: it becomes a single call of `format`.
    pub(crate) fn parse(text: &str, scope: Scope<'_>) -> Result<Self, ExpressionError> {
        let mut template = Self { parts: Vec::new(), directive: false };
        let mut at = 0;
        while let Some((start, end)) = next_expression(text, at)? {
            template.push_text(text, at, start);
            template.push_expression(text, start, end, scope)?;
            at = end;
        }
        template.push_text(text, at, text.len());
        template.check(text)?;
        Ok(template)
    }

    /// The parts, in order. Empty for an empty text.
    pub(crate) fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// Whether it is `${{ insert }}`, which as a key splices a mapping into the one around it.
    pub(crate) fn is_insert(&self) -> bool {
        self.directive
    }

    /// Whether there is no expression in it.
    pub(crate) fn is_literal(&self) -> bool {
        !self.directive && self.expressions().next().is_none()
    }

    /// The expressions, in order.
    pub(crate) fn expressions(&self) -> impl Iterator<Item = &Expr> {
        self.parts.iter().filter_map(|part| match part {
            Part::Expression(expr, _) => Some(expr),
            Part::Text(..) => None,
        })
    }

    fn push_text(&mut self, text: &str, start: usize, end: usize) {
        if let Some(literal) = text.get(start..end).filter(|literal| !literal.is_empty()) {
            self.parts.push(Part::Text(literal.to_owned(), Span::new(start, end)));
        }
    }

    fn push_expression(&mut self, text: &str, start: usize, end: usize, scope: Scope<'_>) -> Result<(), ExpressionError> {
        let span = Span::new(start, end);
        let inner = text.get(start + OPEN.len()..end - 2).unwrap_or_default();
        let source = inner.trim();
        if source.is_empty() {
            return Err(ExpressionErrorKind::Empty.at(span));
        }
        if source == "insert" || source.strip_prefix("insert").is_some_and(|rest| rest.starts_with(char::is_whitespace)) {
            let alone = source == "insert" && span == Span::new(0, text.len());
            self.directive = alone;
            return if alone { Ok(()) } else { Err(ExpressionErrorKind::MisplacedDirective.at(span)) };
        }
        let offset = start + OPEN.len() + (inner.len() - inner.trim_start().len());
        self.parts.push(Part::Expression(parse_at(source, offset, scope)?, span));
        Ok(())
    }

    /// A mixture is evaluated as `format('…{0}…', a, …)`, and so the limits of an expression hold for all of it.
    fn check(&self, text: &str) -> Result<(), ExpressionError> {
        if self.parts.len() < 2 || self.is_literal() {
            return Ok(());
        }
        let whole = Span::new(0, text.len());
        if self.expressions().count() > 254 {
            return Err(ExpressionErrorKind::TooManyArguments("format").at(whole));
        }
        if self.expressions().any(|expr| expr.depth() >= MAX_DEPTH) {
            return Err(ExpressionErrorKind::TooDeep.at(whole));
        }
        // The call is at most twice as long as the text, and some characters more.
        if text.len() > MAX_LENGTH / 3 && is_longer(&self.as_format_call(text), MAX_LENGTH) {
            return Err(ExpressionErrorKind::TooLong.at(whole));
        }
        Ok(())
    }

    fn as_format_call(&self, text: &str) -> String {
        let mut format = String::from("format('");
        let mut arguments = String::new();
        let mut count = 0;
        for part in &self.parts {
            match part {
                Part::Text(literal, _) => format.push_str(&literal.replace('\'', "''").replace('{', "{{").replace('}', "}}")),
                Part::Expression(_, span) => {
                    let inner = text.get(span.start as usize + OPEN.len()..span.end as usize - 2).unwrap_or_default();
                    format.push_str(&format!("{{{count}}}"));
                    arguments.push_str(", ");
                    arguments.push_str(inner.trim());
                    count += 1;
                }
            }
        }
        format + "'" + &arguments + ")"
    }
}

/// Start and end of the next `${{ … }}` at or after `from`. Quotes hide `}}`.
fn next_expression(text: &str, from: usize) -> Result<Option<(usize, usize)>, ExpressionError> {
    let Some(start) = text.get(from..).and_then(|rest| rest.find(OPEN)).map(|at| from + at) else { return Ok(None) };
    let body = start + OPEN.len();
    let mut quoted = false;
    let mut before = b'{';
    for (at, byte) in text.bytes().enumerate().skip(body) {
        match byte {
            b'\'' => quoted = !quoted,
            b'}' if !quoted && before == b'}' => return Ok(Some((start, at + 1))),
            _ => {}
        }
        before = byte;
    }
    Err(ExpressionErrorKind::NotClosed.at(Span::new(start, text.len())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(text: &str) -> String {
        let template = Template::parse(text, Scope::ANY).unwrap();
        let show = |part: &Part| match part {
            Part::Text(literal, span) => {
                assert_eq!(text.get(span.range()), Some(literal.as_str()));
                format!("{literal:?}")
            }
            Part::Expression(expr, span) => {
                let source = text.get(span.range()).unwrap();
                assert!(source.starts_with("${{") && source.ends_with("}}"));
                format!("<{expr}>")
            }
        };
        template.parts().iter().map(show).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn texts_are_split() {
        let table = [
            ("", ""),
            ("plain $ { } }}", r#""plain $ { } }}""#),
            ("${{ a }}", "<a>"),
            (" ${{a}}", r#"" " <a>"#),
            ("é${{ a.b }}-${{ c }}x", r#""é" <a.b> "-" <c> "x""#),
            ("${{ '}}' }}", "<'}}'>"),
            ("${{ 'it''s }}' }}", "<'it''s }}'>"),
            ("${{ a }}}", r#"<a> "}""#),
            ("${{ '${{' }}", "<'${{'>"),
        ];
        for (text, expected) in table {
            assert_eq!(shape(text), expected, "{text}");
        }
    }

    #[test]
    fn errors_point_into_the_text() {
        let table = [
            ("a ${{ b", "${{ b", ExpressionErrorKind::NotClosed),
            ("a ${{ ' }}", "${{ ' }}", ExpressionErrorKind::NotClosed),
            ("a ${{  }} ", "${{  }}", ExpressionErrorKind::Empty),
            ("a ${{ b c }} ", "c", ExpressionErrorKind::UnexpectedSymbol("c".into())),
            ("a ${{ insert }}", "${{ insert }}", ExpressionErrorKind::MisplacedDirective),
            ("${{ insert it }}", "${{ insert it }}", ExpressionErrorKind::MisplacedDirective),
        ];
        for (text, under, kind) in table {
            let error = Template::parse(text, Scope::ANY).unwrap_err();
            assert_eq!((error.kind, text.get(error.span.range())), (kind, Some(under)), "{text}");
        }
    }

    #[test]
    fn the_directive_stands_alone() {
        let template = Template::parse("${{ insert }}", Scope::ANY).unwrap();
        assert!(template.is_insert() && !template.is_literal());
        assert_eq!(shape("${{ inserted }}"), "<inserted>");
    }

    #[test]
    fn a_mixture_is_limited_as_a_whole() {
        let long = "x".repeat(20_990);
        let kind = |text: &str| Template::parse(text, Scope::ANY).map(|_| ()).map_err(|error| error.kind);
        assert_eq!(kind(&format!("{long}{long}")), Ok(()), "text alone has no limit");
        assert_eq!(kind(&format!("{long}${{{{ a }}}}")), Err(ExpressionErrorKind::TooLong));
        assert_eq!(kind(&"${{a}}".repeat(254)), Ok(()));
        assert_eq!(kind(&"${{a}}".repeat(255)), Err(ExpressionErrorKind::TooManyArguments("format")));
        let deep = format!("${{{{ {}a }}}}", "!".repeat(49));
        assert_eq!(kind(&deep), Ok(()));
        assert_eq!(kind(&format!("-{deep}")), Err(ExpressionErrorKind::TooDeep));
    }
}

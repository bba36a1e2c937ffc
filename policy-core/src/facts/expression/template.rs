use super::concat::Concat;
use super::error::EvaluationError;
use super::evaluate::Contexts;
use super::partial::Partial;
use super::value::Json;
use crate::facts::value::Reason;
use crate::syntax::expression::{Part, Template};
use crate::text::Span;

/// The longest string a process can be given in its arguments or environment, in bytes (Linux, `MAX_ARG_STRLEN`). What is longer is not kept.
const LONGEST_TEXT: usize = 128 * 1024;

/// A part of a template with its value.
#[derive(Debug)]
pub(crate) struct Piece<'a> {
    /// The part; its span includes `${{` and `}}`.
    pub part: &'a Part,
    /// The value as a string, or why the evaluation fails.
    pub value: Result<Partial, EvaluationError>,
}

impl Template {
    /// The possible values of the text. A text that is nothing but one expression keeps the value's type; in any other, the values become
    /// strings.
    ///
    /// # Errors
    /// Why the evaluation fails, if it fails whatever the unknown parts are.
    pub(crate) fn evaluate(&self, contexts: &dyn Contexts) -> Result<Partial, EvaluationError> {
        if let [Part::Expression(expr, _)] = self.parts() {
            return expr.evaluate(contexts).map(bounded);
        }
        let mut text = Concat::new();
        let mut span = Span::default();
        for piece in self.pieces(contexts) {
            span = span.to(piece.part.span());
            text.push(&piece.value?).map_err(|kind| kind.at(span))?;
        }
        Ok(bounded(text.finish()))
    }

    /// The parts with their values, so that one can be replaced while the others stay.
    pub(crate) fn pieces(&self, contexts: &dyn Contexts) -> Vec<Piece<'_>> {
        let value = |part: &Part| match part {
            Part::Text(text, _) => Ok(Partial::text(text.as_str())),
            Part::Expression(expr, _) => expr.evaluate(contexts).map(|value| bounded(value.to_text())),
        };
        self.parts().iter().map(|part| Piece { part, value: value(part) }).collect()
    }
}

fn bounded(value: Partial) -> Partial {
    let too_long = |choice: &Json| matches!(choice, Json::String(text) if text.len() > LONGEST_TEXT);
    if value.choices().iter().any(too_long) { Partial::unknown(Reason::new("a text longer than 128 KiB")) } else { value }
}

#[cfg(test)]
mod tests {
    use super::super::evaluate::tests::World;
    use super::*;
    use crate::syntax::expression::Scope;

    fn template(text: &str) -> Template {
        Template::parse(text, Scope::ANY).unwrap()
    }

    #[test]
    fn a_lone_expression_keeps_its_type() {
        let value = |text: &str| template(text).evaluate(&World).unwrap();
        assert_eq!(value("${{ 1.20 }}"), Partial::known(Json::Number(1.2)));
        assert_eq!(value(" ${{ 1.20 }}"), Partial::text(" 1.2"));
        assert_eq!(value("1.20"), Partial::text("1.20"));
        assert_eq!(value(""), Partial::text(""));
        assert_eq!(value("a${{ null }}b${{ true }}${{ fromJSON('[]') }}"), Partial::text("abtrueArray"));
    }

    #[test]
    fn possibilities_multiply_and_reasons_stay() {
        let value = template("-X=${{ inputs.a && '1' || '2' }}-${{ inputs.b && '3' || '4' }}").evaluate(&World).unwrap();
        let texts: Vec<_> = value.choices().iter().map(|choice| format!("{choice:?}")).collect();
        assert_eq!(texts.len(), 4, "{texts:?}");
        let value = template("a${{ secrets.X }}").evaluate(&World).unwrap();
        assert_eq!(value, Partial::unknown(Reason::new("secrets.X")));
    }

    #[test]
    fn pieces_keep_their_places() {
        let text = "go ${{ secrets.X }} -o ${{ 1 }}";
        let template = template(text);
        let pieces = template.pieces(&World);
        let shown: Vec<_> =
            pieces.iter().map(|piece| (text.get(piece.part.span().range()).unwrap(), piece.value.as_ref().unwrap().as_text())).collect();
        let expected =
            [("go ", Some("go ".into())), ("${{ secrets.X }}", None), (" -o ", Some(" -o ".into())), ("${{ 1 }}", Some("1".into()))];
        assert_eq!(shown, expected);
    }

    #[test]
    fn long_texts_are_not_kept() {
        let long = "x".repeat(1000);
        let format = "{0}".repeat(200);
        let value = template(&format!("${{{{ format('{format}', '{long}') }}}}")).evaluate(&World).unwrap();
        assert_eq!(value.reason().unwrap().as_str(), "a text longer than 128 KiB");
    }
}

//! What stands behind a matcher.

use super::Compiler;
use crate::facts::schema::{Field, Shape};
use crate::facts::value::Datum;
use crate::policy::condition::{Extra, Operand, Test};
use crate::policy::literal;
use crate::policy::matcher::Argument;
use crate::policy::pattern::Pattern;
use crate::policy::spot::Spot;

type Arguments = (Vec<Operand>, Extra);
type Record = Option<&'static [Field]>;

impl<'c> Compiler<'c> {
    pub(super) fn arguments(&mut self, argument: Argument, spot: Spot<'c>, shape: Shape, record: Record) -> Option<Arguments> {
        let only = |operand| (vec![operand], Extra::Nothing);
        let extra = |extra| (Vec::new(), extra);
        match argument {
            Argument::Literal => self.operand(spot, shape, record).map(only),
            Argument::Literals => self.operands(spot, shape, record).map(|operands| (operands, Extra::Nothing)),
            Argument::Text => self.operand(spot, Shape::Text, record).map(only),
            Argument::YesNo => spot.flag(self.problems).map(Extra::YesNo).map(extra),
            Argument::Regex => self.pattern(spot, Pattern::regex).map(extra),
            Argument::Glob => self.pattern(spot, Pattern::glob).map(extra),
            Argument::Flag => self.flag(spot, record),
            Argument::Field => self.field_operand(spot, shape, record).map(only),
            Argument::Items => self.item_test(spot, shape, record).map(Extra::Test).map(extra),
            Argument::Matchers => self.matchers(spot, shape, record).map(Test::Matchers).map(Extra::Test).map(extra),
        }
    }

    fn operands(&mut self, spot: Spot<'c>, shape: Shape, record: Record) -> Option<Vec<Operand>> {
        let items = spot.items(self.problems);
        if items.is_empty() && spot.sequence().is_some() {
            return spot.expected("a list that is not empty", self.problems);
        }
        let operands: Vec<Option<Operand>> = items.into_iter().map(|item| self.operand(item, shape, record)).collect();
        operands.into_iter().collect()
    }

    /// A literal of the shape, `{field: NAME}` or `{parameter: NAME}`.
    fn operand(&mut self, spot: Spot<'c>, shape: Shape, record: Record) -> Option<Operand> {
        let spot = self.resolve(spot)?;
        match spot.only("field") {
            Some(name) => self.field_operand(name, shape, record),
            None => self.literal(spot, shape).map(Operand::Literal),
        }
    }

    fn literal(&mut self, spot: Spot<'c>, shape: Shape) -> Option<Datum> {
        let text = spot.text(self.problems)?;
        match shape {
            Shape::Word(words) if !words.contains(&text) => {
                spot.unknown("word", text, words.iter().copied(), self.problems);
                None
            }
            Shape::Flag => spot.flag(self.problems).map(Datum::Flag),
            _ => literal::parse(shape, text).map_err(|wanted| spot.expected::<()>(wanted, self.problems)).ok(),
        }
    }

    fn field_operand(&mut self, spot: Spot<'c>, shape: Shape, record: Record) -> Option<Operand> {
        let name = spot.text(self.problems)?;
        let field = self.field(spot, name, record)?;
        if comparable(field.shape, shape) {
            return Some(Operand::Field(field));
        }
        spot.expected(&format!("a field that is a {}", shape.name()), self.problems)
    }

    fn pattern(&mut self, spot: Spot<'c>, new: fn(&str) -> Pattern) -> Option<Extra> {
        let spot = self.resolve(spot)?;
        let pattern = new(spot.text(self.problems)?);
        let checked = if self.rule.source.is_prepared() { Ok(()) } else { pattern.check() };
        let checked = checked.map_err(|message| self.problems.add(spot.location(), format!("bad pattern: {message}")));
        checked.ok().map(|()| Extra::Pattern(pattern.into()))
    }

    /// `-race`, or `{name: -mod, value: mod}`.
    fn flag(&mut self, spot: Spot<'c>, record: Record) -> Option<Arguments> {
        if spot.scalar().is_some() {
            return self.flag_name(spot).map(|name| (Vec::new(), Extra::Flag(name)));
        }
        let table = spot.table("a flag: `-race`, or `{name: -mod, value: mod}`", &["name", "value"], self.problems)?;
        let name = table.get("name").or_else(|| spot.expected("the `name` of a flag", self.problems))?;
        let name = self.resolve(name)?;
        let name = self.flag_name(name)?;
        let value = match table.get("value") {
            Some(value) => vec![self.operand(value, Shape::Text, record)?],
            None => Vec::new(),
        };
        Some((value, Extra::Flag(name)))
    }

    fn flag_name(&mut self, spot: Spot<'c>) -> Option<String> {
        let text = spot.text(self.problems)?;
        let name = text.strip_prefix("--").or_else(|| text.strip_prefix('-'));
        let fits = |name: &&str| !name.is_empty() && !name.starts_with('-') && !name.contains(['=', ' ']);
        match name.filter(fits) {
            Some(name) => Some(name.to_owned()),
            None => spot.expected("a flag such as `-race`; a value goes into `{name: -mod, value: mod}`", self.problems),
        }
    }
}

/// Whether values of the two shapes can be equal.
fn comparable(one: Shape, other: Shape) -> bool {
    let textual = |shape| matches!(shape, Shape::Text | Shape::Word(_));
    (textual(one) && textual(other)) || one == other
}

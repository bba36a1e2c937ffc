//! Conditions: fields and what is demanded of them.

use super::Compiler;
use crate::facts::schema::{Field, Shape};
use crate::policy::condition::{Condition, FieldRef, Matcher, Test};
use crate::policy::matcher::{self, MATCHERS, MatcherSpec};
use crate::policy::spot::Spot;

const COMBINATORS: [&str; 3] = ["all", "any", "not"];

impl<'c> Compiler<'c> {
    /// A condition on the subject or, within `each`, `some` and `none`, on a record.
    pub(super) fn condition(&mut self, spot: Spot<'c>, record: Option<&'static [Field]>) -> Option<Condition> {
        let entries = spot.named("a condition: fields with matchers, `all`, `any` or `not`", self.problems);
        if entries.is_empty() {
            return if spot.mapping().is_some() { spot.expected("a condition that says something", self.problems) } else { None };
        }
        let parts: Vec<Option<Condition>> = entries.into_iter().map(|(key, name, value)| self.entry(key, name, value, record)).collect();
        let parts: Vec<Condition> = parts.into_iter().collect::<Option<_>>()?;
        Some(single_or(parts, Condition::All))
    }

    fn entry(&mut self, key: Spot<'c>, name: &str, value: Spot<'c>, record: Option<&'static [Field]>) -> Option<Condition> {
        match name {
            "all" => self.conditions(value, record).map(|parts| single_or(parts, Condition::All)),
            "any" => self.conditions(value, record).map(|parts| single_or(parts, Condition::Any)),
            "not" => self.condition(value, record).map(|inner| Condition::Not(inner.into())),
            _ => self.demand(key, name, value, record),
        }
    }

    fn conditions(&mut self, list: Spot<'c>, record: Option<&'static [Field]>) -> Option<Vec<Condition>> {
        let items = list.items(self.problems);
        if items.is_empty() && list.sequence().is_some() {
            return list.expected("a list of conditions that is not empty", self.problems);
        }
        let parts: Vec<Option<Condition>> = items.into_iter().map(|item| self.condition(item, record)).collect();
        parts.into_iter().collect()
    }

    /// A field with its matchers.
    fn demand(&mut self, key: Spot<'c>, name: &str, value: Spot<'c>, record: Option<&'static [Field]>) -> Option<Condition> {
        // Within a record a condition is about the record only; the subject's fields can be operands there.
        let known = record.is_none_or(|fields| crate::facts::schema::find(fields, name).is_some());
        if !known {
            self.unknown_field(key, name, record);
            return None;
        }
        let field = self.field_or_combinator(key, name, record)?;
        let matchers = self.matchers(value, field.shape, record)?;
        let demand = |matcher| Condition::Field { field: field.clone(), matcher };
        Some(single_or(matchers.into_iter().map(demand).collect(), Condition::All))
    }

    /// The field; a near miss of `all`, `any` or `not` is reported as such.
    fn field_or_combinator(&mut self, key: Spot<'c>, name: &str, record: Option<&'static [Field]>) -> Option<FieldRef> {
        let fields = record.unwrap_or(self.kind.fields());
        if crate::facts::schema::find(fields, name).is_none() && COMBINATORS.contains(&&*name.to_ascii_lowercase()) {
            key.unknown("key", name, COMBINATORS, self.problems);
            return None;
        }
        self.field(key, name, record)
    }

    /// The matchers for a value of a shape; all must match.
    pub(super) fn matchers(&mut self, spot: Spot<'c>, shape: Shape, record: Option<&'static [Field]>) -> Option<Vec<Matcher>> {
        if spot.mapping().is_none() {
            return self.expected_matcher(spot, shape);
        }
        let entries = spot.named("matchers", self.problems);
        if entries.is_empty() {
            return spot.expected("at least one matcher", self.problems);
        }
        let matchers: Vec<Option<Matcher>> =
            entries.into_iter().map(|(key, name, value)| self.matcher(key, name, value, shape, record)).collect();
        matchers.into_iter().collect()
    }

    /// `GOSUMDB: off` was probably meant as `GOSUMDB: {equals: off}`.
    fn expected_matcher<T>(&mut self, spot: Spot<'c>, shape: Shape) -> Option<T> {
        let takes_literal = matcher::find("equals").is_some_and(|spec| (spec.accepts)(shape));
        match spot.node.as_str().filter(|text| takes_literal && !text.is_empty()) {
            Some(text) => {
                let text = crate::policy::spot::shorten(text);
                let message = format!("expected a matcher, found `{text}`");
                self.problems.add_suggesting(spot.location(), message, Some(&format!("{{equals: {text}}}")));
                None
            }
            None => spot.expected("matchers such as `{is-set: true}`", self.problems),
        }
    }

    fn matcher(&mut self, key: Spot<'c>, name: &str, value: Spot<'c>, shape: Shape, record: Option<&'static [Field]>) -> Option<Matcher> {
        let usable = || MATCHERS.iter().filter(|spec| (spec.accepts)(shape)).map(|spec| spec.name);
        let Some(spec) = matcher::find(name) else {
            key.unknown("matcher", name, usable(), self.problems);
            return None;
        };
        if !(spec.accepts)(shape) {
            let list = crate::policy::error::list_names(usable());
            let message = format!("`{name}` cannot be used on a {}; {list} can", shape.name());
            self.problems.add(key.location(), message);
            return None;
        }
        let value = self.resolve(value)?;
        self.argument(spec, value, shape, record)
    }

    fn argument(&mut self, spec: &'static MatcherSpec, spot: Spot<'c>, shape: Shape, record: Option<&'static [Field]>) -> Option<Matcher> {
        let (operands, extra) = self.arguments(spec.argument, spot, shape, record)?;
        let matcher = Matcher { spec, operands, extra };
        if matcher.field_operands().count() > MOST_FIELDS {
            return spot.expected(&format!("at most {MOST_FIELDS} fields to compare with"), self.problems);
        }
        Some(matcher)
    }

    /// What items of a list are tested by.
    pub(super) fn item_test(&mut self, spot: Spot<'c>, shape: Shape, record: Option<&'static [Field]>) -> Option<Test> {
        match shape {
            Shape::RecordList(fields) => self.condition(spot, Some(fields)).map(|condition| Test::Record(condition.into())),
            _ => self.matchers(spot, Shape::Text, record).map(Test::Matchers),
        }
    }
}

/// Each field to compare with multiplies the combinations of possible values.
const MOST_FIELDS: usize = 3;

/// The only part as it is, several combined.
fn single_or(mut parts: Vec<Condition>, combine: fn(Vec<Condition>) -> Condition) -> Condition {
    match parts.pop() {
        Some(only) if parts.is_empty() => only,
        Some(last) => {
            parts.push(last);
            combine(parts)
        }
        None => combine(parts),
    }
}

//! Messages and fixes.

use super::Compiler;
use crate::facts::schema::Shape;
use crate::policy::condition::{FieldRef, Owner};
use crate::policy::rule::{FixAction, FixPlan};
use crate::policy::spot::Spot;
use crate::policy::template::{Part, Piece, Template, pieces};

const FIX_KEYS: &[&str] = &["set", "to", "unset", "describe", "safety"];

/// What starts the placeholder of a parameter.
const PARAMETER: &str = "parameter.";

/// The placeholder of the item that a finding is about.
const ITEM: &str = "item";

impl Compiler<'_> {
    /// A message with its placeholders resolved.
    pub(super) fn template(&mut self, spot: Spot<'_>) -> Option<Template> {
        let text = spot.words(self.problems)?.trim_end();
        let pieces = match pieces(text) {
            Ok(pieces) => pieces,
            Err(at) => {
                let message = "a brace without its partner; `{{` and `}}` stand for braces";
                self.problems.add(spot.part(at..at + 1), message);
                return None;
            }
        };
        // All pieces are resolved, so that all unknown names are reported.
        let parts: Vec<Option<Part>> = pieces.into_iter().map(|piece| self.part(spot, piece)).collect();
        Some(Template { parts: parts.into_iter().collect::<Option<_>>()? })
    }

    fn part(&mut self, spot: Spot<'_>, piece: Piece<'_>) -> Option<Part> {
        let (name, at) = match piece {
            Piece::Text(text) => return Some(Part::Text(text.to_owned())),
            Piece::Name(name, at) => (name, at),
        };
        match (name.strip_prefix(PARAMETER), name.strip_prefix(ITEM)) {
            (Some(parameter), _) => self.parameter_part(spot, parameter, at + PARAMETER.len()),
            (None, Some(part)) if part.is_empty() || part.starts_with('.') => self.item_part(spot, part, at),
            _ => self.field_part(spot, name, at),
        }
    }

    /// `{item}` of a list of texts, `{item.FIELD}` of a list of records.
    fn item_part(&mut self, spot: Spot<'_>, part: &str, at: usize) -> Option<Part> {
        let location = spot.part(at..at + ITEM.len() + part.len());
        let name = part.strip_prefix('.');
        let message = match (self.items, name) {
            (Some(Shape::TextList), None) => return Some(Part::Item(None)),
            (Some(Shape::RecordList(fields)), Some(name)) => match crate::facts::schema::find(fields, name) {
                Some((name, field)) => return Some(Part::Item(Some(FieldRef { name, shape: field.shape, owner: Owner::Record }))),
                None => {
                    let suggestion = crate::suggest::nearest(name, fields.iter().map(|field| field.name));
                    self.problems.add_suggesting(location, format!("unknown field of the record in braces: `{name}`"), suggestion);
                    return None;
                }
            },
            (Some(Shape::RecordList(_)), None) => "a record cannot be shown; name a field of it: `{item.FIELD}`",
            (Some(_), _) => "the items are texts and have no fields; write `{item}`",
            (None, _) => "`{item}` needs a rule that does nothing but forbid `some`, or require `each` or `none`, of one list",
        };
        self.problems.add(location, message);
        None
    }

    fn parameter_part(&mut self, spot: Spot<'_>, name: &str, at: usize) -> Option<Part> {
        let location = spot.part(at..at + name.len());
        let value = self.parameter(name, |problems, known| {
            problems.add_suggesting(location, format!("unknown parameter `{name}`"), crate::suggest::nearest(name, known));
        })?;
        match value.sequence() {
            Some(items) => Some(Part::Text(items.filter_map(|item| item.node.as_str()).collect::<Vec<_>>().join(", "))),
            None => Some(Part::Text(value.text(self.problems)?.to_owned())),
        }
    }

    fn field_part(&mut self, spot: Spot<'_>, name: &str, at: usize) -> Option<Part> {
        let location = spot.part(at..at + name.len());
        let Some((_, field)) = crate::facts::schema::find(self.kind.fields(), name) else {
            let known = self.kind.fields().iter().map(|field| field.name);
            let message = format!("unknown field of `{}` in braces: `{name}`", self.kind);
            self.problems.add_suggesting(location, message, crate::suggest::nearest(name, known));
            return None;
        };
        if matches!(field.shape, Shape::RecordList(_)) {
            self.problems.add(location, format!("`{name}` is a list of records and cannot be shown"));
            return None;
        }
        self.field(spot, name, None).map(Part::Field)
    }

    pub(super) fn fix(&mut self, spot: Spot<'_>) -> Option<FixPlan> {
        let table = spot.table("a fix: `set` and `to`, `unset`, or `describe`", FIX_KEYS, self.problems)?;
        let safety = table.get("safety").or_else(|| spot.expected("a fix with `safety: safe` or `safety: unsafe`", self.problems))?;
        let safe = match safety.text(self.problems)? {
            "safe" => true,
            "unsafe" => false,
            other => {
                safety.unknown("safety", other, ["safe", "unsafe"], self.problems);
                return None;
            }
        };
        let action = match (table.get("set"), table.get("to"), table.get("unset"), table.get("describe")) {
            (Some(field), Some(to), None, None) => FixAction::Set(self.subject_field(field)?, self.fix_value(to)?),
            (None, None, Some(field), None) => FixAction::Unset(self.subject_field(field)?),
            (None, None, None, Some(text)) => FixAction::Describe(self.template(text)?),
            _ => return spot.expected("a fix with `set` and `to`, with `unset`, or with `describe`", self.problems),
        };
        Some(FixPlan { action, safe })
    }

    /// What a field is to be set to; unlike a message it may be empty.
    fn fix_value(&mut self, spot: Spot<'_>) -> Option<Template> {
        if spot.text(self.problems)?.is_empty() { Some(Template::default()) } else { self.template(spot) }
    }
}

use super::coerce::to_text;
use super::error::EvaluationErrorKind;
use super::partial::Partial;
use super::value::Json;
use crate::facts::value::{MOST_CHOICES, Reason};

/// The memory that the values of one evaluation may need at the same time: 1 MiB, as `EvaluationOptions` has it.
pub(super) const MAX_BYTES: usize = 1 << 20;

/// What .NET needs for a string: two bytes a unit and a header (`EvaluationMemory.cs`, which calls this good enough).
pub(super) fn string_bytes(text: &str) -> usize {
    26 + 2 * text.len()
}

/// A text put together from parts that may have several possibilities.
pub(super) struct Concat {
    choices: Vec<String>,
    unknown: Option<Reason>,
}

impl Concat {
    pub(super) fn new() -> Self {
        Self { choices: vec![String::new()], unknown: None }
    }

    pub(super) fn push_text(&mut self, text: &str) -> Result<(), EvaluationErrorKind> {
        self.choices.iter_mut().for_each(|choice| choice.push_str(text));
        if self.choices.iter().any(|choice| string_bytes(choice) > MAX_BYTES) { Err(EvaluationErrorKind::TooMuchMemory) } else { Ok(()) }
    }

    /// Appends each possibility of a value to each text so far.
    pub(super) fn push(&mut self, value: &Partial) -> Result<(), EvaluationErrorKind> {
        if let Some(single) = value.single() {
            return self.push_text(&to_text(single));
        }
        if let Some(reason) = value.reason() {
            self.unknown.get_or_insert_with(|| reason.clone());
        }
        if self.choices.len() * value.choices().len() > MOST_CHOICES {
            self.unknown.get_or_insert_with(|| Reason::new("too many possibilities"));
            self.choices.clear();
        }
        let before = std::mem::take(&mut self.choices);
        for choice in value.choices() {
            let mut branch = Self { choices: before.clone(), unknown: None };
            branch.push_text(&to_text(choice))?;
            self.choices.extend(branch.choices);
        }
        Ok(())
    }

    pub(super) fn finish(self) -> Partial {
        let known = self.choices.into_iter().map(|choice| Partial::known(Json::text(choice)));
        known.chain(self.unknown.map(Partial::unknown)).fold(Partial::none(), Partial::join)
    }
}

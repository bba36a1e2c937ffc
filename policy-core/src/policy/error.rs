//! What is wrong with a policy, and where.

use std::fmt;

use super::spot::shorten;
use crate::suggest::nearest;
use crate::text::Location;

/// One thing that is wrong with a policy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub struct LoadError {
    /// Where; `None` only for a policy that was asked for by name and is in no file.
    pub location: Option<Location>,
    /// Lower-case sentence without final period.
    pub message: String,
    /// The name or form that was probably meant.
    pub suggestion: Option<String>,
}

impl LoadError {
    pub(crate) fn new(location: Option<Location>, message: impl Into<String>) -> Self {
        Self { location, message: message.into(), suggestion: None }
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(location) = &self.location {
            let start = location.start();
            write!(f, "{}:{}:{}: ", location.path(), start.line, start.column)?;
        }
        f.write_str(&self.message)?;
        match &self.suggestion {
            Some(suggestion) => write!(f, "; did you mean `{suggestion}`?"),
            None => Ok(()),
        }
    }
}

/// Everything that is wrong with the policies of a run, sorted by file and position.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct LoadErrors(Vec<LoadError>);

impl LoadErrors {
    /// The errors; at least one.
    pub fn iter(&self) -> impl Iterator<Item = &LoadError> {
        self.0.iter()
    }
}

impl From<LoadError> for LoadErrors {
    fn from(error: LoadError) -> Self {
        Self(vec![error])
    }
}

impl fmt::Display for LoadErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, error) in self.0.iter().enumerate() {
            let line_break = if index > 0 { "\n" } else { "" };
            write!(f, "{line_break}{error}")?;
        }
        Ok(())
    }
}

/// Collects errors, so that all of them are reported at once.
#[derive(Debug, Default)]
pub(crate) struct Problems(Vec<LoadError>);

impl Problems {
    /// Notes an error at a place.
    pub(crate) fn add(&mut self, location: Location, message: impl Into<String>) {
        self.0.push(LoadError::new(Some(location), message));
    }

    /// Notes an error at a place, and what was probably meant.
    pub(crate) fn add_suggesting(&mut self, location: Location, message: impl Into<String>, suggestion: Option<&str>) {
        let error = LoadError::new(Some(location), message);
        self.0.push(LoadError { suggestion: suggestion.map(Into::into), ..error });
    }

    /// Notes that there is no such thing, and what was probably meant.
    pub(crate) fn add_unknown<'c>(&mut self, location: Location, what: &str, name: &str, known: impl IntoIterator<Item = &'c str>) {
        let known: Vec<&str> = known.into_iter().collect();
        let suggestion = nearest(name, known.iter().copied());
        let list = if suggestion.is_none() && !known.is_empty() { format!("; there are {}", list_names(known)) } else { String::new() };
        self.add_suggesting(location, format!("unknown {what} `{}`{list}", shorten(name)), suggestion);
    }

    /// Notes an error that has no place in a file, or of which the place is known already.
    pub(crate) fn push(&mut self, error: LoadError) {
        self.0.push(error);
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    /// `value` if there are none.
    pub(crate) fn or<T>(mut self, value: T) -> Result<T, LoadErrors> {
        if self.0.is_empty() {
            return Ok(value);
        }
        self.0.sort_by(|one, other| (&one.location, &one.message).cmp(&(&other.location, &other.message)));
        self.0.dedup();
        Err(LoadErrors(self.0))
    }
}

/// The list of names an unknown one could have been, cut to a readable length.
pub(crate) fn list_names<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    const MOST: usize = 12;
    let names: Vec<&str> = names.into_iter().collect();
    let shown: Vec<String> = names.iter().take(MOST).map(|name| format!("`{name}`")).collect();
    let more = names.len().saturating_sub(MOST);
    if more > 0 { format!("{} and {more} more", shown.join(", ")) } else { shown.join(", ") }
}

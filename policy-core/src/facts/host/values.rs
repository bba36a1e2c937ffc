//! The variables of `go env`, each with a place to point at.

use std::sync::Arc;

use super::{GO_ENV, Host};
use crate::facts::value::{Choice, Datum, Origin, OriginKind, Value};
use crate::facts::version::{GoVersion, VersionRange};
use crate::text::{Location, Span, Text};

impl Host<'_> {
    /// What go says counts; what the resolver says of the same value tells where it comes from.
    pub(super) fn tell_values(&mut self) {
        let worked_out: Vec<(&'static str, Value)> = self.resolver.names().map(|name| (name, self.agreed(name))).collect();
        let line = |(name, value): &(&str, Value)| format!("{name}={}\n", value.as_text().map(|text| &**text).unwrap_or_default());
        let lines: Vec<String> = worked_out.iter().map(line).collect();
        self.text = Text::synthetic(GO_ENV, lines.concat());
        let mut start = 0;
        for ((name, value), line) in worked_out.into_iter().zip(&lines) {
            let location = Location::new(&self.text, Span::new(start, start + line.len() - 1));
            start += line.len();
            self.values.insert(name, (value, location));
        }
    }

    pub(super) fn agreed(&self, name: &str) -> Value {
        let ours = self.resolver.variable(name);
        match self.answer.value(name) {
            Some(told) if !self.running.switches && ours.as_text().is_none_or(|text| **text != *told) => {
                Value::text(told, Origin::named(OriginKind::Default, "as go env says", None))
            }
            _ => ours,
        }
    }
}

/// A value of which every origin without a place gets this one. A default that follows from HOME and the like is not theirs either.
pub(super) fn placed(value: &Value, line: &Location) -> Value {
    value.and_then(|Choice { datum, origin }| {
        let own = origin.location.as_ref().filter(|location| origin.kind != OriginKind::Default || is_of_go(location));
        let location = Some(own.unwrap_or(line).clone());
        Value::known(datum.clone(), Arc::new(Origin { location, ..(**origin).clone() }))
    })
}

/// Whether a place is that of a variable of Go, or in a file.
fn is_of_go(location: &Location) -> bool {
    let text = &location.text;
    let line = text.line_span(location.start().line).map_or("", |span| text.slice(span));
    text.on_disk() || line.starts_with("GO") || line.starts_with("CGO")
}

pub(super) fn flag(yes: bool) -> Value {
    Value::known(Datum::Flag(yes), Origin::of(OriginKind::Computed))
}

pub(super) fn version(version: Option<GoVersion>) -> Value {
    let datum = version.map_or(Datum::Unset, |version| Datum::Version(VersionRange::exact(version)));
    Value::known(datum, Origin::of(OriginKind::Computed))
}

pub(super) fn text(text: Option<&str>) -> Value {
    let origin = Origin::of(OriginKind::Computed);
    text.map_or_else(|| Value::unset(Arc::clone(&origin)), |text| Value::text(text, Arc::clone(&origin)))
}

pub(super) fn texts<T: Into<Arc<str>>>(items: impl IntoIterator<Item = T>) -> Value {
    let origin = Origin::of(OriginKind::Computed);
    Value::list(items.into_iter().map(|item| Value::text(item, Arc::clone(&origin))).collect(), origin)
}

/// The system in gopolicy's words.
pub(super) fn os_word(os: &str) -> Option<&'static str> {
    match os {
        "linux" => Some("linux"),
        "darwin" => Some("macos"),
        "windows" => Some("windows"),
        _ => None,
    }
}

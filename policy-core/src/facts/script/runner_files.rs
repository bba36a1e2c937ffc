//! `$GITHUB_ENV` and `$GITHUB_PATH`: what the runner makes of them when a step has ended.
//!
//! Source: `FileCommandManager.cs` of actions/runner.

use std::sync::Arc;

use super::content::{Content, Piece};
use super::values::{concat, only_text, reason_of};
use crate::facts::environment::Environment;
use crate::facts::value::{Origin, OriginKind, Reason, Value};
use crate::text::Location;

/// What a step wrote to `$GITHUB_ENV` (or `$GITHUB_OUTPUT`, which has the same format).
#[derive(Clone, Debug)]
pub(crate) struct EnvFile {
    content: Content,
}

/// Why the runner refuses a file; the step then fails. Lines before it have taken effect.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FileError {
    /// The line.
    pub(crate) location: Location,
    /// A lower-case sentence.
    pub(crate) message: String,
}

/// One thing that a file says, in order.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Setting {
    /// A variable gets a value.
    Set {
        /// Its name.
        name: String,
        /// Its value, with its origin.
        value: Value,
        /// The line.
        location: Location,
    },
    /// Any variable may get any value.
    Anything(Reason),
}

impl EnvFile {
    pub(super) fn new(content: Content) -> Self {
        Self { content }
    }

    /// What the file says, for each alternative, and where the runner stops with an error.
    pub(crate) fn alternatives(&self) -> Vec<(Vec<Setting>, Option<FileError>)> {
        self.content.alternatives().map(|pieces| Reader { lines: lines(&pieces, is_line_feed), at: 0 }.settings()).collect()
    }

    /// Applies the file to the environment of the following steps, as the runner does.
    pub(crate) fn apply(&self, env: &mut Environment) -> Vec<FileError> {
        let mut errors = Vec::new();
        let mut all: Option<Environment> = None;
        for (settings, error) in self.alternatives() {
            let mut next = env.clone();
            settings.into_iter().for_each(|setting| apply(&mut next, setting));
            errors.extend(error.filter(|error| !errors.contains(error)));
            all = Some(match all {
                Some(all) => all.join(&next),
                None => next,
            });
        }
        *env = all.unwrap_or_else(|| env.clone());
        errors
    }
}

/// `NODE_OPTIONS` is refused. The runner's own variables can be written, but it sets them again for every step
/// (`ScriptHandler.cs`), so that has no effect.
fn apply(env: &mut Environment, setting: Setting) {
    match setting {
        Setting::Anything(reason) => env.forget(&reason),
        Setting::Set { name, .. }
            if name.eq_ignore_ascii_case("NODE_OPTIONS") || name.starts_with("GITHUB_") || name.starts_with("RUNNER_") => {}
        Setting::Set { name, value, .. } => env.set(&name, value),
    }
}

/// A part of a line.
type Fragment = (Value, Location);

/// A line of the file, or something unknown in its place.
#[derive(Clone, Debug)]
enum Line {
    Known { fragments: Vec<Fragment>, ended: bool },
    Anything(Reason),
}

fn is_line_feed(c: char) -> bool {
    c == '\n'
}

/// Cuts output into lines.
fn lines(pieces: &[&Piece], ends: fn(char) -> bool) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut open: Vec<Fragment> = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Anything(reason) => {
                close(&mut lines, &mut open, false);
                lines.push(Line::Anything(reason.clone()));
            }
            Piece::Text(value, location) => match only_text(value) {
                None => open.push((value.clone(), location.clone())),
                Some(text) => {
                    for part in text.split_inclusive(ends) {
                        let body = part.strip_suffix(ends).unwrap_or(part);
                        if !body.is_empty() {
                            open.push((Value::text(body, Origin::of(OriginKind::Document)), location.clone()));
                        }
                        if body.len() < part.len() {
                            if open.is_empty() {
                                open.push((Value::text("", Origin::of(OriginKind::Document)), location.clone()));
                            }
                            close(&mut lines, &mut open, true);
                        }
                    }
                }
            },
        }
    }
    close(&mut lines, &mut open, false);
    lines
}

fn close(lines: &mut Vec<Line>, open: &mut Vec<Fragment>, ended: bool) {
    let fragments = std::mem::take(open);
    if !fragments.is_empty() {
        lines.push(Line::Known { fragments, ended });
    }
}

/// Reads lines as `EnvFileKeyValuePairs` does.
struct Reader {
    lines: Vec<Line>,
    at: usize,
}

impl Reader {
    fn next(&mut self) -> Option<Line> {
        let line = self.lines.get(self.at).cloned();
        self.at += 1;
        line
    }

    fn settings(mut self) -> (Vec<Setting>, Option<FileError>) {
        let mut settings = Vec::new();
        while let Some(line) = self.next() {
            match line {
                Line::Anything(reason) => settings.push(Setting::Anything(reason)),
                Line::Known { fragments, .. } => match self.setting(&fragments) {
                    Ok(setting) => settings.extend(setting),
                    Err(error) => return (settings, Some(error)),
                },
            }
        }
        (settings, None)
    }

    fn setting(&mut self, fragments: &[Fragment]) -> Result<Option<Setting>, FileError> {
        let Some(location) = covered(fragments) else { return Ok(None) };
        match head(fragments) {
            Head::Empty => Ok(None),
            Head::Unclear(reason) => Ok(Some(Setting::Anything(reason))),
            Head::Malformed(line) => {
                Err(FileError { location, message: format!("`{line}` is neither `NAME=value` nor `NAME<<delimiter`") })
            }
            Head::Plain { name, rest } => {
                let origin = Origin::at(OriginKind::GithubEnv, location.clone());
                Ok(Some(Setting::Set { name, value: concat(&rest, &origin), location }))
            }
            Head::Block { name, delimiter } => self.block(name, &delimiter, location),
        }
    }

    /// `NAME<<delimiter`, lines, `delimiter`
    fn block(&mut self, name: String, delimiter: &[Value], location: Location) -> Result<Option<Setting>, FileError> {
        let origin = Origin::at(OriginKind::GithubEnv, location.clone());
        let delimiter = concat(delimiter, &origin);
        if name.is_empty() || only_text(&delimiter) == Some("") {
            return Err(FileError { location, message: "name and delimiter must not be empty".to_owned() });
        }
        let mut parts: Vec<Value> = Vec::new();
        loop {
            match self.next() {
                None => return Err(FileError { location, message: format!("the closing line of `{name}` is missing") }),
                Some(Line::Anything(reason)) => {
                    parts.push(Value::unknown(reason.clone()));
                    if !self.closes_later(&delimiter) {
                        return Ok(Some(Setting::Anything(reason)));
                    }
                }
                Some(Line::Known { fragments, ended }) => {
                    let values: Vec<Value> = fragments.iter().map(|(value, _)| value.clone()).collect();
                    if closes(&values, &delimiter) {
                        return Ok(Some(Setting::Set { name, value: concat(&parts, &origin), location }));
                    }
                    if !ended && !matches!(self.lines.get(self.at), Some(Line::Anything(_))) {
                        return Err(FileError { location, message: format!("the closing line of `{name}` is missing") });
                    }
                    if !parts.is_empty() {
                        parts.push(Value::text("\n", Origin::of(OriginKind::Document)));
                    }
                    parts.extend(values);
                }
            }
        }
    }

    fn closes_later(&self, delimiter: &Value) -> bool {
        self.lines.iter().skip(self.at).any(|line| match line {
            Line::Known { fragments, .. } => closes(&fragments.iter().map(|(value, _)| value.clone()).collect::<Vec<_>>(), delimiter),
            Line::Anything(_) => false,
        })
    }
}

/// Whether a line is the delimiter. An unknown delimiter (`EOF_$RANDOM`, `$(uuidgen)`) is taken to be the next line that is unknown
/// in the same way.
fn closes(line: &[Value], delimiter: &Value) -> bool {
    let line = concat(line, &Origin::of(OriginKind::Document));
    match (only_text(&line), only_text(delimiter)) {
        (Some(line), Some(delimiter)) => line == delimiter,
        (None, None) => line == *delimiter && reason_of(&line) == reason_of(delimiter),
        _ => false,
    }
}

/// What a line starts with.
enum Head {
    Empty,
    Plain { name: String, rest: Vec<Value> },
    Block { name: String, delimiter: Vec<Value> },
    Malformed(String),
    Unclear(Reason),
}

/// The first of `=` and `<<` decides.
fn head(fragments: &[Fragment]) -> Head {
    let mut name = String::new();
    for (index, (value, _)) in fragments.iter().enumerate() {
        let Some(text) = only_text(value) else { return Head::Unclear(Reason::new("name of a variable that is not known")) };
        name.push_str(text);
        let rest = || fragments.iter().skip(index + 1).map(|(value, _)| value.clone());
        let with = |tail: &str| std::iter::once(Value::text(tail, Origin::of(OriginKind::Document))).chain(rest()).collect();
        match (name.find('='), name.find("<<")) {
            (Some(equals), block) if block.is_none_or(|block| equals < block) => {
                let (name, tail) = name.split_once('=').unwrap_or((&name, ""));
                return Head::Plain { name: name.to_owned(), rest: with(tail) };
            }
            (_, Some(_)) => {
                let (name, tail) = name.split_once("<<").unwrap_or((&name, ""));
                return Head::Block { name: name.to_owned(), delimiter: with(tail) };
            }
            _ => {}
        }
    }
    if name.is_empty() { Head::Empty } else { Head::Malformed(name) }
}

/// From the first fragment to the last, as far as they stand in one text.
fn covered(fragments: &[Fragment]) -> Option<Location> {
    let (_, first) = fragments.first()?;
    let same = fragments.iter().map(|(_, location)| location).filter(|location| Arc::ptr_eq(&location.text, &first.text));
    let span = same.fold(first.span, |span, location| span.to(location.span));
    Some(Location { text: Arc::clone(&first.text), span })
}

/// What a step wrote to `$GITHUB_PATH`.
#[derive(Clone, Debug)]
pub(crate) struct PathFile {
    content: Content,
}

/// Directories that go in front of `PATH`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PathAdditions {
    /// In the order written: the runner puts the last one first, and each only once.
    pub(crate) directories: Vec<Value>,
    /// Why there may be others.
    pub(crate) unknown: Option<Reason>,
}

impl PathFile {
    pub(super) fn new(content: Content) -> Self {
        Self { content }
    }

    /// The directories, for each alternative. `File.ReadAllLines` also ends lines at carriage returns.
    pub(crate) fn alternatives(&self) -> Vec<PathAdditions> {
        self.content.alternatives().map(|pieces| additions(&lines(&pieces, |c| c == '\n' || c == '\r'))).collect()
    }
}

fn additions(lines: &[Line]) -> PathAdditions {
    let mut found = PathAdditions { directories: Vec::new(), unknown: None };
    for line in lines {
        match line {
            Line::Anything(reason) => found.unknown = Some(reason.clone()),
            Line::Known { fragments, .. } => {
                let origin = covered(fragments)
                    .map_or_else(|| Origin::of(OriginKind::GithubPath), |location| Origin::at(OriginKind::GithubPath, location));
                let value = concat(fragments.iter().map(|(value, _)| value), &origin);
                if only_text(&value) != Some("") {
                    found.directories.retain(|known| *known != value);
                    found.directories.push(value);
                }
            }
        }
    }
    found
}

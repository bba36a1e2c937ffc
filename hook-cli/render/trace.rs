//! `gopolicy trace` for people: places, their commands, and what each command will see.

use std::collections::BTreeMap;
use std::io::{self, Write};

use policy_core::trace::{Trace, TraceCommand, TraceOrigin, TracePlace, TraceValue};

use super::escape::{sentence, visible};
use super::{View, places};

/// Values are padded to at most this many characters, so that one long value does not push all origins aside.
const WIDEST: usize = 40;

/// Writes the places one after another; those that differ in nothing but the matrix leg as one. Variables that have Go's
/// default are left out unless everything is asked for.
pub(crate) fn trace(trace: &Trace, view: View, out: &mut dyn Write) -> io::Result<()> {
    if trace.places.is_empty() {
        return writeln!(out, "No go command found.");
    }
    for (index, legs) in alike(&trace.places).iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        write_place(legs, view, out)?;
    }
    Ok(())
}

/// Places that show the same, in the order of the first of each. The places of a job stand together.
fn alike(places: &[TracePlace]) -> Vec<Vec<&TracePlace>> {
    places.chunk_by(|a, b| (&a.path, &a.job) == (&b.path, &b.job)).flat_map(alike_in_job).collect()
}

pub(super) fn alike_in_job(places: &[TracePlace]) -> Vec<Vec<&TracePlace>> {
    let mut groups: Vec<Vec<&TracePlace>> = Vec::new();
    for place in places {
        match groups.iter_mut().find(|group| group.first().is_some_and(|first| are_alike(first, place))) {
            Some(group) => group.push(place),
            None => groups.push(vec![place]),
        }
    }
    groups
}

fn are_alike(one: &TracePlace, other: &TracePlace) -> bool {
    (&one.step, &one.within, &one.shell, &one.os, &one.commands) == (&other.step, &other.within, &other.shell, &other.os, &other.commands)
}

fn write_place(legs: &[&TracePlace], view: View, out: &mut dyn Write) -> io::Result<()> {
    let Some(first) = legs.first() else { return Ok(()) };
    writeln!(out, "{}", heading(first, legs, view))?;
    for command in &first.commands {
        writeln!(out, "  {}", command_line(command))?;
        let (rows, unknown) = told(command, &first.path, view);
        write_rows(&rows, "    ", out)?;
        for line in unknown {
            writeln!(out, "    {line}")?;
        }
    }
    Ok(())
}

/// What there is to tell of a command's environment: rows for what is known, and a line for each reason why others are not.
/// `here` is the file that is spoken of.
pub(super) fn told(command: &TraceCommand, here: &str, view: View) -> (Vec<Row>, Vec<String>) {
    let env = command.env.iter().filter(|(name, value)| view.verbose || is_told(name, value));
    let (known, unknown): (Vec<_>, Vec<_>) = env.partition(|(_, value)| view.verbose || !matches!(value, TraceValue::Unknown { .. }));
    (known.into_iter().map(|(name, value)| Row::new(name, value, here)).collect(), unknown_lines(&unknown))
}

/// More variables than this that are unknown for one reason are counted rather than named.
const MOST_UNKNOWN: usize = 8;

/// What Go works out from the machine it stands on: never known from a workflow, and of no interest there.
static OF_THE_MACHINE: &[&str] = &["GOENV", "GOGCCFLAGS", "GOROOT", "GOTELEMETRY", "GOTELEMETRYDIR", "GOTOOLDIR", "GOVERSION"];

fn is_told(name: &str, value: &TraceValue) -> bool {
    let of_the_machine = matches!(value, TraceValue::Unknown { .. }) && OF_THE_MACHINE.contains(&name);
    !of_the_machine && !value.is_default()
}

/// `unknown: GOFLAGS, GOPROXY (secrets.X)`: variables that are unknown for the same reason stand together.
fn unknown_lines(unknown: &[(&String, &TraceValue)]) -> Vec<String> {
    let mut by_reason: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (name, value) in unknown {
        if let TraceValue::Unknown { reason } = value {
            by_reason.entry(reason).or_default().push(visible(name));
        }
    }
    let line = |(reason, names): (&str, Vec<String>)| {
        let list = if names.len() > MOST_UNKNOWN { format!("{} variables", names.len()) } else { names.join(", ") };
        format!("unknown: {list} ({})", sentence(reason))
    };
    by_reason.into_iter().map(line).collect()
}

/// `ci.yml › test › step 2 "Test" › os=ubuntu-latest, go=1.22`
pub(super) fn heading(place: &TracePlace, legs: &[&TracePlace], view: View) -> String {
    let name = place.step.name.as_deref().or(place.step.id.as_deref());
    let name = name.map_or_else(String::new, |name| format!(" \"{}\"", sentence(name)));
    let mut parts = vec![visible(&place.path), visible(&place.job), format!("step {}{name}", place.step.index)];
    parts.extend(place.within.iter().map(|within| format!("{}:{}", visible(&within.path), within.line)));
    parts.extend(matrix(legs, view));
    parts.join(" › ")
}

fn matrix(legs: &[&TracePlace], view: View) -> Option<String> {
    let leg = |place: &&TracePlace| places::leg(place.matrix.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    let legs: Vec<String> = legs.iter().map(leg).filter(|leg| !leg.is_empty()).collect();
    (!legs.is_empty()).then(|| places::some_of(&legs, "; ", "leg", view.verbose))
}

/// `go test ./...  (line 13)`; a word that is not known is `…`.
pub(super) fn command_line(command: &TraceCommand) -> String {
    let words = command.argv.as_ref().map(|words| {
        let words: Vec<String> = words.iter().map(|word| word.as_deref().map_or_else(|| String::from("…"), quoted)).collect();
        words.join(" ")
    });
    let opaque = || format!("{} (runs Go out of sight)", visible(command.opaque.as_deref().unwrap_or("a command that is not known")));
    let go = match &command.go {
        TraceValue::Known { value, .. } if !value.is_empty() => format!(", go {}", visible(value)),
        _ => String::new(),
    };
    format!("{}  (line {}{go})", words.unwrap_or_else(opaque), command.line)
}

/// A word as one would type it.
fn quoted(word: &str) -> String {
    let is_bare = |c: char| c.is_alphanumeric() || "-_./=:,@%+^~".contains(c);
    if !word.is_empty() && word.chars().all(is_bare) { visible(word) } else { format!("'{}'", sentence(word)) }
}

/// A name, what is known of its value, and where that comes from.
pub(super) struct Row {
    pub(super) name: String,
    pub(super) value: String,
    pub(super) origin: String,
}

impl Row {
    pub(super) fn new(name: &str, value: &TraceValue, path: &str) -> Self {
        let origin_words = |origin| origin_in(origin, path);
        let (value, origin) = match value {
            TraceValue::Known { value, origin } => (shown(value), origin_words(origin)),
            TraceValue::OneOf { values, origin } => {
                (values.iter().map(|value| shown(value)).collect::<Vec<_>>().join(" or "), origin_words(origin))
            }
            TraceValue::Unknown { reason } => (String::from("?"), format!("unknown: {}", sentence(reason))),
        };
        Self { name: visible(name), value, origin }
    }
}

fn shown(value: &str) -> String {
    if value.is_empty() { String::from("\"\"") } else { sentence(value) }
}

/// `github-env, ci.yml:8`
pub(super) fn origin_words(origin: &TraceOrigin) -> String {
    origin_in(origin, "")
}

/// The same, where `here` is the file that is spoken of.
fn origin_in(origin: &TraceOrigin, here: &str) -> String {
    let place = origin.path.as_deref().map(|path| match origin.line {
        Some(line) if path == here => format!("line {line}"),
        Some(line) => format!("{}:{line}", visible(path)),
        None => visible(path),
    });
    let detail = origin.detail.as_deref().map(visible);
    [Some(origin.kind.name().to_owned()), detail, place].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Rows as aligned columns.
pub(super) fn write_rows(rows: &[Row], indent: &str, out: &mut dyn Write) -> io::Result<()> {
    let widest = |cell: fn(&Row) -> &str| rows.iter().map(|row| cell(row).chars().count().min(WIDEST)).max().unwrap_or(0);
    let (names, values) = (widest(|row| &row.name), widest(|row| &row.value));
    for Row { name, value, origin } in rows {
        let line = format!("{indent}{name:names$} = {value:values$}   {origin}");
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use policy_core::facts::value::OriginKind;
    use policy_core::trace::{TraceStep, TraceWithin};

    fn origin(kind: OriginKind, line: Option<u32>) -> TraceOrigin {
        TraceOrigin { kind, path: line.map(|_| "ci.yml".into()), line, detail: None }
    }

    fn place(step: u32, os: &str, flags: &str) -> TracePlace {
        let known = |value: &str, origin| TraceValue::Known { value: value.into(), origin };
        let go = known("1.22.x", origin(OriginKind::Document, Some(9)));
        let env = [
            ("GOFLAGS", known(flags, origin(OriginKind::GithubEnv, Some(8)))),
            ("CGO_ENABLED", TraceValue::OneOf { values: vec!["0".into(), "1".into()], origin: origin(OriginKind::Script, Some(9)) }),
            ("GOPROXY", TraceValue::Unknown { reason: "secrets.PROXY".into() }),
            ("GOSUMDB", known("sum.golang.org", origin(OriginKind::Default, None))),
        ];
        let env = env.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        let argv = Some(vec![Some("go".into()), Some("test".into()), Some("-run=A B".into()), None]);
        TracePlace {
            path: "ci.yml".into(),
            job: "test".into(),
            matrix: vec![("os".into(), os.into()), ("go".into(), "1.22".into())],
            step: TraceStep { index: step, id: None, name: Some("Test".into()), line: 12 },
            within: Vec::new(),
            shell: Some("bash".into()),
            os: Some("linux".into()),
            commands: vec![TraceCommand { line: 13, argv, opaque: None, perhaps: false, go, env }],
        }
    }

    fn text_of(places: Vec<TracePlace>, verbose: bool) -> String {
        let mut out = Vec::new();
        trace(&Trace { places }, View { verbose, ..View::default() }, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn merges_legs_and_leaves_defaults_out() {
        let mut opaque = place(4, "a", "");
        opaque.within = vec![TraceWithin { path: "action.yml".into(), line: 7, step: Some(0) }];
        opaque.commands[0].argv = None;
        opaque.commands[0].opaque = Some("golangci/golangci-lint-action@v9".into());
        let places = vec![place(2, "a", "-v"), place(2, "b", "-mod=mod"), place(2, "c", "-v"), opaque];
        insta::assert_snapshot!(text_of(places, false));
    }

    #[test]
    fn shows_everything_when_asked() {
        assert!(text_of(vec![place(2, "a", "-v")], true).contains("    GOSUMDB     = sum.golang.org   default\n"));
        assert_eq!(text_of(Vec::new(), false), "No go command found.\n");
    }

    #[test]
    fn nothing_acts_on_the_terminal_or_the_runner() {
        let mut place = place(0, "\u{1b}[2J", "a\n::error::x");
        place.path = "::error::x".into();
        place.commands[0].argv = Some(vec![Some("##[error]".into())]);
        let text = text_of(vec![place], false);
        assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{text}");
        assert!(!text.contains("##[") && !text.lines().any(|line| line.trim_start().starts_with("::")), "{text}");
    }
}

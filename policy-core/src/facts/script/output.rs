//! What `echo` and `printf` print, and where output goes.

use super::Argument;
use super::content::Content;
use super::ends::{Ends, Jumps};
use super::machine::{Machine, PIECES_A_STEP, unknown};
use super::simple::Call;
use super::state::{Sink, State};
use super::values::{map_text, only_text, reason_of};
use crate::facts::value::{Origin, OriginKind, Reason, Value};
use crate::text::{Location, Span};

/// Formats are used again while arguments remain, but not more often than this.
const MOST_REPEATS: usize = 1024;

impl<'a> Machine<'a> {
    /// Prints to standard output.
    pub(super) fn emit(&mut self, state: &mut State<'a>, output: &Content) {
        self.charge(output.size(), PIECES_A_STEP);
        deliver(state, 1, output);
    }

    /// Prints one line.
    pub(super) fn emit_line(&mut self, state: &mut State<'a>, value: &Value, span: Span) {
        let location = self.frame.locate(span);
        let mut output = Content::default();
        output.push_text(value, &location);
        output.push_text(&plain("\n"), &location);
        self.emit(state, &output);
    }

    /// Prints something unknown, perhaps also to standard error.
    pub(super) fn emit_anything(&mut self, state: &mut State<'a>, reason: impl FnOnce() -> Reason) {
        if [state.sink(1), state.sink(2)] == [Sink::Elsewhere; 2] {
            return;
        }
        let mut output = Content::default();
        output.push_anything(reason());
        deliver(state, 1, &output);
        if state.sink(2) != state.sink(1) {
            deliver(state, 2, &output);
        }
    }

    /// `echo`
    pub(super) fn echo(&mut self, call: &Call<'_>, mut state: State<'a>, _: &mut Jumps<'a>) -> Ends<'a> {
        let mut newline = true;
        // dash's echo always interprets escapes and knows only -n; bash's interprets them after -e.
        let dash = self.dialect == super::Dialect::Sh;
        let mut escapes = dash;
        let mut rest = call.arguments();
        while let Some((first, tail)) = rest.split_first() {
            let flags = only_text(&first.value).filter(|_| !first.several).and_then(|text| text.strip_prefix('-'));
            let allowed = if dash { "n" } else { "neE" };
            let Some(flags) = flags.filter(|flags| !flags.is_empty() && flags.chars().all(|c| allowed.contains(c))) else { break };
            newline &= !flags.contains('n');
            for flag in flags.chars().filter(|flag| !dash && *flag != 'n') {
                escapes = flag == 'e';
            }
            rest = tail;
        }
        let output = self.echoed(rest, newline, escapes, call.span);
        self.emit(&mut state, &output);
        Ends::ok(state)
    }

    fn echoed(&self, arguments: &[Argument], newline: bool, escapes: bool, span: Span) -> Content {
        let mut output = Content::default();
        let mut stopped = false;
        let whole = self.frame.locate(span);
        for (index, argument) in arguments.iter().enumerate() {
            if index > 0 {
                output.push_text(&plain(" "), &argument.location);
            }
            stopped = escapes && only_text(&argument.value).is_some_and(|text| escaped(text).1);
            for part in argument.parts() {
                output.push_text(&printed(part, &argument.location, escapes), &argument.location);
            }
            if stopped {
                break;
            }
        }
        if newline && !stopped {
            output.push_text(&plain("\n"), arguments.last().map_or(&whole, |argument| &argument.location));
        }
        output
    }

    /// `printf`
    pub(super) fn printf(&mut self, call: &Call<'_>, mut state: State<'a>, _: &mut Jumps<'a>) -> Ends<'a> {
        let mut rest = call.arguments();
        let mut variable = None;
        if let [flag, name, tail @ ..] = rest
            && only_text(&flag.value) == Some("-v")
        {
            variable = Some(name.clone());
            rest = tail;
        }
        if let [flag, tail @ ..] = rest
            && only_text(&flag.value) == Some("--")
        {
            rest = tail;
        }
        let output = self.formatted(rest, call.span);
        match variable {
            None => self.emit(&mut state, &output),
            Some(name) => self.store(&name, &output, call.span, &mut state),
        }
        Ends::ok(state)
    }

    fn store(&mut self, name: &Argument, output: &Content, span: Span, state: &mut State<'a>) {
        let Some(name) = only_text(&name.value) else {
            state.variables.forget(&reason_of(&name.value));
            return;
        };
        // `-v` keeps trailing line breaks, which the content drops: only a text that ends otherwise is known.
        let value = super::values::assigned(&output.substituted(), &self.origin(OriginKind::Script, span));
        let ends_in_break = output.alternatives().any(|pieces| match pieces.last() {
            Some(super::content::Piece::Text(value, _)) => only_text(value).is_none_or(|text| text.ends_with('\n')),
            _ => false,
        });
        let value = if ends_in_break { unknown("output of `printf`") } else { value };
        self.assign(state, name, value);
    }

    fn formatted(&self, arguments: &[Argument], span: Span) -> Content {
        let location = self.frame.locate(span);
        let mut output = Content::default();
        let Some((format, rest)) = arguments.split_first() else { return output };
        let segments = only_text(&format.value).filter(|_| !format.several).and_then(segments);
        match (segments, rest.iter().find(|argument| argument.several)) {
            (Some(segments), None) => fill(&mut output, &segments, rest, &format.location),
            (Some(_), Some(several)) => output.push_anything(reason_of(&several.value)),
            (None, _) => {
                let lines = only_text(&format.value).is_some_and(|text| text.ends_with("\\n"));
                output.push_text(&unknown("output of `printf`"), &location);
                output.push_text(&plain(if lines { "\n" } else { "" }), &location);
            }
        }
        output
    }
}

fn plain(text: &str) -> Value {
    Value::text(text, Origin::of(OriginKind::Document))
}

/// Sends output where a descriptor leads.
pub(super) fn deliver(state: &mut State<'_>, descriptor: i32, output: &Content) {
    match state.sink(descriptor) {
        Sink::Elsewhere => {}
        Sink::Capture(index) => {
            if let Some(capture) = state.captures.get_mut(index) {
                capture.extend(output);
            }
        }
        Sink::Runner(file) => state.files.get_mut(file).extend(output),
        Sink::Perhaps(file) => {
            let content = state.files.get_mut(file);
            let mut longer = content.clone();
            longer.extend(output);
            *content = std::mem::take(content).join(&longer);
        }
    }
}

/// What `echo` prints for an argument.
fn printed(part: &Value, location: &Location, escapes: bool) -> Value {
    let origin = Origin::at(OriginKind::Document, location.clone());
    match escapes {
        true => map_text(part, &origin, "output of `echo`", |text| Some(escaped(text).0)),
        false => part.clone(),
    }
}

enum Segment {
    Literal(String),
    /// `%s`, `%d`, `%b`, `%q`
    Conversion(char),
}

/// The parts of a format; `None` for widths, precisions and conversions that are not followed.
fn segments(format: &str) -> Option<Vec<Segment>> {
    let mut segments = Vec::new();
    let mut literal = String::new();
    let mut rest = format.chars();
    while let Some(c) = rest.next() {
        if c != '%' {
            literal.push(c);
            continue;
        }
        match rest.next()? {
            '%' => literal.push('%'),
            kind @ ('s' | 'd' | 'i' | 'b' | 'q') => {
                segments.push(Segment::Literal(escaped_format(&std::mem::take(&mut literal))?));
                segments.push(Segment::Conversion(kind));
            }
            _ => return None,
        }
    }
    segments.push(Segment::Literal(escaped_format(&literal)?));
    Some(segments)
}

/// In a format, `\c` and NUL are not followed.
fn escaped_format(text: &str) -> Option<String> {
    if text.contains("\\c") || text.contains("\\0") {
        return None;
    }
    Some(escaped(text).0)
}

fn fill(output: &mut Content, segments: &[Segment], arguments: &[Argument], location: &Location) {
    let takes_none = !segments.iter().any(|segment| matches!(segment, Segment::Conversion(_)));
    let mut rest = arguments.iter();
    for _ in 0..MOST_REPEATS {
        for segment in segments {
            match segment {
                Segment::Literal(text) if text.is_empty() => {}
                Segment::Literal(text) => output.push_text(&plain(text), location),
                Segment::Conversion(kind) => {
                    let Some(argument) = rest.next() else {
                        output.push_text(&plain(if matches!(kind, 'd' | 'i') { "0" } else { "" }), location);
                        continue;
                    };
                    for part in argument.parts() {
                        output.push_text(&converted(*kind, part), &argument.location);
                    }
                }
            }
        }
        if takes_none || rest.len() == 0 {
            return;
        }
    }
    output.push_anything(Reason::new("output of `printf`"));
}

fn converted(kind: char, value: &Value) -> Value {
    let origin = Origin::of(OriginKind::Computed);
    match kind {
        's' => super::values::assigned(value, &origin),
        'b' => map_text(value, &origin, "output of `printf`", |text| (!escaped(text).1).then(|| escaped(text).0)),
        'q' => map_text(value, &origin, "output of `printf`", |text| {
            let plain = !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "_-./:@%+=".contains(c));
            plain.then(|| text.to_owned())
        }),
        _ => map_text(value, &origin, "output of `printf`", |text| {
            text.parse::<i64>().ok().filter(|number| number.to_string() == text).map(|number| number.to_string())
        }),
    }
}

/// Interprets the escapes of `echo -e` and `%b`; true if `\c` ended the output. NUL bytes are dropped: variables cannot hold them.
fn escaped(text: &str) -> (String, bool) {
    let mut result = String::new();
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        if c != '\\' {
            result.push(c);
            continue;
        }
        let Some(kind) = rest.next() else {
            result.push('\\');
            break;
        };
        match kind {
            'a' => result.push('\u{7}'),
            'b' => result.push('\u{8}'),
            'c' => return (result, true),
            'e' | 'E' => result.push('\u{1b}'),
            'f' => result.push('\u{c}'),
            'n' => result.push('\n'),
            'r' => result.push('\r'),
            't' => result.push('\t'),
            'v' => result.push('\u{b}'),
            '\\' => result.push('\\'),
            '"' | '\'' => result.extend(['\\', kind]),
            '0'..='7' => coded(&mut result, &mut rest, kind, 8, 3),
            'x' => coded(&mut result, &mut rest, kind, 16, 2),
            'u' => coded(&mut result, &mut rest, kind, 16, 4),
            'U' => coded(&mut result, &mut rest, kind, 16, 8),
            other => result.extend(['\\', other]),
        }
    }
    (result, false)
}

fn coded(result: &mut String, rest: &mut std::iter::Peekable<std::str::Chars<'_>>, kind: char, radix: u32, most: usize) {
    let mut digits = String::new();
    if radix == 8 && kind != '0' {
        digits.push(kind);
    }
    while digits.len() < most
        && let Some(digit) = rest.next_if(|c| c.is_digit(radix))
    {
        digits.push(digit);
    }
    match u32::from_str_radix(&digits, radix).ok().and_then(char::from_u32) {
        Some('\0') => {}
        Some(c) => result.push(c),
        None if radix == 8 => {}
        None => result.extend(['\\', kind]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_those_of_echo() {
        assert_eq!(escaped("a\\tb\\\\n\\x41\\0101\\q\\"), ("a\tb\\nAA\\q\\".to_owned(), false));
        assert_eq!(escaped("a\\cb"), ("a".to_owned(), true));
    }
}

//! Quoted strings and here-strings.

use super::ast::Part;
use super::parse::Parser;

/// Adds a character to the literal at the end of `parts`.
pub(super) fn push(parts: &mut Vec<Part>, c: char) {
    match parts.last_mut() {
        Some(Part::Literal(text)) => text.push(c),
        _ => parts.push(Part::Literal(c.to_string())),
    }
}

/// Adds a part, texts to texts.
pub(super) fn push_part(parts: &mut Vec<Part>, part: Part) {
    match part {
        Part::Literal(text) => text.chars().for_each(|c| push(parts, c)),
        part => parts.push(part),
    }
}

impl Parser<'_> {
    /// The quoted string that is next. One without an end goes on to the end of the script.
    pub(super) fn string(&mut self) -> Vec<Part> {
        match self.cursor.bump() {
            Some('\'') => self.single_quoted(),
            _ => self.double_quoted(),
        }
    }

    fn single_quoted(&mut self) -> Vec<Part> {
        let mut parts = Vec::new();
        while let Some(part) = self.literal_part() {
            match part {
                Part::Literal(quote) if quote == "'" && !self.cursor.eat("'") => break,
                part => push_part(&mut parts, part),
            }
        }
        parts
    }

    /// A character or a hole.
    fn literal_part(&mut self) -> Option<Part> {
        match self.cursor.hole() {
            Some(index) => Some(Part::Hole(index)),
            None => self.cursor.bump().map(|next| Part::Literal(next.to_string())),
        }
    }

    fn double_quoted(&mut self) -> Vec<Part> {
        let mut parts = Vec::new();
        while !self.cursor.is_at_end() {
            if self.cursor.eat("\"") {
                if !self.cursor.eat("\"") {
                    break;
                }
                push(&mut parts, '"');
            } else {
                let part = self.expandable();
                push_part(&mut parts, part);
            }
        }
        parts
    }

    /// A part of a text in which `$` and backticks mean something.
    pub(super) fn expandable(&mut self) -> Part {
        match self.cursor.peek() {
            Some('$') => self.dollar(),
            Some('`') => self.escape(),
            _ => self.literal_part().unwrap_or(Part::Unknown),
        }
    }

    /// `about_Special_Characters`
    fn escape(&mut self) -> Part {
        self.cursor.eat("`");
        let literal = match self.cursor.bump() {
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('0') => '\0',
            Some('a') => '\x07',
            Some('b') => '\x08',
            Some('e') => '\x1b',
            Some('f') => '\x0c',
            Some('v') => '\x0b',
            Some('u') if self.cursor.looking_at("{") => {
                self.cursor.take_until("}");
                return Part::Unknown;
            }
            Some(other) => other,
            None => return Part::Unknown,
        };
        Part::Literal(literal.to_string())
    }

    /// A here-string, if one is next: `@"`, line break, lines, `"@` at the start of a line.
    pub(super) fn here_string(&mut self) -> Option<Vec<Part>> {
        let start = self.cursor.at();
        let expands = self.cursor.looking_at("@\"");
        if !self.cursor.eat("@\"") && !self.cursor.eat("@'") {
            return None;
        }
        self.cursor.take_while(|c| c.is_whitespace() && c != '\n');
        if !self.cursor.eat("\n") {
            self.cursor.seek(start);
            return None;
        }
        let end = if expands { "\"@" } else { "'@" };
        let mut parts = Vec::new();
        while !self.cursor.is_at_end() && !self.ends_here(end) {
            let part = if expands { self.expandable() } else { self.literal_part().unwrap_or(Part::Unknown) };
            push_part(&mut parts, part);
        }
        Some(without_last_break(parts))
    }

    /// Skips the end of a here-string if this is the start of a line and the end is next.
    fn ends_here(&mut self, end: &str) -> bool {
        self.cursor.follows_line_break() && self.cursor.eat(end)
    }
}

/// The line break in front of the end does not belong to the text.
fn without_last_break(mut parts: Vec<Part>) -> Vec<Part> {
    if let Some(Part::Literal(text)) = parts.last_mut() {
        let kept = text.strip_suffix("\r\n").or_else(|| text.strip_suffix('\n')).unwrap_or(text).len();
        text.truncate(kept);
    }
    parts
}

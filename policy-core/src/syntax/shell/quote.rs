//! Quoting: `'…'`, `"…"`, `$'…'` and backquotes.

use super::HOLE_START;
use super::ast::Part;
use super::excerpt::{Excerpt, Origin};
use super::parse::{Outcome, Parser};
use super::word::{push_quoted, push_text};

/// What text with the rules of double quotes ends at.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Closing {
    /// `"`
    Quote,
    /// `}`: a word of `"${name:-word}"`, in which `"` and `'` still pair.
    Brace,
    /// The end of the text: a here-document.
    End,
}

impl Parser<'_> {
    /// `'…'`
    pub(super) fn single_quoted(&mut self, parts: &mut Vec<Part>) -> Outcome<()> {
        let start = self.cursor.at();
        self.cursor.eat("'");
        let text = self.cursor.take_while(|next| next != '\'');
        if !self.cursor.eat("'") {
            return self.unterminated(start, "'", "single quote");
        }
        if text.is_empty() {
            parts.push(Part::Quoted(String::new()));
        }
        push_quoted(parts, text);
        Ok(())
    }

    /// `$'…'`
    pub(super) fn escape_quoted(&mut self, parts: &mut Vec<Part>) -> Outcome<()> {
        let start = self.cursor.at();
        self.cursor.eat("$'");
        let inside = self.cursor.at();
        loop {
            self.cursor.take_while(|next| !matches!(next, '\'' | '\\'));
            match self.cursor.bump() {
                Some('\\') => _ = self.cursor.bump(),
                Some(_) => break,
                None => return self.unterminated(start, "$'", "single quote"),
            }
        }
        let text = self.cursor.since(inside);
        let decoded = super::escape::decode(text.strip_suffix('\'').unwrap_or(text));
        if decoded.is_empty() {
            parts.push(Part::Quoted(String::new()));
        }
        push_quoted(parts, &decoded);
        Ok(())
    }

    /// `"…"`
    pub(super) fn double_quoted(&mut self, parts: &mut Vec<Part>) -> Outcome<()> {
        let start = self.cursor.at();
        self.cursor.eat("\"");
        let mut inside = Vec::new();
        self.nested(|parser| parser.quoted(Closing::Quote, &mut inside))?;
        if !self.cursor.eat("\"") {
            return self.unterminated(start, "\"", "double quote");
        }
        parts.push(Part::DoubleQuoted(inside));
        Ok(())
    }

    /// Text with the rules of double quotes, up to what closes it. On an error, goes back to the start of what is wrong.
    pub(super) fn quoted(&mut self, closing: Closing, parts: &mut Vec<Part>) -> Outcome<()> {
        // In `"${name:-'}'}"` the quotes are text, and yet hide the brace (bash: `parse_matched_pair`).
        let mut apostrophe = false;
        while let Some(next) = self.cursor.peek() {
            if closing == Closing::Quote && next == '"' || closing == Closing::Brace && next == '}' && !apostrophe {
                break;
            }
            apostrophe ^= closing == Closing::Brace && next == '\'' && !self.in_here_document;
            let start = self.cursor.at();
            if let Err(failure) = self.quoted_part(closing, next, parts) {
                self.cursor.seek(start);
                return Err(failure);
            }
        }
        Ok(())
    }

    fn quoted_part(&mut self, closing: Closing, next: char, parts: &mut Vec<Part>) -> Outcome<()> {
        match next {
            '"' if closing == Closing::Brace => self.double_quoted(parts)?,
            '\\' => self.quoted_backslash(closing, parts),
            '$' => self.dollar(true, parts)?,
            '`' => self.backquoted(true, parts)?,
            HOLE_START if self.hole(parts) => {}
            _ => self.quoted_text(parts),
        }
        Ok(())
    }

    fn quoted_text(&mut self, parts: &mut Vec<Part>) {
        let start = self.cursor.at();
        self.cursor.bump();
        self.cursor.take_while(|next| !matches!(next, '"' | '}' | '\'' | '\\' | '$' | '`' | HOLE_START));
        push_text(parts, self.cursor.since(start), Part::Quoted);
    }

    fn quoted_backslash(&mut self, closing: Closing, parts: &mut Vec<Part>) {
        let start = self.cursor.at();
        self.cursor.bump();
        let escapes = match self.cursor.peek() {
            Some('$' | '`' | '\\' | '\n') => true,
            Some('"') => closing != Closing::End,
            Some('}') => closing == Closing::Brace,
            _ => false,
        };
        if self.cursor.eat("\n") {
            return;
        }
        let text = if escapes { self.cursor.at() } else { start };
        if escapes {
            self.cursor.bump();
        }
        push_text(parts, self.cursor.since(text), Part::Quoted);
    }

    /// `` `…` ``. The backslashes in front of `$`, `` ` `` and `\` (and `"`, within double quotes) are removed before parsing.
    pub(super) fn backquoted(&mut self, quoted: bool, parts: &mut Vec<Part>) -> Outcome<()> {
        let start = self.cursor.at();
        self.cursor.eat("`");
        let inside = self.cursor.at();
        let Some(excerpt) = self.until_backquote(quoted) else {
            return self.unterminated(start, "`", "backquote");
        };
        let origin = Origin::excerpt(self.origin, inside, excerpt.gaps);
        let list = self.inner_script(&excerpt.text, &origin)?;
        parts.push(Part::Command(list));
        Ok(())
    }

    fn until_backquote(&mut self, quoted: bool) -> Option<Excerpt> {
        let mut excerpt = Excerpt::default();
        loop {
            excerpt.text.push_str(self.cursor.take_while(|next| !matches!(next, '`' | '\\')));
            if self.cursor.bump()? == '`' {
                return Some(excerpt);
            }
            let next = self.cursor.bump()?;
            if matches!(next, '$' | '`' | '\\') || (quoted && next == '"') {
                excerpt.skip(1);
            } else {
                excerpt.text.push('\\');
            }
            excerpt.text.push(next);
        }
    }
}

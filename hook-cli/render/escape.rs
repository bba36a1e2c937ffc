//! Makes text from anywhere safe to print: on a terminal, and in the log of a GitHub job.

/// Longer messages and helps are cut: a message may quote a value, and a value may be a whole file.
const LONGEST_PROSE: usize = 2_000;

/// One line, with everything escaped that could act on a terminal, hide or reorder text, or be taken for a workflow
/// command: the runner looks for `::` at the start of a line and for `##[` anywhere in it (`ActionCommand.cs` in
/// actions/runner, `TryParseV2` and `TryParse`).
pub(crate) fn visible(text: &str) -> String {
    let mut escaped = Escaped { leading: true, ..Escaped::default() };
    text.chars().for_each(|c| escaped.push(c));
    escaped.text
}

/// A sentence that must stay on one line.
pub(crate) fn sentence(text: &str) -> String {
    visible(&shortened(text.trim()))
}

/// A text that keeps its line breaks, each line as [`visible`] makes it.
pub(crate) fn prose(text: &str) -> String {
    let lines: Vec<String> = shortened(text.trim()).lines().map(visible).collect();
    lines.join("\n")
}

fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(LONGEST_PROSE).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// A text that grows character by character and never holds anything that is not safe to print.
#[derive(Default)]
pub(crate) struct Escaped {
    text: String,
    /// Only blanks so far, at what may become the start of a line.
    leading: bool,
}

impl Escaped {
    /// Adds a character, or its escape such as `\u{1b}`.
    pub(crate) fn push(&mut self, c: char) {
        match c {
            '\t' | '\n' | '\r' => self.text.extend(c.escape_default()),
            ':' if self.leading => self.text.extend(c.escape_unicode()),
            '[' if self.text.ends_with("##") => self.text.extend(c.escape_unicode()),
            _ if acts_or_hides(c) => self.text.extend(c.escape_unicode()),
            _ => self.text.push(c),
        }
        self.leading &= c.is_whitespace();
    }

    /// Adds a character of source text, in which tabs stay tabs.
    pub(crate) fn push_source(&mut self, c: char) {
        if c == '\t' { self.text.push(c) } else { self.push(c) }
    }

    /// Length so far, in bytes.
    pub(crate) fn len(&self) -> usize {
        self.text.len()
    }

    /// The text.
    pub(crate) fn into_text(self) -> String {
        self.text
    }
}

/// Control characters, and those that show nothing or reorder what is shown: <https://www.unicode.org/reports/tr9/>,
/// and the invisible ones of <https://trojansource.codes>.
pub(super) fn acts_or_hides(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_what_acts_and_keeps_the_rest() {
        assert_eq!(visible("naïve 日本 \"x\" \\ 'y' a::b"), "naïve 日本 \"x\" \\ 'y' a::b");
        assert_eq!(visible("\u{1b}[31m\r\n\u{9b}1m"), r"\u{1b}[31m\r\n\u{9b}1m");
        assert_eq!(visible("a\u{202e}b\u{2066}c\u{200d}d"), r"a\u{202e}b\u{2066}c\u{200d}d");
    }

    #[test]
    fn nothing_reads_as_a_workflow_command() {
        assert_eq!(visible("  ::error::x"), r"  \u{3a}:error::x");
        assert_eq!(visible("see ##[error]x ###[y]"), r"see ##\u{5b}error]x ###\u{5b}y]");
        assert_eq!(prose("do\n ::add-mask::x"), "do\n \\u{3a}:add-mask::x");
        assert_eq!(sentence("do\n::add-mask::x\n"), r"do\n::add-mask::x");
    }

    #[test]
    fn long_prose_is_cut() {
        assert_eq!(prose(&"é".repeat(5_000)).chars().count(), LONGEST_PROSE + 1);
    }
}

//! Symbolic places in a .go file.

use super::GoFile;
use crate::syntax::build_constraint::{ConstraintLine, Notation};
use crate::text::Span;

impl GoFile {
    /// The symbolic place of a span: `go:build`, `+build[1]`, `// go:build` for an ordinary comment, `go:build.linux` for a tag on that line, `package`, or nothing for
    /// the file as a whole.
    pub(crate) fn route(&self, span: Span) -> String {
        let line = self.header.lines.iter().position(|line| line.span.contains(span) && span.end > 0);
        match line.and_then(|index| Some((index, self.header.lines.get(index)?))) {
            Some((index, line)) => self.line_name(index, line) + &self.part(line, span),
            None if self.header.package == Some(span) => String::from("package"),
            None => String::new(),
        }
    }

    fn line_name(&self, index: usize, line: &ConstraintLine) -> String {
        let name = match line.notation {
            Notation::GoBuild => "go:build",
            Notation::PlusBuild => "+build",
            Notation::Spaced => "// go:build",
            Notation::Suspected => "// +build",
        };
        let before = self.header.lines.iter().take(index).filter(|other| other.notation == line.notation).count();
        if before == 0 { name.to_owned() } else { format!("{name}[{before}]") }
    }

    fn part(&self, line: &ConstraintLine, span: Span) -> String {
        if line.span == span { String::new() } else { format!(".{}", self.text.slice(span)) }
    }
}

use super::line::{ConstraintLine, Notation, Placement};
use crate::text::Span;

/// What Go skips between the keyword `package` and the name (`readIdent` in go/build/read.go).
const BLANKS: [char; 4] = [' ', '\t', '\r', '\n'];

/// What the head of a .go file says: everything before the package clause, and the comments that follow it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Header {
    /// Build constraints, and what looks like them, in their order.
    pub(crate) lines: Vec<ConstraintLine>,
    /// The keyword `package`; `None` if something else comes first, or nothing.
    pub(crate) package: Option<Span>,
    /// Whether the text goes on behind the head, so that reading more of the file would tell nothing new.
    pub(crate) complete: bool,
}

/// Reads the head of a text that starts with the file; it may be cut off anywhere.
pub(crate) fn read(source: &str) -> Header {
    let start = if source.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut reader = Reader { source, ..Reader::default() };
    let code = reader.leading_comments(start);
    reader.place_plus_build();
    let Some(code) = code else { return reader.header };
    match package_clause(source, code) {
        Some((package, after)) => {
            reader.header.package = Some(package);
            reader.trailing_comments(after);
        }
        None => reader.header.complete = source.get(code..).is_some_and(|rest| rest.contains('\n') && !lacks_name(rest)),
    }
    reader.header
}

#[derive(Default)]
struct Reader<'s> {
    source: &'s str,
    header: Header,
    /// Behind the last blank line before anything but `//` comments: there `// +build` lines end to count.
    plus_build_end: usize,
    seen_go_build: bool,
}

impl<'s> Reader<'s> {
    /// Goes through the lines as `parseFileHeader` does, up to the first that holds more than comments: the offset of that.
    fn leading_comments(&mut self, start: usize) -> Option<usize> {
        let mut only_line_comments = true;
        let mut in_block = false;
        let mut next = start;
        while let Some(line) = self.source.get(next..).and_then(|rest| rest.split_inclusive('\n').next()) {
            let at = next;
            next += line.len();
            let text = line.trim();
            let text_at = at + line.len() - line.trim_start().len();
            if text.is_empty() && only_line_comments {
                self.plus_build_end = next;
                continue;
            }
            only_line_comments &= text.starts_with("//");
            if !in_block {
                self.add(text, text_at, Placement::Read);
            } else if line.starts_with("//") {
                self.add(text, text_at, Placement::InBlockComment);
            }
            if let Some(code) = skip_comments(text, &mut in_block) {
                return Some(text_at + text.len() - code.len());
            }
        }
        None
    }

    /// The comments between the package clause and what comes next.
    fn trailing_comments(&mut self, start: usize) {
        let mut in_block = false;
        let mut next = start;
        while let Some(line) = self.source.get(next..).and_then(|rest| rest.split_inclusive('\n').next()) {
            let text = line.trim();
            let text_at = next + line.len() - line.trim_start().len();
            next += line.len();
            if !in_block || line.starts_with("//") {
                self.add(text, text_at, Placement::AfterPackage);
            }
            if skip_comments(text, &mut in_block).is_some() {
                self.header.complete = true;
                return;
            }
        }
    }

    fn add(&mut self, text: &str, offset: usize, placement: Placement) {
        let Some(mut line) = ConstraintLine::parse(text, offset, placement) else { return };
        if line.notation == Notation::Suspected && placement != Placement::Read {
            return;
        }
        if line.notation == Notation::GoBuild && line.placement == Placement::Read {
            if self.seen_go_build {
                line.placement = Placement::Repeated;
            }
            self.seen_go_build = true;
        }
        self.header.lines.push(line);
    }

    /// Lines of the old notation count only before the last blank line; only there go vet suspects others.
    fn place_plus_build(&mut self) {
        let end = Span::new(self.plus_build_end, self.plus_build_end).start;
        self.header.lines.retain(|line| line.notation != Notation::Suspected || line.span.start < end);
        let is_old = |line: &&mut ConstraintLine| line.notation == Notation::PlusBuild && line.placement == Placement::Read;
        for line in self.header.lines.iter_mut().filter(is_old).filter(|line| line.span.start >= end) {
            line.placement = Placement::NoBlankLine;
        }
    }
}

/// What follows the comments that a line, or the rest of one, starts with; `None` if nothing does.
fn skip_comments<'s>(line: &'s str, in_block: &mut bool) -> Option<&'s str> {
    let mut rest = line.trim();
    while !rest.is_empty() {
        if *in_block {
            rest = rest.split_once("*/")?.1.trim();
            *in_block = false;
        } else if rest.starts_with("//") {
            return None;
        } else if let Some(comment) = rest.strip_prefix("/*") {
            *in_block = true;
            rest = comment;
        } else {
            return Some(rest);
        }
    }
    None
}

/// Whether this is the keyword `package`, whose name may still follow, also on a later line.
fn lacks_name(code: &str) -> bool {
    code.strip_prefix("package").is_some_and(|rest| rest.trim_start_matches(BLANKS).is_empty())
}

/// The keyword `package` at an offset, and where what follows its name and a semicolon starts.
fn package_clause(source: &str, at: usize) -> Option<(Span, usize)> {
    let rest = source.get(at..)?.strip_prefix("package")?;
    let name = rest.trim_start_matches(BLANKS);
    let after = name.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_');
    let after = after.trim_start_matches([' ', '\t', ';']);
    let separated = name.len() < rest.len() && after.len() < name.len();
    separated.then(|| (Span::new(at, at + "package".len()), source.len() - after.len()))
}

//! What a change does to go.mod, go.work and their lists of checksums.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::computed;
use crate::facts::project::ModuleFile;
use crate::facts::record::Record;
use crate::facts::value::{Datum, Origin, OriginKind, Value};
use crate::facts::version::{GoVersion, VersionRange};
use crate::text::{Location, Text};
use crate::world::ChangedLines;

/// The fields that only such files have.
pub(super) fn set_fields(lines: &ChangedLines, text: &Arc<Text>, record: &mut Record) {
    match super::split(text.path()).1 {
        "go.mod" | "go.work" => set_go(lines, text, record),
        "go.sum" | "go.work.sum" => record.set("replaced-checksums", replaced_checksums(lines, text)),
        _ => {}
    }
}

fn set_go(lines: &ChangedLines, text: &Arc<Text>, record: &mut Record) {
    let Some((now, location)) = ModuleFile::read(text.path(), text).go() else { return };
    let is_new = lines.added.contains(&location.start().line);
    let before = if is_new { lines.removed.iter().find_map(|line| go_line(line)) } else { Some(now) };
    let version = |version| Datum::Version(VersionRange::exact(version));
    record.set("go", Value::known(version(now), Origin::at(OriginKind::Module, location)));
    record.set("go-before", before.map_or_else(|| Value::unset(computed()), |before| Value::known(version(before), computed())));
}

/// The version on a line `go 1.24`, which cannot stand in a block (golang.org/x/mod/modfile).
fn go_line(line: &str) -> Option<GoVersion> {
    let mut words = line.split("//").next()?.split_whitespace();
    if words.next() == Some("go") { GoVersion::parse(words.next()?) } else { None }
}

/// `module version` of the new lines that give another checksum than a removed line did.
fn replaced_checksums(lines: &ChangedLines, text: &Arc<Text>) -> Value {
    let before: BTreeMap<(&str, &str), &str> = lines.removed.iter().filter_map(|line| checksum(line)).collect();
    let replaced = |number: &u32| {
        let location = Location::new(text, text.line_span(*number)?);
        let (module, sum) = checksum(location.source())?;
        let differs = before.get(&module).is_some_and(|known| *known != sum);
        differs.then(|| Value::text(format!("{} {}", module.0, module.1), Origin::at(OriginKind::Document, location.clone())))
    };
    Value::list(lines.added.iter().filter_map(replaced).collect(), computed())
}

/// A line of go.sum: module, version (perhaps with `/go.mod`), checksum: <https://go.dev/ref/mod#go-sum-files>.
fn checksum(line: &str) -> Option<((&str, &str), &str)> {
    let mut words = line.split_whitespace();
    Some(((words.next()?, words.next()?), words.next()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::schema::Kind;
    use crate::facts::subject::{FieldName, Subject};
    use crate::text::Span;

    fn field(path: &str, content: &str, added: &[u32], removed: &[&str], name: &'static str) -> Value {
        let text = Text::file(path, content);
        let mut record = Record::new(Kind::Change, Location::new(&text, Span::default()), None);
        let removed = removed.iter().map(|line| (*line).to_owned()).collect();
        set_fields(&ChangedLines { added: added.into(), removed }, &text, &mut record);
        record.field(&FieldName { declared: name, tail: None })
    }

    #[test]
    fn the_go_line_before_is_among_the_removed_lines_or_unchanged() {
        let before = |added: &[u32], removed: &[&str]| field("a/go.mod", "module a\n\ngo 1.25.0\n", added, removed, "go-before");
        let version = |text: &str| Datum::Version(VersionRange::exact(GoVersion::parse(text).unwrap()));
        assert_eq!(before(&[3], &["go 1.24 // old"]).single().unwrap().datum, version("1.24"));
        assert_eq!(before(&[1], &["module b"]).single().unwrap().datum, version("1.25.0"));
        assert_eq!(before(&[1, 2, 3], &[]).single().unwrap().datum, Datum::Unset);
    }

    #[test]
    fn checksums_are_compared_by_module_and_version() {
        let content = "a v1.0.0 h1:new=\na v1.0.0/go.mod h1:same=\nb v1.1.0 h1:b=\n";
        let removed = ["a v1.0.0 h1:old=", "b v1.0.0 h1:other=", "a v1.0.0/go.mod h1:same="];
        let Datum::List(replaced) = &field("go.sum", content, &[1, 2, 3], &removed, "replaced-checksums").single().unwrap().datum.clone()
        else {
            panic!("a list")
        };
        assert_eq!(replaced.iter().map(|item| &**item.as_text().unwrap()).collect::<Vec<_>>(), ["a v1.0.0"]);
    }
}

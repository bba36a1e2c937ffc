//! The fields of whole files.

use proptest::prelude::*;

use super::{GoFileSubject, read};
use crate::facts::project::Project;
use crate::facts::schema::Kind;
use crate::facts::subject::{FieldName, Subject};
use crate::facts::value::{Datum, Value};
use crate::world::MemoryWorld;

/// Every field of a file in a module with that `go` line; empty if the file says nothing of constraints.
fn fields(path: &str, source: impl Into<Vec<u8>>, go: &str) -> Vec<(&'static str, Value)> {
    let world = MemoryWorld::new().with_file(path, source).with_file("go.mod", format!("module m\n\ngo {go}\n"));
    let Some(file) = read(&world, path).unwrap() else { return Vec::new() };
    let project = Project::at(&world, "");
    let subject = GoFileSubject::new(&file, &project, None);
    let value = |name| (name, subject.field(&FieldName { declared: name, tail: None }));
    Kind::GoFile.fields().iter().map(|field| value(field.name)).collect()
}

fn shown(fields: &[(&'static str, Value)], name: &str) -> String {
    let (_, value) = fields.iter().find(|(field, _)| *field == name).unwrap();
    match value.single().map(|choice| &choice.datum) {
        Some(Datum::Text(text)) => text.to_string(),
        Some(Datum::Flag(flag)) => flag.to_string(),
        Some(Datum::Version(version)) => version.to_string(),
        Some(Datum::List(items)) => items.iter().filter_map(Value::as_text).map(|text| &**text).collect::<Vec<_>>().join(","),
        Some(_) => "unset".into(),
        None => value.reason().map(ToString::to_string).unwrap_or_default(),
    }
}

#[test]
fn a_file_tells_where_it_is_built() {
    let source = "//go:build (linux || windows) && go1.18 && e2e\n// +build linux windows\n// +build go1.18\n// +build e2e\n\npackage p\n";
    let fields = fields("a/x_linux_test.go", source, "1.24");
    for (name, expected) in [
        ("constraint", "(linux || windows) && go1.18 && e2e"),
        ("filename-constraint", "linux"),
        ("legacy-matches", "true"),
        ("legacy", "// +build linux windows,// +build go1.18,// +build e2e"),
        ("tags", "linux,windows,go1.18,e2e"),
        ("satisfiable", "true"),
        ("always-true", "false"),
        ("repeats-name", "false"),
        ("language", "1.21"),
        ("old-release-tags", "go1.18"),
        ("module-go", "1.24"),
        ("placement", "read"),
        ("notation", "go-build"),
        ("test", "true"),
        ("error", "unset"),
        ("compiled-in-ci", "what builds the repository"),
    ] {
        assert_eq!(shown(&fields, name), expected, "{name}");
    }
}

#[test]
fn lines_of_the_old_notation_must_all_hold() {
    let fields = fields("x.go", "// +build linux darwin\n// +build !cgo\n\npackage p\n", "1.16");
    assert_eq!(shown(&fields, "constraint"), "(linux || darwin) && !cgo");
    assert_eq!((shown(&fields, "language"), shown(&fields, "legacy-matches")), ("unset".into(), "unset".into()));
}

proptest! {
    #[test]
    fn any_file_has_all_its_fields(
        name in prop::sample::select(vec!["x.go", "x_linux.go", "x_amd64_linux.go", "x_test_windows.go", "x_Linux_test.go"]),
        head in prop::sample::select(vec!["", "//go:build ", "// +build ", "//go:build a && !a || ", "/*\n//go:build ", "package p\n//go:build "]),
        rest in prop::collection::vec(any::<u8>(), 0..60),
    ) {
        let source = [head.as_bytes(), &rest, b"\n\npackage p\n\nvar v int\n"].concat();
        for (field, value) in fields(name, source, "1.22") {
            prop_assert!(value.reason().is_none_or(|reason| reason.as_str() != "undeclared field"), "{}", field);
        }
    }
}

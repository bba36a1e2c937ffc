//! What files say, and what is wrong with them.

use super::super::{Dialect, ModFile, parse};
use crate::text::{Span, Text};

fn read(content: &str) -> ModFile {
    parse(&Text::file("go.mod", content), Dialect::Mod)
}

/// Each problem with its line and the characters it points at.
fn problems(content: &str, dialect: Dialect) -> Vec<String> {
    let text = Text::file("f", content);
    let shown = |span: Span, message: &str| format!("{} `{}` {message}", text.line_column(span.start).line, text.slice(span));
    parse(&text, dialect).problems.iter().map(|found| shown(found.span, &found.message)).collect()
}

#[test]
fn every_directive_in_both_forms() {
    let file = read(concat!(
        "// Deprecated: use example.com/m/v2.\n//\n// More.\nmodule \"example.com/m\" // why\r\n\r\n",
        "go 1.22.3\ntoolchain go1.23.1\n",
        "require (\n\ta.com/b v1.2.3 // indirect\n\n\t// why\n\tc.com/d v1.0.0-20200101000000-abcdefabcdef // indirect; no\n\te.com/f/v2 v2.1\n)\n",
        "require g.com/h v2.0.0+incompatible //indirect\n",
        "exclude a.com/b v1.2.4\n",
        "replace a.com/b v1.2.3 => ../b // local\nreplace (\n\tc.com/d => e.com/d v1.1.0\n)\n",
        "// Broken.\nretract (\n\tv1.0.0\n\t[v1.1.0, v1.2.0] // Leaks.\n)\n",
        "tool a.com/b/cmd\ntool (\n\tc.com/d/cmd\n)\nignore ./node_modules\ngodebug panicnil=1\ngodebug (\n\tdefault=go1.21\n)\n",
    ));
    assert_eq!(file.problems, []);
    assert_eq!(file.module.unwrap().value, "example.com/m");
    assert_eq!(file.deprecated.as_deref(), Some("use example.com/m/v2."));
    assert_eq!((file.go.unwrap().value, file.toolchain.unwrap().value), ("1.22.3".into(), "go1.23.1".into()));
    let require: Vec<(&str, &str, bool)> =
        file.require.iter().map(|one| (one.path.value.as_str(), one.version.value.as_str(), one.indirect)).collect();
    let pseudo = "v1.0.0-20200101000000-abcdefabcdef";
    assert_eq!(
        require,
        [("a.com/b", "v1.2.3", true), ("c.com/d", pseudo, true), ("e.com/f/v2", "v2.1.0", false), ("g.com/h", "v2.0.0+incompatible", true)]
    );
    let replace: Vec<String> = file
        .replace
        .iter()
        .map(|one| format!("{} {:?} {} {:?} {}", one.old.path.value, one.old.version(), one.new.path.value, one.new.version(), one.comment))
        .collect();
    assert_eq!(replace, ["a.com/b Some(\"v1.2.3\") ../b None local", "c.com/d None e.com/d Some(\"v1.1.0\") "]);
    let retract: Vec<(&str, &str, &str)> =
        file.retract.iter().map(|one| (one.low.value.as_str(), one.high.value.as_str(), one.rationale.as_str())).collect();
    assert_eq!(retract, [("v1.0.0", "v1.0.0", "Broken."), ("v1.1.0", "v1.2.0", "Leaks.")]);
    assert_eq!(file.tool.len() + file.ignore.len(), 3);
    let godebug: Vec<(&str, &str)> = file.godebug.iter().map(|one| (one.key.value.as_str(), one.value.value.as_str())).collect();
    assert_eq!(godebug, [("panicnil", "1"), ("default", "go1.21")]);
}

#[test]
fn go_work_has_directives_of_its_own() {
    let text = Text::file("go.work", "go 1.22\nuse .\nuse (\n\t./a\n\t\"./b c\"\n)\nreplace a.com/b => ./b\n");
    let file = parse(&text, Dialect::Work);
    assert_eq!(file.problems, []);
    let uses: Vec<(&str, &str)> = file.uses.iter().map(|one| (one.value.as_str(), text.slice(one.span))).collect();
    assert_eq!(uses, [(".", "."), ("./a", "./a"), ("./b c", "\"./b c\"")]);
    assert_eq!(problems("require a v1.0.0\n", Dialect::Work), ["1 `require` unknown directive: require"]);
}

#[test]
fn every_problem_is_told_and_the_rest_is_read() {
    let content = concat!(
        "\u{feff}module a\n/* b */\nmodule m\ngo v1.21\ngo 1.22 // fine\ngo 1.23\nfoo bar\nrequire a.com/b 1.0.0\nrequire a.com/b v2.0.0\n",
        "require \"a\nreplace a.com/b => dep\nreplace a.com/b => c@v1.0.0\nreplace a.com/b => ./c v1.0.0\nretract [v1.0.0]\ntool ./x y\n",
        "godebug a,b=c\ntoolchain (\n\tgo1.21\n)\ntoolchain local\n<<<<<<< HEAD\nrequire (\n\tc.com/d v1.0.0\n",
    );
    insta::assert_snapshot!(problems(content, Dialect::Mod).join("\n"));
    let file = read(content);
    assert_eq!(file.module.unwrap().value, "a", "a byte-order mark is passed over");
    assert_eq!(file.go.unwrap().value, "1.22");
    assert_eq!(file.require.last().unwrap().path.value, "c.com/d", "an open block is read to the end");
}

#[test]
fn constraints_are_only_comments() {
    let text = Text::file("go.mod", "//go:build linux\n// +build linux\n// go:build no\nmodule m // +build x\n");
    let file = parse(&text, Dialect::Mod);
    let found: Vec<&str> = file.constraints.iter().map(|found| found.value.as_str()).collect();
    assert_eq!(found, ["//go:build linux", "// +build linux", "// +build x"]);
}

#[test]
fn versions_of_go_lines_are_those_that_go_accepts() {
    for (version, accepted) in [
        ("1.21", true),
        ("1.21.0", true),
        ("1.21rc1", true),
        ("1.21.3beta10", true),
        ("2.0", true),
        ("1", false),
        ("v1.21", false),
        ("go1.21", false),
        ("1.021", false),
        ("0.1", false),
        ("1.21-rc1", false),
        ("1.21rc", false),
        ("1.21.", false),
        ("1.2.3.4", false),
        ("\"1.21\"", false),
        ("x", false),
    ] {
        assert_eq!(read(&format!("go {version}\n")).go.is_some(), accepted, "{version}");
    }
}

#[test]
fn a_directive_is_found_by_an_offset() {
    let text = Text::file("go.mod", "module m\n\nrequire (\n\ta.com/b v1.0.0\n)\n");
    let file = parse(&text, Dialect::Mod);
    let offset = u32::try_from(text.content().find("v1.0.0").unwrap()).unwrap();
    let line = file.line_at(offset).unwrap();
    assert_eq!((text.slice(line.verb), text.slice(line.first.unwrap())), ("require", "a.com/b"));
    assert_eq!(file.line_at(9), None);
}

//! Which lines of a file Go reads as constraints.

use crate::syntax::build_constraint::read;
use crate::text::Text;

/// The constraint lines of a file: where they stand, and their condition.
fn lines(source: &str) -> Vec<String> {
    let text = Text::file("x.go", source);
    read(source).lines.iter().map(|line| format!("{:?} {}", line.placement, text.slice(line.span))).collect()
}

#[test]
fn go_build_counts_anywhere_before_the_package_clause() {
    for source in [
        "//go:build x\npackage p\n",
        "\u{feff}//go:build x\r\n\r\npackage p\r\n",
        "// doc\n\n  //go:build x\n// more\npackage p\n",
        "/* licence */\n//go:build x\npackage p\n",
        "/* licence\n*/ /* again */\n\n\t//go:build x\t \n\npackage p; import \"x\"\n",
    ] {
        assert_eq!(lines(source), ["Read //go:build x"], "{source}");
    }
}

#[test]
fn plus_build_needs_a_blank_line_behind_it() {
    assert_eq!(lines("// +build x\n\npackage p\n"), ["Read // +build x"]);
    assert_eq!(lines("// +build x\n// text\n\n// doc\npackage p\n"), ["Read // +build x"]);
    assert_eq!(lines("// +build x\npackage p\n"), ["NoBlankLine // +build x"]);
    assert_eq!(lines("// text\n\n// +build x\npackage p\n"), ["NoBlankLine // +build x"]);
    assert_eq!(lines("/* licence */\n\n// +build x\n\npackage p\n"), ["NoBlankLine // +build x"]);
    assert_eq!(lines("// +build x\n\n// +build y\npackage p\n"), ["Read // +build x", "NoBlankLine // +build y"]);
}

#[test]
fn lines_elsewhere_are_told_but_not_read() {
    assert_eq!(lines("//go:build x\n//go:build y\n\npackage p\n"), ["Read //go:build x", "Repeated //go:build y"]);
    assert_eq!(lines("/*\n//go:build x\n  //go:build y\n*/\npackage p\n"), ["InBlockComment //go:build x"]);
    assert_eq!(lines("package p\n\n//go:build x\n\nimport \"x\"\n"), ["AfterPackage //go:build x"]);
    assert_eq!(lines("package p // +build x\n"), ["AfterPackage // +build x"]);
    assert_eq!(lines("// go:build x\n\npackage p\n"), ["Comment // go:build x"]);
    assert_eq!(lines("// see +build x\n\n// or +build y\npackage p\n"), ["Suspected // see +build x"]);
    assert_eq!(lines("/* x */ //go:build x\npackage p\n"), Vec::<String>::new());
}

#[test]
fn nothing_behind_the_first_declaration_is_looked_at() {
    let source = "package p\n\nconst c = `\n//go:build x\n`\n// +build y\n\nvar v int\n";
    assert_eq!(lines(source), Vec::<String>::new());
    assert!(read(source).complete);
}

#[test]
fn a_head_is_complete_when_code_follows_its_package_clause() {
    let complete = |source: &str| (read(source).complete, read(source).package.is_some());
    assert_eq!(complete("// doc\npackage p\n\nvar v int\n"), (true, true));
    assert_eq!(complete("// doc\npackage p\n\n// more\n"), (false, true));
    assert_eq!(complete("// doc\npack"), (false, false));
    assert_eq!(complete("package \n"), (false, false), "the name may stand on the next line");
    assert_eq!(complete("// doc\n/* x\n"), (false, false));
    assert_eq!(complete("#!/bin/sh\n"), (true, false));
    assert_eq!(complete(""), (false, false));
    assert_eq!(complete("package p;import \"x\"\n"), (true, true));
}

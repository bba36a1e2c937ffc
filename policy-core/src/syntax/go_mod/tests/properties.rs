//! Whatever the text, it is read to the end, and spans lie in it; what is written down is read back.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::super::{Dialect, parse};
use crate::text::{Span, Text};

fn fragments() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "module",
            "require",
            "replace",
            "retract",
            "go",
            "toolchain",
            "use",
            "godebug",
            "tool",
            "exclude",
            "(",
            ")",
            "[",
            "]",
            ",",
            "=>",
            "//",
            "/*",
            "\"",
            "`",
            "\\",
            "\n",
            "\r\n",
            " ",
            "\t",
            "v1.2.3",
            "v2",
            "a.com/b",
            "./x",
            "..",
            "1.21",
            "go1.21",
            "indirect",
            "a=b",
            "\u{feff}",
            "\u{301}",
            "é",
            "\0",
        ])
        .prop_map(str::to_owned),
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_text_is_read_and_every_span_lies_in_it(content in fragments()) {
        let text = Text::file("f", content.as_str());
        for dialect in [Dialect::Mod, Dialect::Work] {
            let file = parse(&text, dialect);
            let problems = file.problems.iter().map(|problem| problem.span);
            let arguments = file.uses.iter().chain(&file.tool).chain(&file.module).map(|argument| argument.span);
            let spans: Vec<Span> = problems.chain(arguments).chain(file.lines.iter().map(|line| line.span)).collect();
            for span in spans {
                prop_assert!(content.get(span.range()).is_some_and(|slice| !slice.is_empty()), "{span:?} of {content:?}");
            }
            prop_assert!(file.lines.is_sorted_by_key(|line| line.span.start));
        }
    }

    #[test]
    fn what_is_written_is_read_back(
        requires in prop::collection::vec(("[a-z]{1,8}\\.com/[a-z]{1,8}", 0_u32..30, any::<bool>()), 0..20),
        block in any::<bool>(),
    ) {
        let line = |(path, minor, indirect): &(String, u32, bool)| {
            format!("{path} v1.{minor}.0{}\n", if *indirect { " // indirect" } else { "" })
        };
        let lines: Vec<String> = requires.iter().map(line).collect();
        let content = if block { format!("require (\n\t{})\n", lines.join("\t")) } else { lines.iter().map(|line| format!("require {line}")).collect() };
        let file = parse(&Text::file("go.mod", content), Dialect::Mod);
        prop_assert_eq!(&file.problems, &[]);
        let read: Vec<(String, u32, bool)> = file
            .require
            .iter()
            .map(|one| {
                let minor = one.version.value.split('.').nth(1).unwrap().parse().unwrap();
                (one.path.value.clone(), minor, one.indirect)
            })
            .collect();
        prop_assert_eq!(read, requires);
    }
}

/// Linear work: a hundred thousand of anything takes a fraction of a second even without optimisation.
#[test]
#[expect(clippy::disallowed_methods, reason = "a test that measures time")]
fn large_files_are_read_quickly() {
    let repeated = |line: &str| line.repeat(100_000);
    for content in [
        format!("module m\nrequire (\n{})\n", repeated("\ta.com/b v1.2.3 // indirect\n")),
        repeated("retract (\n"),
        repeated("// comment\n"),
        format!("module m\nretract (\n{})\n", repeated("// a\n\n")),
        format!("retract (\n{}\nv1.0.0\n)\n", repeated("// a\n")),
        format!("module {}\n", "(".repeat(1_000_000)),
        format!("module \"{}\n", "\\".repeat(1_000_000)),
        "x".repeat(1_000_000),
        "é".repeat(200_000),
    ] {
        let text = Text::file("go.mod", content);
        let start = Instant::now();
        let file = parse(&text, Dialect::Mod);
        assert!(start.elapsed() < Duration::from_secs(3), "{:?} for {} directives", start.elapsed(), file.lines.len());
    }
}

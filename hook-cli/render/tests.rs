//! What holds for every format: a snapshot of each, and that nothing in a finding can add, hide or break a record.

use policy_core::judge::{Finding, Related};
use policy_core::text::{Location, Span, Text};
use proptest::prelude::*;
use serde_json::Value;

use super::*;

fn written(format: &str, report: &Report, view: View) -> String {
    let format = FORMATS.iter().find(|known| known.name == format).unwrap();
    let mut out = Vec::new();
    (format.render)(report, view, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn every_format_has_a_snapshot() {
    for format in FORMATS {
        let text = written(format.name, &fixture::report(), View { show_undecided: true, ..View::default() });
        insta::assert_snapshot!(format.name, text);
    }
}

/// How many findings the real reader of a format sees, and the messages it reads.
type Reader = fn(&str) -> Vec<String>;

/// The reader of each format; a format without one is a failure.
fn reader(format: &str) -> Reader {
    match format {
        "text" => |text| text.lines().filter_map(|line| line.strip_prefix("error[")).map(str::to_owned).collect(),
        "github" => |text| text.lines().filter_map(|line| line.trim_start().strip_prefix("::")).map(str::to_owned).collect(),
        "json" => |text| strings(&json(text)["findings"], "/message"),
        "jsonl" => |text| {
            let lines: Vec<Value> = text.lines().map(json).collect();
            assert!(lines.last().unwrap().get("summary").is_some());
            lines.iter().filter_map(|line| Some(line.get("finding")?["message"].as_str()?.to_owned())).collect()
        },
        "sarif" => |text| strings(&json(text)["runs"][0]["results"], "/message/text"),
        "gitlab" => |text| strings(&json(text), "/description"),
        "rdjson" => |text| strings(&json(text)["diagnostics"], "/message"),
        "junit" => |text| attributes(text, "failure", "message"),
        "checkstyle" => |text| attributes(text, "error", "message"),
        "markdown" => markdown_rows,
        other => panic!("how is {other} read?"),
    }
}

fn json(text: &str) -> Value {
    assert!(!text.contains("##["), "the runner of GitHub takes this for a command: {text}");
    serde_json::from_str(text).unwrap()
}

fn strings(list: &Value, pointer: &str) -> Vec<String> {
    list.as_array().unwrap().iter().map(|item| item.pointer(pointer).unwrap().as_str().unwrap().to_owned()).collect()
}

fn attributes(text: &str, element: &str, name: &str) -> Vec<String> {
    let document = roxmltree::Document::parse(text).unwrap();
    let nodes = document.descendants().filter(|node| node.has_tag_name(element));
    nodes.map(|node| node.attribute(name).unwrap().to_owned()).collect()
}

/// The text in the last cell of every row, as a reader of GitHub Flavored Markdown sees it. HTML other than the writer's own,
/// links, emphasis and anything outside the table is a failure.
fn markdown_rows(text: &str) -> Vec<String> {
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
    let (mut rows, mut cell) = (Vec::new(), String::new());
    for event in Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS) {
        match event {
            Event::Start(Tag::TableCell) => cell.clear(),
            Event::End(TagEnd::TableRow) => rows.push(std::mem::take(&mut cell)),
            Event::Text(text) => cell.push_str(&text),
            Event::InlineHtml(html) => assert!(["<br>", "<code>", "</code>"].contains(&&*html), "{html}"),
            Event::Start(Tag::Heading { .. } | Tag::Table(_) | Tag::TableHead | Tag::TableRow) => {}
            Event::End(TagEnd::Heading(_) | TagEnd::Table | TagEnd::TableHead | TagEnd::TableCell) => {}
            other => panic!("{other:?} in {text}"),
        }
    }
    rows
}

/// Text that some format could take for its own.
fn hostile() -> impl Strategy<Value = String> {
    let pieces = [
        "::error::x",
        "##[error]",
        "]]>",
        "<!--",
        "<script>",
        "&lt;",
        "\"",
        "'",
        "\\",
        "|",
        "\n",
        "\r\n",
        "\u{1b}[31m",
        "`",
        "```",
        "\n\n# x\n",
        "[a](b)",
        "**",
        "{0}",
        "%0A",
        "\u{202e}",
        "\0",
        "\u{ffff}",
        "| --- |",
        "\n- x",
        "~~",
        "<br>",
        "\u{2028}",
        "error[r]: m",
        "https://e.example",
        "@someone",
    ];
    proptest::collection::vec(prop_oneof![proptest::sample::select(pieces.to_vec()).prop_map(str::to_owned), "(?s).{0,6}"], 0..8)
        .prop_map(|parts| parts.concat())
}

fn finding_of(rule: &str, message: &str, path: &str, source: &str) -> Finding {
    let location = Location::new(&Text::file(path, source), Span::new(0, source.len()));
    let mut finding = Finding::new(rule, message, Severity::Error, message, location.clone());
    finding.help = Some(message.to_owned());
    finding.references = vec![message.to_owned()];
    finding.related = vec![Related { message: message.to_owned(), location }];
    finding.route = message.to_owned();
    finding
}

proptest! {
    #[test]
    fn one_finding_is_one_record_in_every_format(rule in hostile(), message in hostile(), path in hostile(), source in hostile()) {
        let report = fixture::report_of(vec![finding_of(&rule, &message, &path, &source)]);
        for format in FORMATS {
            let text = written(format.name, &report, View::default());
            prop_assert_eq!(reader(format.name)(&text).len(), 1, "{}: {}", format.name, text);
            let acts = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
            prop_assert!(!text.contains(acts), "{}: {:?}", format.name, text);
        }
    }

    #[test]
    fn messages_come_back(message in "[ -~é]{1,60}") {
        let report = fixture::report_of(vec![finding_of("r", &message, "f", "x")]);
        for format in ["json", "jsonl", "gitlab", "junit", "checkstyle"] {
            let read = reader(format)(&written(format, &report, View::default()));
            let expected = if format.starts_with("json") { message.clone() } else { sentence(&message) };
            prop_assert_eq!(&read[0], &expected, "{}", format);
        }
    }
}

#[test]
fn no_findings_are_no_records() {
    for format in FORMATS {
        let text = written(format.name, &fixture::report_of(Vec::new()), View::default());
        assert_eq!(reader(format.name)(&text), [""; 0], "{}", format.name);
    }
}

#[test]
fn the_summary_counts_what_there_is() {
    let line = |errors, warnings, suppressed, undecided, show_undecided| {
        let mut report = Report::default();
        let summary = &mut report.summary;
        (summary.files, summary.errors, summary.warnings) = (14, errors, warnings);
        (summary.suppressed, summary.undecided) = (suppressed, undecided);
        summary_line(&report, View { show_undecided, ..View::default() })
    };
    assert_eq!(line(0, 0, 0, 0, false), "No findings in 14 files.");
    assert_eq!(line(3, 1, 0, 5, false), "3 errors, 1 warning in 14 files (5 undecided; show with --show-undecided)");
    assert_eq!(line(0, 2, 1, 5, true), "2 warnings in 14 files (1 suppressed, 5 undecided)");
    assert_eq!(line(0, 0, 2, 0, true), "No findings in 14 files (2 suppressed).");
}

#[test]
fn names_of_formats_differ() {
    let mut names: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), FORMATS.len());
}

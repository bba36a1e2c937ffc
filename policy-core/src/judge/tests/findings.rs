use super::*;
use crate::facts::value::Datum;
use proptest::prelude::*;

fn only_finding(policies: &PolicySet, subject: &Made) -> super::super::Finding {
    let mut report = report(policies, &[subject]);
    assert_eq!(report.findings.len(), 1, "{report:?}");
    report.findings.remove(0)
}

#[test]
fn what_was_set_is_underlined_and_what_it_contradicts_is_pointed_at() {
    let policy = rule("forbid: {GOFLAGS: {contains: mod}, GOPROXY: {equals: direct}}", "bad");
    let text = document();
    let subject = environment().with("GOFLAGS", set_in_line(&text, 1, "-mod=mod")).with("GOPROXY", set_in_line(&text, 2, "direct"));
    let finding = only_finding(&policy, &subject);
    assert_eq!(format!("{:?}", finding.location), "ci.yml:1:1 \"GOFLAGS: -mod=mod\"");
    let related: Vec<String> = finding.related.iter().map(|note| format!("{} {}", note.location.start().line, note.message)).collect();
    assert_eq!(related, ["2 `GOPROXY` is set here to `direct`"]);
    assert_eq!(finding.route, "line 1");
}

#[test]
fn at_names_what_is_underlined() {
    let policy = rule("forbid: {GOFLAGS: {contains: mod}}\n    at: GOPROXY", "bad");
    let text = document();
    let subject = environment().with("GOFLAGS", set_in_line(&text, 1, "-mod=mod")).with("GOPROXY", set_in_line(&text, 2, "direct"));
    let finding = only_finding(&policy, &subject);
    assert_eq!(finding.location.start().line, 2);
    assert_eq!(finding.related[0].message, "`GOFLAGS` is set here to `-mod=mod`");
}

#[test]
fn a_default_is_reported_at_the_subject() {
    let policy = rule("forbid: {GOFLAGS: {is-set: false}}", "bad");
    assert_eq!(only_finding(&policy, &environment()).location.source(), "run: go test");
}

#[test]
fn of_alternatives_the_one_that_holds_is_underlined() {
    let policy = rule("forbid: {any: [{GOFLAGS: {equals: x}}, {GOPROXY: {equals: direct}}]}", "bad");
    let text = document();
    let subject = environment().with("GOFLAGS", set_in_line(&text, 1, "y")).with("GOPROXY", set_in_line(&text, 2, "direct"));
    assert_eq!(only_finding(&policy, &subject).location.start().line, 2);
}

#[test]
fn on_a_path_the_value_of_that_path_is_underlined() {
    let policy = rule("forbid: {GOFLAGS: {equals: b}}", "GOFLAGS={GOFLAGS}");
    let text = document();
    let subject = environment().with("GOFLAGS", set_in_line(&text, 1, "a").join(set_in_line(&text, 2, "b")));
    let finding = only_finding(&policy, &subject);
    assert_eq!(finding.location.start().line, 2);
    assert_eq!(finding.message, "GOFLAGS=b (on the path where GOFLAGS is `b`)");
}

#[test]
fn the_item_that_decides_is_underlined() {
    let text = document();
    let items = vec![set_in_line(&text, 1, "-v"), set_in_line(&text, 2, "-race")];
    let subject = Made::new(Kind::GoCommand, &text, 4).with("flags", Value::list(items, Origin::of(OriginKind::Document)));
    for (matcher, line) in
        [("has-flag: -race", 2), ("some: {equals: -v}", 1), ("not: {none: {equals: -race}}", 2), ("not: {has-flag: -x}", 4)]
    {
        let policy = rule_on("go-command", &format!("forbid: {{flags: {{{matcher}}}}}"), "bad");
        assert_eq!(only_finding(&policy, &subject).location.start().line, line, "{matcher}");
    }
}

fn replacement(text: &Arc<Text>, line: u32, old: &str, new: Value) -> Value {
    let origin = Arc::clone(&set_in_line(text, line, "").single().unwrap().origin);
    let record = BTreeMap::from([("old-path", super::text(old)), ("new-path", new)]);
    Value::known(Datum::Record(Arc::new(record)), origin)
}

#[test]
fn each_item_that_breaks_a_rule_is_a_finding() {
    let text = document();
    let items = vec![
        replacement(&text, 1, "a", super::text("/home/me/a")),
        replacement(&text, 2, "b", super::text("../b")),
        replacement(&text, 3, "c", super::text("/c")),
    ];
    let subject = Made::new(Kind::GoMod, &text, 4).with("replace", Value::list(items, Origin::of(OriginKind::Document)));
    for condition in [
        "require: {replace: {none: {new-path: {absolute: true}}}}",
        "forbid: {replace: {some: {new-path: {absolute: true}}}}",
        "require: {not: {replace: {some: {new-path: {absolute: true}}}}}",
        "require: {replace: {each: {new-path: {absolute: false}}}}",
    ] {
        let policy = rule_on("go-mod", condition, "{item.old-path} is replaced by {item.new-path}");
        let findings = report(&policy, &[&subject]).findings;
        let found: Vec<String> = findings.iter().map(|finding| format!("{} {}", finding.location.start().line, finding.message)).collect();
        assert_eq!(found, ["1 a is replaced by /home/me/a", "3 c is replaced by /c"], "{condition}");
    }
    let policy = rule_on("go-mod", "forbid: {replace: {some: {old-path: {equals: b}, new-path: {inside: {field: module}}}}}", "bad");
    assert_eq!(outcome(&policy, &subject), "pass", "fields of the subject can be operands");
}

#[test]
fn a_record_that_is_partly_unknown_stays_open() {
    let text = document();
    let subject = |new| {
        Made::new(Kind::GoMod, &text, 4)
            .with("replace", Value::list(vec![replacement(&text, 1, "a", new)], Origin::of(OriginKind::Document)))
    };
    let policy = rule_on("go-mod", "forbid: {replace: {some: {new-path: {absolute: true}}}}", "{item.new-path}");
    assert_eq!(outcome(&policy, &subject(unknown())), "? secrets.X");
    assert_eq!(outcome(&policy, &subject(either("/a", "b"))), "? an item of the list has one of several values");
    assert_eq!(outcome(&policy, &subject(either("/a", "/b"))), "unknown");
}

#[test]
fn a_field_that_breaks_the_rule_either_way_is_shown_with_both_values() {
    let policy = rule("forbid: {GOFLAGS: {one-of: [a, b]}}", "{GOFLAGS}");
    assert_eq!(outcome(&policy, &environment().with("GOFLAGS", either("a", "b"))), "a or b");
}

#[test]
fn what_was_overridden_is_told() {
    let text = document();
    let before = Arc::clone(&set_in_line(&text, 1, "-v").single().unwrap().origin);
    let now = Origin {
        overrode: Some(Arc::new((Datum::Text("-v".into()), before))),
        ..(*set_in_line(&text, 2, "").single().unwrap().origin).clone()
    };
    let policy = rule("forbid: {GOFLAGS: {equals: -x}}", "bad");
    let finding = only_finding(&policy, &environment().with("GOFLAGS", Value::text("-x", Arc::new(now))));
    assert_eq!(finding.location.start().line, 2);
    assert_eq!(finding.related.len(), 1);
    assert_eq!(finding.related[0].message, "`GOFLAGS` is set here to `-v`, and overridden");
    assert_eq!(finding.related[0].location.start().line, 1);
}

#[test]
fn placeholders_show_what_may_be_shown() {
    let policy = rule("forbid: {os: {equals: linux}}", "{GOFLAGS}|{env.TOKEN}|{env.GOFLAGS}|{GOPROXY}|{GOSUMDB}|{{}}");
    let subject = environment()
        .with("os", text("linux"))
        .with("GOFLAGS", either("a", "b"))
        .with("env.TOKEN", text("secret"))
        .with("env.GOFLAGS", unknown())
        .with("GOPROXY", text("https://me:pw@proxy"));
    assert_eq!(outcome(&policy, &subject), "a or b|***|unknown|https://***@proxy|unset|{}");
}

#[test]
fn a_secret_stays_one_on_a_path_and_in_notes() {
    let policy = rule("forbid: {env.TOKEN: {equals: secret}}\n    at: GOFLAGS", "bad");
    let text = document();
    let subject =
        environment().with("GOFLAGS", set_in_line(&text, 1, "x")).with("env.TOKEN", set_in_line(&text, 2, "secret").join(super::text("b")));
    let finding = only_finding(&policy, &subject);
    assert_eq!(finding.message, "bad (on the path where env.TOKEN has certain values)");
    assert_eq!(finding.related[0].message, "`env.TOKEN` is set here");
    let setting = Made::new(Kind::Setting, &text, 1).with("name", super::text("TOKEN")).with("value", super::text("secret"));
    assert_eq!(outcome(&rule_on("setting", "forbid: {value: {is-set: true}}", "{name}={value}"), &setting), "TOKEN=***");
    let setting = setting.with("name", super::text("GOFLAGS"));
    assert_eq!(outcome(&rule_on("setting", "forbid: {value: {is-set: true}}", "{name}={value}"), &setting), "GOFLAGS=secret");
}

#[test]
fn long_values_are_cut() {
    let policy = rule("forbid: {GOFLAGS: {is-set: true}}", "{GOFLAGS}");
    let message = outcome(&policy, &environment().with("GOFLAGS", text(&"é".repeat(5000))));
    assert_eq!(message.chars().count(), 201);
}

#[test]
fn fixes_are_described() {
    for (fix, expected) in [
        ("{set: GOFLAGS, to: \"-mod={os}\", safety: safe}", ("set `GOFLAGS` to `-mod=linux`", true)),
        ("{unset: GOFLAGS, safety: unsafe}", ("remove `GOFLAGS`", false)),
        ("{describe: \"look at {os}\", safety: unsafe}", ("look at linux", false)),
    ] {
        let policy = rule(&format!("forbid: {{os: {{equals: linux}}}}\n    fix: {fix}"), "bad");
        let found = only_finding(&policy, &environment().with("os", text("linux"))).fix.unwrap();
        assert_eq!((&*found.description, found.safe), expected, "{fix}");
    }
}

#[test]
fn legs_of_a_matrix_share_a_finding() {
    let policy = rule("forbid: {GOSUMDB: {equals: \"off\"}}", "bad");
    let leg = |name: &str| environment().with("GOSUMDB", set_in_line(&document(), 3, "off")).in_leg(name);
    let report = report(&policy, &[&leg("windows"), &leg("linux"), &leg("linux"), &environment().with("GOSUMDB", unknown())]);
    assert_eq!(report.findings.len(), 1);
    let legs: Vec<&str> = report.findings[0].places.iter().map(|place| &*place.matrix[0].1).collect();
    assert_eq!(legs, ["linux", "windows"]);
    assert_eq!((report.summary.errors, report.summary.undecided), (1, 1));
}

proptest! {
    #[test]
    fn the_order_of_subjects_and_of_merging_does_not_matter(order in Just((0..12).collect::<Vec<usize>>()).prop_shuffle(), cut in 0..12_usize) {
        let policy = rule("forbid: {any: [{GOSUMDB: {equals: \"off\"}}, {GOFLAGS: {equals: x}}]}", "bad {os}");
        let value = |index: usize| match index % 4 {
            0 => set_in_line(&document(), 3, "off"),
            1 => unknown(),
            2 => either("off", "on"),
            _ => set_in_line(&document(), 2, "off"),
        };
        let subject = |index: usize| environment().with("GOSUMDB", value(index)).with("os", text(["a", "b"][index % 2])).in_leg(&index.to_string());
        let judged = |indexes: &[usize]| indexes.iter().fold(Sink::new(), |mut sink, index| {
            judge(&policy, &subject(*index), &mut sink);
            sink
        });
        let finish = |sink: Sink| sink.finish(&|_| String::new());
        let expected = finish(judged(&(0..12).collect::<Vec<_>>()));
        let (one, other) = order.split_at(cut);
        let found = finish(judged(one).merge(judged(other)));
        prop_assert_eq!(format!("{found:?}"), format!("{expected:?}"));
        prop_assert!(expected.findings.is_sorted_by_key(|finding| finding.location.clone()));
    }
}

use super::*;
use crate::facts::value::Datum;
use std::sync::atomic::{AtomicUsize, Ordering};

#[test]
fn one_field_passes_fails_or_stays_open() {
    let forbid = rule("forbid: {GOSUMDB: {equals: \"off\"}}", "bad");
    let require = rule("require: {GOSUMDB: {equals: \"off\"}}", "bad");
    for (value, forbidden, required) in [
        (text("off"), "bad", "pass"),
        (text("on"), "pass", "bad"),
        (unknown(), "? secrets.X", "? secrets.X"),
        (text("off").or_unknown(Reason::new("u")), "? u", "? u"),
        (either("off", "off"), "bad", "pass"),
        (either("off", "on"), "bad (on the path where GOSUMDB is `off`)", "bad (on the path where GOSUMDB is `on`)"),
        (either("a", "b"), "pass", "bad"),
    ] {
        let subject = environment().with("GOSUMDB", value.clone());
        assert_eq!(outcome(&forbid, &subject), forbidden, "{value:?}");
        assert_eq!(outcome(&require, &subject), required, "{value:?}");
    }
}

#[test]
fn when_decides_whether_a_rule_applies() {
    let policy = rule("when: {GOFLAGS: {contains: x}}\n    forbid: {GOSUMDB: {equals: \"off\"}}", "bad");
    for (when, check, expected) in [
        (text("x"), text("off"), "bad"),
        (text("y"), text("off"), "pass"),
        (text("y"), unknown(), "pass"),
        (unknown(), text("off"), "? secrets.X"),
        (unknown(), text("on"), "pass"),
        (either("x", "y"), text("off"), "bad (on the path where GOFLAGS is `x`)"),
    ] {
        let subject = environment().with("GOFLAGS", when.clone()).with("GOSUMDB", check.clone());
        assert_eq!(outcome(&policy, &subject), expected, "{when:?} {check:?}");
    }
}

#[test]
fn one_field_in_several_places_takes_one_value_at_a_time() {
    let contradiction = rule("forbid: {all: [{GOFLAGS: {equals: a}}, {GOFLAGS: {equals: b}}]}", "bad");
    assert_eq!(outcome(&contradiction, &environment().with("GOFLAGS", either("a", "b"))), "pass");
    let tautology = rule("forbid: {any: [{GOFLAGS: {equals: a}}, {GOFLAGS: {not: {equals: a}}}]}", "bad");
    assert_eq!(outcome(&tautology, &environment().with("GOFLAGS", either("a", "b"))), "bad");
}

#[test]
fn branches_of_two_fields_may_depend_on_one_another() {
    let policy = rule("forbid: {GOFLAGS: {equals: a}, GOPROXY: {equals: a}}", "bad");
    let subject = environment().with("GOFLAGS", either("a", "b")).with("GOPROXY", either("a", "b"));
    assert_eq!(outcome(&policy, &subject), "? `GOFLAGS` and `GOPROXY` have several possible values");
    // Here it makes no difference which go together.
    let always =
        rule("forbid: {any: [{GOFLAGS: {equals: a}}, {GOFLAGS: {equals: b}, GOPROXY: {not: {equals: c}}}, {GOPROXY: {equals: a}}]}", "bad");
    assert_eq!(outcome(&always, &subject), "bad");
}

#[test]
fn fields_are_compared_with_fields() {
    let policy = rule("forbid: {GOFLAGS: {same-as: GOPROXY}}", "bad");
    let both = |one: Value, other: Value| environment().with("GOFLAGS", one).with("GOPROXY", other);
    for (one, other, expected) in [
        (text("a"), text("a"), "bad"),
        (text("a"), text("b"), "pass"),
        (text("a"), either("a", "b"), "bad (on the path where GOPROXY is `a`)"),
        (text("a"), unknown(), "? secrets.X"),
        (either("a", "b"), either("c", "d"), "pass"),
    ] {
        assert_eq!(outcome(&policy, &both(one.clone(), other.clone())), expected, "{one:?} {other:?}");
    }
}

#[test]
fn what_does_not_matter_may_be_unknown() {
    let policy = rule("forbid: {any: [{GOSUMDB: {equals: \"off\"}}, {GOPROXY: {equals: \"off\"}}]}", "bad");
    assert_eq!(outcome(&policy, &environment().with("GOSUMDB", text("off")).with("GOPROXY", unknown())), "bad");
    assert_eq!(outcome(&policy, &environment().with("GOSUMDB", text("on")).with("GOPROXY", unknown())), "? secrets.X");
    assert_eq!(
        outcome(&policy, &environment().with("GOSUMDB", either("on", "off")).with("GOPROXY", unknown())),
        "bad (on the path where GOSUMDB is `off`)"
    );
}

#[test]
fn lists_are_judged_item_by_item() {
    let origin = || Origin::of(OriginKind::Document);
    let args = |items: &[&str]| Value::list(items.iter().map(|item| Value::text(*item, origin())).collect(), origin());
    let subject = |items: &[&str]| Made::new(Kind::GoCommand, &document(), 4).with("args", args(items));
    for (matcher, items, expected) in [
        ("each: {starts-with: ./}", &["./a", "./b"][..], "bad"),
        ("each: {starts-with: ./}", &["./a", "b"], "pass"),
        ("each: {starts-with: ./}", &[], "bad"),
        ("some: {ends-with: .go}", &["a", "b.go"], "bad"),
        ("some: {ends-with: .go}", &[], "pass"),
        ("none: {contains: x}", &["a", "x"], "pass"),
        ("none: {contains: x}", &["a"], "bad"),
        ("not: {contains: x}", &["a"], "bad"),
    ] {
        let policy = rule_on("go-command", &format!("forbid: {{args: {{{matcher}}}}}"), "bad");
        assert_eq!(outcome(&policy, &subject(items)), expected, "{matcher} {items:?}");
    }
    let with_unknown = Made::new(Kind::GoCommand, &document(), 4).with("args", Value::list(vec![unknown()], origin()));
    assert_eq!(outcome(&rule_on("go-command", "forbid: {args: {some: {equals: x}}}", "bad"), &with_unknown), "? secrets.X");
}

/// Counts how often fields are asked for.
struct Counting(Made, AtomicUsize);

impl Subject for Counting {
    fn kind(&self) -> Kind {
        self.0.kind
    }
    fn location(&self) -> &Location {
        &self.0.location
    }
    fn field(&self, name: &FieldName) -> Value {
        self.1.fetch_add(1, Ordering::Relaxed);
        self.0.field(name)
    }
    fn place(&self) -> Option<&Arc<Place>> {
        None
    }
}

#[test]
fn fields_are_asked_for_once_and_only_when_needed() {
    let policy = rule("when: {os: {equals: windows}}\n    forbid: {any: [{GOFLAGS: {equals: a}}, {GOFLAGS: {equals: b}}]}", "bad");
    for (os, expected) in [("linux", 1), ("windows", 2)] {
        let subject = Counting(environment().with("os", text(os)).with("GOFLAGS", either("a", "c")), AtomicUsize::new(0));
        let mut sink = Sink::new();
        judge(&policy, &subject, &mut sink);
        assert_eq!(subject.1.load(Ordering::Relaxed), expected, "{os}");
    }
}

#[test]
fn rules_see_only_their_kind() {
    let policy = rule("forbid: {GOFLAGS: {is-set: false}}", "bad");
    assert_eq!(outcome(&policy, &Made::new(Kind::Job, &document(), 1)), "pass");
}

#[test]
fn numbers_are_compared_by_their_unit() {
    let policy = rule_on("job", "require: {timeout: {below: 1h}}", "{timeout} is long");
    let timeout = |seconds| Value::known(Datum::Number(seconds), Origin::of(OriginKind::Document));
    let subject = |seconds| Made::new(Kind::Job, &document(), 1).with("timeout", timeout(seconds));
    assert_eq!(outcome(&policy, &subject(5400)), "1h30m is long");
    assert_eq!(outcome(&policy, &subject(600)), "pass");
}

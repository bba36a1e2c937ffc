//! Verdicts on what is partly known agree with those on every world that it could be.

use super::*;
use crate::facts::value::Datum;
use crate::judge::facts::Memory;
use crate::judge::verdict::{Verdict, verdict};
use proptest::prelude::*;

const FIELDS: [&str; 3] = ["GOFLAGS", "GOPROXY", "GOSUMDB"];

/// What a text that is not known could be, as far as the conditions below can tell.
const ANYTHING: [&str; 4] = ["a", "b", "c", "d"];

/// The values a field may have, and whether it may have any other.
type Possible = (Vec<&'static str>, bool);

fn condition() -> impl Strategy<Value = String> {
    let field = || prop::sample::select(FIELDS.to_vec());
    let word = || prop::sample::select(vec!["a", "b", "c"]);
    let equals = (field(), word()).prop_map(|(field, word)| format!("{{{field}: {{equals: {word}}}}}"));
    let one_of = (field(), word(), word()).prop_map(|(field, one, other)| format!("{{{field}: {{not: {{one-of: [{one}, {other}]}}}}}}"));
    let same = (field(), field()).prop_map(|(field, other)| format!("{{{field}: {{same-as: {other}}}}}"));
    prop_oneof![equals, one_of, same].prop_recursive(3, 8, 3, |inner| {
        let parts = || prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| parts.join(", "));
        prop_oneof![
            parts().prop_map(|parts| format!("{{all: [{parts}]}}")),
            parts().prop_map(|parts| format!("{{any: [{parts}]}}")),
            inner.clone().prop_map(|part| format!("{{not: {part}}}")),
        ]
    })
}

fn possible() -> impl Strategy<Value = Possible> {
    let values = prop::sample::subsequence(vec!["a", "b", "c"], 1..=2);
    (values, prop::bool::weighted(0.2))
}

fn subject(fields: &[Possible]) -> Made {
    FIELDS.iter().zip(fields).fold(environment(), |subject, (name, (values, open))| {
        let value = values.iter().map(|value| text(value)).reduce(Value::join).unwrap();
        subject.with(name, if *open { value.or_unknown(Reason::new("open")) } else { value })
    })
}

/// Every combination of single values.
fn worlds(fields: &[Possible]) -> Vec<Vec<Possible>> {
    fields.iter().fold(vec![Vec::new()], |worlds, (values, open)| {
        let values = if *open { ANYTHING.to_vec() } else { values.clone() };
        let extend = |world: &Vec<Possible>| values.iter().map(|value| [&**world, &[(vec![*value], false)]].concat()).collect::<Vec<_>>();
        worlds.iter().flat_map(extend).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_verdict_holds_in_every_world(
        when in prop::option::of(condition()),
        check in condition(),
        require in any::<bool>(),
        fields in prop::collection::vec(possible(), 3),
    ) {
        let when = when.map(|when| format!("when: {when}\n    ")).unwrap_or_default();
        let policy = rule(&format!("{when}{}: {check}", if require { "require" } else { "forbid" }), "bad");
        let fails: Vec<bool> = worlds(&fields).iter().map(|world| outcome(&policy, &subject(world)) == "bad").collect();
        let verdict = outcome(&policy, &subject(&fields));
        let open = fields.iter().any(|(_, open)| *open);
        match &*verdict {
            "pass" => prop_assert!(fails.iter().all(|fails| !fails), "{check} {fields:?}"),
            "bad" => prop_assert!(fails.iter().all(|fails| *fails), "{check} {fields:?}"),
            path if path.starts_with("bad (on the path where ") => {
                prop_assert!(fails.iter().any(|fails| *fails), "{check} {fields:?}");
                // With nothing unknown besides, there is another path, on which it passes.
                prop_assert!(open || fails.iter().any(|fails| !fails), "{check} {fields:?}");
            }
            undecided => prop_assert!(undecided.starts_with("? "), "{undecided}"),
        }
        // Nothing is left open without need: one field with several values is always decided.
        let several = fields.iter().filter(|(values, open)| values.len() > 1 || *open).count();
        prop_assert!(several > 1 || open || !verdict.starts_with('?'), "{verdict} {check} {fields:?}");
    }
}

/// Demands of the forms that gates are made of, and some others.
fn demand() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "GOFLAGS: {equals: a}",
        "GOPROXY: {one-of: [a, b]}",
        "GOSUMDB: {same-as: GOPROXY}",
        "go.switches: {equals: true}",
        "go.switches: {equals: false, is-set: true}",
        "path: {some: {equals: a}}",
        "path: {contains: a}",
        "path: {none: {equals: a}}",
        "not: {GOFLAGS: {equals: a}}",
        "any: [{GOFLAGS: {equals: a}}, {GOPROXY: {equals: b}}]",
    ])
}

fn texts() -> impl Strategy<Value = Value> {
    prop::sample::select(vec![
        text("a"),
        text("b"),
        either("a", "b"),
        either("b", "c"),
        unset(),
        unknown(),
        text("b").or_unknown(Reason::new("open")),
    ])
}

fn switches() -> impl Strategy<Value = Value> {
    let flag = |yes| Value::known(Datum::Flag(yes), Origin::of(OriginKind::Default));
    prop::sample::select(vec![flag(true), flag(false), flag(true).join(flag(false)), unset(), unknown()])
}

fn path() -> impl Strategy<Value = Value> {
    let list = |items: &[Value]| Value::known(Datum::List(items.into()), Origin::of(OriginKind::Default));
    prop::sample::select(vec![list(&[]), list(&[text("a")]), list(&[unknown()]), list(&[]).join(list(&[text("b")])), unset(), unknown()])
}

fn unset() -> Value {
    Value::unset_by(OriginKind::Default)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn a_gate_keeps_out_only_what_would_pass(
        demands in prop::collection::vec(demand(), 1..4),
        stated in prop::sample::select(vec!["when: {all: [DEMANDS]}\n    forbid: {GOOS: {is-set: false}}", "forbid: {all: [DEMANDS]}", "require: {all: [DEMANDS]}"]),
        (goflags, goproxy, gosumdb, switches, path) in (texts(), texts(), texts(), switches(), path()),
    ) {
        let demands: Vec<String> = demands.iter().map(|demand| format!("{{{demand}}}")).collect();
        let policy = rule(&stated.replace("DEMANDS", &demands.join(", ")), "bad");
        let subject = environment().with("GOFLAGS", goflags).with("GOPROXY", goproxy).with("GOSUMDB", gosumdb);
        let subject = subject.with("go.switches", switches).with("path", path);
        let judged = policy.judged(Kind::Environment).unwrap();
        let memory = Memory::new(&subject, judged.names());
        let rule = &judged.rules()[0];
        let facts = memory.facts(&rule.cells);
        if rule.gates.iter().any(|gate| gate.keeps_out(facts.get(gate.slot).unwrap())) {
            prop_assert_eq!(verdict(rule.rule.compiled().unwrap(), &facts), Verdict::Pass);
        }
    }
}

use proptest::prelude::*;

use super::super::value::Object;
use super::*;
use crate::syntax::expression::{Scope, parse};

/// `runner.os` is Linux, `one` is 'a' or 'b', `inputs` and `secrets` are unknown, `open` is an object with a known and unknown entries.
pub(in super::super) struct World;

impl Contexts for World {
    fn get(&self, name: &str) -> Option<Partial> {
        let unknown = || Partial::unknown(Reason::new(name));
        Some(match name {
            "runner" => Json::object([("os", Partial::text("Linux"))]).into(),
            "one" => Partial::text("a").join(Partial::text("b")),
            "list" => Json::array([Partial::text("x"), Partial::text("a").join(Partial::text("b")), unknown()]).into(),
            "open" => {
                let mut object = Object::open(Reason::new("open"));
                object.set("Known", Partial::text("v"));
                Json::Object(object.into()).into()
            }
            "steps" => Json::object([("go", Partial::unknown(Reason::new("output of actions/setup-go")))]).into(),
            "inputs" | "secrets" => unknown(),
            _ => return None,
        })
    }
}

fn show(value: &Partial) -> String {
    let choice = |choice: &Json| match choice {
        Json::String(text) => format!("'{text}'"),
        Json::Null => "null".to_owned(),
        other => to_text(other).to_string(),
    };
    let choices = value.choices().iter().map(choice);
    choices.chain(value.reason().map(|reason| format!("?{reason}"))).collect::<Vec<_>>().join(" ")
}

fn evaluate(source: &str) -> String {
    match parse(source, Scope::ANY).unwrap().evaluate(&World) {
        Ok(value) => show(&value),
        Err(error) => format!("error: {error}"),
    }
}

#[test]
fn what_is_unknown_leaves_what_is_known() {
    let table = [
        (r"contains(inputs.platform, 'windows') && 'd:\x' || ''", r"'d:\x' ''"),
        ("inputs.debug && '-race' || ''", "'-race' ''"),
        ("inputs.x || 'x'", "'x' ?inputs.x"),
        ("inputs.x && 'x'", "'x' ?inputs.x"),
        ("(inputs.x || 'x') && 'y'", "'y'"),
        ("(inputs.x && 'x') == null", "false true"),
        ("false && inputs.x", "false"),
        ("true || inputs.x", "true"),
        ("!inputs.x", "true false"),
        ("!(inputs.x || 1)", "false"),
        ("runner.os == 'linux' && one || 'c'", "'a' 'b'"),
        ("one == 'a'", "true false"),
        ("one != 'c'", "true"),
        ("one < 'c'", "true"),
        ("inputs.x == inputs.x", "true false"),
        ("one == inputs.x", "true false"),
        ("format('{0}-{0}', one)", "'a-a' 'a-b' 'b-a' 'b-b'"),
        ("format('{0}{1}', one, secrets.X)", "?secrets.X"),
        ("format('{0}', one || secrets.X)", "'a' 'b'"),
    ];
    for (source, expected) in table {
        let sorted = |text: &str| {
            let mut words: Vec<_> = text.split(' ').map(str::to_owned).collect();
            words.sort();
            words
        };
        assert_eq!(sorted(&evaluate(source)), sorted(expected), "{source}");
    }
}

#[test]
fn reasons_name_the_path() {
    let table = [
        ("secrets.TOKEN", "?secrets.TOKEN"),
        ("inputs.a.b['c d']", "?inputs.a.b['c d']"),
        ("inputs.*.x", "?inputs.*.x"),
        ("open.known", "'v'"),
        ("open.other", "?open.other"),
        ("steps.go.outputs.x", "?output of actions/setup-go"),
        ("steps.nothing.outputs.x", "null"),
        ("nowhere.x", "?nowhere.x"),
        ("hashFiles('**/go.sum', secrets.X)", "?hashFiles('**/go.sum', secrets.X)"),
        ("toJSON(open)", "?open"),
        ("fromJSON(inputs.matrix)", "?inputs.matrix"),
    ];
    for (source, expected) in table {
        assert_eq!(evaluate(source), expected, "{source}");
    }
}

#[test]
fn lookups_with_several_keys_give_several_values() {
    let table = [
        (r#"fromJSON('{"a":1,"b":2,"c":3}')[one]"#, "1 2"),
        (r#"fromJSON('{"a":1,"b":2}')[inputs.x]"#, "null 1 2"),
        (r"fromJSON('[1,2]')[inputs.x]", "null 1 2"),
        (r"fromJSON('[1,2]')[1.9]", "2"),
        (r"fromJSON('[1,2]')[-0.5]", "null"),
        ("list[0]", "'x'"),
        ("list[1]", "'a' 'b'"),
        ("list[2]", "?list[2]"),
        ("contains(list, 'x')", "true"),
        ("contains(list, 'a')", "true false"),
        ("contains(list, inputs.x)", "true false"),
        ("contains(fromJSON('[]'), inputs.x)", "false"),
        ("contains(fromJSON('[\"A\",\"B\"]'), one)", "true"),
        ("contains(one, 'c')", "false"),
        ("contains('abc', one)", "true"),
        ("startsWith(one, inputs.x)", "true false"),
        ("join(fromJSON('[1,2]'), one)", "'1a2' '1b2'"),
    ];
    for (source, expected) in table {
        assert_eq!(evaluate(source), expected, "{source}");
    }
}

#[test]
fn case_takes_every_way_that_is_possible() {
    let table = [
        ("case(inputs.x == 1, 'a', inputs.y == 2, 'b', 'c')", "'a' 'b' 'c'"),
        ("case(inputs.x == 1, 'a', true, 'b', 'c')", "'a' 'b'"),
        ("case(inputs.x, 'a', 'b')", "'a' 'b'"),
        ("case(1, 'a', 'b')", "error: predicate of `case` is not a boolean"),
    ];
    for (source, expected) in table {
        assert_eq!(evaluate(source), expected, "{source}");
    }
}

#[test]
fn a_possibility_that_fails_is_none() {
    let table = [
        ("inputs.x && fromJSON('{')", "?inputs.x"),
        ("fromJSON(one == 'a' && '1' || '{')", "1"),
        ("format('{1}', 1)", "error: format string `{1}` refers to more arguments than there are"),
        ("format('{0:N}', 1)", "error: format string `{0:N}` has format specifiers, which no value supports"),
    ];
    for (source, expected) in table {
        assert_eq!(evaluate(source), expected, "{source}");
    }
    assert!(evaluate("fromJSON('')").starts_with("error: argument of `fromJSON` is no JSON: "));
}

#[test]
fn many_possibilities_are_none() {
    let five = "fromJSON('[0,1,2,3,4]')[inputs.x]";
    assert_eq!(evaluate(&format!("format('{{0}}{{1}}', {five}, {five})")), "?too many possibilities");
}

#[test]
fn memory_is_bounded() {
    let mut source = "'xxxxxxxxxxxxxxxx'".to_owned();
    for _ in 0..6 {
        source = format!("format('{{0}}{{0}}{{0}}{{0}}{{0}}{{0}}{{0}}{{0}}{{0}}{{0}}', {source})");
    }
    assert_eq!(evaluate(&source), "error: expression needs more than 1048576 bytes of memory");
}

#[test]
fn conditions_imply_success() {
    let holds = |source: &str| parse(source, Scope::ANY).unwrap().holds(&World).unwrap();
    let table = [
        ("always()", Some(true)),
        ("false", Some(false)),
        ("true", None),
        ("runner.os == 'Windows'", Some(false)),
        ("always() && runner.os == 'Linux'", Some(true)),
        ("failure()", None),
    ];
    for (source, expected) in table {
        assert_eq!(holds(source), expected, "{source}");
    }
}

proptest! {
    /// Whatever the unknown turns out to be, the result was foreseen.
    #[test]
    fn the_possibilities_include_what_happens(source in expression(), value in "(|0|a|x|true)") {
        let expr = parse(&source, Scope::ANY).unwrap();
        let (foreseen, real) = (expr.evaluate(&World), expr.evaluate(&Fixed(Partial::text(value))));
        if let (Ok(foreseen), Ok(real)) = (foreseen, real)
            && let Some(real) = real.single()
            && foreseen.reason().is_none()
        {
            let is_real = |choice: &&Json| to_text(choice) == to_text(real);
            prop_assert!(foreseen.choices().iter().any(|choice| is_real(&choice)), "{source}: {} lacks {real:?}", show(&foreseen));
        }
    }
}

/// A world in which everything is the same known value.
struct Fixed(Partial);

impl Contexts for Fixed {
    fn get(&self, _: &str) -> Option<Partial> {
        Some(self.0.clone())
    }

    fn status(&self, _: Function) -> Partial {
        Json::Bool(true).into()
    }
}

fn expression() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![Just("inputs"), Just("'a'"), Just("''"), Just("0"), Just("1"), Just("true"), Just("null"), Just("'[1,null]'")];
    leaf.prop_map(str::to_owned).prop_recursive(5, 30, 3, |inner| {
        let binary = prop_oneof![Just("&&"), Just("||"), Just("=="), Just("<"), Just(">="), Just("!=")];
        prop_oneof![
            (inner.clone(), binary, inner.clone()).prop_map(|(left, operator, right)| format!("({left} {operator} {right})")),
            inner.clone().prop_map(|inner| format!("!{inner}")),
            (inner.clone(), inner.clone()).prop_map(|(left, right)| format!("contains({left}, {right})")),
            (inner.clone(), inner.clone()).prop_map(|(left, right)| format!("format('{{0}}-{{1}}', {left}, {right})")),
            (inner.clone(), inner.clone()).prop_map(|(left, right)| format!("fromJSON({left})[{right}]")),
            (inner.clone(), inner.clone(), inner).prop_map(|(a, b, c)| format!("case({a} == {b}, {b}, {c})")),
        ]
    })
}

use std::fmt::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;
use crate::facts::expression::{Contexts, Json, Partial};
use crate::facts::value::Reason;
use crate::syntax::yaml::{self, Limits};
use crate::text::Text;

/// `needs.plan.outputs.m` is known JSON, `inputs` and `vars` are not known.
struct World;

impl Contexts for World {
    fn get(&self, name: &str) -> Option<Partial> {
        let output = Json::object([("m", Partial::text(r#"{"go":["1.25","1.26"],"include":[{"os":"mac"}]}"#))]);
        Some(match name {
            "needs" => Json::object([("plan", Json::object([("outputs", output.into())]).into())]).into(),
            "inputs" | "vars" => Partial::unknown(Reason::new(name)),
            _ => return None,
        })
    }
}

fn expand(source: &str) -> Legs {
    let text = Text::file("w.yml", source);
    let document = yaml::parse(&text, Limits::default()).unwrap();
    MatrixSpec::from_node(&text, &document.root, &World).expand()
}

fn show_value(value: &Partial) -> String {
    let choices = value.choices().iter().map(|choice| match choice {
        Json::Null => "null".to_owned(),
        Json::String(text) => text.to_string(),
        Json::Object(object) => {
            let entries = object.entries().iter().map(|(name, value)| format!("{name}:{}", show_value(value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(","))
        }
        other => Partial::known(other.clone()).as_text().unwrap().to_string(),
    });
    choices.chain(value.reason().map(|reason| format!("?{reason}"))).collect::<Vec<_>>().join("|")
}

/// A line a leg: `os=a go=1`, then `+…` if there may be more values, and `?` if it may not exist.
fn show(legs: &Legs) -> String {
    let mut lines = Vec::new();
    for leg in &legs.legs {
        let mut line = leg.values.iter().map(|value| format!("{}={}", value.name, show_value(&value.value))).collect::<Vec<_>>().join(" ");
        line += &leg.rest.as_ref().map_or(String::new(), |reason| format!(" +{reason}"));
        line += &leg.uncertain.as_ref().map_or(String::new(), |reason| format!(" if {reason}"));
        lines.push(line.trim().to_owned());
    }
    for error in &legs.errors {
        lines.push(format!("{}: {error}", error.location.source()));
    }
    lines.join("\n")
}

#[track_caller]
fn check(source: &str, expected: &[&str]) {
    assert_eq!(show(&expand(source)), expected.join("\n"), "{source}");
}

#[test]
fn the_last_axis_changes_fastest() {
    check("{os: [a, b], go: [1, 2]}", &["os=a go=1", "os=a go=2", "os=b go=1", "os=b go=2"]);
    check("{v: [null, true, 1.20, '1.20', {a: {b: c}}, [x]]}", &["v=null", "v=true", "v=1.2", "v=1.20", "v={a:{b:c}}", "v=Array"]);
}

#[test]
fn without_axes_there_is_no_product() {
    check("{include: [{a: 1}, {b: 2}]}", &["a=1", "b=2"]);
}

#[test]
fn values_are_located_where_they_stand() {
    let legs = expand("os: [a]\ngo: ${{ fromJSON('[\"1\"]') }}\ninclude: [{x: y, os: a}]");
    let places: Vec<_> = legs.legs[0].values.iter().map(|value| (&*value.name, value.location.source())).collect();
    assert_eq!(places, [("os", "a"), ("go", "${{ fromJSON('[\"1\"]') }}"), ("x", "y")]);
    assert_eq!(legs.legs[0].get("OS").unwrap().value, Partial::text("a"));
}

#[test]
fn exclude_drops_what_matches_in_part() {
    let axes = "os: [a, b], go: [1, 2]";
    check(&format!("{{{axes}, exclude: [{{os: a}}]}}"), &["os=b go=1", "os=b go=2"]);
    check(&format!("{{{axes}, exclude: [{{os: A, go: 1}}, {{go: '2', os: b}}]}}"), &["os=a go=2", "os=b go=1"]);
    check(&format!("{{{axes}, exclude: [{{OS: a}}]}}"), &["os=b go=1", "os=b go=2"]);
    check(&format!("{{{axes}, exclude: [{{os: c}}]}}"), &["os=a go=1", "os=a go=2", "os=b go=1", "os=b go=2"]);
    check("{os: [a], exclude: [{os: a}]}", &[]);
}

#[test]
fn exclude_compares_loosely() {
    check("{v: ['', 0, false, null, x], exclude: [{v: null}]}", &["v=x"]);
    check("{v: ['1', 1, true, 2], exclude: [{v: 1}]}", &["v=2"]);
}

#[test]
fn exclude_compares_the_leaves_of_nested_values() {
    let axes = "v: [{name: x, n: {m: 1}}, {name: y, n: {m: 2}}, z]";
    check(&format!("{{{axes}, exclude: [{{v: {{n: {{m: 1}}}}}}]}}"), &["v={name:y,n:{m:2}}", "v=z"]);
    check(&format!("{{{axes}, exclude: [{{v: {{NAME: Y}}}}]}}"), &["v={name:x,n:{m:1}}", "v=z"]);
    check(&format!("{{{axes}, exclude: [{{v: {{name: x, n: {{m: 2}}}}}}]}}"), &["v={name:x,n:{m:1}}", "v={name:y,n:{m:2}}", "v=z"]);
    check("{v: [[1, 2], [1, 3]], exclude: [{v: [1, 3]}]}", &["v=Array"]);
    check("{v: [a, b], exclude: [{v: {}}]}", &[]);
}

#[test]
fn exclude_is_checked() {
    check("{os: [a], exclude: [{arch: x}]}", &["os=a", "arch: `arch` in `exclude` is no axis of the matrix"]);
    check("{os: [a], exclude: [{}]}", &["os=a", "{}: entry of `exclude` must not be empty"]);
    check("{os: [a], exclude: [x]}", &["os=a if invalid matrix", "x: entry of `exclude` must be a mapping"]);
    check("{os: [a], exclude: {os: a}}", &["os=a if invalid matrix", "{os: a}: `exclude` of a matrix must be a sequence"]);
}

#[test]
fn include_adds_to_what_matches() {
    check("{os: [a, b], include: [{os: a, x: 1}]}", &["os=a x=1", "os=b"]);
    check("{os: [a, b], include: [{OS: A, x: 1}]}", &["os=a x=1", "os=b"]);
    check("{os: [a, b], include: [{x: 1}]}", &["os=a x=1", "os=b x=1"]);
    check("{os: [a, b], include: [{os: a}]}", &["os=a", "os=b"]);
    check("{v: [{n: 1}, {n: 2}], include: [{v: {n: 2}, x: 1}]}", &["v={n:1}", "v={n:2} x=1"]);
}

#[test]
fn later_entries_overwrite_what_earlier_ones_added_but_never_an_axis() {
    check("{os: [a, b], include: [{Color: red, x: 1}, {os: a, color: green}]}", &["os=a Color=green x=1", "os=b Color=red x=1"]);
    check("{os: [a], include: [{x: 1}, {x: 2, y: 1}, {os: b, x: 3}]}", &["os=a x=2 y=1", "os=b x=3"]);
    // A filter sees only the axes, so `x` selects nothing and is added.
    check("{os: [a], include: [{x: 1}, {x: 5, y: 2}]}", &["os=a x=5 y=2"]);
}

#[test]
fn include_makes_legs_of_what_matches_nothing() {
    check("{os: [a], go: [1], include: [{os: c}, {extra: 1, go: 2, os: a}]}", &["os=a go=1", "os=c", "go=2 os=a extra=1"]);
    check("{os: [a, b], exclude: [{os: a}], include: [{os: a}]}", &["os=b", "os=a"]);
    check("{os: [a], exclude: [{os: a}], include: [{x: 1}]}", &["x=1"]);
}

#[test]
fn the_documented_example_comes_out_as_documented() {
    let source = "
fruit: [apple, pear]
animal: [cat, dog]
include:
  - color: green
  - color: pink
    animal: cat
  - fruit: apple
    shape: circle
  - fruit: banana
  - fruit: banana
    animal: cat";
    let expected = [
        "fruit=apple animal=cat color=pink shape=circle",
        "fruit=apple animal=dog color=green shape=circle",
        "fruit=pear animal=cat color=pink",
        "fruit=pear animal=dog color=green",
        "fruit=banana",
        "fruit=banana animal=cat",
    ];
    check(source, &expected);
}

#[test]
fn shapes_are_checked() {
    check("[a]", &["+invalid matrix", "[a]: matrix must be a mapping"]);
    check("{}", &["{}: matrix must define at least one axis or `include`"]);
    check("{include: []}", &["{include: []}: matrix must define at least one axis or `include`"]);
    check(
        "{exclude: [{a: 1}]}",
        &["a: `a` in `exclude` is no axis of the matrix", "{exclude: [{a: 1}]}: matrix must define at least one axis or `include`"],
    );
    check("{os: [a], go: []}", &["os=a", "[]: matrix axis `go` has no values"]);
    check("{os: [a], go: 1.26}", &["os=a go=?invalid matrix", "1.26: `go` of a matrix must be a sequence"]);
    check("{os: [a], include: [{}]}", &["os=a", "{}: entry of `include` has no values"]);
    check("{os: [a], OS: [b]}", &["os=a", "OS: `OS` is already defined"]);
    check("{Include: [{a: 1}]}", &["Include={a:1}"]);
}

#[test]
fn expressions_with_known_values_are_expanded() {
    check("${{ fromJSON('{\"go\":[1,2]}') }}", &["go=1", "go=2"]);
    check("${{ fromJSON(needs.plan.outputs.m) }}", &["go=1.25 os=mac", "go=1.26 os=mac"]);
    check("go: ${{ fromJSON('[\"1.25\",\"1.26\"]') }}\nexclude: ${{ fromJSON('[{\"go\":\"1.25\"}]') }}", &["go=1.26"]);
    check("{os: ['${{ format(''{0}-latest'', ''ubuntu'') }}', b]}", &["os=ubuntu-latest", "os=b"]);
    check("${{ insert }}: ${{ fromJSON('{\"go\":[1]}') }}\nos: [a]", &["go=1 os=a"]);
    check("${{ 'o' }}s: [a]", &["os=a"]);
}

#[test]
fn expressions_are_checked() {
    check("{os: ['${{ env.OS }}']}", &["os=?invalid expression", "env: unrecognized named value `env`"]);
    check(
        "{os: ['${{ fromJSON(''x'') }}']}",
        &["os=?invalid expression", "fromJSON(''x''): argument of `fromJSON` is no JSON: expected value at line 1 column 1"],
    );
}

#[test]
fn what_is_unknown_leaves_the_rest() {
    check("${{ fromJSON(inputs.matrix) }}", &["+inputs.matrix"]);
    check("os: [a, b]\ngo: ${{ fromJSON(inputs.go) }}", &["os=a go=?inputs.go", "os=b go=?inputs.go"]);
    check("os: [a, '${{ inputs.os }}']", &["os=a", "os=?inputs.os"]);
    check("go: ${{ inputs.all && fromJSON('[1,2]') || fromJSON('[2,3]') }}", &["go=1|2|3"]);
    check("os: [a]\nexclude: ${{ fromJSON(inputs.e) }}", &["os=a if inputs.e"]);
    check("os: [a, b]\nexclude: [{os: '${{ inputs.os }}'}]", &["os=a if inputs.os", "os=b if inputs.os"]);
    check(
        "os: [a, b]\ngo: ${{ fromJSON(inputs.go) }}\nexclude: [{os: a, go: 1}]",
        &["os=a go=?inputs.go if inputs.go", "os=b go=?inputs.go"],
    );
    check("os: [a]\ninclude: ${{ fromJSON(inputs.i) }}", &["os=a +inputs.i"]);
    check("include: ${{ fromJSON(inputs.i) }}", &["+inputs.i"]);
    check("os: [a]\n${{ insert }}: ${{ inputs }}", &["os=a +inputs"]);
    for source in ["${{ inputs.m }}", "go: ${{ inputs.go }}", "{os: [a], include: '${{ inputs.i }}'}"] {
        assert!(expand(source).unknown.is_some(), "{source}");
    }
    assert!(expand("os: ['${{ inputs.os }}']").unknown.is_none(), "one leg, whatever its value");
}

#[test]
fn a_matrix_that_may_be_one_of_several_has_the_legs_of_all() {
    let source = r#"${{ fromJSON(inputs.quick && '{"os":["a"],"go":[1]}' || '{"os":["a","b"],"go":[1]}') }}"#;
    check(source, &["os=a go=1", "os=b go=1 if several possibilities"]);
    assert!(expand(source).unknown.is_some());
    let source = r#"${{ inputs.m || fromJSON('{"os":["a"]}') }}"#;
    check(source, &["os=a if inputs.m", "+inputs.m if inputs.m"]);
    let source = r"${{ fromJSON(inputs.quick && '{}' || '[]') }}";
    check(source, &["+invalid matrix if several possibilities", &format!("{source}: matrix must define at least one axis or `include`")]);
}

#[test]
fn what_may_match_adds_possibilities() {
    let source = "os: [a, '${{ inputs.os }}']\ninclude: [{x: 1}, {os: b, x: 2}]";
    check(source, &["os=a x=1", "os=?inputs.os x=1|2", "os=b x=2 if inputs.os"]);
    check("os: [a]\ninclude: [{os: '${{ inputs.os }}', x: 1}]", &["os=a x=null|1", "os=?inputs.os x=1 if inputs.os"]);
}

#[test]
fn the_context_is_an_object() {
    let context = |source: &str| expand(source).legs[0].context();
    let lookup = |source: &str, name: &str| match context(source).single() {
        Some(Json::Object(object)) => show_value(&object.lookup(name)),
        other => panic!("{other:?}"),
    };
    assert_eq!(lookup("os: [a]", "OS"), "a");
    assert_eq!(lookup("os: [a]", "go"), "null");
    assert_eq!(lookup("os: [a]\ninclude: ${{ inputs.i }}", "go"), "?inputs.i");
    assert_eq!(context("${{ inputs.m }}"), Partial::unknown(Reason::new("inputs.m")));
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the test is about time")]
fn large_matrices_are_cut_short_at_once() {
    let axis = |name: &str, count: usize| {
        let mut axis = format!("{name}: [");
        (0..count).for_each(|value| write!(axis, "{value},").unwrap());
        axis + "]\n"
    };
    let kinds = |legs: &Legs| legs.errors.iter().map(|error| error.kind.clone()).collect::<Vec<_>>();
    let exact = expand(&axis("a", 256));
    assert_eq!((exact.legs.len(), kinds(&exact)), (256, vec![]));
    let over = expand(&axis("a", 257));
    assert_eq!((over.legs.len(), kinds(&over)), (256, vec![MatrixErrorKind::TooManyLegs]));
    let started = Instant::now();
    let million = expand(&(axis("a", 1000) + &axis("b", 1000) + &axis("c", 1000)));
    assert_eq!((million.legs.len(), kinds(&million)), (256, vec![MatrixErrorKind::TooManyLegs]));
    let excluded = expand(&(axis("a", 1000) + &axis("b", 1000) + "exclude: [{b: {}}]"));
    assert_eq!((excluded.legs.len(), kinds(&excluded)), (0, vec![MatrixErrorKind::TooLarge]));
    let fifty = expand(&(axis("a", 300) + "exclude: [{a: 1}]\ninclude: [{x: 1}]"));
    assert_eq!((fifty.legs.len(), kinds(&fifty)), (256, vec![MatrixErrorKind::TooManyLegs]));
    assert!(started.elapsed() < Duration::from_secs(10), "{:?}", started.elapsed());
}

/// The rules once more, as plainly as they can be said, for matrices of strings.
fn model(axes: &[(String, Vec<String>)], exclude: &[(usize, String)], include: &[(usize, String, String)]) -> Vec<Vec<(String, String)>> {
    let mut product: Vec<Vec<(String, String)>> = vec![vec![]];
    for (name, values) in axes {
        let with =
            |leg: &Vec<_>| values.iter().map(|value| [leg.clone(), vec![(name.clone(), value.clone())]].concat()).collect::<Vec<_>>();
        product = product.iter().flat_map(with).collect();
    }
    product.retain(|leg| !exclude.iter().any(|(axis, value)| leg[axis % axes.len()].1 == *value));
    let mut unmatched = Vec::new();
    let original = product.clone();
    for (axis, value, extra) in include {
        let axis = axis % axes.len();
        let mut matched = false;
        for (leg, original) in product.iter_mut().zip(&original) {
            if original[axis].1 == *value {
                matched = true;
                leg.retain(|(name, _)| name != "x");
                leg.push(("x".to_owned(), extra.clone()));
            }
        }
        if !matched {
            unmatched.push(vec![(axes[axis].0.clone(), value.clone()), ("x".to_owned(), extra.clone())]);
        }
    }
    product.extend(unmatched);
    product
}

proptest! {
    #[test]
    fn legs_agree_with_the_rules(
        values in prop::collection::vec(prop::collection::vec("[ab]", 1..4), 1..4),
        exclude in prop::collection::vec((0..4_usize, "[abc]"), 0..3),
        include in prop::collection::vec((0..4_usize, "[abc]", "[xyz]"), 0..4),
    ) {
        let axes: Vec<_> = values.into_iter().enumerate().map(|(index, values)| (format!("k{index}"), values)).collect();
        let mut source = String::new();
        for (name, values) in &axes {
            writeln!(source, "{name}: [{}]", values.join(", ")).unwrap();
        }
        let name = |axis: &usize| &axes[axis % axes.len()].0;
        let excludes: Vec<_> = exclude.iter().map(|(axis, value)| format!("{{{}: {value}}}", name(axis))).collect();
        let includes: Vec<_> = include.iter().map(|(axis, value, extra)| format!("{{{}: {value}, x: {extra}}}", name(axis))).collect();
        writeln!(source, "exclude: [{}]\ninclude: [{}]", excludes.join(", "), includes.join(", ")).unwrap();
        let legs = expand(&source);
        prop_assert!(legs.errors.is_empty() && legs.unknown.is_none());
        let actual: Vec<Vec<_>> =
            legs.legs.iter().map(|leg| leg.values.iter().map(|value| (value.name.to_string(), show_value(&value.value))).collect()).collect();
        prop_assert_eq!(actual, model(&axes, &exclude, &include), "{}", source);
    }

    #[test]
    fn no_matrix_breaks_the_expansion(source in "((os|include|exclude|go)|: |[\\[\\]{},a1\n -]|'\\$\\{\\{ inputs.x \\}\\}'|'\\$\\{\\{ insert \\}\\}'){0,30}") {
        let text = Text::file("w.yml", source);
        if let Ok(document) = yaml::parse(&text, Limits::default()) {
            let legs = MatrixSpec::from_node(&Arc::clone(&text), &document.root, &World).expand();
            prop_assert!(legs.legs.len() <= MAX_LEGS);
        }
    }
}

use super::{load, policy};
use crate::world::MemoryWorld;
use proptest::prelude::*;

/// The errors as they are shown, without the file's name.
fn errors(text: &str) -> Vec<String> {
    let errors = load(text).map(|_| ()).unwrap_err();
    errors.iter().map(|error| error.to_string().replacen("team.yaml:", "", 1)).collect()
}

fn errors_of_rule(lines: &[&str]) -> Vec<String> {
    errors(&policy(lines))
}

/// A rule that is right but for its `forbid`.
fn errors_of_condition(condition: &str) -> Vec<String> {
    let forbid = format!("forbid: {condition}");
    errors_of_rule(&["severity: error", "on: environment", &forbid, "message: m"])
}

#[test]
fn all_problems_are_reported_at_once() {
    let found = errors_of_rule(&["severity: fatal", "on: enviroment", "requires: {}", "references: [go.dev]"]);
    assert_eq!(
        found,
        [
            "4:3: `message` is missing",
            "4:3: `require` or `forbid` is missing",
            "5:15: unknown severity `fatal`; there are `note`, `warning`, `error`",
            "6:9: unknown kind of subject `enviroment`; did you mean `environment`?",
            "7:5: unknown key `requires`; did you mean `require`?",
            "8:18: expected an address that starts with `https://`, found `go.dev`",
        ]
    );
}

#[test]
fn the_frame_of_a_policy_is_checked() {
    for (text, expected) in [
        ("version: 2\npolicy: a", "1:10: expected `1`, the version of the policy language, found `2`"),
        ("policy: a", "1:1: `version` is missing"),
        ("version: 1\npolicy: A b", "2:9: expected a policy name of lower-case letters, digits and hyphens, found `A b`"),
        ("- a", "1:3: expected a policy: `version`, `policy`, `rules`, found a list"),
        ("version: 1\npolicy: a\nrules: {r: on}", "3:12: expected a rule, `off`, or changes to a rule, found `on`"),
        ("version: 1\npolicy: a\nrules: {R_: off}", "3:9: expected a rule id of lower-case letters, digits and hyphens, found `R_`"),
        ("version: 1\npolicy: a\nrule: {}", "3:1: unknown key `rule`; did you mean `rules`?"),
        ("version: 1\npolicy: a\nrules: {r: off}", "3:9: unknown rule `r`"),
    ] {
        assert_eq!(errors(text), [expected], "{text}");
    }
    assert!(errors("version: 1\npolicy: a\nrules:\n  r: off\n  r: off")[0].starts_with("5:3: "), "duplicate id");
    assert!(errors("version: [").len() == 1);
}

#[test]
fn conditions_are_checked_against_the_fields() {
    for (condition, expected) in [
        ("{GOFLAG: {is-set: true}}", "7:14: unknown field of `environment` `GOFLAG`; did you mean `GOFLAGS`?"),
        ("{GOFLAGS: {equal: x}}", "7:24: unknown matcher `equal`; did you mean `equals`?"),
        ("{GOSUMDB: off}", "7:23: expected a matcher, found `off`; did you mean `{equals: off}`?"),
        ("{GOFLAGS: {}}", "7:23: expected at least one matcher, found a mapping"),
        ("{}", "7:13: expected a condition that says something, found a mapping"),
        ("[]", "7:13: expected a condition: fields with matchers, `all`, `any` or `not`, found a list"),
        ("{any: {}}", "7:19: expected a list, found a mapping"),
        ("{any: []}", "7:19: expected a list of conditions that is not empty, found a list"),
        ("{Any: []}", "7:14: unknown key `Any`; did you mean `any`?"),
        ("{os: {equals: linus}}", "7:27: unknown word `linus`; did you mean `linux`?"),
        ("{GOFLAGS: {matches: \"(\"}}", "7:33: bad pattern: unclosed group"),
        ("{GOFLAGS: {glob: \"a{\"}}", "7:30: bad pattern: unclosed alternate group; missing '}' (maybe escape '{' with '[{]'?)"),
        ("{GOFLAGS: {is-set: yes}}", "7:32: expected `true` or `false`, found `yes`"),
        ("{GOFLAGS: {one-of: []}}", "7:32: expected a list that is not empty, found a list"),
        (
            "{GOFLAGS: {has-flag: race}}",
            "7:34: expected a flag such as `-race`; a value goes into `{name: -mod, value: mod}`, found `race`",
        ),
        (
            "{GOFLAGS: {has-flag: -mod=mod}}",
            "7:34: expected a flag such as `-race`; a value goes into `{name: -mod, value: mod}`, found `-mod=mod`",
        ),
        ("{module.go: {at-least: one}}", "7:36: expected a Go version such as `1.23` or `1.23.4`, found `one`"),
        ("{module.go: {at-least: {field: GOFLAGS}}}", "7:44: expected a field that is a version, found `GOFLAGS`"),
        ("{module.go: {at-least: {field: go.versoin}}}", "7:44: unknown field of `environment` `go.versoin`; did you mean `go.version`?"),
        ("{GOFLAGS: {equals: {parameter: p}}}", "7:44: unknown parameter `p`"),
    ] {
        assert_eq!(errors_of_condition(condition), [expected], "{condition}");
    }
    let wrong_type = errors_of_condition("{GOFLAGS: {at-least: 1}}");
    assert!(wrong_type[0].starts_with("7:24: `at-least` cannot be used on a text; `equals`, `one-of`, "), "{wrong_type:?}");
}

#[test]
fn a_pattern_that_grows_too_large_is_refused_when_loaded() {
    assert_eq!(errors_of_condition("{GOFLAGS: {matches: '((a{100}){100}){100}'}}"), ["7:33: bad pattern: the pattern is too large"]);
}

#[test]
fn messages_are_checked_inside() {
    for (message, expected) in [
        ("\"é {GOFLAG}\"", "8:18: unknown field of `environment` in braces: `GOFLAG`; did you mean `GOFLAGS`?"),
        ("a } b", "8:16: a brace without its partner; `{{` and `}}` stand for braces"),
        ("see {parameter.x}", "8:29: unknown parameter `x`"),
        ("''", "8:14: expected a text that is not empty, found ``"),
    ] {
        let message = format!("message: {message}");
        let found = errors_of_rule(&["severity: error", "on: environment", "forbid: {GOFLAGS: {is-set: true}}", &message]);
        assert_eq!(found, [expected], "{message}");
    }
}

#[test]
fn an_item_can_be_named_where_there_is_one() {
    let none = "`{item}` needs a rule that does nothing but forbid `some`, or require `each` or `none`, of one list";
    for (kind, check, placeholder, expected) in [
        (
            "go-mod",
            "forbid: {replace: {some: {old-path: {equals: x}}}}",
            "{item.old-paht}",
            "unknown field of the record in braces: `old-paht`; did you mean `old-path`?",
        ),
        (
            "go-mod",
            "forbid: {replace: {some: {old-path: {equals: x}}}}",
            "{item}",
            "a record cannot be shown; name a field of it: `{item.FIELD}`",
        ),
        ("go-command", "require: {args: {none: {equals: x}}}", "{item.x}", "the items are texts and have no fields; write `{item}`"),
        ("go-command", "forbid: {args: {none: {equals: x}}}", "{item}", none),
        ("go-command", "forbid: {args: {some: {equals: x}, is-set: true}}", "{item}", none),
    ] {
        let found = errors_of_rule(&["severity: error", &format!("on: {kind}"), check, &format!("message: \"{placeholder}\"")]);
        assert_eq!(found, [format!("8:16: {expected}")], "{check}");
    }
}

#[test]
fn the_rest_of_a_rule_is_checked() {
    for (line, expected) in [
        ("at: GOFLAG", "9:9: unknown field of `environment` `GOFLAG`; did you mean `GOFLAGS`?"),
        ("require: {GOFLAGS: {is-set: true}}", "7:5: a rule has `require` or `forbid`, not both"),
        ("parameters: {p: 1}", "9:18: parameter `p` is used nowhere"),
        ("parameters: {p: {}}", "9:21: expected a text or a list of texts, found a mapping"),
        ("fix: {unset: GOFLAGS}", "9:10: expected a fix with `safety: safe` or `safety: unsafe`, found a mapping"),
        ("fix: {unset: GOFLAGS, safety: save}", "9:35: unknown safety `save`; did you mean `safe`?"),
        (
            "fix: {set: GOFLAGS, safety: safe}",
            "9:10: expected a fix with `set` and `to`, with `unset`, or with `describe`, found a mapping",
        ),
        ("releases: {from: 1.20}", "9:16: unknown key `from`; there are `at-least`, `below`"),
        ("releases: {at-least: x}", "9:26: expected a Go version such as `1.23`, found `x`"),
        ("examples: [{name: n, workflow: w}]", "9:16: `finds` is missing"),
        (
            "examples: [{name: n, finds: []}]",
            "9:16: expected an example with files (`workflow`, `go.mod`, `go.work`, `files`), a `change` or a `machine`, found a mapping",
        ),
        ("examples: [{name: n, finds: [], go.mod: module m, files: {go.mod: module n}}]", "9:63: `go.mod` is given twice"),
        ("examples: [{name: n, workflow: w, finds: [{att: x, at: y}]}]", "9:48: unknown key `att`; did you mean `at`?"),
    ] {
        let found = errors_of_rule(&["severity: error", "on: environment", "forbid: {GOFLAGS: {is-set: true}}", "message: m", line]);
        assert_eq!(found, [expected], "{line}");
    }
}

#[test]
fn a_rule_that_is_right_loads() {
    let text = policy(&[
        "severity: warning",
        "on: environment",
        "when: {os: {one-of: [linux, macos]}, any: [{GOFLAGS: {is-empty: false}}, {not: {env.CC: {is-set: true}}}]}",
        "require: {go.version: {at-least: {field: module.go}}, GOPROXY: {has-entry: {parameter: proxy}}}",
        "message: \"{{x}} {go.version} {parameter.proxy}\"",
        "help: h",
        "references: https://go.dev",
        "at: GOPROXY",
        "parameters: {proxy: direct}",
        "fix: {set: GOPROXY, to: direct, safety: safe}",
        "releases: {at-least: \"1.21\", below: 1.30}",
        "examples: [{name: n, files: {go.mod: module m}, finds: [{at: x, path: go.mod, message: m}]}]",
    ]);
    let set = load(&text).unwrap();
    let rule = set.rule("r").unwrap();
    assert!(rule.is_enabled());
    assert_eq!(rule.references(), ["https://go.dev"]);
    assert_eq!(rule.examples().unwrap()[0].finds[0].path.as_deref(), Some("go.mod"));
    assert_eq!(rule.releases().below.unwrap().to_string(), "1.30");
}

proptest! {
    #[test]
    fn any_text_loads_or_is_refused(text in "[\\x00-\\x7fé]{0,80}") {
        let _ = load(&text);
    }

    #[test]
    fn any_rule_made_of_plausible_words_loads_or_is_refused(words in prop::collection::vec(word(), 0..24)) {
        let _ = load(&policy(&["severity: error", "on: environment", "message: m", &format!("forbid: {}", words.concat())]));
    }

    #[test]
    fn any_bytes_load_or_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
        let world = MemoryWorld::new().with_file("team.yaml", bytes);
        let _ = crate::policy::PolicySet::builder().load(&["./team.yaml"], &world);
    }
}

fn word() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "{",
        "}",
        "[",
        "]",
        ", ",
        "a: ",
        "GOFLAGS: ",
        "all: ",
        "any: ",
        "not: ",
        "equals: ",
        "has-flag: ",
        "each: ",
        "field: ",
        "-race",
        "parameter: ",
        "module.go: ",
        "at-least: ",
        "1.2",
        "true",
        "matches: ",
        "(",
        "*",
        "&a ",
        "*a",
        "\n",
        "    ",
        "one-of: ",
        "off",
    ])
}

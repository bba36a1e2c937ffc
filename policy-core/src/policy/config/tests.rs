use super::*;
use crate::policy::config_json_schema;
use crate::policy::tests::documents::yaml_to_json;
use crate::policy::{PolicySet, PolicySetBuilder};
use crate::world::MemoryWorld;

const BASE: &str =
    "version: 1\npolicy: base\nrules:\n  a: { severity: error, on: environment, forbid: { GOFLAGS: { equals: x } }, message: m }\n";
const TEAM: &str =
    "version: 1\npolicy: team\nrules:\n  b: { severity: error, on: environment, forbid: { GOFLAGS: { equals: x } }, message: m }\n";

fn load(files: &[(&str, &str)], names: &[&str]) -> Result<(PolicySet, Config), Vec<String>> {
    let world = files.iter().fold(MemoryWorld::new(), |world, (path, content)| world.with_file(*path, *content));
    let builder = PolicySetBuilder::default().builtin("base", BASE);
    builder.load_configured(names, "base", &world).map_err(|errors| errors.iter().map(ToString::to_string).collect())
}

fn rules(set: &PolicySet) -> Vec<String> {
    set.rules().iter().map(|rule| format!("{} {}", rule.id(), if rule.is_enabled() { rule.severity().name() } else { "off" })).collect()
}

#[test]
fn it_says_which_rules_apply() {
    let table: &[(&str, &[&str], &[&str])] = &[
        ("version: 1\n", &[], &["a error"]),
        ("version: 1\nrules: { a: { severity: note } }\n", &[], &["a note"]),
        ("version: 1\nextends: [./team.yaml]\n", &[], &["b error"]),
        ("version: 1\nextends: [base, ./team.yaml]\nrules: { a: off }\n", &[], &["a off", "b error"]),
        ("version: 1\nrules: { a: off }\n", &["base"], &["a error"]),
    ];
    for (config, names, expected) in table {
        let (set, _) = load(&[(CONFIG_FILE, config), ("team.yaml", TEAM)], names).unwrap();
        assert_eq!(rules(&set), *expected, "{config} {names:?}");
    }
    let (set, config) = load(&[], &[]).unwrap();
    assert_eq!((rules(&set), config.fail_on), (vec!["a error".to_owned()], None));
}

#[test]
fn everything_else_is_read() {
    let content = "version: 1\nfail-on: never\nskip: [a/**, 'b*']\nexceptions:\n  - { rule: a, path: x/*.yml, job: j, leg: { os: l, go: 1.20 }, reason: ' why ', owner: me, expires: 2027-01-31 }\n";
    let (_, config) = load(&[(CONFIG_FILE, content)], &[]).unwrap();
    assert_eq!(config.fail_on, Some(FailOn::Never));
    assert!(config.skip.matches("a/b/c") && config.skip.matches("bc") && config.skip.matches("bc/d") && !config.skip.matches("c"));
    let exception = &config.exceptions[0];
    assert!(exception.path.matches("x/y.yml") && !exception.path.matches("x/y/z.yml"));
    let texts = [&exception.job, &exception.reason, &exception.owner].map(|text| text.as_deref());
    assert_eq!(texts, [Some("j"), Some("why"), Some("me")]);
    assert_eq!(exception.leg, [("os".into(), "l".into()), ("go".into(), "1.20".into())]);
    assert_eq!(exception.expires, Date::parse("2027-01-31"));
}

#[test]
fn all_problems_are_reported_at_once_with_their_places() {
    let content = "\
version: 2
polices: [base]
fail-on: sometimes
skip: ['[', 3]
rules: { other: off }
exceptions:
  - { reason: why }
  - { rule: a, expires: 2027-02-30, leg: [os] }
  - a
";
    let errors = load(&[(CONFIG_FILE, content)], &[]).unwrap_err();
    assert_eq!(
        errors,
        [
            ".gopolicy.yaml:1:10: expected `1`, the version of the policy language, found `2`",
            ".gopolicy.yaml:2:1: unknown key `polices`; there are `version`, `extends`, `rules`, `fail-on`, `skip`, `exceptions`",
            ".gopolicy.yaml:3:10: unknown severity `sometimes`; there are `error`, `warning`, `note`, `never`",
            ".gopolicy.yaml:4:8: bad glob: unclosed character class; missing ']'",
            ".gopolicy.yaml:5:10: unknown rule `other`; there are `a`",
            ".gopolicy.yaml:7:5: `rule` is missing",
            ".gopolicy.yaml:8:25: expected a day such as `2027-01-31`, found `2027-02-30`",
            ".gopolicy.yaml:8:42: expected names and values of a matrix leg, found a list",
            ".gopolicy.yaml:9:5: expected an exception: `rule`, `reason`, found `a`",
        ]
    );
    assert_eq!(load(&[(CONFIG_FILE, "version: [")], &["base"]).unwrap_err().len(), 1, "also where policies are named");
    assert_eq!(
        load(&[(CONFIG_FILE, "version: 1\nextends: [bsae]\n")], &[]).unwrap_err(),
        [".gopolicy.yaml:2:11: unknown policy `bsae`; a file is named with a path such as `./bsae.yaml`; did you mean `base`?"]
    );
}

/// What `gopolicy init` writes, with the keys that stand there as comments: those are no sentences.
fn in_full(started: &str) -> String {
    let lines = started.lines().map(|line| line.strip_prefix("# ").unwrap_or(line));
    lines.filter(|line| !line.starts_with(char::is_uppercase)).map(|line| format!("{line}\n")).collect()
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the examples are real files")]
fn the_schema_accepts_the_examples_of_the_documentation() {
    let file = |path: &str| std::fs::read_to_string(format!("{}/../{path}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let readme = file("README.md");
    let readme = readme.split("```yaml\n").find(|block| block.starts_with("# .gopolicy.yaml\n")).unwrap();
    let started = file("hook-cli/start.yaml");
    let validator = jsonschema::draft202012::new(&config_json_schema()).unwrap();
    for example in [readme.split("```").next().unwrap(), &started, &in_full(&started)] {
        let errors: Vec<String> =
            validator.iter_errors(&yaml_to_json(example)).map(|error| format!("{error} at {}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{errors:#?} in\n{example}");
    }
    assert!(KEYS.iter().chain(EXCEPTION_KEYS).all(|key| in_full(&started).contains(&format!("{key}:"))), "{}", in_full(&started));
}

#[test]
fn the_schema_agrees_with_what_loads() {
    let validator = jsonschema::draft202012::new(&config_json_schema()).unwrap();
    for (loads, content) in [
        (true, "version: 1"),
        (true, "version: 1\nextends: [base]\nrules: { a: off }"),
        (true, "version: 1\nrules: { a: { severity: note } }"),
        (true, "version: 1\nfail-on: never\nskip: [a/**, 3]"),
        (true, "version: 1\nexceptions: [{ rule: a }]"),
        (
            true,
            "version: 1\nexceptions: [{ rule: a, path: x, job: 3, leg: { go: 1.20, race: true }, reason: r, owner: me, expires: 2027-01-31 }]",
        ),
        (false, "{}"),
        (false, "version: 2"),
        (false, "version: 1\nfail-on: fatal"),
        (false, "version: 1\nfailon: error"),
        (false, "version: 1\npolicy: base"),
        (false, "version: 1\nskip: a"),
        (false, "version: 1\nskip: ['']"),
        (false, "version: 1\nextends: base"),
        (false, "version: 1\nrules: { a: on }"),
        (false, "version: 1\nrules: { a: { severty: note } }"),
        (false, "version: 1\nexceptions: { rule: a }"),
        (false, "version: 1\nexceptions: [{ reason: r }]"),
        (false, "version: 1\nexceptions: [{ rule: '' }]"),
        (false, "version: 1\nexceptions: [{ rule: a, leg: [os] }]"),
        (false, "version: 1\nexceptions: [{ rule: a, job: }]"),
        (false, "version: 1\nexceptions: [{ rule: a, until: 2027-01-31 }]"),
        (false, "version: 1\nexceptions: [{ rule: a, expires: tomorrow }]"),
    ] {
        assert_eq!(load(&[(CONFIG_FILE, content)], &[]).is_ok(), loads, "{content}");
        assert_eq!(validator.is_valid(&yaml_to_json(content)), loads, "by its schema: {content}");
    }
}

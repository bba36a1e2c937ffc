use crate::judge::Severity;
use crate::policy::{Decided, LoadErrors, PolicySet};
use crate::world::MemoryWorld;

const BASE: &str = "
version: 1
policy: base
rules:
  flags:
    severity: error
    on: environment
    forbid: { GOFLAGS: { contains: { parameter: word } } }
    message: \"{GOFLAGS} contains {parameter.word}\"
    parameters: { word: x }
  proxy:
    severity: note
    on: environment
    forbid: { GOPROXY: { equals: \"off\" } }
    message: m
";

fn load(files: &[(&str, &str)]) -> Result<PolicySet, LoadErrors> {
    let world = files.iter().fold(MemoryWorld::new(), |world, (path, text)| world.with_file(*path, *text));
    PolicySet::builder().builtin("base", BASE).load(&[files[0].0], &world)
}

fn only_error(files: &[(&str, &str)]) -> String {
    let errors: Vec<String> = load(files).unwrap_err().iter().map(ToString::to_string).collect();
    assert_eq!(errors.len(), 1, "{errors:?}");
    errors[0].clone()
}

#[test]
fn a_later_policy_wins_rule_by_rule() {
    let team = "version: 1\npolicy: team\nextends: [base]\nrules:\n  proxy: off\n  flags: {severity: warning, parameters: {word: y}}";
    let set = load(&[("team.yaml", team)]).unwrap();
    assert!(!set.rule("proxy").unwrap().is_enabled());
    let flags = set.rule("flags").unwrap();
    assert_eq!(flags.severity(), Severity::Warning);
    assert_eq!(&**flags.policy(), "base");
    let decisions: Vec<String> =
        flags.decisions().iter().map(|decision| format!("{:?} {} {:?}", decision.what, decision.policy, decision.location)).collect();
    assert_eq!(
        decisions,
        [
            "Defined base builtin:base:5:3 \"flags\"",
            "Severity(Warning) team team.yaml:6:21 \"warning\"",
            "Parameter(\"word\") team team.yaml:6:49 \"y\""
        ]
    );
    assert_eq!(set.policies().iter().map(|policy| &*policy.path).collect::<Vec<_>>(), ["builtin:base", "team.yaml"]);
}

#[test]
fn a_severity_turns_a_rule_on_again_and_a_definition_replaces_it() {
    let team = "version: 1\npolicy: team\nextends: [base, ./off.yaml]\nrules: {proxy: {severity: error}}";
    let off = "version: 1\npolicy: no\nextends: [base]\nrules:\n  proxy: off\n  flags: {severity: error, on: job, forbid: {timeout: {at-least: 1h}}, message: m}";
    let set = load(&[("team.yaml", team), ("off.yaml", off)]).unwrap();
    assert!(set.rule("proxy").unwrap().is_enabled());
    let flags = set.rule("flags").unwrap();
    assert_eq!((flags.kind().name(), &**flags.policy()), ("job", "no"));
    assert_eq!(flags.decisions().last().unwrap().what, Decided::Defined);
}

#[test]
fn what_is_applied_twice_does_not_undo_what_others_changed() {
    let team = "version: 1\npolicy: team\nextends: [./a.yaml, ./b.yaml]";
    let a = "version: 1\npolicy: a\nextends: [base]\nrules: {proxy: off}";
    let b = "version: 1\npolicy: b\nextends: [base]";
    let set = load(&[("team.yaml", team), ("a.yaml", a), ("b.yaml", b)]).unwrap();
    assert!(!set.rule("proxy").unwrap().is_enabled());
}

#[test]
fn what_is_extended_must_exist_and_not_in_a_circle() {
    let team = |extends: &str| format!("version: 1\npolicy: team\nextends: [{extends}]");
    assert_eq!(
        only_error(&[("team.yaml", &team("bas"))]),
        "team.yaml:3:11: unknown policy `bas`; a file is named with a path such as `./bas.yaml`; did you mean `base`?"
    );
    assert_eq!(only_error(&[("team.yaml", &team("./x.yaml"))]), "team.yaml:3:11: cannot read `x.yaml`: no such file");
    let back = "version: 1\npolicy: back\nextends: [./../a/team.yaml]";
    assert_eq!(
        only_error(&[("a/team.yaml", &team("./b.yaml")), ("a/b.yaml", back)]),
        "a/b.yaml:3:11: policies extend one another in a circle: a/team.yaml -> a/b.yaml -> a/team.yaml"
    );
    assert_eq!(only_error(&[("nonsense", "")]), "unknown policy `nonsense`; a file is named with a path such as `./nonsense.yaml`");
}

#[test]
fn changes_must_hit_something() {
    let team = |rules: &str| format!("version: 1\npolicy: team\nextends: [base]\nrules: {{{rules}}}");
    assert_eq!(only_error(&[("team.yaml", &team("flag: off"))]), "team.yaml:4:9: unknown rule `flag`; did you mean `flags`?");
    let unknown = team("flags: {parameters: {wrod: y}}");
    assert_eq!(only_error(&[("team.yaml", &unknown)]), "team.yaml:4:30: unknown parameter `wrod`; did you mean `word`?");
    // A list where a text is wanted: found where it is used, shown where it is set.
    let list = team("flags: {parameters: {word: [a]}}");
    assert_eq!(only_error(&[("team.yaml", &list)]), "team.yaml:4:36: expected a text, found a list");
}

#[test]
fn the_policy_in_the_documentation_loads() {
    let source = include_str!("../mod.rs");
    let (_, rest) = source.split_once("//! ```yaml\n").unwrap();
    let (yaml, _) = rest.split_once("//! ```\n").unwrap();
    let team: String =
        yaml.lines().map(|line| line.strip_prefix("//!").unwrap().strip_prefix(' ').unwrap_or_default().to_owned() + "\n").collect();
    let rule =
        "{severity: note, on: environment, forbid: {go.version: {below: {parameter: minimum}}}, message: m, parameters: {minimum: 1.2}}";
    let shared = format!("version: 1\npolicy: shared\nrules: {{some-rule: {rule}, another: {rule}}}");
    let world = MemoryWorld::new().with_file("team.yaml", team).with_file("shared.yaml", shared);
    let set = PolicySet::builder().builtin("recommended", BASE).load(&["team.yaml"], &world).unwrap();
    assert_eq!(set.rules().len(), 5);
}

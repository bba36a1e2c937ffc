//! The built-in policies: their examples hold, and what is generated from them is up to date.

use crate::checkout::project;
use crate::sandbox::Sandbox;

#[test]
fn every_example_comes_out_as_it_says() {
    let ran = Sandbox::repository().run(&["test"]);
    assert_eq!(ran.status, Some(0), "{}", ran.stdout);
}

#[test]
fn every_rule_has_an_example_that_finds_and_one_that_does_not() {
    let builder = policies::BUILT_IN
        .iter()
        .fold(policy_core::policy::PolicySet::builder(), |builder, policy| builder.builtin(policy.name, policy.text));
    let names: Vec<&str> = policies::BUILT_IN.iter().map(|policy| policy.name).collect();
    let set = builder.load(&names, &policy_core::world::MemoryWorld::new()).unwrap();
    for rule in set.rules() {
        let examples = rule.examples().unwrap();
        assert!(examples.iter().any(|example| !example.finds.is_empty()), "{} finds nothing", rule.id());
        assert!(examples.iter().any(|example| example.finds.is_empty()), "{} has no example without findings", rule.id());
        assert!(!rule.references().is_empty(), "{} does not say where to read more", rule.id());
    }
}

/// Built-in policies are trusted when they are loaded; read as a user's file, everything in them is checked.
#[test]
fn every_policy_loads_as_a_file_of_its_own() {
    for policy in policies::BUILT_IN {
        let others = policies::BUILT_IN
            .iter()
            .fold(policy_core::policy::PolicySet::builder(), |builder, other| builder.builtin(other.name, other.text));
        let world = policy_core::world::MemoryWorld::new().with_file("x.yaml", policy.text);
        if let Err(errors) = others.load(&["./x.yaml"], &world) {
            panic!("{}:\n{errors}", policy.name);
        }
    }
}

/// What is prepared is no second truth: every rule says what it says in its text.
#[test]
fn every_prepared_rule_is_that_of_the_text() {
    let names: Vec<&str> = policies::BUILT_IN.iter().map(|policy| policy.name).collect();
    let explained = |builder: policy_core::policy::PolicySetBuilder<'_>| -> Vec<String> {
        let set = builder.load(&names, &policy_core::world::MemoryWorld::new()).unwrap();
        set.rules().iter().map(|rule| format!("{:#?}", rule.explain().unwrap())).collect()
    };
    let (mut read, mut prepared) = (policy_core::policy::PolicySet::builder(), policy_core::policy::PolicySet::builder());
    for policy in policies::BUILT_IN {
        read = read.builtin(policy.name, policy.text);
        prepared = prepared.prepared(policy.name, policy.text, policy.prepared);
    }
    for (prepared, read) in explained(prepared).into_iter().zip(explained(read)) {
        assert_eq!(prepared, read);
    }
}

/// `GOPOLICY_UPDATE=1 cargo test prepared_trees` writes them anew.
#[test]
fn prepared_trees_are_those_of_the_texts() {
    for policy in policies::BUILT_IN {
        let prepared = policy_core::policy::prepare(policy.text).unwrap();
        if std::env::var_os("GOPOLICY_UPDATE").is_some() {
            std::fs::write(project().join("policies/prepared").join(policy.name).with_extension("tree"), prepared).unwrap();
        } else {
            assert!(
                prepared == policy.prepared,
                "policies/prepared/{}.tree is out of date: GOPOLICY_UPDATE=1 cargo test prepared_trees",
                policy.name
            );
        }
    }
}

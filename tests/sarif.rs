//! SARIF against its official schema.

use std::fs;

use serde_json::{Value, json};

use crate::checkout::{project, skip};
use crate::sandbox::Sandbox;

const WORKFLOW: &str = "\
on: push
env:
  GOSUMDB: sum.golang.org
jobs:
  test:
    runs-on: ubuntu-latest
    env:
      GOSUMDB: off
      GOFLAGS: -v
    steps:
      - run: go test ./...
";

/// Every rule of every policy, a finding with related places, one in a file whose name needs encoding, and one in no workflow.
#[test]
fn is_valid() {
    let Some(schema) = schema() else { return };
    let sandbox = Sandbox::repository();
    for path in [".github/workflows/ci.yml", ".github/workflows/ä b%#?.yml"] {
        sandbox.write(path, WORKFLOW);
    }
    sandbox.write(".github/workflows/broken.yml", "jobs: [");
    let exception = "version: 1\nexceptions: [{ rule: checksum-database-off, path: '**/ci.yml', reason: no mirror }]\n";
    sandbox.write(".gopolicy.yaml", exception);
    let ran = sandbox.run(&["lint", "--policy", "strict", "--format", "sarif"]);
    let log: Value = serde_json::from_str(&ran.stdout).unwrap();
    let problems: Vec<String> = schema.iter_errors(&log).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert_eq!(problems, [""; 0]);

    let run = &log["runs"][0];
    let (rules, results) = (run["tool"]["driver"]["rules"].as_array().unwrap(), run["results"].as_array().unwrap());
    assert!(rules.len() > 100 && results.len() >= 3, "{} rules, {} results", rules.len(), results.len());
    assert!(results.iter().any(|result| result["relatedLocations"].as_array().is_some_and(|related| !related.is_empty())));
    let fixes: Vec<&Value> = results.iter().filter_map(|result| result.get("fixes")).collect();
    assert_eq!(fixes[0][0]["artifactChanges"][0]["replacements"][0]["deletedRegion"]["startLine"], 8, "{results:?}");
    assert!(results.iter().any(|result| result["suppressions"][0]["kind"] == "external"), "{results:?}");
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        // Errata 01 demands a start of every region; the packaged schema is older.
        assert!(result["locations"][0]["physicalLocation"]["region"]["startLine"].as_u64() > Some(0), "{result}");
    }
}

/// What GitHub refuses or cuts: lengths and counts of its page "SARIF support for code scanning".
#[test]
fn is_within_the_limits_of_github() {
    let sandbox = Sandbox::repository();
    let ran = sandbox.run(&["lint", "--policy", "strict", "--format", "sarif"]);
    let log: Value = serde_json::from_str(&ran.stdout).unwrap();
    for rule in log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap() {
        for key in ["shortDescription", "fullDescription", "help"] {
            let length = rule[key]["text"].as_str().unwrap().chars().count();
            assert!((1..=1_024).contains(&length), "{key}: {rule}");
        }
        assert!(rule["properties"]["tags"].as_array().unwrap().len() <= 10);
    }
}

#[test]
fn the_schema_refuses_what_is_wrong() {
    let Some(schema) = schema() else { return };
    assert!(!schema.is_valid(&json!({ "version": "2.1.0", "runs": [{ "tool": { "driver": {} }, "results": [] }] })));
}

/// The schema, which `scripts/setup-tests` takes from a crate that carries it.
fn schema() -> Option<jsonschema::Validator> {
    let Ok(text) = fs::read_to_string(project().join("target/tools/sarif-schema-2.1.0.json")) else {
        skip("no schema of SARIF; scripts/setup-tests brings it");
        return None;
    };
    // No regular expression: errata 01 has corrected it.
    let text = text.replace("^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$", "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$");
    Some(jsonschema::validator_for(&serde_json::from_str(&text).unwrap()).unwrap())
}

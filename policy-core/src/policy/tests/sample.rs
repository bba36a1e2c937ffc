//! A policy that uses everything the language has.

pub(super) const SAMPLE: &str = r#"
version: 1
policy: sample
description: Everything the language has.
rules:
  checksum-database-off:
    severity: error
    on: environment
    when: { os: { one-of: [linux, windows] } }
    forbid:
      GOSUMDB: { equals: { parameter: word } }
      any:
        - GOFLAGS: { has-flag: { name: -mod, value: mod }, not: { is-empty: true } }
        - not: { env.CC: { same-as: GOCACHE } }
    message: "GOSUMDB={GOSUMDB} ({parameter.word}): downloaded modules are not checked"
    help: Name your private modules in GOPRIVATE.
    references: [https://go.dev/ref/mod#checksum-database]
    at: GOSUMDB
    parameters: { word: "off" }
    fix: { unset: GOSUMDB, safety: unsafe }
    releases: { at-least: 1.21, below: "1.30" }
    examples:
      - name: set in the job
        workflow: |
          jobs: {}
        finds: [{ at: "jobs.test.env.GOSUMDB", message: m }]
      - name: not set
        files: { .github/workflows/ci.yml: "jobs: {}", go.mod: module m }
        finds: []
  long-jobs:
    severity: note
    on: job
    require: { timeout: { below: 1h30m } }
    message: "{timeout}"
    fix: { set: timeout, to: 10, safety: safe }
  arguments:
    severity: warning
    on: go-command
    forbid:
      all:
        - args: { some: { matches: "\\./.*", glob: "**/x", starts-with: ., ends-with: x, contains: a } }
        - flags: { each: { one-of: [-a, { field: subcommand }] }, none: { equals: -b }, contains: -a, has-entry: -a, has-flag: -a }
        - subcommand: { absolute: false, inside: ., is-set: true }
    message: m
    fix: { describe: look at it, safety: unsafe }
  versions:
    severity: note
    on: environment
    require: { go.version: { at-least: { field: module.go } } }
    message: m
  replacements:
    severity: note
    on: go-mod
    require: { replace: { none: { new-path: { absolute: true, not: { same-as: old-path } }, any: [{ old-path: { is-set: true } }] } } }
    message: "{item.old-path} {module}"
  majors:
    severity: note
    on: action-use
    require: { major: { at-least: 4, below: 9 }, inputs.cache: { equals: true } }
    message: m
"#;

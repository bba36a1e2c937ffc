//! What `--help` shows below the options: examples, which a test runs through the parser.

pub(super) const EXIT_STATUS: &str = "\
Exit status:
  0  nothing at or above --fail-on was found
  1  there are findings
  2  gopolicy could not do what was asked: wrong arguments, policy or configuration

Examples:
  gopolicy lint                  judge this repository
  gopolicy env                   see and judge the Go environment of this machine
  gopolicy trace                 see the environment of each go command in its workflows";

pub(super) const LINT: &str = "\
Examples:
  gopolicy lint
  gopolicy lint .github/workflows --format github --output json=findings.json
  gopolicy lint --policy strict --policy team.yaml --fail-on warning
  gopolicy lint - --stdin-filename .github/workflows/ci.yml < ci.yml
  gopolicy lint --staged         judge what is about to be committed
  gopolicy lint --rev v1.2.0     judge a revision, in a bare repository too
  gopolicy lint --changed-since origin/main --only-changed-lines";

pub(super) const TRACE: &str = "\
Examples:
  gopolicy trace
  gopolicy trace .github/workflows/ci.yml --job test --step 2
  gopolicy trace --var GOFLAGS --var GOPROXY
  gopolicy trace --format json | jq '.places[].commands[].argv'";

pub(super) const FACTS: &str = "\
Examples:
  gopolicy facts .github/workflows/ci.yml --kind step
  gopolicy facts go.mod --format json";

pub(super) const RULES: &str = "\
Examples:
  gopolicy rules
  gopolicy rules --policy team.yaml --origin";

pub(super) const EXPLAIN: &str = "\
Examples:
  gopolicy explain checksum-database-off";

pub(super) const BASELINE: &str = "\
The findings are recorded in .gopolicy-baseline.yaml by rule, file and symbolic place, not by line.

Examples:
  gopolicy baseline
  gopolicy baseline --policy strict";

pub(super) const INIT: &str = "\
Examples:
  gopolicy init";

pub(super) const MAN: &str = "\
Examples:
  gopolicy man > ~/.local/share/man/man1/gopolicy.1
  gopolicy man lint";

pub(super) const TEST: &str = "\
Examples:
  gopolicy test
  gopolicy test team.yaml";

pub(super) const INSTALL: &str = "\
Examples:
  gopolicy install
  gopolicy install pre-push --chain";

pub(super) const UNINSTALL: &str = "\
Examples:
  gopolicy uninstall";

pub(super) const SCHEMA: &str = "\
Examples:
  gopolicy schema > gopolicy-policy.schema.json
  gopolicy schema config > gopolicy.schema.json";

pub(super) const COMPLETIONS: &str = "\
Examples:
  gopolicy completions bash > ~/.local/share/bash-completion/completions/gopolicy
  gopolicy completions fish > ~/.config/fish/completions/gopolicy.fish";

//! What well-known actions do to a job's Go environment.
//!
//! An action that is not listed is taken to leave Go's variables alone, unless its name speaks of Go.

use crate::facts::script::recognise;

/// What an action does, as far as Go is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// actions/checkout.
    Checkout,
    /// May check the repository out, by its name: `ory/ci/checkout`.
    MayCheckOut,
    /// actions/setup-go.
    SetupGo,
    /// actions/cache and its halves.
    Cache,
    /// Runs Go itself, in the environment of the step.
    RunsGo,
    /// Installs Go, or sets its variables, in a way these tables do not describe.
    ChangesGo,
    /// Nothing.
    None,
}

struct Known {
    name: &'static str,
    effect: Effect,
}

const fn known(name: &'static str, effect: Effect) -> Known {
    Known { name, effect }
}

/// Actions by name, in lower case.
static ACTIONS: &[Known] = &[
    known("actions/cache", Effect::Cache),
    known("actions/cache/restore", Effect::Cache),
    known("actions/cache/save", Effect::Cache),
    known("actions/checkout", Effect::Checkout),
    known("actions/setup-go", Effect::SetupGo),
    known("dominikh/staticcheck-action", Effect::RunsGo),
    known("dsaltares/fetch-gh-release-asset", Effect::None),
    known("github/codeql-action/analyze", Effect::RunsGo),
    known("github/codeql-action/autobuild", Effect::RunsGo),
    known("github/codeql-action/init", Effect::None),
    known("github/codeql-action/upload-sarif", Effect::None),
    known("golang/govulncheck-action", Effect::RunsGo),
    known("golangci/golangci-lint-action", Effect::RunsGo),
    known("goreleaser/goreleaser-action", Effect::RunsGo),
    known("magefile/mage-action", Effect::RunsGo),
    known("reviewdog/action-golangci-lint", Effect::RunsGo),
    known("reviewdog/action-setup", Effect::None),
    known("securego/gosec", Effect::RunsGo),
];

/// What the action of that name (in lower case) does.
pub(crate) fn effect(name: &str) -> Effect {
    let listed = ACTIONS.iter().find(|known| known.name == name).map(|known| known.effect);
    let by_name = || {
        if speaks_of_installing_go(name) {
            Effect::ChangesGo
        } else if name.contains("checkout") {
            Effect::MayCheckOut
        } else {
            Effect::None
        }
    };
    listed.unwrap_or_else(by_name)
}

/// Whether an action may compile Go code for anything: all that are not known to do otherwise.
pub(crate) fn may_build(name: &str) -> bool {
    let listed = ACTIONS.iter().any(|known| known.name == name);
    !listed && !BUILDING_NOTHING.iter().any(|known| name.strip_prefix(known).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
}

/// Actions, or all actions of an owner, that build nothing; in lower case.
static BUILDING_NOTHING: &[&str] = &[
    "actions",
    "amannn/action-semantic-pull-request",
    "arduino/setup-protoc",
    "arduino/setup-task",
    "aws-actions/configure-aws-credentials",
    "azure/login",
    "azure/setup-helm",
    "azure/setup-kubectl",
    "benchmark-action/github-action-benchmark",
    "bufbuild",
    "codecov/codecov-action",
    "coverallsapp/github-action",
    "crate-ci/typos",
    "docker/login-action",
    "docker/metadata-action",
    "docker/setup-buildx-action",
    "docker/setup-compose-action",
    "docker/setup-docker-action",
    "docker/setup-qemu-action",
    "dorny/paths-filter",
    "dorny/test-reporter",
    "github/codeql-action",
    "google-github-actions/auth",
    "google-github-actions/setup-gcloud",
    "helm/kind-action",
    "ibiqlik/action-yamllint",
    "ludeeus/action-shellcheck",
    "mikepenz/action-junit-report",
    "ossf/scorecard-action",
    "peaceiris/actions-gh-pages",
    "peter-evans",
    "pre-commit/action",
    "sigstore/cosign-installer",
    "slackapi/slack-github-action",
    "softprops/action-gh-release",
    "step-security/harden-runner",
    "technote-space/get-diff-action",
    "tj-actions/changed-files",
];

/// `someone/setup-go-faster`, `org/actions/setup-golang`: not `gopls`, `google`, or `upload-go-coverage`.
fn speaks_of_installing_go(name: &str) -> bool {
    let words: Vec<&str> = name.split(['/', '-', '_', '.']).collect();
    let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(word));
    has(&["go", "golang", "gotip"]) && has(&["setup", "install", "installer", "env", "environment"])
}

/// Programs that run Go themselves; a script that calls one of them is a place where Go runs.
static RUNNERS: &[&str] = &[
    "bazel",
    "garble",
    "ginkgo",
    "gmake",
    "go-acc",
    "go-licenses",
    "go-task",
    "gobind",
    "golangci-lint",
    "gomobile",
    "goreleaser",
    "gosec",
    "gotestsum",
    "goveralls",
    "govulncheck",
    "gox",
    "just",
    "ko",
    "mage",
    "make",
    "nilaway",
    "orchestrion",
    "staticcheck",
    "task",
    "tinygo",
    "wails",
    "wire",
    "xcaddy",
    "xk6",
];

/// Actions and programs that load packages to check them, for the system they run on.
static CHECKERS: &[&str] = &[
    "dominikh/staticcheck-action",
    "github/codeql-action/analyze",
    "github/codeql-action/autobuild",
    "golang/govulncheck-action",
    "golangci-lint",
    "golangci/golangci-lint-action",
    "gosec",
    "govulncheck",
    "nilaway",
    "reviewdog/action-golangci-lint",
    "securego/gosec",
    "staticcheck",
];

/// Whether an action (its version behind it does not matter) or program only checks code for the system it runs on.
pub(crate) fn only_checks(name: &str) -> bool {
    let name = name.split('@').next().unwrap_or(name);
    CHECKERS.contains(&name)
}

/// What runs Go behind a command, if it does: `make`, `golangci-lint`, a script of the repository.
pub(crate) fn runs_go(command: &str) -> bool {
    let base = command.rsplit(['/', '\\']).next().unwrap_or(command);
    let script = [".sh", ".bash"].iter().any(|ending| base.ends_with(ending)) && command.contains('/');
    script || RUNNERS.contains(&base)
}

/// Whether a command is Go, or runs it.
pub(crate) fn concerns(command: &str) -> bool {
    recognise::is_go(command) || runs_go(command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unlisted_actions_change_go_only_if_their_name_says_so() {
        assert_eq!(effect("actions/setup-go"), Effect::SetupGo);
        assert_eq!(effect("willabides/setup-go-faster"), Effect::ChangesGo);
        assert_eq!(effect("org/actions/setup-golang"), Effect::ChangesGo);
        assert_eq!(effect("google-github-actions/auth"), Effect::None);
        assert_eq!(effect("docker/setup-buildx-action"), Effect::None);
        assert_eq!(effect("ncruces/go-coverage-report"), Effect::None);
    }

    #[test]
    fn tables_are_sorted_and_in_lower_case() {
        assert!(ACTIONS.is_sorted_by_key(|known| known.name));
        assert!(RUNNERS.is_sorted() && BUILDING_NOTHING.is_sorted() && CHECKERS.is_sorted());
        assert!(ACTIONS.iter().all(|known| known.name == known.name.to_lowercase()));
    }
}

//! `gopolicy install` in real repositories: what git's own hooks then let through.

use std::fs;
use std::path::{Path, PathBuf};

use crate::checkout::fresh_directory;
use crate::sample::{CHECKSUMS_OFF, CLEAN, git, git_command, gopolicy, gopolicy_command, sample_repository, text, write};

/// A repository that holds an old fault.
fn sample(name: &str) -> PathBuf {
    let repository = sample_repository(&fresh_directory(&format!("install/{name}")), CLEAN);
    write(&repository.join(".github/workflows/old.yml"), CHECKSUMS_OFF);
    git(&repository, &["add", "--all"]);
    git(&repository, &["commit", "--quiet", "--message=old fault"]);
    repository
}

fn install(repository: &Path, arguments: &[&str]) -> String {
    let ran = gopolicy(repository, &[&["install"], arguments].concat());
    assert_eq!(ran.status, Some(0), "{ran:?}");
    ran.stdout
}

/// Whether git does it, and what it and the hooks say.
fn try_git(repository: &Path, arguments: &[&str]) -> (bool, String) {
    let output = git_command(repository, arguments).output().unwrap();
    (output.status.success(), text(&output))
}

fn commit_file(repository: &Path, path: &str, content: &str) -> (bool, String) {
    write(&repository.join(path), content);
    git(repository, &["add", "--all"]);
    try_git(repository, &["commit", "--message=change"])
}

#[test]
fn commits_are_guarded_and_old_faults_stop_nobody() {
    let repository = sample("commits");
    let said = install(&repository, &[]);
    assert!(said.contains("hooks/pre-commit\n") && said.contains("hooks/pre-merge-commit\n"), "{said}");
    assert!(commit_file(&repository, "notes.txt", "fine").0);
    let (passed, said) = commit_file(&repository, ".github/workflows/new.yml", CHECKSUMS_OFF);
    assert!(!passed && said.contains("new.yml:7") && !said.contains("old.yml"), "{said}");
    // Installed twice is installed once.
    install(&repository, &[]);
    assert_eq!(gopolicy(&repository, &["uninstall"]).stdout.lines().count(), 2);
    assert!(try_git(&repository, &["commit", "--message=faulty"]).0);
    assert_eq!(gopolicy(&repository, &["uninstall"]).stdout, "nothing is installed here\n");
}

/// `git commit FILE` and `git commit --all` use an index of their own, which git names to the hook.
#[test]
fn a_partial_commit_is_judged_as_it_will_be() {
    let repository = sample("partial");
    install(&repository, &[]);
    write(&repository.join(".github/workflows/ci.yml"), CHECKSUMS_OFF);
    write(&repository.join("notes.txt"), "other");
    assert!(try_git(&repository, &["commit", "--message=part", "notes.txt"]).0);
    let (passed, said) = try_git(&repository, &["commit", "--all", "--message=all"]);
    assert!(!passed && said.contains("ci.yml:7"), "{said}");
}

#[test]
fn pushes_are_guarded() {
    let repository = sample("pushes");
    install(&repository, &["pre-push"]);
    let remote = repository.join("remote.git");
    git(&repository, &["init", "--quiet", "--bare", remote.to_str().unwrap()]);
    git(&repository, &["remote", "add", "origin", remote.to_str().unwrap()]);
    let (passed, said) = try_git(&repository, &["push", "origin", "main"]);
    assert!(!passed && said.contains("old.yml:7"), "everything is new to an empty remote: {said}");
    git(&repository, &["push", "--quiet", "--no-verify", "origin", "main"]);
    git(&repository, &["switch", "--quiet", "--create", "topic"]);
    commit_file(&repository, "notes.txt", "fine");
    assert!(try_git(&repository, &["push", "origin", "topic"]).0);
    commit_file(&repository, ".github/workflows/new.yml", CHECKSUMS_OFF);
    let (passed, said) = try_git(&repository, &["push", "origin", "topic"]);
    assert!(!passed && said.contains("new.yml:7") && !said.contains("old.yml"), "{said}");
    assert!(try_git(&repository, &["push", "origin", "--delete", "topic"]).0, "a deletion pushes nothing");
}

#[test]
fn a_hook_of_somebody_else_is_kept() {
    let repository = sample("foreign");
    let hook = repository.join(".git/hooks/pre-commit");
    write(&hook, "#!/bin/sh\necho theirs\n[ ! -e stop ]\n");
    make_executable(&hook);
    let refused = gopolicy(&repository, &["install"]);
    assert!(refused.status == Some(2) && refused.stderr.contains("`--chain` keeps it"), "{refused:?}");
    assert!(!repository.join(".git/hooks/pre-merge-commit").exists(), "nothing was written");
    assert!(install(&repository, &["--chain"]).contains("behind the hook that was there"));
    let (passed, said) = commit_file(&repository, "notes.txt", "fine");
    assert!(passed && said.contains("theirs"), "{said}");
    let (passed, said) = commit_file(&repository, ".github/workflows/new.yml", CHECKSUMS_OFF);
    assert!(!passed && said.contains("theirs") && said.contains("new.yml:7"), "{said}");
    git(&repository, &["rm", "--quiet", "--force", ".github/workflows/new.yml"]);
    assert!(!commit_file(&repository, "stop", "").0, "their verdict counts");
    gopolicy(&repository, &["uninstall"]);
    assert!(fs::read_to_string(&hook).unwrap().contains("theirs"));
}

#[test]
fn the_configured_directory_is_respected() {
    let repository = sample("hooks-path");
    git(&repository, &["config", "core.hooksPath", "ci/hooks"]);
    install(&repository, &["pre-commit"]);
    assert!(repository.join("ci/hooks/pre-commit").is_file() && !repository.join(".git/hooks/pre-commit").exists());
    fs::remove_file(repository.join(".github/workflows/old.yml")).unwrap();
    assert!(!commit_file(&repository, ".github/workflows/new.yml", CHECKSUMS_OFF).0);

    let shared = sample("shared-hooks-path");
    let config = shared.join("config");
    write(&config, "[core]\n\thooksPath = /nonexistent/hooks\n");
    let refused = gopolicy_command(&shared, &["install"]).env("GIT_CONFIG_GLOBAL", &config).output().unwrap();
    assert!(refused.status.code() == Some(2) && text(&refused).contains("set for other repositories too"), "{}", text(&refused));
}

fn make_executable(file: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(file, fs::Permissions::from_mode(0o755)).unwrap();
    }
}

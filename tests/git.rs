//! What is judged when it is not the files on disk: the index and revisions, in repositories made with the real git.

use std::path::{Path, PathBuf};

use crate::checkout::{fresh_directory, skip};
use crate::sample::{CHECKSUMS_OFF, CLEAN, git, git_command, gopolicy, gopolicy_command, sample_repository, write};

const WORKFLOW: &str = ".github/workflows/ci.yml";

fn sample(name: &str, workflow: &str) -> PathBuf {
    sample_repository(&fresh_directory(&format!("git/{name}")), workflow)
}

fn found(directory: &Path, arguments: &[&str]) -> Vec<String> {
    let ran = gopolicy(directory, &[&["lint", "--format", "json", "--fail-on", "never"], arguments].concat());
    let document: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{ran:?}"));
    let findings = document["findings"].as_array().unwrap();
    findings
        .iter()
        .map(|finding| format!("{} {}", finding["location"]["path"].as_str().unwrap(), finding["rule"].as_str().unwrap()))
        .collect()
}

fn status(directory: &Path, arguments: &[&str]) -> Option<i32> {
    gopolicy(directory, &[&["lint"], arguments].concat()).status
}

#[test]
fn a_staged_fix_passes_whatever_the_work_tree_says_and_the_reverse_fails() {
    let faulty = sample("staged-fix", CHECKSUMS_OFF);
    write(&faulty.join(WORKFLOW), CLEAN);
    git(&faulty, &["add", WORKFLOW]);
    write(&faulty.join(WORKFLOW), CHECKSUMS_OFF);
    assert_eq!((status(&faulty, &["--staged"]), status(&faulty, &[])), (Some(0), Some(1)));

    let clean = sample("staged-fault", CLEAN);
    write(&clean.join(WORKFLOW), CHECKSUMS_OFF);
    git(&clean, &["add", WORKFLOW]);
    write(&clean.join(WORKFLOW), CLEAN);
    assert_eq!((status(&clean, &["--staged"]), status(&clean, &[])), (Some(1), Some(0)));
}

#[test]
fn revisions_are_judged_without_a_checkout() {
    let repository = sample("revisions", CHECKSUMS_OFF);
    write(&repository.join(WORKFLOW), CLEAN);
    git(&repository, &["commit", "--quiet", "--all", "--message=fix"]);
    git(&repository, &["tag", "--annotate", "--message=fixed", "v1"]);
    let bare = repository.join("bare.git");
    git(&repository, &["clone", "--quiet", "--bare", ".", bare.to_str().unwrap()]);
    for directory in [repository, bare] {
        for (revision, expected) in [("HEAD", 0), ("v1", 0), ("main^0", 0), ("HEAD~1", 1), ("HEAD^{tree}", 0)] {
            assert_eq!(status(&directory, &["--rev", revision]), Some(expected), "{revision} in {}", directory.display());
        }
        assert_eq!(found(&directory, &["--rev", "HEAD~", ".github"]), [format!("{WORKFLOW} checksum-database-off")]);
    }
}

/// Loose, in a pack in full and as a difference, and in a repository that objects are borrowed from.
#[test]
fn go_files_are_judged_wherever_their_objects_are() {
    let repository = sample("objects", CLEAN);
    let never = format!("//go:build linux && windows\n\npackage p\n\n{}", "func f() { g() }\n".repeat(3000));
    let long = "// text\n".repeat(20_000);
    for (name, content) in
        [("a.go", &never), ("b.go", &never.replace("g()", "h()")), ("c.go", &format!("{never}// more\n")), ("d.go", &(long + &never))]
    {
        write(&repository.join(name), content);
    }
    git(&repository, &["add", "--all"]);
    git(&repository, &["commit", "--quiet", "--message=constraints"]);
    let judged = |directory: &Path| found(directory, &["--policy", "constraints", "--rev", "HEAD"]);
    let on_disk = found(&repository, &["--policy", "constraints"]);
    let expected = ["a", "b", "c", "d"].map(|name| format!("{name}.go constraint-contradictory"));
    assert!(expected.iter().all(|finding| on_disk.contains(finding)), "{on_disk:?}");
    assert_eq!(judged(&repository), on_disk, "loose");
    git(&repository, &["repack", "-a", "-d", "--quiet"]);
    let bases = git(&repository, &["cat-file", "--batch-all-objects", "--batch-check=%(deltabase)"]);
    assert!(bases.lines().any(|base| base.contains(|digit| digit != '0')), "nothing is stored as a difference");
    assert_eq!(judged(&repository), on_disk, "packed");
    let borrower = repository.join("borrower.git");
    git(&repository, &["clone", "--quiet", "--bare", "--shared", ".", borrower.to_str().unwrap()]);
    assert_eq!(judged(&borrower), on_disk, "borrowed");
}

#[test]
fn what_git_cannot_give_is_said() {
    let repository = sample("complaints", CLEAN);
    let elsewhere = tempfile::tempdir().unwrap();
    for (directory, arguments, complaint) in [
        (repository.as_path(), &["--rev", "no-such"][..], "cannot read the revision `no-such`: revspec 'no-such' not found"),
        (&repository, &["--rev", "HEAD", "no/such"], "no such file or directory: no/such"),
        (&repository, &["--rev", "HEAD", "--staged"], "cannot be used with"),
        (elsewhere.path(), &["--staged"], "cannot open the git repository"),
    ] {
        let ran = gopolicy(directory, &[&["lint"], arguments].concat());
        assert_eq!((ran.status, ran.stdout.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(ran.stderr.contains(complaint), "{}", ran.stderr);
    }
}

#[test]
fn traces_and_facts_of_a_revision() {
    let repository = sample("traces", CHECKSUMS_OFF);
    std::fs::remove_file(repository.join(WORKFLOW)).unwrap();
    let trace = gopolicy(&repository, &["trace", "--rev", "HEAD", "--var", "GOSUMDB"]);
    assert!(trace.stdout.contains("off"), "{trace:?}");
    let facts = gopolicy(&repository, &["facts", "--staged", WORKFLOW, "--kind", "job"]);
    assert!(facts.stdout.contains("test"), "{facts:?}");
}

/// One that the revision holds counts before one of the same name on disk.
#[test]
fn a_policy_may_be_newer_than_what_it_judges() {
    const POLICY: &str = "version: 1\npolicy: team\nextends: [recommended]\nrules: { checksum-database-off: off }\n";
    let repository = sample("policy", CHECKSUMS_OFF);
    write(&repository.join("team.yaml"), POLICY);
    assert_eq!(status(&repository, &["--rev", "HEAD", "--policy", "team.yaml"]), Some(0));
    git(&repository, &["add", "team.yaml"]);
    write(&repository.join("team.yaml"), "nonsense");
    assert_eq!(status(&repository, &["--staged", "--policy", "team.yaml"]), Some(0));
    assert_eq!(status(&repository, &["--rev", "HEAD", "--policy", "team.yaml"]), Some(2));
}

#[test]
fn the_index_is_the_one_that_git_names() {
    let repository = sample("index-file", CLEAN);
    write(&repository.join(WORKFLOW), CHECKSUMS_OFF);
    std::fs::copy(repository.join(".git/index"), repository.join(".git/other")).unwrap();
    let mut command = gopolicy_command(&repository, &["lint", "--staged"]);
    let add = git_command(&repository, &["add", WORKFLOW]).env("GIT_INDEX_FILE", ".git/other").status().unwrap();
    assert!(add.success());
    assert_eq!(status(&repository, &["--staged"]), Some(0));
    assert_eq!(command.env("GIT_INDEX_FILE", ".git/other").status().unwrap().code(), Some(1));
}

#[test]
fn linked_work_trees_have_an_index_of_their_own() {
    let repository = sample("main-tree", CLEAN);
    let linked = fresh_directory("git/linked-tree");
    git(&repository, &["worktree", "add", "--quiet", "--force", linked.to_str().unwrap(), "-b", "other"]);
    write(&linked.join(WORKFLOW), CHECKSUMS_OFF);
    git(&linked, &["add", WORKFLOW]);
    assert_eq!((status(&linked, &["--staged"]), status(&repository, &["--staged"])), (Some(1), Some(0)));
    assert_eq!(status(&linked, &["--rev", "HEAD"]), Some(0));
}

#[test]
fn a_submodule_is_judged_by_itself_and_not_by_the_repository_around_it() {
    let inner = sample("inner", CHECKSUMS_OFF);
    let outer = sample("outer", CLEAN);
    let inner = inner.to_str().unwrap();
    git(&outer, &["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", inner, "sub"]);
    assert_eq!(status(&outer, &["--staged"]), Some(0));
    assert_eq!(status(&outer.join("sub"), &["--staged"]), Some(1));
    assert_eq!(found(&outer.join("sub"), &["--staged"]), [format!("{WORKFLOW} checksum-database-off")]);
}

/// In both, with a sparse index too, which only git itself can read.
#[test]
fn what_a_sparse_checkout_leaves_out_is_judged() {
    for index in ["--no-sparse-index", "--sparse-index"] {
        let repository = sample(&format!("sparse{index}"), CHECKSUMS_OFF);
        write(&repository.join("docs/a/b.txt"), "text");
        git(&repository, &["add", "--all"]);
        git(&repository, &["commit", "--quiet", "--message=docs"]);
        git(&repository, &["sparse-checkout", "set", "--cone", index, "docs"]);
        assert!(!repository.join(WORKFLOW).exists());
        assert_eq!(found(&repository, &["--staged"]), [format!("{WORKFLOW} checksum-database-off")], "{index}");
    }
}

#[test]
fn a_split_index_is_read() {
    let repository = sample("split", CLEAN);
    git(&repository, &["update-index", "--split-index"]);
    write(&repository.join(WORKFLOW), CHECKSUMS_OFF);
    git(&repository, &["add", WORKFLOW]);
    assert_eq!(status(&repository, &["--staged"]), Some(1));
}

#[test]
fn what_is_only_announced_is_not_staged() {
    let repository = sample("announced", CLEAN);
    write(&repository.join(".github/workflows/new.yml"), CHECKSUMS_OFF);
    git(&repository, &["add", "--intent-to-add", ".github/workflows/new.yml"]);
    assert_eq!((status(&repository, &["--staged"]), status(&repository, &[])), (Some(0), Some(1)));
    git(&repository, &["add", ".github/workflows/new.yml"]);
    assert_eq!(status(&repository, &["--staged"]), Some(1));
}

#[test]
fn a_conflict_is_a_finding_and_the_rest_is_judged() {
    let repository = sample("conflict", CLEAN);
    let variant = |remark: &str| format!("{CLEAN}# {remark}\n");
    for (branch, workflow) in [("one", variant("one")), ("two", variant("two"))] {
        git(&repository, &["switch", "--quiet", "--create", branch, "main"]);
        write(&repository.join(WORKFLOW), &workflow);
        git(&repository, &["commit", "--quiet", "--all", "--message=x"]);
    }
    assert!(!git_command(&repository, &["merge", "one"]).status().unwrap().success());
    let ran = gopolicy(&repository, &["lint", "--staged"]);
    assert!(ran.status == Some(1) && ran.stdout.contains("the merge has left a conflict here"), "{ran:?}");
}

/// A deletion alone makes what remains wrong.
#[test]
fn a_staged_deletion_counts() {
    let repository = sample("deletion", CLEAN);
    git(&repository, &["rm", "--quiet", "--cached", "go.mod"]);
    assert!(repository.join("go.mod").is_file());
    assert_eq!(found(&repository, &[]), [""; 0]);
    assert!(found(&repository, &["--staged"]).contains(&format!("{WORKFLOW} go-version-file-missing")));
}

#[cfg(unix)]
#[test]
fn links_are_followed_as_on_disk() {
    let repository = sample("links", CLEAN);
    write(&repository.join("ci/real.yml"), CHECKSUMS_OFF);
    std::os::unix::fs::symlink("../../ci/real.yml", repository.join(".github/workflows/link.yml")).unwrap();
    git(&repository, &["add", "--all"]);
    assert_eq!(found(&repository, &["--staged"]), found(&repository, &[]));
    assert_eq!(found(&repository, &["--staged"]).len(), 1);
}

/// As git does: only `.gitignore` and its like make a file ignored.
#[test]
fn ignored_files_are_skipped_as_git_does() {
    let repository = sample("ignored", CLEAN);
    write(&repository.join(".ignore"), "*.yml\n");
    write(&repository.join(WORKFLOW), CHECKSUMS_OFF);
    assert_eq!(status(&repository, &[]), Some(1), ".ignore is not git's");
    git(&repository, &["rm", "--quiet", "--cached", WORKFLOW]);
    write(&repository.join(".gitignore"), "*.yml\n");
    assert_eq!(status(&repository, &[]), Some(0));
}

/// A faulty workflow `old.yml` on `main`; on the branch checked out, another one.
fn branched(name: &str) -> PathBuf {
    let repository = sample(name, CLEAN);
    write(&repository.join(".github/workflows/old.yml"), CHECKSUMS_OFF);
    commit(&repository, "old");
    git(&repository, &["switch", "--quiet", "--create", "topic"]);
    repository
}

fn commit(repository: &Path, message: &str) {
    git(repository, &["add", "--all"]);
    git(repository, &["commit", "--quiet", "--message", message]);
}

/// The exit status of `gopolicy lint` with these arguments, for each state of the work.
#[test]
fn only_what_changed_blocks() {
    const ALL: &[&str] = &[];
    const SINCE: &[&str] = &["--changed-since", "main"];
    const LINES: &[&str] = &["--changed-since", "main", "--only-changed-lines"];
    const STAGED: &[&str] = &["--staged", "--changed-since", "HEAD"];
    const REVISION: &[&str] = &["--rev", "topic", "--changed-since", "main"];
    const WARNINGS: &[&str] = &["--changed-since", "main", "--fail-on", "never"];
    type State = (&'static str, fn(&Path), [i32; 6]);
    let states: [State; 7] = [
        ("unchanged", |_| {}, [1, 0, 0, 0, 0, 0]),
        ("another-file", |at| commit_file(at, "notes.txt", "other"), [1, 0, 0, 0, 0, 0]),
        (
            "remark-in-the-faulty-file",
            |at| commit_file(at, ".github/workflows/old.yml", &format!("# remark{CHECKSUMS_OFF}")),
            [1, 1, 0, 0, 1, 0],
        ),
        ("new-fault-committed", |at| commit_file(at, WORKFLOW, CHECKSUMS_OFF), [1, 1, 1, 0, 1, 0]),
        ("new-fault-on-disk", |at| write(&at.join(WORKFLOW), CHECKSUMS_OFF), [1, 1, 1, 0, 0, 0]),
        (
            "new-fault-staged",
            |at| {
                write(&at.join(".github/workflows/new.yml"), CHECKSUMS_OFF);
                git(at, &["add", "--all"]);
            },
            [1, 1, 1, 1, 0, 0],
        ),
        ("deleted-module", |at| drop(git(at, &["rm", "--quiet", "go.mod"])), [1, 1, 1, 1, 0, 0]),
    ];
    for (name, change, expected) in states {
        let repository = branched(&format!("narrow-{name}"));
        change(&repository);
        let found = [ALL, SINCE, LINES, STAGED, REVISION, WARNINGS].map(|arguments| status(&repository, arguments).unwrap());
        assert_eq!(found, expected, "{name}: all, since, lines, staged, revision, never");
    }
}

fn commit_file(repository: &Path, path: &str, content: &str) {
    write(&repository.join(path), content);
    commit(repository, "change");
}

/// What others have changed on `main` since the branch left it is not the branch's.
#[test]
fn a_change_starts_where_the_branch_left() {
    let repository = branched("merge-base");
    commit_file(&repository, "notes.txt", "topic");
    git(&repository, &["switch", "--quiet", "main"]);
    write(&repository.join(".github/workflows/old.yml"), CLEAN);
    commit(&repository, "fixed on main");
    git(&repository, &["switch", "--quiet", "topic"]);
    assert_eq!(status(&repository, &["--changed-since", "main"]), Some(0));
}

/// While a merge is not committed, what comes unchanged from one of its sides is nobody's change.
#[test]
fn a_merge_changes_only_what_is_as_on_neither_side() {
    let repository = branched("merging");
    commit_file(&repository, "notes.txt", "topic");
    git(&repository, &["switch", "--quiet", "main"]);
    commit_file(&repository, WORKFLOW, CHECKSUMS_OFF);
    git(&repository, &["switch", "--quiet", "topic"]);
    git(&repository, &["merge", "--quiet", "--no-commit", "--no-ff", "main"]);
    assert_eq!(status(&repository, &["--staged", "--changed-since", "HEAD"]), Some(0));
    assert_eq!(status(&repository, &["--staged"]), Some(1));
    write(&repository.join(".github/workflows/new.yml"), CHECKSUMS_OFF);
    git(&repository, &["add", "--all"]);
    assert_eq!(found(&repository, &["--staged", "--changed-since", "HEAD"]), [".github/workflows/new.yml checksum-database-off"]);
}

#[test]
fn the_first_commit_changes_everything() {
    let repository = fresh_directory("git/first");
    write(&repository.join(WORKFLOW), CHECKSUMS_OFF);
    git(&repository, &["init", "--quiet"]);
    assert_eq!(status(&repository, &["--staged", "--changed-since", "HEAD"]), Some(0));
    git(&repository, &["add", "--all"]);
    assert_eq!(status(&repository, &["--staged", "--changed-since", "HEAD"]), Some(1));
}

#[test]
fn a_clone_without_history_says_what_is_missing() {
    let repository = branched("deep");
    commit_file(&repository, "notes.txt", "topic");
    let shallow = fresh_directory("git/shallow");
    let address = format!("file://{}", repository.display());
    git(&shallow, &["clone", "--quiet", "--depth=1", "--no-single-branch", &address, "."]);
    let ran = gopolicy(&shallow, &["lint", "--changed-since", "origin/main"]);
    assert!(ran.status == Some(2) && ran.stderr.contains("`fetch-depth: 0` fetches the whole history"), "{ran:?}");
}

#[test]
fn rules_of_one_area_can_be_applied_alone() {
    let repository = sample("areas", CHECKSUMS_OFF);
    assert_eq!(status(&repository, &["--only", "workflows"]), Some(1));
    assert_eq!(status(&repository, &["--only", "modules"]), Some(0));
}

/// What rules on changes see of commits: signatures, trailers, the files each one touches, and what is not committed yet.
#[test]
fn protected_files_need_a_signature_or_an_approval() {
    let changes = |repository: &Path, more: &[&str]| {
        let mut found = found(repository, &[&["--policy", "changes"], more].concat());
        found.retain(|finding| finding.ends_with("protected-path-unapproved"));
        found.len()
    };
    let repository = sample("protected", CLEAN);
    git(&repository, &["switch", "--quiet", "--create", "topic"]);
    let edit = |version: &str| write(&repository.join("go.mod"), &format!("module example.com/sample\n\ngo {version}\n"));
    let since = &["--changed-since", "main"];
    edit("1.24.1");
    assert_eq!(changes(&repository, since), 0, "not committed yet, so undecided");
    git(&repository, &["commit", "--quiet", "--all", "--message=edit\n\nApproved-by: A. Person <a@example.com>"]);
    assert_eq!(changes(&repository, since), 0, "approved");
    edit("1.24.2");
    git(&repository, &["commit", "--quiet", "--all", "--message=edit again"]);
    assert_eq!(changes(&repository, since), 1);
    assert_eq!(changes(&repository, &["--changed-since", "main", "--rev", "topic~"]), 0);
    assert_eq!(changes(&repository, &["--changed-since", "topic~", "--rev", "topic"]), 1);
    write(&repository.join("main.go"), "package main\n");
    commit(&repository, "not protected");
    assert_eq!(changes(&repository, &["--changed-since", "topic~"]), 0);
}

#[test]
fn a_commit_signed_with_an_ssh_key_counts_as_signed() {
    let repository = sample("signed", CLEAN);
    let key = repository.join("../signed.key");
    let _ = std::fs::remove_file(&key);
    let keygen = std::process::Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(&key).status();
    if !keygen.is_ok_and(|status| status.success()) {
        return skip("ssh-keygen is absent");
    }
    git(&repository, &["switch", "--quiet", "--create", "topic"]);
    write(&repository.join("go.mod"), "module example.com/sample\n\ngo 1.24.1\n");
    let key = format!("user.signingKey={}", key.display());
    git(&repository, &["-c", "gpg.format=ssh", "-c", &key, "commit", "--quiet", "--all", "--gpg-sign", "--message=signed"]);
    assert_eq!(found(&repository, &["--policy", "changes", "--changed-since", "main"]), [""; 0]);
}

#[test]
fn staged_changes_are_judged_by_rules_on_changes() {
    let repository = sample("staged-change", CLEAN);
    write(&repository.join("go.sum"), "example.com/a v1.0.0 h1:old=\n");
    write(&repository.join("vendor/a/a.go"), "package a\n");
    commit(&repository, "before");
    write(&repository.join("go.sum"), "example.com/a v1.0.0 h1:new=\n");
    write(&repository.join("vendor/a/a.syso"), "\0");
    git(&repository, &["add", "--all"]);
    let findings = found(&repository, &["--staged", "--policy", "changes"]);
    assert_eq!(findings, ["go.sum checksum-replaced", "go.sum checksums-without-module", "vendor/a/a.syso vendored-binary"]);
    assert_eq!(found(&repository, &["--policy", "changes"]), [""; 0], "without a base nothing is known to change");
}

//! Which files the workflows of a repository compile.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::GoFile;
use crate::facts::go::build_tags::platform::{self, Platform};
use crate::facts::go::build_tags::{TagKind, kind};
use crate::facts::project::Project;
use crate::facts::value::Reason;
use crate::facts::version::{GoVersion, Rest, VersionRange};

/// Files that configure other services than GitHub's, of which nothing is known here.
const OTHER_SERVICES: &[&str] = &[
    ".appveyor.yml",
    ".build.yml",
    ".buildkite/pipeline.yaml",
    ".buildkite/pipeline.yml",
    ".circleci/config.yml",
    ".cirrus.star",
    ".cirrus.yml",
    ".drone.star",
    ".drone.yml",
    ".gitlab-ci.yml",
    ".prow.yaml",
    ".semaphore/semaphore.yml",
    ".travis.yml",
    ".woodpecker.yml",
    "Jenkinsfile",
    "appveyor.yml",
    "azure-pipelines.yml",
    "bitbucket-pipelines.yml",
    "cloudbuild.yaml",
];

/// A command that compiles packages, as far as it is known for what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Build {
    pub(crate) os: Option<Arc<str>>,
    pub(crate) arch: Option<Arc<str>>,
    pub(crate) cgo: Option<bool>,
    /// Tags that `-tags` sets.
    pub(crate) tags: Option<BTreeSet<Arc<str>>>,
    /// Instrumentation, such as `race`.
    pub(crate) instrumented: Option<BTreeSet<Arc<str>>>,
    pub(crate) versions: Option<VersionRange>,
    /// Whether it compiles tests too.
    pub(crate) tests: bool,
}

/// What a step does, as far as compiling goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Work {
    /// It builds for this.
    Builds(Build),
    /// It may build for anything: what `make` does.
    Unseen(Arc<str>),
}

/// All that the workflows of a repository build.
#[derive(Clone, Debug, Default)]
pub(crate) struct Coverage {
    builds: Vec<Build>,
    unseen: Option<Arc<str>>,
}

impl Coverage {
    /// With what services besides GitHub's may do.
    pub(crate) fn add_other_services(&mut self, project: &Project<'_>) {
        let configured = OTHER_SERVICES.iter().filter(|path| project.has(path));
        let work: Vec<Work> = configured.map(|path| Work::Unseen((*path).into())).collect();
        self.add(&work);
    }

    /// With what one workflow does.
    pub(crate) fn add(&mut self, work: &[Work]) {
        for one in work {
            match one {
                Work::Builds(build) if !self.builds.contains(build) => self.builds.push(build.clone()),
                Work::Builds(_) => {}
                // The least, so that the order of workflows does not matter.
                Work::Unseen(what) => {
                    self.unseen = Some(self.unseen.take().map_or_else(|| Arc::clone(what), |known| known.min(Arc::clone(what))))
                }
            }
        }
    }

    /// Whether some build compiles the file.
    ///
    /// # Errors
    /// What keeps that from being known.
    pub(crate) fn compiles(&self, file: &GoFile) -> Result<bool, Reason> {
        let Some(condition) = file.whole_condition() else { return Ok(true) };
        let of_file = self.builds.iter().filter(|build| build.tests || !file.name.test);
        let mut unknown = false;
        for build in of_file {
            match condition.evaluate(&|tag| build.sets(tag)) {
                Some(true) => return Ok(true),
                Some(false) => {}
                None => unknown = true,
            }
        }
        if unknown { Err(Reason::new("for what a workflow builds")) } else { self.complete().map(|()| false) }
    }

    /// Whether some build sets a tag.
    ///
    /// # Errors
    /// What keeps that from being known.
    pub(crate) fn sets(&self, tag: &str) -> Result<bool, Reason> {
        if self.builds.iter().any(|build| build.sets(tag) == Some(true)) {
            return Ok(true);
        }
        if self.builds.iter().any(|build| build.sets(tag).is_none()) {
            return Err(Reason::new("for what a workflow builds"));
        }
        self.complete().map(|()| false)
    }

    /// Whether nothing else may be built.
    fn complete(&self) -> Result<(), Reason> {
        match &self.unseen {
            Some(what) => Err(Reason::new(format!("what {what} builds"))),
            None if self.builds.is_empty() => Err(Reason::new("what builds the repository")),
            None => Ok(()),
        }
    }
}

impl Build {
    /// Whether a tag is set in it.
    fn sets(&self, tag: &str) -> Option<bool> {
        match &self.tags {
            Some(tags) if tags.contains(tag) => return Some(true),
            None if kind(tag) == TagKind::Custom => return None,
            _ => {}
        }
        match kind(tag) {
            TagKind::Platform => self.platform_sets(tag),
            TagKind::Release(minor) => self.versions?.below(GoVersion { major: 1, minor, rest: Rest::Language }).map(|below| !below),
            TagKind::Compiler => Some(tag == "gc"),
            TagKind::Tool if tag == "cgo" => self.cgo,
            TagKind::Tool if ["asan", "msan", "race"].contains(&tag) => self.instrumented.as_ref().map(|set| set.contains(tag)),
            TagKind::Tool => None,
            TagKind::Custom => Some(false),
        }
    }

    fn platform_sets(&self, tag: &str) -> Option<bool> {
        let part = if platform::is_arch(tag) { &self.arch } else { &self.os };
        let known = part.as_deref()?;
        Some(Platform { os: known, arch: known }.sets(tag))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::go_file::read;
    use crate::world::MemoryWorld;

    fn build(os: &str) -> Build {
        Build {
            os: Some(os.into()),
            arch: Some("amd64".into()),
            cgo: Some(true),
            tags: Some(BTreeSet::from(["integration".into()])),
            instrumented: Some(BTreeSet::new()),
            versions: Some(VersionRange::minor(24)),
            tests: true,
        }
    }

    fn coverage(work: Vec<Work>) -> Coverage {
        let mut coverage = Coverage::default();
        coverage.add(&work);
        coverage
    }

    fn compiles(coverage: &Coverage, name: &str, source: &str) -> Result<bool, Reason> {
        coverage.compiles(&read(&MemoryWorld::new().with_file(name, source), name).unwrap().unwrap())
    }

    #[test]
    fn a_file_is_compiled_where_its_constraint_and_its_name_hold() {
        let linux = coverage(vec![Work::Builds(build("linux"))]);
        for (name, source, expected) in [
            ("x_linux.go", "package p\n", true),
            ("x_windows.go", "package p\n", false),
            ("x.go", "//go:build unix && amd64 && cgo && gc\n\npackage p\n", true),
            ("x.go", "//go:build race || arm64\n\npackage p\n", false),
            ("x.go", "//go:build integration && go1.24 && !go1.25\n\npackage p\n", true),
            ("x.go", "//go:build e2e\n\npackage p\n", false),
        ] {
            assert_eq!(compiles(&linux, name, source), Ok(expected), "{name} {source}");
        }
        assert_eq!((linux.sets("integration"), linux.sets("e2e")), (Ok(true), Ok(false)));
    }

    #[test]
    fn what_is_not_seen_may_compile_anything_but_what_is_seen_counts() {
        let with_make = coverage(vec![Work::Builds(build("linux")), Work::Unseen("`make`".into())]);
        assert_eq!(compiles(&with_make, "x_linux.go", "package p\n"), Ok(true));
        assert_eq!(compiles(&with_make, "x_windows.go", "package p\n"), Err(Reason::new("what `make` builds")));
        let anywhere = coverage(vec![Work::Builds(Build { os: None, ..build("") })]);
        assert!(compiles(&anywhere, "x_windows.go", "package p\n").is_err());
        assert!(compiles(&Coverage::default(), "x_windows.go", "package p\n").is_err());
    }

    #[test]
    fn tests_are_compiled_only_by_commands_that_do() {
        let only_built = coverage(vec![Work::Builds(Build { tests: false, ..build("linux") })]);
        assert_eq!(compiles(&only_built, "x_linux_test.go", "package p\n"), Ok(false));
        assert_eq!(compiles(&only_built, "x_linux.go", "package p\n"), Ok(true));
    }
}

//! Workflows and composite actions as typed models. Values stay YAML nodes: what they mean depends on the matrix leg.
//!
//! Source of the keys: `workflow-v1.0.json` and `action_yaml.json` of actions/runner.

use std::sync::Arc;

use super::provision::Hints;
use super::{setup_go, setup_releases};
use crate::syntax::yaml::{Document, Node};
use crate::text::{Location, Span};

/// A workflow file.
#[derive(Debug)]
pub(crate) struct Workflow {
    pub(crate) document: Arc<Document>,
    pub(crate) env: Option<Node>,
    pub(crate) defaults: Defaults,
    pub(crate) jobs: Vec<Job>,
}

/// A job.
#[derive(Clone, Debug)]
pub(crate) struct Job {
    /// Its key in `jobs:`.
    pub(crate) id: Arc<str>,
    /// The key's characters.
    pub(crate) key: Span,
    /// The whole mapping.
    pub(crate) node: Node,
    pub(crate) defaults: Defaults,
    pub(crate) steps: Vec<Step>,
}

/// `defaults.run`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Defaults {
    pub(crate) shell: Option<Node>,
    pub(crate) working_directory: Option<Node>,
}

/// A step of a job or of a composite action.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    /// Position in the list, from 0.
    pub(crate) index: u32,
    /// The whole mapping.
    pub(crate) node: Node,
    /// What it does.
    pub(crate) work: Work,
    /// What its words let expect.
    pub(crate) hints: Hints,
}

/// What a step does.
#[derive(Clone, Debug)]
pub(crate) enum Work {
    /// `run:`
    Run(Node),
    /// `uses:`
    Uses(ActionUse),
    /// Neither (GitHub refuses it), or a step kind that runs nothing, such as `wait:`.
    Nothing,
}

/// `uses:` of a step.
#[derive(Clone, Debug)]
pub(crate) struct ActionUse {
    /// Before the `@`: `actions/setup-go`, `./.github/actions/x`, `docker://image`.
    pub(crate) name: Arc<str>,
    /// After the `@`.
    pub(crate) reference: Option<Arc<str>>,
    /// The version in a comment behind a commit hash: `# v6.1.0`.
    pub(crate) comment: Option<Arc<str>>,
    /// The whole value.
    pub(crate) span: Span,
    /// `with:`
    pub(crate) inputs: Option<Node>,
}

impl Workflow {
    /// Reads a workflow; parts of the wrong shape are left out (GitHub refuses such a workflow, and actionlint says so).
    pub(crate) fn read(document: Arc<Document>) -> Self {
        let root = &document.root;
        let jobs = root.get("jobs").map(|jobs| jobs.entries().iter().filter_map(|entry| Job::read(&document, entry)).collect());
        Self {
            env: root.get("env").cloned(),
            defaults: Defaults::read(root),
            jobs: jobs.unwrap_or_default(),
            document: Arc::clone(&document),
        }
    }

    /// The location of a node of this workflow.
    pub(crate) fn locate(&self, node: &Node) -> Location {
        Location::new(&self.document.text, node.span)
    }
}

impl Job {
    fn read(document: &Document, entry: &crate::syntax::yaml::Entry) -> Option<Self> {
        let id = entry.key.as_str()?;
        Some(Self {
            id: id.into(),
            key: entry.key.span,
            node: entry.value.clone(),
            defaults: Defaults::read(&entry.value),
            steps: entry.value.get("steps").map(|steps| Step::list(document, steps)).unwrap_or_default(),
        })
    }

    /// A key of the job.
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        self.node.get(key)
    }
}

impl Defaults {
    fn read(node: &Node) -> Self {
        let run = node.get("defaults").and_then(|defaults| defaults.get("run"));
        let key = |name| run.and_then(|run| run.get(name)).cloned();
        Self { shell: key("shell"), working_directory: key("working-directory") }
    }
}

impl Step {
    /// All steps of a list.
    pub(crate) fn list(document: &Document, steps: &Node) -> Vec<Self> {
        steps
            .items()
            .iter()
            .zip(0..)
            .map(|(node, index)| Self { index, node: node.clone(), work: Work::read(document, node), hints: Hints::of(node) })
            .collect()
    }

    /// A key of the step.
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        self.node.get(key)
    }

    /// A key with a literal text.
    pub(crate) fn text(&self, key: &str) -> Option<&str> {
        self.get(key)?.as_str()
    }
}

impl Work {
    fn read(document: &Document, step: &Node) -> Self {
        if let Some(run) = step.get("run") {
            return Self::Run(run.clone());
        }
        step.get("uses").and_then(|uses| ActionUse::read(document, uses, step.get("with"))).map_or(Self::Nothing, Self::Uses)
    }
}

impl ActionUse {
    fn read(document: &Document, uses: &Node, inputs: Option<&Node>) -> Option<Self> {
        let value = uses.as_str()?;
        let (name, reference) = match value.split_once('@') {
            Some((name, reference)) if !value.starts_with("docker://") => (name, Some(reference)),
            _ => (value, None),
        };
        Some(Self {
            name: name.to_lowercase().into(),
            reference: reference.map(Into::into),
            comment: comment_after(document, uses.span).map(Into::into),
            span: uses.span,
            inputs: inputs.cloned(),
        })
    }

    /// A `with:` input; names are compared without case.
    pub(crate) fn input(&self, name: &str) -> Option<&Node> {
        let entries = self.inputs.as_ref()?.entries();
        entries.iter().find(|entry| entry.key.as_str().is_some_and(|key| key.eq_ignore_ascii_case(name))).map(|entry| &entry.value)
    }

    /// Whether actions/checkout brings the repository that the workflow belongs to.
    pub(crate) fn checks_out_this(&self) -> bool {
        self.input("repository").is_none_or(|node| node.as_str().is_some_and(|text| text.contains("github.repository")))
    }

    /// The major version; see [`Self::release`].
    pub(crate) fn major(&self) -> Option<u32> {
        let (major, _) = self.release()?;
        Some(major)
    }

    /// Major and, if stated, minor version: of a tag or branch such as `v6.1`, of a known commit, or from the comment behind a
    /// commit.
    pub(crate) fn release(&self) -> Option<(u32, Option<u32>)> {
        version_in(self.version()?)
    }

    /// As it is written: `actions/setup-go@v6`, or with the version of a commit in its place.
    pub(crate) fn label(&self) -> String {
        match self.version().or(self.reference.as_deref()) {
            Some(version) => format!("{}@{version}", self.name),
            None => self.name.to_string(),
        }
    }

    /// What stands behind the `@`, or for a commit the word that tells its version.
    fn version(&self) -> Option<&str> {
        let reference = self.reference.as_deref()?;
        if !is_commit(reference) {
            return Some(reference);
        }
        let known = (&*self.name == setup_go::NAME).then(|| setup_releases::of_commit(reference)).flatten();
        known.or_else(|| self.comment.as_deref()?.split_whitespace().find(|word| version_in(word).is_some()))
    }

    /// Whether it is pinned to a commit.
    pub(crate) fn pinned(&self) -> bool {
        self.reference.as_deref().is_some_and(is_commit)
    }
}

fn is_commit(reference: &str) -> bool {
    reference.len() == 40 && reference.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The version in `v6`, `v6.1.0`, `# v6.1.0`, `tag=v6.1.0`, `ratchet:actions/setup-go@v6`.
fn version_in(text: &str) -> Option<(u32, Option<u32>)> {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, '#' | '=' | '@' | ':' | ',' | '(' | ')'));
    words.filter(|word| !word.is_empty()).find_map(version_word)
}

fn version_word(word: &str) -> Option<(u32, Option<u32>)> {
    let numbers = word.strip_prefix('v').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())).or_else(|| {
        let dotted = word.contains('.') && word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        dotted.then_some(word)
    })?;
    let mut parts = numbers.split(['.', '-', '+']);
    let major = parts.next()?.parse().ok()?;
    Some((major, parts.next().and_then(|minor| minor.parse().ok())))
}

/// The comment on the same line behind a node.
fn comment_after(document: &Document, node: Span) -> Option<String> {
    let index = document.comments.partition_point(|comment| comment.start < node.end);
    let comment = document.comments.get(index)?;
    let between = document.text.slice(Span { start: node.end, end: comment.start });
    (!between.contains('\n')).then(|| document.text.slice(*comment).trim_start_matches('#').trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_from_tags_and_comments() {
        let cases = [
            ("v6", Some((6, None))),
            ("v6.1.0", Some((6, Some(1)))),
            ("tag=v5.0.1", Some((5, Some(0)))),
            ("ratchet:actions/setup-go@v4", Some((4, None))),
            ("6.4.0", Some((6, Some(4)))),
            ("main", None),
            ("vendor", None),
            ("pinned on 2026", None),
        ];
        for (text, version) in cases {
            assert_eq!(version_in(text), version, "{text}");
        }
    }
}

//! Dockerfiles, as far as their base images: `FROM` lines, and the defaults of the `ARG` lines before them.
//!
//! Source: <https://docs.docker.com/reference/dockerfile/#from>.

use std::collections::BTreeMap;

use super::words::{lines, words};
use crate::text::{Span, Text};

/// The start of a build stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stage {
    /// The image with its tag; variables with a default are filled in.
    pub(crate) image: String,
    /// The image as written.
    pub(crate) span: Span,
    /// What `AS` calls the stage.
    pub(crate) name: Option<String>,
    /// The words of the stage's lines below, without those of comments.
    pub(crate) words: Vec<String>,
}

/// Words of a stage that are kept.
const MOST_WORDS: usize = 10_000;

/// The stages, in order.
pub(crate) fn stages(text: &Text) -> Vec<Stage> {
    let mut defaults: BTreeMap<&str, &str> = BTreeMap::new();
    let mut stages: Vec<Stage> = Vec::new();
    for line in lines(text) {
        let parts: Vec<(&str, Span)> = words(text, line).collect();
        match parts.as_slice() {
            [(first, _), ..] if first.starts_with('#') => {}
            [(from, _), rest @ ..] if from.eq_ignore_ascii_case("FROM") => {
                stages.extend(stage(rest, &defaults));
            }
            [(arg, _), (pair, _), ..] if arg.eq_ignore_ascii_case("ARG") && stages.is_empty() => {
                defaults.extend(pair.split_once('=').map(|(name, value)| (name, value.trim_matches(['"', '\'']))));
            }
            parts => {
                let Some(stage) = stages.last_mut() else { continue };
                let room = MOST_WORDS.saturating_sub(stage.words.len());
                stage.words.extend(parts.iter().take(room).map(|(word, _)| (*word).to_owned()));
            }
        }
    }
    stages
}

/// `[--platform=…] IMAGE [AS NAME]`
fn stage(words: &[(&str, Span)], defaults: &BTreeMap<&str, &str>) -> Option<Stage> {
    let mut words = words.iter().skip_while(|(word, _)| word.starts_with("--"));
    let (image, span) = words.next()?;
    let name = words.next().filter(|(word, _)| word.eq_ignore_ascii_case("AS")).and(words.next());
    Some(Stage { image: expand(image, defaults), span: *span, name: name.map(|(name, _)| (*name).to_owned()), words: Vec::new() })
}

/// Whether a stage, or one built on it, takes files from the directory that is built, or its Go is copied into another stage: only then
/// does its Go work on what is there.
pub(crate) fn is_used(stages: &[Stage], index: usize) -> bool {
    let Some(stage) = stages.get(index) else { return false };
    if copies(stage).any(|(from, source)| from.is_none() && may_hold_module(source)) {
        return true;
    }
    let Some(name) = &stage.name else { return false };
    let later = || stages.iter().enumerate().skip(index + 1);
    let takes_go = |stage: &Stage| copies(stage).any(|(from, source)| from == Some(name) && source.ends_with("/go"));
    let built_on = later().filter(|(_, stage)| stage.image.eq_ignore_ascii_case(name)).map(|(index, _)| index).next();
    later().any(|(_, stage)| takes_go(stage)) || built_on.is_some_and(|index| is_used(stages, index))
}

/// Whether a source is a directory or a module's own file, and not a single file of another kind, such as `main.go`.
fn may_hold_module(source: &str) -> bool {
    let name = source.rsplit('/').next().unwrap_or(source);
    !name.trim_start_matches('.').contains('.') || name.starts_with("go.")
}

/// The stage or image that each `COPY`, `ADD` and bind mount takes from (`None`: the directory that is built), and the first path.
fn copies(stage: &Stage) -> impl Iterator<Item = (Option<&str>, &str)> {
    let words = stage.words.iter().enumerate();
    words.filter_map(|(index, word)| {
        if let Some(mount) = word.strip_prefix("--mount=").filter(|mount| mount.contains("type=bind")) {
            return Some((mount.split(',').find_map(|part| part.strip_prefix("from=")), ""));
        }
        let is_copy = word.eq_ignore_ascii_case("COPY") || word.eq_ignore_ascii_case("ADD");
        let mut rest = stage.words.get(index + 1..).filter(|_| is_copy)?.iter();
        let mut from = None;
        let source = rest.find(|word| {
            from = word.strip_prefix("--from=").or(from);
            !word.starts_with("--")
        });
        source.map(|source| (from, source.as_str()))
    })
}

/// Fills in `$NAME`, `${NAME}` and `${NAME:-default}`; what has no default stays.
fn expand(image: &str, defaults: &BTreeMap<&str, &str>) -> String {
    let mut expanded = String::new();
    let mut rest = image;
    while let Some((before, behind)) = rest.split_once('$') {
        expanded.push_str(before);
        let (name, fallback, tail) = variable(behind);
        match defaults.get(name).copied().or(fallback) {
            Some(value) if !name.is_empty() => expanded.push_str(value),
            _ => {
                expanded.push('$');
                rest = behind;
                continue;
            }
        }
        rest = tail;
    }
    expanded + rest
}

/// The name behind a `$`, the default that the reference gives, and what follows.
fn variable(behind: &str) -> (&str, Option<&str>, &str) {
    let end = |text: &str| text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(text.len());
    match behind.strip_prefix('{').and_then(|inner| inner.split_once('}')) {
        Some((inner, tail)) => {
            let (name, modifier) = inner.split_at(end(inner));
            (name, modifier.strip_prefix(":-"), tail)
        }
        None => {
            let (name, tail) = behind.split_at(end(behind));
            (name, None, tail)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn images_have_their_variables_filled_in() {
        let text = Text::file(
            "Dockerfile",
            concat!(
                "# syntax=docker/dockerfile:1\nARG GO_VERSION=1.22\nARG NONE\nFROM --platform=$BUILDPLATFORM golang:${GO_VERSION}-alpine AS build\n",
                "ARG GO_VERSION=9\n# RUN x\nRUN go build ./...\nfrom \"alpine\"\nFROM golang:${NONE:-1.21}\nFROM golang:$NONE\n",
            ),
        );
        let stages = stages(&text);
        let images: Vec<(&str, &str)> = stages.iter().map(|stage| (stage.image.as_str(), text.slice(stage.span))).collect();
        assert_eq!(
            images,
            [
                ("golang:1.22-alpine", "golang:${GO_VERSION}-alpine"),
                ("\"alpine\"", "\"alpine\""),
                ("golang:1.21", "golang:${NONE:-1.21}"),
                ("golang:$NONE", "golang:$NONE")
            ]
        );
        assert_eq!(stages[0].words, ["ARG", "GO_VERSION=9", "RUN", "go", "build", "./..."]);
    }

    #[test]
    fn a_stage_counts_if_it_works_on_what_is_there() {
        let used = |content: &str| {
            let stages = stages(&Text::file("Dockerfile", content));
            (0..stages.len()).map(|index| is_used(&stages, index)).collect::<Vec<_>>()
        };
        assert_eq!(used("FROM a\nCOPY --chown=x . .\nFROM b\nCOPY --from=0 /x /y\n"), [true, false]);
        assert_eq!(used("FROM a\nCOPY main.go .\nFROM b\nCOPY go.mod go.sum ./\nFROM c\nADD src/ /x\n"), [false, true, true]);
        assert_eq!(used("FROM a AS base\nFROM Base AS build\nRUN --mount=type=bind,target=. go build\n"), [true, true]);
        assert_eq!(used("FROM a AS go\nFROM b\nCOPY --from=go /usr/local/go /go\n"), [true, false]);
        assert_eq!(used("FROM a AS build\nRUN git clone x\nFROM b\nCOPY --from=build /x /\n"), [false, false]);
    }

    proptest! {
        #[test]
        fn any_text_is_read(content in "(FROM|ARG|COPY|AS|--from=|golang:|\\$|\\{|\\}|:-|=|A|\\n| |é|\"){0,60}") {
            let text = Text::file("Dockerfile", content.as_str());
            let stages = stages(&text);
            for (index, stage) in stages.iter().enumerate() {
                is_used(&stages, index);
                prop_assert!(content.get(stage.span.range()).is_some_and(|image| !image.is_empty()));
            }
        }
    }
}

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
                let image = rest.iter().find(|(word, _)| !word.starts_with("--"));
                stages.extend(image.map(|(image, span)| Stage { image: expand(image, &defaults), span: *span, words: Vec::new() }));
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

    proptest! {
        #[test]
        fn any_text_is_read(content in "(FROM|ARG|golang:|\\$|\\{|\\}|:-|=|A|\\n| |é|\"){0,60}") {
            let text = Text::file("Dockerfile", content.as_str());
            for stage in stages(&text) {
                prop_assert!(content.get(stage.span.range()).is_some_and(|image| !image.is_empty()));
            }
        }
    }
}

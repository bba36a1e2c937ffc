//! devcontainer.json, as far as its image: <https://containers.dev/implementors/json_reference/>.

use super::words::lines;
use crate::text::{Span, Text};

/// The Go version in the tag of a `devcontainers/go` image, with the characters it stands in. The file is JSON with comments, one key a line.
pub(crate) fn go_version(text: &Text) -> Option<(&str, Span)> {
    lines(text).find_map(|line| {
        let (key, value) = text.slice(line).split_once(':')?;
        let image = value.trim().trim_end_matches(',').trim_matches('"');
        let (name, tag) = image.rsplit_once(':').filter(|_| key.trim() == "\"image\"")?;
        let version = name.ends_with("devcontainers/go").then(|| go_of(tag)).flatten()?;
        let start = line.start as usize + text.slice(line).rfind(version)?;
        let span = Span::new(start, start + version.len());
        Some((text.slice(span), span))
    })
}

/// Tags are `1.22`, `1-1.22-bookworm`, `dev-1.22`: a release of the image may stand before that of Go.
fn go_of(tag: &str) -> Option<&str> {
    let is_go = |part: &&str| part.strip_prefix("1.").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    tag.split('-').rfind(is_go)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_of_go_is_told_from_that_of_the_image() {
        for (line, expected) in [
            ("\t\"image\": \"mcr.microsoft.com/devcontainers/go:1.22\",", Some("1.22")),
            ("  \"image\": \"mcr.microsoft.com/devcontainers/go:1-1.22-bookworm\"", Some("1.22")),
            ("\"image\":\"mcr.microsoft.com/devcontainers/go:dev-1.26-bookworm\",", Some("1.26")),
            ("\"image\": \"mcr.microsoft.com/devcontainers/go:1\",", None),
            ("\"image\": \"mcr.microsoft.com/devcontainers/base:1.22\",", None),
            ("// \"image\": \"x\"", None),
        ] {
            let text = Text::file("devcontainer.json", format!("{{\n{line}\n}}\n"));
            let found = go_version(&text);
            assert_eq!(found.map(|(version, _)| version), expected, "{line}");
            assert!(found.is_none_or(|(version, span)| text.slice(span) == version), "{line}");
        }
    }
}

//! Files that name the Go of a project for version managers: `.go-version`, `.tool-versions`, `mise.toml`.

use super::words::{lines, words};
use crate::text::{Span, Text};

/// The Go version that a file names, with the characters it stands in; `None` if it names none, or it is no such file.
pub(crate) fn go_version(text: &Text) -> Option<(&str, Span)> {
    match text.path().rsplit('/').next()? {
        ".go-version" => plain(text),
        ".tool-versions" => tool_versions(text),
        "mise.toml" | ".mise.toml" => mise(text),
        _ => None,
    }
}

/// goenv takes the first word: <https://github.com/go-nv/goenv/blob/master/libexec/goenv-version-file-read>.
fn plain(text: &Text) -> Option<(&str, Span)> {
    lines(text).find_map(|line| words(text, line).next())
}

/// `golang 1.22.3`, in asdf and mise: <https://asdf-vm.com/manage/configuration.html#tool-versions>. Further words are fallbacks.
fn tool_versions(text: &Text) -> Option<(&str, Span)> {
    lines(text).find_map(|line| {
        let mut words = words(text, line);
        let (tool, _) = words.next()?;
        let version = words.next().filter(|(version, _)| !version.starts_with('#'));
        matches!(tool, "golang" | "go").then_some(version).flatten()
    })
}

/// `go = "1.22"` below `[tools]`, also as the first of a list and as `version` of a table:
/// <https://mise.jdx.dev/configuration.html#tools-dev-tools>.
fn mise(text: &Text) -> Option<(&str, Span)> {
    let mut in_tools = false;
    lines(text).find_map(|span| {
        let line = text.slice(span).trim();
        if line.starts_with('[') {
            in_tools = line == "[tools]";
            return None;
        }
        let (key, value) = line.split_once('=').filter(|_| in_tools)?;
        let is_go = matches!(key.trim().trim_matches(['"', '\'']), "go" | "golang" | "core:go");
        is_go.then(|| quoted(text, span, value)).flatten()
    })
}

/// The first quoted text of a value that ends a line, behind `version =` if the value is a table.
fn quoted<'t>(text: &'t Text, line: Span, value: &str) -> Option<(&'t str, Span)> {
    let value = value.trim_start();
    let value = if value.starts_with('{') { value.split_once("version").map_or("", |(_, rest)| rest) } else { value };
    let quote = value.chars().find(|character| matches!(character, '"' | '\''))?;
    let (_, inner) = value.split_once(quote)?;
    let (version, _) = inner.split_once(quote)?;
    let start = text.slice(line).len() - text.slice(line).trim_start().len() + text.slice(line).trim().len() - inner.len();
    let start = line.start as usize + start;
    let span = Span::new(start, start + version.len());
    Some((text.slice(span), span))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn each_file_has_its_own_form() {
        for (path, content, expected) in [
            (".go-version", "\n1.22.3\n", Some("1.22.3")),
            (".go-version", "", None),
            ("a/.tool-versions", "# tools\nnodejs 20\ngolang 1.22.3 1.21 # why\n", Some("1.22.3")),
            (".tool-versions", "golang # 1.22\n", None),
            (".tool-versions", "golangci-lint 1.60.0\n", None),
            ("mise.toml", "go = \"1.1\"\n[tools]\nnode = \"20\"\n  go = \"1.22\" # x\n", Some("1.22")),
            (".mise.toml", "[tools]\n\"core:go\" = { version = '1.22', os = [\"linux\"] }\n", Some("1.22")),
            ("mise.toml", "[tools]\ngo = [\"1.22\", \"1.21\"]\n", Some("1.22")),
            ("mise.toml", "[env]\ngo = \"1.22\"\n", None),
            ("mise.toml", "[tools]\ngo = { os = [\"linux\"] }\n", None),
            ("other", "1.22", None),
        ] {
            let text = Text::file(path, content);
            let found = go_version(&text);
            assert_eq!(found.map(|(version, _)| version), expected, "{path}: {content}");
            assert!(found.is_none_or(|(version, span)| text.slice(span) == version), "{path}: {content}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read(content in "(\\[tools\\]|go|golang|=|\"|'|\\{|version|1.22|\\n| |é|#){0,40}") {
            for path in [".go-version", ".tool-versions", "mise.toml"] {
                let text = Text::file(path, content.as_str());
                if let Some((version, span)) = go_version(&text) {
                    prop_assert_eq!(content.get(span.range()), Some(version));
                }
            }
        }
    }
}

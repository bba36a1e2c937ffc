//! vendor/modules.txt: which modules are vendored.
//!
//! Source: `readVendorList` in `cmd/go/internal/modload/vendor.go`. What Go passes over is passed over here.

use std::collections::BTreeMap;

use super::go_mod::canonical;
use super::words::words;
use crate::text::{Span, Text};

/// The file, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ModulesTxt {
    /// Each module once, in order.
    pub(crate) modules: Vec<Vendored>,
    /// Whether `go work vendor` made it.
    pub(crate) workspace: bool,
}

/// A module, or a replacement of one at every version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Vendored {
    pub(crate) path: String,
    /// `None` for a replacement at every version.
    pub(crate) version: Option<String>,
    /// The module or directory that takes its place.
    pub(crate) replacement: Option<(String, Option<String>)>,
    /// Whether go.mod requires it by name.
    pub(crate) explicit: bool,
    /// Whether any of its packages are vendored.
    pub(crate) has_packages: bool,
    /// Path and version, where they stand first.
    pub(crate) span: Span,
}

/// Reads the file.
pub(crate) fn parse(text: &Text) -> ModulesTxt {
    let mut reader = Reader::default();
    for span in (1..=text.line_count()).filter_map(|line| text.line_span(line)) {
        reader.line(text, span);
    }
    reader.file
}

#[derive(Default)]
struct Reader {
    file: ModulesTxt,
    index: BTreeMap<(String, Option<String>), usize>,
    /// The module whose packages and annotations follow.
    current: Option<usize>,
}

impl Reader {
    fn line(&mut self, text: &Text, span: Span) {
        let line = text.slice(span);
        if line.starts_with("# ") {
            let parts: Vec<(&str, Span)> = words(text, span).collect();
            self.current = self.module(&parts);
        } else if let Some(annotations) = line.strip_prefix("## ") {
            self.annotate(annotations);
        } else if let (Some(module), 1) = (self.current_mut(), line.split_whitespace().count()) {
            module.has_packages = true;
        }
    }

    fn current_mut(&mut self) -> Option<&mut Vendored> {
        self.file.modules.get_mut(self.current?)
    }

    /// `# PATH VERSION`, `# PATH VERSION => …` or `# PATH => …`
    fn module(&mut self, parts: &[(&str, Span)]) -> Option<usize> {
        let [_, (path, start), (second, end), rest @ ..] = parts else { return self.current };
        let (version, replacement) = match (canonical(second), rest) {
            (Some(_), [(arrow, _), new @ ..]) if *arrow == "=>" => (Some(*second), replacement(new)),
            (Some(_), _) => (Some(*second), None),
            (None, new) if *second == "=>" => (None, replacement(new)),
            _ => return None,
        };
        let index = self.entry(path, version, start.to(*end));
        if let Some(module) = self.file.modules.get_mut(index) {
            module.replacement = replacement.or(module.replacement.take());
        }
        Some(index)
    }

    fn entry(&mut self, path: &str, version: Option<&str>, span: Span) -> usize {
        let modules = &mut self.file.modules;
        *self.index.entry((path.to_owned(), version.map(str::to_owned))).or_insert_with(|| {
            let (path, version) = (path.to_owned(), version.map(str::to_owned));
            modules.push(Vendored { path, version, replacement: None, explicit: false, has_packages: false, span });
            modules.len() - 1
        })
    }

    fn annotate(&mut self, annotations: &str) {
        let mut entries = annotations.split(';').map(str::trim);
        match self.current_mut() {
            Some(module) => module.explicit |= entries.any(|entry| entry == "explicit"),
            None => self.file.workspace |= entries.any(|entry| entry == "workspace"),
        }
    }
}

/// What stands behind `=>`.
fn replacement(parts: &[(&str, Span)]) -> Option<(String, Option<String>)> {
    match parts {
        [(path, _)] => Some(((*path).to_owned(), None)),
        [(path, _), (version, _)] if canonical(version).is_some() => Some(((*path).to_owned(), Some((*version).to_owned()))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn modules_are_read_with_their_annotations() {
        let text = Text::file(
            "vendor/modules.txt",
            concat!(
                "## workspace\n# a.com/b v1.0.0\n## explicit; go 1.17\na.com/b\na.com/b/c\n# d.com/e v1.1.0 => ../e\n## explicit\n",
                "# f.com/g v1.2.0 => h.com/g v1.2.1\nf.com/g\n# d.com/e => ../e\n# what is this\nlost/package\n",
            ),
        );
        let file = parse(&text);
        let shown: Vec<String> = file
            .modules
            .iter()
            .map(|one| format!("{} {:?} {} {} `{}`", one.path, one.replacement, one.explicit, one.has_packages, text.slice(one.span)))
            .collect();
        assert!(file.workspace);
        assert_eq!(
            shown,
            [
                "a.com/b None true true `a.com/b v1.0.0`",
                "d.com/e Some((\"../e\", None)) true false `d.com/e v1.1.0`",
                "f.com/g Some((\"h.com/g\", Some(\"v1.2.1\"))) false true `f.com/g v1.2.0`",
                "d.com/e Some((\"../e\", None)) false false `d.com/e =>`",
            ]
        );
    }

    proptest! {
        #[test]
        fn any_text_is_read_and_every_span_lies_in_it(content in "([#=> \\n;v1.a/é\u{feff}]|explicit|go |# |## ){0,60}") {
            let text = Text::file("modules.txt", content.as_str());
            for module in parse(&text).modules {
                prop_assert!(content.get(module.span.range()).is_some_and(|slice| slice.starts_with(&module.path)));
            }
        }
    }
}

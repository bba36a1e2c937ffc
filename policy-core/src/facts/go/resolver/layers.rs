//! The files that stand behind the environment: the one of `go env -w`, and `$GOROOT/go.env`.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use crate::facts::go::release::agree;
use crate::facts::value::{Origin, OriginKind, Reason, Value};
use crate::facts::version::VersionRange;
use crate::text::{Location, Span, Text};

/// The variables that a file sets. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(crate) struct Layer {
    keys: Arc<BTreeMap<Arc<str>, Value>>,
    others: Option<Reason>,
}

impl Layer {
    /// A file that is not there, or empty.
    pub(crate) fn empty() -> Self {
        Self::default()
    }

    /// A file of which nothing is known.
    pub(crate) fn unknown(reason: Reason) -> Self {
        Self { keys: Arc::default(), others: Some(reason) }
    }

    /// The file of `go env -w`. The last of several lines with the same key counts.
    pub(crate) fn user_file(text: &Arc<Text>) -> Self {
        let mut layer = Self::empty();
        for (key, value) in lines(text, OriginKind::GoEnvFile) {
            layer.write(&key, value);
        }
        layer
    }

    /// `$GOROOT/go.env`. The first of several lines with the same key counts.
    pub(crate) fn goroot_file(text: &Arc<Text>) -> Self {
        let mut layer = Self::empty();
        for (key, value) in lines(text, OriginKind::GoRootFile) {
            Arc::make_mut(&mut layer.keys).entry(key).or_insert(value);
        }
        layer
    }

    /// What the official distributions of a range of releases say: since Go 1.21 in `$GOROOT/go.env`, before in their code.
    pub(crate) fn official(versions: VersionRange) -> Self {
        static WITH_FILE: LazyLock<Layer> = LazyLock::new(|| Layer::shipped(OriginKind::GoRootFile));
        static WITHOUT_FILE: LazyLock<Layer> = LazyLock::new(|| Layer::shipped(OriginKind::Default));
        let has_file = agree(versions, |minor| Some(minor >= 21)) == Some(true);
        if has_file { WITH_FILE.clone() } else { WITHOUT_FILE.clone() }
    }

    fn shipped(kind: OriginKind) -> Self {
        let origin = Origin::named(kind, "the official distribution of Go", None);
        let known = [("GOPROXY", "https://proxy.golang.org,direct"), ("GOSUMDB", "sum.golang.org"), ("GOTOOLCHAIN", "auto")];
        let mut layer = Self::empty();
        known.into_iter().for_each(|(key, value)| layer.write(key, Value::text(value, Arc::clone(&origin))));
        layer
    }

    /// All keys of which something particular is known, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&Arc<str>, &Value)> {
        self.keys.iter()
    }

    /// `go env -w key=value` was run.
    pub(crate) fn write(&mut self, key: &str, value: Value) {
        Arc::make_mut(&mut self.keys).insert(key.into(), value);
    }

    /// `go env -u key` was run.
    pub(crate) fn remove(&mut self, key: &str) {
        self.write(key, Value::unset_by(OriginKind::GoEnvFile));
    }

    /// What it says of a key; unset if it says nothing.
    pub(crate) fn get(&self, key: &str) -> Value {
        let nothing = || Value::unset_by(OriginKind::Default);
        match (self.keys.get(key), &self.others) {
            (Some(value), _) => value.clone(),
            (None, None) => nothing(),
            (None, Some(reason)) => nothing().or_unknown(reason.clone()),
        }
    }
}

/// `KEY=VALUE` lines; those that do not begin with a capital letter count for nothing, and nothing is trimmed, unquoted or expanded
/// (`readEnvFile` in `cmd/go/internal/cfg/cfg.go`).
pub(crate) fn lines(text: &Arc<Text>, kind: OriginKind) -> Vec<(Arc<str>, Value)> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.content().split('\n') {
        let end = start + line.len();
        if let Some((key, value)) = line.split_once('=')
            && line.starts_with(|first: char| first.is_ascii_uppercase())
        {
            let origin = Origin::at(kind, Location::new(text, Span::new(start, end)));
            found.push((key.into(), Value::text(value, origin)));
        }
        start = end + 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# GOFLAGS=-x\nGOPROXY = off\nGOSUMDB=\"off\"\nGOFLAGS=-a\nexport GOBIN=/x\nGOFLAGS=-b # twice\nGOWORK=\n";

    #[test]
    fn nothing_is_trimmed_and_the_last_line_of_the_users_file_counts() {
        let layer = Layer::user_file(&Text::file("env", FILE));
        let texts =
            ["GOPROXY", "GOPROXY ", "GOSUMDB", "GOFLAGS", "GOBIN", "GOWORK"].map(|key| layer.get(key).as_text().map(ToString::to_string));
        assert_eq!(texts, [None, Some(" off".into()), Some("\"off\"".into()), Some("-b # twice".into()), None, Some(String::new())]);
        assert_eq!(layer.get("GOFLAGS").single().unwrap().origin.location.as_ref().unwrap().source(), "GOFLAGS=-b # twice");
    }

    #[test]
    fn the_first_line_of_go_env_counts() {
        assert_eq!(Layer::goroot_file(&Text::file("go.env", FILE)).get("GOFLAGS").as_text().map(|text| &**text), Some("-a"));
    }

    #[test]
    fn an_unknown_file_still_knows_what_was_written_to_it() {
        let mut layer = Layer::unknown(Reason::new("a cached home"));
        layer.write("GOFLAGS", Value::text("-v", Origin::of(OriginKind::GoEnvFile)));
        assert!(layer.get("GOFLAGS").as_text().is_some() && layer.get("GOPROXY").reason().is_some());
        layer.remove("GOFLAGS");
        assert!(layer.get("GOFLAGS").as_text().is_none());
    }
}

//! Caches of Go's directories: actions/cache, and what actions/setup-go keeps.
//!
//! Sources: actions/cache `action.yml`; actions/setup-go `src/cache-restore.ts`.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::facts::subject::Place;
use crate::facts::value::Value;
use crate::syntax::expression::{Function, Part, Reference, Scope as Names, Template, references};
use crate::text::Location;

/// A use of a cache in one leg.
#[derive(Clone, Debug)]
pub(crate) struct CacheUse {
    pub(crate) location: Location,
    pub(crate) place: Arc<Place>,
    /// `actions/cache`, its halves, or `actions/setup-go`.
    pub(crate) action: Arc<str>,
    /// What it keeps, a directory an item.
    pub(crate) paths: Vec<Value>,
    /// The key with what is not known as it is written.
    pub(crate) key: Value,
    pub(crate) key_inputs: Vec<&'static str>,
    /// Whether the key calls `hashFiles` where there are no files of the repository yet.
    pub(crate) hashes_nothing: Option<bool>,
    /// What the paths depend on, in the same words.
    pub(crate) path_inputs: Vec<&'static str>,
    pub(crate) restore_keys: bool,
    /// Whether it only looks whether there is an entry, and restores none.
    pub(crate) lookup_only: bool,
    /// Which of Go's directories it keeps.
    pub(crate) covers: Vec<&'static str>,
    /// Paths that look like Go's caches and are not.
    pub(crate) missed: Vec<Value>,
    pub(crate) os: Option<&'static str>,
    /// Go's directories where the cache stands in the job.
    pub(crate) directories: Vec<(&'static str, Value)>,
}

/// What a cache's key depends on, as words of the field `key-inputs`.
pub(crate) fn key_inputs(key: &str) -> Vec<&'static str> {
    let mut inputs = BTreeSet::new();
    let Ok(template) = Template::parse(key, Names::ANY) else { return Vec::new() };
    for part in template.parts() {
        match part {
            Part::Text(text, _) => inputs.extend(literal_input(text)),
            Part::Expression(expr, _) => references(expr).iter().for_each(|reference| inputs.extend(reference_inputs(reference))),
        }
    }
    inputs.into_iter().collect()
}

/// A literal such as `linux-go1.22-`: people write system and version out in jobs that have only one.
fn literal_input(text: &str) -> Vec<&'static str> {
    let lower = text.to_lowercase();
    let mut found = Vec::new();
    if ["linux", "ubuntu", "macos", "darwin", "windows"].iter().any(|os| lower.contains(os)) {
        found.push("os");
    }
    if ["amd64", "arm64", "x64", "x86_64", "aarch64"].iter().any(|arch| lower.contains(arch)) {
        found.push("arch");
    }
    if lower.split(|c: char| !c.is_ascii_digit() && c != '.').any(|number| number.starts_with("1.") && number.len() > 2) {
        found.push("go-version");
    }
    found
}

fn reference_inputs(reference: &Reference) -> Vec<&'static str> {
    match reference.function {
        Some(Function::HashFiles) if only_sums(&reference.text) => vec!["dependencies"],
        // go.mod, `**/go.*`, a version file: what tells the Go version may be among them.
        Some(Function::HashFiles) => vec!["dependencies", "files"],
        Some(_) => Vec::new(),
        None => path_inputs(&reference.text),
    }
}

/// Whether a call of `hashFiles` names nothing but go.sum and go.work.sum files.
fn only_sums(call: &str) -> bool {
    let mut patterns = call.split('\'').skip(1).step_by(2);
    patterns.all(|pattern| pattern.ends_with(".sum"))
}

fn path_inputs(path: &str) -> Vec<&'static str> {
    let names: Vec<&str> = path.split('.').collect();
    let speaks_of = |words: &[&str]| names.iter().any(|name| words.iter().any(|word| name.contains(word)));
    let mut found = match names.as_slice() {
        ["runner", "os"] => vec!["os"],
        ["runner", "arch"] => vec!["arch"],
        ["runner", ..] => vec!["other"],
        ["github", "sha"] => vec!["commit"],
        ["github", "run_id" | "run_number" | "run_attempt"] => vec!["run"],
        ["github", "job"] => vec!["job"],
        ["matrix", ..] => vec!["matrix"],
        _ => vec!["other"],
    };
    if matches!(names.first(), Some(&("matrix" | "env" | "steps" | "inputs" | "needs" | "vars" | "job"))) {
        found.extend(speaks_of(&["go"]).then_some("go-version"));
        found.extend(speaks_of(&["os", "runner", "platform", "target"]).then_some("os"));
        found.extend(speaks_of(&["arch"]).then_some("arch"));
        found.extend(speaks_of(&["hash", "sum", "deps", "key"]).then_some("dependencies"));
        found.extend(speaks_of(&["date", "week", "month", "day"]).then_some("date"));
    }
    found
}

/// Whether a key, with what is known filled in, may still come out differently in each leg of a job.
pub(crate) fn varies_by_leg(key: &str) -> bool {
    let Ok(template) = Template::parse(key, Names::ANY) else { return true };
    let by_leg = |reference: &Reference| {
        let context = reference.text.split('.').next().unwrap_or_default();
        reference.function.is_none() && ["env", "job", "matrix", "runner", "steps", "strategy"].contains(&context)
    };
    template.parts().iter().any(|part| matches!(part, Part::Expression(expr, _) if references(expr).iter().any(by_leg)))
}

/// Paths that are Go's own defaults somewhere, with the directory they are there.
static USUAL: &[(&str, &str, &str)] = &[
    ("linux", "~/.cache/go-build", "GOCACHE"),
    ("macos", "~/library/caches/go-build", "GOCACHE"),
    ("windows", "~/appdata/local/go-build", "GOCACHE"),
    ("windows", "%localappdata%/go-build", "GOCACHE"),
    ("", "~/go/pkg/mod", "GOMODCACHE"),
    ("", "~/go/pkg", "GOMODCACHE"),
    ("", "~/go", "GOMODCACHE"),
    ("linux", "/home/runner/go/pkg/mod", "GOMODCACHE"),
    ("linux", "/home/runner/.cache/go-build", "GOCACHE"),
    ("linux", "/go/pkg/mod", "GOMODCACHE"),
];

/// Whether a cached path is one of Go's defaults on some system: the system (empty: any) and the directory.
pub(crate) fn usual_directory(path: &str) -> Option<(&'static str, &'static str)> {
    let path = path.trim().replace('\\', "/").to_lowercase();
    let path = path.trim_end_matches(['/', '*']);
    USUAL.iter().find(|(_, usual, _)| *usual == path).map(|(os, _, name)| (*os, *name))
}

/// Whether `path` is `directory` or above it. `~` stands for `home`.
pub(crate) fn covers(path: &str, directory: &str, home: Option<&str>) -> bool {
    let normal = |text: &str| text.replace('\\', "/").trim_end_matches(['/', '*']).to_owned();
    let path = match (path.strip_prefix('~'), home) {
        (Some(rest), Some(home)) => format!("{home}{rest}"),
        _ => path.to_owned(),
    };
    let (path, directory) = (normal(&path), normal(directory));
    !path.is_empty() && (directory == path || directory.strip_prefix(&path).is_some_and(|rest| rest.starts_with('/')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_tell_what_they_depend_on() {
        assert_eq!(key_inputs("${{ runner.os }}-go-${{ hashFiles('**/go.sum') }}"), ["dependencies", "os"]);
        assert_eq!(key_inputs("go-${{ hashFiles('go.mod', 'go.sum') }}"), ["dependencies", "files"]);
        assert_eq!(key_inputs("go-${{ matrix.go-version }}"), ["go-version", "matrix"]);
        assert_eq!(key_inputs("linux-go1.22-${{ github.sha }}"), ["commit", "go-version", "os"]);
        assert_eq!(key_inputs("${{ steps.go.outputs.go-version }}"), ["go-version", "other"]);
        assert_eq!(key_inputs("go-build"), Vec::<&str>::new());
    }

    #[test]
    fn keys_vary_by_leg_if_a_step_or_the_matrix_still_has_a_say() {
        for key in ["go-${{ matrix.go }}", "${{ steps.sums.outputs.sum }}", "${{ env.KEY }}", "${{"] {
            assert!(varies_by_leg(key), "{key}");
        }
        for key in ["go", "Linux-${{ hashFiles('go.sum') }}", "${{ github.sha }}-${{ inputs.key }}"] {
            assert!(!varies_by_leg(key), "{key}");
        }
    }

    #[test]
    fn paths_cover_directories() {
        assert!(covers("~/go", "/home/runner/go/pkg/mod", Some("/home/runner")));
        assert!(covers("~\\AppData\\Local\\go-build", "C:\\Users\\runneradmin\\AppData\\Local\\go-build", Some("C:\\Users\\runneradmin")));
        assert!(!covers("~/go/pkg/m", "/home/runner/go/pkg/mod", Some("/home/runner")));
        assert_eq!(usual_directory("~/.cache/go-build/"), Some(("linux", "GOCACHE")));
    }
}

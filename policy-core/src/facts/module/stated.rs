//! The places that name a Go version for a module: version files, Dockerfiles, devcontainers, workflows.

use std::sync::Arc;

use super::neighbours::Neighbours;
use crate::facts::project::{ModuleFile, Project, directory_of, release_of};
use crate::facts::value::{Origin, OriginKind, Value};
use crate::facts::version::{GoVersion, Rest, VersionRange};
use crate::syntax::dockerfile::Stage;
use crate::syntax::yaml::{self, Limits};
use crate::syntax::{devcontainer, dockerfile, version_file};
use crate::text::{Location, Span, Text};

/// A Go version that some file names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stated {
    pub(super) version: VersionRange,
    pub(super) location: Location,
}

/// What is said about one go.mod.
#[derive(Clone, Copy)]
pub(super) struct Statements<'f, 'w> {
    pub(super) file: &'f ModuleFile,
    pub(super) project: &'f Project<'w>,
    pub(super) neighbours: &'f Neighbours,
}

impl<'f> Statements<'f, '_> {
    /// Everything that names, for this module, a Go that is older than it needs: each with its version. Nothing, if only workflows do:
    /// their own subjects tell that, step by step.
    pub(super) fn older(self) -> Value {
        let Some((go, _)) = self.file.go() else { return list(Vec::new()) };
        let is_older = |stated: &Stated| stated.version.below(release_of(go)) == Some(true);
        let mut older: Vec<Stated> = self.in_files().into_iter().filter(is_older).collect();
        if !older.is_empty() {
            let runs = self.neighbours.runs_for(self.file.text.path());
            older.extend(runs.map(|run| Stated { version: run.version, location: run.location.clone() }).filter(is_older));
        }
        list(older)
    }

    /// Everything in files that names exactly one minor version for this module, if they do not all name the same one. What is older than
    /// the module needs is left out: it is wrong by itself.
    pub(super) fn differing(self) -> Value {
        let needed = self.file.go().map(|(go, _)| release_of(go));
        let is_older = |stated: &Stated| needed.is_some_and(|needed| stated.version.below(needed) == Some(true));
        let toolchain = self.file.toolchain().map(|(version, location)| Stated { version: VersionRange::exact(version), location });
        let mut stated: Vec<Stated> = self.in_files().into_iter().chain(toolchain).filter(|stated| !is_older(stated)).collect();
        stated.retain(|stated| stated.version.only_minor().is_some());
        let first = stated.first().and_then(|stated| stated.version.only_minor());
        if stated.iter().all(|stated| stated.version.only_minor() == first) {
            stated.clear();
        }
        list(stated)
    }

    /// Configurations of golangci-lint that name another minor version than the `go` line.
    pub(super) fn linters(self) -> Value {
        let Some((go, _)) = self.file.go() else { return list(Vec::new()) };
        let stated = self.files().filter(|path| is_linter(name_of(path))).filter_map(|path| {
            let text = self.project.text(path)?;
            let (version, span) = linter_version(&text)?;
            Some(Stated { version: VersionRange::exact(GoVersion::parse(&version)?), location: Location::new(&text, span) })
        });
        list(stated.filter(|stated| stated.version.only_minor() != Some(go.minor)).collect())
    }

    /// The files of the repository that name a version, where this is the module in force.
    fn in_files(self) -> Vec<Stated> {
        self.files().flat_map(|path| self.in_file(path)).collect()
    }

    fn files(self) -> impl Iterator<Item = &'f str> {
        let is_ours = move |path: &&str| {
            let modules = self.project.modules(directory_of(path));
            modules.go_mod.as_ref().is_some_and(|module| module.in_project() == self.file.in_project())
        };
        self.neighbours.files().filter(is_ours)
    }

    fn in_file(self, path: &str) -> Vec<Stated> {
        let Some(text) = self.project.text(path) else { return Vec::new() };
        let at = |version, span| Stated { version, location: Location::new(&text, span) };
        let name = name_of(path);
        if is_dockerfile(name) {
            let stages = dockerfile::stages(&text);
            if !self.is_built_from_here(directory_of(path), &stages) {
                return Vec::new();
            }
            let counts = |index, stage: &Stage| {
                let only_runs = index + 1 == stages.len() && !may_run_go(&stage.words);
                dockerfile::is_used(&stages, index) && !only_runs && !only_installs_tools(&stage.words)
            };
            let used = stages.iter().enumerate().filter(|(index, stage)| counts(*index, stage));
            return used.filter_map(|(_, stage)| Some(at(image_version(&stage.image)?, stage.span))).collect();
        }
        let found = if name.ends_with("devcontainer.json") { devcontainer::go_version(&text) } else { version_file::go_version(&text) };
        found.and_then(|(version, span)| Some(at(range(version)?, span))).into_iter().collect()
    }

    /// Whether an image is built from the module's directory. Docker is told that on its command line; a Dockerfile further down, beside
    /// code of its own, is as often built from its own directory, where there is no go.mod.
    fn is_built_from_here(self, directory: &str, stages: &[Stage]) -> bool {
        directory == self.file.directory()
            || !self.neighbours.has_go_files(directory)
            || stages.iter().any(|stage| names_root(&stage.words, directory_below(self.file.directory(), directory)))
    }
}

/// The path of a directory as it is seen from one above it.
fn directory_below<'d>(above: &str, directory: &'d str) -> &'d str {
    directory.strip_prefix(above).unwrap_or(directory).trim_start_matches('/')
}

/// Whether the words of a stage take the directory they work in for the root of a module: they name go.mod, a package below it, or the
/// Dockerfile's own `directory` from above.
fn names_root(words: &[String], directory: &str) -> bool {
    let is_file = |word: &str| matches!(name_of(word), "go.mod" | "go.sum" | "go.work");
    let is_package = |word: &str| word.len() > 2 && word.starts_with("./");
    let from_above =
        |word: &str| word.trim_start_matches("./").strip_prefix(directory).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let is_mod = |window: &[String]| matches!(window, [go, subcommand, verb] if go == "go" && subcommand == "mod" && verb != "init");
    let modules = words.windows(3).any(is_mod);
    modules || words.iter().any(|word| is_file(word) || from_above(word)) || go_arguments(words).any(is_package)
}

/// The words behind `go`, up to the end of each command; not the file that `-o` names.
fn go_arguments(words: &[String]) -> impl Iterator<Item = &str> {
    let commands = words.split(|word| is_end(word)).filter_map(|command| {
        let start = command.iter().position(|word| word == "go")?;
        command.get(start + 1..)
    });
    commands.flat_map(|command| {
        let behind = std::iter::once("").chain(command.iter().map(String::as_str));
        behind.zip(command).filter(|(before, _)| *before != "-o").map(|(_, word)| word.as_str())
    })
}

/// Whether a shell's command ends here, or a line of the Dockerfile begins.
fn is_end(word: &str) -> bool {
    matches!(word, "&&" | "||" | ";" | "|" | "RUN" | "COPY" | "ADD" | "CMD" | "ENTRYPOINT" | "ENV" | "WORKDIR") || word.ends_with(';')
}

/// Whether a stage runs go, or may through make or a script. One that does not, and ends the file, only runs what was built before.
fn may_run_go(words: &[String]) -> bool {
    let bare = |word: &String| word.trim_matches(['[', ']', ',', '"', '\'', ';', '(', ')']).to_owned();
    words.iter().map(bare).any(|word| matches!(name_of(&word), "go" | "make") || word.starts_with("go ") || word.ends_with(".sh"))
}

/// Files whose names say that they may name a Go version.
pub(crate) fn names_go_version(name: &str) -> bool {
    matches!(name, ".go-version" | ".tool-versions" | "mise.toml" | ".mise.toml" | "devcontainer.json" | ".devcontainer.json")
        || is_dockerfile(name)
        || is_linter(name)
}

fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn is_linter(name: &str) -> bool {
    matches!(name, ".golangci.yml" | ".golangci.yaml")
}

/// `run.go` of golangci-lint's configuration: <https://golangci-lint.run/docs/configuration/file/#run-configuration>.
fn linter_version(text: &Arc<Text>) -> Option<(String, Span)> {
    let document = yaml::parse(text, Limits::default()).ok()?;
    let node = document.root.get("run")?.get("go")?;
    Some((node.scalar()?.content.to_string(), node.span))
}

fn is_dockerfile(name: &str) -> bool {
    matches!(name, "Dockerfile" | "Containerfile") || name.starts_with("Dockerfile.") || name.ends_with(".Dockerfile")
}

/// The Go in an official image: `golang:1.22.3-alpine`, from whatever registry. `golang:1.22` is the newest release of 1.22.
fn image_version(image: &str) -> Option<VersionRange> {
    let image = image.split('@').next().unwrap_or(image);
    let (name, tag) = image.rsplit_once(':')?;
    let is_official = name.rsplit('/').next() == Some("golang");
    is_official.then(|| range(tag.split('-').next().unwrap_or(tag))).flatten()
}

/// `1.22.3` is that release, `1.22` any of 1.22.
fn range(version: &str) -> Option<VersionRange> {
    let version = GoVersion::parse(version.trim_start_matches('v'))?;
    Some(if version.rest == Rest::Language { VersionRange::minor(version.minor) } else { VersionRange::exact(version) })
}

/// Whether the only go commands of a stage install tools at a version, which need not be built by the module's Go.
fn only_installs_tools(words: &[String]) -> bool {
    let mut commands = words.windows(3).filter_map(|window| match window {
        [go, subcommand, argument] if go == "go" => Some((subcommand.as_str(), argument.as_str())),
        _ => None,
    });
    let installs = |(subcommand, argument): (&str, &str)| matches!(subcommand, "install" | "get") && argument.contains('@');
    commands.next().is_some_and(installs) && commands.all(installs)
}

fn list(mut stated: Vec<Stated>) -> Value {
    stated.sort_by(|one, other| one.location.cmp(&other.location));
    stated.dedup();
    let item = |stated: Stated| {
        let text = format!("{} (Go {})", stated.location.path(), stated.version);
        Value::text(text, Origin::at(OriginKind::Document, stated.location))
    };
    Value::list(stated.into_iter().map(item).collect(), Origin::of(OriginKind::Computed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_those_of_official_images() {
        for (image, expected) in [
            ("golang:1.22", Some("1.22.x")),
            ("golang:1.22.3-alpine3.19@sha256:abc", Some("1.22.3")),
            ("docker.io/library/golang:1.23rc1", Some("1.23rc1")),
            ("registry.example.com:5000/golang:1.22", Some("1.22.x")),
            ("golang", None),
            ("golang:1-alpine", None),
            ("golang:latest", None),
            ("golang:$VERSION", None),
            ("tinygo/golang-tools:1.22", None),
        ] {
            assert_eq!(image_version(image).map(|range| range.to_string()).as_deref(), expected, "{image}");
        }
    }

    #[test]
    fn a_stage_that_only_installs_tools_may_have_any_go() {
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert!(only_installs_tools(&words("RUN go install a.com/b@v1 && go install a.com/c@latest")));
        assert!(!only_installs_tools(&words("RUN go install a.com/b@v1 && go build .")));
        assert!(!only_installs_tools(&words("COPY . .")));
    }

    #[test]
    fn words_tell_that_the_context_is_the_root_of_a_module() {
        let root = |text: &str| names_root(&text.split(' ').map(str::to_owned).collect::<Vec<_>>(), "sample/src");
        for text in
            ["COPY go.mod ./", "RUN go mod download", "RUN go build -o /x ./cmd/x", "RUN cd x && go test ./...", "COPY ./sample/src ."]
        {
            assert!(root(text), "{text}");
        }
        for text in
            ["COPY . . RUN go build -o x main.go", "RUN go build -o ./bin/x .", "RUN go mod init x", "RUN go build ; ./x", "COPY samples ."]
        {
            assert!(!root(text), "{text}");
        }
    }

    #[test]
    fn a_stage_may_run_go_by_itself_or_through_something_else() {
        let runs = |text: &str| may_run_go(&text.split(' ').map(str::to_owned).collect::<Vec<_>>());
        for text in ["RUN go build .", "CMD [\"go\", \"run\", \".\"]", "RUN make", "RUN ./build.sh", "RUN /usr/local/go/bin/go vet"] {
            assert!(runs(text), "{text}");
        }
        for text in ["COPY server /server ENTRYPOINT [\"/server\"]", "COPY --from=build /go/bin/x /x"] {
            assert!(!runs(text), "{text}");
        }
    }
}

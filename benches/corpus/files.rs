//! The files to measure with.

use std::fs;
use std::path::{Path, PathBuf};

use crate::tool::Tool;

/// A directory of projects, one folder each.
pub(crate) struct Corpus {
    pub(crate) root: PathBuf,
    pub(crate) source: &'static str,
    pub(crate) workflows: Files,
}

/// Paths relative to the corpus, sorted.
pub(crate) struct Files {
    pub(crate) paths: Vec<String>,
}

impl Corpus {
    /// The corpus beside the repository, or a generated one.
    pub(crate) fn find() -> Self {
        let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
        let (root, source) = match shared.canonicalize() {
            Ok(root) => (root, "files of public projects"),
            Err(_) => (generate(), "generated: ../shared/corpus is absent"),
        };
        let mut paths: Vec<String> = entries(&root).iter().flat_map(|project| workflows(project, &root)).collect();
        paths.sort();
        assert!(!paths.is_empty(), "no workflows below {}", root.display());
        Self { root, source, workflows: Files { paths } }
    }
}

impl Files {
    /// Leaves out the files over which a tool gives up the whole run, so that all tools do the same work.
    pub(crate) fn retain_loadable_by(&mut self, tool: &Tool, root: &Path) {
        while let Some(path) = self.first_obstacle(tool, root) {
            println!("left out for all: {path}: {} stops there", tool.name);
            self.paths.retain(|other| *other != path);
        }
    }

    /// The first file that the tool names when it stops, if it stops.
    fn first_obstacle(&self, tool: &Tool, root: &Path) -> Option<String> {
        let output = tool.command(&self.paths, root).output().unwrap();
        if tool.did_its_work(output.status) {
            return None;
        }
        let said = String::from_utf8_lossy(&output.stderr);
        let named = self.paths.iter().find(|path| said.contains(path.as_str()));
        Some(named.unwrap_or_else(|| panic!("{}: {}: {said}", tool.name, output.status)).clone())
    }

    pub(crate) fn bytes(&self, root: &Path) -> u64 {
        self.paths.iter().map(|path| size(root, path)).sum()
    }

    /// The file of median size.
    pub(crate) fn middling(&self, root: &Path) -> String {
        let mut by_size: Vec<&String> = self.paths.iter().collect();
        by_size.sort_by_key(|path| size(root, path));
        by_size.get(by_size.len() / 2).map(ToString::to_string).unwrap()
    }
}

fn size(root: &Path, path: &str) -> u64 {
    fs::metadata(root.join(path)).map_or(0, |file| file.len())
}

fn workflows(project: &Path, root: &Path) -> Vec<String> {
    let files = entries(&project.join(".github/workflows")).into_iter();
    let yaml = files.filter(|path| path.is_file() && path.extension().is_some_and(|extension| extension == "yml" || extension == "yaml"));
    yaml.map(|path| path.strip_prefix(root).unwrap().to_str().unwrap().to_owned()).collect()
}

fn entries(directory: &Path) -> Vec<PathBuf> {
    fs::read_dir(directory).map_or_else(|_| Vec::new(), |entries| entries.map(|entry| entry.unwrap().path()).collect())
}

/// As many projects and workflows as the real corpus has, of about the same length.
fn generate() -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("generated-corpus");
    for project in 0..77 {
        let directory = root.join(format!("project-{project}"));
        fs::create_dir_all(directory.join(".github/workflows")).unwrap();
        fs::write(directory.join("go.mod"), "module example.com/generated\n\ngo 1.24.0\n").unwrap();
        for number in 0..10 {
            fs::write(directory.join(format!(".github/workflows/w{number}.yml")), workflow(number)).unwrap();
        }
    }
    root
}

/// How many files [`go_tree`] has.
pub(crate) const GO_FILES: usize = 20_000;

/// A repository of .go files of 8 KiB each, of which every fifth has a constraint.
pub(crate) fn go_tree() -> PathBuf {
    const CONDITIONS: &[&str] = &["linux", "!windows", "linux && amd64", "integration", "(darwin || freebsd) && cgo", "!race"];
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("go-tree");
    let licence = "// Licensed under the Apache License, Version 2.0.\n".repeat(10);
    let body = "func f() { println(\"what a file holds is not read\") }\n\n".repeat(140);
    for number in 0..GO_FILES {
        let directory = root.join(format!("pkg{}/p{}", number / 1000, number / 20));
        fs::create_dir_all(&directory).unwrap();
        let condition = CONDITIONS.get(number / 5 % CONDITIONS.len()).filter(|_| number % 5 == 0);
        let constraint = condition.map(|condition| format!("//go:build {condition}\n\n")).unwrap_or_default();
        fs::write(directory.join(format!("f{number}.go")), format!("{licence}\n{constraint}package p\n\n{body}")).unwrap();
    }
    fs::write(root.join("go.mod"), "module example.com/generated\n\ngo 1.24.0\n").unwrap();
    root
}

fn workflow(number: usize) -> String {
    let jobs: String = (0..=number % 4).map(job).collect();
    format!("name: Workflow {number}\non:\n  push:\n    branches: [main]\n  pull_request:\nenv:\n  GOFLAGS: -mod=readonly\njobs:\n{jobs}")
}

fn job(number: usize) -> String {
    format!(
        r#"  job{number}:
    runs-on: ${{{{ matrix.os }}}}
    strategy:
      matrix:
        os: [ubuntu-latest, macos-latest, windows-latest]
        go: ["1.25", "1.26", "1.27"]
    env:
      CGO_ENABLED: "{}"
    steps:
      - uses: actions/checkout@v5
      - uses: actions/setup-go@v6
        with:
          go-version: ${{{{ matrix.go }}}}
      - name: Settings
        shell: bash
        run: |
          echo "GOPRIVATE=example.com/team" >> "$GITHUB_ENV"
          if [ "$RUNNER_OS" = Linux ]; then
            echo "GOAMD64=v2" >> "$GITHUB_ENV"
          fi
      - name: Build
        run: go build -trimpath ./...
      - name: Test
        if: github.event_name != 'schedule'
        run: go test -race -timeout 20m -coverprofile=coverage.out ./...
      - uses: actions/upload-artifact@v4
        with:
          name: coverage-${{{{ matrix.os }}}}-${{{{ matrix.go }}}}
          path: coverage.out
"#,
        number % 2
    )
}

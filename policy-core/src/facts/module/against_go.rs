//! The same content as `go mod edit -json` and `go work edit -json` print, for every module file of the corpus; and the same
//! directives as each release knows.

#![expect(clippy::disallowed_methods, reason = "a test that runs the real command")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use rayon::prelude::*;
use serde_json::{Value as Json, json};

use crate::facts::go::installed::{Toolchain, toolchains};
use crate::syntax::go_mod::{DIRECTIVES, Dialect};
use crate::world::MemoryWorld;

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/corpus");

fn files(directory: &Path, name: &str, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(directory).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, name, found);
        } else if path.file_name().is_some_and(|file| file == name) {
            found.push(path);
        }
    }
}

/// A directory for files of one test.
fn scratch(test: &str) -> PathBuf {
    let directory = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../target/tmp")).join(test);
    std::fs::create_dir_all(&directory).unwrap();
    directory
}

fn edit(toolchain: &Toolchain, kind: &str, file: &Path) -> Output {
    let mut command = Command::new(&toolchain.go);
    command.args([kind, "edit", "-json"]).arg(file).env("GOTOOLCHAIN", "local").env("GOFLAGS", "").env("GOWORK", "off");
    command.output().unwrap()
}

/// What gopolicy says of a file.
fn facts(name: &str, content: &[u8]) -> Json {
    let world = MemoryWorld::new().with_file(name, content);
    let report = crate::list_facts(&world, &[name.to_owned()]);
    serde_json::to_value(&report).unwrap()["subjects"][0]["fields"].clone()
}

fn list(printed: &Json, name: &str, item: impl Fn(&Json) -> Json) -> Json {
    printed[name].as_array().into_iter().flatten().map(item).collect()
}

fn module(version: &Json) -> Json {
    json!({"path": version["Path"], "version": version["Version"]})
}

fn replacement(printed: &Json) -> Json {
    let (old, new) = (&printed["Old"], &printed["New"]);
    json!({"old-path": old["Path"], "old-version": old["Version"], "new-path": new["Path"], "new-version": new["Version"]})
}

fn setting(printed: &Json) -> Json {
    json!({"key": printed["Key"], "value": printed["Value"]})
}

/// What `go mod edit -json` prints, in the words of gopolicy.
fn of_mod(printed: &Json) -> Json {
    let require =
        |one: &Json| json!({"path": one["Path"], "version": one["Version"], "indirect": one["Indirect"].as_bool().unwrap_or_default()});
    let retract = |one: &Json| {
        let rationale = one["Rationale"].as_str().unwrap_or_default();
        json!({"low": one["Low"], "high": one["High"], "rationale": rationale})
    };
    // The JSON has no way to say that there is no `module` line.
    let path = Some(&printed["Module"]["Path"]).filter(|path| **path != "");
    json!({
        "module": path,
        "deprecated": printed["Module"]["Deprecated"],
        "go": printed["Go"],
        "toolchain": printed["Toolchain"],
        "require": list(printed, "Require", require),
        "exclude": list(printed, "Exclude", module),
        "replace": list(printed, "Replace", replacement),
        "retract": list(printed, "Retract", retract),
        "tool": list(printed, "Tool", |one| one["Path"].clone()),
        "ignore": list(printed, "Ignore", |one| one["Path"].clone()),
        "godebug": list(printed, "GoDebug", setting),
    })
}

/// What `go work edit -json` prints, in the words of gopolicy.
fn of_work(printed: &Json) -> Json {
    json!({
        "go": printed["Go"],
        "toolchain": printed["Toolchain"],
        "use": list(printed, "Use", |one| one["DiskPath"].clone()),
        "replace": list(printed, "Replace", replacement),
        "godebug": list(printed, "Godebug", setting),
    })
}

/// The fields in which both differ.
fn differences(expected: &Json, found: &Json) -> Vec<String> {
    let fields = expected.as_object().unwrap().iter();
    fields.filter(|(name, value)| found[*name] != **value).map(|(name, value)| format!("{name}: {} for {value}", found[name])).collect()
}

fn newest() -> Option<Toolchain> {
    toolchains().into_iter().max_by_key(|toolchain| toolchain.version).filter(|toolchain| toolchain.version.minor >= 25)
}

#[test]
fn the_corpus_reads_as_go_reads_it() {
    let Some(newest) = newest() else { return };
    for (name, kind, convert) in [("go.mod", "mod", of_mod as fn(&Json) -> Json), ("go.work", "work", of_work)] {
        let mut paths = Vec::new();
        files(Path::new(CORPUS), name, &mut paths);
        if paths.is_empty() {
            println!("skipped: no corpus");
        }
        let wrong: Vec<String> = paths.par_iter().filter_map(|path| difference(&newest, kind, name, path, convert)).collect();
        assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), paths.len(), wrong.join("\n"));
        println!("{} files named {name}: no difference", paths.len());
    }
}

/// Where Go refuses a file, gopolicy finds problems too.
fn difference(newest: &Toolchain, kind: &str, name: &str, path: &Path, convert: fn(&Json) -> Json) -> Option<String> {
    let output = edit(newest, kind, path);
    let content = std::fs::read(path).unwrap();
    if !output.status.success() {
        let world = MemoryWorld::new().with_file(name, content);
        let policies = crate::policy::PolicySet::builder().load(&[], &world).unwrap();
        let refused = !crate::lint(&world, &policies, &[name.to_owned()]).findings.is_empty();
        return (!refused).then(|| format!("{}: {}", path.display(), String::from_utf8_lossy(&output.stderr)));
    }
    let printed: Json = serde_json::from_slice(&output.stdout).unwrap();
    let found = differences(&convert(&printed), &facts(name, &content));
    (!found.is_empty()).then(|| format!("{}: {}", path.display(), found.join("; ")))
}

#[test]
fn files_with_everything_in_them_read_as_go_reads_them() {
    let Some(newest) = newest() else { return };
    let directory = scratch("module-files");
    for (index, content) in [
        "module \"example.com/m\" // Deprecated: use x.\ngo 1.22rc1\ntoolchain default\n",
        "// Deprecated: one.\n//\n// More.\nmodule example.com/m\r\n\r\ngo 1.21.0\r\nignore (\n\t./a\n\t\"b c\"\n)\ntool example.com/t\n",
        "module (\n\texample.com/m\n)\nrequire (\n\ta.com/b v1 //indirect\n\tc.com/d v1.2 // indirect; x\n\te.com/f v1.2.3+meta // indirect x\n)\n",
        "module m\n// Above.\nretract (\n\tv1.0.0\n\n\tv1.1.0\n\t// Own.\n\t[v1.2.0, v1.3] // Behind.\n)\nretract [v1.4.0,v1.5.0] // One.\n",
        "module m\nreplace a.com/b v1.0.0=>../b\nreplace a.com/b v1.0.0 => ../b\nreplace (\n\tc.com/d => \"../d e\"\n\tf.com/g => h.com/i v2.0.0+incompatible\n)\n",
        "module m\ngodebug (\n\tdefault=go1.21\n\tpanicnil=1\n)\ngodebug http2client=0\nexclude a.com/b v1.0.0\nexclude ()\n",
        "module m\nrequire gopkg.in/yaml.v3 v3.0.1\nrequire gopkg.in/check.v1 v0.0.0-20161208181325-20d25e280405\nrequire a.com/b/v2 v2.0.0\n",
        "module m\ngo 1.22 // x\n)\n",
        "module m\nrequire a.com/b v2.0.0\n",
        "module m\nrequire (\na.com/b v1.0.0\n",
        "module m\nrequire a.com/b/v1 v1.0.0\n",
        "module m\nretract [v1.0.0, v1.1.0\n",
        "module m\nretract v1.0.0 v1.1.0\n",
        "module m\ngodebug a\n",
        "module m\n/* x */\n",
        "\u{feff}module m\n",
        "module `m`\n",
        "module m\nreplace a.com/b => ./c v1.0.0\n",
        "module m n\n",
        "module m\ngo 1.21 (\n)\n",
    ]
    .iter()
    .enumerate()
    {
        let path = directory.join(format!("{index}.mod"));
        std::fs::write(&path, content).unwrap();
        assert_eq!(difference(&newest, "mod", "go.mod", &path, of_mod), None, "{content}");
    }
}

/// The one table of differences between releases is true.
#[test]
fn each_release_knows_the_directives_of_the_table() {
    let directory = scratch("directives-by-release");
    let arguments =
        [("module", ""), ("go", "1.18"), ("toolchain", "go1.21.0"), ("godebug", "a=b"), ("replace", "a.com/b => ./c"), ("use", "./a")];
    let retract =
        [("retract", "v1.0.0"), ("tool", "a.com/b"), ("ignore", "./a"), ("require", "a.com/b v1.0.0"), ("exclude", "a.com/b v1.0.0")];
    let argument = |name: &str| arguments.iter().chain(&retract).find(|(verb, _)| *verb == name).unwrap().1;
    for toolchain in toolchains() {
        for directive in DIRECTIVES.iter().filter(|directive| directive.name != "module") {
            for (dialect, kind, first) in [(Dialect::Mod, "mod", "module m\n"), (Dialect::Work, "work", "")] {
                let path = directory.join(kind);
                std::fs::write(&path, format!("{first}{} {}\n", directive.name, argument(directive.name))).unwrap();
                let known = directive.since(dialect).is_some_and(|since| since <= toolchain.version.minor);
                let output = edit(&toolchain, kind, &path);
                assert_eq!(output.status.success(), known, "{} in {kind} of {}: {output:?}", directive.name, toolchain.version);
            }
        }
    }
}

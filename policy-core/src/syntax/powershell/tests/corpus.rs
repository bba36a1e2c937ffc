//! The scripts of real projects.

use super::properties::check;
use crate::syntax::shell::{HOLE_END, HOLE_START};
use crate::syntax::yaml::{self, Limits, Node};
use crate::syntax::{cmd, powershell};
use crate::text::Text;
use crate::world::{Listed, OsWorld, World};

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/corpus");

/// Every `run:` with the shell it names, or `pwsh` if the job names a Windows runner.
fn scripts(node: &Node, windows: bool, found: &mut Vec<(String, String)>) {
    let named = node.get("runs-on").and_then(Node::as_str).map(|label| label.starts_with("windows"));
    let windows = named.unwrap_or(windows);
    if let Some(run) = node.get("run").and_then(Node::as_str) {
        let shell = node.get("shell").and_then(Node::as_str).unwrap_or(if windows { "pwsh" } else { "bash" });
        found.push((shell.to_owned(), with_holes(run)));
    }
    node.items().iter().for_each(|item| scripts(item, windows, found));
    node.entries().iter().for_each(|entry| scripts(&entry.value, windows, found));
}

fn with_holes(run: &str) -> String {
    let mut pieces = run.split("${{");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |text, piece| format!("{text}{HOLE_START}0{HOLE_END}{}", piece.split_once("}}").map_or("", |(_, rest)| rest)))
}

#[test]
fn scripts_of_real_projects_are_understood() {
    let world = OsWorld::at(CORPUS);
    let is_workflow = |path: &str| (path.ends_with(".yml") || path.ends_with(".yaml")) && path.contains("/.github/");
    let mut found = Vec::new();
    for entry in world.list("", &is_workflow) {
        let Listed::File(path) = entry else { continue };
        let text = Text::file(&path, String::from_utf8(world.read(&path, 1 << 20).unwrap()).unwrap());
        if let Ok(document) = yaml::parse(&text, Limits::default()) {
            scripts(&document.root, false, &mut found);
        }
    }
    if found.is_empty() {
        println!("skipped: shared data absent");
        return;
    }
    found.iter().for_each(|(_, script)| check(script));
    let (mut statements, mut unknown) = (0, Vec::new());
    for (_, script) in found.iter().filter(|(shell, _)| shell == "pwsh" || shell == "powershell") {
        let parsed = powershell::parse(script);
        statements += parsed.block.len();
        unknown.extend(parsed.unknown.iter().map(|span| script.get(span.range()).unwrap().to_owned()));
    }
    let commands: usize = found.iter().filter(|(shell, _)| shell == "cmd").map(|(_, script)| cmd::parse(script).len()).sum();
    println!("{} scripts; {statements} PowerShell statements, not understood {unknown:#?}; {commands} cmd lines", found.len());
    assert!(unknown.len() * 50 <= statements, "{unknown:?}");
}

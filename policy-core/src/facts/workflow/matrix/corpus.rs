//! The workflows of real projects, which GitHub accepts.

use std::sync::Arc;

use super::MatrixSpec;
use crate::facts::expression::{Contexts, Partial};
use crate::facts::value::Reason;
use crate::syntax::expression::{Scope, Template};
use crate::syntax::yaml::{self, Limits, Node, Typed};
use crate::text::Text;
use crate::world::{Listed, OsWorld, World};

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/corpus");

/// Nothing is known.
struct Nothing;

impl Contexts for Nothing {
    fn get(&self, name: &str) -> Option<Partial> {
        Some(Partial::unknown(Reason::new(name)))
    }
}

fn workflows() -> Vec<Arc<Text>> {
    let world = OsWorld::at(CORPUS);
    let is_workflow = |path: &str| (path.ends_with(".yml") || path.ends_with(".yaml")) && path.contains("/.github/");
    let listed = world.list("", &is_workflow).into_iter();
    let paths = listed.filter_map(|entry| if let Listed::File(path) = entry { Some(path) } else { None });
    paths.map(|path| Text::file(&path, String::from_utf8(world.read(&path, 1 << 20).unwrap()).unwrap())).collect()
}

/// Calls `visit` with each expression-bearing text below a node.
fn each_text(node: &Node, visit: &mut dyn FnMut(&str)) {
    if node.typed() == Some(Typed::String) {
        visit(node.as_str().unwrap());
    }
    node.items().iter().for_each(|item| each_text(item, visit));
    for entry in node.entries() {
        each_text(&entry.key, visit);
        each_text(&entry.value, visit);
    }
}

#[test]
fn expressions_evaluate_and_matrices_expand() {
    let texts = workflows();
    if texts.is_empty() {
        println!("skipped: shared data absent");
        return;
    }
    let (mut problems, mut pieces_seen, mut legs, mut undecided) = (Vec::new(), 0, 0, 0);
    for text in &texts {
        let Ok(document) = yaml::parse(text, Limits::default()) else { continue };
        each_text(&document.root, &mut |source| match Template::parse(source, Scope::ANY) {
            Ok(template) => {
                let pieces = template.pieces(&Nothing);
                pieces_seen += pieces.len();
                problems.extend(pieces.into_iter().filter_map(|piece| piece.value.err()).map(|error| format!("{}: {error}", text.path())));
            }
            Err(error) => problems.push(format!("{}: {error}", text.path())),
        });
        for job in document.root.get("jobs").map(Node::entries).unwrap_or_default() {
            let Some(matrix) = job.value.get("strategy").and_then(|strategy| strategy.get("matrix")) else { continue };
            let expanded = MatrixSpec::from_node(text, matrix, &Nothing).expand();
            legs += expanded.legs.len();
            undecided += usize::from(expanded.unknown.is_some());
            problems.extend(expanded.errors.iter().map(|error| format!("{:?}: {error}", error.location)));
        }
    }
    println!("{} files, {pieces_seen} pieces, {legs} legs, {undecided} matrices not decided", texts.len());
    assert_eq!(problems, Vec::<String>::new());
}

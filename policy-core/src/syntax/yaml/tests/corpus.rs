use super::*;
use crate::world::{Listed, OsWorld, World};

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/corpus");

fn workflows(world: &OsWorld) -> Vec<String> {
    let is_yaml = |path: &str| path.ends_with(".yml") || path.ends_with(".yaml");
    let listed = world.list("", &|path| is_yaml(path) && path.contains("/.github/"));
    listed.into_iter().filter_map(|entry| if let Listed::File(path) = entry { Some(path) } else { None }).collect()
}

#[test]
fn workflows_of_real_projects_parse_and_every_scalar_is_located() {
    let world = OsWorld::at(CORPUS);
    let files = workflows(&world);
    if files.is_empty() {
        println!("skipped: shared data absent");
        return;
    }
    let mut refused = Vec::new();
    for path in &files {
        let content = String::from_utf8(world.read(path, 1 << 20).unwrap()).unwrap();
        let text = Text::file(path, content);
        match parse(&text, Limits::default()) {
            Ok(document) => check_spans(&document),
            Err(error) => refused.push(format!("{path}:{:?}: {error}", text.line_column(error.span.start))),
        }
    }
    assert_eq!(refused, Vec::<String>::new(), "of {} files", files.len());
}

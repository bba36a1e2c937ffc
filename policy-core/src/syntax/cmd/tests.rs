//! Trees of cmd scripts; what holds for any text is tested with PowerShell's.

use super::{Connector, Kind, parse};

#[test]
fn lines_are_told_apart() {
    let nodes = parse("@echo off\nif \"%A%\"==\"b\" (\n  go a ^\n  b\n) else go c\n\ngo d && go e | f & rem x & y");
    let kinds: Vec<&Kind> = nodes.iter().map(|node| &node.kind).collect();
    let [Kind::Command(_), Kind::If(then, Some(_)), Kind::Chain(_, rest)] = kinds.as_slice() else { panic!("{kinds:#?}") };
    let Kind::Block(inside, _) = &then.kind else { panic!("{then:#?}") };
    let [Kind::Command(command)] = inside.iter().map(|node| &node.kind).collect::<Vec<_>>()[..] else { panic!("{inside:#?}") };
    assert_eq!(command.words.len(), 3);
    assert_eq!(rest.iter().map(|(connector, _)| *connector).collect::<Vec<_>>(), [Connector::And, Connector::Pipe, Connector::Then]);
    assert!(matches!(rest[2].1.kind, Kind::Nothing));
}

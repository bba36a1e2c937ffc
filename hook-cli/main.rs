//! The `gopolicy` command.

fn main() {}

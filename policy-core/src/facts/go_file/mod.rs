//! .go files, as far as their names and heads tell where they are built.

mod file;
mod read;
mod route;
mod subject;

pub(crate) use file::GoFile;
pub(crate) use read::{is_go_file, read};
pub(crate) use subject::GoFileSubject;

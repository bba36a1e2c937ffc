//! .go files, as far as their names and heads tell where they are built.

mod coverage;
mod file;
mod read;
mod route;
mod subject;
#[cfg(test)]
mod tests;

pub(crate) use coverage::{Build, Coverage, Work};
pub(crate) use file::GoFile;
pub(crate) use read::read;
pub(crate) use subject::{BUILD_FIELDS, GoFileSubject};

use std::sync::Arc;

use crate::facts::go::build_tags::file_name::FileName;
use crate::facts::project::directory_of;
use crate::syntax::build_constraint::{ConstraintLine, Expression, Header, Notation, Placement};
use crate::text::{Location, Span, Text};

/// A .go file with something to say about where it is built.
#[derive(Debug)]
pub(crate) struct GoFile {
    /// The file's head.
    pub(crate) text: Arc<Text>,
    pub(crate) header: Header,
    pub(crate) name: FileName,
}

impl GoFile {
    pub(super) fn new(text: Arc<Text>, header: Header, name: FileName) -> Self {
        Self { text, header, name }
    }

    /// The directory that it is in.
    pub(crate) fn directory(&self) -> &str {
        directory_of(self.text.path())
    }

    /// The `//go:build` line, if Go reads one.
    pub(crate) fn go_build(&self) -> Option<&ConstraintLine> {
        self.lines(Notation::GoBuild, Placement::Read).next()
    }

    /// The `// +build` lines that stand where Go looks for them.
    pub(crate) fn plus_build(&self) -> impl Iterator<Item = &ConstraintLine> {
        self.lines(Notation::PlusBuild, Placement::Read)
    }

    fn lines(&self, notation: Notation, placement: Placement) -> impl Iterator<Item = &ConstraintLine> {
        self.header.lines.iter().filter(move |line| line.notation == notation && line.placement == placement)
    }

    /// The line that decides where the file is built: `//go:build` if there is one, whatever else there is.
    pub(crate) fn deciding(&self) -> Option<&ConstraintLine> {
        self.go_build().or_else(|| self.plus_build().next())
    }

    /// Why Go refuses the file, in its own words, and the characters that are to blame.
    pub(crate) fn error(&self) -> Option<(String, Span)> {
        if let Some(second) = self.lines(Notation::GoBuild, Placement::Repeated).next() {
            return Some((String::from("multiple //go:build comments"), second.span));
        }
        let error = self.go_build()?.condition.as_ref().err()?;
        Some((format!("parsing //go:build line: {}", error.kind), error.span))
    }

    /// The condition of its constraints; `None` if it has none, or Go refuses it (`shouldBuild`).
    pub(crate) fn condition(&self) -> Option<Expression> {
        if self.error().is_some() {
            return None;
        }
        match self.go_build() {
            Some(line) => line.condition.clone().ok(),
            None => self.plus_build_condition(),
        }
    }

    /// What all `// +build` lines ask for together; Go passes over those that it cannot read.
    pub(crate) fn plus_build_condition(&self) -> Option<Expression> {
        let conditions: Vec<Expression> = self.plus_build().filter_map(|line| line.condition.clone().ok()).collect();
        (!conditions.is_empty()).then(|| Expression::all(conditions))
    }

    /// The condition of its constraints and its name together.
    pub(crate) fn whole_condition(&self) -> Option<Expression> {
        let parts: Vec<Expression> = self.condition().into_iter().chain(self.name.constraint.clone()).collect();
        (!parts.is_empty()).then(|| Expression::all(parts))
    }

    /// The deciding line, else the package clause, else the start.
    pub(crate) fn location(&self) -> Location {
        let span = self.deciding().map(|line| line.span).or(self.header.package).unwrap_or_default();
        Location::new(&self.text, span)
    }
}

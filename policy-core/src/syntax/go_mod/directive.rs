//! The directives, and which release of Go knows which: the one table of differences between releases.

/// Which of the two files is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// go.mod
    Mod,
    /// go.work
    Work,
}

/// A directive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Directive {
    /// The verb.
    pub(crate) name: &'static str,
    /// The first minor release that knows it in go.mod; 0 if all that know modules do, `None` if none does.
    pub(crate) since: Option<u32>,
    /// The same for go.work, which came with Go 1.18.
    pub(crate) since_in_work: Option<u32>,
    /// Whether it may be factored into a block `verb ( … )`.
    pub(crate) block: bool,
}

/// Every directive. Sources: `modfile/rule.go` and `modfile/work.go` as vendored by the releases 1.16 to 1.27.
pub(crate) const DIRECTIVES: &[Directive] = &[
    Directive { name: "exclude", since: Some(0), since_in_work: None, block: true },
    Directive { name: "go", since: Some(0), since_in_work: Some(18), block: false },
    Directive { name: "godebug", since: Some(23), since_in_work: Some(23), block: true },
    Directive { name: "ignore", since: Some(25), since_in_work: None, block: true },
    Directive { name: "module", since: Some(0), since_in_work: None, block: true },
    Directive { name: "replace", since: Some(0), since_in_work: Some(18), block: true },
    Directive { name: "require", since: Some(0), since_in_work: None, block: true },
    Directive { name: "retract", since: Some(16), since_in_work: None, block: true },
    Directive { name: "tool", since: Some(24), since_in_work: None, block: true },
    Directive { name: "toolchain", since: Some(21), since_in_work: Some(21), block: false },
    Directive { name: "use", since: None, since_in_work: Some(18), block: true },
];

impl Directive {
    /// The directive of that name, if the newest Go knows it there.
    pub(crate) fn find(name: &str, dialect: Dialect) -> Option<&'static Self> {
        DIRECTIVES.iter().find(|directive| directive.name == name && directive.since(dialect).is_some())
    }

    /// The first minor release of Go 1 that knows it there.
    pub(crate) fn since(&self, dialect: Dialect) -> Option<u32> {
        match dialect {
            Dialect::Mod => self.since,
            Dialect::Work => self.since_in_work,
        }
    }
}

//! The subject `go-file`: its fields, worked out when asked for.

use std::sync::{Arc, LazyLock};

use super::GoFile;
use super::coverage::Coverage;
use crate::facts::go::build_tags::platform::{self, Platforms};
use crate::facts::go::build_tags::satisfy::{self, Builds};
use crate::facts::go::build_tags::{TagKind, kind, pair, release};
use crate::facts::go::ports;
use crate::facts::project::Project;
use crate::facts::schema::Kind;
use crate::facts::subject::{FieldName, Place, Subject};
use crate::facts::value::{Datum, Origin, OriginKind, Reason, Value};
use crate::facts::version::{GoVersion, Rest, VersionRange};
use crate::syntax::build_constraint::{ConstraintLine, Expression, Notation, Placement, Tag, is_tag_character};
use crate::text::{Location, Span};

/// Go refuses to build a module whose `go` line asks for a newer release; older releases than this try it all the same.
const FIRST_STRICT_RELEASE: u32 = 21;

static CONCEIVABLE: LazyLock<Platforms> = LazyLock::new(|| Platforms::new(platform::conceivable()));
static PORTED: LazyLock<Platforms> = LazyLock::new(|| Platforms::new(platform::ported()));

/// Fields that tell what the workflows of the repository build.
pub(crate) static BUILD_FIELDS: &[&str] = &["compiled-in-ci", "tags-never-set"];

/// A file of a repository, as rules see it.
pub(crate) struct GoFileSubject<'a> {
    file: &'a GoFile,
    project: &'a Project<'a>,
    coverage: Option<&'a Coverage>,
    location: Location,
}

impl<'a> GoFileSubject<'a> {
    pub(crate) fn new(file: &'a GoFile, project: &'a Project<'a>, coverage: Option<&'a Coverage>) -> Self {
        Self { file, project, coverage, location: file.location() }
    }

    fn at(&self, span: Span) -> Arc<Origin> {
        Origin::at(OriginKind::Document, Location::new(&self.file.text, span))
    }

    /// Where its constraint stands.
    fn here(&self) -> Arc<Origin> {
        Origin::at(OriginKind::Document, self.location.clone())
    }

    fn flag(&self, flag: Option<bool>) -> Value {
        match flag {
            Some(flag) => Value::known(Datum::Flag(flag), self.here()),
            None => Value::unknown(Reason::new("a condition that is too hard to solve")),
        }
    }

    fn text(&self, text: Option<impl Into<Arc<str>>>) -> Value {
        text.map_or_else(|| Value::unset(self.here()), |text| Value::text(text, self.here()))
    }

    /// Each tag of the lines that Go reads once, where it first stands.
    fn tags(&self) -> Vec<&Tag> {
        let lines = self.file.go_build().into_iter().chain(self.file.plus_build().filter(|_| self.file.go_build().is_none()));
        let mut tags: Vec<&Tag> = Vec::new();
        for tag in lines.filter_map(|line| line.condition.as_ref().ok()).flat_map(Expression::tags) {
            if !tags.iter().any(|known| known.name == tag.name) {
                tags.push(tag);
            }
        }
        tags
    }

    fn tag_list(&self, wanted: impl Fn(&str) -> bool) -> Value {
        let tags = self.tags().into_iter().filter(|tag| wanted(&tag.name));
        Value::list(tags.map(|tag| Value::text(&*tag.name, self.at(tag.span))).collect(), self.here())
    }

    /// Tags that were probably meant as another one.
    fn mistaken(&self, meant: impl Fn(&str) -> Option<String>) -> Value {
        let record = |tag: &Tag| {
            let suggestion = meant(&tag.name)?;
            let parts = [("suggestion", Value::text(suggestion, self.at(tag.span))), ("tag", Value::text(&*tag.name, self.at(tag.span)))];
            Some(Value::known(Datum::Record(Arc::new(parts.into())), self.at(tag.span)))
        };
        Value::list(self.tags().into_iter().filter_map(record).collect(), self.here())
    }

    fn module(&self) -> Option<(GoVersion, Location)> {
        let root = self.project.root();
        let directory = self.file.directory();
        let modules = self.project.modules(directory.strip_prefix(root.trim_end_matches('/')).unwrap_or(directory));
        modules.go_mod.as_ref().and_then(|file| file.go())
    }

    /// The minor release that every Go has at least that builds the module: older ones refuse it.
    fn oldest(&self) -> Option<u32> {
        self.module().map(|(version, _)| version.minor).filter(|minor| *minor >= FIRST_STRICT_RELEASE)
    }

    fn module_go(&self) -> Value {
        match self.module() {
            Some((version, location)) => {
                Value::known(Datum::Version(VersionRange::exact(version)), Origin::at(OriginKind::Module, location))
            }
            None => Value::unset_by(OriginKind::Module),
        }
    }

    /// Release tags that every Go sets which builds the module.
    fn old_release_tags(&self) -> Value {
        let oldest = self.oldest().unwrap_or_default();
        self.tag_list(|tag| release::parse(tag).is_some_and(|minor| minor <= oldest))
    }

    /// The version of the language that the file is compiled as, if its constraint lowers it.
    fn language(&self) -> Value {
        let lowered = self.oldest().and_then(|module| {
            let condition = self.file.go_build()?.condition.as_ref().ok()?;
            release::language(condition, module).filter(|language| *language < module)
        });
        match lowered {
            Some(minor) => {
                let version = GoVersion { major: 1, minor, rest: Rest::Language };
                Value::known(Datum::Version(VersionRange::exact(version)), self.here())
            }
            None => Value::unset(self.here()),
        }
    }

    /// Whether the condition (true, where there is none) holds for some build.
    fn possible(&self, condition: Option<&Expression>, platforms: &Platforms, oldest: u32) -> Option<bool> {
        condition.map_or(Some(true), |condition| satisfy::can_hold(condition, Builds { platforms, oldest }))
    }

    /// Whether Go builds for a system that it is for.
    fn has_port(&self) -> Value {
        let condition = self.file.whole_condition();
        let tags = condition.iter().flat_map(Expression::tags);
        let of_others = tags.into_iter().any(|tag| platform::is_of_other_compilers(&tag.name));
        match self.possible(condition.as_ref(), &PORTED, 0) {
            Some(false) if of_others => Value::unknown(Reason::new("ports of other compilers")),
            Some(false) if self.oldest().is_none() => Value::unknown(Reason::new("ports of Go before 1.21")),
            possible => self.flag(possible),
        }
    }

    /// Whether only releases that cannot build the module would build it.
    fn outdated(&self) -> Value {
        let Some(oldest) = self.oldest() else { return self.flag(Some(false)) };
        let condition = self.file.whole_condition();
        let now = self.possible(condition.as_ref(), &CONCEIVABLE, oldest);
        let ever = self.possible(condition.as_ref(), &CONCEIVABLE, 0);
        self.flag(now.zip(ever).map(|(now, ever)| ever && !now))
    }

    fn always_true(&self) -> Value {
        let condition = self.file.condition();
        self.flag(
            condition.map_or(Some(false), |condition| satisfy::always_holds(&condition, Builds { platforms: &CONCEIVABLE, oldest: 0 })),
        )
    }

    fn repeats_name(&self) -> Value {
        let both = self.file.condition().zip(self.file.name.constraint.as_ref());
        let builds = Builds { platforms: &CONCEIVABLE, oldest: 0 };
        self.flag(both.map_or(Some(false), |(condition, name)| satisfy::implies(name, &condition, builds)))
    }

    /// The `// +build` lines beside a `//go:build`, as go vet compares them; unset if there are not both.
    fn legacy_matches(&self) -> Value {
        let both = self.file.go_build().and_then(|line| line.condition.as_ref().ok()).zip(self.file.plus_build_condition());
        let Some((go_build, plus_build)) = both else { return Value::unset(self.here()) };
        let matches = pair::plus_build_form(go_build).is_some_and(|form| form.to_string() == plus_build.to_string());
        let origin = self.file.plus_build().next().map_or_else(|| self.here(), |line| self.at(line.span));
        Value::known(Datum::Flag(matches), origin)
    }

    /// Terms of `// +build` lines that Go reads as the tag `ignore` because it cannot read them (go vet's buildtag).
    fn unreadable_terms(&self) -> Value {
        let tags = self.file.plus_build().filter_map(|line| line.condition.as_ref().ok()).flat_map(Expression::tags);
        let terms = tags.map(|tag| (self.file.text.slice(tag.span), tag.span));
        let unreadable = terms.filter(|(term, _)| term.starts_with("!!") || !term.chars().all(|c| is_tag_character(c) || c == '!'));
        Value::list(unreadable.map(|(term, span)| Value::text(term, self.at(span))).collect(), self.here())
    }

    fn legacy(&self) -> Value {
        let lines = self.file.plus_build().map(|line| Value::text(self.file.text.slice(line.span), self.at(line.span)));
        Value::list(lines.collect(), self.here())
    }

    /// The first line that Go does not read, or else that it reads.
    fn placement(&self) -> Value {
        let lines = &self.file.header.lines;
        let line = lines.iter().find(|line| line.placement != Placement::Read).or_else(|| lines.first());
        line.map_or_else(|| Value::unset(self.here()), |line| Value::text(line.placement.word(), self.at(line.span)))
    }

    fn builds(&self) -> Result<&Coverage, Reason> {
        self.coverage.ok_or_else(|| Reason::new("what builds the repository"))
    }

    fn compiled_in_ci(&self) -> Value {
        match self.builds().and_then(|builds| builds.compiles(self.file)) {
            Ok(compiled) => self.flag(Some(compiled)),
            Err(reason) => Value::unknown(reason),
        }
    }

    /// Tags of nobody's but the project's, that no workflow sets.
    fn tags_never_set(&self) -> Value {
        let never_set = |tag: &Tag| Ok(kind(&tag.name) == TagKind::Custom && !self.builds()?.sets(&tag.name)?);
        let mut found = Vec::new();
        for tag in self.tags() {
            match never_set(tag) {
                Ok(true) => found.push(Value::text(&*tag.name, self.at(tag.span))),
                Ok(false) => {}
                Err(reason) => return Value::unknown(reason),
            }
        }
        Value::list(found, self.here())
    }

    fn notation(&self) -> Value {
        let word = |line: &ConstraintLine| if line.notation == Notation::GoBuild { "go-build" } else { "plus-build" };
        self.text(self.file.deciding().map(word))
    }

    fn error(&self) -> Value {
        self.file.error().map_or_else(|| Value::unset(self.here()), |(message, span)| Value::text(message, self.at(span)))
    }
}

impl Subject for GoFileSubject<'_> {
    fn kind(&self) -> Kind {
        Kind::GoFile
    }

    fn location(&self) -> &Location {
        &self.location
    }

    fn field(&self, name: &FieldName) -> Value {
        let file = self.file;
        let shown = |condition: Option<Expression>| self.text(condition.map(|condition| condition.to_string()));
        match name.declared {
            "always-true" => self.always_true(),
            "compiled-in-ci" => self.compiled_in_ci(),
            "constraint" => shown(file.condition()),
            "constraint-satisfiable" => self.flag(self.possible(file.condition().as_ref(), &CONCEIVABLE, 0)),
            "error" => self.error(),
            "filename-constraint" => shown(file.name.constraint.clone()),
            "foreign-tags" => self.mistaken(|tag| (kind(tag) == TagKind::Custom).then(|| ports::other_name(tag))?.map(str::to_owned)),
            "has-port" => self.has_port(),
            "language" => self.language(),
            "legacy" => self.legacy(),
            "legacy-matches" => self.legacy_matches(),
            "malformed-release-tags" => self.tag_list(release::is_malformed),
            "module-go" => self.module_go(),
            "name-behind-test" => self.text(file.name.behind_test.as_deref()),
            "name-ignored-arch" => self.text(file.name.ignored_arch.as_deref()),
            "name-wrong-case" => self.text(file.name.wrong_case.as_deref()),
            "notation" => self.notation(),
            "old-release-tags" => self.old_release_tags(),
            "outdated" => self.outdated(),
            "path" => self.text(Some(file.text.path())),
            "placement" => self.placement(),
            "repeats-name" => self.repeats_name(),
            "satisfiable" => self.flag(self.possible(file.whole_condition().as_ref(), &CONCEIVABLE, 0)),
            "tags-never-set" => self.tags_never_set(),
            "tags" => self.tag_list(|_| true),
            "test" => self.flag(Some(file.name.test)),
            "unreadable-terms" => self.unreadable_terms(),
            "wrong-case-tags" => self.mistaken(platform::in_lower_case),
            _ => Value::unknown(Reason::new("undeclared field")),
        }
    }

    fn place(&self) -> Option<&Arc<Place>> {
        None
    }
}

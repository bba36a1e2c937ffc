//! Values that know where they came from: a small set of possibilities, and perhaps something unknown besides.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use crate::text::Location;

/// More possibilities than this, and a value counts as unknown.
pub const MOST_CHOICES: usize = 16;

/// What is known of a property. At least one possibility, or unknown, or both. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Value {
    choices: Arc<[Choice]>,
    unknown: Option<Reason>,
}

impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        self.unknown == other.unknown && (Arc::ptr_eq(&self.choices, &other.choices) || self.choices == other.choices)
    }
}

/// One possibility of a value.
#[derive(Clone, Debug)]
pub struct Choice {
    /// What it may be.
    pub datum: Datum,
    /// What set it.
    pub origin: Arc<Origin>,
}

impl PartialEq for Choice {
    fn eq(&self, other: &Self) -> bool {
        self.datum == other.datum
    }
}

/// A single, concrete thing.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Datum {
    /// Nobody set it.
    Unset,
    /// A text, possibly empty.
    Text(Arc<str>),
    /// Yes or no.
    Flag(bool),
    /// A whole number; the field's declaration tells the unit.
    Number(i64),
    /// A Go version as far as it is known.
    Version(crate::facts::version::VersionRange),
    /// A list; items know their own origins.
    List(Arc<[Value]>),
    /// Named parts.
    Record(Arc<BTreeMap<&'static str, Value>>),
}

/// Why something is not known: a lower-case phrase such as `secrets.PROXY` or `output of docker/login-action`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reason(Arc<str>);

impl Reason {
    /// A reason.
    pub fn new(text: impl Into<Arc<str>>) -> Self {
        Self(text.into())
    }

    /// The phrase.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What set a value, and what it overrode.
#[derive(Clone, Debug, PartialEq)]
pub struct Origin {
    /// The kind of place.
    pub kind: OriginKind,
    /// Where exactly, if it stands in a text.
    pub location: Option<Location>,
    /// The action, tool or default, if that says more than the kind: `actions/setup-go@v6`.
    pub detail: Option<Arc<str>>,
    /// The value it overrode, if any: what it was and what had set that.
    pub overrode: Option<Arc<(Datum, Arc<Origin>)>>,
}

/// The kinds of places that set values. The names in JSON are these in kebab-case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum OriginKind {
    /// `env:` of a workflow.
    WorkflowEnv,
    /// `env:` of a job.
    JobEnv,
    /// `env:` of a job's container.
    ContainerEnv,
    /// `env:` of a step.
    StepEnv,
    /// A line appended to `$GITHUB_ENV` by an earlier step.
    GithubEnv,
    /// A line appended to `$GITHUB_PATH` by an earlier step.
    GithubPath,
    /// A script's assignment or `export`.
    Script,
    /// `NAME=value command`, or `env NAME=value command`.
    Prefix,
    /// `go env -w`.
    GoEnvFile,
    /// An action, named in `detail`.
    Action,
    /// The runner's image.
    Runner,
    /// The image of the job's container.
    Image,
    /// `$GOROOT/go.env`.
    GoRootFile,
    /// go.mod or go.work.
    Module,
    /// Go's built-in default, also one derived from other variables.
    Default,
    /// The process environment of this machine.
    Process,
    /// A key of the file itself: the field is what the text says.
    Document,
    /// Computed by gopolicy from several of the above.
    Computed,
}

impl OriginKind {
    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::WorkflowEnv => "workflow-env",
            Self::JobEnv => "job-env",
            Self::ContainerEnv => "container-env",
            Self::StepEnv => "step-env",
            Self::GithubEnv => "github-env",
            Self::GithubPath => "github-path",
            Self::Script => "script",
            Self::Prefix => "prefix",
            Self::GoEnvFile => "go-env-file",
            Self::Action => "action",
            Self::Runner => "runner",
            Self::Image => "image",
            Self::GoRootFile => "goroot-file",
            Self::Module => "module",
            Self::Default => "default",
            Self::Process => "process",
            Self::Document => "document",
            Self::Computed => "computed",
        }
    }
}

impl serde::Serialize for OriginKind {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl Origin {
    /// An origin of a kind, without a place.
    pub fn of(kind: OriginKind) -> Arc<Self> {
        thread_local! {
            // There is no more to know of such an origin, and it is asked for all the time.
            static PLAIN: RefCell<BTreeMap<OriginKind, Arc<Origin>>> = RefCell::default();
        }
        let new = || Arc::new(Self { kind, location: None, detail: None, overrode: None });
        PLAIN.with_borrow_mut(|known| Arc::clone(known.entry(kind).or_insert_with(new)))
    }

    /// An origin at a place.
    pub fn at(kind: OriginKind, location: Location) -> Arc<Self> {
        Arc::new(Self { kind, location: Some(location), detail: None, overrode: None })
    }

    /// An origin with a name, such as that of an action.
    pub fn named(kind: OriginKind, detail: impl Into<Arc<str>>, location: Option<Location>) -> Arc<Self> {
        Arc::new(Self { kind, location, detail: Some(detail.into()), overrode: None })
    }
}

impl Value {
    /// A single possibility.
    pub fn known(datum: Datum, origin: Arc<Origin>) -> Self {
        Self { choices: Arc::new([Choice { datum, origin }]), unknown: None }
    }

    /// A known text.
    pub fn text(text: impl Into<Arc<str>>, origin: Arc<Origin>) -> Self {
        Self::known(Datum::Text(text.into()), origin)
    }

    /// Known to be set by nobody.
    pub fn unset(origin: Arc<Origin>) -> Self {
        Self::known(Datum::Unset, origin)
    }

    /// Known to be set by nobody, as a kind of place tells.
    pub(crate) fn unset_by(kind: OriginKind) -> Self {
        thread_local! {
            // As often asked for as the plain origin in it.
            static UNSET: RefCell<BTreeMap<OriginKind, Value>> = RefCell::default();
        }
        UNSET.with_borrow_mut(|known| known.entry(kind).or_insert_with(|| Self::unset(Origin::of(kind))).clone())
    }

    /// A known list.
    pub fn list(items: Vec<Value>, origin: Arc<Origin>) -> Self {
        Self::known(Datum::List(items.into()), origin)
    }

    /// Nothing is known but why.
    pub fn unknown(reason: Reason) -> Self {
        Self { choices: Arc::default(), unknown: Some(reason) }
    }

    /// Not there, and nothing else is.
    pub(crate) fn nowhere() -> Self {
        Self::unset_by(OriginKind::Document)
    }

    /// The lines of a text that has several, each by itself; blank ones are left out.
    pub(crate) fn lines(&self) -> Vec<Self> {
        match self.single() {
            Some(Choice { datum: Datum::Text(text), origin }) => {
                let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
                lines.map(|line| Self::text(line, Arc::clone(origin))).collect()
            }
            _ => vec![self.clone()],
        }
    }

    /// The possibilities; empty if nothing at all is known.
    pub fn choices(&self) -> &[Choice] {
        &self.choices
    }

    /// Why it may be something else besides the possibilities.
    pub fn reason(&self) -> Option<&Reason> {
        self.unknown.as_ref()
    }

    /// The only possibility, if there is just one and nothing unknown.
    pub fn single(&self) -> Option<&Choice> {
        match (&*self.choices, &self.unknown) {
            ([choice], None) => Some(choice),
            _ => None,
        }
    }

    /// The texts among the possibilities.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        self.choices.iter().filter_map(|choice| choice.datum.as_text())
    }

    /// The text, if it is the only possibility.
    pub fn as_text(&self) -> Option<&Arc<str>> {
        match self.single()?.datum {
            Datum::Text(ref text) => Some(text),
            _ => None,
        }
    }

    /// Whether both are the same, what set them included.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        let same_origin = |(a, b): (&Choice, &Choice)| Arc::ptr_eq(&a.origin, &b.origin) || a.origin == b.origin;
        self == other && (Arc::ptr_eq(&self.choices, &other.choices) || self.choices.iter().zip(&*other.choices).all(same_origin))
    }

    /// Either this or `other`: what two branches of a script leave behind.
    #[must_use]
    pub fn join(mut self, other: Self) -> Self {
        self.unknown = self.unknown.or(other.unknown);
        if Arc::ptr_eq(&self.choices, &other.choices) {
            return self;
        }
        let added: Vec<&Choice> = other.choices.iter().filter(|choice| !self.choices.contains(choice)).collect();
        if self.choices.len() + added.len() > MOST_CHOICES {
            return Self::unknown(Reason::new("too many possibilities"));
        }
        if !added.is_empty() {
            self.choices = self.choices.iter().chain(added).cloned().collect();
        }
        self
    }

    /// This value, but perhaps also something unknown.
    #[must_use]
    pub fn or_unknown(mut self, reason: Reason) -> Self {
        self.unknown.get_or_insert(reason);
        self
    }

    /// Applies a function to each possibility, and unites what comes out.
    #[must_use]
    pub fn and_then(&self, mut apply: impl FnMut(&Choice) -> Value) -> Self {
        let mut parts = self.choices.iter().map(&mut apply);
        let united = parts.next().map(|first| parts.fold(first, Self::join));
        match (united, &self.unknown) {
            (Some(value), None) => value,
            (Some(value), Some(reason)) => value.or_unknown(reason.clone()),
            (None, reason) => Self::unknown(reason.clone().unwrap_or_else(|| Reason::new("no possibility"))),
        }
    }
}

impl Datum {
    /// The text, if it is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

//! What a diagnosis says.

/// What Go does with a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Diagnosis {
    /// What it does.
    pub verdict: Verdict,
    /// Why, as one of [`CAUSES`]; empty where there is nothing to say.
    pub cause: &'static str,
    /// Why, for people: one sentence without its full stop, empty for [`Verdict::Used`].
    pub reason: String,
    /// Whether it rests on a name being absent from a table, which may differ in releases that were not measured.
    pub(super) by_absence: bool,
}

/// What Go does with a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub(crate) enum Verdict {
    /// It uses the value.
    Used,
    /// It uses the value if something holds that is not seen here, such as the existence of a directory.
    Conditional,
    /// These commands fail, with this message of Go's.
    Rejected {
        /// Go's own words.
        message: String,
        /// Which commands fail.
        by: By,
    },
    /// It goes on as if the value were not there.
    Ignored,
    /// It uses a part of the value, and goes on as if the rest were not there.
    PartlyIgnored,
    /// It uses the value, but not as its author must have meant it, or to the harm of the build.
    Harmful,
    /// A pattern matches far more than somebody's own modules.
    TooWide,
    /// There is no such variable; the name is a slip of another.
    NoSuchVariable {
        /// The variable that was meant.
        suggestion: &'static str,
        /// Whether the name may just as well be somebody's own.
        may_be_own: bool,
    },
    /// It works the variable out by itself.
    Computed,
    /// It read the variable up to an earlier release.
    Dead {
        /// The first minor release without it.
        since: u32,
    },
    /// It is none of Go's variables.
    Foreign,
    /// Releases differ, or were not measured.
    Unknown,
}

/// The words of [`Verdict::word`].
pub(crate) const VERDICTS: &[&str] = &[
    "used",
    "conditional",
    "rejected",
    "ignored",
    "partly-ignored",
    "harmful",
    "too-wide",
    "no-such-variable",
    "computed",
    "dead",
    "foreign",
    "unknown",
];

/// The words of [`Diagnosis::cause`].
#[rustfmt::skip]
pub(crate) const CAUSES: &[&str] = &[
    "all-of-host", "bad-glob", "bad-value", "blank-in-pattern", "chdir-flag", "cidr", "computed", "credentials-in-url", "cross-install",
    "dead", "depends-on-release", "disabled", "downloads", "dry-run", "ellipsis", "empty", "environment-only", "external-program",
    "fatal-setting", "flag-without-value", "foreign", "get-flag", "go-env-flag", "language-version", "literal-home", "malformed-line",
    "matches-all", "misspelt", "must-exist", "never-existed", "not-a-flag", "other-architecture", "outside-pattern", "plain-http", "quotes-inside",
    "relative", "removed-flag", "scheme-in-pattern", "split-value", "swallowed", "too-long", "too-new", "unexpanded", "unknown-experiment",
    "unknown-flag", "unknown-port", "unknown-setting", "unreachable-entry", "unsupported-port", "unterminated-quote", "upper-case",
    "write-refused",
];

/// Which commands a rejected setting stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub(crate) enum By {
    /// Every command, or all but one or two that only print.
    Every,
    /// Commands that build, vet or test.
    Building,
    /// Commands that build packages with cgo.
    BuildingWithCgo,
    /// Commands that have to fetch a module.
    Downloading,
    /// `go install`.
    Installing,
    /// `go get`.
    Getting,
    /// `go test`.
    Testing,
    /// `go env -w`.
    Writing,
}

impl By {
    /// For messages: `every go command`.
    pub(crate) fn phrase(self) -> &'static str {
        match self {
            Self::Every => "every go command",
            Self::Building => "go commands that build",
            Self::BuildingWithCgo => "go commands that build with cgo",
            Self::Downloading => "go commands that download modules",
            Self::Installing => "go install",
            Self::Getting => "go get",
            Self::Testing => "go test",
            Self::Writing => "go env -w",
        }
    }

    fn is_plural(self) -> bool {
        matches!(self, Self::Building | Self::BuildingWithCgo | Self::Downloading)
    }
}

impl Verdict {
    /// The verdict in one word, one of [`VERDICTS`].
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Self::Used => "used",
            Self::Conditional => "conditional",
            Self::Rejected { .. } => "rejected",
            Self::Ignored => "ignored",
            Self::PartlyIgnored => "partly-ignored",
            Self::Harmful => "harmful",
            Self::TooWide => "too-wide",
            Self::NoSuchVariable { .. } => "no-such-variable",
            Self::Computed => "computed",
            Self::Dead { .. } => "dead",
            Self::Foreign => "foreign",
            Self::Unknown => "unknown",
        }
    }

    /// The name that was meant, where that is certain.
    pub(crate) fn suggestion(&self) -> Option<&'static str> {
        match self {
            Self::NoSuchVariable { suggestion, may_be_own: false } => Some(suggestion),
            _ => None,
        }
    }

    /// The commands that fail, in words.
    pub(crate) fn stops(&self) -> Option<&'static str> {
        match self {
            Self::Rejected { by, .. } => Some(by.phrase()),
            _ => None,
        }
    }
}

impl Diagnosis {
    pub(super) fn new(verdict: Verdict, cause: &'static str, reason: String) -> Self {
        Self { verdict, cause, reason, by_absence: false }
    }

    pub(super) fn used() -> Self {
        Self::new(Verdict::Used, "", String::new())
    }

    pub(super) fn unknown(reason: String) -> Self {
        Self::new(Verdict::Unknown, "depends-on-release", reason)
    }

    /// A rejection whose message says it all.
    pub(super) fn rejected(cause: &'static str, by: By, message: impl Into<String>) -> Self {
        let message = message.into();
        let reason = format!("{} {}: {message}", by.phrase(), if by.is_plural() { "fail" } else { "fails" });
        Self::new(Verdict::Rejected { message, by }, cause, reason)
    }

    /// A rejection with a reason of its own, which says more than the message.
    pub(super) fn rejected_because(cause: &'static str, by: By, message: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::new(Verdict::Rejected { message: message.into(), by }, cause, reason.into())
    }

    pub(super) fn ignored(cause: &'static str, reason: impl Into<String>) -> Self {
        Self::new(Verdict::Ignored, cause, reason.into())
    }

    pub(super) fn harmful(cause: &'static str, reason: impl Into<String>) -> Self {
        Self::new(Verdict::Harmful, cause, reason.into())
    }

    pub(super) fn conditional(cause: &'static str, reason: impl Into<String>) -> Self {
        Self::new(Verdict::Conditional, cause, reason.into())
    }

    /// A line of the file of `go env -w` that Go passes over (`readEnvFile` in `cmd/go/internal/cfg/cfg.go`).
    pub(crate) fn unread_line() -> Self {
        Self::ignored("malformed-line", "Go reads only lines that begin with `NAME=`, without blanks around the name")
    }

    pub(super) fn because_absent(self) -> Self {
        Self { by_absence: true, ..self }
    }
}

use std::sync::Arc;

use crate::facts::subject::Place;
use crate::machine_report::MachineReport;
use crate::policy::Rule;
use crate::text::Location;

/// How bad a finding is, from least to worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Worth changing.
    Warning,
    /// Wrong.
    Error,
}

impl Severity {
    /// All, from least to worst.
    pub const ALL: [Self; 3] = [Self::Note, Self::Warning, Self::Error];

    /// As rules and `--fail-on` write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// The severity of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|severity| severity.name() == name)
    }
}

/// All that came out of a run. Findings are sorted by path, line, column and rule.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Report {
    /// What is wrong.
    pub findings: Vec<Finding>,
    /// What could not be decided.
    pub undecided: Vec<Undecided>,
    /// Findings that somebody has decided to live with, sorted as the others.
    pub suppressed: Vec<Suppressed>,
    /// The rules that were judged, by id.
    pub rules: Vec<Arc<Rule>>,
    /// Counts.
    pub summary: Summary,
    /// The machine that was judged, if one was.
    pub machine: Option<MachineReport>,
}

/// A failed verdict; the same verdict in several matrix legs is one finding.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Finding {
    /// The rule's id.
    pub rule: Arc<str>,
    /// The policy that holds the rule.
    pub policy: Arc<str>,
    /// How bad.
    pub severity: Severity,
    /// What is wrong and what follows from it.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// Where to read more.
    pub references: Vec<String>,
    /// The offending characters.
    pub location: Location,
    /// Where the value was set, what it overrode, what it contradicts.
    pub related: Vec<Related>,
    /// The jobs, steps and matrix legs it concerns, sorted.
    pub places: Vec<Place>,
    /// Symbolic place: `jobs.test.steps[2]`.
    pub route: String,
    /// What would mend it, if the rule says.
    pub fix: Option<Fix>,
}

/// A second location that explains a finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Related {
    /// What is there.
    pub message: String,
    /// Where.
    pub location: Location,
}

/// What would mend a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, in words.
    pub description: String,
    /// Whether it leaves what a build does as it is.
    pub safe: bool,
    /// The change of text that does it, if it is as simple as that.
    pub edit: Option<Edit>,
}

/// A text in the place of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What it replaces.
    pub location: Location,
    /// The text; empty to take something out.
    pub text: String,
}

/// A finding that is not reported because somebody said so.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Suppressed {
    /// What would have been reported.
    pub finding: Finding,
    /// What says that it is not.
    pub by: SuppressedBy,
    /// Why, in the words of who said so.
    pub reason: String,
}

/// What can keep a finding from being reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum SuppressedBy {
    /// A comment in the file.
    Comment,
    /// An exception in the configuration.
    Exception,
    /// The baseline: it was there before.
    Baseline,
}

/// A rule that could not be decided somewhere.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Undecided {
    /// The rule's id.
    pub rule: Arc<str>,
    /// Where.
    pub location: Location,
    /// What is not known.
    pub reason: String,
}

/// Counts of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Summary {
    /// Files judged, unreadable ones included.
    pub files: usize,
    /// Findings of severity error.
    pub errors: usize,
    /// Findings of severity warning.
    pub warnings: usize,
    /// Findings of severity note.
    pub notes: usize,
    /// Findings silenced by a suppression.
    pub suppressed: usize,
    /// Undecided verdicts.
    pub undecided: usize,
}

impl Summary {
    /// How many findings there are of each severity. The counts of all else are left as they are.
    pub(crate) fn count(&mut self, findings: &[Finding]) {
        let of = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
        (self.errors, self.warnings, self.notes) = (of(Severity::Error), of(Severity::Warning), of(Severity::Note));
    }
}

impl Report {
    /// Both together, in order: what was found in files, and on a machine. What both found, such as an exception that has expired, is
    /// in it once.
    #[must_use]
    pub fn with(mut self, other: Self) -> Self {
        let order = |finding: &Finding| (finding.location.clone(), Arc::clone(&finding.rule), finding.message.clone());
        self.findings.extend(other.findings);
        self.findings.sort_by_key(order);
        self.findings.dedup();
        self.undecided.extend(other.undecided);
        self.undecided.sort_by_key(|undecided| (undecided.location.clone(), Arc::clone(&undecided.rule)));
        self.suppressed.extend(other.suppressed);
        self.suppressed.sort_by_key(|suppressed| order(&suppressed.finding));
        self.rules.extend(other.rules);
        self.rules.sort_by_key(|rule| Arc::clone(rule.id()));
        self.rules.dedup_by_key(|rule| Arc::clone(rule.id()));
        self.summary.files += other.summary.files;
        self.summary.count(&self.findings);
        (self.summary.suppressed, self.summary.undecided) = (self.suppressed.len(), self.undecided.len());
        self.machine = self.machine.or(other.machine);
        self
    }
}

impl Suppressed {
    /// A finding that is not reported.
    pub fn new(finding: Finding, by: SuppressedBy, reason: impl Into<String>) -> Self {
        Self { finding, by, reason: reason.into() }
    }
}

impl Undecided {
    /// An undecided verdict.
    pub fn new(rule: impl Into<Arc<str>>, location: Location, reason: impl Into<String>) -> Self {
        Self { rule: rule.into(), location, reason: reason.into() }
    }
}

impl Finding {
    /// A finding with what every finding has; the rest is empty and can be filled in.
    pub fn new(
        rule: impl Into<Arc<str>>,
        policy: impl Into<Arc<str>>,
        severity: Severity,
        message: impl Into<String>,
        location: Location,
    ) -> Self {
        Self {
            rule: rule.into(),
            policy: policy.into(),
            severity,
            message: message.into(),
            help: None,
            references: Vec::new(),
            location,
            related: Vec::new(),
            places: Vec::new(),
            route: String::new(),
            fix: None,
        }
    }

    /// Identity over time: a hash of rule, path and symbolic place, as 16 hexadecimal digits; never of a line number.
    pub fn fingerprint(&self) -> String {
        // FNV-1a: stable over releases and platforms, which `std`'s hashers do not promise.
        let bytes = [self.rule.as_bytes(), b"\0", self.location.path().as_bytes(), b"\0", self.route.as_bytes()].concat();
        let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
        format!("{hash:016x}")
    }
}

//! Findings that somebody has decided to live with: comments in files, exceptions in the configuration, and a baseline. What is
//! wrong with those is a finding too: one that suppresses nothing would hide the next mistake.

mod baseline;
mod comment;
mod complaint;
mod exception;
mod lines;
mod marked;
#[cfg(test)]
mod tests;
mod yaml;

use std::collections::BTreeSet;
use std::sync::Arc;

pub use baseline::{BASELINE_FILE, Baseline};
pub(crate) use marked::Marked;

use self::comment::{Comment, Named, Order};
use self::complaint::Source;
use self::lines::Style;
use super::report::{Finding, Report, Suppressed, SuppressedBy};
use crate::policy::config::{Date, Exception, PathPatterns};
use crate::policy::{PolicySet, Rule};
use crate::text::{Location, Span, Text};

/// Which findings are accepted, besides those that comments in the files name.
#[derive(Clone, Copy, Default)]
#[non_exhaustive]
pub struct Exemptions<'e> {
    /// Where nothing is reported.
    pub skip: Option<&'e PathPatterns>,
    /// Exceptions of the configuration.
    pub exceptions: &'e [Exception],
    /// What was there before.
    pub baseline: Option<&'e Baseline>,
    /// The day of the run; without it nothing expires.
    pub today: Option<Date>,
    /// Whether a rule exists that is in none of the policies of the run: a suppression of it is no mistake.
    pub is_rule: Option<&'e (dyn Fn(&str) -> bool + Sync)>,
}

/// Takes the accepted findings out of a report, and adds those about suppressions. `marked` are the texts that were read and may hold
/// comments; `whole` says that the whole repository was judged, so that what suppresses nothing is of no use.
pub(crate) fn apply(report: &mut Report, policies: &PolicySet, marked: &[Arc<Text>], exemptions: &Exemptions<'_>, whole: bool) {
    let is_reported = |location: &Location| exemptions.skip.is_none_or(|skip| !skip.matches(location.path()));
    report.findings.retain(|finding| is_reported(&finding.location));
    report.undecided.retain(|undecided| is_reported(&undecided.location));

    let comments: Vec<Comment> =
        marked.iter().filter(|text| is_reported(&Location::new(text, Span::default()))).flat_map(comments_of).collect();
    let mut rules = Rules { policies, exemptions, complaints: Vec::new() };
    let marks = rules.sound_comments(&comments);
    let exceptions = rules.sound_exceptions();
    let mut complaints = rules.complaints;

    let mut sieve = Sieve { marks, exceptions, baseline: exemptions.baseline.map(Baseline::open), used: BTreeSet::new() };
    for finding in std::mem::take(&mut report.findings) {
        sieve.sort(finding, report);
    }
    if whole {
        complaints.extend(sieve.unused(report));
    }
    report.findings.extend(complaints);
    report.findings.sort_by(|one, other| (&one.location, &one.rule, &one.message).cmp(&(&other.location, &other.rule, &other.message)));
    report.summary.count(&report.findings);
    (report.summary.suppressed, report.summary.undecided) = (report.suppressed.len(), report.undecided.len());
}

/// The comments of a text that suppress something, read as its kind of file writes comments.
fn comments_of(text: &Arc<Text>) -> Vec<Comment> {
    let name = text.path().rsplit('/').next().unwrap_or_default();
    let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    match name {
        "go.mod" | "go.work" => lines::comments(text, Style::Module),
        _ if ends(&[".go"]) => lines::comments(text, Style::Go),
        _ if ends(&[".sh", ".bash"]) => lines::comments(text, Style::Shell),
        // Standard input without a name of its own.
        _ if ends(&[".yml", ".yaml"]) || name.starts_with('<') => yaml::comments(text),
        _ => Vec::new(),
    }
}

/// A rule that a comment names.
struct Mark<'c> {
    comment: &'c Comment,
    rule: &'c Named,
}

impl Mark<'_> {
    fn covers(&self, rule: &str, location: &Location) -> bool {
        self.rule.id == rule && self.comment.text.path() == location.path() && self.comment.covers.contains(location.span)
    }

    /// Whether its rule was judged where it is about, with a clear answer.
    fn is_decided(&self, report: &Report) -> bool {
        let rule = &self.rule.id;
        in_force(report, rule).is_some() && !is_open(report, rule, |location| self.covers(rule, location))
    }
}

/// Tells suppressions that count from those that have something wrong with them.
struct Rules<'r> {
    policies: &'r PolicySet,
    exemptions: &'r Exemptions<'r>,
    complaints: Vec<Finding>,
}

impl<'r> Rules<'r> {
    fn sound_comments<'c>(&mut self, comments: &'c [Comment]) -> Vec<Mark<'c>> {
        let mut sound = Vec::new();
        for comment in comments {
            let Order { rules, reason } = &comment.order;
            if rules.is_empty() {
                self.complaints.push(complaint::unreadable(comment));
            }
            let is_sound = |rule: &&Named| self.is_sound(Source::of_comment(comment, rule), reason);
            sound.extend(rules.iter().filter(is_sound).map(|rule| Mark { comment, rule }));
        }
        sound
    }

    fn sound_exceptions(&mut self) -> Vec<&'r Exception> {
        let exceptions = self.exemptions.exceptions;
        exceptions
            .iter()
            .filter(|exception| !self.has_expired(exception) && self.is_sound(Source::of_exception(exception), exception.reason()))
            .collect()
    }

    fn has_expired(&mut self, exception: &Exception) -> bool {
        let expired = exception.expires.filter(|last| self.exemptions.today.is_some_and(|today| today > *last));
        self.complaints.extend(expired.map(|day| Source::of_exception(exception).expired(day)));
        expired.is_some()
    }

    fn is_sound(&mut self, source: Source<'_>, reason: &str) -> bool {
        let is_known = self.policies.rule(source.rule).is_some() || self.exemptions.is_rule.is_some_and(|is_rule| is_rule(source.rule));
        let complaint = match (is_known, reason.is_empty()) {
            (false, _) => source.unknown_rule(self.policies.rules().iter().map(|rule| &**rule.id())),
            (true, true) => source.without_reason(),
            (true, false) => return true,
        };
        self.complaints.push(complaint);
        false
    }
}

/// Parts the findings that are accepted from the others.
struct Sieve<'s> {
    marks: Vec<Mark<'s>>,
    exceptions: Vec<&'s Exception>,
    baseline: Option<baseline::Open<'s>>,
    /// What suppressed something: indexes of marks, then of exceptions.
    used: BTreeSet<usize>,
}

impl Sieve<'_> {
    fn sort(&mut self, mut finding: Finding, report: &mut Report) {
        let accepted = self.by_comment(&finding).or_else(|| self.by_exception(&mut finding)).or_else(|| self.by_baseline(&finding));
        match accepted {
            Some((by, reason)) => report.suppressed.push(Suppressed::new(finding, by, reason)),
            None => report.findings.push(finding),
        }
    }

    fn by_comment(&mut self, finding: &Finding) -> Option<(SuppressedBy, String)> {
        let covering = |(_, mark): &(usize, &Mark<'_>)| mark.covers(&finding.rule, &finding.location);
        let covering: Vec<(usize, &Mark<'_>)> = self.marks.iter().enumerate().filter(covering).collect();
        self.used.extend(covering.iter().map(|(index, _)| *index));
        covering.first().map(|(_, mark)| (SuppressedBy::Comment, mark.comment.order.reason.clone()))
    }

    /// An exception for a job or a matrix leg takes those places out of a finding, which is reported for the others.
    fn by_exception(&mut self, finding: &mut Finding) -> Option<(SuppressedBy, String)> {
        for (index, exception) in self.exceptions.iter().enumerate() {
            let left = exception.left_of(finding);
            if left.as_ref().is_some_and(|left| left.len() == finding.places.len()) {
                continue;
            }
            self.used.insert(self.marks.len() + index);
            match left {
                Some(left) => finding.places = left,
                None => return Some((SuppressedBy::Exception, exception.reason().to_owned())),
            }
        }
        None
    }

    fn by_baseline(&mut self, finding: &Finding) -> Option<(SuppressedBy, String)> {
        let met = self.baseline.as_mut().is_some_and(|baseline| baseline.meet(finding));
        met.then(|| (SuppressedBy::Baseline, String::from("it is in the baseline")))
    }

    /// What suppressed nothing, though its rule is in force and could be decided everywhere it is about.
    fn unused(self, report: &Report) -> Vec<Finding> {
        let marks = self.marks.iter().enumerate().filter(|(index, _)| !self.used.contains(index));
        let marks = marks.map(|(_, mark)| mark).filter(|mark| mark.is_decided(report));
        let mut unused: Vec<Finding> = marks.map(|mark| Source::of_comment(mark.comment, mark.rule).unused()).collect();
        let exceptions = (self.marks.len()..).zip(&self.exceptions).filter(|(index, _)| !self.used.contains(index));
        let exceptions = exceptions.map(|(_, exception)| exception).filter(|exception| exception.is_decided(report));
        unused.extend(exceptions.map(|exception| Source::of_exception(exception).unused()));
        unused.extend(self.baseline.map(|baseline| baseline.fixed(report)).unwrap_or_default());
        unused
    }
}

/// The rule of that id, if it is in force.
fn in_force<'r>(report: &'r Report, rule: &str) -> Option<&'r Arc<Rule>> {
    report.rules.iter().find(|known| **known.id() == *rule)
}

/// Whether a rule could not be decided somewhere.
fn is_open(report: &Report, rule: &str, within: impl Fn(&Location) -> bool) -> bool {
    report.undecided.iter().any(|undecided| *undecided.rule == *rule && within(&undecided.location))
}

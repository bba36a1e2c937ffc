//! A report about a part of what was judged.

use super::report::{Finding, Report};
use crate::text::Location;

impl Report {
    /// Keeps the findings that `finding` accepts, and the undecided verdicts at locations that `location` accepts. Counts follow, but
    /// for that of files: all of them were judged.
    pub fn retain(&mut self, finding: impl FnMut(&Finding) -> bool, location: impl Fn(&Location) -> bool) {
        self.findings.retain(finding);
        self.undecided.retain(|undecided| location(&undecided.location));
        self.summary.count(&self.findings);
        self.summary.undecided = self.undecided.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judge::{Severity, Undecided};
    use crate::text::{Span, Text};

    #[test]
    fn counts_follow() {
        let at = |path: &str| Location::new(&Text::file(path, ""), Span::default());
        let mut report = Report::default();
        let severities = [("a", Severity::Error), ("b", Severity::Warning), ("c", Severity::Note)];
        report.findings = severities.map(|(path, severity)| Finding::new("r", "p", severity, "m", at(path))).into();
        report.undecided = vec![Undecided::new("r", at("a"), "why"), Undecided::new("r", at("b"), "why")];
        report.summary.files = 3;
        report.retain(|finding| finding.location.path() != "a", |location| location.path() == "a");
        let summary = report.summary;
        assert_eq!((summary.files, summary.errors, summary.warnings, summary.notes, summary.undecided), (3, 0, 1, 1, 1));
    }
}

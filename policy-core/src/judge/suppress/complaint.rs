//! What is wrong with suppressions themselves. These findings cannot be suppressed.

use super::comment::{Comment, Named};
use crate::judge::report::{Finding, Severity};
use crate::policy::config::{Date, Exception};
use crate::suggest::nearest;
use crate::text::Location;

/// The name that stands for a policy: no file can switch these off.
const POLICY: &str = "gopolicy";

const UNREADABLE: &str = "suppression-unreadable";
const WITHOUT_REASON: &str = "suppression-without-reason";
const UNKNOWN_RULE: &str = "suppression-of-unknown-rule";
const UNUSED: &str = "suppression-unused";
const EXPIRED: &str = "suppression-expired";
const FIXED: &str = "baseline-fixed";

/// The rules of these findings.
const RULES: [&str; 6] = [UNREADABLE, WITHOUT_REASON, UNKNOWN_RULE, UNUSED, EXPIRED, FIXED];

/// Whether a finding is about a suppression.
pub(super) fn is_one(finding: &Finding) -> bool {
    RULES.contains(&&*finding.rule)
}

fn warning(rule: &str, message: String, help: &str, location: Location, route: String) -> Finding {
    let mut finding = Finding::new(rule, POLICY, Severity::Warning, message, location);
    finding.help = Some(help.to_owned());
    finding.route = route;
    finding
}

/// A comment or an exception, for whom it does not matter which.
pub(super) struct Source<'s> {
    pub(super) rule: &'s str,
    pub(super) location: Location,
    pub(super) route: String,
}

impl<'s> Source<'s> {
    pub(super) fn of_exception(exception: &'s Exception) -> Self {
        let route = format!("exceptions[{}]", exception.index);
        Self { rule: &exception.rule, location: exception.location.clone(), route }
    }

    pub(super) fn of_comment(comment: &Comment, rule: &'s Named) -> Self {
        Self { rule: &rule.id, location: Location::new(&comment.text, rule.span), route: comment.route.clone() }
    }

    pub(super) fn without_reason(self) -> Finding {
        let message = format!("nothing says why `{}` is accepted here, so it is not", self.rule);
        warning(WITHOUT_REASON, message, "Say why, for whoever reads it next.", self.location, self.route)
    }

    pub(super) fn unknown_rule<'r>(self, rules: impl Iterator<Item = &'r str>) -> Finding {
        let near = nearest(self.rule, rules).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        let message = format!("there is no rule `{}`{near}", self.rule);
        warning(UNKNOWN_RULE, message, "`gopolicy rules` lists the rules.", self.location, self.route)
    }

    pub(super) fn unused(self) -> Finding {
        let message = format!("`{}` finds nothing here, so nothing is suppressed", self.rule);
        warning(UNUSED, message, "Take it out: it would hide the next finding.", self.location, self.route)
    }

    pub(super) fn expired(self, day: Date) -> Finding {
        let message = format!("the exception for `{}` has expired: {day} was its last day", self.rule);
        warning(EXPIRED, message, "Mend what it excepts, or decide anew and give it another day.", self.location, self.route)
    }
}

pub(super) fn unreadable(comment: &Comment) -> Finding {
    let location = Location::new(&comment.text, comment.span);
    let help = "Write `gopolicy: ignore[rule] reason`; in Go files `//gopolicy:ignore rule reason`.";
    warning(UNREADABLE, String::from("this comment names no rule, so it suppresses nothing"), help, location, comment.route.clone())
}

/// A finding of the baseline is gone.
pub(super) fn fixed(rule: &str, path: &str, count: u32, location: &Location) -> Finding {
    let what = if count == 1 { String::from("a finding") } else { format!("{count} findings") };
    let message = format!("{what} of `{rule}` in `{path}` that the baseline holds {} fixed", if count == 1 { "is" } else { "are" });
    let mut finding = warning(FIXED, message, "`gopolicy baseline` takes it out, so that it stays so.", location.clone(), String::new());
    finding.severity = Severity::Note;
    finding
}

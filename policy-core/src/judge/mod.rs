//! Rules and subjects to verdicts, verdicts to findings.

mod report;

pub use report::{Finding, Fix, Related, Report, Severity, Summary, Undecided};

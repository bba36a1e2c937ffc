//! The page that GitHub shows for a job: all findings, and the environment of every `go` command.

use std::io::{self, Write};

use policy_core::judge::{Finding, Report};
use policy_core::trace::{Trace, TraceCommand, TracePlace};

use super::markdown::{TABLE_HEAD, code, heading, plain, row};
use super::trace::{alike_in_job, command_line, heading as place_heading, told};
use super::{View, counted};

/// GitHub refuses a page of more than 1 MiB for a step, and shows none of it
/// (`AttachmentSizeLimit` in `CreateStepSummaryCommand` of actions/runner).
pub(crate) const LARGEST_PAGE: usize = 1 << 20;

/// What is kept free for the lines that say what was left out.
const RESERVE: usize = 1_000;

/// Of the room for a page, this part in three is for findings, if there are that many.
const PARTS_FOR_FINDINGS: usize = 2;

/// Writes the page in at most `room` bytes.
pub(crate) fn job_summary(report: &Report, trace: &Trace, view: View, room: usize, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Page { text: String::new(), room: room.saturating_sub(RESERVE) };
    page.write_findings(report, view);
    page.write_environments(trace, view);
    out.write_all(page.text.as_bytes())
}

/// A page that does not outgrow its room.
struct Page {
    text: String,
    room: usize,
}

impl Page {
    /// Adds a line, unless it would end beyond `limit`.
    fn push(&mut self, line: &str, limit: usize) -> bool {
        let fits = self.text.len() + line.len() < limit.min(self.room);
        if fits {
            self.text.push_str(line);
            self.text.push('\n');
        }
        fits
    }

    /// Adds a line for which room was kept.
    fn push_last(&mut self, line: &str) {
        if self.room > 0 {
            self.text.push_str(line);
            self.text.push('\n');
        }
    }

    /// The worst first, so that what is left out for want of room is the least.
    fn write_findings(&mut self, report: &Report, view: View) {
        self.push(&heading(report, view), self.room);
        let limit = self.room / 3 * PARTS_FOR_FINDINGS;
        let mut findings: Vec<&Finding> = report.findings.iter().collect();
        findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        if !findings.is_empty() {
            self.push(TABLE_HEAD, limit);
        }
        let written = findings.iter().take_while(|finding| self.push(&row(finding), limit)).count();
        if written < findings.len() {
            self.push_last(&format!("\nand {}", counted(findings.len() - written, "more finding")));
        }
    }

    fn write_environments(&mut self, trace: &Trace, view: View) {
        let jobs: Vec<&[TracePlace]> = trace.places.chunk_by(|one, other| (&one.path, &one.job) == (&other.path, &other.job)).collect();
        if jobs.is_empty() || !self.push("\n#### What `go` sees", self.room) {
            return;
        }
        let written = jobs.iter().take_while(|places| self.push(&environment(places, view), self.room)).count();
        if written < jobs.len() {
            self.push_last(&format!("\nand {}", counted(jobs.len() - written, "more job")));
        }
    }
}

/// The commands of a job, and the variables that something sets for each.
fn environment(places: &[TracePlace], view: View) -> String {
    let title = places.first().map(|place| format!("{} › {}", plain(&place.path), plain(&place.job))).unwrap_or_default();
    let mut lines = vec![format!("\n<details><summary>{title}</summary>\n\n| Step | Command | Set |\n| --- | --- | --- |")];
    for legs in alike_in_job(places) {
        let Some(first) = legs.first() else { continue };
        let step = plain(&place_heading(first, &legs, view).split(" › ").skip(2).collect::<Vec<_>>().join(" › "));
        lines.extend(
            first
                .commands
                .iter()
                .map(|command| format!("| {step} | {} | {} |", code(&command_line(command)), set(command, &first.path, view))),
        );
    }
    lines.push(String::from("\n</details>"));
    lines.join("\n")
}

fn set(command: &TraceCommand, path: &str, view: View) -> String {
    let (rows, unknown) = told(command, path, view);
    let rows = rows.iter().map(|row| format!("{} {}", code(&format!("{}={}", row.name, row.value)), plain(&row.origin)));
    rows.chain(unknown.iter().map(|line| plain(line))).collect::<Vec<_>>().join("<br>")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::fixture;

    proptest::proptest! {
        #[test]
        fn a_page_never_outgrows_its_room(room in 0_usize..30_000) {
            let mut report = fixture::report();
            report.findings = report.findings.into_iter().cycle().take(100).collect();
            let mut page = Vec::new();
            job_summary(&report, &Trace::default(), View::default(), room, &mut page).unwrap();
            proptest::prop_assert!(page.len() <= room);
        }
    }
}

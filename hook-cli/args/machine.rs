//! Arguments of the commands that look at this machine.

use std::path::PathBuf;

use super::{Lint, Reporting};

#[derive(Debug, clap::Args)]
pub(crate) struct Env {
    #[command(flatten)]
    pub(crate) reporting: Reporting,
    #[command(flatten)]
    pub(crate) machine: Machine,
    /// Show instead what differs from the go commands of a job or step, and changes what is built
    #[arg(long, value_name = "FILE#JOB[.STEP]", value_parser = parse_target)]
    pub(crate) diff: Option<Target>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) lint: Lint,
    #[command(flatten)]
    pub(crate) machine: Machine,
}

// How to look at this machine.
#[derive(Debug, clap::Args)]
pub(crate) struct Machine {
    /// Do not run the go command; work everything out from variables and files
    #[arg(long)]
    pub(crate) no_exec: bool,
    /// Wait at most so many seconds for the go command
    #[arg(long, value_name = "SECONDS", default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) go_timeout: u16,
}

/// A job of a workflow, or a step of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    pub(crate) file: PathBuf,
    pub(crate) job: String,
    /// Its index in the list of steps, from 0.
    pub(crate) step: Option<u32>,
}

fn parse_target(text: &str) -> Result<Target, String> {
    let expected = || String::from("a workflow file and a job are needed, as in ci.yml#test, or ci.yml#test.2 for its third step");
    let (file, place) = text.rsplit_once('#').ok_or_else(expected)?;
    // Keys of jobs hold no dots.
    let (job, step) = place.split_once('.').map_or((place, None), |(job, step)| (job, Some(step)));
    if file.is_empty() || job.is_empty() {
        return Err(expected());
    }
    let step = step.map(|step| step.parse().map_err(|_| format!("`{step}` is no index of a step; they count from 0"))).transpose()?;
    Ok(Target { file: PathBuf::from(file), job: job.to_owned(), step })
}

pub(super) const ENV_EXAMPLES: &str = "\
Examples:
  gopolicy env
  gopolicy env --no-exec
  gopolicy env --format json | jq .environment.GOFLAGS
  gopolicy env --diff .github/workflows/ci.yml#test";

pub(super) const CHECK_EXAMPLES: &str = "\
Examples:
  gopolicy check
  gopolicy check .github/workflows --fail-on warning";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_a_file_with_a_job_and_perhaps_a_step() {
        let target = |file: &str, job: &str, step| Ok(Target { file: file.into(), job: job.into(), step });
        assert_eq!(parse_target("a#b.yml#test"), target("a#b.yml", "test", None));
        assert_eq!(parse_target("ci.yml#test.2"), target("ci.yml", "test", Some(2)));
        for wrong in ["ci.yml", "#test", "ci.yml#", "ci.yml#test.x"] {
            assert!(parse_target(wrong).is_err(), "{wrong}");
        }
    }
}

//! The command line.

mod examples;
mod machine;
mod selection;

use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use policy_core::policy::config::FailOn;

pub(crate) use self::machine::{Check, Env, Machine, Target};
pub(crate) use self::selection::{Area, Change, Content};
use crate::render::{FORMATS, Format};

/// Works out the Go environment that every go command will really see, and judges it by rules.
#[derive(Debug, Parser)]
#[command(name = "gopolicy", version, after_help = examples::EXIT_STATUS)]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) common: Common,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What every command takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Common {
    /// When to use colours; NO_COLOR turns `auto` off
    #[arg(long, global = true, help_heading = COMMON, value_name = "WHEN", value_enum, default_value_t = Colour::Auto)]
    pub(crate) color: Colour,
    /// Print findings only, no summary
    #[arg(short, long, global = true, help_heading = COMMON, conflicts_with = "verbose")]
    pub(crate) quiet: bool,
    /// Leave nothing out: each finding by itself, all matrix legs, all variables
    #[arg(short, long, global = true, help_heading = COMMON)]
    pub(crate) verbose: bool,
    /// Number of threads; one for each processor if not given
    #[arg(long, global = true, help_heading = COMMON, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) threads: Option<u16>,
}

// Deferred: only the arguments of the command that is called are put together. What several commands share is then described by plain
// comments, since clap would take a doc comment for the description of the command.
#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(crate) enum Command {
    /// Judge workflows and the other files of a repository
    #[command(after_help = examples::LINT)]
    Lint(Lint),
    /// Judge the Go environment of this machine, and show it
    #[command(after_help = machine::ENV_EXAMPLES)]
    Env(Env),
    /// Judge both: files as `lint` does, and this machine as `env` does
    #[command(after_help = machine::CHECK_EXAMPLES)]
    Check(Check),
    /// Show the environment that each go command will see, and what set each variable
    #[command(after_help = examples::TRACE)]
    Trace(Trace),
    /// Show everything that rules can see, with its origin
    #[command(after_help = examples::FACTS)]
    Facts(Facts),
    /// List the rules in force
    #[command(after_help = examples::RULES)]
    Rules(Rules),
    /// Explain a rule: what it demands and why, with examples
    #[command(after_help = examples::EXPLAIN)]
    Explain(Explain),
    /// Record what is found now, so that only new findings count
    #[command(after_help = examples::BASELINE)]
    Baseline(Baseline),
    /// Write a first .gopolicy.yaml
    #[command(after_help = examples::INIT)]
    Init,
    /// Run the examples of policies as tests
    #[command(after_help = examples::TEST)]
    Test(Test),
    /// Install hooks into this git repository, without a hook client
    #[command(after_help = examples::INSTALL)]
    Install(Install),
    /// Remove the hooks that `install` wrote
    #[command(after_help = examples::UNINSTALL)]
    Uninstall,
    /// Print the JSON Schema of policy files, or of the configuration
    #[command(after_help = examples::SCHEMA)]
    Schema {
        /// The kind of file
        #[arg(value_name = "FILE", value_enum, default_value = "policy")]
        of: SchemaOf,
    },
    /// Print the completion script of a shell
    #[command(after_help = examples::COMPLETIONS)]
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page, of a command if one is named
    #[command(after_help = examples::MAN)]
    Man {
        /// The command
        command: Option<String>,
    },
}

#[derive(Debug, clap::Args)]
pub(crate) struct Lint {
    /// Files and directories; `-` is standard input
    #[arg(value_name = "PATH", default_value = ".")]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) reporting: Reporting,
    /// Apply only the rules about this
    #[arg(long, value_name = "AREA", value_enum)]
    pub(crate) only: Option<Area>,
    #[command(flatten)]
    pub(crate) content: Content,
    #[command(flatten)]
    pub(crate) change: Change,
    #[command(flatten)]
    pub(crate) stdin: Stdin,
}

// By which rules is judged, and what becomes of the findings.
#[derive(Debug, clap::Args)]
pub(crate) struct Reporting {
    #[command(flatten)]
    pub(crate) policies: Policies,
    /// How to write the findings [default: text; github in a job of GitHub Actions]
    #[arg(long, value_name = "FORMAT", value_parser = format_parser())]
    pub(crate) format: Option<&'static Format>,
    /// Write the findings into a file too, e.g. json=findings.json; repeatable
    #[arg(long, value_name = "FORMAT=FILE", value_parser = parse_output)]
    pub(crate) output: Vec<Output>,
    /// Least severity that makes the exit status 1 [default: that of .gopolicy.yaml, or error]
    #[arg(long, value_name = "SEVERITY", value_parser = fail_on_parser())]
    pub(crate) fail_on: Option<FailOn>,
    /// List what could not be decided, and why
    #[arg(long)]
    pub(crate) show_undecided: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Trace {
    /// A workflow file; `-` is standard input; without it all workflows of the repository
    #[arg(value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) content: Content,
    #[command(flatten)]
    pub(crate) stdin: Stdin,
    /// This job only
    #[arg(long, value_name = "JOB")]
    pub(crate) job: Option<String>,
    /// This step only: its index in the job's list of steps, from 0
    #[arg(long, value_name = "N")]
    pub(crate) step: Option<u32>,
    /// This variable only; repeatable
    #[arg(long, value_name = "NAME")]
    pub(crate) var: Vec<String>,
    /// How to write it
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Layout::Text)]
    pub(crate) format: Layout,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Facts {
    /// Files and directories; `-` is standard input
    #[arg(value_name = "PATH", default_value = ".")]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) content: Content,
    #[command(flatten)]
    pub(crate) stdin: Stdin,
    /// This kind of subjects only, e.g. go-command
    #[arg(long, value_name = "KIND")]
    pub(crate) kind: Option<String>,
    /// What rules can see of this machine, instead of files
    #[arg(long = "machine", conflicts_with_all = ["paths", "name"])]
    pub(crate) of_machine: bool,
    /// How to write them
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Layout::Text)]
    pub(crate) format: Layout,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Rules {
    #[command(flatten)]
    pub(crate) policies: Policies,
    /// Show which file decided what
    #[arg(long)]
    pub(crate) origin: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Explain {
    /// The rule's id
    #[arg(value_name = "RULE")]
    pub(crate) rule: String,
    #[command(flatten)]
    pub(crate) policies: Policies,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Baseline {
    #[command(flatten)]
    pub(crate) policies: Policies,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Test {
    /// Policy files, or names of built-in policies; without any all built-in ones
    #[arg(value_name = "POLICY")]
    pub(crate) policies: Vec<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Install {
    /// The hooks
    #[arg(value_name = "HOOK", value_enum, default_values_t = [GitHook::PreCommit, GitHook::PreMergeCommit])]
    pub(crate) hooks: Vec<GitHook>,
    /// Keep a hook that is there already, and run it first
    #[arg(long)]
    pub(crate) chain: bool,
}

/// A hook of git.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[expect(clippy::enum_variant_names, reason = "these are git's names")]
pub(crate) enum GitHook {
    /// Before a commit: judges what is staged
    PreCommit,
    /// Before the commit of a merge: the same
    PreMergeCommit,
    /// Before a push: judges what is pushed
    PrePush,
}

impl GitHook {
    pub(crate) const ALL: [Self; 3] = [Self::PreCommit, Self::PreMergeCommit, Self::PrePush];

    /// As git calls it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::PreCommit => "pre-commit",
            Self::PreMergeCommit => "pre-merge-commit",
            Self::PrePush => "pre-push",
        }
    }
}

// Which rules to apply.
#[derive(Debug, clap::Args)]
pub(crate) struct Policies {
    /// A policy file, or the name of a built-in policy; repeatable, later ones win
    #[arg(long = "policy", value_name = "FILE|NAME")]
    pub(crate) names: Vec<String>,
}

// What to make of the path `-`.
#[derive(Debug, clap::Args)]
pub(crate) struct Stdin {
    /// The path that standard input is taken to have
    #[arg(long = "stdin-filename", value_name = "PATH")]
    pub(crate) name: Option<PathBuf>,
}

/// A format and the file to write it into.
#[derive(Clone, Debug)]
pub(crate) struct Output {
    pub(crate) format: &'static Format,
    pub(crate) file: PathBuf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Colour {
    /// On a terminal
    Auto,
    Always,
    Never,
}

/// What a schema describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaOf {
    /// A policy file
    Policy,
    /// .gopolicy.yaml
    Config,
}

/// How to write what is not a list of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Layout {
    /// For people
    Text,
    /// For programs
    Json,
}

fn format_parser() -> impl TypedValueParser<Value = &'static Format> {
    let names = FORMATS.iter().map(|format| PossibleValue::new(format.name).help(format.doc));
    PossibleValuesParser::new(names).try_map(|name| Format::named(&name))
}

fn fail_on_parser() -> impl TypedValueParser<Value = FailOn> {
    let names = FailOn::ALL.iter().map(|(name, _)| *name);
    let named = |name: String| FailOn::ALL.iter().find(|(known, _)| *known == name).map_or_else(FailOn::default, |(_, fail_on)| *fail_on);
    PossibleValuesParser::new(names).map(named)
}

fn parse_output(text: &str) -> Result<Output, String> {
    let (name, file) = text.split_once('=').ok_or("a format and a file are needed, as in json=findings.json")?;
    if file.is_empty() {
        return Err(format!("the name of a file is missing after `{name}=`"));
    }
    Ok(Output { format: Format::named(name)?, file: PathBuf::from(file) })
}

const COMMON: &str = "Common options";

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_definition_is_sound() {
        Args::command().debug_assert();
    }

    #[test]
    fn the_examples_in_help_parse() {
        let command = Args::command();
        let helps = command.get_subcommands().filter_map(clap::Command::get_after_help).chain(command.get_after_help());
        let helps: Vec<String> = helps.map(ToString::to_string).collect();
        let examples = helps.iter().flat_map(|help| help.lines()).filter_map(|line| line.strip_prefix("  gopolicy "));
        let examples: Vec<&str> = examples.map(|line| line.split(['|', '<', '>']).next().unwrap()).collect();
        assert!(examples.len() > 10);
        for example in examples {
            let words = example.split("   ").next().unwrap().split_whitespace();
            Args::try_parse_from(std::iter::once("gopolicy").chain(words)).unwrap();
        }
    }

    #[test]
    fn outputs_name_a_format_and_a_file() {
        assert_eq!(parse_output("json=a=b").unwrap().file, PathBuf::from("a=b"));
        for wrong in ["json", "json=", "jsonn=a"] {
            assert!(parse_output(wrong).is_err(), "{wrong}");
        }
    }
}

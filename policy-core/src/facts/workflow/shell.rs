//! Which shell runs a step's script, and how it is started.
//!
//! Source: `ScriptHandlerHelpers.cs` and `ScriptHandler.cs` of actions/runner.

use std::sync::Arc;

use super::runner::Os;

/// A shell with its options.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Shell {
    /// The program: `bash`, `pwsh` …
    pub(crate) name: Arc<str>,
    pub(crate) language: Language,
}

/// The language of a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    Bash {
        errexit: bool,
        nounset: bool,
        pipefail: bool,
    },
    Sh {
        errexit: bool,
        nounset: bool,
    },
    PowerShell,
    Cmd,
    /// python and anything else.
    Other,
}

impl Shell {
    /// The shell of a step that names none. Where the system is not known it is taken to have bash.
    pub(crate) fn default_for(os: Option<Os>) -> Self {
        match os {
            Some(Os::Windows) => Self { name: "pwsh".into(), language: Language::PowerShell },
            _ => Self { name: "bash".into(), language: Language::Bash { errexit: true, nounset: false, pipefail: false } },
        }
    }

    /// The shell that `shell:` names: a known name, or a command line with `{0}`.
    pub(crate) fn named(text: &str) -> Self {
        let mut words = text.split_whitespace();
        let name = words.next().unwrap_or_default();
        let options: Vec<&str> = words.filter(|word| *word != "{0}").collect();
        let base = name.rsplit(['/', '\\']).next().unwrap_or(name).trim_end_matches(".exe");
        Self { name: base.into(), language: language(base, text.trim() == name, &options) }
    }
}

fn language(program: &str, bare: bool, options: &[&str]) -> Language {
    let (errexit, nounset, pipefail) = posix_options(options);
    match program {
        "bash" if bare => Language::Bash { errexit: true, nounset: false, pipefail: true },
        "bash" | "msys2" if !options.contains(&"-c") => {
            Language::Bash { errexit: errexit || program == "msys2", nounset, pipefail: pipefail || program == "msys2" }
        }
        "sh" if bare => Language::Sh { errexit: true, nounset: false },
        "sh" | "dash" | "ash" => Language::Sh { errexit, nounset },
        "pwsh" | "powershell" => Language::PowerShell,
        "cmd" => Language::Cmd,
        _ => Language::Other,
    }
}

/// `-e`, `-u`, `-o pipefail`, alone or bundled as in `-euo pipefail`.
fn posix_options(options: &[&str]) -> (bool, bool, bool) {
    let short = |letter: char| options.iter().any(|option| option.starts_with('-') && !option.starts_with("--") && option.contains(letter));
    let named = |name: &str| options.contains(&name);
    (short('e') || named("errexit"), short('u') || named("nounset"), named("pipefail"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shells_start_as_the_runner_starts_them() {
        let bash = |errexit, nounset, pipefail| Language::Bash { errexit, nounset, pipefail };
        assert_eq!(Shell::default_for(Some(Os::Linux)).language, bash(true, false, false));
        assert_eq!(Shell::named("bash").language, bash(true, false, true));
        assert_eq!(Shell::named("bash {0}").language, bash(false, false, false));
        assert_eq!(Shell::named("bash --noprofile --norc -euo pipefail {0}").language, bash(true, true, true));
        assert_eq!(Shell::named("sh").language, Language::Sh { errexit: true, nounset: false });
        assert_eq!(Shell::named("pwsh").language, Language::PowerShell);
        assert_eq!(Shell::named("python").language, Language::Other);
        assert_eq!(Shell::default_for(Some(Os::Windows)).language, Language::PowerShell);
    }
}

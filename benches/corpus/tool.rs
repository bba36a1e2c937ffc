//! gopolicy and its neighbours as processes to start.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};

/// A checker, how to start it, and which exit statuses mean that it checked everything.
#[derive(Clone)]
pub(crate) struct Tool {
    pub(crate) name: &'static str,
    program: PathBuf,
    arguments: &'static [&'static str],
    statuses: std::ops::RangeInclusive<i32>,
}

impl Tool {
    pub(crate) fn gopolicy() -> Self {
        Self { name: "gopolicy", program: env!("CARGO_BIN_EXE_gopolicy").into(), arguments: &["lint"], statuses: 0..=1 }
    }

    /// The tool on these files, without anything of the user's that would change what it does.
    pub(crate) fn command(&self, paths: &[String], root: &Path) -> Command {
        let mut command = Command::new(&self.program);
        command.args(self.arguments).args(paths).current_dir(root);
        for name in ["GH_TOKEN", "GITHUB_TOKEN", "ZIZMOR_GITHUB_TOKEN", "ZIZMOR_CONFIG", "GITHUB_ACTIONS"] {
            command.env_remove(name);
        }
        command
    }

    pub(crate) fn did_its_work(&self, status: ExitStatus) -> bool {
        status.code().is_some_and(|code| self.statuses.contains(&code))
    }
}

/// The neighbours that `scripts/setup-tests` installed.
pub(crate) fn peers() -> Vec<Tool> {
    let tools = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tools");
    let zizmor = Tool {
        name: "zizmor --offline",
        program: tools.join("venv/bin/zizmor"),
        arguments: &["--offline", "--no-config", "--no-progress", "--quiet", "--no-exit-codes"],
        statuses: 0..=0,
    };
    // shellcheck would be a process for every script: without it is the fastest that actionlint can be.
    let actionlint = Tool {
        name: "actionlint, no shellcheck",
        program: tools.join("bin/actionlint"),
        arguments: &["-shellcheck=", "-pyflakes="],
        statuses: 0..=1,
    };
    [zizmor, actionlint].into_iter().filter(is_installed).collect()
}

fn is_installed(tool: &Tool) -> bool {
    let installed = tool.program.is_file();
    if !installed {
        println!("left out: {} is absent; scripts/setup-tests installs it", tool.name);
    }
    installed
}

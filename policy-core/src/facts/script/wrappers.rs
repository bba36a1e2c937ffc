//! Commands that run another command: `sudo`, `timeout`, `nice` … One table says how to find the command behind each.

/// What a wrapper does to the environment of the command it runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// Passes it on.
    Keeps,
    /// Starts from another one, unless told to keep it (`sudo`).
    Resets,
    /// Changes it in ways that are not known (`nix develop`).
    Changes,
}

/// How to find the command behind a wrapper.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wrapper {
    /// Its name.
    pub(super) name: &'static str,
    /// Options that take their value from the next word.
    pub(super) valued: &'static [&'static str],
    /// Words after the options that are not the command: the duration of `timeout`.
    pub(super) operands: usize,
    /// Whether `NAME=value` words come before the command.
    pub(super) assigns: bool,
    /// The word behind which the command starts, if there must be one.
    pub(super) after: Option<&'static str>,
    /// Whether it adds arguments that are not known (`xargs`).
    pub(super) adds: bool,
    /// What it does to the environment.
    pub(super) effect: Effect,
}

const PLAIN: Wrapper = Wrapper { name: "", valued: &[], operands: 0, assigns: false, after: None, adds: false, effect: Effect::Keeps };

const SUDO: &[&str] = &[
    "-C",
    "-D",
    "-g",
    "-h",
    "-p",
    "-R",
    "-T",
    "-t",
    "-U",
    "-u",
    "-r",
    "--chdir",
    "--chroot",
    "--close-from",
    "--command-timeout",
    "--group",
    "--host",
    "--other-user",
    "--prompt",
    "--role",
    "--type",
    "--user",
];

/// All wrappers, sorted by name.
pub(super) const WRAPPERS: &[Wrapper] = &[
    Wrapper { name: "arch", valued: &["-e"], ..PLAIN },
    Wrapper { name: "aws-vault", after: Some("--"), effect: Effect::Changes, ..PLAIN },
    Wrapper { name: "caffeinate", valued: &["-t", "-w"], ..PLAIN },
    Wrapper { name: "chronic", ..PLAIN },
    Wrapper { name: "chrt", valued: &["-T", "-P", "-D"], operands: 1, ..PLAIN },
    Wrapper { name: "dbus-run-session", valued: &["--config-file", "--dbus-daemon"], ..PLAIN },
    Wrapper { name: "devbox", after: Some("--"), effect: Effect::Changes, ..PLAIN },
    Wrapper { name: "direnv", operands: 2, effect: Effect::Changes, ..PLAIN },
    Wrapper { name: "doas", valued: &["-C", "-u"], effect: Effect::Resets, ..PLAIN },
    Wrapper { name: "doppler", after: Some("--"), effect: Effect::Changes, ..PLAIN },
    Wrapper { name: "dotenv", after: Some("--"), effect: Effect::Changes, ..PLAIN },
    Wrapper { name: "fakeroot", valued: &["-l", "-s", "-i", "-b"], ..PLAIN },
    Wrapper { name: "flock", valued: &["-w", "--timeout", "-E", "--conflict-exit-code"], operands: 1, ..PLAIN },
    Wrapper { name: "gosu", operands: 1, ..PLAIN },
    Wrapper { name: "gtimeout", valued: &["-k", "--kill-after", "-s", "--signal"], operands: 1, ..PLAIN },
    Wrapper { name: "ionice", valued: &["-c", "--class", "-n", "--classdata"], ..PLAIN },
    Wrapper { name: "linux32", ..PLAIN },
    Wrapper { name: "linux64", ..PLAIN },
    Wrapper { name: "mise", after: Some("--"), effect: Effect::Changes, ..PLAIN },
    Wrapper { name: "nice", valued: &["-n", "--adjustment"], ..PLAIN },
    Wrapper { name: "nohup", ..PLAIN },
    Wrapper { name: "op", after: Some("--"), effect: Effect::Changes, ..PLAIN },
    Wrapper { name: "prlimit", ..PLAIN },
    Wrapper {
        name: "retry",
        valued: &["-d", "-t", "-n", "--delay", "--times", "--tries", "--timeout", "--until", "--message", "-m", "-u"],
        ..PLAIN
    },
    Wrapper { name: "retry.sh", ..PLAIN },
    Wrapper { name: "setarch", operands: 1, ..PLAIN },
    Wrapper { name: "setsid", ..PLAIN },
    Wrapper { name: "stdbuf", valued: &["-i", "--input", "-o", "--output", "-e", "--error"], ..PLAIN },
    Wrapper { name: "strace", valued: &["-a", "-b", "-e", "-E", "-I", "-o", "-O", "-p", "-P", "-s", "-S", "-u", "-X"], ..PLAIN },
    Wrapper { name: "sudo", valued: SUDO, assigns: true, effect: Effect::Resets, ..PLAIN },
    Wrapper { name: "su-exec", operands: 1, ..PLAIN },
    Wrapper { name: "taskset", valued: &["-p"], operands: 1, ..PLAIN },
    Wrapper { name: "time", valued: &["-f", "--format", "-o", "--output"], ..PLAIN },
    Wrapper { name: "timeout", valued: &["-k", "--kill-after", "-s", "--signal"], operands: 1, ..PLAIN },
    Wrapper { name: "unbuffer", ..PLAIN },
    Wrapper {
        name: "xargs",
        valued: &["-a", "--arg-file", "-d", "--delimiter", "-E", "-I", "-L", "-n", "--max-args", "-P", "--max-procs", "-s", "--max-chars"],
        adds: true,
        ..PLAIN
    },
    Wrapper {
        name: "xvfb-run",
        valued: &[
            "-e",
            "--error-file",
            "-f",
            "--auth-file",
            "-n",
            "--server-num",
            "-p",
            "--xauth-protocol",
            "-s",
            "--server-args",
            "-w",
            "--wait",
        ],
        ..PLAIN
    },
];

/// Builtins, and `env`, that run the command behind them and are followed by their own rules.
const PREFIXES: &[&str] = &["builtin", "command", "env", "exec"];

/// Whether a command of that name runs another one.
pub(crate) fn runs_another(name: &str) -> bool {
    PREFIXES.contains(&name) || find(name).is_some()
}

/// Whether a program gives the command that it runs a fresh environment, PATH too: `sudo` and its like.
pub(crate) fn resets_environment(name: &str) -> bool {
    find(name).is_some_and(|wrapper| wrapper.effect == Effect::Resets)
}

/// The wrapper of that name, directories taken away.
pub(super) fn find(name: &str) -> Option<&'static Wrapper> {
    let base = name.rsplit('/').next().unwrap_or(name);
    WRAPPERS.iter().find(|wrapper| wrapper.name == base)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_values_belong_to_options() {
        for (index, wrapper) in WRAPPERS.iter().enumerate() {
            assert!(WRAPPERS[..index].iter().all(|other| other.name != wrapper.name), "{}", wrapper.name);
            assert!(wrapper.valued.iter().all(|option| option.starts_with('-')), "{}", wrapper.name);
        }
    }
}

//! The machine a job runs on, as far as `runs-on` tells.
//!
//! Labels and images: <https://docs.github.com/actions/reference/runners/github-hosted-runners>. Paths are those of the hosted images;
//! `repository` in them stands for the repository's name, which the files do not tell: a word that no shell reads in another way.

use std::sync::Arc;

/// Operating systems that runners have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Os {
    Linux,
    #[expect(clippy::enum_variant_names, reason = "that is its name")]
    MacOs,
    Windows,
}

/// What `runs-on` tells about a machine. `None` is: not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Runner {
    pub(crate) os: Option<Os>,
    /// Go's name of the architecture.
    pub(crate) arch: Option<&'static str>,
    /// Whether it is one of GitHub's own images, whose environment is public.
    pub(crate) hosted: bool,
    /// The labels, for messages.
    pub(crate) labels: Arc<str>,
}

impl Os {
    /// Go's name: the value of `GOOS`.
    pub(crate) fn goos(self) -> &'static str {
        match self {
            Self::Linux => "linux",
            Self::MacOs => "darwin",
            Self::Windows => "windows",
        }
    }

    /// The name in gopolicy's fields and output.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::MacOs => "macos",
            other => other.goos(),
        }
    }

    /// The value of `runner.os`.
    pub(crate) fn context_name(self) -> &'static str {
        match self {
            Self::Linux => "Linux",
            Self::MacOs => "macOS",
            Self::Windows => "Windows",
        }
    }
}

/// A family of GitHub's own labels: `prefix` then `latest` or a version.
struct Family {
    prefix: &'static str,
    os: Os,
}

static FAMILIES: &[Family] = &[
    Family { prefix: "ubuntu-", os: Os::Linux },
    Family { prefix: "macos-", os: Os::MacOs },
    Family { prefix: "windows-", os: Os::Windows },
];

impl Runner {
    /// A machine of which nothing is known.
    pub(crate) fn unknown(labels: &str) -> Self {
        Self { os: None, arch: None, hosted: false, labels: labels.into() }
    }

    /// The machine that a list of labels asks for; one label that tells the system is enough.
    pub(crate) fn from_labels<'a>(labels: impl IntoIterator<Item = &'a str>) -> Self {
        let labels: Vec<String> = labels.into_iter().map(str::to_lowercase).collect();
        let shown = labels.join(", ");
        match labels.as_slice() {
            [label] => Self::hosted(label).unwrap_or_else(|| Self { labels: shown.as_str().into(), ..Self::guessed(&labels) }),
            _ => Self { labels: shown.as_str().into(), ..Self::guessed(&labels) },
        }
    }

    fn hosted(label: &str) -> Option<Self> {
        let family = FAMILIES.iter().find(|family| label.starts_with(family.prefix))?;
        let mut parts = label.strip_prefix(family.prefix)?.split('-');
        let version = parts.next()?;
        let variant: Vec<&str> = parts.collect();
        let known_version = version == "latest" || version == "slim" || version.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let arch = hosted_arch(family.os, version, &variant)?;
        known_version.then(|| Self { os: Some(family.os), arch: Some(arch), hosted: true, labels: label.into() })
    }

    /// Self-hosted and third-party runners: only what a label says in so many words.
    fn guessed(labels: &[String]) -> Self {
        let words: Vec<&str> = labels.iter().flat_map(|label| label.split(['-', '_', '.'])).collect();
        let has = |names: &[&str]| words.iter().any(|word| names.contains(word));
        let os = [(Os::Linux, &["linux", "ubuntu"][..]), (Os::MacOs, &["macos"]), (Os::Windows, &["windows"])];
        let arch = [("arm64", &["arm64", "arm", "aarch64"][..]), ("amd64", &["x64", "amd64"])];
        Self {
            os: os.into_iter().find(|(_, names)| has(names)).map(|(os, _)| os),
            arch: arch.into_iter().find(|(_, names)| has(names)).map(|(arch, _)| arch),
            hosted: false,
            labels: "".into(),
        }
    }

    /// The home directory.
    pub(crate) fn home(&self) -> Option<&'static str> {
        let homes = |os| match os {
            Os::Linux => "/home/runner",
            Os::MacOs => "/Users/runner",
            Os::Windows => "C:\\Users\\runneradmin",
        };
        self.os.filter(|_| self.hosted).map(homes)
    }

    /// `$GITHUB_WORKSPACE`: where the repository is checked out.
    pub(crate) fn workspace(&self) -> &'static str {
        match self.os.filter(|_| self.hosted) {
            Some(Os::Linux) => "/home/runner/work/repository/repository",
            Some(Os::MacOs) => "/Users/runner/work/repository/repository",
            Some(Os::Windows) => "D:\\a\\repository\\repository",
            None => "/workspace",
        }
    }

    /// `$RUNNER_TEMP`.
    pub(crate) fn temp(&self) -> Option<&'static str> {
        match self.os.filter(|_| self.hosted)? {
            Os::Linux => Some("/home/runner/work/_temp"),
            Os::MacOs => Some("/Users/runner/work/_temp"),
            Os::Windows => Some("D:\\a\\_temp"),
        }
    }

    /// `$RUNNER_TOOL_CACHE`, where setup-go puts releases.
    pub(crate) fn tool_cache(&self) -> Option<&'static str> {
        match self.os.filter(|_| self.hosted)? {
            Os::Linux => Some("/opt/hostedtoolcache"),
            Os::MacOs => Some("/Users/runner/hostedtoolcache"),
            Os::Windows => Some("C:\\hostedtoolcache\\windows"),
        }
    }
}

/// The architecture of a hosted label; `None` for a label that GitHub does not have.
fn hosted_arch(os: Os, version: &str, variant: &[&str]) -> Option<&'static str> {
    match (os, variant) {
        (Os::MacOs, []) => Some(if matches!(version, "11" | "12" | "13") { "amd64" } else { "arm64" }),
        (Os::MacOs, ["intel" | "large"]) => Some("amd64"),
        (Os::MacOs, ["xlarge"]) => Some("arm64"),
        (Os::Linux | Os::Windows, ["arm"]) => Some("arm64"),
        (Os::Linux | Os::Windows, []) | (Os::Windows, ["vs2026"]) => Some("amd64"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_tell_system_and_architecture() {
        let seen = |labels: &[&str]| {
            let runner = Runner::from_labels(labels.iter().copied());
            (runner.os.map(Os::name), runner.arch, runner.hosted)
        };
        assert_eq!(seen(&["ubuntu-latest"]), (Some("linux"), Some("amd64"), true));
        assert_eq!(seen(&["ubuntu-24.04-arm"]), (Some("linux"), Some("arm64"), true));
        assert_eq!(seen(&["macos-13"]), (Some("macos"), Some("amd64"), true));
        assert_eq!(seen(&["macOS-latest"]), (Some("macos"), Some("arm64"), true));
        assert_eq!(seen(&["macos-15-intel"]), (Some("macos"), Some("amd64"), true));
        assert_eq!(seen(&["windows-11-arm"]), (Some("windows"), Some("arm64"), true));
        assert_eq!(seen(&["ubuntu-latest-16-cores"]), (Some("linux"), None, false));
        assert_eq!(seen(&["self-hosted", "Linux", "ARM64"]), (Some("linux"), Some("arm64"), false));
        assert_eq!(seen(&["blacksmith-4vcpu-ubuntu-2404"]), (Some("linux"), None, false));
        assert_eq!(seen(&["self-hosted"]), (None, None, false));
    }
}

//! Where PATH leads past the Go that a job has set up.

use super::start::TOOL_DIRECTORY;
use crate::facts::script::{Invocation, resets_environment};

/// The Go that PATH leads to, in words, if it is another one than that of the directory which actions/setup-go adds.
pub(super) fn other_go(invocation: &Invocation, is_set_up: bool) -> Option<String> {
    let path = invocation.env.get("PATH");
    let Some(path) = path.as_text() else {
        let program = invocation.wrappers.iter().find(|wrapper| resets_environment(wrapper))?;
        return Some(format!("Go on the PATH that `{program}` sets"));
    };
    let directories = || path.split([':', ';']);
    if let Some(directory) = directories().take_while(|directory| *directory != TOOL_DIRECTORY).find(|directory| holds_go(directory)) {
        return Some(format!("Go in {directory}"));
    }
    let leads_past = is_set_up && directories().all(|directory| directory != TOOL_DIRECTORY);
    leads_past.then(|| String::from("Go on a PATH without the one that was set up"))
}

/// Whether a directory holds a go command, by its name: `/usr/local/go/bin`, `~/sdk/go1.22.3/bin`, `/opt/go1.26/bin`. What `go install`
/// has put into `~/go/bin` is something else.
fn holds_go(directory: &str) -> bool {
    let directory = directory.replace('\\', "/");
    let Some(tree) = directory.trim_end_matches('/').strip_suffix("/bin") else { return false };
    let name = tree.rsplit('/').next().unwrap_or(tree);
    let of_system = ["/usr/", "/opt/"].iter().any(|root| tree.starts_with(root));
    let is_version = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '_' | '.'));
    matches!(name, "gotip" | "goroot") || name == "go" && of_system || name.strip_prefix("go").is_some_and(is_version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directories_of_go_are_told_by_their_names() {
        for directory in
            ["/usr/local/go/bin", "/opt/go/bin/", "/home/me/sdk/go1.22.3/bin", "C:\\go1.26\\bin", "/home/me/go_win7/bin", "/x/gotip/bin"]
        {
            assert!(holds_go(directory), "{directory}");
        }
        for directory in ["/home/runner/go/bin", "/usr/bin", "/opt/google/bin", "C:\\Users\\me\\go\\bin", "/opt/go1.26"] {
            assert!(!holds_go(directory), "{directory}");
        }
    }
}

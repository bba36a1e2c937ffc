//! What a job starts with: the runner's environment, the container's, and the first entries of the runner's map.

use std::sync::{Arc, LazyLock};

use super::provision::{Hints, Provision};
use super::runner::{Os, Runner};
use super::state::{Checkout, Installed, State};
use crate::facts::environment::Environment;
use crate::facts::go::variables;
use crate::facts::value::{Origin, OriginKind, Reason, Value};
use crate::text::Location;

/// Stands for the file behind `$GITHUB_ENV`.
pub(crate) const ENV_FILE: &str = "/<github-env>";
/// Stands for the file behind `$GITHUB_PATH`.
pub(crate) const PATH_FILE: &str = "/<github-path>";
/// Stands for the file behind `$GITHUB_OUTPUT`.
pub(crate) const OUTPUT_FILE: &str = "/<github-output>";
/// Stands for the directory in which actions/setup-go has put Go.
pub(crate) const TOOL_DIRECTORY: &str = "<setup-go>/bin";
/// HOME in a job's container (`ContainerOperationProvider.cs`).
pub(crate) const CONTAINER_HOME: &str = "/github/home";
/// Stands for the directories of PATH that the runner's image puts there.
pub(crate) const IMAGE_PATH: &str = "<PATH>";

/// The image of a job's container.
pub(crate) struct Image {
    /// Its name, if known.
    pub(crate) name: Option<Arc<str>>,
    /// Where the workflow names it.
    pub(crate) location: Location,
}

impl Image {
    /// Whether it is the official `golang` image, whose environment is public:
    /// <https://github.com/docker-library/golang> sets `GOPATH=/go`, PATH, and since 1.21 `GOTOOLCHAIN=local`.
    fn official_tag(&self) -> Option<&str> {
        let name = self.name.as_deref()?;
        let name = ["docker.io/library/", "docker.io/", "library/"].iter().find_map(|prefix| name.strip_prefix(prefix)).unwrap_or(name);
        let (image, tag) = name.split('@').next()?.split_once(':').unwrap_or((name, "latest"));
        (image == "golang").then_some(tag)
    }
}

/// The environment of a process before any `env:`.
pub(crate) fn base_environment(runner: &Runner, image: Option<&Image>) -> Environment {
    let ignores_case = runner.os == Some(Os::Windows) && image.is_none();
    let mut env = if image.is_none() && runner.hosted { without_go_variables(ignores_case) } else { Environment::empty(ignores_case) };
    match image {
        Some(image) => image_environment(&mut env, image),
        None if runner.hosted => env.others_unknown(Reason::new("environment of the runner's image")),
        None if runner.labels.is_empty() => env.others_unknown(Reason::new("environment of the runner")),
        None => env.others_unknown(Reason::new(format!("environment of runner `{}`", runner.labels))),
    }
    runner_variables(&mut env, runner, image.is_some());
    if image.is_none() && runner.hosted {
        user_directories(&mut env, runner);
    }
    env
}

/// What Go's defaults hang on, besides HOME. Ubuntu's images set `XDG_CONFIG_HOME` to what it is by default.
fn user_directories(env: &mut Environment, runner: &Runner) {
    let origin = Origin::of(OriginKind::Runner);
    for name in ["XDG_CACHE_HOME", "TMPDIR"] {
        env.set(name, Value::unset(Arc::clone(&origin)));
    }
    let mut set = |name, text: &str| env.set(name, Value::text(text, Arc::clone(&origin)));
    match runner.os {
        Some(Os::Linux) => set("XDG_CONFIG_HOME", "/home/runner/.config"),
        Some(Os::Windows) => {
            set("LocalAppData", "C:\\Users\\runneradmin\\AppData\\Local");
            set("AppData", "C:\\Users\\runneradmin\\AppData\\Roaming");
        }
        _ => env.set("XDG_CONFIG_HOME", Value::unset(origin)),
    }
}

/// GitHub's images set no variable of Go (<https://github.com/actions/runner-images>), and the official golang image few. Every leg
/// of every job starts like this, so it is worked out once.
fn without_go_variables(ignores_case: bool) -> Environment {
    static UNSET: LazyLock<[Environment; 2]> = LazyLock::new(|| [false, true].map(unset_go_variables));
    let [exact, folded] = &*UNSET;
    if ignores_case { folded.clone() } else { exact.clone() }
}

fn unset_go_variables(ignores_case: bool) -> Environment {
    let mut env = Environment::empty(ignores_case);
    let unset = Value::unset_by(OriginKind::Runner);
    variables::all().iter().for_each(|variable| env.set(variable.name, unset.clone()));
    env
}

fn image_environment(env: &mut Environment, image: &Image) {
    let tag = image.official_tag();
    if tag.is_some() {
        *env = without_go_variables(false);
    }
    env.others_unknown(Reason::new("environment of the container's image"));
    let Some(tag) = tag else { return };
    let origin = Origin::named(OriginKind::Image, format!("golang:{tag}"), Some(image.location.clone()));
    env.set("GOPATH", Value::text("/go", Arc::clone(&origin)));
    match image_version(tag).map(|version| version.below(crate::facts::version::GoVersion::release(21, 0))) {
        Some(Some(true)) => {}
        _ => env.set("GOTOOLCHAIN", Value::text("local", origin)),
    }
}

fn image_version(tag: &str) -> Option<crate::facts::version::VersionRange> {
    let version = tag.split('-').next()?;
    if version == "latest" || tag.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return super::version_spec::resolve("stable").ok();
    }
    super::version_spec::resolve(version).ok()
}

/// Variables that the runner itself sets, last of all (`ScriptHandler.cs`): `GITHUB_*`, `RUNNER_*`, `CI`, HOME, PATH.
fn runner_variables(env: &mut Environment, runner: &Runner, in_container: bool) {
    let origin = Origin::of(OriginKind::Runner);
    let mut set = |name: &str, value: Option<&str>| match value {
        Some(text) => env.set(name, Value::text(text, Arc::clone(&origin))),
        None => env.set(name, Value::unknown(Reason::new(format!("${name}")))),
    };
    set("CI", Some("true"));
    set("GITHUB_ACTIONS", Some("true"));
    set("GITHUB_ENV", Some(ENV_FILE));
    set("GITHUB_PATH", Some(PATH_FILE));
    set("GITHUB_OUTPUT", Some(OUTPUT_FILE));
    set("PATH", Some(IMAGE_PATH));
    set("RUNNER_OS", runner.os.map(Os::context_name));
    set("GITHUB_WORKSPACE", Some(workspace(runner, in_container)));
    set("RUNNER_TEMP", if in_container { Some("/__w/_temp") } else { runner.temp() });
    set("RUNNER_TOOL_CACHE", if in_container { Some("/__t") } else { runner.tool_cache() });
    if in_container {
        set("HOME", Some(CONTAINER_HOME));
    } else if runner.os == Some(Os::Windows) {
        set("USERPROFILE", runner.home());
    } else {
        set("HOME", runner.home());
    }
}

/// `$GITHUB_WORKSPACE`; a job's container has the work directory at `/__w`.
pub(crate) fn workspace(runner: &Runner, in_container: bool) -> &'static str {
    if in_container { "/__w/repository/repository" } else { runner.workspace() }
}

/// The state before the first step.
pub(crate) fn state(env: Environment, image: Option<&Image>) -> State {
    let go = match image.map(|image| (image, image.official_tag().and_then(image_version))) {
        Some((image, Some(range))) => Installed {
            versions: Value::known(crate::facts::value::Datum::Version(range), Origin::at(OriginKind::Image, image.location.clone())),
            source: "image",
            setup: None,
        },
        Some((_, None)) => Installed::unknown("image", "Go in the container's image"),
        None => Installed::unknown("preinstalled", "Go preinstalled on the runner"),
    };
    let provision = Provision {
        go,
        go_env_file: Arc::default(),
        checkout: Checkout::No,
        module_cache_restored: false,
        build_cache_restored: false,
        hints: Hints::default(),
    };
    State { env, path: Vec::new(), outputs: std::collections::BTreeMap::new(), provision: Arc::new(provision) }
}

/// From here on Go's variables may be anything, for `reason`.
pub(crate) fn forget_go_variables(env: &mut Environment, reason: &Reason) {
    for name in variables::all().iter().map(|variable| variable.name) {
        env.set(name, env.get(name).clone().or_unknown(reason.clone()));
    }
}

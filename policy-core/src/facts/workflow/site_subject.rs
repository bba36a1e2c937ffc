//! The subjects `environment` and `go-command`: fields of a site, worked out when asked for.

use std::sync::{Arc, OnceLock};

use super::go_command::{GoCommand, ModuleUse};
use super::runner::Os;
use super::site::{Running, Site};
use crate::facts::go::flags::Given;
use crate::facts::go::resolver::Resolver;
use crate::facts::go::{derived, variables};
use crate::facts::project::ModuleFile;
use crate::facts::schema::Kind;
use crate::facts::subject::{FieldName, Place, Subject};
use crate::facts::value::{Choice, Datum, Origin, OriginKind, Reason, Value};
use crate::facts::version::{GoVersion, VersionRange};
use crate::text::Location;

/// A site, as rules on environments or on commands see it.
#[derive(Clone)]
pub(crate) struct SiteSubject {
    site: Arc<Site>,
    command: Option<Arc<GoCommand>>,
    answers: Arc<Answers>,
}

/// What has been worked out about a site.
#[derive(Default)]
struct Answers {
    running: OnceLock<Running>,
    resolver: OnceLock<Resolver>,
}

impl SiteSubject {
    /// The environment of a site.
    pub(crate) fn environment(site: &Arc<Site>) -> Self {
        Self { site: Arc::clone(site), command: None, answers: Arc::default() }
    }

    /// A command in this environment.
    pub(crate) fn with_command(&self, command: &Arc<GoCommand>) -> Self {
        Self { command: Some(Arc::clone(command)), ..self.clone() }
    }

    /// Which Go does the work here.
    pub(crate) fn running(&self) -> &Running {
        self.answers.running.get_or_init(|| self.site.running())
    }

    /// Go's variables here.
    pub(crate) fn resolver(&self) -> &Resolver {
        self.answers.resolver.get_or_init(|| self.site.resolver(self.running()))
    }

    pub(super) fn variable(&self, name: &str) -> Value {
        self.resolver().variable(name)
    }

    fn command_field(&self, name: &str) -> Option<Value> {
        let command = self.command.as_ref()?;
        let line = &command.line;
        let whole = || Origin::at(OriginKind::Document, command.location.clone());
        let open = || Value::unknown(Reason::new("a word of the command line"));
        Some(match name {
            "args" => words(command, &line.arguments, line.open),
            "background" => flag(command.background, whole()),
            "command-line" => Value::text(self.site.place.command.clone().unwrap_or_default(), whole()),
            "emulator" => flag(self.site.around.provision.hints.emulator, whole()),
            "flags" => list(line.flags.iter().map(|given| flag_value(command, given)), line.open, whole()),
            "job.timeout" => minutes(&command.job_timeout),
            "build-cache-restored" => flag(self.site.around.provision.build_cache_restored, whole()),
            "mixed-versions" => mixed_versions(&line.arguments).map_or_else(open, |mixed| flag(mixed, whole())),
            "module-cache-restored" => flag(self.site.around.provision.module_cache_restored, whole()),
            "parallel" => flag(command.parallel, whole()),
            "status-ignored" => flag(command.status_ignored, whole()),
            "step.timeout" => minutes(&command.step_timeout),
            "pinned-tools" => self.pinned_tools(command),
            "subcommand" => match &line.subcommand {
                Some(name) => Value::text(Arc::clone(name), whole()),
                None => open(),
            },
            "timeout" => timeout(command),
            "unknown-flags" => {
                let unknown = line.flags.iter().filter(|given| given.known == Some(false));
                list(unknown.map(|given| flag_value(command, given)), false, whole())
            }
            "wrapper" => {
                let words = command.wrappers.iter().map(|word| Value::text(Arc::clone(word), whole()));
                list(words, false, whole())
            }
            _ => return None,
        })
    }

    /// Packages that are named at a version although the module in force pins them as tools.
    fn pinned_tools(&self, command: &GoCommand) -> Value {
        let whole = Origin::at(OriginKind::Document, command.location.clone());
        let Some(modules) = &self.site.modules.modules else { return Value::unknown(Reason::new("which module files are there")) };
        let tools = modules.go_mod.as_ref().map_or(&[][..], |module| &module.lines.tool);
        let runs = matches!(command.line.subcommand.as_deref(), Some("install" | "run"));
        let arguments = command.line.arguments.iter().flatten().filter(|_| runs);
        let is_pinned =
            |argument: &&Arc<str>| argument.split_once('@').is_some_and(|(path, _)| tools.iter().any(|tool| tool.value == path));
        let item = |argument: &Arc<str>| {
            Value::text(Arc::clone(argument), Origin::at(OriginKind::Document, command.locate(|word| word == &**argument)))
        };
        list(arguments.filter(is_pinned).map(item), command.line.open, whole)
    }

    fn place_field(&self, name: &FieldName) -> Value {
        let site = &self.site;
        let around = &site.around;
        let computed = || Origin::of(OriginKind::Computed);
        let text = |text: Option<&str>| text.map_or_else(|| Value::unset(computed()), |text| Value::text(text, computed()));
        match name.declared {
            "arch" => known_or(around.runner.arch, "architecture of the runner"),
            "compiler-set" => derived::compiler_set(self.resolver()),
            "cross-compiles" => self.cross_compiles(),
            "effective-flags" => self.effective_flags(),
            "env.*" => name.tail.as_deref().map_or_else(Value::nowhere, |tail| site.env.get(tail).clone()),
            "go.installed" => around.provision.go.versions.clone(),
            "go.needed" => self.running().needed.clone(),
            "go.setup" => around.provision.go.setup.as_ref().map_or_else(
                || Value::unset(computed()),
                |setup| Value::text(Arc::clone(&setup.label), Origin::at(OriginKind::Action, setup.location.clone())),
            ),
            "go.setup-major" => self.setup_major(),
            "go.source" => text(Some(around.provision.go.source)),
            "go.setup-from" => text(around.provision.go.setup.as_ref().map(|setup| setup.from.word())),
            "go.switches" => self.running().switches.clone(),
            "go.version" => self.running().version.clone(),
            "install-directory" => self.install_directory(),
            "install-directory-on-path" => self.install_directory_on_path(),
            "module.file" => self.module(
                |site| site.modules.modules.as_ref()?.go_mod.as_deref(),
                |file| Some(Value::text(file.in_project(), module_origin(file))),
            ),
            "module.go" => self.module(|site| site.deciding(), |file| file.go().map(version_line)),
            "module.loaded" => flag(site.module_use == ModuleUse::Needed, computed()),
            "module.path" => self.module(|site| site.modules.modules.as_ref()?.go_mod.as_deref(), ModuleFile::module),
            "module.toolchain" => self.module(|site| site.deciding(), |file| file.toolchain().map(version_line)),
            "module.vendored" => self.module_vendored(),
            "module.workspace" => self.module(
                |site| site.modules.modules.as_ref()?.go_work.as_deref().filter(|_| !site.workspace_off()),
                |file| Some(flag(true, module_origin(file))),
            ),
            "opaque" => site.opaque.as_ref().map_or_else(
                || Value::unset(computed()),
                |what| Value::text(Arc::clone(what), Origin::at(OriginKind::Document, site.location.clone())),
            ),
            "os" => known_or(
                around.runner.os.filter(|_| !around.in_container).or(around.in_container.then_some(Os::Linux)).map(Os::name),
                "system of the runner",
            ),
            "path" => self.path(),
            "place" => text(Some("workflow")),
            "runner" => text(Some(&around.runner.labels)),
            "shell" => text(site.shell.as_deref()),
            "tags" => self.tags(),
            "working-directory" => site.directory.clone(),
            name if variables::lookup(name).is_some() => self.variable(name),
            _ => Value::unknown(Reason::new("undeclared field")),
        }
    }

    fn module<'s>(&'s self, file: impl Fn(&'s Site) -> Option<&'s ModuleFile>, value: impl Fn(&ModuleFile) -> Option<Value>) -> Value {
        if self.site.modules.modules.is_none() {
            return Value::unknown(Reason::new("which module files are there"));
        }
        file(&self.site).and_then(value).unwrap_or_else(|| Value::unset_by(OriginKind::Module))
    }

    /// Whether the repository holds the module's vendor directory; an earlier step may have made one.
    fn module_vendored(&self) -> Value {
        let Some(modules) = &self.site.modules.modules else { return Value::unknown(Reason::new("which module files are there")) };
        let hints = self.site.around.provision.hints;
        if !modules.vendored && (hints.vendor || hints.directories) {
            return Value::unknown(Reason::new("whether an earlier step makes the vendor directory"));
        }
        flag(modules.vendored, Origin::of(OriginKind::Module))
    }

    /// The directories of PATH before the image's own.
    fn path(&self) -> Value {
        let separator = if self.site.env.ignores_case() { ';' } else { ':' };
        self.site.env.get("PATH").and_then(|choice| match choice.datum.as_text() {
            Some(text) => {
                let items = text.split(separator).map(|directory| Value::text(directory, Arc::clone(&choice.origin)));
                Value::list(items.collect(), Arc::clone(&choice.origin))
            }
            None => Value::unset(Arc::clone(&choice.origin)),
        })
    }

    /// GOBIN, else `bin` in the first directory of GOPATH.
    fn install_directory(&self) -> Value {
        self.variable("GOBIN").and_then(|choice| match choice.datum.as_text() {
            Some("") | None => self.variable("GOPATH").and_then(|path| match path.datum.as_text() {
                Some(path_text) => Value::text(super::paths::below(first_of_list(path_text), "bin"), Arc::clone(&path.origin)),
                None => Value::unset(Arc::clone(&path.origin)),
            }),
            Some(directory) => Value::text(directory, Arc::clone(&choice.origin)),
        })
    }

    /// Whether PATH leads there. The image's own directories count as not: they are the system's.
    fn install_directory_on_path(&self) -> Value {
        let path = self.path();
        let Some(Choice { datum: Datum::List(directories), .. }) = path.single() else {
            return Value::unknown(path.reason().cloned().unwrap_or_else(|| Reason::new("PATH")));
        };
        let normal = |text: &str| text.replace('\\', "/").trim_end_matches('/').to_owned();
        let listed: Vec<String> = directories.iter().filter_map(Value::as_text).map(|text| normal(text)).collect();
        self.install_directory().and_then(|choice| match choice.datum.as_text() {
            Some(directory) if system_directory(directory) => Value::unknown(Reason::new("PATH of the runner's image")),
            Some(directory) => flag(listed.contains(&normal(directory)), Arc::clone(&choice.origin)),
            None => Value::unset(Arc::clone(&choice.origin)),
        })
    }

    /// The major version of the actions/setup-go that installed Go.
    pub(crate) fn setup_major(&self) -> Value {
        let Some(setup) = &self.site.around.provision.go.setup else { return Value::unset_by(OriginKind::Computed) };
        match setup.release {
            Some(release) => Value::known(Datum::Number(release.major().into()), Origin::at(OriginKind::Action, setup.location.clone())),
            None => Value::unknown(Reason::new("release of actions/setup-go")),
        }
    }

    fn cross_compiles(&self) -> Value {
        let around = &self.site.around;
        let host_os = if around.in_container { Some("linux") } else { around.runner.os.map(Os::goos) };
        let (Some(os), Some(arch)) = (host_os, around.runner.arch) else { return Value::unknown(Reason::new("the runner's system")) };
        derived::cross_compiles(self.resolver(), os, arch)
    }

    /// GOFLAGS, then the command line: of equal flags the last counts.
    pub(super) fn effective_flags(&self) -> Value {
        let own: Vec<Value> =
            self.command.iter().flat_map(|command| command.line.flags.iter().map(|given| flag_value(command, given))).collect();
        let open = self.command.as_ref().is_some_and(|command| command.line.open);
        let list = derived::effective_flags(self.resolver(), &own);
        if open { list.or_unknown(Reason::new("a word of the command line")) } else { list }
    }

    pub(super) fn tags(&self) -> Value {
        derived::tags(&self.effective_flags())
    }
}

impl Subject for SiteSubject {
    fn kind(&self) -> Kind {
        if self.command.is_some() { Kind::GoCommand } else { Kind::Environment }
    }

    fn location(&self) -> &Location {
        &self.site.location
    }

    fn field(&self, name: &FieldName) -> Value {
        self.command_field(name.declared).unwrap_or_else(|| self.place_field(name))
    }

    fn place(&self) -> Option<&Arc<Place>> {
        Some(&self.site.place)
    }
}

fn flag(yes: bool, origin: Arc<Origin>) -> Value {
    Value::known(Datum::Flag(yes), origin)
}

fn known_or(word: Option<&str>, what: &str) -> Value {
    word.map_or_else(|| Value::unknown(Reason::new(what)), |word| Value::text(word, Origin::of(OriginKind::Computed)))
}

fn list(items: impl Iterator<Item = Value>, open: bool, origin: Arc<Origin>) -> Value {
    let list = Value::list(items.collect(), origin);
    if open { list.or_unknown(Reason::new("a word of the command line")) } else { list }
}

fn words(command: &GoCommand, words: &[Option<Arc<str>>], open: bool) -> Value {
    let item = |word: &Option<Arc<str>>| match word {
        Some(word) => Value::text(Arc::clone(word), Origin::at(OriginKind::Document, command.locate(|text| text == &**word))),
        None => Value::unknown(Reason::new("a word of the command line")),
    };
    list(words.iter().map(item), open, Origin::at(OriginKind::Document, command.location.clone()))
}

/// Whether the versions behind `@` differ, or stand behind some arguments only. An unknown word has no say unless all agree so far.
fn mixed_versions(arguments: &[Option<Arc<str>>]) -> Option<bool> {
    let mut versions = arguments.iter().flatten().map(|word| word.split_once('@').map(|(_, version)| version));
    let first = versions.next();
    let differ = versions.any(|version| Some(version) != first);
    (differ || arguments.iter().all(Option::is_some)).then_some(differ)
}

fn flag_value(command: &GoCommand, given: &Given) -> Value {
    match given.normalised() {
        Some(text) => Value::text(text, Origin::at(OriginKind::Document, command.locate_flag(&given.name))),
        None => Value::unknown(Reason::new(format!("value of -{}", given.name))),
    }
}

/// `-timeout` of `go test`.
fn timeout(command: &GoCommand) -> Value {
    let Some(given) = command.line.flag("timeout").or_else(|| command.line.flag("test.timeout")) else { return Value::nowhere() };
    let origin = Origin::at(OriginKind::Document, command.locate_flag(&given.name));
    let seconds = given.value.as_ref().and_then(Option::as_deref).and_then(seconds);
    seconds.map_or_else(|| Value::unknown(Reason::new("value of -timeout")), |seconds| Value::known(Datum::Number(seconds), origin))
}

/// A duration as package time writes it: `10m`, `1h30m`, `90s`; parts of seconds are cut.
fn seconds(text: &str) -> Option<i64> {
    let mut total = 0.0;
    let mut rest = text;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.').filter(|at| *at > 0);
        let Some((number, tail)) = digits.and_then(|at| rest.split_at_checked(at)) else { return (rest == "0").then_some(0) };
        let unit = tail.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(tail.len());
        let (unit, tail) = tail.split_at_checked(unit)?;
        let factor = [("h", 3600.0), ("m", 60.0), ("s", 1.0), ("ms", 1e-3), ("us", 1e-6), ("µs", 1e-6), ("ns", 1e-9)];
        total += number.parse::<f64>().ok()? * factor.iter().find(|(name, _)| *name == unit)?.1;
        rest = tail;
    }
    #[expect(clippy::cast_possible_truncation, reason = "`as` saturates, and nobody waits that long")]
    Some(total as i64)
}

/// `timeout-minutes:` in seconds.
pub(super) fn minutes(value: &Value) -> Value {
    value.and_then(|choice| match choice.datum.as_text().map(str::parse::<f64>) {
        #[expect(clippy::cast_possible_truncation, reason = "`as` saturates")]
        Some(Ok(minutes)) => Value::known(Datum::Number((minutes * 60.0) as i64), Arc::clone(&choice.origin)),
        Some(Err(_)) => Value::unknown(Reason::new("timeout-minutes")),
        None => Value::unset(Arc::clone(&choice.origin)),
    })
}

pub(super) fn version_line((version, location): (GoVersion, Location)) -> Value {
    Value::known(Datum::Version(VersionRange::exact(version)), Origin::at(OriginKind::Module, location))
}

fn module_origin(file: &ModuleFile) -> Arc<Origin> {
    Origin::at(OriginKind::Module, Location::new(&file.text, crate::text::Span::default()))
}

fn first_of_list(path: &str) -> &str {
    let drive = path.as_bytes().get(1) == Some(&b':');
    path.split(if drive { ';' } else { ':' }).next().unwrap_or(path)
}

/// Directories that images have on PATH.
fn system_directory(path: &str) -> bool {
    ["/usr/", "/bin", "/sbin", "/opt/", "/snap/", "/home/runner/.local/bin", "/home/runner/.cargo/bin"]
        .iter()
        .any(|prefix| path.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_mixed_if_any_two_differ() {
        let read = |line: &str| mixed_versions(&line.split(' ').map(|word| (word != "?").then(|| word.into())).collect::<Vec<_>>());
        for (line, expected) in [
            ("a@v1 b@v1", Some(false)),
            ("a@v1 b@v2", Some(true)),
            ("a b@v2", Some(true)),
            ("./a ./b", Some(false)),
            ("a@v1 ?", None),
            ("a@v1 ? b@v2", Some(true)),
        ] {
            assert_eq!(read(line), expected, "{line}");
        }
    }

    #[test]
    fn durations_are_read_as_go_reads_them() {
        for (text, expected) in
            [("10m", Some(600)), ("1h30m", Some(5400)), ("90s", Some(90)), ("0", Some(0)), ("1.5h", Some(5400)), ("10", None), ("m", None)]
        {
            assert_eq!(seconds(text), expected, "{text}");
        }
    }
}

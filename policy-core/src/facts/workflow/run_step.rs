//! `run:` steps.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::actions;
use super::followed::{Followed, Run};
use super::go_command::{GoCommand, ModuleUse, Timeouts};
use super::job::{Current, Frame, JobRun, SiteParts, Within};
use super::oracle::SiteOracle;
use super::rendered::Rendered;
use super::shell::{Language, Shell};
use super::site::Surroundings;
use super::start::{ENV_FILE, OUTPUT_FILE, PATH_FILE};
use super::state::Installed;
use super::{StepFacts, foreign_syntax, other_shells, unseen};
use crate::facts::environment::Environment;
use crate::facts::script::runner_files::{EnvFile, PathFile, Setting};
use crate::facts::script::{self, Dialect, End, Invocation, Options, Outcome, Process, RunnerPaths, Source, recognise};
use crate::facts::value::{Datum, Origin, OriginKind, Reason, Value};
use crate::facts::version::VersionRange;
use crate::syntax::yaml::Node;
use crate::text::{Location, Span};

impl JobRun<'_, '_> {
    /// Runs a script as far as its shell is one that can be followed.
    pub(crate) fn run_script(&mut self, current: &Current<'_>, run: &Node, frame: &Frame<'_>) {
        let Some(content) = run.scalar() else { return };
        let shell = self.shell(current, frame);
        let rendered = Arc::new(Rendered::new(&self.scope(frame, &current.env), run, &content.content));
        let text = Arc::clone(&frame.document.text);
        let locate = |span: Span| Location::new(&text, rendered.locate(content, span));
        let start = self.process(current, frame);
        let script = Script { rendered: &rendered, locate: &locate, shell: &shell, start: &start };
        let ran = match options(shell.language) {
            Some(options) => self.follow(current, frame, &script, &options),
            None => other_shells::run(self, current, frame, &script),
        };
        self.report_step(current, frame, Some(Arc::clone(&shell.name)), start, ran);
    }

    /// Tells of a step after its work is known.
    pub(crate) fn report_step(&mut self, current: &Current<'_>, frame: &Frame<'_>, shell: Option<Arc<str>>, start: Process, ran: Ran) {
        let facts = StepFacts {
            step: current.step,
            location: Location::new(&frame.document.text, current.step.node.span),
            place: self.place(current, frame, None),
            env: start.env,
            os: self.runner.os.map(super::runner::Os::name),
            shell,
            directory: start.cwd,
            runs_go: ran.runs_go,
            unseen: ran.unseen,
            lost_exports: ran.lost_exports,
            foreign_syntax: ran.foreign_syntax,
        };
        self.visitor.step(&facts);
    }

    fn follow(&mut self, current: &Current<'_>, frame: &Frame<'_>, script: &Script<'_>, options: &Options) -> Ran {
        let read = self.scripts.read(&script.rendered.text);
        let parsed = &read.parsed;
        let outcome =
            if read.has_bearing { self.outcome(current, frame, script, &read, options) } else { Arc::new(Outcome::nothing(script.start)) };
        let ran = self.settle(current, frame, script, &outcome, parsed.error.is_none());
        let unseen = || match parsed.error {
            Some(_) => Some(String::from("a script that cannot be read")),
            None => unseen::in_shell(&parsed.list, &script.rendered.text),
        };
        let unseen = self.visitor.asks_for_builds().then(unseen).flatten();
        Ran { unseen, foreign_syntax: script.found(foreign_syntax::in_shell(&parsed.list)), ..ran }
    }

    /// What comes out of a script, perhaps as it came out in an earlier leg.
    fn outcome(
        &mut self,
        current: &Current<'_>,
        frame: &Frame<'_>,
        script: &Script<'_>,
        read: &script::Script,
        options: &Options,
    ) -> Arc<Outcome> {
        let place = Location::new(&frame.document.text, current.step.node.span);
        let around = self.surroundings();
        let known = self.scripts.followed.find(&place, script.rendered, script.shell.language, script.start, &around);
        known.unwrap_or_else(|| {
            let run = self.interpret(script, read, options, around);
            let outcome = Arc::clone(&run.outcome);
            self.scripts.followed.add(place, run);
            outcome
        })
    }

    fn interpret(&self, script: &Script<'_>, read: &script::Script, options: &Options, around: Arc<Surroundings>) -> Run {
        let source = Source { script: read, text: &script.rendered.text, locate: script.locate, holes: &script.rendered.holes };
        let oracle = SiteOracle { around, project: self.project, asked_for_go: Cell::new(false) };
        let outcome = script::interpret(&source, script.start.clone(), options, &oracle);
        Run {
            rendered: Arc::clone(script.rendered),
            language: script.shell.language,
            start: script.start.clone(),
            asked_for_go: oracle.asked_for_go.get(),
            around: oracle.around,
            outcome: Arc::new(outcome),
        }
    }

    /// Reports what a script runs, and applies what it leaves behind.
    pub(super) fn settle(
        &mut self,
        current: &Current<'_>,
        frame: &Frame<'_>,
        script: &Script<'_>,
        outcome: &Outcome,
        complete: bool,
    ) -> Ran {
        let runs_go = self.report_invocations(current, frame, &outcome.invocations, script.shell);
        outcome.problems.iter().for_each(|problem| self.visitor.unfollowed(problem));
        let lost_exports = outcome.success.as_ref().map(|end| lost_exports(&script.start.env, end, outcome)).unwrap_or_default();
        if complete {
            self.leave_by(current, frame, outcome.success.as_ref(), outcome.failure.as_ref());
        } else {
            self.leave_unknown("the rest of a script that could not be read");
        }
        Ran { runs_go, unseen: None, lost_exports, foreign_syntax: None }
    }

    /// Every go command becomes a site; so does what runs Go behind a name such as `make`.
    fn report_invocations(&mut self, current: &Current<'_>, frame: &Frame<'_>, invocations: &[Invocation], shell: &Shell) -> bool {
        let in_background =
            invocations.iter().filter(|invocation| invocation.background && recognise::go_command(&invocation.argv).is_some()).count();
        let versions = self.state.provision.go.range();
        let scope = self.scope(frame, &current.env);
        let step_timeout = current.step.get("timeout-minutes").map_or_else(Value::nowhere, |node| scope.text(node, OriginKind::Document));
        let timeouts = Timeouts { job: self.timeout.clone(), step: step_timeout };
        let mut runs_go = false;
        for invocation in invocations {
            let called = recognise::go_command(&invocation.argv);
            let command = called.as_ref().map(|_| GoCommand::read(invocation, versions, &timeouts, in_background > 1));
            let name = invocation.argv.first().and_then(|argument| argument.value.as_text().cloned());
            let opaque = name.filter(|name| command.is_none() && self.state.provision.go.setup.is_some() && actions::runs_go(name));
            if command.is_none() && opaque.is_none() {
                continue;
            }
            runs_go = true;
            let parts = SiteParts {
                location: invocation.location.clone(),
                env: invocation.env.clone(),
                directory: invocation.cwd.clone(),
                shell: Some(Arc::clone(&shell.name)),
                opaque,
                command: Some(super::go_command::shown(invocation)),
                certain: current.certain && invocation.certain,
                go: match &called {
                    Some(called) => self.go_called(called, invocation),
                    None => self.other_go_on_path(invocation),
                },
                module_use: command.as_ref().map_or(ModuleUse::Needed, GoCommand::module_use),
            };
            let site = self.site(current, frame, parts);
            let within: Vec<Within> = frame.within.iter().cloned().chain(invocation.within.iter().map(Within::script)).collect();
            if let Some(command) = &command {
                self.remember_go_env_w(command, invocation.certain);
            }
            self.visitor.site(&site, command.map(Arc::new).as_ref(), &within);
        }
        runs_go
    }

    /// The Go that a command calls, if it is not the one that the job has set up.
    fn go_called(&self, called: &recognise::GoCommand, invocation: &Invocation) -> Option<Installed> {
        match called {
            recognise::GoCommand::OnPath => self.other_go_on_path(invocation),
            recognise::GoCommand::AtPath(path) => Some(Installed::unknown("script", &format!("the version of {path}"))),
            recognise::GoCommand::Tip => Some(Installed::unknown("script", "the version of gotip")),
            recognise::GoCommand::Release(version) => {
                let range = VersionRange::exact(crate::facts::project::release_of(*version));
                let origin = Origin::at(OriginKind::Script, invocation.location.clone());
                Some(Installed { versions: Value::known(Datum::Version(range), origin), source: "script", setup: None })
            }
        }
    }

    /// The Go that PATH leads to, if that is not the one that the job has set up.
    fn other_go_on_path(&self, invocation: &Invocation) -> Option<Installed> {
        let is_set_up = self.state.provision.go.setup.is_some();
        super::search_path::other_go(invocation, is_set_up).map(|what| Installed::unknown("script", &what))
    }

    /// `go env -w NAME=value` and `go env -u NAME` change what later commands read.
    fn remember_go_env_w(&mut self, command: &GoCommand, certain: bool) {
        for (name, value) in command.writes_go_env() {
            let value = if certain { value } else { value.or_unknown(Reason::new("whether `go env -w` runs")) };
            Arc::make_mut(&mut self.state.bring().go_env_file).write(&name, value);
        }
    }

    /// Leaves a script. The runner reads its files also if it failed, but the job goes on only with `continue-on-error`.
    fn leave_by(&mut self, current: &Current<'_>, frame: &Frame<'_>, success: Option<&End>, failure: Option<&End>) {
        let scope = self.scope(frame, &current.env);
        let goes_on = current.step.get("continue-on-error").is_some_and(|node| scope.truth(node) != Some(false));
        match (success, failure) {
            (Some(success), Some(failure)) if goes_on => {
                let before = self.state.clone();
                self.leave(current, success);
                let passed = std::mem::replace(&mut self.state, before);
                self.leave(current, failure);
                self.state = passed.join(&self.state);
            }
            (Some(end), _) | (None, Some(end)) => self.leave(current, end),
            (None, None) => {}
        }
    }

    /// Applies the files a script leaves behind, as `FileCommandManager.cs` does.
    fn leave(&mut self, current: &Current<'_>, end: &End) {
        end.env_file.apply(&mut self.state.env);
        let added = path_additions(&end.path_file);
        // `AddPathFileCommand`: a directory that is added again moves to the front.
        self.state.path.retain(|directory| !added.contains(directory));
        self.state.path.splice(0..0, added);
        if let Some(id) = current.step.text("id") {
            let mut outputs = Environment::empty(false);
            end.output_file.apply(&mut outputs);
            let known = outputs.iter().filter(|_| outputs.is_complete()).map(|(name, value)| (Arc::clone(name), value.clone()));
            self.state.outputs.insert(id.to_lowercase().into(), known.collect());
        }
    }

    fn leave_unknown(&mut self, why: &str) {
        self.state.env.forget(&Reason::new(why));
    }

    /// `shell:` of the step, else of the defaults, else the system's.
    fn shell(&self, current: &Current<'_>, frame: &Frame<'_>) -> Shell {
        let scope = self.scope(frame, &current.env);
        let named = current.step.get("shell").or_else(|| frame.defaults.iter().find_map(|defaults| defaults.shell.as_ref()));
        let os = if self.in_container { Some(super::runner::Os::Linux) } else { self.runner.os };
        let text = named.map(|node| scope.text(node, OriginKind::Document));
        match text.as_ref().map(|text| text.as_text()) {
            Some(Some(text)) if !text.is_empty() => Shell::named(text),
            Some(None) => Shell { name: "".into(), language: Language::Other },
            _ => Shell::default_for(os),
        }
    }
}

/// A script about to run.
pub(crate) struct Script<'a> {
    pub(crate) rendered: &'a Arc<Rendered>,
    pub(crate) locate: &'a dyn Fn(Span) -> Location,
    pub(crate) shell: &'a Shell,
    /// What its process starts with.
    pub(crate) start: &'a Process,
}

impl Script<'_> {
    /// Text and place of a span.
    pub(super) fn found(&self, span: Option<Span>) -> Option<(Arc<str>, Location)> {
        span.map(|span| (self.rendered.text.get(span.range()).unwrap_or_default().into(), (self.locate)(span)))
    }
}

/// What came out of a script, besides the changes of state.
#[derive(Default)]
pub(crate) struct Ran {
    pub(crate) runs_go: bool,
    pub(crate) unseen: Option<String>,
    pub(crate) lost_exports: Vec<(Arc<str>, Location)>,
    pub(crate) foreign_syntax: Option<(Arc<str>, Location)>,
}

fn options(language: Language) -> Option<Options> {
    let (errexit, nounset, pipefail, dialect) = match language {
        Language::Bash { errexit, nounset, pipefail } => (errexit, nounset, pipefail, Dialect::Bash),
        Language::Sh { errexit, nounset } => (errexit, nounset, false, Dialect::Sh),
        Language::PowerShell | Language::Cmd | Language::Other => return None,
    };
    Some(Options { errexit, nounset, pipefail, dialect, files: runner_files() })
}

pub(super) fn runner_files() -> RunnerPaths {
    RunnerPaths { env: ENV_FILE.into(), path: PATH_FILE.into(), output: OUTPUT_FILE.into() }
}

/// Go variables that a script leaves exported and that no command of it has seen.
fn lost_exports(before: &Environment, end: &End, outcome: &Outcome) -> Vec<(Arc<str>, Location)> {
    let mut lost = Vec::new();
    for (name, value) in end.process.env.iter() {
        let Some(choice) = value.single() else { continue };
        let (OriginKind::Script, Some(location)) = (choice.origin.kind, &choice.origin.location) else { continue };
        let known = crate::facts::go::variables::lookup(name).is_some();
        let seen = || outcome.environments().any(|env| env.get(name) == value);
        if known && before.get(name) != value && !seen() && !mentions(&end.env_file, name) {
            lost.push((Arc::clone(name), location.clone()));
        }
    }
    lost
}

/// Whether a file sets a name.
fn mentions(file: &EnvFile, wanted: &str) -> bool {
    let settings = file.alternatives().into_iter().flat_map(|(settings, _)| settings);
    settings.into_iter().any(|setting| matches!(setting, Setting::Set { name, .. } if name == wanted))
}

/// The directories that go in front of PATH, first first: the last one written. After branches all of them, none for certain.
fn path_additions(file: &PathFile) -> Vec<Value> {
    let alternatives = file.alternatives();
    let several = alternatives.len() > 1;
    let mut added: Vec<Value> = Vec::new();
    for additions in alternatives {
        added.extend(additions.unknown.map(Value::unknown));
        for directory in additions.directories.into_iter().rev() {
            let directory = if several { directory.or_unknown(Reason::new("whether it is put on PATH")) } else { directory };
            if !added.contains(&directory) {
                added.push(directory);
            }
        }
    }
    added
}

/// Remembers scripts, and what came out of them: matrix legs mostly run the same text.
#[derive(Default)]
pub(crate) struct Scripts {
    followed: Followed,
    read: BTreeMap<String, Arc<script::Script>>,
}

impl Scripts {
    pub(crate) fn read(&mut self, text: &str) -> Arc<script::Script> {
        if let Some(script) = self.read.get(text) {
            return Arc::clone(script);
        }
        let script = Arc::new(script::Script::read(text, &actions::concerns));
        self.read.insert(text.to_owned(), Arc::clone(&script));
        script
    }
}

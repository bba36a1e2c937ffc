//! The cmdlets that matter, and those that are known not to.

use super::arguments::{Bound, Parameters};
use super::commands::Call;
use super::environment::on_environment_drive;
use super::{Machine, Stream};
use crate::facts::script::session::Session;
use crate::facts::script::values::{concat, only_text};
use crate::facts::value::{Origin, OriginKind, Reason, Value};
use crate::syntax::powershell::ast::{Expression, ExpressionKind};
use crate::text::Span;

/// Aliases: `Get-Alias` in PowerShell on Windows. On other systems some of them are programs that do the same.
static ALIASES: &[(&str, &str)] = &[
    ("%", "foreach-object"),
    ("?", "where-object"),
    ("ac", "add-content"),
    ("cat", "get-content"),
    ("cd", "set-location"),
    ("chdir", "set-location"),
    ("copy", "copy-item"),
    ("cp", "copy-item"),
    ("del", "remove-item"),
    ("dir", "get-childitem"),
    ("echo", "write-output"),
    ("erase", "remove-item"),
    ("foreach", "foreach-object"),
    ("gc", "get-content"),
    ("gci", "get-childitem"),
    ("gi", "get-item"),
    ("gl", "get-location"),
    ("iex", "invoke-expression"),
    ("ls", "get-childitem"),
    ("md", "mkdir"),
    ("move", "move-item"),
    ("mv", "move-item"),
    ("ni", "new-item"),
    ("popd", "pop-location"),
    ("pushd", "push-location"),
    ("pwd", "get-location"),
    ("rd", "remove-item"),
    ("ri", "remove-item"),
    ("rm", "remove-item"),
    ("rmdir", "remove-item"),
    ("select", "select-object"),
    ("set", "set-variable"),
    ("si", "set-item"),
    ("sl", "set-location"),
    ("sleep", "start-sleep"),
    ("sv", "set-variable"),
    ("tee", "tee-object"),
    ("type", "get-content"),
    ("where", "where-object"),
    ("write", "write-output"),
];

/// The cmdlet that a name in lower case stands for.
pub(super) fn resolved(name: &str) -> &str {
    ALIASES.iter().find(|(alias, _)| *alias == name).map_or(name, |(_, cmdlet)| cmdlet)
}

/// Parameters of the cmdlets that write files.
static OUT_FILE: Parameters = Parameters {
    valued: &["filepath", "encoding", "literalpath", "inputobject", "width"],
    switches: &["append", "force", "noclobber", "nonewline", "confirm", "whatif"],
};
static CONTENT: Parameters = Parameters {
    valued: &["path", "value", "encoding", "literalpath", "filter", "include", "exclude", "stream", "credential"],
    switches: &["force", "nonewline", "passthru", "asbytestream", "confirm", "whatif"],
};
static ITEM: Parameters = Parameters {
    valued: &["path", "value", "literalpath", "name", "itemtype", "type", "filter", "include", "exclude", "erroraction", "target"],
    switches: &["force", "recurse", "passthru", "confirm", "whatif"],
};
static LOCATION: Parameters = Parameters { valued: &["path", "literalpath", "stackname"], switches: &["passthru"] };
static VARIABLE: Parameters =
    Parameters { valued: &["name", "value", "scope", "option", "description", "visibility"], switches: &["force", "passthru"] };
static OBJECT: Parameters = Parameters { valued: &["inputobject"], switches: &["noenumerate"] };

impl<'a> Machine<'a> {
    /// Runs a cmdlet; `None` if the name is not that of one.
    pub(super) fn cmdlet(&mut self, call: &Call<'a>, session: &mut Session) -> Option<Stream> {
        match call.name.as_str() {
            "write-output" => Some(self.write_output(call, session)),
            "out-file" | "tee-object" => Some(self.out_file(call, session)),
            "add-content" => Some(self.content(call, true, session)),
            "set-content" => Some(self.content(call, false, session)),
            "set-location" | "push-location" | "pop-location" => Some(self.location(call, session)),
            "get-location" => Some(Stream::one(session.cwd.clone(), (self.setting.locate)(call.span))),
            "set-item" | "new-item" | "remove-item" | "clear-item" => Some(self.item(call, session)),
            "set-variable" | "new-variable" => Some(self.variable(call, session)),
            "invoke-expression" | "refreshenv" | "update-sessionenvironment" | "import-module" => Some(self.anything(call, session)),
            "write-host" | "write-verbose" | "write-warning" | "write-error" | "write-debug" | "write-information" | "out-null"
            | "out-host" => {
                self.evaluate_all(call, session);
                Some(Stream::default())
            }
            name if is_cmdlet(name) => Some(self.other_cmdlet(call, session)),
            _ => None,
        }
    }

    /// Any other cmdlet. Script blocks given to it may run.
    fn other_cmdlet(&mut self, call: &Call<'a>, session: &mut Session) -> Stream {
        let mut blocks = false;
        for word in call.arguments() {
            match &word.kind {
                ExpressionKind::ScriptBlock(block) => {
                    blocks = true;
                    self.perhaps(block, session);
                }
                _ => drop(self.stream(word, session)),
            }
        }
        let reason = Reason::new(format!("what `{}` does", call.name));
        if !blocks && !reads_only(&call.name) {
            self.anything_mentioned(call, &[], &reason, session);
        }
        if changes_environment(&call.name) {
            session.env.forget(&reason);
        }
        Stream { items: Vec::new(), open: Some(reason) }
    }

    fn write_output(&mut self, call: &Call<'a>, session: &mut Session) -> Stream {
        let bound = Bound::new(call.arguments(), &OBJECT);
        let words: Vec<&Expression> = bound.named("inputobject").into_iter().chain(bound.positional.iter().copied()).collect();
        if words.is_empty() {
            return call.input.clone().unwrap_or_default();
        }
        let mut all = Stream::default();
        words.into_iter().for_each(|word| all.extend(self.stream(word, session)));
        all
    }

    /// `… | Out-File -FilePath path -Append -Encoding utf8`
    fn out_file(&mut self, call: &Call<'a>, session: &mut Session) -> Stream {
        let bound = Bound::new(call.arguments(), &OUT_FILE);
        let path = bound.named("literalpath").or_else(|| bound.get("filepath", 0));
        let stream = match bound.named("inputobject") {
            Some(object) => self.stream(object, session),
            None => call.input.clone().unwrap_or_default(),
        };
        if let Some(path) = path {
            let path = self.value(path, session);
            let utf8 = self.is_utf8(&bound, session);
            let end = if bound.has("nonewline") { "" } else { "\n" };
            self.write(&path, bound.has("append"), &stream, end, utf8, &(self.setting.locate)(call.span), session);
        }
        if call.name == "tee-object" { stream } else { Stream::default() }
    }

    /// `Add-Content -Path path -Value text`; Windows PowerShell writes the ANSI code page here, which for ASCII is UTF-8.
    fn content(&mut self, call: &Call<'a>, append: bool, session: &mut Session) -> Stream {
        let bound = Bound::new(call.arguments(), &CONTENT);
        let path = bound.named("literalpath").or_else(|| bound.get("path", 0));
        let position = usize::from(bound.named("path").or_else(|| bound.named("literalpath")).is_none());
        let stream = match bound.get("value", position) {
            Some(value) => self.stream(value, session),
            None => call.input.clone().unwrap_or_default(),
        };
        if let Some(path) = path {
            let path = self.value(path, session);
            let utf8 = bound.named("encoding").is_none() || self.is_utf8(&bound, session);
            let end = if bound.has("nonewline") { "" } else { "\n" };
            match only_text(&path).and_then(on_environment_drive) {
                Some(name) => self.set_environment(name, &super::evaluate::joined(&stream), call.span, session),
                None => self.write(&path, append, &stream, end, utf8, &(self.setting.locate)(call.span), session),
            }
        }
        Stream::default()
    }

    fn is_utf8(&mut self, bound: &Bound<'a>, session: &mut Session) -> bool {
        let Some(encoding) = bound.named("encoding") else { return false };
        let encoding = self.value(encoding, session);
        only_text(&encoding).is_some_and(|name| matches!(name.to_lowercase().as_str(), "utf8" | "utf-8" | "utf8nobom" | "ascii"))
    }

    fn location(&mut self, call: &Call<'a>, session: &mut Session) -> Stream {
        let bound = Bound::new(call.arguments(), &LOCATION);
        let path = bound.named("literalpath").or_else(|| bound.get("path", 0));
        let target = path.map(|path| self.word(path, session));
        match (call.name.as_str(), target) {
            ("pop-location", _) => {
                session.cwd = session.directories.pop().unwrap_or_else(|| Value::unknown(Reason::new("directory stack")));
            }
            ("push-location", target) => {
                session.directories.push(session.cwd.clone());
                target.into_iter().for_each(|target| session.change_directory(&target));
            }
            (_, Some(target)) if only_text(&target).is_some_and(|path| matches!(path, "-" | "+" | "~") || path.starts_with("~")) => {
                session.cwd = Value::unknown(Reason::new("a directory that PowerShell remembers"));
            }
            (_, Some(target)) => session.change_directory(&target),
            (_, None) => {}
        }
        Stream::default()
    }

    /// `Set-Item env:X Y`, `New-Item -Path env: -Name X -Value Y`, `Remove-Item env:X`
    fn item(&mut self, call: &Call<'a>, session: &mut Session) -> Stream {
        let bound = Bound::new(call.arguments(), &ITEM);
        let Some(path) = bound.named("literalpath").or_else(|| bound.get("path", 0)) else { return Stream::default() };
        let path = self.word(path, session);
        let position = usize::from(bound.named("path").or_else(|| bound.named("literalpath")).is_none());
        let value = bound.get("value", position).map(|value| self.value(value, session));
        let drive = only_text(&path).is_some_and(|path| path.to_lowercase().starts_with("env:"));
        let named = bound.named("name").map(|name| self.value(name, session));
        let path = match &named {
            Some(name) if drive => concat([&path, name], &Origin::of(OriginKind::Computed)),
            _ => path,
        };
        match only_text(&path).and_then(on_environment_drive) {
            Some(name) if name.contains('*') => session.env.forget(&Reason::new(format!("what `{}` does", call.name))),
            Some(name) if matches!(call.name.as_str(), "remove-item" | "clear-item") => self.unset_environment(name, call.span, session),
            Some(name) => self.set_environment(name, &value.unwrap_or_else(Value::nowhere), call.span, session),
            None if drive => session.env.forget(&Reason::new("a variable whose name is not known")),
            None => self.anything_mentioned(call, &[], &Reason::new(format!("what `{}` does", call.name)), session),
        }
        Stream::default()
    }

    fn variable(&mut self, call: &Call<'a>, session: &mut Session) -> Stream {
        let bound = Bound::new(call.arguments(), &VARIABLE);
        let name = bound.get("name", 0).map(|name| self.value(name, session));
        let position = usize::from(bound.named("name").is_none());
        let value = bound.get("value", position).map_or_else(Value::nowhere, |value| self.word(value, session));
        match name.as_ref().and_then(only_text) {
            Some(name) => self.set_variable(name, value, session),
            None => session.variables.clear(),
        }
        Stream::default()
    }

    /// A command that may do anything to this process.
    fn anything(&mut self, call: &Call<'a>, session: &mut Session) -> Stream {
        self.evaluate_all(call, session);
        let reason = Reason::new(format!("what `{}` does", call.name));
        if call.name == "import-module" {
            return Stream::default();
        }
        session.forget(&reason);
        self.anything_mentioned(call, &[], &reason, session);
        Stream { items: Vec::new(), open: Some(reason) }
    }

    /// `[Environment]::SetEnvironmentVariable(…)`, `[IO.File]::AppendAllText(…)`; of other calls nothing is known.
    pub(super) fn static_call(&mut self, name: &str, arguments: &'a [Expression], span: Span, session: &mut Session) -> Stream {
        match (name, arguments) {
            ("environment::setenvironmentvariable", [variable, value, target @ ..]) => {
                let target = target.first().map(|target| self.setting.source(target.span).to_lowercase());
                let process = target.is_none_or(|target| target.contains("process"));
                let (variable, value) = (self.value(variable, session), self.value(value, session));
                match only_text(&variable) {
                    // Variables of the machine and the user reach no process that is running already.
                    _ if !process => {}
                    Some(name) => self.set_environment(name, &value, span, session),
                    None => session.env.forget(&Reason::new("a variable whose name is not known")),
                }
                Stream::default()
            }
            ("environment::getenvironmentvariable", [variable]) => {
                let variable = self.value(variable, session);
                let known = only_text(&variable).map(|name| session.env.get(name).clone());
                Stream::one(
                    known.unwrap_or_else(|| Value::unknown(Reason::new("a variable whose name is not known"))),
                    (self.setting.locate)(span),
                )
            }
            ("io.file::appendalltext" | "io.file::writealltext", [path, text, ..]) => {
                self.dot_net_write(name, path, text, "", span, session)
            }
            ("io.file::appendalllines" | "io.file::writealllines", [path, text, ..]) => {
                self.dot_net_write(name, path, text, "\n", span, session)
            }
            _ => {
                arguments.iter().for_each(|argument| drop(self.stream(argument, session)));
                self.not_understood(self.setting.source(span), session);
                Stream::unknown(format!("result of `[{name}`").replace("::", "]::"))
            }
        }
    }

    fn dot_net_write(
        &mut self,
        name: &str,
        path: &'a Expression,
        text: &'a Expression,
        end: &str,
        span: Span,
        session: &mut Session,
    ) -> Stream {
        let path = self.value(path, session);
        let stream = self.stream(text, session);
        self.write(&path, name.contains("append"), &stream, end, true, &(self.setting.locate)(span), session);
        Stream::default()
    }
}

/// `Verb-Noun`, or one of the functions that PowerShell has by itself.
fn is_cmdlet(name: &str) -> bool {
    static VERBS: &[&str] = &[
        "add",
        "clear",
        "compare",
        "compress",
        "convert",
        "convertfrom",
        "convertto",
        "copy",
        "disable",
        "enable",
        "enter",
        "exit",
        "expand",
        "export",
        "find",
        "foreach",
        "format",
        "get",
        "group",
        "import",
        "initialize",
        "install",
        "invoke",
        "join",
        "measure",
        "mount",
        "move",
        "new",
        "out",
        "pop",
        "publish",
        "push",
        "read",
        "receive",
        "register",
        "remove",
        "rename",
        "resolve",
        "restart",
        "save",
        "select",
        "send",
        "set",
        "sort",
        "split",
        "start",
        "stop",
        "tee",
        "test",
        "trace",
        "uninstall",
        "unregister",
        "update",
        "use",
        "wait",
        "where",
        "write",
    ];
    let verb = name.split_once('-').filter(|(_, noun)| !noun.is_empty() && noun.chars().all(char::is_alphanumeric));
    verb.is_some_and(|(verb, _)| VERBS.contains(&verb)) || name == "mkdir"
}

/// Cmdlets that write to no file, whatever they are given.
fn reads_only(name: &str) -> bool {
    ["get-", "test-", "select-", "where-", "join-", "split-", "resolve-", "format-", "measure-", "sort-"]
        .iter()
        .any(|verb| name.starts_with(verb))
}

/// Cmdlets of modules that set variables: `Enter-VsDevShell`, `Import-VisualStudioEnvironment`, `Invoke-BatchFile`.
fn changes_environment(name: &str) -> bool {
    ["vsdev", "visualstudio", "environment", "envvar", "batchfile", "vcvars"].iter().any(|word| name.contains(word))
}
